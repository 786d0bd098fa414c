"""Tells photos from other pictures: paintings, charts, logos, screenshots, …."""

import numpy as np

from .runtime import Array
from .tables import DATA

PHOTO = "photo"
SHOWING = (PHOTO, "painting", "cartoon")
"""Media that show things as a photo does."""
DRAWN = "illustration"
"""How the illustrator's own drawings look."""
SURELY_DRAWN, MAYBE_DRAWN = 0.3, 0.1
"""From what probability a picture is one of those, and may be one if it shows what they show."""
_SURE = 0.5
_SURE_SHOWING = 0.6  # what shows things may be a photo of them


class MediaReader:
    """A linear head on the classifier's pooled features."""

    def __init__(self) -> None:
        """Reads the head's weights, and the media they stand for."""
        with np.load(DATA / "media_head.npz") as head:
            self._weights = head["W"].astype(np.float32)
            self._bias = head["b"].astype(np.float32)
            self.media = tuple(str(name) for name in head["names"])

    def read(self, features: Array) -> dict[str, float]:
        """Every medium's probability."""
        scores = self._weights @ features + self._bias
        weights = np.exp(scores - scores.max())
        return dict(zip(self.media, (weights / weights.sum()).tolist(), strict=True))


def medium_of(likely: dict[str, float], graphic: str | None) -> str:
    """What a picture is: the head's word where that is sure, else what its ink looks like.

    Args:
        likely: every medium's probability.
        graphic: what `graphics.read_graphic` says.
    """
    best = max((m for m in likely if m != DRAWN), key=lambda m: likely[m])
    if best == PHOTO and likely[PHOTO] > 0.8:
        return PHOTO
    if best != PHOTO and likely[best] > (_SURE_SHOWING if best in SHOWING else _SURE):
        return best
    if best == "line drawing" and graphic:
        return best
    if graphic in ("page of text", "chart", "line drawing"):
        return graphic
    if best != PHOTO and graphic:
        return best
    return PHOTO
