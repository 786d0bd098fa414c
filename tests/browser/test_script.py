"""The page's script as a browser reads it: all of it, in one scope."""

import pytest
from playwright.sync_api import Error

from describe_draw.ui.page import component
from tests.support import settings

READ = """code => import(URL.createObjectURL(new Blob([code], {type: "text/javascript"})))
    .then(script => Object.keys(script))"""


@pytest.fixture
def read(browser):
    """`read(script)`: what a browser finds exported by it."""
    page = browser.new_page()
    yield lambda script: page.evaluate(READ, script)
    page.close()


def test_the_joined_script_is_javascript_and_begins_by_one_function(read):
    assert read(component.script(settings())) == ["begin"]


@pytest.mark.parametrize("broken", ["const page = 1;", "let = ;", "}"])
def test_what_is_none_or_said_twice_is_found(read, broken):
    """The parts share one scope: a second `page` would break them all."""
    code = component.script(settings())
    with pytest.raises(Error, match="SyntaxError"):
        read(code.rstrip().removesuffix("}") + broken + "}")


def test_no_text_can_end_the_script(read, monkeypatch):
    """Texts travel in it as JSON."""
    odd = {"app.title": "</script><script>\u2028`${1}\\"}
    monkeypatch.setattr(component, "texts", lambda language: odd)
    assert read(component.script(settings())) == ["begin"]
