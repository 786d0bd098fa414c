"""What several styles share: grain, corners, lines, cells, soft light."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter, ImageOps

Noise = np.random.Generator
Floats = NDArray[np.floating[Any]]
Labels = NDArray[np.integer[Any]]
Colour = tuple[int, int, int]
PAPER = (252, 249, 241)


def unit_of(picture: Image.Image) -> int:
    """What lengths are measured by: the shorter side."""
    return min(picture.size)


def grain(size: tuple[int, int], rng: Noise, cell: int, low: int) -> Image.Image:
    """Grey noise from `low` to 255 in cells of some pixels, as large as the picture."""
    across, down = max(2, size[0] // cell), max(2, size[1] // cell)
    noise = rng.integers(low, 256, (down, across), dtype=np.uint8)
    return Image.fromarray(noise).resize(size, Image.Resampling.BICUBIC)


def floats(picture: Image.Image) -> Floats:
    return np.asarray(picture, np.float32)


def image(values: Floats) -> Image.Image:
    return Image.fromarray(values.clip(0, 255).astype(np.uint8))


def shades(mask: Image.Image) -> Floats:
    """A grey picture as shares from 0 to 1."""
    return floats(mask) / 255


def sheet(size: tuple[int, int], colour: Colour = PAPER) -> Image.Image:
    return Image.new("RGB", size, colour)


def inked(picture: Image.Image, ink: Image.Image, colour: Colour) -> Image.Image:
    """The picture with lines (white on black) over it in a colour."""
    return Image.composite(sheet(picture.size, colour), picture, ink)


def graded(picture: Image.Image, share: float, *tones: Colour) -> Image.Image:
    """The picture, a share of it in tones from a dark one over a middle to a light one."""
    dark, middle, light = tones
    grade = ImageOps.colorize(picture.convert("L"), dark, light, mid=middle)
    return Image.blend(picture, grade, share)


def pixels_at(points: Floats, size: tuple[int, int]) -> tuple[Labels, Labels]:
    """Rows and columns of points (first across, then down), all of them in a picture of a size."""
    columns, rows = points.astype(np.int32)
    return rows.clip(0, size[1] - 1), columns.clip(0, size[0] - 1)


def textured(picture: Image.Image, rng: Noise, cell: int, low: int) -> Image.Image:
    """The picture on rough paper."""
    return ImageChops.multiply(picture, grain(picture.size, rng, cell, low).convert("RGB"))


def vignette(picture: Image.Image, strength: int = 26) -> Image.Image:
    """Slightly darker corners, so that the eye rests in the middle."""
    width, height = picture.size
    y, x = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    mask = 255 - strength * np.clip((x * x + y * y) / 2, 0, 1)
    return ImageChops.multiply(picture, Image.fromarray(mask.astype(np.uint8)).convert("RGB"))


def blurred(picture: Image.Image, share: float) -> Image.Image:
    """Softened over a share of the shorter side."""
    return picture.filter(ImageFilter.GaussianBlur(unit_of(picture) * share))


def lines(picture: Image.Image, gain: float = 3.0, thick: bool = False) -> Image.Image:
    """White lines on black where colours meet."""
    bands = picture.filter(ImageFilter.FIND_EDGES).split()
    strongest = bands[0]
    for band in bands[1:]:
        strongest = ImageChops.lighter(strongest, band)
    strongest = strongest.point(lambda v: min(255, int(max(0, v - 10) * gain)))
    right, foot = picture.size
    for box in ((0, 0, right, 2), (0, 0, 2, foot), (0, foot - 2, right, foot),
                (right - 2, 0, right, foot)):  # fmt: skip
        strongest.paste(0, box)
    if thick:
        strongest = strongest.filter(ImageFilter.MaxFilter(3))
    return strongest.filter(ImageFilter.SMOOTH)


def _palette(small: Image.Image, colours: int) -> Image.Image:
    """Half of the colours for what is large, half for what is unlike it: a face, a bee."""
    inks: list[int] = []
    for method in (Image.Quantize.MEDIANCUT, Image.Quantize.MAXCOVERAGE):
        found = small.quantize(colours // 2, method=method).getpalette() or []
        inks += found[: 3 * (colours // 2)]
    palette = Image.new("P", (1, 1))
    palette.putpalette(inks)
    return palette


def few_inks(picture: Image.Image, colours: int) -> Image.Image:
    """With a palette of so few colours."""
    palette = _palette(picture.reduce(4), colours)
    smooth = picture.filter(ImageFilter.MedianFilter(3))
    return smooth.quantize(palette=palette, dither=Image.Dither.NONE)


def in_inks(picture: Image.Image, inks: Iterable[Colour]) -> Image.Image:
    """In the nearest of these colours."""
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for ink in inks for channel in ink])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE).convert("RGB")


def flat(picture: Image.Image, colours: int) -> Image.Image:
    """In so few colours."""
    return few_inks(picture, colours).convert("RGB")


def cells(size: tuple[int, int], rng: Noise, cell: float, jitter: float) -> Labels:
    """Number of the nearest of scattered points, for every pixel."""
    width, height = size
    across, down = int(width / cell) + 3, int(height / cell) + 3
    wobble = rng.uniform(-jitter, jitter, (2, down, across)).astype(np.float32)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / np.float32(cell) + 1
    column, row = x.astype(np.int32), y.astype(np.int32)
    best = np.full((height, width), np.inf, np.float32)
    label = np.zeros((height, width), np.int32)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            r, c = (row + dy).clip(0, down - 1), (column + dx).clip(0, across - 1)
            far = (y - r - 0.5 - wobble[0][r, c]) ** 2 + (x - c - 0.5 - wobble[1][r, c]) ** 2
            nearer = far < best
            best[nearer] = far[nearer]
            label[nearer] = (r * across + c)[nearer]
    return label


def averaged(picture: Image.Image, label: Labels) -> Image.Image:
    """Every cell in the mean of its colours."""
    pixels, flat_label = floats(picture).reshape(-1, 3), label.ravel()
    count = np.bincount(flat_label).clip(1)
    means = [np.bincount(flat_label, pixels[:, band]) / count for band in range(3)]
    return image(np.stack(means, 1).astype(np.float32)[label])


def seams(label: Labels, thickness: int) -> Image.Image:
    """White lines on black between cells."""
    edge = np.zeros(label.shape, bool)
    edge[:, 1:] |= label[:, 1:] != label[:, :-1]
    edge[1:] |= label[1:] != label[:-1]
    found = Image.fromarray(edge.astype(np.uint8) * 255)
    return found.filter(ImageFilter.MaxFilter(thickness | 1)) if thickness > 1 else found


def relief(height: Image.Image, strength: float) -> Floats:
    """How a surface of such heights is lit from the upper left: about 1."""
    surface = floats(height)
    rows, columns = np.gradient(surface, axis=0), np.gradient(surface, axis=1)
    lit: Floats = np.asarray(1 - strength * (rows + columns), np.float32)[..., None]
    return lit
