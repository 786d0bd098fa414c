"""PNG: chunks."""

import math

from PIL import Image

from describe_draw.structure.reading import Data, numbers
from describe_draw.structure.refusal import TooComplex

MAGIC = b"\x89PNG\r\n\x1a\n"

MOST_CHUNKS = 100_000
MOST_PACKED = 40
"""Chunks of text or colours that are unpacked, each to a megabyte."""

MOST_ANIMATED = 16_000_000
"""Pixels of an animation, of which Pillow keeps several copies."""

LONGEST_SMALL = 4096
"""Bytes of a chunk that holds a few numbers."""

PACKED = (b"iCCP", b"zTXt", b"iTXt")
SMALL = (b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"acTL", b"fcTL")


def accepts(start: bytes) -> bool:
    return start.startswith(MAGIC)


def check(data: Data, most_pixels: int, at: int = 0, most_chunks: int = MOST_CHUNKS) -> None:
    """Count a PNG's chunks, and look at what its head says.

    Args:
        data: The file.
        most_pixels: What the picture may have.
        at: Where in the file the PNG begins.
        most_chunks: What it may have of them.
    """
    at, chunks, packed, pixels, animated = at + len(MAGIC), 0, 0, 0, False
    while (head := numbers(">I4s", data, at)) and at + 8 + head[0] <= len(data):
        length, kind = head
        if kind == b"IEND":
            return
        chunks += 1
        packed += kind in PACKED
        animated |= kind == b"acTL"
        if kind == b"IHDR":
            pixels = max(pixels, math.prod(numbers(">II", data, at + 8) or ()))
        if pixels > most_pixels:
            raise Image.DecompressionBombError
        if (
            chunks > most_chunks
            or packed > MOST_PACKED
            or (kind in SMALL and length > LONGEST_SMALL)
            or (animated and pixels > MOST_ANIMATED)
        ):
            raise TooComplex("a PNG of too many parts")
        at += 12 + length
