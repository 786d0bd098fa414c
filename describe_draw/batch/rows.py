"""One of many pictures, and what became of it."""

from dataclasses import dataclass, field
from pathlib import Path

from describe_draw.engines.base import Credit
from describe_draw.problems import Problem
from describe_draw.texts import Message


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it was handed over.

    Args:
        name: As the visitor knows it, with the folders it is in.
        path: Where it is, None where it could not be had.
        problem: Why not.
    """

    name: str
    path: Path | None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A file that was found among those.

    Args:
        name: As the visitor knows it, harmless to show, and no other item's.
        path: The picture, None where it is none that can be described.
        ending: The one that files of its format have, e.g. `.jpg`.
        text: The caption that came along in a file beside it, empty without one.
        digest: What equal pictures have in common.
        problem: Why it can't be described.
        source: What it was handed over as, in full: a file's path, or a zip's and its name in it.
    """

    name: str
    path: Path | None = None
    ending: str = ""
    text: str = ""
    digest: bytes = field(default=b"", repr=False)
    problem: Message | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of an item: a caption, or a problem.

    Args:
        item: Which.
        caption: What was said of it.
        credit: Who said it, None where it came along.
        problem: Why there is none.
        is_left: Whether it was left, since what went wrong concerns all that are to come.
    """

    item: Item
    caption: str = ""
    credit: Credit | None = None
    problem: Message | None = None
    is_left: bool = False
