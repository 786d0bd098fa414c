"""What visitors do and see, in Chromium."""

import re
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.visitor import caption, pixels, tab, unfold, upload
from tests.support import EXAMPLES, Puppet, page_of
from tests.waiting import wait_until

WIDTHS = pytest.mark.parametrize("width", [1280, 390])


@WIDTHS
def test_a_photo_is_described(app, open_page, width):
    page = open_page(app.url, width)
    upload(page, "#describe-picture", EXAMPLES / "coffee.jpg")
    page.get_by_role("button", name="Describe", exact=True).click()
    expect(caption(page)).to_have_value(re.compile("espresso"))
    expect(page.locator("#describe-details")).to_contain_text(
        re.compile(r"built-in engine · \d+\.\d\d s")
    )
    page.get_by_role("button", name="Describe", exact=True).click()
    expect(page.locator("#describe-details")).to_contain_text("remembered from an equal request")


def test_a_style_can_be_chosen(app, open_page):
    page = open_page(app.url)
    upload(page, "#describe-picture", EXAMPLES / "coffee.jpg")
    page.get_by_label("Alt text").check()
    page.get_by_role("button", name="Describe", exact=True).click()
    expect(caption(page)).to_have_value(re.compile(r"^(Photo|Picture) of .*espresso.*\.$"))


def test_an_example_picture_is_described_by_a_click(app, open_page):
    page = open_page(app.url)
    page.locator("#describe-picture").wait_for()
    assert page.locator("button.gallery-item").count() == 7
    page.locator("button.gallery-item").first.click()
    expect(caption(page)).to_have_value(re.compile("cat"))


def test_a_file_that_is_no_picture_is_told_on_the_page(app, open_page, tmp_path):
    page = open_page(app.url)
    upload(page, "#describe-picture", EXAMPLES / "cat.jpg")
    page.get_by_role("button", name="Describe", exact=True).click()
    expect(caption(page)).to_have_value(re.compile("cat"))
    (tmp_path / "note.jpg").write_text("just text")
    page.get_by_label("Remove Image").or_(page.get_by_label("Clear")).first.click()
    page.set_input_files("#describe-picture input[type=file]", str(tmp_path / "note.jpg"))
    page.wait_for_selector("#describe-picture img", state="attached")
    page.get_by_role("button", name="Describe", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("not a picture that can be read")
    expect(caption(page)).to_have_value(re.compile("cat"))  # nothing already said is lost


def test_no_picture_is_told_on_the_page(app, open_page):
    page = open_page(app.url)
    page.get_by_role("button", name="Describe", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("There is no picture yet")


@WIDTHS
def test_enter_draws_the_prompt(app, open_page, width):
    page = open_page(app.url, width)
    tab(page, "Draw")
    page.get_by_label("Prompt", exact=True).fill("a dog in a park")
    page.keyboard.press("Enter")
    page.wait_for_selector("#draw-picture img")
    assert pixels(page, "#draw-picture").shape == (512, 512, 3)
    expect(page.locator("#draw-picture img")).to_have_attribute("alt", "a dog in a park")
    expect(page.locator("#draw-details")).to_contain_text(re.compile(r"seed \d+"))
    expect(page.locator("#draw-details")).to_contain_text(
        "not used: inference steps, guidance scale"
    )


def test_advanced_options_are_closed_until_opened_and_are_followed(app, open_page):
    page = open_page(app.url)
    tab(page, "Draw")
    expect(page.get_by_label("Negative prompt")).not_to_be_visible()
    unfold(page, "Advanced options")
    expect(page.locator("#draw-ignores")).to_contain_text("inference steps")
    for label in ("Inference steps", "Guidance scale", "Width", "Height"):
        expect(page.get_by_role("slider", name=re.compile(label))).to_be_visible()
    page.get_by_role("button", name="Landscape").click()
    page.get_by_role("button", name="Swap sides").click()
    page.get_by_label("Prompt", exact=True).fill("a castle")
    page.get_by_role("button", name="Draw", exact=True).click()
    page.wait_for_selector("#draw-picture img")
    assert pixels(page, "#draw-picture").shape == (768, 512, 3)


def test_a_seed_can_be_kept(app, open_page):
    page = open_page(app.url)
    tab(page, "Draw")

    def draw():
        shown = page.locator("#draw-picture img")
        before = shown.get_attribute("src") if shown.count() else ""
        page.get_by_role("button", name="Draw", exact=True).click()
        expect(shown).not_to_have_attribute("src", before or "")
        expect(page.get_by_role("button", name="Draw", exact=True)).to_be_visible()
        seed = re.search(r"seed (\d+)", page.locator("#draw-details").inner_text())
        return seed and seed[1], pixels(page, "#draw-picture")

    page.get_by_label("Prompt", exact=True).fill("a castle at night")
    first, one = draw()
    second, two = draw()
    assert first != second
    page.get_by_role("button", name="Keep this seed").click()
    unfold(page, "Advanced options")
    expect(page.get_by_label("Random seed")).not_to_be_checked()
    expect(page.get_by_label("Seed", exact=True)).to_have_value(second)
    page.get_by_label("Prompt", exact=True).fill("a castle at night!")
    third, _ = draw()
    assert third == second
    assert not np.array_equal(one, two)


def test_the_download_is_the_png_with_its_recipe(app, open_page):
    page = open_page(app.url)
    tab(page, "Draw")
    page.get_by_role("button", name="a sailboat on the sea at sunset").click()
    page.wait_for_selector("#draw-picture img")
    with page.expect_download() as download:
        page.get_by_label("Download").click()
    assert download.value.suggested_filename.startswith("a-sailboat-on-the-sea-at-sunset-")
    with Image.open(download.value.path()) as picture:
        assert picture.info["parameters"].startswith("a sailboat on the sea at sunset\nSteps: 25")


def test_an_empty_prompt_is_told_on_the_page(app, open_page):
    page = open_page(app.url)
    tab(page, "Draw")
    page.get_by_role("button", name="Draw", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("The prompt is empty")


def test_the_page_says_who_answers(app, open_page):
    page = open_page(app.url)
    expect(page.locator("#who")).to_contain_text("Answered by: built-in engine.")
    expect(page.locator("#who")).to_contain_text("For large models")


def test_the_page_speaks_chinese_to_a_chinese_browser(app, open_page):
    page = open_page(app.url, locale="zh-CN")
    expect(page.get_by_role("heading", name="看图说话")).to_be_visible()
    expect(page.locator("#who")).to_contain_text("回答来自：内置引擎。")
    page.locator("#describe-run").click()
    expect(page.get_by_role("alert")).to_contain_text("还没有图片")
    english = page.get_by_text(re.compile("Describe|Caption|Style|Draw$"))
    assert english.count() == 0


def test_a_phone_scrolls_one_way_only_and_sees_the_run_button_early(app, open_page):
    page = open_page(app.url, 390, 844)
    for name in ("Describe", "Draw", "Game"):
        tab(page, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    tab(page, "Draw")
    assert page.locator("#draw-run").bounding_box()["y"] < 844


def test_stop_ends_the_call_and_brings_the_button_back(open_page):
    slow = Puppet(seconds=60)
    with page_of(slow) as url:
        page = open_page(url)
        tab(page, "Draw")
        page.get_by_label("Prompt", exact=True).fill("a dog")
        page.get_by_role("button", name="Draw", exact=True).click()
        wait_until(lambda: slow.begun == 1)
        page.locator("#draw-run-stop").click()
        expect(page.get_by_role("button", name="Draw", exact=True)).to_be_visible()
        expect(page.locator("#draw-details")).to_contain_text("Stopped")
        expect(page.locator("#draw-picture")).not_to_contain_text("Error")
        assert slow.cancelled == 1
        slow.seconds = 0
        page.get_by_label("Prompt", exact=True).press("Enter")
        expect(page.locator("#draw-details")).to_contain_text("hub/model")


def test_stop_ends_a_call_that_still_waits_for_its_turn(open_page):
    slow = Puppet(seconds=60)
    with page_of(slow, concurrency=1) as url:
        first, second = open_page(url), open_page(url)
        for page in (first, second):
            tab(page, "Draw")
            page.get_by_label("Prompt", exact=True).fill("a dog")
            page.get_by_role("button", name="Draw", exact=True).click()
            page.locator("#draw-run-stop").wait_for()
            wait_until(lambda: slow.begun == 1)
        second.locator("#draw-run-stop").click()
        expect(second.get_by_role("button", name="Draw", exact=True)).to_be_visible()
        first.locator("#draw-run-stop").click()
        expect(first.get_by_role("button", name="Draw", exact=True)).to_be_visible()
        assert slow.begun == slow.cancelled == 1


def test_closing_the_page_ends_what_it_started(open_page):
    slow = Puppet(seconds=60)
    with page_of(slow) as url:
        page = open_page(url)
        upload(page, "#describe-picture", EXAMPLES / "cat.jpg")
        page.get_by_role("button", name="Describe", exact=True).click()
        wait_until(lambda: slow.begun == 1)
        page.close()
        wait_until(lambda: slow.cancelled == 1)


def test_where_an_engine_fails_the_builtin_one_is_a_click_away(open_page):
    with page_of(Puppet(fails=True)) as url:
        page = open_page(url)
        tab(page, "Draw")
        page.get_by_label("Prompt", exact=True).fill("a dog in a park")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text(
            re.compile("hub failed: try again.*Reference")
        )
        page.locator("#draw-instead").click()
        page.wait_for_selector("#draw-picture img")
        expect(page.locator("#draw-details")).to_contain_text("built-in engine")
        expect(page.locator("#draw-instead")).not_to_be_visible()


class Narrow(Puppet):
    """Knows one caption style, and follows no guidance scale."""

    def capabilities(self, task, caller):
        (can,) = super().capabilities(task, caller)
        return [replace(can, styles=("short",), options=can.options - {"guidance"})]


def choose(page, where, model):
    page.locator(f"{where} input").click()
    page.get_by_role("option", name=model).click()


def test_styles_and_unused_options_follow_the_model(open_page):
    with page_of(Narrow("endpoint"), Puppet("hub")) as url:
        page = open_page(url)
        expect(page.locator("#describe-style")).to_be_hidden()
        choose(page, "#describe-model", "hub/model")
        upload(page, "#describe-picture", EXAMPLES / "cat.jpg")
        page.get_by_label("Tags").check()
        page.get_by_role("button", name="Describe", exact=True).click()
        expect(caption(page)).to_have_value("tags of hub")
        choose(page, "#describe-model", "built-in engine")
        expect(page.get_by_label("Tags")).to_be_checked()  # it has them too
        choose(page, "#describe-model", "endpoint/model")
        expect(page.locator("#describe-style")).to_be_hidden()
        page.get_by_role("button", name="Describe", exact=True).click()
        expect(caption(page)).to_have_value("short of endpoint")
        tab(page, "Draw")
        unfold(page, "Advanced options")
        expect(page.locator("#draw-ignores")).to_contain_text("guidance scale")
        choose(page, "#draw-model", "hub/model")
        expect(page.locator("#draw-ignores")).to_be_empty()
