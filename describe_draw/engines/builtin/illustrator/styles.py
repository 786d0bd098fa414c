"""Styles: what is done to the finished pixels, by the name of each style."""

from collections.abc import Callable
from random import Random

import numpy as np
from PIL import Image

from . import brushes, facets, linework, prints
from .backdrops import BARE
from .scene import Scene
from .textures import Noise, vignette
from .words import vocabulary

_STYLES: dict[str, Callable[[Image.Image, Noise], Image.Image]] = {
    "watercolour": brushes.watercolour,
    "oil": brushes.oil,
    "impressionist": brushes.impressionist,
    "pointillist": brushes.pointillist,
    "embroidery": brushes.embroidery,
    "crayon": brushes.pastel,
    "low-poly": facets.low_poly,
    "origami": facets.origami,
    "stained-glass": facets.stained_glass,
    "cubist": facets.cubist,
    "paper-cut": facets.paper_cut,
    "clay": facets.clay,
    "render": facets.render,
    "charcoal": linework.charcoal,
    "line-art": linework.line_art,
    "blueprint": linework.blueprint,
    "chalk": linework.chalk,
    "pixel": prints.pixel,
    "neon": prints.neon,
    "noir": prints.noir,
    "vintage": prints.vintage,
    "cinematic": prints.cinematic,
    "poster": prints.poster,
    "minimal": prints.minimal,
    "comic": prints.comic,
    "pop-art": prints.pop_art,
    "woodblock": prints.woodblock,
    "anime": prints.anime,
    "vaporwave": prints.vaporwave,
    "graffiti": prints.graffiti,
    "steampunk": prints.steampunk,
    "art-deco": prints.art_deco,
    "mondrian": facets.mondrian,
    "rothko": brushes.rothko,
    "kandinsky": facets.kandinsky,
}


# Styles that treat things and their surroundings differently.
_WITH_SUBJECT: dict[str, Callable[[Image.Image, Noise, Image.Image], Image.Image]] = {
    "ink": brushes.ink,
    "van-gogh": brushes.van_gogh,
    "mosaic": facets.mosaic,
    "sketch": linework.sketch,
}
STYLES = frozenset({*_STYLES, *_WITH_SUBJECT, *BARE})
"""The styles that pictures can be drawn in; vocabulary.toml has their names."""


def finish(
    picture: Image.Image,
    scene: Scene,
    rng: Random,
    subject: Callable[[], Image.Image] | None = None,
) -> Image.Image:
    """The picture in the scene's style.

    Args:
        picture: As painted.
        scene: What it shows.
        rng: Decides where strokes and grain fall.
        subject: Makes the mask of the things in it, where it is known.
    """
    noise = np.random.default_rng(rng.getrandbits(32))
    if scene.style in _STYLES:
        return _STYLES[scene.style](picture, noise)
    if scene.style in _WITH_SUBJECT:
        mask = subject() if subject else Image.new("L", picture.size)
        return _WITH_SUBJECT[scene.style](picture, noise, mask)
    return picture if scene.style in BARE else vignette(picture)


def follows(style: str) -> bool:
    """Whether pictures can be drawn in a style, by any of its names ("ink wash", "pencil")."""
    name = " ".join(style.lower().replace("-", " ").split())
    found = (vocabulary().find(f"{name}{more}") for more in ("", " style", " drawing", " painting"))
    return bool(name) and any(meaning and meaning.kind in ("style", "form") for meaning in found)
