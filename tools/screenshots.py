"""Takes README's pictures of the page anew: python -m tools.screenshots (needs Chromium)."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.support import ROOT, serving

PROMPT = "two cows in a field with a lake behind them"


def main() -> None:
    folder = ROOT / "docs"
    folder.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as temporary,
        serving(Path(temporary)) as app,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = chromium.new_page(viewport={"width": 1200, "height": 860}, locale="en-US")
        page.goto(app.url)
        page.get_by_role("tab", name="Draw", exact=True).click()
        page.get_by_label("Prompt", exact=True).fill(PROMPT)
        page.keyboard.press("Enter")
        page.wait_for_selector("#draw-keep")
        page.wait_for_timeout(1000)
        page.screenshot(path=folder / "draw.png")
        chromium.close()


if __name__ == "__main__":
    main()
