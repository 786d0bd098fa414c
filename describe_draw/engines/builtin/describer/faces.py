"""Faces in a photo: where they are, how old they look, whether like a man's, and smiling."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from .boxes import Box, Boxed, Sighting, distinct, grown, inside
from .runtime import Network, sigmoid

_SIDE, _CELLS = 416, 13
_FACE = 112
_LEAST = 0.5
_MOST = 4
_SAME = 0.6  # how much of the smaller of two boxes around one face is in the other
_MARGINS = (-0.1, 0.0, 0.1)  # around a face: it is judged in three cuts
_AROUND = 0.4  # of a picture's sides: what is put around it
_HAPPY = 1  # of the expressions
_ANCHORS = np.array(
    [(1.603231, 2.094468), (6.041143, 7.080126), (2.882459, 3.518061), (4.266906, 5.178857),
     (9.041765, 10.66308)]
)  # fmt: skip


@dataclass(frozen=True)
class Face(Boxed):
    """One face.

    Attributes:
        score: how sure the network is of it, 0 to 1.
        box: where it is.
        years: how old it looks.
        male: how much it looks like a man's, 0 to 1.
        smile: how much it smiles, 0 to 1.
    """

    score: float
    box: Box
    years: float
    male: float
    smile: float = 0.0

    def called(self, years: float, male: float) -> str | None:
        """Whether it is a man's or a woman's, from some years on, where that is sure."""
        if self.years < years or 1 - male < self.male < male:
            return None
        return "man" if self.male > 0.5 else "woman"


class FaceReader:
    """The three networks for faces, loaded."""

    def __init__(self) -> None:
        """Loads them (1 MB)."""
        self._faces = Network("faces.onnx")
        self._ages = Network("ages.onnx")
        self._expressions = Network("expressions.onnx")

    def read(self, picture: Image.Image, *, near: bool = False) -> tuple[Face, ...]:
        """The faces in an RGB picture, the surest first.

        Args:
            picture: it.
            near: whether somebody fills it: of a face too large to be found there is another look.
        """
        faces = self._find(picture)
        if faces or not near:
            return faces
        width, height = picture.size
        wider = ImageOps.expand(picture, (round(_AROUND * width), round(_AROUND * height)))
        return tuple(replace(face, box=_within(face.box)) for face in self._find(wider))

    def _find(self, picture: Image.Image) -> tuple[Face, ...]:
        stretch = _SIDE / max(picture.size)
        size = [max(1, round(side * stretch)) for side in picture.size]
        square = Image.new("RGB", (_SIDE, _SIDE))
        square.paste(picture.resize((size[0], size[1]), Image.Resampling.BILINEAR))
        (cells,) = self._faces.run(np.asarray(square)[None])
        shape = size[0] / _SIDE, size[1] / _SIDE
        found = sorted(_found(cells, shape), key=lambda face: -face.score)
        faces = distinct(found, lambda face, other: inside(face.box, other.box) >= _SAME)[:_MOST]
        return tuple(self._judged(picture, face.score, face.box) for face in faces)

    def _judged(self, picture: Image.Image, score: float, box: Box) -> Face:
        judged = []
        for margin in _MARGINS:
            seen = ImageOps.pad(picture.crop(_wider(picture, box, margin)), (_FACE, _FACE))
            pixels = np.asarray(seen)[None]
            years, sexes = self._ages.run(pixels)
            (expressions,) = self._expressions.run(pixels)
            judged.append((float(years[0]), float(sexes[0]), float(expressions[_HAPPY])))
        return Face(score, box, *np.mean(judged, 0).tolist())


def _within(box: Box) -> Box:
    """A box in a picture of one in a wider picture, as `FaceReader.read` makes it."""
    left, top, right, bottom = (min(max((1 + 2 * _AROUND) * at - _AROUND, 0.0), 1.0) for at in box)
    return left, top, right, bottom


def _wider(picture: Image.Image, box: Box, margin: float) -> tuple[int, int, int, int]:
    """A box with a margin, in pixels."""
    width, height = picture.size
    left, top, right, bottom = grown(box, margin)
    x, y = int(left * width), int(top * height)
    return x, y, max(x + 1, int(right * width)), max(y + 1, int(bottom * height))


def _found(cells: npt.NDArray[np.float32], shape: tuple[float, float]) -> Iterator[Sighting]:
    """Decodes the cells as YOLO 2 does: an offset, a logarithm of the size, and a score.

    Args:
        cells: what the network says.
        shape: what the picture fills of the square.
    """
    grid = cells.reshape(len(_ANCHORS), 5, _CELLS, _CELLS).astype(np.float64)
    likely = sigmoid(grid)
    for anchor, row, column in zip(*np.nonzero(likely[:, 4] > _LEAST), strict=True):
        across, down, _, _, score = likely[anchor, :, row, column].tolist()
        x, y = column + across, row + down
        wide, high = np.exp(grid[anchor, 2:4, row, column]) * _ANCHORS[anchor] / 2
        box = np.array([x - wide, y - high, x + wide, y + high]) / (_CELLS * np.array(shape * 2))
        left, top, right, bottom = box.clip(0, 1).tolist()
        if right > left and bottom > top:
            yield Sighting("face", score, (left, top, right, bottom))
