"""PPM, PGM and PBM: a head and perhaps pixels that are written out, both read in Python."""

import re

from describe_draw.structure.reading import Data
from describe_draw.structure.refusal import TooComplex

LONGEST_HEAD = 65_536
MOST_COMMENTS = 1000
"""Among pixels that are written out: each costs a copy of a megabyte."""

COMMENT = re.compile(rb"#[^\r\n]*+")


def accepts(start: bytes) -> bool:
    return start.startswith(b"P") and start[1:2] in (
        b"0",
        b"1",
        b"2",
        b"3",
        b"4",
        b"5",
        b"6",
        b"f",
        b"y",
    )


def check(data: Data, most_pixels: int) -> None:
    """See where a file's head ends, and count its comments."""
    head = COMMENT.sub(b"", data[:LONGEST_HEAD])
    if len(data) > LONGEST_HEAD and len(head.split(None, 4)) < 4:
        raise TooComplex("a PPM with a long head")
    if data[1:2] in b"123":
        comments, at = 0, -1
        while (at := data.find(b"#", at + 1)) >= 0:
            comments += 1
            if comments > MOST_COMMENTS:
                raise TooComplex("a PPM of too many comments")
