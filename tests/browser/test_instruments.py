"""What the tests of the page measure with, on pages of which it is known what is there."""

import pytest

from tests.browser.inside import focus, inside, targets
from tests.browser.words import english_words


@pytest.fixture
def shown(browser):
    """`shown(html)`: a page of a phone's size that holds it."""
    context = browser.new_context(viewport={"width": 390, "height": 844})

    def show(html):
        page = context.new_page()
        head = "<meta charset=utf-8><title>题</title>"
        page.set_content(f"<!doctype html><html lang=zh><head>{head}</head><body>{html}")
        return page

    yield show
    context.close()


def test_axe_finds_faults_but_gradios_own(shown, violations):
    page = shown("<main><h1>题</h1><img src='data:,' id=cat></main>")
    (line,) = violations(page)
    assert line.startswith("image-alt: #cat: Fix any")
    named = "<img alt=Settings src='data:,'>"
    page = shown(f"<main><h1>题</h1></main><footer><button>Settings {named}</button></footer>")
    assert violations(page) == []
    page = shown(f"<main><h1>题</h1><button>Settings {named}</button></main>")
    (line,) = violations(page)
    assert line.startswith("image-redundant-alt: img: ")


SAID = """
<style>i::before { content: "Fresh" }</style>
<p>你好 <b>world</b>, a 图</p><p hidden>gone</p><p style="visibility:hidden">gone</p>
<button aria-label="Close it">×</button><img alt="Ein Café" src="data:,"><i></i>
<input placeholder="Write" value="mine"><textarea title="提示">mine</textarea>
<select><option>Tall</option></select><script>"gone"</script><a href="#">API 与 Hugging Face</a>
<span style="display: contents">No box</span><div id="host"></div>
<script>host.attachShadow({mode: "open"}).innerHTML = "Bare <p>Deep</p><p hidden>gone</p>"</script>
"""


def test_english_words_are_found_wherever_they_are_said(shown):
    page = shown(SAID)
    assert english_words(page, names=["API", "Hugging Face", "Hugging"]) == [
        "b: world",
        "button[aria-label]: Close it",
        "div: Bare",
        "i::before: Fresh",
        "img[alt]: Ein Café",
        "input[placeholder]: Write",
        "option: Tall",
        "p: Deep",
        "span: No box",
    ]
    assert "a: API 与 Hugging Face" in english_words(page, names=["API"])


def test_a_page_that_says_all_in_its_language_has_none(shown):
    assert english_words(shown("<p>看图 2 张 A</p><button title='画'>API</button>"), ["API"]) == []


BOXES = """<style>body { margin: 0 } div { position: absolute; width: 100px; height: 100px }</style>
<div id="in" style="top: 744.6px"></div><div id="cut" style="top: 760px"></div>
<div id="aside" style="left: -20px"></div><div id="gone" style="display: none"></div>
<div id="tall" style="height: 1600px; top: 300px"></div>
<div id="taller" style="height: 1600px; top: 500px"></div>
<div id="later" style="height: 1600px; top: -50px"></div>
<div style="overflow: auto"><p id="scrolled" style="margin: 200px 0; height: 20px"></p></div>
"""


def test_what_is_inside_the_view(shown):
    page = shown(BOXES)
    ids = ["in", "cut", "aside", "gone", "tall", "taller", "later", "scrolled"]
    assert [name for name in ids if inside(page, f"#{name}")] == ["in", "tall"]
    page.evaluate("scrollTo(0, 20)")
    assert inside(page, "#cut")


def test_what_has_the_focus(shown):
    page = shown(
        "<button>Draw</button><label>Words <input id=words></label>"
        "<section id=stage tabindex=-1 aria-label=Result>A cat</section>"
    )
    assert focus(page) == "BODY"
    page.keyboard.press("Tab")
    assert focus(page) == 'button: button "Draw"'
    page.keyboard.press("Tab")
    assert focus(page) == 'input#words: textbox "Words"'
    page.locator("#stage").focus()
    assert focus(page).startswith('section#stage: region "Result"')


SIZES = """<style>.large { width: 44px; height: 44px } .small { width: 60px; height: 30px }</style>
<main><button class="large">Large</button><button class="small">Small</button>
<label style="display: inline-block; padding: 20px"><input type="radio" name="a"> One</label>
<label><input type="radio" name="a"> Two</label><button hidden>Gone</button>
<p>See <a href="#">this page</a>.</p></main>
<footer><button class="small">Elsewhere</button></footer>
"""


def test_what_is_too_small_for_a_finger(shown):
    page = shown(SIZES)
    small, two = targets(page, "main")
    assert small == "Small: 60 x 30"
    assert two.startswith("Two: ")
    assert targets(page, "footer button") == ["Elsewhere: 60 x 30"]
