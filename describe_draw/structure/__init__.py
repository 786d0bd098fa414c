"""Pictures that are built to be expensive are told by their structure, before any is decoded.

A file of a few bytes can take a decoder minutes or gigabytes: by thousands of scans or chunks, by
tables whose values overlap, by tiles larger than the picture. What is allowed here is far more
than cameras and programs write.
"""

import math

from PIL import Image, TiffImagePlugin
from PIL.ImageFile import ImageFile

from describe_draw.structure import avif, bmp, gif, ico, jpeg, png, ppm, tiff
from describe_draw.structure.reading import Data
from describe_draw.structure.refusal import TooComplex

__all__ = ["TooComplex", "check", "check_opened"]

MOST_SLOW_SAMPLES = 3_000_000
"""Of a picture that is decoded in Python, a microsecond each."""

LONGEST_SIDE = 65_535
"""What a JPEG can have, in pixels: scaling costs its length where it is a million times 16."""

SLOW = ("bmp_rle", "ppm", "ppm_plain")

WALKS = (jpeg, png, gif, bmp, ppm, ico, avif)
"""The formats that have more to look at than their tables of tags."""

TiffImagePlugin.ImageFileDirectory_v2 = tiff.Directory  # type: ignore[misc]  # in all formats


def check(data: Data, most_pixels: int) -> None:
    """Look at a file before Pillow does.

    Args:
        data: The whole file.
        most_pixels: What a picture may have.

    Raises:
        TooComplex: It is built in a way that takes too long to read.
        Image.DecompressionBombError: It has too many pixels, and room is made for them at once.
    """
    for walk in WALKS:
        if walk.accepts(data[:16]):
            walk.check(data, most_pixels)


def check_opened(picture: Image.Image) -> None:
    """Look at a picture that Pillow has opened and not decoded yet.

    Raises:
        TooComplex: Decoding it would take too long.
    """
    if max(picture.size) > LONGEST_SIDE:
        raise TooComplex("too long a side")
    if not isinstance(picture, ImageFile) or not picture.tile:
        return
    samples = math.prod(picture.size) * len(picture.getbands())
    if samples > MOST_SLOW_SAMPLES and any(tile.codec_name in SLOW for tile in picture.tile):
        raise TooComplex("too large for a decoder in Python")
    if isinstance(picture, TiffImagePlugin.TiffImageFile):
        tiff.check_tiles(picture)
