"""Signing in on a Space, as a visitor does it: through the Hub and the platform's proxy."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import answered, do, ended, refused, settled, write
from tests.space.conftest import OAUTH, SPACE
from tests.standin import OPERATOR
from tests.support import EXAMPLES, serving

HOST = SPACE["SPACE_HOST"]
JWT = re.compile(r"hf_oauth_eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+")


@pytest.fixture(scope="module")
def space(running_standin, tmp_path_factory):
    """A Space where each visitor may have one answer that the operator pays for."""
    environment = running_standin.environment() | SPACE | OAUTH
    own = {"VISITOR_LIMIT": "1/day", "TRUSTED_PROXIES": "1", "HF_HUB_DISABLE_XET": "1"}
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

    def visit(path=""):
        return open_page(f"https://{HOST}/{path}", proxy=proxy, ignore_https_errors=True)

    return visit


def about(page):
    page.locator("#about-open").click()
    return page.locator("#account")


def sign_in(page):
    about(page).get_by_role("link", name="Sign in with Hugging Face").click()
    page.wait_for_selector("#shell[data-ready]")
    settled(page)


def draw(page):
    write(page, "a dog in a park")
    do(page, "draw")
    ended(page)


def credit(page):
    return answered(page).locator(".credit")


def test_who_signs_in_pays_and_has_no_limit(hub, visit):
    page = visit()
    expect(page.get_by_text("Sign in")).to_be_hidden()  # it is spoken of where its button is
    sign_in(page)
    expect(about(page)).to_contain_text("Signed in as somebody.")
    page.keyboard.press("Escape")
    for _ in range(2):
        draw(page)
        expect(credit(page)).to_contain_text("Hugging Face Hub · ")
    assert JWT.fullmatch(hub.sign_in.token)
    drawn = [call for call in hub.calls if call.host == "router.huggingface.co"]
    assert {call.token for call in drawn} == {hub.sign_in.token}
    about(page).get_by_role("link", name="Sign out").click()
    page.wait_for_selector("#shell[data-ready]")
    settled(page)
    expect(about(page)).to_have_text("Sign in with Hugging Face")


def test_an_expired_sign_in_is_told_and_never_goes_on_the_operators_token(hub, visit):
    hub.sign_in.seconds = -60  # it lasted until a minute ago
    page = visit()
    sign_in(page)
    expect(refused(page)).to_contain_text("Your sign-in has expired: sign in again")
    draw(page)
    expect(refused(page)).to_contain_text("Your sign-in has expired: sign in again")
    assert OPERATOR not in {call.token for call in hub.calls}
    page.get_by_role("button", name="Use the built-in engine instead").click()
    expect(credit(page)).to_contain_text("built-in engine")
    expect(page.locator("#problem")).to_be_hidden()
    draw(page)
    refused(page)
    page.get_by_role("link", name="Go on without signing in").click()
    page.wait_for_selector("#shell[data-ready]")
    settled(page)
    expect(page.locator("#problem")).to_be_hidden()
    draw(page)
    expect(credit(page)).to_contain_text("Hugging Face Hub · ")
    assert OPERATOR in {call.token for call in hub.calls}


def test_who_signs_in_makes_a_data_set_of_many_pictures(hub, visit):
    page = visit("many")
    page.set_input_files("#files", [EXAMPLES / "cat.jpg"])
    expect(page.locator("#rows > li")).to_have_count(1)
    ended(page)
    page.locator("#options-open").click()
    expect(page.locator("#push")).to_be_hidden()
    page.locator("#options").get_by_role("link", name="Sign in with Hugging Face").click()
    page.wait_for_url("**/many")
    page.wait_for_selector("#shell[data-ready]")
    expect(page.locator("#rows > li")).to_have_count(1)  # they are there again
    page.get_by_label("Caption of cat.jpg").fill("a tabby cat")
    page.get_by_label("Caption of cat.jpg").press("Tab")
    page.locator("#options-open").click()
    expect(page.get_by_label("Private")).to_be_checked()
    page.get_by_label("Name of the data set").fill("my-cats")
    page.get_by_role("button", name="Make the data set").click()
    ended(page)
    (name,) = hub.data_sets
    assert name.endswith("/my-cats")
    made = page.locator("#pushed").get_by_role("link")
    expect(made).to_have_attribute("href", f"https://huggingface.co/datasets/{name}")
    assert hub.data_sets[name].is_private
    assert b"a tabby cat" in hub.data_sets[name].files["train/metadata.jsonl"]
    assert {call.token for call in hub.calls_to("commit")} == {hub.sign_in.token}
