"""Small screens, zoom, other colours, no motion, and scripts from right to left."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import (
    answered,
    attach,
    do,
    ended,
    open_options,
    refused,
    write,
)
from tests.support import EXAMPLES

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def style(page, where, name):
    ask = f"(element) => getComputedStyle(element).{name}"
    return page.locator(where).first.evaluate(ask)


def screens(page):
    """What a visitor comes by: each is on the page as it is yielded."""
    yield "first screen"
    attach(page, EXAMPLES / "coffee.jpg")
    answered(page)
    yield "caption"
    open_options(page)
    yield "options"
    page.locator("#rounds").fill("1")
    write(page, LONG)
    do(page, "draw")
    answered(page)
    yield "drawing"
    do(page, "play")
    ended(page)
    expect(page.locator(".end, .turn").first).to_be_visible()
    yield "game"
    page.locator("#detach").click()
    page.locator("#width").fill("100")
    do(page, "draw")
    refused(page)
    yield "problem"
    page.locator("#about-open").click()
    yield "about"


@pytest.mark.parametrize("width", [320, 640])
def test_narrow_or_enlarged_it_scrolls_one_way_only(app, open_page, width):
    page = open_page(app.url, width, 480)  # 640: 1280 at 200 %
    wide = {each: page.evaluate("document.documentElement.scrollWidth") for each in screens(page)}
    assert set(wide.values()) == {width}, wide


def test_what_is_chosen_stands_out_in_forced_colours(app, open_page):
    page = open_page(app.url, forced_colors="active")
    attach(page, EXAMPLES / "coffee.jpg")
    answered(page)
    frame = "borderTopWidth"
    assert style(page, "[data-do=play]", frame) == "3px"  # what Enter does
    assert style(page, "[data-do=draw]", frame) == "1px"
    assert style(page, "#answer label:has(:checked)", frame) == "3px"
    assert style(page, "#answer label:not(:has(:checked))", frame) == "1px"


MOVING = "document.getAnimations().map((one) => one.effect.target.outerHTML.slice(0, 99))"


def test_nothing_moves_where_less_motion_is_wished_for(models, open_page):
    page = open_page(models.url, reduced_motion="reduce")
    expect(page.locator(".to-come")).to_have_count(0)
    assert page.evaluate(MOVING) == []
    models.server.holds = True
    attach(page, EXAMPLES / "coffee.jpg")
    expect(page.locator("#progress")).to_be_visible()
    assert page.evaluate(MOVING) == []
    models.server.holds = False
    answered(page)
    models.server.holds = True
    do(page, "describe")
    expect(page.locator("#answer.old")).to_be_visible()
    assert page.evaluate(MOVING) == []


def test_elsewhere_the_first_screens_game_shows_itself_step_by_step(app, browser):
    page = browser.new_page()
    page.goto(app.url)
    expect(page.locator("#demo .to-come").first).to_be_attached()
    expect(page.locator("#demo .to-come")).to_have_count(0)
    page.close()


def light(colour):
    """How light `rgb(…)` is, from 0 to 1."""
    return sum(map(int, colour.strip("rgba()").split(",")[:3])) / 765


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_as_light_or_dark_as_the_browser(app, open_page, scheme):
    page = open_page(app.url, scheme=scheme)
    paper, ink = style(page, "body", "backgroundColor"), style(page, "h1", "color")
    is_dark = light(paper) < 0.2 and light(ink) > 0.8
    is_light = light(paper) > 0.8 and light(ink) < 0.2
    assert (is_light, is_dark) == (scheme == "light", scheme == "dark")


def test_words_run_the_way_of_their_script(app, open_page):
    page = open_page(app.url)
    for prompt, way in {"قطة على الشاطئ": "rtl", "a cat on the beach": "ltr"}.items():
        write(page, prompt)
        assert style(page, "#prompt", "direction") == way
        do(page, "draw")
        expect(answered(page)).to_contain_text(prompt)
        assert style(page, "#answer .words", "direction") == way
