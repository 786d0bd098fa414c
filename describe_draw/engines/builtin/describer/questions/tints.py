"""The colours of what is asked about."""

import numpy as np
from PIL import Image

from ..boxes import Box, Sighting, grown
from ..colours import colour_indices, shares

_PATCH = 48
_RIM = 0.2  # of a box, which shows what is around the thing in it
_STANDING = 1.9  # how many times as high as wide somebody is whose legs show
_CLEAR = 0.19  # the share from which a colour is told


class Tints:
    """The colours of one picture's parts."""

    def __init__(self, picture: Image.Image) -> None:
        """Has the picture, RGB."""
        self._picture = picture

    def colours_of(self, sighted: Sighting) -> tuple[str, ...]:
        """The colours of what fills a box, rather than of what is around it."""
        within, whole, around = (
            self._shares(_grown(sighted.box, share)) for share in (-_RIM, 0.0, _RIM)
        )
        own = {
            colour: share - max(around.get(colour, 0.0) - whole.get(colour, 0.0), 0.0)
            for colour, share in within.items()
        }
        return main_colours(dict(sorted(own.items(), key=lambda item: -item[1])))

    def colours_in(self, box: Box) -> tuple[str, ...]:
        """The main colours in a part of the picture."""
        return main_colours(self._shares(box))

    def colours_of_dress(self, box: Box) -> tuple[str, ...]:
        """The colours of what a person wears: of the chest, which is high where legs show."""
        width, height = self._picture.size
        left, top, right, bottom = box
        wide, high = right - left, bottom - top
        chest = (0.2, 0.45) if high * height > _STANDING * wide * width else (0.4, 0.8)
        return self.colours_in(
            (left + 0.25 * wide, top + chest[0] * high, right - 0.25 * wide, top + chest[1] * high)
        )

    def _shares(self, box: Box) -> dict[str, float]:
        width, height = self._picture.size
        left, top = min(box[0] * width, width - 1), min(box[1] * height, height - 1)
        inner = (left, top, max(box[2] * width, left + 1), max(box[3] * height, top + 1))
        patch = self._picture.resize((_PATCH, _PATCH), Image.Resampling.BOX, box=inner)
        return shares(colour_indices(np.asarray(patch)))


def _grown(box: Box, share: float) -> Box:
    """A box with more room around it, or less."""
    left, top, right, bottom = grown(box, share)
    return max(left, 0.0), max(top, 0.0), min(right, 1.0), min(bottom, 1.0)


def main_colours(found: dict[str, float]) -> tuple[str, ...]:
    """One colour or two: those that are clear, else the first."""
    clear = tuple(colour for colour, share in found.items() if share >= _CLEAR)[:2]
    return clear or tuple(found)[:1]
