"""An open page goes on when the server that built it is gone, and another is in its place."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.apis import MODEL, Held, ModelServer
from tests.browser.visitor import (
    answered,
    attach,
    do,
    open_options,
    refused,
    speak,
    then,
    words,
    write,
)
from tests.support import EXAMPLES, serving
from tests.waiting import wait_until


@pytest.fixture(scope="module")
def painter():
    with ModelServer() as running:
        yield running


@pytest.fixture
def start(painter, tmp_path):
    """Starts the app, for a `with` block; in another's place by its port."""

    def begin(port=None):
        folder = tmp_path / (port or "first")
        folder.mkdir()
        place = {"GRADIO_SERVER_PORT": port} if port else {}
        api = {"IMAGE_API": "openai", "IMAGE_API_MODEL": MODEL, "IMAGE_API_URL": painter.url}
        return serving(folder, **place, **api)

    return begin


def test_a_page_at_rest_goes_on_with_the_next_server(open_page, start):
    with start() as app:
        page = open_page(app.url)
        open_options(page)
        page.locator("#rounds").fill("1")
        page.locator("#options-open").click()
        write(page, "a red house")
        do(page, "play")
        answered(page)
        attach(page, EXAMPLES / "coffee.jpg")
        answered(page)
        said = words(page).inner_text()
    with start(str(urlsplit(app.url).port)):
        do(page, "describe")  # the picture is sent anew
        answered(page)
        expect(words(page)).to_have_text(said)
        page.locator(".recall").filter(has_text="a red house").click()
        page.locator(".turn textarea").fill("a blue boat")
        page.get_by_role("button", name="Draw it").click()
        answered(page)
        expect(page.locator(".turn p")).to_contain_text("earlier rounds of this game are no longer")
        expect(page.locator(".words-card").first).to_contain_text("a blue boat")
        with page.expect_download():
            then(page, "Save the album")


def test_a_lost_connection_ends_the_run_and_the_page_comes_back(open_page, start, painter):
    drawn, held = Held("a red house"), Held("a blue house")
    drawn.let_go()
    painter.next(drawn, held)
    with start() as app:
        page = open_page(app.url)
        speak(page, "zh")
        write(page, "一座红房子")
        do(page, "play")
        wait_until(held.asked.is_set)
        expect(page.locator(".card")).to_have_count(3)
        write(page, "一条船")
        app.process.kill()  # a crash, not an end
        expect(refused(page)).to_contain_text("与应用的连接断开了")
        expect(page.locator(".card")).to_have_count(3)
        expect(page.get_by_text("Connection Lost")).to_be_hidden()  # Gradio's, in English
    with start(str(urlsplit(app.url).port)):
        expect(page.locator("#problem-said")).to_have_text(
            "与应用的连接曾断开，现已恢复：请再试一次。"
        )
        expect(page.locator("#prompt")).to_have_value("一条船")
        expect(page.locator(".card")).to_have_count(3)
        do(page, "draw")
        answered(page)
        expect(words(page)).to_have_text("一条船")
