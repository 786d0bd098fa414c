"""The classifiers: what a picture shows, and features of it."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from .runtime import Array, Network, softmax

LAST, FINE = "map", "/_blocks.10/Add_output_0"
"""The classifier's outputs at each place: 1,280 at every 32nd pixel, 112 at every 16th."""

_PHOTO_SIDE = 280  # of the classifier of photos
FINE_CELLS, PART_CELLS = 18, 10  # of the classifier's map, a side; of a part's


@dataclass(frozen=True)
class View:
    """What the classifier says of one view of a picture.

    Attributes:
        probabilities: of its 1,000 classes.
        features: its last features, 1,280 of each network, pooled over the view.
    """

    probabilities: Array
    features: Array


class PhotoClassifier:
    """A larger classifier of the same 1,000 classes, loaded when a photo comes."""

    def __init__(self) -> None:
        """Loads the network (a quarter of a second)."""
        self._network = Network("photo_classifier.onnx")

    def read(self, picture: Image.Image, whole: View) -> View:
        """What both classifiers say: mean probabilities of three looks, and features of two.

        Args:
            picture: an RGB picture.
            whole: what the smaller classifier says of all of it.
        """
        width, height = picture.size
        side = min(width, height)
        left, top = (width - side) // 2, (height - side) // 2
        cuts = ((0, 0, width, height), (left, top, left + side, top + side))
        first, second = (self._look(picture, cut) for cut in cuts)
        seen = (whole.probabilities + first.probabilities + second.probabilities) / np.float32(3)
        return View(seen, np.concatenate([first.features, whole.features]))

    def _look(self, picture: Image.Image, cut: tuple[int, int, int, int]) -> View:
        size = (_PHOTO_SIDE, _PHOTO_SIDE)
        pixels = np.asarray(picture.resize(size, Image.Resampling.BICUBIC, box=cut))
        logits, features = self._network.run(pixels[None])
        return View(softmax(logits), features)


class Networks:
    """The smaller classifier, loaded; calls are safe from several threads."""

    def __init__(self) -> None:
        """Loads the network (half a second)."""
        self._classifier = Network("classifier.onnx")

    def whole(self, picture: Image.Image) -> View:
        """Classifies the whole picture, squeezed to the nearest of three shapes."""
        return self._view(squeezed(picture))

    def fine(self, picture: Image.Image, cells: int = FINE_CELLS) -> Array:
        """The classifier's features of the whole picture, enlarged to keep small things apart.

        Args:
            picture: an RGB picture.
            cells: how many there are on a side.

        Returns:
            As `stacked` has them.
        """
        _, last, finer = self._classify(enlarged(picture, cells))
        return stacked(last, finer)

    def _view(self, picture: Image.Image) -> View:
        logits, features, _ = self._classify(picture)
        seen = View(softmax(logits), features.mean((1, 2)))
        seen.probabilities.setflags(write=False)  # views are remembered, and shared
        seen.features.setflags(write=False)
        return seen

    def _classify(self, view: Image.Image) -> list[Array]:
        """The classifier's logits, its last features at each place, and its finer ones."""
        pixels = (np.asarray(view, np.float32) - 127) / 128
        return self._classifier.run(pixels.transpose(2, 0, 1)[None])


def squeezed(picture: Image.Image) -> Image.Image:
    """A picture in the nearest of three shapes."""
    width, height = picture.size
    size = (256, 256)
    if max(width, height) > 1.1 * min(width, height):
        size = (320, 224) if width > height else (224, 320)
    return picture.resize(size, Image.Resampling.BICUBIC)


def enlarged(picture: Image.Image, cells: int = FINE_CELLS) -> Image.Image:
    """A picture in the size in which small things stay apart, whatever its own size."""
    width, height = picture.size
    stretch = min(2.0, max(0.5, (width / height) ** 0.5))
    size = (round(cells * stretch) * 32, round(cells / stretch) * 32)
    return picture.resize(size, Image.Resampling.BICUBIC)


def stacked(last: Array, finer: Array) -> Array:
    """The last features at each place, and below them the finer ones of its four quarters.

    Returns:
        Features at each place, (1280 + 4 x 112, height / 32, width / 32).
    """
    _, rows, columns = last.shape
    quarters = finer.reshape(-1, rows, 2, columns, 2).transpose(0, 2, 4, 1, 3)
    return np.concatenate([last, quarters.reshape(-1, rows, columns)])
