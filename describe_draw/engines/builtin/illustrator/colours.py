"""Colour arithmetic on the hex colours of SVG drawings."""

import colorsys
import re
from collections.abc import Callable

from .words import read_toml

RGB = tuple[float, float, float]

NAMED: dict[str, RGB] = {word: tuple(rgb) for word, rgb in read_toml("colours.toml").items()}
"""The painter's value of each colour word, 0 to 255."""

_PAINT = re.compile(r'((?:fill|stroke|stop-color)=")(#[0-9a-fA-F]{3,8}|white|black)(")')


def parse_hex(text: str) -> RGB:
    text = {"white": "#fff", "black": "#000"}.get(text, text).lstrip("#")
    if len(text) < 6:
        text = "".join(2 * digit for digit in text[:3])
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


def to_hex(rgb: RGB) -> str:
    return "#" + "".join(f"{min(255, max(0, round(channel))):02x}" for channel in rgb)


def mix(first: RGB, second: RGB, share: float) -> RGB:
    """`share` of the second colour in the first."""
    a, b, c = (x + (y - x) * share for x, y in zip(first, second, strict=True))
    return a, b, c


def luminance(rgb: RGB) -> float:
    """0 to 1."""
    return (0.3 * rgb[0] + 0.59 * rgb[1] + 0.11 * rgb[2]) / 255


def repaint(svg: str, change: Callable[[RGB], RGB]) -> str:
    """The drawing with every colour changed."""
    seen: dict[str, str] = {}

    def paint(match: re.Match[str]) -> str:
        old = match[2]
        if old not in seen:
            seen[old] = to_hex(change(parse_hex(old)))
        return match[1] + seen[old] + match[3]

    return _PAINT.sub(paint, svg)


def tint(svg: str, colour: str, keep: Callable[[RGB], bool]) -> str:
    """The drawing in another colour; light and dark parts keep their order.

    Args:
        svg: The drawing.
        colour: A key of NAMED.
        keep: Says which colours stay (eyes, beaks, skin).
    """
    goal = NAMED[colour]
    painted = [parse_hex(match[2]) for match in _PAINT.finditer(svg)]
    levels = sorted(luminance(rgb) for rgb in painted if not keep(rgb)) or [0.5]
    low, high = levels[0], levels[-1]
    deep = 0.2 if luminance(goal) > 0.9 else 0.42  # white's shadows are no grey

    def change(rgb: RGB) -> RGB:
        if keep(rgb):
            return rgb
        level = (luminance(rgb) - low) / (high - low) if high - low > 0.02 else 0.8
        if level < 0.8:
            return mix(mix(goal, (0, 0, 0), deep), goal, level / 0.8)
        return mix(goal, (255, 255, 255), (level - 0.8) * 1.2)

    return repaint(svg, change)


def hue(rgb: RGB) -> tuple[float, float]:
    """Hue in turns and saturation."""
    h, s, _ = colorsys.rgb_to_hsv(*(channel / 255 for channel in rgb))
    return h, s
