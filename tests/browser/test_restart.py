"""An open page goes on when the server that built it is gone, and another is in its place."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.apis import MODEL, ModelServer
from tests.browser.visitor import caption, tab, unfold, upload
from tests.support import EXAMPLES, serving


@pytest.fixture(scope="module")
def writer():
    with ModelServer() as running:
        yield {"TEXT_API": "openai", "TEXT_API_MODEL": MODEL, "TEXT_API_URL": running.url}


def describe(page):
    page.get_by_role("button", name="Describe", exact=True).click()


def alert(page):
    return page.get_by_role("alert").filter(visible=True)


def test_every_tab_goes_on_after_a_restart(open_page, tmp_path, writer):
    (tmp_path / "first").mkdir()
    (tmp_path / "second").mkdir()
    with serving(tmp_path / "first", **writer) as app:
        page = open_page(app.url)
        upload(page, "#describe-picture", EXAMPLES / "coffee.jpg")
        page.get_by_label("Tags").check()
        describe(page)
        expect(caption(page)).to_have_value(re.compile(r"espresso.*,"))
        tab(page, "Game")
        page.locator("#game-sentence textarea, #game-sentence input").fill("a dog in a park")
        page.get_by_label("Let me edit each caption").check()
        page.get_by_role("button", name="Play", exact=True).click()
        expect(page.locator("#game-caption textarea")).to_be_visible()
        page.locator("#game-caption textarea").fill("two cats on a boat")
    port = str(urlsplit(app.url).port)
    with serving(tmp_path / "second", GRADIO_SERVER_PORT=port, **writer):
        goes_on_with_its_game(page)
        describes_once_more(page)
        draws_and_asks(page)


def goes_on_with_its_game(page):
    page.get_by_role("button", name="Draw it", exact=True).click()
    expect(page.locator("#game-status")).to_contain_text("earlier rounds of this game")
    expect(page.locator("#game-chain .link.picture")).to_have_count(1)
    expect(page.locator("#game-chain blockquote").first).to_have_text("two cats on a boat")
    expect(page.locator("#game-keep")).to_be_visible()
    with page.expect_download():
        page.locator("#game-keep").click()


def describes_once_more(page):
    tab(page, "Describe")
    describe(page)
    expect(alert(page)).to_contain_text("upload it again")
    page.get_by_label("Remove Image").filter(visible=True).first.click()
    upload(page, "#describe-picture", EXAMPLES / "cat.jpg")
    describe(page)
    expect(caption(page)).to_have_value(re.compile(r"cat.*,"))  # tags, as chosen before
    page.locator("button.gallery-item").filter(visible=True).nth(1).click()
    expect(caption(page)).to_have_value(re.compile("espresso"))


def draws_and_asks(page):
    tab(page, "Draw")
    page.get_by_label("Prompt", exact=True).fill("a dog in a park")
    unfold(page, "Advanced options")
    page.locator("#draw-run").click()
    expect(page.locator("#draw-details")).to_contain_text("built-in engine")
    tab(page, "Ask the model")
    page.get_by_label("Question").fill("What is a cat?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#ask-answer textarea")).to_have_value("You said: What is a cat? ")
