"""By keyboard and by ear: announced once, focus where one is, names, targets, contrast."""

import pytest
from playwright.sync_api import expect

from tests.browser.inside import focus, targets
from tests.browser.visitor import (
    answered,
    attach,
    do,
    example,
    open_options,
    refused,
    settled,
    speak,
    then,
    words,
    write,
)
from tests.support import EXAMPLES
from tests.waiting import wait_until

LISTEN = """() => {
    window.heard = []
    window.lost = 0
    for (const region of document.querySelectorAll("[aria-live], [role=status], [role=alert]")) {
        const hear = (changes) => {
            const said = changes.flatMap(({addedNodes}) => [...addedNodes])
            for (const {textContent} of said) window.heard.push([region.lang, textContent])
        }
        const all = {subtree: true, childList: true}
        new MutationObserver(hear).observe(region, all)
    }
    setInterval(() => { window.lost += document.activeElement === document.body }, 10)
}"""
"""Note what a screen reader reads out of live regions, and whenever nothing has the focus."""


def listen(page):
    page.evaluate(LISTEN)


def heard(page):
    return page.evaluate("window.heard")


def tab_to(page, what):
    """Press Tab until something has the focus, by how it is read out."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if what in focus(page):
            return
    raise AssertionError(f"{what} is not reached; {focus(page)} is")


def test_a_picture_is_drawn_and_described_by_keyboard_alone(app, open_page):
    page = open_page(app.url)
    tab_to(page, "Write a sentence or add a picture")
    listen(page)
    page.keyboard.type("a dog in a park")
    tab_to(page, 'button "Draw"')
    page.keyboard.press("Enter")
    answered(page)
    assert heard(page) == [["en", "Drawing…"], ["en", "a dog in a park"]]
    assert focus(page).startswith("article#answer")
    tab_to(page, 'button "Describe this"')
    page.keyboard.press("Enter")
    expect(words(page)).to_contain_text("dog")
    answered(page)
    assert focus(page).startswith("article#answer")
    tab_to(page, 'radio "Short" [checked]')
    page.keyboard.press("ArrowRight")
    answered(page)
    assert 'radio "Detailed" [checked]' in focus(page)
    assert page.evaluate("window.lost") == 0


def test_a_caption_is_announced_once_in_its_language(models, open_page):
    page = open_page(models.url, locale="zh-CN")
    listen(page)
    models.say("一只戴着红帽子的猫")
    attach(page, EXAMPLES / "cat.jpg")
    answered(page)
    speak(page, "en")
    assert heard(page) == [["zh", "正在看图……"], ["zh", "一只戴着红帽子的猫"]]
    expect(words(page)).to_have_attribute("lang", "zh")


def test_a_problem_is_announced_once_and_has_the_focus(models, open_page):
    page = open_page(models.url)
    listen(page)
    models.fail()
    write(page, "a dog in a park")
    page.locator("#prompt").press("Enter")  # which plays: the picture fails
    said = refused(page).inner_text()
    assert [words for _, words in heard(page)].count(said) == 1
    assert focus(page).startswith("div#problem")


@pytest.mark.parametrize("name", ["Draw", "Ask", "Play telephone"])
def test_after_stop_the_focus_is_on_the_button_that_began_it(models, open_page, name):
    page = open_page(models.url)
    write(page, "a dog in a park")
    models.server.holds = True
    tab_to(page, f'button "{name}"')
    listen(page)
    page.keyboard.press("Enter")
    wait_until(lambda: models.server.calls)
    page.locator("#stop").press("Enter")
    refused(page)
    assert focus(page) == f'button: button "{name}"'
    assert page.evaluate("window.lost") == 0


def test_arrow_keys_choose_a_shape(app, open_page):
    page = open_page(app.url)
    open_options(page)
    tab_to(page, 'radio "Square" [checked]')
    page.keyboard.press("ArrowRight")
    assert 'radio "Landscape" [checked]' in focus(page)
    expect(page.locator("#width")).to_have_value("768")
    page.keyboard.press("ArrowRight")
    assert 'radio "Portrait" [checked]' in focus(page)
    expect(page.locator("#height")).to_have_value("768")


def test_pictures_are_named_and_words_can_be_selected(app, open_page):
    page = open_page(app.url)
    attach(page, EXAMPLES / "coffee.jpg")
    answered(page)
    alt = "(picture) => picture.alt"
    assert page.locator("#answer img").evaluate(alt) == "Your picture"
    assert page.locator("#attached-picture").evaluate(alt) == "Your picture"
    words(page).click(click_count=3)
    assert page.evaluate("String(getSelection())").strip() == words(page).inner_text()
    caption = words(page).inner_text()
    then(page, "Draw this")
    answered(page)
    assert page.locator("#answer img").evaluate(alt) == caption
    then(page, "Describe this")
    answered(page)
    assert page.locator("#answer img").evaluate(alt) == caption
    assert page.locator("#attached-picture").evaluate(alt) == caption
    example(page)
    answered(page)
    assert page.locator("#answer img").evaluate(alt) == "A cat"


def test_an_options_name_is_its_name_and_its_hint_describes_it(app, open_page):
    page = open_page(app.url)
    open_options(page)
    seed = page.get_by_role("spinbutton", name="Seed", exact=True)
    expect(seed).to_have_accessible_description("The same seed and options give the same picture.")


def screens(page):
    """What a visitor comes by: each is on the page as it is yielded."""
    settled(page)
    yield "first screen"
    attach(page, EXAMPLES / "cat.jpg")
    answered(page)
    settled(page)
    yield "caption"
    open_options(page)
    settled(page)
    yield "options"
    write(page, "")
    do(page, "draw")
    refused(page)
    settled(page)
    yield "problem"
    page.locator("#about-open").click()
    settled(page)
    yield "about"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_no_fault(models, open_page, violations, width, scheme):
    page = open_page(models.url, width, 844, scheme, reduced_motion="reduce")  # no fading
    faults = {screen: violations(page) for screen in screens(page)}
    assert not any(faults.values()), faults


def test_a_finger_meets_whatever_can_be_pressed(models, open_page):
    page = open_page(models.url, 390, 844)
    small = {screen: targets(page, "#page") for screen in screens(page)}
    assert not any(small.values()), small
