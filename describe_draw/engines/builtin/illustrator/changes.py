"""Words that change a picture, cut into one change each."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from .words import read_toml

LONGEST = 2_000
MOST = 24
"""What of the words is read, in characters and in changes."""

_MARKS = re.compile(r"[,.;:!?，。；：！？、]|\n")
_LISTED = re.compile(r"(?:an?|the|some|two|three|and)\b|[一两兩二三和]")
_LISTS = frozenset({"add", "remove"})


@dataclass(frozen=True)
class Change:
    """One change.

    Attributes:
        kind: replace, give, remove, add, make, or more where the words only say what there is.
        what: What of the picture it is about, in words.
        new: What comes instead, or in addition.
    """

    kind: str
    what: str = ""
    new: str = ""


def changes(text: str) -> list[Change]:
    """What is to change, in its order.

    Args:
        text: In English or Chinese; any text is accepted.
    """
    said = unicodedata.normalize("NFKC", text[:LONGEST]).lower().replace("’", "'")
    found: list[Change] = []
    for clause in _clauses(said):
        change = _change(clause)
        if change.kind == "more" and found and found[-1].kind in _LISTS and _is_listed(clause):
            change = Change(found[-1].kind, change.new, change.new)
        found.append(change)
    return found[:MOST]


def tables() -> dict[str, Any]:
    """The words of changes."""
    return _tables()


def _tables() -> dict[str, Any]:
    return read_toml("editing.toml")


def _clauses(text: str) -> Iterator[str]:
    """What stands between commas and the like, and before a verb that begins a change."""
    for part in _MARKS.split(text):
        for clause in _between().split(part):
            if bare := _bare(clause):
                yield bare


def _bare(clause: str) -> str:
    """A clause without what says nothing at its ends."""
    bare, polite = " ".join(clause.split()), _tables()["polite"]
    for _ in range(3):
        for word in polite["begins"]:
            if bare.startswith(word) and _ends(word, bare[len(word) :]):
                bare = bare[len(word) :].strip()
        for word in polite["ends"]:
            if bare.endswith(word) and bare != word:
                bare = bare[: -len(word)].strip()
    return bare


def _ends(word: str, rest: str) -> bool:
    return not word.isascii() or rest[:1] in ("", " ")


def _is_listed(clause: str) -> bool:
    """Whether a clause goes on with a list: "a cat", after "add a dog,"."""
    return _LISTED.match(clause) is not None


def _change(clause: str) -> Change:
    for kind, pattern in _patterns():
        if found := pattern.fullmatch(clause):
            said = found.groupdict()
            return Change(kind, said.get("x") or "", said.get("y") or "")
    return Change("more", new=clause)


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    named = _tables()["patterns"].items()
    return [(kind, _compiled(pattern)) for kind, patterns in named for pattern in patterns]


def _compiled(pattern: str) -> re.Pattern[str]:
    pieces = re.split(r"(\{[xy]\})", pattern)
    last = len(pieces) - 2
    parts = [
        re.escape(piece) if piece not in ("{x}", "{y}")
        else f"(?P<{piece[1]}>.+{'?' * (n != last or bool(pieces[-1]))})"
        for n, piece in enumerate(pieces)
    ]  # fmt: skip
    return re.compile("".join(parts))


@cache
def _between() -> re.Pattern[str]:
    """What stands between two clauses, the next one's verb excluded."""
    verbs, signs = set(), set()
    for patterns in _tables()["patterns"].values():
        for pattern in patterns:
            first = pattern.partition("{")[0].strip()
            if first and first.isascii() and first not in ("with", "no", "also"):
                verbs.add(re.escape(first))
            elif len(first) > 1:
                signs.add(re.escape(first))
    joints = "|".join(map(re.escape, _tables()["between"]["words"]))
    stops = "|".join(map(re.escape, _tables()["between"]["signs"]))
    ahead = "|".join(sorted(verbs, key=len, reverse=True))
    begun = "|".join(signs)
    return re.compile(
        rf"\b(?:{joints})\b|\band\b(?=\s+(?:{ahead})\b)|{stops}|[和并並再](?={begun})"
    )
