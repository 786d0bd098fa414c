"""Tells photos from other pictures: paintings, charts, logos, screenshots, …."""

from collections.abc import Callable

import numpy as np

from ..tables import DATA
from .runtime import Array, softmax
from .tables import least, seeing

PHOTO = "photo"
SURE_PHOTO = 0.8  # from which it is one whatever its ink looks like
SHOWING = (PHOTO, "painting", "cartoon")
"""Media that show things as a photo does."""
DRAWN = "illustration"
"""How the illustrator's own drawings look."""


class Head:
    """A linear head on the classifier's pooled features."""

    def __init__(self, file: str, likely: Callable[[Array], Array]) -> None:
        """Reads its weights, and the words they stand for.

        Args:
            file: its file in the data folder.
            likely: what makes probabilities of its scores.
        """
        with np.load(DATA / file) as head:
            self._weights = head["W"].astype(np.float32)
            self._bias = head["b"].astype(np.float32)
            self.words = tuple(str(name) for name in head["names"])
        self._likely = likely

    def read(self, features: Array) -> dict[str, float]:
        """Every word's probability."""
        likely = self._likely(self._weights @ features + self._bias)
        return dict(zip(self.words, likely.tolist(), strict=True))


def sorts() -> Head:
    """The head that tells what sort of picture it is."""
    return Head("media_head.npz", softmax)


def is_graphic(likely: dict[str, float]) -> bool:
    """Whether a picture is surely a graphic with signs rather than things."""
    return sum(likely[medium] for medium in seeing()["signs"]) > 0.8


def drawn_as(likely: dict[str, float]) -> str:
    """What a drawing by somebody else is called."""
    best = max((m for m in likely if m != PHOTO), key=lambda m: likely[m])
    return best if likely[best] > least("showing") else DRAWN


def medium_of(likely: dict[str, float], graphic: str | None, *, dark: bool = False) -> str:
    """What a picture is: the head's word where that is sure, else what its ink looks like.

    Args:
        likely: every medium's probability.
        graphic: what `graphics.read_graphic` says.
        dark: whether most of it is.
    """
    best = max((m for m in likely if m != DRAWN), key=lambda m: likely[m])
    if best == "painting" and likely[best] < (least("painted_dark") if dark else least("painted")):
        return DRAWN if likely[PHOTO] < 0.2 < likely[DRAWN] else PHOTO
    sure = likely[best] > (least("showing") if best in SHOWING else least("medium"))
    if best != PHOTO and (sure or likely[PHOTO] < min(least("hardly_photo"), likely[best] / 2)):
        ahead = likely[best] - max(likely[m] for m in likely if m not in (best, PHOTO, DRAWN))
        enough = least("clear_code" if best == "QR code" else "clear_graphic")
        clear = ahead > least("ahead") and likely[best] > enough
        written = sum(likely[m] for m in seeing()["signs"][2:]) - likely["logo"] > least("showing")
        return best if clear else "graphic with text" if written else graphic or "graphic"
    if best != PHOTO and graphic:
        return best if likely[best] > least("hardly_photo") else graphic
    other = "graphic" if likely[PHOTO] < least("hardly_photo") and not (graphic or dark) else PHOTO
    return graphic if graphic == "line drawing" else other
