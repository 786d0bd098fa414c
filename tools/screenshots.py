"""Takes README's pictures of the page anew: python -m tools.screenshots (needs Chromium)."""

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support import ROOT, serving

DOCS = ROOT / "docs"
DRAWN = "two cows in a field with a lake behind them"
PLAYED = "a penguin riding a bicycle on a beach"
ROUNDS = 2
DESKTOP: dict[str, Any] = {"viewport": {"width": 1200, "height": 800}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
SMALL: dict[str, Any] = {"viewport": {"width": 760, "height": 800}}
SEEN = """cards => document.querySelectorAll('.album .card').length == cards
    && [...document.querySelectorAll('.album img')].every(one => one.complete)"""
SHOWN, LAST, REST = 1800, 4500, 1000
"""Milliseconds: of a picture of the animation, of its last one, and until the page is at rest."""


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as temporary,
        serving(Path(temporary)) as app,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, size in {"first": DESKTOP, "phone": PHONE}.items():
            with opened(chromium, app.url, size) as page:
                page.screenshot(path=DOCS / f"{name}.png")
        with opened(chromium, app.url, DESKTOP) as page:
            draw(page)
            page.screenshot(path=DOCS / "draw.png")
        with opened(chromium, app.url, DESKTOP) as page:
            play(page)
            page.screenshot(path=DOCS / "game.png")
        with opened(chromium, app.url, SMALL) as page:
            animate(play(page), DOCS / "game.webp")
        chromium.close()


@contextmanager
def opened(chromium: Browser, url: str, size: dict[str, Any]) -> Iterator[Page]:
    """The page at rest, with all of the finished game shown."""
    context = chromium.new_context(**size, locale="en-US", reduced_motion="reduce")
    page = context.new_page()
    page.goto(url)
    page.locator("#composer").wait_for()
    page.wait_for_timeout(REST)
    yield page
    context.close()


def draw(page: Page) -> None:
    page.locator("#prompt").fill(DRAWN)
    page.locator("[data-do=draw]").click()
    ended(page)


def play(page: Page) -> list[bytes]:
    """Play a game to its end.

    Returns:
        What the page shows, from the first words to the end.
    """
    page.locator("#options-open").click()
    page.locator("#rounds").fill(str(ROUNDS))
    page.locator("#options-open").click()
    page.locator("#prompt").fill(PLAYED)
    frames = [page.screenshot()]
    page.locator("[data-do=play]").click()
    for cards in range(1, 2 * ROUNDS + 2):
        page.wait_for_function(SEEN, arg=cards)
        page.wait_for_timeout(200)  # the page follows
        frames.append(page.screenshot())
    ended(page)
    return [*frames, page.screenshot()]


def ended(page: Page) -> None:
    """Wait until nothing runs any more, and the page has followed."""
    page.locator(".running").wait_for(state="detached")
    page.wait_for_timeout(REST)


def animate(frames: list[bytes], path: Path) -> None:
    """What a page showed, one after the other, for ever."""
    pictures = [Image.open(io.BytesIO(frame)).convert("RGB") for frame in frames]
    times = [SHOWN] * (len(pictures) - 1) + [LAST]
    first, *others = pictures
    first.save(
        path, save_all=True, append_images=others, duration=times, loop=0, quality=72, method=6
    )


if __name__ == "__main__":
    main()
