"""Drawings as SVG fragments: their colours, their ids, and how they look when they are small."""

import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image

from .bodies import Point
from .colours import RGB, hue, luminance, parse_hex, repaint, to_hex

_ID = re.compile(r'(id="|url\(#|href="#)')
# Skin and hair of the set's people: a colour word means their clothes.
_SKIN_HUES = (0.08, 0.145)


@dataclass(frozen=True)
class Drawing:
    """A drawing in its own coordinates.

    Attributes:
        svg: The elements, without the outer <svg>.
        width: Of its box.
        height: Of its box.
        head: Left, top and width of the head in the box, where one is known.
        person: Whether skin must keep its colour.
        hands: Left and right, where it has a pose; of an animal its mouth.
    """

    svg: str
    width: float
    height: float
    head: tuple[float, float, float] | None = None
    person: bool = False
    hands: tuple[Point, ...] = ()


def keeper(art: Drawing, main: str | None = None) -> Callable[[RGB], bool]:
    """Which colours of a drawing stay when it is tinted: those unlike its main colour.

    Args:
        art: The drawing.
        main: That colour, "#rrggbb", where it isn't the one that covers most.
    """
    main_hue, main_saturation = (
        hue(parse_hex(main)) if main else main_colour(art.svg, art.width, art.height, art.person)
    )

    def keep(rgb: RGB) -> bool:
        h, s = hue(rgb)
        light = luminance(rgb)
        if light < 0.2:
            return True
        if art.person and _SKIN_HUES[0] < h < _SKIN_HUES[1] and s > 0.5:
            return True
        if main_saturation < 0.18:
            return s > 0.35
        if s < 0.16:
            return light > 0.9 or light < 0.75
        apart = abs(h - main_hue)
        return min(apart, 1 - apart) > 0.14

    return keep


@lru_cache(maxsize=256)
def main_colour(svg: str, width: float, height: float, person: bool) -> tuple[float, float]:
    """Hue and saturation that cover most of the drawing; of people, most of their clothes."""
    counts: Counter[tuple[int, bool]] = Counter()
    raw = thumbnail(svg, width, height).tobytes()
    for r, g, b, a in zip(raw[::4], raw[1::4], raw[2::4], raw[3::4], strict=True):
        if a > 128 and luminance((r, g, b)) > 0.2:
            h, s = hue((r, g, b))
            if person and (s < 0.5 or _SKIN_HUES[0] < h < _SKIN_HUES[1]):
                continue
            counts[round(h * 20) % 20 if s >= 0.18 else -1, s >= 0.18] += 1
    if not counts:
        return 0.0, 0.0
    (bin_, coloured), _ = counts.most_common(1)[0]
    return (bin_ / 20, 1.0) if coloured else (0.0, 0.0)


def thumbnail(svg: str, width: float, height: float) -> Image.Image:
    """A drawing in 32 by 32 pixels, in the middle where its box is no square."""
    import resvg_py  # noqa: PLC0415  (loaded with the first picture, not with the app)

    text = document(svg, width, height, 32, 32)
    png = resvg_py.svg_to_bytes(svg_string=text, width=32, height=32, skip_system_fonts=True)
    return Image.open(io.BytesIO(png)).convert("RGBA")


@lru_cache(maxsize=512)
def crest(own: Drawing) -> float:
    """How far below the top of its box a drawing begins in its middle, as a share of the height."""
    middle = thumbnail(own.svg, own.width, own.height).crop((11, 0, 21, 32)).getchannel("A")
    box = middle.point(lambda alpha: 255 * (alpha > 128)).getbbox()
    return box[1] / 32 if box else 0.0


def document(body: str, width: float, height: float, across: int, down: int, top: float = 0) -> str:
    """A whole SVG file around elements."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 {top} {width} {height}" width="{across}" height="{down}">{body}</svg>'
    )


def unique(svg: str, prefix: str) -> str:
    """The drawing with its ids made its own, so that many fit in one file."""
    return _ID.sub(lambda match: match[1] + prefix, svg) if "id=" in svg else svg


def relit(svg: str, change: Callable[[RGB], RGB]) -> str:
    """The drawing under another light; elements without a colour of their own included."""
    return f'<g fill="{to_hex(change((0, 0, 0)))}">{repaint(svg, change)}</g>'
