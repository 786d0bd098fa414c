"""TIFF: directories of tags, also those of EXIF in every other format, and tiles."""

import io
import math
import struct
from typing import IO

from PIL.TiffImagePlugin import (
    IMAGELENGTH,
    IMAGEWIDTH,
    TILELENGTH,
    TILEWIDTH,
    ImageFileDirectory_v2,
    TiffImageFile,
)

from describe_draw.structure.refusal import TooComplex

MOST_TAGS = 65_535
MOST_NUMBERS = 1_000_000
"""Bytes of values that Pillow turns into Python's numbers, one by one."""

SPARE = 65_536
"""By how many bytes a directory's values may be longer than the file: a few writers share some."""

MOST_TILES = 100_000
MOST_COVERED = 6
"""How often tiles may cover the picture, which has at most six planes."""

LARGEST_TILE = 16_000_000
"""Pixels that a tile may always have."""

LENGTHS = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8}
"""Bytes of a value, by its type."""

BYTES = (1, 2, 7)
"""The types whose values stay bytes or text."""


class Directory(ImageFileDirectory_v2):
    """A directory that is looked at before it is loaded: its values may overlap without end."""

    def load(self, fp: IO[bytes]) -> None:
        """Load the directory at which the file stands.

        Raises:
            TooComplex: Its values take more room than the file, or are too many numbers.
        """
        begin = fp.tell()
        self._check(fp, fp.seek(0, io.SEEK_END), begin)
        fp.seek(begin)
        super().load(fp)

    def _check(self, fp: IO[bytes], end: int, begin: int) -> None:
        head, layout = ("Q", "HHQQ") if self._bigtiff else ("H", "HHLL")
        order = "<" if self.prefix == b"II" else ">"
        head, layout = order + head, order + layout
        fp.seek(begin)
        found = fp.read(struct.calcsize(head))
        if len(found) < struct.calcsize(head):
            return
        (count,) = struct.unpack(head, found)
        if count > MOST_TAGS:
            raise TooComplex("a directory of too many tags")
        table = fp.read(count * struct.calcsize(layout))
        table = table[: len(table) - len(table) % struct.calcsize(layout)]
        every = counted = 0
        for _, kind, values, at in struct.iter_unpack(layout, table):
            size = values * LENGTHS.get(kind, 0)
            if size <= (8 if self._bigtiff else 4):
                continue
            if at + size > end:  # where Pillow stops
                break
            every += size
            counted += 0 if kind in BYTES else size
        if every > end + SPARE or counted > MOST_NUMBERS:
            raise TooComplex("a directory of too many values")


def check_tiles(picture: TiffImageFile) -> None:
    """See that a TIFF's tiles, decoded one by one, are about as large as the picture."""
    tags = picture.tag_v2
    width, height = tags[IMAGEWIDTH], tags[IMAGELENGTH]
    boxes = [tile.extents for tile in picture.tile if tile.extents]
    covered = sum((right - left) * (lower - upper) for left, upper, right, lower in boxes)
    if len(boxes) > MOST_TILES or covered > MOST_COVERED * width * height:
        raise TooComplex("a TIFF of too many tiles")
    across, down = tags.get(TILEWIDTH, width), tags.get(TILELENGTH, height)
    if not (isinstance(across, int) and isinstance(down, int) and across > 0 and down > 0):
        raise TooComplex("a TIFF of tiles without a size")
    tiles = math.ceil(width / across) * math.ceil(height / down)
    if tiles * across * down > max(LARGEST_TILE, MOST_COVERED * width * height):
        raise TooComplex("a TIFF of tiles larger than the picture")
