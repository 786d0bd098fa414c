"""Several at once: as many as are wished for, lists and choices, models side by side."""

import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from describe_draw.choices import choose
from tests.browser.easels import FIRST, OTHER
from tests.browser.inside import targets
from tests.browser.visitor import (
    answered,
    attach,
    do,
    ended,
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


def cells(page):
    return page.locator("#answer .cell")


def choose_count(page, count):
    page.locator("#counts").get_by_role("radio", name=str(count), exact=True).check()


def seeded(page, seed):
    page.locator("#seed").fill(str(seed))


def draw(page, prompt):
    write(page, prompt)
    do(page, "draw")


def test_each_of_several_has_its_own_call_seed_and_recipe(easels, open_page):
    page = open_page(easels)
    open_options(page)
    choose_count(page, 4)
    seeded(page, 7)
    FIRST.holds = {7, 8, 9, 10}
    draw(page, "a castle")
    wait_until(lambda: len(FIRST.asked) == 4)  # all have begun, and none has ended
    expect(cells(page).locator("progress")).to_have_count(4)
    FIRST.holds = {7, 8, 10}
    expect(cells(page).nth(2).get_by_role("button", name="Go on with this")).to_be_visible()
    expect(cells(page).locator("progress")).to_have_count(3)
    FIRST.holds.clear()
    answered(page)
    for number in range(4):
        expect(cells(page).nth(number)).to_contain_text(f"seed {7 + number}")
    with page.expect_download() as download:
        cells(page).nth(3).get_by_role("button", name="Download").click()
    with Image.open(download.value.path()) as picture:
        assert "Seed: 10" in picture.info["parameters"]

    cells(page).nth(1).get_by_role("button", name="Go on with this").click()
    expect(page.locator("#answer .credit")).to_contain_text("seed 8")
    expect(page.locator("#next")).to_contain_text("Another like it")
    then(page, "Back to all")
    expect(cells(page)).to_have_count(4)
    page.go_back()
    expect(cells(page)).to_have_count(0)  # the kept one is read first
    expect(page.locator("#answer .credit")).to_contain_text("seed 8")
    expect(page.locator("#kept li")).to_have_count(1)
    page.reload()
    expect(page.locator("#answer .credit")).to_contain_text("seed 8")
    page.locator("#kept .recall").click()
    expect(cells(page)).to_have_count(4)
    expect(page.locator("#counts :checked")).to_have_value("4")
    expect(page.locator("#seed")).to_have_value("7")


def test_stop_keeps_what_is_there(easels, open_page):
    page = open_page(easels)
    open_options(page)
    choose_count(page, 3)
    seeded(page, 1)
    FIRST.holds = {2, 3}
    draw(page, "a castle")
    expect(cells(page).locator("img")).to_have_count(1)
    page.locator("#stop").click()
    expect(refused(page)).to_have_text("Stopped; earlier results are kept.")
    expect(cells(page)).to_have_count(1)
    expect(cells(page)).to_contain_text("seed 1")
    FIRST.holds = {1, 2, 3}
    draw(page, "a boat")
    wait_until(lambda: len(FIRST.asked) == 6)
    page.locator("#stop").click()
    expect(refused(page)).to_have_text("Stopped; earlier results are kept.")
    expect(words(page)).to_have_text("a castle")  # nothing of the new ones is there


def test_one_that_fails_says_so_and_the_built_in_engine_stands_in(easels, open_page):
    page = open_page(easels)
    open_options(page)
    choose_count(page, 2)
    seeded(page, 5)
    FIRST.breaks = {6}
    draw(page, "a castle")
    answered(page)
    expect(cells(page).first).to_contain_text("endpoint/model")
    failed = cells(page).nth(1)
    expect(failed).to_contain_text("The endpoint failed")
    failed.get_by_role("button", name="Use the built-in engine instead").click()
    ended(page)
    expect(failed.locator("img")).to_be_visible()
    expect(failed).to_contain_text(re.compile("built-in engine · .* · seed 6"))
    FIRST.breaks = {5, 6}
    do(page, "draw")
    expect(refused(page)).to_contain_text("The endpoint failed")  # once, where all say the same
    page.locator("#instead").click()
    answered(page)
    expect(cells(page)).to_have_count(2)
    expect(cells(page).first).to_contain_text("built-in engine")


def test_lists_and_choices_become_the_prompts_of_a_grid(easels, open_page):
    page = open_page(easels)
    open_options(page)
    seeded(page, 3)
    page.locator("#prompt").fill("a {red|green|blue} car")
    page.locator("#prompt").press("Shift+Enter")
    page.keyboard.type("# not this")
    page.locator("#prompt").press("Shift+Enter")
    page.keyboard.type("a boat")
    expect(page.get_by_text("Draw makes a picture of each line.")).to_be_visible()
    do(page, "draw")
    answered(page)
    chosen = choose("a {red|green|blue} car", 3)  # as the shell has it
    expect(cells(page).locator(".own")).to_have_text([chosen, "a boat"])
    assert {(one.prompt, one.seed) for one in FIRST.asked} == {(chosen, 3), ("a boat", 3)}

    draw(page, "a {red|green|blue} car")
    answered(page)
    expect(words(page)).to_have_text(chosen)  # one alone is large
    page.get_by_label("Draw every choice").check()
    do(page, "draw")
    answered(page)
    cars = ["a red car", "a green car", "a blue car"]
    expect(cells(page).locator(".own")).to_have_text(cars)
    draw(page, "a {1|2|3|4} {a|b|c|d}")
    answered(page)
    expect(cells(page)).to_have_count(12)
    expect(page.get_by_text("Only the first 12 are drawn.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_models_are_compared_and_saved_as_one_picture(easels, open_page):
    page = open_page(easels, width=1000)
    open_options(page)
    with_others = page.get_by_role("group", name="Compare its pictures with")
    with_others.get_by_label("hub/model").check()
    with_others.get_by_label("built-in engine").check()
    OTHER.breaks = {4}
    seeded(page, 4)
    draw(page, "a castle")
    answered(page)
    names = ["endpoint/model", "hub/model", "built-in engine"]
    expect(cells(page).locator("h2")).to_have_text(names)
    expect(cells(page).nth(1)).to_contain_text("The hub failed")
    for number in (0, 2):
        expect(cells(page).nth(number)).to_contain_text(re.compile(r"· \d.* s · seed 4"))
    expect(cells(page).nth(2)).to_contain_text("not used: inference steps, guidance scale")
    with page.expect_download() as download:
        then(page, "Save as one picture")
    with Image.open(download.value.path()) as sheet:
        pixels = sheet.convert("RGB")
        teal = [colour for _, colour in pixels.getcolors(2**24) or () if colour == (0, 128, 128)]
        assert teal  # the puppet's picture, beside another's
        assert pixels.width > 2 * 400

    with_others = page.get_by_role("group", name="Compare its captions with")
    with_others.get_by_label("hub/model").check()
    attach(page, EXAMPLES / "cat.jpg")
    answered(page)
    said = ["short of endpoint", "short of hub"]
    expect(cells(page).locator(".words")).to_have_text(said)
    cells(page).nth(1).get_by_role("button", name="Go on with this").click()
    expect(words(page)).to_have_text("short of hub")
    then(page, "Draw this")
    answered(page)
    expect(cells(page)).to_have_count(3)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_a_grid_is_without_fault(easels, open_page, violations, width, scheme):
    page = open_page(easels, width, 844, scheme, reduced_motion="reduce")
    open_options(page)
    choose_count(page, 3)
    seeded(page, 1)
    page.get_by_role("group", name="Compare its pictures with").get_by_label("hub/model").check()
    FIRST.breaks = {2}
    draw(page, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamte")
    answered(page)
    page.locator("#looks-open").click()
    settled(page)
    assert violations(page) == []
    assert targets(page, "#page") == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_it_is_said_in_chinese(easels, open_page):
    page = open_page(easels, locale="zh-CN")
    open_options(page)
    page.get_by_role("group", name="与这些模型比较画面").get_by_label("内置引擎").check()
    write(page, "一只狗\n一只猫")
    expect(page.locator("#each-line")).to_have_text("“画图”会为每一行画一张。")
    do(page, "draw")
    answered(page)
    expect(cells(page)).to_have_count(4)
    expect(cells(page).nth(1)).to_contain_text("内置引擎")
    expect(page.locator("#next")).to_contain_text("存为一张图")
    speak(page, "en")
    expect(cells(page).nth(1)).to_contain_text("built-in engine")
