"""Makes the picture that goes with a link to the page: python -m tools.card (needs Chromium)."""

import base64
import io
import shutil
import tempfile
from pathlib import Path
from string import Template

import gradio
from PIL import Image
from playwright.sync_api import sync_playwright

from describe_draw.engines.builtin.describer import Describer
from describe_draw.engines.builtin.illustrator import Illustrator
from describe_draw.texts import catalog
from describe_draw.ui.page.preview import CARD, HEIGHT, WIDTH
from describe_draw.ui.static import FOLDER
from tools.examples import FOLDER as EXAMPLES

PHOTO, SEED = "cat.jpg", 4
FONT = Path(gradio.__file__).parent / (
    "templates/frontend/static/fonts/SourceSansPro/SourceSansPro-Bold.woff2"
)


def main() -> None:
    with Image.open(EXAMPLES / PHOTO) as photo:
        caption = Describer().describe(photo.convert("RGB"))
    drawing = Illustrator().draw(caption, width=768, height=768, seed=SEED).image
    png = io.BytesIO()
    drawing.save(png, "PNG")
    html = Template(Path(__file__).with_suffix(".html").read_text("utf-8")).substitute(
        font=_data(FONT.read_bytes(), "font/woff2"),
        logo=(FOLDER.parents[1] / "favicon.svg").read_text("utf-8"),
        title=catalog("en")["app.title"],
        caption=caption,
        photo=_data((EXAMPLES / PHOTO).read_bytes(), "image/jpeg"),
        drawing=_data(png.getvalue(), "image/png"),
    )
    _photographed(html).save(FOLDER / CARD, quality=85, optimize=True, progressive=True)


def _data(content: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _photographed(html: str) -> Image.Image:
    """What Chromium makes of the HTML."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        path = Path(folder) / "card.html"
        path.write_text(html, "utf-8")
        page.goto(path.as_uri())
        page.evaluate("document.fonts.ready")
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        chromium.close()
    return shot


if __name__ == "__main__":
    main()
