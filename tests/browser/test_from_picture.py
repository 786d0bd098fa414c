"""A picture and words become another picture; styles add words of their own."""

import re

from playwright.sync_api import expect

from describe_draw.recipe import Edit
from describe_draw.styles import styles
from tests.browser.easels import FIRST, OTHER
from tests.browser.visitor import (
    answered,
    attach,
    do,
    ended,
    open_options,
    pixels,
    then,
    words,
    write,
)
from tests.support import EXAMPLES


def draw(page, prompt):
    write(page, prompt)
    do(page, "draw")
    answered(page)


def kept(page, count):
    """Wait until the browser keeps so many results."""
    expect(page.locator("#kept li")).to_have_count(count)


def test_what_is_attached_is_drawn_from_until_it_is_removed(easels, open_page):
    page = open_page(easels)
    open_options(page)
    strength = page.get_by_role("slider", name="How far to go from the picture")
    expect(strength).to_be_hidden()
    page.get_by_role("radio", name="Landscape").check()  # of what has no picture
    attach(page, EXAMPLES / "cat.jpg")
    answered(page)
    expect(page.locator("#draw-from")).to_be_visible()
    expect(page.get_by_role("radio", name="As the picture")).to_be_checked()
    expect(page.locator("#width")).to_be_hidden()
    expect(strength).to_have_value("0.6")
    page.locator("#draw-model").select_option("hub/model")
    expect(strength).to_be_hidden()  # which it doesn't follow
    page.locator("#draw-model").select_option("endpoint/model")
    strength.fill("0.3")
    draw(page, "at night")
    (asked,) = FIRST.asked
    assert isinstance(asked, Edit)
    assert (asked.prompt, asked.strength, asked.model) == ("at night", 0.3, "endpoint/model")
    assert (asked.width, asked.height) == (448, 320)  # the cat has 451 by 300
    assert pixels(page).shape == (320, 448, 3)
    expect(page.locator("#answer .source")).to_contain_text("Drawn from this picture")
    expect(page.locator("#answer .source img")).to_be_visible()

    page.get_by_role("radio", name="Portrait").check()
    then(page, "Draw from this")
    expect(page.locator("#prompt")).to_be_focused()
    expect(page.locator("#prompt")).to_have_value("")
    draw(page, "in winter")
    assert (FIRST.asked[1].width, FIRST.asked[1].height) == (512, 768)
    kept(page, 3)
    page.reload()
    expect(words(page)).to_have_text("in winter")
    expect(page.locator("#answer .source img")).to_be_visible()
    expect(page.locator("#strength")).to_have_value("0.3")
    then(page, "Another like it")
    answered(page)
    assert isinstance(FIRST.asked[2], Edit)
    assert FIRST.asked[2].source == FIRST.asked[1].source
    page.get_by_role("button", name="Remove the picture").click()
    draw(page, "in winter")
    assert not isinstance(FIRST.asked[3], Edit)
    expect(page.locator("#answer .source")).to_have_count(0)


def test_enter_still_plays_and_captions_are_still_drawn_alone(easels, open_page):
    page = open_page(easels)
    open_options(page)
    page.locator("#rounds").fill("1")
    attach(page, EXAMPLES / "cat.jpg")
    answered(page)
    page.locator("#prompt").press("Enter")
    ended(page)
    expect(page.locator(".end")).to_be_visible()
    do(page, "describe")
    answered(page)
    then(page, "Draw this")
    answered(page)
    expect(words(page)).to_have_text("short of endpoint")
    assert not any(isinstance(one, Edit) for one in FIRST.asked)
    expect(page.locator("#attached")).to_be_hidden()


def test_several_are_drawn_from_one_picture(easels, open_page):
    page = open_page(easels, 390, 844)
    attach(page, EXAMPLES / "cat.jpg")
    answered(page)
    open_options(page)
    page.locator("#counts").get_by_role("radio", name="2", exact=True).check()
    page.locator("#draw-compare").get_by_label("hub/model").check()
    draw(page, "at night")
    expect(page.locator("#answer .cell img")).to_have_count(4)
    expect(page.locator("#answer .source img")).to_be_visible()
    for engine in (FIRST, OTHER):
        assert [type(one) for one in engine.asked] == [Edit, Edit]
    seeds = {one.seed for one in FIRST.asked}
    assert len(seeds) == 2
    assert seeds == {one.seed for one in OTHER.asked}
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_settings_and_links_ask_for_the_picture_again(easels, open_page, tmp_path):
    page = open_page(easels, permissions=["clipboard-read", "clipboard-write"])
    attach(page, EXAMPLES / "cat.jpg")
    answered(page)
    draw(page, "at night")
    with page.expect_download() as download:
        then(page, "Download")
    download.value.save_as(tmp_path / "night.png")
    then(page, "Share")
    expect(page.locator("#next .note")).to_have_text("Link copied.")
    other = open_page(page.evaluate("navigator.clipboard.readText()"))
    expect(other.locator("#prompt")).to_have_value("at night")
    expect(other.locator("#add-source")).to_be_visible()
    open_options(page)
    page.get_by_role("button", name="Remove the picture").click()
    page.set_input_files("#restore", tmp_path / "night.png")
    expect(page.locator("#restored")).to_contain_text("Drawn from a picture: add it again")
    expect(page.locator("#add-source")).to_be_visible()
    attach(page, EXAMPLES / "cat.jpg")
    expect(page.locator("#add-source")).to_be_hidden()


def test_a_style_adds_its_words_and_leaves_ones_own(easels, open_page):
    page = open_page(easels)
    loaded = []
    page.on("request", lambda request: loaded.append(request.url))
    row = page.get_by_role("radiogroup", name="Style")
    expect(row).to_be_hidden()
    page.get_by_role("button", name="Style", exact=True).click()
    expect(row.get_by_role("radio")).to_have_count(21)
    page.wait_for_function(
        "performance.getEntriesByType('resource').some(({name}) => name.includes('styles/'))"
    )
    assert [one for one in loaded if "styles/" in one]  # not before
    row.get_by_role("radio", name="Watercolour").check()
    style = styles()["watercolour"]
    expect(page.locator("#look-adds")).to_contain_text(style.prompt)
    draw(page, "a fox")
    assert FIRST.asked[0].prompt == f"a fox, {style.prompt}"
    assert FIRST.asked[0].negative_prompt == style.negative_prompt
    expect(words(page)).to_have_text("a fox")
    expect(page.locator("#answer .credit")).to_contain_text("style: Watercolour")
    then(page, "Another like it")
    answered(page)
    assert FIRST.asked[1].prompt == FIRST.asked[0].prompt
    assert FIRST.asked[1].negative_prompt == style.negative_prompt  # once
    kept(page, 2)
    page.reload()
    expect(page.get_by_role("button", name="Style: Watercolour")).to_be_visible()
    page.get_by_role("button", name="Style: Watercolour").click()

    open_options(page)
    page.locator("#draw-model").select_option("hub/model")
    weak = row.locator("label").filter(has_text=re.compile("^Neon"))
    expect(weak).to_have_attribute("title", "hub/model can't follow this style")
    row.get_by_role("radio", name="Neon").check()  # may be chosen none the less
    expect(page.locator("#look-adds")).to_contain_text("hub/model can't follow this style")
    page.locator("#language").select_option("zh")
    expect(page.get_by_role("button", name="风格：霓虹")).to_be_visible()
    expect(page.locator("#look-adds")).to_contain_text("添加：neon lights")
