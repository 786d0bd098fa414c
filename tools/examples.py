"""Draws the example pictures that the app itself made: python -m tools.examples."""

from pathlib import Path

from describe_draw.engines.builtin.illustrator import Illustrator

FOLDER = Path(__file__).parents[1] / "examples"
DRAWN = {
    "santa-dog": ("a dog wearing a santa hat and scarf", 7),
    "bird": ("a bird flying", 7),
    "cows": ("two cows in a field with a lake behind them", 7),
}


def main() -> None:
    illustrator = Illustrator()
    for name, (prompt, seed) in DRAWN.items():
        picture = illustrator.draw(prompt, width=512, height=384, seed=seed).image
        picture.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
