"""The game and the restoring of settings as visitors do them, in Chromium."""

import asyncio
import io
import re
import zipfile

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import expect

from describe_draw.engines.builtin import Builtin
from describe_draw.ui.desk import Desk
from tests.browser.test_access import GRADIOS_OWN
from tests.browser.visitor import pixels, set_number, tab, unfold, upload
from tests.support import EXAMPLES, Puppet, page_of
from tests.waiting import wait_until

WIDTHS = pytest.mark.parametrize("width", [1280, 390])


class Gated(Builtin):
    """The built-in engine under the name of another, let through step by step."""

    name = "hub"

    def __init__(self, steps=1000):
        super().__init__()
        self.steps = steps
        self.waiting = self.cancelled = 0

    async def caption(self, *args):
        await self._gate()
        return await super().caption(*args)

    async def generate(self, *args):
        await self._gate()
        return await super().generate(*args)

    async def _gate(self):
        self.waiting += 1
        try:
            while self.steps <= 0:  # noqa: ASYNC110  # let through from another thread
                await asyncio.sleep(0.01)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        self.waiting -= 1
        self.steps -= 1


def links(page):
    return page.locator("#game-chain .link:not(.waiting)")


def status(page):
    return page.locator("#game-status")


def play(page, rounds=None):
    if rounds:
        set_number(page, "Rounds", rounds)
    page.get_by_role("button", name="Play", exact=True).click()


def kept(page):
    with page.expect_download() as download:
        page.locator("#game-keep").click()
    with zipfile.ZipFile(download.value.path()) as file:
        return sorted(file.namelist())


@WIDTHS
def test_a_game_from_a_picture(app, open_page, width):
    page = open_page(app.url, width)
    tab(page, "Game")
    upload(page, "#game-picture", EXAMPLES / "cows.png")
    play(page, 2)
    expect(status(page)).to_contain_text("rounds played: 2")
    expect(links(page)).to_have_count(5)
    expect(links(page).nth(1)).to_contain_text(re.compile("cow.*built-in engine", re.DOTALL))
    expect(page.locator("#game-drift .dial.meaning")).to_contain_text(re.compile(r"\d+ %"))
    expect(page.locator("#game-drift svg")).to_have_attribute(
        "aria-label", re.compile(r"Meaning: \d+ %, \d+ %; Look: \d+ %, \d+ %")
    )
    expect(page.locator("#game-drift .things")).to_contain_text(re.compile("(Kept|Lost): .*cow"))
    assert page.locator("#game-ends img").count() >= 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert kept(page)[-1] == "recipes.json"


def test_a_picture_of_the_strip_opens_in_full_size(app, open_page):
    page = open_page(app.url)
    tab(page, "Game")
    upload(page, "#game-picture", EXAMPLES / "cows.png")
    play(page, 1)
    expect(status(page)).to_contain_text("rounds played: 1")
    with page.context.expect_page() as opened:
        links(page).last.locator("a").click()
    data = page.request.get(opened.value.url).body()
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.info["parameters"]


def test_a_game_from_a_sentence_takes_enter(app, open_page):
    page = open_page(app.url)
    tab(page, "Game")
    upload(page, "#game-picture", EXAMPLES / "cat.jpg")
    page.locator("#game-sentence textarea").fill("a dog in a park")
    page.locator("#game-sentence textarea").press("Enter")
    expect(status(page)).to_contain_text("rounds played: 3")
    expect(links(page).first).to_contain_text("a dog in a park")
    expect(links(page).first).to_contain_text("written by a person")
    expect(links(page)).to_have_count(7)
    upload_another = page.locator("#game-picture").get_by_label(re.compile("Remove|Clear"))
    upload_another.first.click()
    upload(page, "#game-picture", EXAMPLES / "cows.png")
    expect(page.locator("#game-sentence textarea")).to_have_value("")  # the picture came last
    play(page, 1)
    expect(links(page).first.locator("img")).to_be_visible()


def test_an_example_is_played_by_a_click(app, open_page):
    page = open_page(app.url)
    tab(page, "Game")
    page.locator("#game-tab button.gallery-item").nth(6).or_(
        page.get_by_role("button", name="cows")
    ).last.click()
    expect(links(page).nth(1)).to_be_visible()


def test_every_step_appears_as_soon_as_it_is_there(open_page):
    gated = Gated(steps=0)
    with page_of(gated) as url:
        page = open_page(url)
        tab(page, "Game")
        upload(page, "#game-picture", EXAMPLES / "cows.png")
        play(page)
        expect(status(page)).to_contain_text("Round 1 of 3: Describing")
        expect(links(page)).to_have_count(1)
        gated.steps = 1
        expect(links(page)).to_have_count(2)
        expect(status(page)).to_contain_text("Round 1 of 3: Drawing")
        gated.steps = 1
        expect(links(page)).to_have_count(3)
        expect(status(page)).to_contain_text("Round 2 of 3: Describing")
        expect(page.locator("#game-drift .dial.look")).to_be_visible()


def test_stopping_in_round_three_keeps_rounds_one_and_two(open_page):
    gated = Gated(steps=4)
    with page_of(gated) as url:
        page = open_page(url)
        tab(page, "Game")
        upload(page, "#game-picture", EXAMPLES / "cows.png")
        play(page, 5)
        expect(status(page)).to_contain_text("Round 3 of 5: Describing")
        wait_until(lambda: gated.waiting == 1)
        page.locator("#game-play-stop").click()
        expect(status(page)).to_contain_text("Stopped; full rounds: 2")
        wait_until(lambda: gated.cancelled == 1)
        expect(links(page)).to_have_count(5)
        expect(page.locator("#game-chain .waiting")).to_have_count(0)
        assert [n for n in kept(page) if n.startswith("pictures/")] == [
            "pictures/00-start.png",
            "pictures/02-drawing.png",
            "pictures/04-drawing.png",
        ]
        gated.steps = 1000
        page.locator("#game-caption textarea").fill("two cows")
        page.get_by_role("button", name="Draw it").click()
        expect(status(page)).to_contain_text("rounds played: 5")


def test_stopping_between_two_steps_is_told_too(open_page, monkeypatch):
    async def run(desk, visit, doing, call, *others, **more):
        if doing == "play":
            begun.append(call)
            if len(begun) == 3:  # after the opening and the first link
                call.close()
                await asyncio.sleep(60)
        return await run_as_ever(desk, visit, doing, call, *others, **more)

    begun: list[object] = []
    run_as_ever = Desk.run
    monkeypatch.setattr(Desk, "run", run)
    with page_of(Gated()) as url:
        page = open_page(url)
        tab(page, "Game")
        upload(page, "#game-picture", EXAMPLES / "cows.png")
        play(page)
        wait_until(lambda: len(begun) == 3)
        page.locator("#game-play-stop").click()
        expect(status(page)).to_contain_text("Stopped; full rounds: 0")
        expect(page.locator("#game-chain .waiting")).to_have_count(0)
        expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_closing_the_page_ends_the_game(open_page):
    gated = Gated(steps=1)
    with page_of(gated) as url:
        page = open_page(url)
        tab(page, "Game")
        upload(page, "#game-picture", EXAMPLES / "cows.png")
        play(page)
        expect(links(page)).to_have_count(2)
        wait_until(lambda: gated.waiting == 1)
        page.close()
        wait_until(lambda: gated.cancelled == 1)


def test_a_person_changes_each_caption(app, open_page):
    page = open_page(app.url)
    tab(page, "Game")
    upload(page, "#game-picture", EXAMPLES / "cat.jpg")
    page.get_by_label("Let me edit each caption").check()
    play(page, 2)
    expect(status(page)).to_contain_text("Your turn")
    expect(page.locator("#game-caption textarea")).to_have_value("a cat")
    page.locator("#game-caption textarea").fill("three penguins in the snow")
    page.get_by_role("button", name="Draw it").click()
    expect(links(page)).to_have_count(4)
    expect(links(page).nth(1)).to_contain_text("three penguins in the snow")
    expect(status(page)).to_contain_text("Your turn")
    page.get_by_role("button", name="Draw it").click()
    expect(status(page)).to_contain_text("rounds played: 2")
    page.locator("#game-caption textarea").fill("")
    page.get_by_role("button", name="Draw it").click()
    expect(page.get_by_role("alert")).to_contain_text("prompt is empty")
    expect(links(page)).to_have_count(5)


class Tired(Puppet):
    """Fails when it draws for the second time."""

    async def generate(self, recipe, call):
        self.fails = hasattr(self, "drawn")
        self.drawn = True
        return await super().generate(recipe, call)


def test_a_failing_round_is_told_and_the_builtin_engine_goes_on(open_page):
    with page_of(Tired()) as url:
        page = open_page(url)
        tab(page, "Game")
        upload(page, "#game-picture", EXAMPLES / "cat.jpg")
        play(page, 2)
        expect(page.get_by_role("alert")).to_contain_text(re.compile("hub failed.*Reference"))
        expect(links(page)).to_have_count(4)
        assert "pictures/02-drawing.png" in kept(page)
        page.locator("#game-instead").click()
        expect(status(page)).to_contain_text("rounds played: 2")
        expect(links(page).last).to_contain_text("built-in engine")
        expect(page.locator("#game-instead")).not_to_be_visible()


def test_nothing_to_begin_with_is_told(app, open_page):
    page = open_page(app.url)
    tab(page, "Game")
    play(page)
    expect(page.get_by_role("alert")).to_contain_text("nothing to start with")
    for later in ("#game-turn", "#game-keep", "#game-ends"):
        expect(page.locator(later)).not_to_be_visible()


def test_words_are_only_words(app, open_page):
    page = open_page(app.url)
    said = '<img src=x onerror="window.hacked=1"> ${window.hacked=1} {{value}} a dog'
    tab(page, "Game")
    page.locator("#game-sentence textarea").fill(said)
    play(page, 1)
    expect(status(page)).to_contain_text("rounds played: 1")
    expect(links(page).first).to_contain_text(said)
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_a_finished_game_is_readable_by_everybody(app, open_page, width, scheme):
    page = open_page(app.url, width, scheme=scheme)
    tab(page, "Game")
    page.locator("#game-sentence textarea").fill("a dog in a park")
    play(page, 1)
    expect(status(page)).to_contain_text("rounds played: 1")
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [fault["id"] for fault in found if fault["id"] not in GRADIOS_OWN] == []


def test_a_chinese_browser_plays_in_chinese(app, open_page):
    page = open_page(app.url, locale="zh-CN")
    tab(page, "游戏")
    page.locator("#game-sentence textarea").fill("公园里的一只狗")
    page.locator("#game-play").click()
    expect(status(page)).to_contain_text("3 轮已完成")
    expect(page.locator("#game-drift")).to_contain_text("含义")
    expect(page.locator("#game-drift .things li").first).to_contain_text(
        re.compile("(保留|丢失)：.*狗")
    )


def test_a_drawing_restores_its_settings_and_is_drawn_again(app, open_page, tmp_path):
    page = open_page(app.url)
    tab(page, "Draw")
    unfold(page, "Advanced options")
    page.get_by_label("Negative prompt").fill("trees")
    page.get_by_role("button", name="Portrait").click()
    page.get_by_label("Prompt", exact=True).fill("a castle at night")
    page.get_by_role("button", name="Draw", exact=True).click()
    page.wait_for_selector("#draw-picture img")
    first = pixels(page, "#draw-picture")
    with page.expect_download() as download:
        page.locator("#draw-picture").get_by_label("Download").click()
    download.value.save_as(tmp_path / "castle.png")

    page = open_page(app.url)
    tab(page, "Draw")
    unfold(page, "Restore settings")
    page.set_input_files("#restore-picture input[type=file]", str(tmp_path / "castle.png"))
    expect(page.locator("#restore-said")).to_contain_text("Restored")
    expect(page.get_by_label("Prompt", exact=True)).to_have_value("a castle at night")
    unfold(page, "Advanced options")
    expect(page.get_by_label("Negative prompt")).to_have_value("trees")
    expect(page.get_by_label("Random seed")).not_to_be_checked()
    page.get_by_role("button", name="Draw", exact=True).click()
    page.wait_for_selector("#draw-picture img")
    assert np.array_equal(pixels(page, "#draw-picture"), first)


def test_a_file_of_another_tool_restores_and_what_was_fitted_is_told(app, open_page, tmp_path):
    text = "an owl\nSteps: 20, CFG scale: 7, Seed: 5, Size: 512x1216, Model: sdxl"
    info = PngInfo()
    info.add_text("parameters", text)
    Image.new("RGB", (64, 64)).save(tmp_path / "owl.png", pnginfo=info)
    page = open_page(app.url, 390)
    tab(page, "Draw")
    unfold(page, "Restore settings")
    page.set_input_files("#restore-picture input[type=file]", str(tmp_path / "owl.png"))
    expect(page.locator("#restore-said")).to_contain_text("height 1216 → 1024, model sdxl → –")
    expect(page.get_by_label("Prompt", exact=True)).to_have_value("an owl")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_picture_without_a_recipe_restores_nothing_and_says_so(app, open_page):
    page = open_page(app.url)
    tab(page, "Draw")
    page.get_by_label("Prompt", exact=True).fill("mine")
    unfold(page, "Restore settings")
    page.set_input_files("#restore-picture input[type=file]", str(EXAMPLES / "cat.jpg"))
    expect(page.get_by_role("alert")).to_contain_text("No generation settings found")
    expect(page.get_by_label("Prompt", exact=True)).to_have_value("mine")


def test_keep_private_leaves_the_recipe_out(app, open_page):
    page = open_page(app.url)
    tab(page, "Draw")
    unfold(page, "Advanced options")
    page.get_by_label("Keep private").check()
    page.get_by_label("Prompt", exact=True).fill("a secret garden")
    page.get_by_role("button", name="Draw", exact=True).click()
    page.wait_for_selector("#draw-picture img")
    with page.expect_download() as download:
        page.locator("#draw-picture").get_by_label("Download").click()
    assert download.value.suggested_filename == "drawing.png"
    with Image.open(download.value.path()) as picture:
        assert not picture.info
