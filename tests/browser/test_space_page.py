"""What the page of a Space capabilities beyond the page elsewhere."""

import re

import pytest
from playwright.sync_api import expect

from describe_draw.access import TOKEN_PAGE
from tests.space.conftest import SPACE
from tests.support import serving


@pytest.fixture(scope="module")
def space_url(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("space-page"), **SPACE, HF_TOKEN="") as app:
        yield app.url


def test_it_can_be_duplicated(space_url, open_page):
    page = open_page(space_url)
    expect(page.locator("#duplicate-hint")).to_contain_text("add the secret HF_TOKEN")
    page.context.route("https://huggingface.co/**", lambda route: route.abort())
    copy = f"https://huggingface.co/spaces/{SPACE['SPACE_ID']}?duplicate=true"
    asked = page.context.expect_event("request", lambda request: request.url == copy)
    with page.expect_popup(), asked:
        page.get_by_role("button", name="Duplicate this Space").click()


def test_nobody_is_offered_to_sign_in_where_oauth_is_not_set_up(space_url, open_page):
    page = open_page(space_url)
    expect(page.locator("#duplicate")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Sign in"))).to_have_count(0)


@pytest.mark.parametrize(("width", "locale"), [(1280, "zh-CN"), (390, "en-US")])
def test_it_says_what_works_and_the_one_step_to_more(space_url, open_page, width, locale):
    page = open_page(space_url, width=width, locale=locale)
    who = page.locator("#who")
    expect(who).to_contain_text("内置引擎" if locale == "zh-CN" else "built-in engine")
    expect(who).to_contain_text("HF_TOKEN")
    expect(who.get_by_role("link")).to_have_attribute("href", TOKEN_PAGE)
    expect(page.locator("#duplicate")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_elsewhere_there_is_nothing_to_duplicate(app, open_page):
    page = open_page(app.url)
    expect(page.get_by_role("button", name=re.compile("Duplicate"))).to_have_count(0)
