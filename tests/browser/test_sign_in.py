"""Signing in on a Space, as a visitor does it: through the Hub and the platform's proxy."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import settled, tab
from tests.space.conftest import OAUTH, SPACE
from tests.standin import OPERATOR
from tests.support import serving

HOST = SPACE["SPACE_HOST"]
JWT = re.compile(r"hf_oauth_eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+")
SIGN_IN = re.compile("Sign in with Hugging Face")


@pytest.fixture(scope="module")
def space(running_standin, tmp_path_factory):
    """A Space where each visitor may have one answer that the operator pays for."""
    environment = running_standin.environment() | SPACE | OAUTH
    own = {"VISITOR_LIMIT": "1/day", "TRUSTED_PROXIES": "1"}
    with serving(tmp_path_factory.mktemp("space"), **environment, **own) as app:
        yield app


@pytest.fixture
def hub(running_standin, space):
    running_standin.reset()
    running_standin.apps[HOST] = space.url
    return running_standin


@pytest.fixture
def visit(hub, open_page):
    """Opens the Space at its public address, through the proxy that all hosts are reached by."""
    proxy = {"server": f"http://127.0.0.1:{hub.proxy_port}"}
    return lambda: open_page(f"https://{HOST}/", proxy=proxy, ignore_https_errors=True)


def sign_in(page):
    page.get_by_role("button", name=SIGN_IN).click()
    expect(page.get_by_role("button", name="Logout (somebody)")).to_be_visible()
    settled(page)


def draw(page):
    tab(page, "Draw")
    page.get_by_label("Prompt", exact=True).fill("a dog in a park")
    page.keyboard.press("Enter")


def test_who_signs_in_pays_and_has_no_limit(hub, visit):
    page = visit()
    sign_in(page)
    for _ in range(2):
        draw(page)
        expect(page.locator("#draw-details")).to_contain_text("Hugging Face Hub · ")
        expect(page.locator("#draw-picture img")).to_be_visible()
    assert JWT.fullmatch(hub.sign_in.token)
    drawn = [call for call in hub.calls if call.host == "router.huggingface.co"]
    assert {call.token for call in drawn} == {hub.sign_in.token}


def test_an_expired_sign_in_is_told_and_never_goes_on_the_operators_token(hub, visit):
    hub.sign_in.seconds = -60  # it lasted until a minute ago
    page = visit()
    page.get_by_role("button", name=SIGN_IN).click()
    who = page.locator("#who")
    expect(who).to_contain_text("Your sign-in has expired: sign in again")
    settled(page)
    draw(page)
    expect(page.get_by_role("alert")).to_contain_text("Your sign-in has expired: sign in again")
    assert OPERATOR not in {call.token for call in hub.calls}
    page.locator("#draw-instead").click()
    expect(page.locator("#draw-details")).to_contain_text("built-in engine")
    who.get_by_role("link", name="Go on without signing in").click()
    expect(who).not_to_contain_text("expired")
    draw(page)
    expect(page.locator("#draw-details")).to_contain_text("Hugging Face Hub · ")
    assert OPERATOR in {call.token for call in hub.calls}
