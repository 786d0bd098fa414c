"""Two detectors of COCO's things: what each finds, and what that is worth together."""

from dataclasses import replace
from functools import cache

import numpy as np
from PIL import Image

from ..tables import DATA
from .boxes import Sighting, distinct, inside, likeness
from .runtime import Array, Network, softmax
from .tables import labels

_MOST = 24
_LEAST = 0.28  # the least score of either at which the other is believed more
_SAME_PLACE = 0.45
_ALONE = {"first": 0.88, "second": 0.75}
"""What a score is worth that only one of them gives: of photos that neither was made with, the
other agreed with 0.65 of the first's in 94 %, and with 0.85 of the second's in 92 %."""

_SSD_SIDE, _SSD_PIXELS = 320, np.full((2, 3), 127.5, np.float32)
_PICO_SIDE, _STRIDES, _BINS = 416, (8, 16, 32, 64), 8
_PICO_PIXELS = np.array([(123.675, 116.28, 103.53), (58.395, 57.12, 57.375)], np.float32)
"""Means and deviations of the photos that each was made with."""


class Detector:
    """Both detectors, loaded; calls are safe from several threads."""

    def __init__(self) -> None:
        """Loads the networks (a third of a second)."""
        self._first = Network("detector.onnx")
        self._second = Network("second_detector.onnx")
        self._anchors = np.load(DATA / "detector_anchors.npy")

    def detect(self, picture: Image.Image, threshold: float = 0.5) -> list[Sighting]:
        """Finds things, the surest first, each once.

        Args:
            picture: an RGB picture.
            threshold: the least score that counts, 0 to 1.
        """
        found = _together(self._by_ssd(picture), self._by_pico(picture))
        sure = sorted((s for s in found if s.score > threshold), key=lambda s: -s.score)
        return distinct(sure, _same)[:_MOST]

    def _by_ssd(self, picture: Image.Image) -> list[Sighting]:
        offsets, scores = self._first.run(_pixels(picture, _SSD_SIDE, *_SSD_PIXELS))
        at, size = self._anchors[:, :2], self._anchors[:, 2:]
        # SSD's box coding, variances 10 and 5; the first class is the background
        centre, half = offsets[:, :2] / 10 * size + at, np.exp(offsets[:, 2:] / 5) * size / 2
        top, left, bottom, right = np.concatenate([centre - half, centre + half], 1).T
        return _likely(scores[:, 1:], np.stack([left, top, right, bottom], 1), labels("detector"))

    def _by_pico(self, picture: Image.Image) -> list[Sighting]:
        scores, distances = self._second.run(_pixels(picture, _PICO_SIDE, *_PICO_PIXELS))
        # each side's distance from its cell's centre is a distribution over whole strides
        sides = softmax(distances.reshape(-1, 4, _BINS)) @ np.arange(_BINS, dtype=np.float32)
        cells = _cells()
        left, top, right, bottom = (sides * cells[:, 2:]).T
        x, y = cells[:, 0], cells[:, 1]
        boxes = np.stack([x - left, y - top, x + right, y + bottom], 1)
        boxes = (boxes / _PICO_SIDE).astype(np.float32)
        return _likely(scores, boxes, labels("second_detector"))


def _pixels(picture: Image.Image, side: int, means: Array, deviations: Array) -> Array:
    square = picture.resize((side, side), Image.Resampling.BILINEAR)
    pixels: Array = (np.asarray(square, np.float32) - means) / deviations
    return pixels.transpose(2, 0, 1)[None]


def _likely(scores: Array, boxes: Array, words: tuple[str, ...]) -> list[Sighting]:
    """What one detector finds, the surest first, each once."""
    best, sure = scores.argmax(1), scores.max(1)
    order = [i for i in np.argsort(-sure) if sure[i] > _LEAST]
    corners = boxes.clip(0, 1)
    found = (Sighting(words[best[i]], float(sure[i]), tuple(corners[i].tolist())) for i in order)
    return distinct(found, _same)


def _together(first: list[Sighting], second: list[Sighting]) -> list[Sighting]:
    """What both find is surer than what one does."""
    found, left = [], list(second)
    for sighting in first:
        again = next((other for other in left if _agree(sighting, other)), None)
        if again is None:
            found.append(replace(sighting, score=_ALONE["first"] * sighting.score))
        else:
            left.remove(again)
            surer = sighting.score + (1 - sighting.score) * again.score / 2
            found.append(replace(again, score=surer))
    return [*found, *(replace(s, score=_ALONE["second"] * s.score) for s in left)]


def _agree(one: Sighting, other: Sighting) -> bool:
    return one.label == other.label and likeness(one.box, other.box) > _SAME_PLACE


def _same(a: Sighting, b: Sighting) -> bool:
    alike = likeness(a.box, b.box)
    return alike > 0.7 or (a.label == b.label and (alike > 0.45 or inside(a.box, b.box) > 0.8))


@cache
def _cells() -> Array:
    """The centre and the stride of every cell of the second detector, in pixels."""
    cells = []
    for stride in _STRIDES:
        count = -(-_PICO_SIDE // stride)
        y, x = np.mgrid[:count, :count].reshape(2, -1) * stride + (stride - 1) / 2
        cells.append(np.stack([x, y, np.full_like(x, stride)], 1))
    return np.concatenate(cells).astype(np.float32)
