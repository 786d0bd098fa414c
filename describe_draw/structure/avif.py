"""AVIF: boxes, some of them tables that are searched anew for every entry."""

from collections.abc import Iterator

from describe_draw.structure.reading import Data, numbers
from describe_draw.structure.refusal import TooComplex

MOST_BOXES = 1000
LONGEST = {b"iinf": 32_768, b"iloc": 32_768, b"iref": 32_768, b"ipma": 32_768, b"moov": 131_072}
"""Bytes of a table: of what there is in the file, where, and how it belongs together."""

WITHIN = {b"meta": 4, b"iprp": 0}
"""Boxes of boxes, and where in them the first begins."""


def accepts(start: bytes) -> bool:
    return start[4:8] == b"ftyp"


def check(data: Data, most_pixels: int) -> None:
    """Measure an AVIF's tables."""
    _check(data, 0, len(data))


def _check(data: Data, at: int, end: int) -> None:
    for kind, begin, stop in _boxes(data, at, end):
        if stop - begin > LONGEST.get(kind, len(data)):
            raise TooComplex("an AVIF of too many parts")
        if kind in WITHIN:
            _check(data, begin + WITHIN[kind], stop)


def _boxes(data: Data, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, beginning and end of each box's content."""
    boxes = 0
    while at + 8 <= end and (head := numbers(">I", data, at)):
        size, begin = head[0], at + 8
        if size == 1:
            (size,) = numbers(">Q", data, begin) or (0,)
            begin += 8
        stop = min(end, at + size) if size else end
        yield data[at + 4 : at + 8], begin, max(begin, stop)
        boxes += 1
        if boxes > MOST_BOXES:
            raise TooComplex("an AVIF of too many boxes")
        at = max(begin, stop)
