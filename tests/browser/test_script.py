"""The page's script as a browser reads it: all of it, in one scope."""

import pytest

from describe_draw.ui.page import front
from describe_draw.ui.page.pages import FIRST, PAGES
from tests import npm
from tests.support import settings

READ = """code => import(URL.createObjectURL(new Blob([code], {type: "text/javascript"})))
    .then(() => "", (error) => error.name)"""
"""What is wrong with it; that there is no page of ours is found when it runs."""


@pytest.fixture
def read(browser):
    """`read(code)`: the name of what goes wrong with a script where there is nothing for it."""
    page = browser.new_page()
    yield lambda code: page.evaluate(READ, code)
    page.close()


def joined(page=FIRST):
    return front.script(page, settings(), {"offered": 1})


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.name)
def test_the_joined_script_is_javascript(read, page):
    assert read(joined(page)) == "TypeError"


@pytest.mark.parametrize("broken", ["const page = 1;", "let = ;", "}"])
def test_what_is_none_or_said_twice_is_found(read, broken):
    """The parts share one scope: a second `page` would break them all."""
    assert read(joined() + broken) == "SyntaxError"


def test_no_text_can_end_the_script(read, monkeypatch):
    """Texts travel in it as JSON."""
    odd = {"app.title": "</script><script>\u2028`${1}\\"}
    monkeypatch.setattr(front, "said", lambda page, language: odd)
    assert read(joined()) == "TypeError"


@pytest.mark.registry
def test_gradios_client_is_the_one_that_is_published(tmp_path):
    folder = npm.install(tmp_path, "@gradio/client@2.7.0") / "node_modules/@gradio/client"
    ours = front.HERE / "static" / "gradio-client.js"
    assert ours.read_bytes() == (folder / "dist" / "browser.js").read_bytes()
