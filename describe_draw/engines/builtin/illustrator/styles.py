"""Styles: what is done to the finished pixels, by the name of each style."""

from collections.abc import Callable
from inspect import isfunction, signature
from random import Random

import numpy as np
from PIL import Image

from . import brushes, facets, linework, prints
from .backdrops import BARE
from .scene import Scene
from .textures import vignette
from .words import vocabulary

_MODULES = (brushes, facets, linework, prints)
_STYLES: dict[str, Callable[..., Image.Image]] = {
    name.replace("_", "-"): made
    for module in _MODULES
    for name, made in vars(module).items()
    if isfunction(made) and made.__module__ == module.__name__ and not name.startswith("_")
}
"""Every public function of these modules is the style of its name."""

_WITH_SUBJECT = {n for n, made in _STYLES.items() if "subject" in signature(made).parameters}
"""Styles that treat things and their surroundings differently."""

STYLES = frozenset({*_STYLES, *BARE})
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
    if scene.style in _WITH_SUBJECT:
        mask = subject() if subject else Image.new("L", picture.size)
        return _STYLES[scene.style](picture, noise, mask)
    if scene.style in _STYLES:
        return _STYLES[scene.style](picture, noise)
    return picture if scene.style in BARE else vignette(picture)


def follows(style: str) -> bool:
    """Whether pictures can be drawn in a style, by any of its names ("ink wash", "pencil")."""
    name = " ".join(style.lower().replace("-", " ").split())
    found = (vocabulary().find(f"{name}{more}") for more in ("", " style", " drawing", " painting"))
    return bool(name) and any(meaning and meaning.kind in ("style", "form") for meaning in found)
