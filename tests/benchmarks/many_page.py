"""1,000 small pictures on the page of many pictures, against the describer's bare speed."""

import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page

from tests.benchmarks.engine import resident
from tests.benchmarks.many import BARE, COUNT, bare_speed, made, sampled
from tests.benchmarks.page import chromium
from tests.support import EXAMPLES, serving

PATIENCE = 600_000
"""Milliseconds."""


def measure() -> dict[str, str]:
    """Pictures a second, and the app's memory meanwhile against that of an idle app."""
    with (
        tempfile.TemporaryDirectory() as name,
        serving(Path(name), MAX_BATCH=str(COUNT), REMEMBER="false") as app,
        chromium() as browser,
    ):
        files = made(Path(name))
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{app.url}/many")
        page.on("dialog", lambda dialog: dialog.accept())
        _sent(page, [EXAMPLES / "cat.jpg"])
        _described(page)  # which loads the networks
        idle = resident(app.process.pid)
        before = bare_speed(files[:BARE])
        with sampled(app.process.pid) as peak:
            sending = _sent(page, files)
            took = _described(page)
        bare = (before + bare_speed(files[-BARE:])) / 2
    return {
        "bare describer": f"{bare:.1f} pictures a second, each read from its file",
        "files sent": f"in {sending:.1f} s",
        "on the page": f"{COUNT / took:.1f} pictures a second, {COUNT / took / bare:.0%} of it",
        "memory above idle": f"{max(peak) - idle:.0f} MB at most, of {idle:.0f} MB",
    }


def _sent(page: Page, files: list[Path]) -> float:
    """Seconds until each file has its row."""
    start = time.perf_counter()
    page.set_input_files("#files", files)
    page.wait_for_function(
        "count => document.querySelectorAll('#rows > li').length === count && "
        "!document.querySelector('.running')",
        arg=len(files),
    )
    return time.perf_counter() - start


def _described(page: Page) -> float:
    """Seconds until each row has its caption."""
    start = time.perf_counter()
    page.locator("#describe").click()
    page.wait_for_function(
        "() => !document.querySelector('.running') && "
        "[...document.querySelectorAll('#rows textarea')].every((box) => box.value)"
    )
    return time.perf_counter() - start
