"""From an instruction in words to the question that it asks."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from ..colours import COLOURS
from . import asking_chinese
from .forms import asked, style_asked
from .kinship import is_known, plain
from .question import CHECKED, LONGEST, MAIN, Question, Subject, named, table, words_of

_WORD = re.compile(r"[a-z0-9]{1,40}(?:'[a-z]{1,3})?(?![a-z0-9])")
_MOST = 3
"""Things that one question may ask about."""


def understood(text: str) -> Question | None:
    """What an instruction asks of a picture; None where it is no question that is known."""
    if len(text) > LONGEST:
        return None
    if asking_chinese.is_chinese(text):
        return asking_chinese.understood(text)
    text = unicodedata.normalize("NFKC", text)
    words = _words(text)
    if not words or _foreign(text):
        return None
    return style_asked(words) or asked(words, _question)


def _foreign(text: str) -> bool:
    return any(sign.isalpha() and sign > "\u024f" for sign in text)


def _words(text: str) -> list[str]:
    """Its words, without what is said for politeness and "in the picture"."""
    text = text.lower().replace("\u2019", "'")
    short: Mapping[str, str] = words_of()["short"]
    words = " ".join(short.get(word, word) for word in _WORD.findall(text)).split()
    words = [word.removesuffix("'s") for word in words]
    for left_out in (_within(), _polite()):
        words = _without(words, left_out)
    return words


def _without(words: list[str], left_out: frozenset[tuple[str, ...]]) -> list[str]:
    longest = max(map(len, left_out))
    kept: list[str] = []
    at = 0
    while at < len(words):
        sizes = range(longest, 0, -1)
        size = next((n for n in sizes if tuple(words[at : at + n]) in left_out), 0)
        kept += [] if size else [words[at]]
        at += size or 1
    return kept


@cache
def _polite() -> frozenset[tuple[str, ...]]:
    said = words_of()["polite"]
    return frozenset(tuple(words.split()) for words in said)


@cache
def _within() -> frozenset[tuple[str, ...]]:
    words = words_of()
    return frozenset(
        (preposition, the, picture)
        for preposition in words["within"]
        for the in words["the"]
        for picture in words["pictures"]
    )


def _question(kind: str, gap: tuple[str, ...]) -> Question | None:
    """A question of a kind about some words; None where they don't belong to it."""
    if kind == "is":
        return _is(gap)
    if kind == "side":
        return _side(gap)
    if kind == "count" and {"colours", "words"}.intersection(gap):
        return None
    if kind == "kinds" and {"picture", "image", "medium"}.intersection(gap):
        return Question("medium")
    if kind == "colour" and gap in (("background",), ("the", "background")):
        return Question("behind")
    return Question("dress" if kind == "colour" and _is_worn(gap) else kind, subjects(gap))


def _is_worn(gap: tuple[str, ...]) -> bool:
    clothes = table()["kinds"]["clothes"]
    return plain(gap[-1:]) in clothes or gap[-1] in ("clothes", *clothes)


def _side(gap: tuple[str, ...]) -> Question | None:
    place = named("places", " ".join(word for word in gap if word not in ("the", "hand")))
    return Question("side", value=place) if place else None


_IT = ("it", "this", "that", "these", "those", "they", "we", "everything")


def _is(gap: tuple[str, ...]) -> Question | None:
    """Such as "Is it night?", "Is the cat black?", "Is a dog there?"."""
    its = gap[0] in _IT
    rest = [w for w in (gap[1:] if its else gap) if w not in ("a", "an", "taken", "made", "shot")]
    if not rest:
        return None
    for section, kind in CHECKED.items():
        values = [named(section, " ".join(part)) for part in _split(rest, "or")]
        if its and values and all(values):
            return Question(kind, value=values[0] if len(values) == 1 else "")
    if its:
        return Question("exists", subjects(tuple(rest)))
    if gap[0] in ("a", "an", "any", "some"):
        return Question("exists", subjects(gap))
    return _checked(tuple(rest))


def _checked(rest: tuple[str, ...]) -> Question | None:
    """Whether a thing has a colour, or is at a place."""
    if rest[-1] in COLOURS and len(rest) > 1:
        return Question("colour", subjects(rest[:-1]), rest[-1])
    for at in range(1, len(rest) - 1):
        place = named("places", " ".join(w for w in rest[at + 1 :] if w != "the"))
        if rest[at] in ("on", "at", "in") and place:
            return Question("where", subjects(rest[:at]), place)
    if len(rest) > 1 and named("insides", rest[-1]):
        return Question("inside", value=named("insides", rest[-1]))
    return None


def subjects(words: tuple[str, ...]) -> tuple[Subject, ...]:
    """The things that some words name: "two cows and a red car"."""
    parts = [part for one in _split(list(words), "and") for part in _split(one, "or")]
    return tuple(_subject(part) for part in parts[:_MOST] if part)


def _split(words: list[str], at: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word == at:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _subject(words: list[str]) -> Subject:
    """One thing, with the number and the colour that stand before it."""
    numbers, leading = words_of()["numbers"], words_of()["leading"]["words"]
    least, colour = 1, None
    more = words[:2] == ["more", "than"]
    words = words[2:] if more else words
    while len(words) > 1 and (words[0] in leading or words[0] in numbers or words[0] in COLOURS):
        least = numbers.get(words[0], least)
        colour = words[0] if words[0] in COLOURS else colour
        words = words[1:]
    noun = MAIN if len(words) == 1 and words[0] in _IT else plain(words)
    return Subject(noun if noun == MAIN or is_known(noun) else None, colour, least + more)
