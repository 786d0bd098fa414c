"""GIF: blocks before the first picture, which Pillow joins one by one."""

from describe_draw.structure.reading import Data
from describe_draw.structure.refusal import TooComplex

MOST_BLOCKS = 20_000
MOST_COMMENT = 1_000_000
"""Bytes of comments."""

EXTENSION, PICTURE, END, COMMENT = b"!", b",", b";", b"\xfe"


def accepts(start: bytes) -> bool:
    return start.startswith((b"GIF87a", b"GIF89a"))


def check(data: Data, most_pixels: int) -> None:
    """Count a GIF's blocks up to its first picture."""
    flags = data[10] if len(data) > 10 else 0
    at, blocks, comment = 13 + ((6 << (flags & 7)) if flags & 128 else 0), 0, 0
    while (kind := data[at : at + 1]) not in (b"", PICTURE, END):
        if kind == EXTENSION:
            is_comment = data[at + 1 : at + 2] == COMMENT
            at += 2
            while size := data[at : at + 1].strip(b"\0"):
                blocks += 1
                comment += size[0] if is_comment else 0
                at += 1 + size[0]
                if blocks > MOST_BLOCKS or comment > MOST_COMMENT:
                    raise TooComplex("a GIF of too many blocks")
        blocks += 1
        at += 1
        if blocks > MOST_BLOCKS:
            raise TooComplex("a GIF of too many blocks")
