"""A composition of colours and forms for prompts that name nothing to be seen."""

from random import Random

from .colours import NAMED, RGB, mix, parse_hex
from .paper import Paper
from .words import read_toml


def paint_abstract(paper: Paper, rng: Random, colour: str | None) -> None:
    """Paints one of some compositions in one of some palettes.

    Args:
        paper: What to paint on.
        rng: Seeded by the prompt's words.
        colour: A colour word of the prompt that leads the palette, or None.
    """
    table = read_toml("palettes.toml")
    palettes = table["palettes"]
    usual = [parse_hex(text) for text in palettes[table["drawn_in"]]]
    colours = [parse_hex(text) for text in palettes[rng.choice(sorted(palettes))]]
    if colour:
        *others, bright = colours
        led = [mix(one, NAMED[colour], 0.3 + 0.08 * n) for n, one in enumerate(others)]
        colours = [*led, bright]

    def repainted(rgb: RGB) -> RGB:
        """The palette's colour in the place of the one that the drawing has, as light or dark."""
        far = [sum((a - b) ** 2 for a, b in zip(rgb, one, strict=True)) for one in usual]
        n = far.index(min(far))
        r, g, b = (new + (x - old) for new, x, old in zip(colours[n], rgb, usual[n], strict=True))
        return r, g, b

    paper.overlay(rng.choice(table["compositions"]), change=repainted)
