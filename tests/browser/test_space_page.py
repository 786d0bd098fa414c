"""What the page of a Space has beyond the page elsewhere."""

import re

import pytest
from playwright.sync_api import expect

from describe_draw.access import TOKEN_PAGE
from tests.browser.visitor import speak
from tests.space.conftest import SPACE
from tests.support import serving


@pytest.fixture(scope="module")
def space_url(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("space-page"), **SPACE, HF_TOKEN="") as app:
        yield app.url


def about(page):
    page.locator("#about-open").click()
    return page.get_by_role("dialog")


def test_about_says_who_answers_and_the_one_step_to_more(space_url, open_page):
    page = open_page(space_url, 390, 844)
    expect(page.get_by_text("HF_TOKEN")).to_be_hidden()  # no token talk on the first screen
    dialog = about(page)
    for task in ("Describes", "Draws"):
        expect(dialog.get_by_text(task, exact=True)).to_be_visible()
    expect(dialog.locator("#who")).to_contain_text("built-in engine")
    expect(dialog.locator("#missing")).to_contain_text("HF_TOKEN")
    expect(dialog.locator("#missing a")).to_have_attribute("href", TOKEN_PAGE)
    expect(dialog.get_by_role("link", name=re.compile("Sign in"))).to_have_count(0)
    copy = f"https://huggingface.co/spaces/{SPACE['SPACE_ID']}?duplicate=true"
    link = dialog.get_by_role("link", name="Duplicate this Space")
    expect(link).to_have_attribute("href", copy)
    page.context.route("https://huggingface.co/**", lambda route: route.abort())
    asked = page.context.expect_event("request", lambda request: request.url == copy)
    with page.expect_popup(), asked:
        link.click()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    speak(page, "zh")
    about(page)
    expect(dialog.locator("#who")).to_contain_text("内置引擎")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_elsewhere_there_is_nothing_to_duplicate_and_no_sign_in(app, open_page):
    page = open_page(app.url)
    dialog = about(page)
    expect(dialog.locator("#who")).to_contain_text("built-in engine")
    expect(page.get_by_role("link", name=re.compile("Duplicate|Sign"))).to_have_count(0)
