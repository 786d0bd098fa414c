"""Prompts in other languages, turned into the vocabulary's English."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from .chinese import in_order
from .verbs import verbs
from .words import LONGEST_PHRASE, foreign_nouns, read_toml, vocabulary

LONGEST = 2_000
"""What of a prompt is looked up in other languages, in characters."""

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
_LATIN = ("de", "es", "fr", "it", "pt", "tr", "vi")
_UNSPACED = ("ja",)
_VERB_LAST = ("ja", "ko", "hi", "tr")
_NOUN_FIRST = ("es", "fr", "it", "pt", "vi", "ar")
"""Languages in which most adjectives follow their noun."""

_WORD = re.compile(r"[^\s.,;:!?()\"«»„“”。、，！？؟।'’]+|[.,;:!?]")
_NOUNS = ("thing", "feature", "place")
_OBJECT = "\0"
_TYING = "の의"
_AND, _THE = "و", "ال"
_LEAST_STEM = 4
_MOST_CUT = 3
_LONGEST_WORD = 24


@dataclass(frozen=True)
class _Language:
    """One language's words: its phrase → the kind of piece it is, and its English."""

    name: str
    pieces: dict[str, tuple[str, str]] = field(default_factory=dict)
    stems: dict[str, tuple[str, str]] = field(default_factory=dict)

    def find(self, phrase: str) -> tuple[str, str] | None:
        """What a word or phrase means, also where its ending is another than the dictionary's."""
        if found := self.pieces.get(phrase):
            return found
        if " " in phrase or self.name in _UNSPACED:
            return None
        if self.name == "ko":
            return self._without_particle(phrase)
        for bare in (phrase, phrase.removeprefix(_THE)):
            if found := self.pieces.get(bare):
                return found
            for cut in range(min(_MOST_CUT, len(bare) - _LEAST_STEM) + 1):
                if found := self.stems.get(bare[: len(bare) - cut]):
                    return found
        return None

    def _without_particle(self, word: str) -> tuple[str, str] | None:
        for cut in (1, 2):
            kind, _ = self.pieces.get(word[-cut:], ("", ""))
            if kind in ("ignored", "object") and (found := self.pieces.get(word[:-cut])):
                return (found[0], found[1] + _OBJECT) if kind == "object" else found
        return None


@cache
def _table() -> dict[str, Any]:
    return read_toml("foreign.toml")


@cache
def _language(name: str) -> _Language:
    pieces = {word: ("words", english) for word, english in foreign_nouns()[name].items()}
    for kind in ("words", "verbs"):
        for english, said in _table()[kind].items():
            pieces |= dict.fromkeys(said.get(name, "").split(", "), (kind, english))
    for mark, words in _table().get(name, {}).items():
        kind = {"object": "object", "ends": "ignored"}.get(mark, "after")
        pieces |= dict.fromkeys(words.split(", "), (kind, "" if kind == "ignored" else mark))
    pieces.pop("", None)
    stems = {word[:-1]: piece for word, piece in pieces.items() if len(word) > _LEAST_STEM}
    stems |= {word: piece for word, piece in pieces.items() if len(word) >= _LEAST_STEM}
    return _Language(name, pieces, stems)


def in_english(text: str) -> str:
    """A prompt in another language in English words; one in English or Chinese as it is."""
    text = unicodedata.normalize("NFKC", text)
    if (name := _language_of(text[:LONGEST])) is None:
        return text
    pieces = _pieces(text[:LONGEST].lower(), _language(name))
    if name in _VERB_LAST:
        pieces = _verbs_first(pieces)
    if name in _NOUN_FIRST:
        pieces = _adjectives_first(pieces)
    return in_order(pieces) + text[LONGEST:]


def _language_of(text: str) -> str | None:
    for name, script in _SCRIPTS:
        if script.search(text):
            return name
    words = _WORD.findall(text.lower())
    known = sum(map(_is_english, words))
    if known == len(words):
        return None
    counts = {name: sum(word in _language(name).pieces for word in words) for name in _LATIN}
    best = max(_LATIN, key=lambda name: counts[name])
    return best if counts[best] > known else None


def _is_english(word: str) -> bool:
    """Whether a word is no sign of another language."""
    known = vocabulary().find(word) or verbs().plain(word)
    return known is not None or word in ".,;:!?" or word in foreign_nouns()["en"]


def _pieces(text: str, language: _Language) -> list[tuple[str, str]]:
    """A text cut into the longest known words, each with its kind and English."""
    if language.name in _UNSPACED:
        return [piece for word in _WORD.findall(text) for piece in _cut(word, language)]
    words, found, at = _WORD.findall(text), [], 0
    if language.name == "ar":
        words = [part for word in words for part in _without_and(word, language)]
    while at < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            if piece := language.find(phrase):
                break
        kind, english = piece or ("unknown", phrase)
        found += _told(phrase, kind, english)
        at += length
    return found


def _without_and(word: str, language: _Language) -> list[str]:
    """An Arabic word, parted from the "and" that is written before it."""
    bare = word.removeprefix(_AND)
    return (
        [_AND, bare] if bare != word and not language.find(word) and language.find(bare) else [word]
    )


def _told(phrase: str, kind: str, english: str) -> list[tuple[str, str]]:
    """A piece, and what else its ending says: that the noun described or the object is over."""
    if kind == "after" and phrase[-1] in _TYING:
        return [(kind, english), ("of", "")]
    if english.endswith(_OBJECT):
        return [(kind, english.removesuffix(_OBJECT)), ("object", "")]
    return [(kind, english)]


def _cut(run: str, language: _Language) -> list[tuple[str, str]]:
    """Signs without spaces, cut into the longest known words."""
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(run):
        for length in range(min(_LONGEST_WORD, len(run) - at), 0, -1):
            if piece := language.pieces.get(run[at : at + length]):
                found += _told(run[at : at + length], *piece)
                break
        else:
            length = 1
            before = found.pop()[1] if found and found[-1][0] == "unknown" else ""
            found.append(("unknown", before + run[at]))
        at += length
    return found


def _is_noun(piece: tuple[str, str]) -> bool:
    if piece[0] != "words":
        return False
    meaning = vocabulary().find(piece[1])
    return meaning is not None and meaning.kind in _NOUNS


def _verbs_first(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Verbs before what they are done to: cat fish eating → cat eating fish."""
    found: list[tuple[str, str]] = []
    pieces = [piece for piece in pieces if piece[0] != "ignored" and piece[1] != "a"]
    for n, piece in enumerate(pieces):
        if piece[0] != "verbs":
            found.append(piece)
            continue
        follows = any(map(_is_noun, pieces[n + 1 : n + 2]))
        nouns = [k for k, one in enumerate(found) if _is_noun(one)]
        marked = ("object", "") in [(kind, "") for kind, _ in found[-1:]]
        if nouns and nouns[-1] >= len(found) - 2 and (marked or (len(nouns) > 1 and not follows)):
            first = nouns[-1]
            while first and _describes(found[first - 1]):
                first -= 1
            found.insert(first, piece)
        else:
            found.append(piece)
        if follows:
            found.append(("of", ""))
    return [piece for piece in found if piece[0] != "object"]


def _adjectives_first(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Adjectives before the noun that they follow: cat black → black cat."""
    found: list[tuple[str, str]] = []
    for piece in pieces:
        after = _describes(piece) and bool(found) and _is_noun(found[-1])
        found.insert(len(found) - after, piece)
    return found


def _describes(piece: tuple[str, str]) -> bool:
    meaning = vocabulary().find(piece[1]) if piece[0] == "words" else None
    colour = meaning is not None and meaning.kind == "colour"
    return colour or piece[1] in ("big", "small", "old")
