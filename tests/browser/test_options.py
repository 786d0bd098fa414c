"""Options: what the model doesn't use is hidden; shapes, the seed's lock, settings of a file."""

import re
from dataclasses import replace

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import expect

from tests.browser.visitor import (
    answered,
    attach,
    do,
    ended,
    open_options,
    pixels,
    refused,
    then,
    words,
    write,
)
from tests.support import EXAMPLES, Puppet, page_of


class Narrow(Puppet):
    """Knows one caption style, takes no words for it, and follows no guidance scale."""

    def capabilities(self, task, caller):
        (can,) = super().capabilities(task, caller)
        can = replace(can, styles=("short",), instructs=False)
        return [replace(can, options=can.options - {"guidance"})]


@pytest.fixture(scope="module")
def url():
    """A page with models that can more and less."""
    with page_of(Narrow("endpoint"), Puppet("hub")) as address:
        yield address


def draw(page, prompt="a castle"):
    write(page, prompt)
    do(page, "draw")
    return answered(page)


def seed_of(page):
    (seed,) = re.findall(r"seed (\d+)", page.locator("#answer .credit").inner_text())
    return seed


def test_closed_until_opened_with_what_the_model_uses_alone(url, open_page):
    page = open_page(url)
    expect(page.locator("#options")).to_be_hidden()
    open_options(page)
    guidance = page.locator("#guidance")
    expect(page.locator("#steps")).to_be_visible()
    expect(guidance).to_be_hidden()
    page.get_by_label("Draws").select_option("hub/model")
    expect(guidance).to_be_visible()
    page.get_by_label("Draws").select_option("built-in engine")
    expect(guidance).to_be_hidden()
    expect(page.locator("#steps")).to_be_hidden()
    expect(page.locator("#width")).to_be_visible()
    page.locator("#options-open").click()
    expect(page.locator("#options")).to_be_hidden()


def test_styles_are_those_of_the_model(url, open_page):
    page = open_page(url)
    open_options(page)
    attach(page, EXAMPLES / "cat.jpg")
    answered(page)
    expect(words(page)).to_have_text("short of endpoint")
    expect(page.locator("#answer input[name=style]")).to_have_count(0)
    page.get_by_label("Describes").select_option("hub/model")
    do(page, "describe")
    expect(words(page)).to_have_text("short of hub")
    page.get_by_role("radio", name="Tags").click()
    expect(words(page)).to_have_text("tags of hub")
    expect(page.get_by_role("radio", name="Tags")).to_be_checked()


def test_shapes_set_the_sides_of_what_is_drawn(url, open_page):
    page = open_page(url)
    open_options(page)
    for shape, (width, height) in {
        "Landscape": (768, 512),
        "Portrait": (512, 768),
        "Square": (512, 512),
    }.items():
        page.get_by_role("radio", name=shape).click()
        expect(page.locator("#width")).to_have_value(str(width))
        draw(page)
        assert pixels(page).shape == (height, width, 3)
    page.locator("#width").fill("640")
    expect(page.locator("input[name=shape]:checked")).to_have_count(0)
    draw(page)
    assert pixels(page).shape == (512, 640, 3)


def test_a_look_is_locked_and_unlocked_where_it_was_locked(app, open_page):
    page = open_page(app.url)
    draw(page)
    first = seed_of(page)
    draw(page)
    second = seed_of(page)
    assert first != second
    lock = page.get_by_role("button", name=re.compile("^(Lock this look|Look locked)$"))
    expect(lock).to_have_attribute("aria-pressed", "false")
    lock.click()
    expect(lock).to_have_text("Look locked")
    expect(lock).to_have_attribute("aria-pressed", "true")
    draw(page, "a castle at night")
    assert seed_of(page) == second
    expect(lock).to_have_attribute("aria-pressed", "true")
    then(page, "Another like it")
    expect(words(page)).to_have_text("a castle at night")
    answered(page)
    assert seed_of(page) != second
    lock.click()
    expect(lock).to_have_text("Lock this look")
    expect(lock).to_have_attribute("aria-pressed", "false")
    draw(page)
    assert seed_of(page) != second
    open_options(page)
    page.locator("#seed").fill("7")
    expect(lock).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Unlock: a new seed each time").click()
    expect(page.locator("#seed")).to_have_value("")
    expect(lock).to_have_attribute("aria-pressed", "false")


PARAMETERS = (
    "a castle on a hill\nNegative prompt: trees, people\n"
    "Steps: 30, Sampler: Euler a, CFG scale: 6.5, Seed: 42, Size: 640x448"
)
"""As AUTOMATIC1111's web UI writes it: modules/processing.py, `create_infotext`, 1.10.1."""


def test_settings_are_loaded_from_a_picture(url, open_page, tmp_path):
    page = open_page(url)
    open_options(page)
    page.set_input_files("#restore", EXAMPLES / "cat.jpg")
    expect(page.locator("#restored")).to_contain_text("No generation settings found")
    chunks = PngInfo()
    chunks.add_text("parameters", PARAMETERS)
    Image.new("RGB", (64, 64)).save(tmp_path / "castle.png", pnginfo=chunks)
    page.set_input_files("#restore", tmp_path / "castle.png")
    expect(page.locator("#restored")).to_contain_text("Settings loaded")
    ended(page)
    expect(page.locator("#prompt")).to_have_value("a castle on a hill")
    for option, value in {
        "negative_prompt": "trees, people",
        "steps": "30",
        "seed": "42",
        "width": "640",
        "height": "448",
    }.items():
        expect(page.locator(f"#{option}")).to_have_value(value)


def downloaded(page):
    with page.expect_download() as download:
        then(page, "Download")
    with Image.open(download.value.path()) as picture:
        return download.value.suggested_filename, picture.info


def test_a_file_holds_its_recipe_unless_the_prompt_is_to_stay_out(url, open_page):
    page = open_page(url)
    draw(page, "a sailboat at sunset")
    name, info = downloaded(page)
    assert name.startswith("a-sailboat-at-sunset-")
    assert info["parameters"].startswith("a sailboat at sunset\nSteps: ")
    open_options(page)
    page.get_by_label("Leave the prompt out of the file").check()
    draw(page, "a sailboat at sunset")
    name, info = downloaded(page)
    assert "sailboat" not in f"{name} {info}"


def test_numbers_out_of_range_end_in_a_sentence(url, open_page):
    page = open_page(url)
    open_options(page)
    write(page, "a castle")
    for option, value, sentence in [
        ("width", "100", "The width must be a multiple of 64 from 64 to "),
        ("steps", "1000", "The inference steps must be a number from 1 to "),
        ("steps", "2.5", "The inference steps must be a whole number from 1 to "),
        ("seed", "-5", "The seed must be a number from "),
    ]:
        box = page.locator(f"#{option}")
        before = box.input_value()
        box.fill(value)
        do(page, "draw")
        expect(refused(page)).to_contain_text(sentence)
        box.fill(before)
    draw(page)
