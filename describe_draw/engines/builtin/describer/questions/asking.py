"""From an instruction in words to the question that it asks."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

from ..colours import COLOURS
from . import asking_chinese
from .forms import asked
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
    said = _bare(text)
    foreign = any(sign.isalpha() and sign > "\u024f" for sign in text)
    return asked(said, _question) if said and not foreign else None


def _bare(text: str) -> str:
    """Its words, without what is said for politeness and "in the picture"."""
    text = text.lower().replace("\u2019", "'")
    short: Mapping[str, str] = words_of()["short"]
    words = " ".join(short.get(word, word) for word in _WORD.findall(text)).split()
    said = " ".join(word.removesuffix("'s") for word in words)
    for left_out in _left_out():
        said = " ".join(left_out.sub("", said).split())
    return said


@cache
def _left_out() -> tuple[re.Pattern[str], ...]:
    words = words_of()
    polite = sorted(words["polite"], key=lambda said: -len(said.split()))
    within = " ".join(f"(?:{'|'.join(words[part])})" for part in ("within", "the", "pictures"))
    return tuple(re.compile(rf"(?<!\S)(?:{said})(?!\S)") for said in (within, "|".join(polite)))


def _question(kind: str, said: str) -> Question | None:
    """A question of a kind about some words; None where they don't belong to it."""
    gap = said.split()
    if kind == "is":
        return _is(gap)
    if kind == "side":
        place = named("places", " ".join(word for word in gap if word not in ("the", "hand")))
        return Question("side", value=place) if place else None
    if kind == "count" and {"colours", "words"}.intersection(gap):
        return None
    if kind == "kinds" and {"picture", "image", "medium"}.intersection(gap):
        return Question("medium")
    if kind == "colour" and said in ("background", "the background"):
        return Question("behind")
    return Question("dress" if kind == "colour" and _is_worn(gap) else kind, subjects(gap))


def _is_worn(gap: Sequence[str]) -> bool:
    clothes = table()["kinds"]["clothes"]
    return plain(gap[-1:]) in clothes or gap[-1] in ("clothes", *clothes)


_IT = ("it", "this", "that", "these", "those", "they", "we", "everything")


def _is(gap: Sequence[str]) -> Question | None:
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
        return Question("exists", subjects(rest))
    if gap[0] in ("a", "an", "any", "some"):
        return Question("exists", subjects(gap))
    return _checked(rest)


def _checked(rest: Sequence[str]) -> Question | None:
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


def subjects(words: Sequence[str]) -> tuple[Subject, ...]:
    """The things that some words name: "two cows and a red car"."""
    return tuple(_subject(part) for part in _split(words, "and|or")[:_MOST] if part)


def _split(words: Sequence[str], at: str) -> list[list[str]]:
    return [part.split() for part in re.split(rf"(?<!\S)(?:{at})(?!\S)", " ".join(words))]


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
