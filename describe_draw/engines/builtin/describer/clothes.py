"""Clothes in a photo: where they are, and of what colour somebody's are."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from .boxes import Box
from .colours import STRONG, colour_indices, hue_saturation_value, shares
from .runtime import Array, Network

_SIDE, _CLOTHES = 512, 1  # of skin, clothes and hair
_CELL = 4
_MEANS, _DEVIATIONS = np.array([(0.485, 0.456, 0.406), (0.229, 0.224, 0.225)], np.float32) * 255
_LEAST = 0.06  # of somebody's box, or the clothes are hidden
_CLEAR, _BLACK = 0.42, 0.6  # the share of clothes that has a strong colour, or is black
_SATURATED, _BRIGHT = 0.45, 0.25  # less is what the light makes of white and of black
_CRIMSON = (335, 352)  # hues that some call red and others pink

Mask = npt.NDArray[np.bool_]


class ClothesReader:
    """The network that tells skin, clothes and hair apart, loaded."""

    def __init__(self) -> None:
        """Loads it (1.2 MB)."""
        self._network = Network("clothes.onnx", keeps_memory=False)

    def read(self, picture: Image.Image) -> Mask:
        """Where clothes are in an RGB picture, at every fourth of 512 x 512 places."""
        square = picture.resize((_SIDE, _SIDE), Image.Resampling.BILINEAR)
        pixels: Array = (np.asarray(square, np.float32) - _MEANS) / _DEVIATIONS
        (parts,) = self._network.run(pixels.transpose(2, 0, 1)[None])
        worn: Mask = parts[_CLOTHES, _CELL // 2 :: _CELL, _CELL // 2 :: _CELL] > 0.5
        return worn


def worn_colour(picture: Image.Image, clothes: Mask, box: Box, *, whole: bool) -> str | None:
    """The colour of what somebody wears above the waist, where it is plain to see.

    Args:
        picture: an RGB picture.
        clothes: where clothes are, as `ClothesReader.read` has it.
        box: where somebody is.
        whole: whether that is somebody from head to foot.
    """
    rows, columns = clothes.shape
    left, top, right, bottom = (
        round(at * side) for at, side in zip(box, (columns, rows) * 2, strict=True)
    )
    own = np.zeros_like(clothes)
    inset = (right - left) // 7  # what is behind the arms
    own[top:bottom, left + inset : right - inset] = clothes[
        top:bottom, left + inset : right - inset
    ]
    if whole:
        own[(top + bottom) // 2 :] = False
    if own.sum() < max(12, _LEAST * (bottom - top) * (right - left)):
        return None
    worn = np.asarray(picture.resize((columns, rows), Image.Resampling.BOX))[own]
    colour, share = next(iter(shares(colour_indices(worn)).items()))
    if colour == "black":
        return colour if share >= _BLACK else None
    return colour if colour in STRONG and share >= _CLEAR and _is_dyed(worn) else None


def _is_dyed(worn: npt.NDArray[np.uint8]) -> bool:
    """Whether pixels (n, 3) have a colour that nobody takes for the light's, or for another."""
    hue, saturation, value = np.median(hue_saturation_value(worn), 0)
    told = not _CRIMSON[0] <= hue <= _CRIMSON[1]
    return bool(told and saturation >= _SATURATED and value >= _BRIGHT)
