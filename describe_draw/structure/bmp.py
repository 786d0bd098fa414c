"""BMP: runs of pixels, which Pillow reads in Python, one by one."""

from describe_draw.structure.reading import Data, numbers
from describe_draw.structure.refusal import TooComplex

RUNS = ((1,), (2,))
MOST_OF_RUNS = 6_000_000
"""Bytes of a file of runs: those that add nothing to the picture are read too."""


def accepts(start: bytes) -> bool:
    return start.startswith(b"BM")


def check(data: Data, most_pixels: int) -> None:
    """See that a file of runs isn't long."""
    if len(data) > MOST_OF_RUNS and numbers("<I", data, 30) in RUNS:
        raise TooComplex("a BMP of too many runs")
