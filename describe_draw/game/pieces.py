"""A caption cut into pieces: nouns, verbs, and the words that describe, count and place."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from describe_draw.engines.builtin.illustrator.chinese import is_chinese, translate
from describe_draw.engines.builtin.illustrator.words import read_toml, split
from describe_draw.english import singular
from describe_draw.game.nouns import LONGEST_PHRASE, nouns

Kind = Literal["noun", "verb", "attribute", "count", "relation", "article", "other", "end"]

LONGEST = 4000
"""What of a caption is read, in characters."""

MOST = 200
"""Pieces that are read, those that say nothing too: what is named first is what it is about."""

STOP_WORDS = frozenset(files(__package__).joinpath("stop_words.txt").read_text("utf-8").split())
"""Words that say nothing of what is seen, those for the medium among them."""

_ENDS = frozenset(".,;:!?")
_ANNOUNCING = ("article", "count", "attribute", "relation")
"""Kinds after which a word that may be a noun or a verb is a noun."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or phrase of a caption.

    Args:
        kind: What it does.
        text: As it was read, in lower case.
        value: What it stands for: a noun's singular, a verb's plain form, a colour's name.
    """

    kind: Kind
    text: str
    value: str = ""


def pieces(caption: str) -> list[Piece]:
    """The pieces of a caption in English or Chinese, in their order, at most `MOST`."""
    words, found, at = split(translate(caption[:LONGEST])), [Piece("end", "")], 0
    while at < len(words) and len(found) <= MOST:
        found.append(_piece(words, at, found[-1]))
        at += len(found[-1].text.split())
    return found[1:]


@cache
def _table() -> dict[str, tuple[Kind, str]]:
    """Phrase → its kind and what it stands for. Colours, sizes and counts are the illustrator's."""
    house, own = read_toml("vocabulary.toml"), _own()
    described = house["colours"] | {size: house["phrases"][size] for size in ("big", "small")}
    kinds: tuple[tuple[Kind, dict[str, list[str]]], ...] = (
        ("attribute", described | own["materials"]),
        ("relation", own["relations"]),
        ("count", house["counts"]),
        ("other", {"": own["nothing"]["words"].split()}),
        ("article", {"": own["articles"]["words"].split()}),
        ("end", {"": list(_ENDS)}),
    )
    found: dict[str, tuple[Kind, str]] = {}
    for kind, table in kinds:
        for value, phrases in table.items():
            found |= dict.fromkeys(phrases, (kind, value))
    return found


@cache
def _measures() -> frozenset[str]:
    return frozenset(_own()["measures"]["words"].split())


@cache
def _things_too() -> frozenset[str]:
    """Words that describe, but where nothing follows to be described name a thing: "a glass"."""
    materials = {word for words in _own()["materials"].values() for word in words}
    return frozenset(filter(nouns().noun, materials)) | {"orange"}


@cache
def _own() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))


def _piece(words: list[str], at: int, before: Piece) -> Piece:
    """The longest known piece that begins at a word, or else the word."""
    for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
        phrase, rest = " ".join(words[at : at + length]), words[at + length :]
        if length > 1 and (noun := nouns().noun(phrase)):
            return Piece("noun", phrase, noun)
        if phrase in _table() and (phrase not in _things_too() or _goes_on(rest)):
            return Piece(_table()[phrase][0], phrase, _table()[phrase][1])
    return _word(words[at], words[at + 1 :], before)


def _word(word: str, rest: list[str], before: Piece) -> Piece:
    if word in STOP_WORDS or word.endswith("ly"):
        return Piece("other", word)
    one = singular(word)
    if one in _measures() and rest[:1] == ["of"]:
        return Piece("article", word)  # a cup of coffee is coffee
    noun, verb = nouns().noun(word), nouns().verb(word)
    if verb and _is_verb(word, noun, before, rest):
        return Piece("verb", word, verb)
    if noun:
        says_nothing = noun in STOP_WORDS or _table().get(noun, ("",))[0] == "other"
        return Piece("other" if says_nothing else "noun", word, noun)
    if is_chinese(word) or _is_named(word, before, rest):
        return Piece("noun", word, one)  # of which no more is known
    return Piece("attribute", word, _made_of(word))


def _made_of(word: str) -> str:
    """The noun in an adjective ("snowy"), or the word itself."""
    stems = (word[:-1], word[:-2], f"{word[:-1]}e") if word.endswith("y") else ()
    return next((stem for stem in stems if len(stem) > 2 and nouns().noun(stem)), word)


def _is_verb(word: str, noun: str | None, before: Piece, rest: list[str]) -> bool:
    """Whether a word that may be a verb is one where it stands."""
    if before.kind in _ANNOUNCING:
        return not noun and _goes_on(rest)  # "a running dog", but "a moped"
    if not noun or word.endswith("ing"):
        return True
    if before.kind == "noun":
        agrees = (word != noun) != (before.text != before.value)  # "a dog drinks", "dogs drink"
        return agrees and nouns().is_rather_verb(noun)
    return before.kind == "other" and word != noun and nouns().is_rather_verb(noun)


def _is_named(word: str, before: Piece, rest: list[str]) -> bool:
    """Whether a word that nobody knows names a thing, rather than describing one."""
    if _goes_on(rest):
        return False
    return before.kind in ("end", *_ANNOUNCING) or (before.kind == "noun" and word[-1] in "rs")


def _goes_on(rest: list[str]) -> bool:
    """Whether the noun that is described is still to come."""
    if rest[:1] == ["and"]:  # "brown and white dog"
        rest = rest[1:] if _table().get("".join(rest[1:2]), ("",))[0] == "attribute" else []
    if not rest or rest[0] in STOP_WORDS or rest[0] in _ENDS:
        return False
    known = _table().get(rest[0])
    return known[0] == "attribute" if known else not _only_verb(rest[0])


def _only_verb(word: str) -> bool:
    return bool(nouns().verb(word)) and not nouns().noun(word)
