"""ICO: a table of icons, each a PNG or a bitmap, which Pillow decodes as soon as it opens it."""

from describe_draw.structure import png
from describe_draw.structure.reading import Data, numbers
from describe_draw.structure.refusal import TooComplex

MOST_ICONS = 100
MOST_CHUNKS = 1000
LARGEST = 4_000_000
"""Pixels of an icon and its mask; the format has no icon of more than 256 × 256."""

SHORT_HEADER = 12
HEADERS = (40, 52, 56, 64, 108, 124)
RAW, BITFIELDS = 0, 3


def accepts(start: bytes) -> bool:
    return start.startswith(b"\0\0\1\0")


def check(data: Data, most_pixels: int) -> None:
    """See that the largest icon is one: there may be several by what the table says."""
    (count,) = numbers("<H", data, 4) or (0,)
    if 6 + 16 * count > len(data):
        return  # cut short, which is told as damage
    if count > MOST_ICONS:
        raise TooComplex("too many icons")
    entries = [entry for n in range(count) if (entry := numbers("<BB10xI", data, 6 + 16 * n))]
    areas = [(width or 256) * (height or 256) for width, height, _ in entries]
    largest = max(areas, default=0)
    for at in {at for area, (*_, at) in zip(areas, entries, strict=True) if area == largest}:
        is_png = data[at : at + 8] == png.MAGIC
        width, height = (numbers(">II", data, at + 16) or (0, 0)) if is_png else _bitmap(data, at)
        if width * height > LARGEST:
            raise TooComplex("a picture in an icon's place")
        if is_png:
            png.check(data, most_pixels, at, MOST_CHUNKS)


def _bitmap(data: Data, at: int) -> tuple[int, int]:
    """Width and height of a bitmap and its mask, both 0 for what is none."""
    (header,) = numbers("<I", data, at) or (0,)
    if header == SHORT_HEADER:
        return numbers("<HH", data, at + 4) or (0, 0)
    if header not in HEADERS:
        return 0, 0
    width, height, _, packed = numbers("<iiII", data, at + 4) or (0, 0, 0, RAW)
    if packed not in (RAW, BITFIELDS):
        raise TooComplex("an icon that is decoded in Python")
    return abs(width), abs(height)
