"""Draws the pictures beside the styles, all in a row: python -m tools.styles."""

from pathlib import Path

from PIL import Image

from describe_draw.engines.builtin.illustrator import Illustrator
from describe_draw.styles import styles
from describe_draw.ui.page.front import LOOKS

STATIC = Path(__file__).parents[1] / "describe_draw" / "ui" / "page" / "static"
DRAWN, SEED, SIDE = "a fox in the forest", 5, 96


def main() -> None:
    illustrator = Illustrator()
    row = Image.new("RGB", (SIDE * len(styles()), SIDE))
    for number, name in enumerate(styles()):
        drawn = illustrator.draw(f"{DRAWN}, {name}", width=256, height=256, seed=SEED).image
        row.paste(drawn.resize((SIDE, SIDE), Image.Resampling.LANCZOS), (number * SIDE, 0))
    path = STATIC / LOOKS
    path.parent.mkdir(exist_ok=True)
    row.save(path, quality=60, method=6)
    print(f"{path.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
