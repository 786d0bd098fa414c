"""What opening the page does, in Chromium: nothing fails, and only what is shown is loaded."""

import re
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.visitor import settled

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
}
VISITORS: dict[str, dict[str, Any]] = {
    "desktop": {"locale": "en-US"},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "is_mobile": True,
        "has_touch": True,
        "locale": "zh-CN",
        "color_scheme": "dark",
    },
}
ENDED = re.compile(r"/gradio_api/(queue/data|mcp/schema)")
"""What Gradio's page stops reading by itself: answers when they are whole, and whether there are
tools for agents."""

LOUD = ("error", "warning")


class Faults(list[object]):
    """What went wrong on a page, as Chromium tells it."""

    def __init__(self, page, url):
        super().__init__()
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.append(str(error)))
        page.on("response", self._answered)
        page.on("requestfailed", self._failed)
        page.on("request", lambda request: self._sent(request.url, url))

    def _said(self, message):
        if message.type in LOUD:
            self.append(message.text)

    def _answered(self, answer):
        if not answer.ok:
            self.append((answer.status, answer.url))

    def _failed(self, request):
        if request.failure != "net::ERR_ABORTED" or not ENDED.search(request.url):
            self.append((request.failure, request.url))

    def _sent(self, address, url):
        if not address.startswith((url, "data:", "blob:")):
            self.append(address)


@contextmanager
def opened(browser, url, **options):
    """A page, and what went wrong on it."""
    context = browser.new_context(**options)
    try:
        page = context.new_page()
        page.set_default_timeout(60_000)
        faults = Faults(page, url)
        page.goto(url)
        page.wait_for_selector("[data-ready]")
        settled(page)
        yield page, faults
    finally:
        context.close()


@pytest.mark.parametrize("visitor", VISITORS)
def test_nothing_fails(app, browser, visitor):
    with opened(browser, app.url, **VISITORS[visitor]) as (page, faults):
        session = page.context.new_cdp_session(page)
        assert session.send("Page.getAppManifest")["errors"] == []
        assert faults == []


def test_gradios_front_end_is_not_loaded_until_its_panels_are_wanted(app, browser):
    with opened(browser, app.url) as (page, _):
        loaded = page.evaluate("performance.getEntriesByType('resource').map(({name}) => name)")
    assert any("/gradio-client.js" in name for name in loaded)
    assert [name for name in loaded if "/assets/" in name] == []


def test_use_via_api_tells_every_endpoint_and_all_that_it_takes(app, browser):
    endpoints = httpx.get(f"{app.url}/gradio_api/info").json()["named_endpoints"]
    with opened(browser, app.url) as (page, faults):
        page.locator("#about-open").click()
        page.locator('[data-opens="api"]').click()
        told = page.locator(".api-docs")
        told.get_by_text("Python", exact=True).click()
        for name, endpoint in endpoints.items():
            expect(told).to_contain_text(name)
            for parameter in endpoint["parameters"]:
                expect(told).to_contain_text(parameter["parameter_name"])
        assert faults == []
