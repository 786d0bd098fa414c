"""What goes wrong is a sentence on the stage, in the page's language."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.inside import focus, inside
from tests.browser.visitor import answered, attach, do, open_options, refused, then, words, write
from tests.support import EXAMPLES
from tests.waiting import wait_until

UNWRITABLE = """() => {
    const denied = new DOMException("Write permission denied.", "NotAllowedError")
    navigator.clipboard.writeText = () => Promise.reject(denied)
}"""
"""As in a frame whose page doesn't allow it, https://www.w3.org/TR/clipboard-apis/#dom-clipboard-writetext."""


def deny(page, name):
    """Have the browser refuse what it would have to ask its visitor for."""
    told = {"permission": {"name": name}, "setting": "denied"}
    page.context.new_cdp_session(page).send("Browser.setPermission", told)


def in_chinese(app, open_page):
    return open_page(app.url, 390, 844, locale="zh-CN")


@pytest.mark.parametrize(
    ("button", "permission", "sentence"),
    [
        ("#paste", "clipboard-read", "浏览器不允许读取剪贴板"),
        ("#camera", "camera", "无法使用相机"),
    ],
)
def test_a_denied_clipboard_or_camera(app, open_page, button, permission, sentence):
    page = in_chinese(app, open_page)
    deny(page, permission)
    page.locator(button).click()
    expect(refused(page)).to_contain_text(sentence)
    wait_until(lambda: inside(page, "#problem"))
    assert focus(page).startswith("div#problem")


def test_words_that_may_not_be_copied_stay_to_be_selected(app, open_page):
    page = in_chinese(app, open_page)
    attach(page, EXAMPLES / "cat.jpg")
    answered(page)
    page.evaluate(UNWRITABLE)
    then(page, "复制")
    expect(page.locator("#next .note")).to_contain_text("浏览器不允许复制")
    expect(words(page)).to_be_visible()
    wait_until(lambda: inside(page, "#next .note"))


def test_files_that_cannot_be_described(app, open_page, tmp_path):
    page = in_chinese(app, open_page)
    note, huge = tmp_path / "note.jpg", tmp_path / "huge.jpg"
    note.write_text("just text")
    with huge.open("wb") as file:
        file.truncate(20 * 1024**2 + 1)
    for path, sentence in {note: "无法把这个文件当作图片读取", huge: "20 MB"}.items():
        attach(page, path)
        expect(refused(page)).to_contain_text(sentence)
        wait_until(lambda: inside(page, "#problem"))
    attach(page, EXAMPLES / "cat.jpg")  # the page goes on
    answered(page)


def test_nothing_to_describe_draw_or_play(app, open_page):
    page = open_page(app.url, 390, 480, locale="zh-CN")  # as high as above a keyboard
    open_options(page)
    for what, sentence in {
        "describe": "还没有图片",
        "draw": "提示词是空的",
        "play": "还没有可以开始的内容",
    }.items():
        page.locator("#composer").evaluate("(composer) => composer.scrollIntoView()")
        do(page, what)
        expect(refused(page)).to_contain_text(sentence)
        wait_until(lambda: inside(page, "#problem"))


def test_a_server_that_is_out_of_reach(app, open_page):
    page = in_chinese(app, open_page)
    attach(page, EXAMPLES / "cat.jpg")
    answered(page)
    page.context.set_offline(True)
    attach(page, EXAMPLES / "coffee.jpg")
    expect(refused(page)).to_contain_text("图片没有传上去")
    page.locator("#detach").click()
    write(page, "两只猫")
    do(page, "draw")
    expect(refused(page)).to_contain_text("与应用的连接断开了")
    wait_until(lambda: inside(page, "#problem"))


@pytest.mark.parametrize("what", ["describe", "draw", "play"])
def test_where_a_model_fails_the_built_in_engine_is_a_click_away(models, open_page, what):
    page = open_page(models.url)
    if what == "describe":
        models.fail()
        attach(page, EXAMPLES / "cat.jpg")
    else:
        write(page, "a dog in a park")
        models.fail()
        do(page, what)
    expect(refused(page)).to_contain_text(re.compile("out of memory.*Reference: "))
    page.get_by_role("button", name="Use the built-in engine instead").click()
    expect(answered(page)).to_contain_text("built-in engine")


def test_what_no_other_engine_could_do_offers_none(app, open_page):
    page = open_page(app.url)
    do(page, "draw")
    refused(page)
    expect(page.locator("#instead")).to_be_hidden()
