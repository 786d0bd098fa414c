"""Readable by everybody: contrast, names and roles, light and dark, desktop and phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.visitor import tab, unfold
from tests.support import EXAMPLES

GRADIOS_OWN = {
    # an empty picture, the footer's logo, the upload button: an app can't mend them
    "aria-prohibited-attr",
    "image-redundant-alt",
    "label-content-name-mismatch",
}


def faults(page):
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return {
        fault["id"]: [node["html"][:200] for node in fault["nodes"]]
        for fault in found
        if fault["id"] not in GRADIOS_OWN
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_fault_on_any_tab(app, open_page, width, scheme):
    page = open_page(app.url, width, scheme=scheme)
    page.set_input_files("#describe-picture input[type=file]", str(EXAMPLES / "cat.jpg"))
    page.wait_for_selector("#describe-picture img")
    page.locator("#describe-run").click()
    page.wait_for_selector("#describe-details .credit")
    assert faults(page) == {}
    tab(page, "Draw")
    unfold(page, "Advanced options")
    page.locator("#draw-run").click()
    page.wait_for_selector("#draw-details .notice")
    assert faults(page) == {}
    tab(page, "Game")
    assert faults(page) == {}
