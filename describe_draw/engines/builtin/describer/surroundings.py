"""What surrounds the things of a photo: its surfaces, and words for the whole of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from .colours import shares
from .faces import Face
from .runtime import Network
from .tables import labels

_SEGMENTER_SIDE = 512
_LABELER_SIDE = 224
_CELL = 4  # of the map that is kept
_STRIP = 25  # rows of the map at the top and at the bottom

Shares = Mapping[str, float]


@dataclass(frozen=True)
class Surroundings:
    """What both networks say of a photo.

    Attributes:
        areas: every surface's share of the photo ("sky", "grass", "wall", …).
        top: their shares of its top.
        bottom: their shares of its bottom.
        labels: words for what the photo shows, several at once, each with its probability.
        surfaces: a small map of them, by their numbers in the segmenter's labels.
        words: what else it may show ("kitchen", "child"), each with its probability.
        places: what kind of place it is, if it shows one, each with its probability.
        faces: the faces in it, the surest first.
        clothes: where clothes are, on a small map, if people are in it.
    """

    areas: Shares
    top: Shares
    bottom: Shares
    labels: Shares
    surfaces: npt.NDArray[np.uint8] | None = None
    words: Shares = field(default_factory=dict)
    places: Shares = field(default_factory=dict)
    faces: tuple[Face, ...] = ()
    clothes: npt.NDArray[np.bool_] | None = field(default=None, compare=False)

    def area(self, *names: str, of: str = "areas") -> float:
        """The share that surfaces have together: of the photo, its "top" or its "bottom"."""
        shares: Shares = getattr(self, of)
        return sum(shares.get(name, 0.0) for name in names)

    def label(self, *names: str) -> float:
        """The probability of the likeliest of some labels."""
        return max((self.labels.get(name, 0.0) for name in names), default=0.0)

    def has(self, parts: Sequence[Mapping[str, Any]]) -> bool:
        """Whether surfaces have the shares that a table asks for.

        Args:
            parts: each with `surfaces`, the least `share` of them, and `of` what.
        """
        return all(self.area(*part["surfaces"], of=part["of"]) >= part["share"] for part in parts)


class SurroundingsReader:
    """The segmenter and the labeler, loaded."""

    def __init__(self) -> None:
        """Loads both networks (about a third of a second)."""
        self._segmenter = Network("segmenter.onnx", keeps_memory=False)  # 70 MB
        self._labeler = Network("labeler.onnx")

    def read(self, picture: Image.Image) -> Surroundings:
        """Asks both networks about an RGB picture."""
        (surfaces,) = self._segmenter.run(_squeezed(picture, _SEGMENTER_SIDE))
        names = labels("segmenter")
        (levels,) = self._labeler.run(_squeezed(picture, _LABELER_SIDE))
        return Surroundings(
            areas=shares(surfaces, names),
            top=shares(surfaces[:_STRIP], names),
            bottom=shares(surfaces[-_STRIP:], names),
            labels=_likely(levels),
            surfaces=surfaces[_CELL // 2 :: _CELL, _CELL // 2 :: _CELL].astype(np.uint8),
        )


def _squeezed(picture: Image.Image, side: int) -> npt.NDArray[np.uint8]:
    return np.asarray(picture.resize((side, side), Image.Resampling.BILINEAR))[None]


def _likely(levels: npt.NDArray[np.uint8]) -> Shares:
    """The labels that are likely at all, the likeliest first; two share a name."""
    likely: dict[str, float] = {}
    for i in np.argsort(-levels.astype(np.int16), kind="stable"):
        if levels[i] >= 0.2 * 255:
            likely.setdefault(labels("labeler")[i], float(levels[i]) / 255)
    return likely
