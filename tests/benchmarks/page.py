"""The page's weight and speed in Chromium, against an empty `gr.Blocks`; --verbose lists requests.

Bytes are those on the wire; the times are Lighthouse's: largest contentful paint, total blocking
time after the first paint, and how far things jump (layout shift, without unit).
"""

import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.support import serving
from tests.waiting import wait_until

RUNS = 5
QUIET = 2000
"""Milliseconds without a request or a long task, after which a page is open."""

TASK = 50
"""Milliseconds for which a task may keep a visitor waiting unnoticed."""

SCRIPTS = {"app": "app.py", "empty": "tests/benchmarks/empty.py"}
VITALS = Path(__file__).with_name("vitals.js").read_text("utf-8")
FAST_3G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 180_000,
    "uploadThroughput": 84_375,
}
"""As DevTools and Lighthouse slow a network down."""


@dataclass(frozen=True)
class Device:
    """Where the page is opened, and how many times slower than here."""

    context: dict[str, Any]
    slower: int = 1
    network: dict[str, Any] = field(default_factory=dict)


DEVICES = {
    "desktop": Device({"viewport": {"width": 1280, "height": 800}}),
    "phone": Device(
        {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
        slower=4,
        network=FAST_3G,
    ),
}


@dataclass(frozen=True)
class Opening:
    """What one opening of a page cost."""

    requests: dict[str, int]
    vitals: dict[str, Any]

    @property
    def bytes(self) -> float:
        return sum(self.requests.values()) / 1e3

    @property
    def lcp(self) -> float:
        return float(self.vitals["lcp"])

    @property
    def tbt(self) -> float:
        first: float = self.vitals["fcp"]
        after = [end - max(begin, first) for begin, end in self.vitals["tasks"]]
        return float(sum(max(0, length - TASK) for length in after))

    @property
    def cls(self) -> float:
        return float(self.vitals["cls"])


MEASURES = {"bytes": "{:.0f} KB", "lcp": "{:.0f} ms", "tbt": "{:.0f} ms", "cls": "{:.3f}"}


def measure() -> dict[str, str]:
    """The pages in turns, each time as by a new visitor; medians, against next to nothing."""
    results: dict[str, str] = {}
    with ExitStack() as stack:
        urls = {name: stack.enter_context(_served(script)) for name, script in SCRIPTS.items()}
        browser = stack.enter_context(chromium())
        for name, device in DEVICES.items():
            runs = [_all(browser, urls, device) for _ in range(RUNS + 1)]
            pages = {page: [run[page] for run in runs[1:]] for page in urls}  # the first warms up
            results |= {f"{name} {of}": _compared(pages, of, say) for of, say in MEASURES.items()}
            if "--verbose" in sys.argv:
                results |= _largest(name, pages["app"][-1])
    return results


def _all(browser: Browser, urls: dict[str, str], device: Device) -> dict[str, Opening]:
    return {name: _opened(browser, url, device) for name, url in urls.items()}


def _compared(pages: dict[str, list[Opening]], of: str, say: str) -> str:
    app, empty = (
        statistics.median(getattr(opening, of) for opening in pages[name]) for name in SCRIPTS
    )
    ratio = f"{app / empty:.2f} × " if empty > TASK else ""  # of next to nothing it says nothing
    return f"{say.format(app)}, {ratio}an empty page ({say.format(empty)})"


def _largest(device: str, opening: Opening) -> dict[str, str]:
    heaviest = sorted(opening.requests.items(), key=lambda item: -item[1])[:12]
    told = {f"{device} {size / 1e3:6.1f} KB": address for address, size in heaviest}
    return told | {f"{device} largest": str(opening.vitals.get("largest"))}


def _opened(browser: Browser, url: str, device: Device) -> Opening:
    """Open a page with nothing kept from before, until it is at rest."""
    context = browser.new_context(**device.context, locale="en-US")
    try:
        page = context.new_page()
        page.add_init_script(VITALS)
        session = context.new_cdp_session(page)
        requests = _watched(session, url)
        session.send("Emulation.setCPUThrottlingRate", {"rate": device.slower})
        if device.network:
            session.send("Network.emulateNetworkConditions", device.network)
        page.goto(url, timeout=120_000)
        page.wait_for_selector("#shell[data-ready], footer", state="attached", timeout=120_000)
        return Opening(requests, _at_rest(page, requests))
    finally:
        context.close()


def _watched(session: CDPSession, url: str) -> dict[str, int]:
    """The bytes of each request, filled while the page loads."""
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def sent(event: dict[str, Any]) -> None:
        addresses[event["requestId"]] = event["request"]["url"].removeprefix(url)

    def finished(event: dict[str, Any]) -> None:
        address = addresses.get(event["requestId"], "?")[:90]
        sizes[address] = sizes.get(address, 0) + int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", sent)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    return sizes


def _at_rest(page: Page, requests: dict[str, int]) -> dict[str, Any]:
    known = -1

    def is_quiet() -> bool:
        nonlocal known
        page.wait_for_timeout(QUIET)  # in which the browser's events come in
        before, known = known, len(requests)
        return bool(
            before == known
            and page.evaluate(f"vitals.lcp && performance.now() - vitals.last > {QUIET}")
        )

    wait_until(is_quiet, 120)
    vitals: dict[str, Any] = page.evaluate("vitals")
    return vitals


@contextmanager
def _served(script: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), script) as app:
        yield app.url


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's, for a `with` block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()
