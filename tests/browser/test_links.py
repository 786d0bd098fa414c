"""Addresses: what they prefill, what is shared, where Back leads; none of them runs anything."""

from playwright.sync_api import expect

from tests.browser.visitor import (
    answered,
    attach,
    do,
    ended,
    open_options,
    settled,
    then,
    words,
    write,
)
from tests.support import EXAMPLES

PREFILLED = [
    ("?prompt=a+red+house", "draw", "a red house"),
    ("?draw=a%20red%20house", "draw", "a red house"),
    ("?play=a+red+house", "play", "a red house"),
    ("?ask=why%3F", "ask", "why?"),
    ("?play", "play", ""),
    ("?describe", "describe", ""),
    ("?draw", "draw", ""),
    ("?ask", "ask", ""),
    ("#play=a+red+house", "play", "a red house"),
    ("?prompt=x#prompt=%E4%B8%80%E5%8F%AA%E7%8B%97", "draw", "一只狗"),
]


def draw(page, prompt):
    write(page, prompt)
    do(page, "draw")
    answered(page)


def opened(page, url):
    """Go where a link leads, in the same page."""
    page.goto("about:blank")
    page.goto(url)
    page.wait_for_selector("#shell[data-ready]")
    settled(page)


def test_links_prefill_and_never_run(models, open_page):
    page = open_page(models.url)
    for link, mode, prompt in PREFILLED:
        opened(page, f"{models.url}/{link}")
        expect(page.locator("#prompt")).to_have_value(prompt)
        expect(page.locator("[data-do].primary")).to_have_attribute("data-do", mode)
        expect(page.locator(".running")).to_have_count(0)
    recipe = "prompt=an+owl&negative_prompt=trees&seed=7&width=768&height=512&steps=9&guidance=2.5"
    opened(page, f"{models.url}/#{recipe}")
    for name, value in (part.split("=") for part in recipe.split("&")):
        expect(page.locator(f"#{name}")).to_have_value(value.replace("+", " "))
    expect(page.locator("#demo")).to_be_visible()
    assert models.server.calls == []
    page.locator("#prompt").press("Enter")
    answered(page)
    expect(words(page)).to_have_text("an owl")
    assert models.server.calls[0].json["size"] == "768x512"


def link_of(page):
    """The link that Share copies."""
    then(page, "Share")
    expect(page.locator("#next .note")).to_have_text("Link copied.")
    return page.evaluate("navigator.clipboard.readText()")


def test_a_shared_link_brings_another_browser_to_the_same(app, open_page):
    page = open_page(app.url, permissions=["clipboard-read", "clipboard-write"])
    open_options(page)
    page.locator("#negative_prompt").fill("trees & people")
    page.get_by_label("Landscape").check()
    draw(page, 'a "red" house #1 & 狗')
    link = link_of(page)
    assert link.startswith(f"{app.url}/#")  # the rest reaches no server and no log
    seed = page.locator("#answer .credit").inner_text().partition("seed ")[2].split()[0]
    other = open_page(link)
    expect(other.locator("#prompt")).to_have_value('a "red" house #1 & 狗')
    for name, value in {
        "negative_prompt": "trees & people",
        "width": "768",
        "height": "512",
        "seed": seed,
    }.items():
        expect(other.locator(f"#{name}")).to_have_value(value)

    page.get_by_label("Leave the prompt out of the file").check()
    draw(page, "a secret garden")
    link = link_of(page)
    assert link == f"{app.url}/"


def test_back_forward_and_reload_show_what_was_shown(models, open_page):
    page = open_page(models.url)
    draw(page, "a red house")
    attach(page, EXAMPLES / "cat.jpg")
    answered(page)
    described = words(page).inner_text()
    page.get_by_role("button", name="Remove the picture").click()  # else it is drawn from
    draw(page, "a blue boat")
    assert page.url.endswith("/?draw")
    page.go_back()
    expect(words(page)).to_have_text(described)
    expect(page.locator("#attached")).to_be_visible()
    assert page.url.endswith("/?describe")
    page.go_back()
    expect(words(page)).to_have_text("a red house")
    expect(page.locator("#prompt")).to_have_value("a red house")
    expect(page.locator("#attached")).to_be_hidden()
    page.reload()
    expect(words(page)).to_have_text("a red house")
    page.go_back()
    expect(page.locator("#demo")).to_be_visible()
    expect(page.locator("#answer")).to_be_hidden()
    for said in ("a red house", described, "a blue boat"):
        page.go_forward()
        expect(words(page)).to_have_text(said)
    write(page, "not yet drawn")
    page.reload()
    expect(words(page)).to_have_text("a blue boat")
    expect(page.locator("#prompt")).to_have_value("not yet drawn")
    assert len(models.server.calls) == 3  # nothing of this ran anything


SCRIPT = "<img src=x onerror=window.hacked=1>"
HOSTILE = [
    f"?prompt={SCRIPT}",
    f"?play={SCRIPT}#prompt={SCRIPT}&negative_prompt={SCRIPT}",
    "#prompt=%00%E0%A4%A&seed=%",
    "#prompt=a&seed=NaN&width=Infinity&height=-5&steps=1e999&guidance=0x10&rounds=1e9",
    "#__proto__=1&constructor=2&prompt=a",
    f"?prompt={'a' * 20_000}",
]


def test_hostile_links_do_nothing_bad(models, open_page):
    errors = []
    page = open_page(models.url)
    page.on("pageerror", lambda error: errors.append(str(error)))
    for link in HOSTILE:
        opened(page, f"{models.url}/{link}")
        assert models.server.calls == []
        assert len(page.locator("#prompt").input_value()) <= 10_000
        for name in ("width", "height", "seed", "steps", "guidance"):
            value = page.locator(f"#{name}").input_value()
            assert value == "" or abs(float(value)) < 2**63
        do(page, "draw")
        expect(page.locator("#answer:visible, #problem:visible")).to_have_count(1)
        ended(page)
        assert page.evaluate("window.hacked") is None
        models.server.reset()
    assert errors == []


def test_words_are_only_words(models, open_page):
    said = f"{SCRIPT} ${{window.hacked=1}} {{{{value}}}} {{key}} a dog"
    page = open_page(models.url)
    open_options(page)
    page.locator("#rounds").fill("1")
    write(page, said)
    do(page, "play")
    answered(page)
    expect(page.locator(".words-card").first).to_contain_text(said)
    expect(page.locator(".recall").first).to_contain_text(said[:40])
    then(page, "Play again")
    answered(page)
    models.say(said)
    attach(page, EXAMPLES / "cat.jpg")
    answered(page)
    expect(words(page)).to_have_text(said)
    assert page.evaluate("window.hacked") is None
