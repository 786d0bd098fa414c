"""Draws the gallery: every prompt of gallery_prompts.txt on one sheet, to be looked at.

Run `python -m tests.gallery [seed]`; the sheet is tests/output/gallery.png.
"""

import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from describe_draw.engines.builtin.illustrator import Illustrator

HERE = Path(__file__).parent
TILE = (448, 320)
COLUMNS = 5
CAPTION = 34
SHAPES = ((448, 320), (448, 320), (320, 320), (448, 320), (256, 320))


def main(seed: int) -> Path:
    prompts = (HERE / "gallery_prompts.txt").read_text(encoding="utf-8").splitlines()
    rows = -(-len(prompts) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (TILE[0] + 8), rows * (TILE[1] + CAPTION)), "white")
    text = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(14)
    illustrator = Illustrator()
    for n, prompt in enumerate(prompts):
        width, height = SHAPES[n % len(SHAPES)]
        picture = illustrator.draw(prompt, width=width, height=height, seed=seed)
        left, top = n % COLUMNS * (TILE[0] + 8), n // COLUMNS * (TILE[1] + CAPTION)
        sheet.paste(picture.image, (left + (TILE[0] - width) // 2, top))
        unknown = f"  not understood: {', '.join(picture.unknown)}" if picture.unknown else ""
        caption = f"{n + 1}. {prompt}{unknown}".encode("latin-1", "replace").decode("latin-1")
        text.text((left + 4, top + TILE[1] + 2), caption[:64], fill="black", font=font)
    path = HERE / "output" / "gallery.png"
    path.parent.mkdir(exist_ok=True)
    sheet.save(path)
    return path


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
