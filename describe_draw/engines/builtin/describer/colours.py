"""Plain names for colours."""

from collections.abc import Callable, Sequence
from functools import reduce
from operator import and_
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from .boxes import Box, grown
from .tables import seeing

COLOURS = (
    "black", "white", "grey", "pink", "red", "brown", "orange", "beige", "yellow", "olive",
    "green", "turquoise", "blue", "purple",
)  # fmt: skip
Indices = npt.NDArray[np.intp]
Floats = npt.NDArray[np.floating]
Colouring = Callable[[Box], str | None]

_RED = 345  # the hue from which purples are reds again
_PALE = 70  # the saturation, of 255, below which a colour may be the light's
STRONG = ("red", "orange", "yellow", "green", "turquoise", "blue", "purple", "pink")


def colour_indices(rgb: npt.ArrayLike) -> Indices:
    """Names every pixel's colour.

    Args:
        rgb: an array (…, 3) of values from 0 to 255.

    Returns:
        Indices into COLOURS, of the shape of rgb without its last axis.
    """
    hue, saturation, value = np.moveaxis(hue_saturation_value(rgb), -1, 0)
    channels = {
        "hue": np.where(hue < _RED, hue, hue - 360),
        "saturation": saturation,
        "value": value,
    }
    rules = seeing()["hues"]
    tests = [
        reduce(
            and_,
            [channels[name] < most for name, most in rule.get("below", {}).items()]
            + [channels[name] > least for name, least in rule.get("above", {}).items()],
        )
        for rule in rules
    ]
    indices: Indices = np.select(tests, [COLOURS.index(rule["name"]) for rule in rules])
    return indices


def hue_saturation_value(rgb: npt.ArrayLike) -> Floats:
    """Every pixel's hue in degrees, and its saturation and value from 0 to 1.

    Args:
        rgb: an array (…, 3) of values from 0 to 255.
    """
    unit = np.asarray(rgb, np.float32) / 255
    value = unit.max(-1)
    chroma = value - unit.min(-1)
    parts = _hue(unit, value, chroma), chroma / np.maximum(value, 1e-6), value
    return np.stack(parts, -1)


def _hue(unit: Floats, value: Floats, chroma: Floats) -> Floats:
    """The hue in degrees, 0 where there is none."""
    red, green, blue = np.moveaxis(unit, -1, 0)
    safe = np.maximum(chroma, 1e-6)
    sextant = np.select(
        [chroma < 1e-6, value == red, value == green],
        [np.zeros_like(value), ((green - blue) / safe) % 6, (blue - red) / safe + 2],
        (red - green) / safe + 4,
    )
    hue: Floats = sextant * 60
    return hue


def shares(indices: npt.NDArray[Any], names: Sequence[str] = COLOURS) -> dict[str, float]:
    """The share of the pixels that every colour has, or what else they are, the largest first."""
    counts = np.bincount(indices.ravel(), minlength=len(names)) / indices.size
    order = np.argsort(-counts, kind="stable")
    return {names[i]: float(counts[i]) for i in order if counts[i] > 0}


def clear_colour(picture: Image.Image, box: Box, *, least: float = 0.45) -> str | None:
    """The colour of what fills a box, where it is plain to see.

    Args:
        picture: an RGB picture.
        box: left, top, right, bottom as fractions of the picture.
        least: the share of the box's inner part that must have the colour.

    Returns:
        One of the strong colours, or black or white, or None.
    """
    left, top, right, bottom = (
        at * side for at, side in zip(grown(box, -0.2), picture.size * 2, strict=True)
    )
    right = min(max(right, left + 1), picture.width)
    bottom = min(max(bottom, top + 1), picture.height)
    if right - left < 1 or bottom - top < 1:
        return None
    patch = picture.resize((24, 24), Image.Resampling.BOX, box=(left, top, right, bottom))
    pale = np.asarray(patch.convert("HSV"))[..., 1].mean() < _PALE
    found = shares(colour_indices(np.asarray(patch)))
    strong = {name: share for name, share in found.items() if name in STRONG}
    if strong and not pale:
        name, share = next(iter(strong.items()))
        if share >= least:
            return name
    return next((n for n in ("white", "black") if found.get(n, 0.0) >= 0.75), None)


def colours_in(picture: Image.Image) -> Colouring:
    """Tells the colour of what fills a box, where it is another than the picture's own."""
    small = np.asarray(picture.resize((64, 64), Image.Resampling.BOX))
    common = {name for name, share in shares(colour_indices(small)).items() if share > 0.3}
    return lambda box: None if (own := clear_colour(picture, box)) in common else own
