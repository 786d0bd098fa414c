"""The page's language: chosen, remembered, and followed by whatever is said."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import (
    answered,
    attach,
    do,
    ended,
    open_options,
    refused,
    speak,
    words,
    write,
)
from tests.browser.words import english_words
from tests.support import EXAMPLES

NAMES = (
    "AI", "API", "English", "GPU", "Gradio", "HF_TOKEN", "Hugging Face", "Inference Providers",
    "MCP", "Space", "all-MiniLM-L6-v2", "huggingface.co/settings/tokens/new", "secret", "turbo",
)  # fmt: skip
"""What is called so in every language: products, settings, addresses, a kind of model."""

FILES = ("AVIF", "BMP", "GIF", "JPEG", "MB", "PNG", "TIFF", "WebP", "zip", "{name}")
"""The same of files; and what stands for a file's name, as it is written."""

HAN = re.compile(r"[\u4e00-\u9fff]")


def test_a_switch_is_followed_at_once_and_remembered(models, open_page):
    page = open_page(models.url)
    page.evaluate("window.same = true")
    write(page, "a dog in a park")
    do(page, "draw")
    credit = answered(page).locator(".credit")
    expect(credit).to_contain_text("model API · tiny-vision")
    before = page.locator(".idea").first.inner_text()
    speak(page, "zh")
    expect(page.get_by_role("button", name="画图", exact=True)).to_be_visible()
    expect(page.locator("#prompt")).to_have_attribute("placeholder", "写一句话，或者加一张图片")
    expect(credit).to_contain_text("模型 API · tiny-vision")
    expect(credit).to_contain_text("种子")
    expect(page.locator("#next")).to_contain_text("描述这张")
    expect(page.locator(".idea").first).not_to_have_text(before)
    expect(page.locator(".idea").first).to_have_text(HAN)
    models.fail()
    do(page, "draw")
    expect(refused(page)).to_contain_text("请再试一次")
    speak(page, "en")
    expect(refused(page)).to_contain_text("try again")
    assert page.evaluate("window.same")  # nothing was loaded anew
    speak(page, "zh-TW")
    page.reload()
    expect(page.get_by_role("button", name="畫圖", exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh-TW")


def test_the_waiting_follows_a_switch(models, open_page):
    page = open_page(models.url)
    models.server.holds = True
    write(page, "a dog in a park")
    do(page, "draw")
    expect(page.locator("#doing")).to_have_text("Drawing…")
    speak(page, "zh")
    expect(page.locator("#doing")).to_have_text("正在画……")
    expect(page.locator("#seconds")).to_have_text(re.compile(r"^\d+ 秒$"))


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh-CN", "zh"), ("zh-HK", "zh-TW"), ("zh-Hant", "zh-TW"), ("de-DE", "en")],
)
def test_a_browser_is_met_in_its_language(app, open_page, locale, language):
    page = open_page(app.url, locale=locale)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("#language")).to_have_value(language)


def test_the_built_in_engine_describes_in_the_pages_language(app, open_page):
    page = open_page(app.url, locale="zh-CN")
    attach(page, EXAMPLES / "coffee.jpg")
    answered(page)
    expect(words(page)).to_have_text(HAN)
    assert not re.search("[A-Za-z]", words(page).inner_text())


def test_a_vision_model_is_asked_in_the_pages_language(models, open_page):
    page = open_page(models.url)
    for language, asked in {"zh-TW": "Traditional Chinese", "zh": "Simplified Chinese"}.items():
        speak(page, language)
        attach(page, EXAMPLES / "coffee.jpg")
        answered(page)
        prompt = str(models.server.calls[-1].json["messages"])
        assert asked in prompt
    speak(page, "en")
    attach(page, EXAMPLES / "cat.jpg")
    answered(page)
    assert "Chinese" not in str(models.server.calls[-1].json["messages"])


def test_gradios_own_settings_switch_the_page(app, open_page):
    page = open_page(app.url)
    page.locator("#about-open").click()
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("dialog", name="Settings").get_by_label("Language").click()
    page.locator("[role=option]:not(option)").filter(has_text="简体中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    expect(page.locator("#language")).to_have_value("zh")
    expect(page.locator("[data-do=draw]")).to_have_text("画图")
    page.reload()
    expect(page.locator("[data-do=draw]")).to_have_text("画图")


def screens(page):
    """What a visitor comes by: each is on the page as it is yielded."""
    yield "first screen"
    open_options(page)
    attach(page, EXAMPLES / "coffee.jpg")
    answered(page)
    yield "caption"
    page.locator("#rounds").fill("1")
    do(page, "play")
    ended(page)
    yield "game"
    page.locator("#detach").click()
    page.locator("#width").fill("100")
    write(page, "两只猫")
    do(page, "draw")
    refused(page)
    yield "problem"
    page.locator("#about-open").click()
    yield "about"


def many_screens(page, folder):
    """The same on the page of many pictures."""
    yield "no picture yet"
    shutil.copy(EXAMPLES / "coffee.jpg", folder / "咖啡.1")
    (folder / "坏.2").write_bytes(b"")
    page.set_input_files("#files", [folder / "咖啡.1", folder / "坏.2"])
    ended(page)
    yield "rows"
    page.locator("#describe").click()
    ended(page)
    page.locator("#options-open").click()
    page.locator("#find").fill("(")
    page.locator("#expression").check()
    expect(page.locator("#hits")).not_to_be_empty()
    yield "done"


@pytest.mark.parametrize("locale", ["zh-CN", "zh-TW"])
def test_no_english_word_is_left(app, open_page, tmp_path, locale):
    page, many = open_page(app.url, locale=locale), open_page(f"{app.url}/many", locale=locale)
    said = {screen: english_words(page, NAMES) for screen in screens(page)}
    said |= {
        screen: english_words(many, (*NAMES, *FILES)) for screen in many_screens(many, tmp_path)
    }
    assert not any(said.values()), said
