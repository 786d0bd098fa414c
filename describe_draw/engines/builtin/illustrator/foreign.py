"""Prompts in other languages, turned into the vocabulary's English."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from .order import Piece, bears, in_order, is_adjective, is_noun
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
_HEAD_LAST = ("de",)
"""Languages whose compounds are written as one word."""

_MARKS = str.maketrans("、。，；：！？،؛؟।", ",.,;:!?,;?.")
_WORD = re.compile(r"[^\s.,;:!?()\"«»„“”'’]+|[.,;:!?]")
_NOUNS = ("words", "unknown")
_AND = "و"
_KINDS = ("object", "subject", "placed", "of", "ignored")
_ENDINGS: dict[str, list[Piece]] = {
    "placed_endings": [("placed", "")],
    "having_endings": [("after", "with"), ("of", "")],
}
_AFFIXES = ("endings", "prefixes", "softened", *_ENDINGS)
_LEAST_STEM = 3
_LEAST_HEAD = 4
_LONGEST_WORD = 24


@dataclass(frozen=True)
class _Language:
    """One language's words: its phrase → the kind of piece it is, and its English."""

    name: str
    pieces: dict[str, Piece] = field(default_factory=dict)
    stems: dict[str, Piece] = field(default_factory=dict)
    affixes: dict[str, list[str]] = field(default_factory=dict)

    def find(self, phrase: str) -> list[Piece]:
        """What a word or phrase means, also where its ending is another than the dictionary's."""
        if found := self.pieces.get(phrase):
            return [found]
        if self.name == "ko":
            return self._with_particle(phrase)
        if " " in phrase or self.name in _UNSPACED:
            return []
        for bare in (phrase, *self._without_prefix(phrase)):
            if found := self._by_stem(bare) or self._by_head(bare):
                return [found, *self._said_by_ending(bare)]
        return []

    def _said_by_ending(self, word: str) -> list[Piece]:
        """What an ending says: masada is on the table, şapkalı is who has a hat."""
        for kind, said in _ENDINGS.items():
            for ending in self.affixes.get(kind, ()):
                if word.endswith(ending) and word.removesuffix(ending) in self.pieces:
                    return said
        return []

    def _with_particle(self, word: str) -> list[Piece]:
        ends = [(word[:-cut], self.pieces.get(word[-cut:])) for cut in range(1, min(4, len(word)))]
        parted = [(bare, end) for bare, end in ends if end and _is_particle(end)]
        for bare, end in parted:
            if found := self.find(bare):
                return [*found, end]
        unknown = parted and " " not in word
        return [("unknown", parted[0][0]), parted[0][1]] if unknown else []

    def _without_prefix(self, word: str) -> list[str]:
        prefixes = self.affixes.get("prefixes", ())
        return [word.removeprefix(prefix) for prefix in prefixes if word.startswith(prefix)]

    def _by_stem(self, word: str) -> Piece | None:
        softened = {soft[0]: soft[1] for soft in self.affixes.get("softened", ())}
        for stem in _stems(word, self.affixes.get("endings", [])):
            hard = stem[:-1] + softened.get(stem[-1], stem[-1])
            for one in (stem, hard):
                if found := self.pieces.get(one) or self.stems.get(one):
                    return found
        return None

    def _by_head(self, word: str) -> Piece | None:
        """The last noun of a compound, which it is a kind of: Apfelbaum."""
        if self.name in _HEAD_LAST:
            for at in range(_LEAST_STEM, len(word) - _LEAST_HEAD + 1):
                found = self.pieces.get(word[at:])
                if found and found[0] == "words" and is_noun(found[1]):
                    return found
        return None


def _is_particle(piece: Piece) -> bool:
    return piece[0] not in ("words", "verbs") or piece[1] == "and"


def _stems(word: str, endings: list[str]) -> list[str]:
    """A word, and what is left of it without each ending, the longest ending first."""
    cut = [word[: -len(end)] for end in endings if word.endswith(end)]
    return [stem for stem in [word, *sorted(cut, key=len)] if len(stem) >= _LEAST_STEM]


@cache
def _table() -> dict[str, Any]:
    return read_toml("foreign.toml")


@cache
def _language(name: str) -> _Language:
    pieces: dict[str, Piece] = {w: ("words", said) for w, said in foreign_nouns()[name].items()}
    for kind in ("words", "verbs"):
        for english, said in _table()[kind].items():
            pieces |= dict.fromkeys(said.get(name, "").split(", "), (kind, english))
    own = dict(_table().get(name, {}))
    affixes = {kind: own.pop(kind).split(", ") for kind in _AFFIXES if kind in own}
    for mark, words in own.items():
        piece = (mark, "") if mark in _KINDS else ("after", mark)
        pieces |= dict.fromkeys(words.split(", "), piece)
    pieces.pop("", None)
    stems: dict[str, Piece] = {}
    for word, piece in pieces.items():
        if piece[0] in ("words", "verbs") and " " not in word:
            for stem in _stems(word, affixes.get("endings", [])):
                stems.setdefault(stem, piece)
    return _Language(name, pieces, stems, affixes)


def in_english(text: str) -> str:
    """A prompt in another language in English words; one in English or Chinese as it is."""
    text = unicodedata.normalize("NFKC", text).translate(_MARKS)
    if (name := _language_of(text[:LONGEST])) is None:
        return text
    pieces = _pieces(text[:LONGEST].lower(), _language(name))
    if name in _VERB_LAST:
        return in_order(pieces, verb_last=True) + text[LONGEST:]
    if name in _NOUN_FIRST:
        pieces = _adjectives_first(pieces)
    pieces = _subjects_first(_on_what_bears(pieces))
    return " ".join(english for _, english in pieces if english) + text[LONGEST:]


def said_as(english: str, text: str) -> str | None:
    """The word of a text in another language that means `english`; None without one."""
    if (name := _language_of(text[:LONGEST])) is None:
        return None
    language, text = _language(name), text.lower()
    words = [w for w in language.pieces if w in text] if name in _UNSPACED else _WORD.findall(text)
    said = (w for w in words if english in (piece[1] for piece in language.find(w)))
    return max(said, key=len, default=None)


def _language_of(text: str) -> str | None:
    for name, script in _SCRIPTS:
        if script.search(text):
            return name
    words = _WORD.findall(text.lower())
    known = sum(map(_is_english, words))
    if known == len(words):
        return None
    found = {name: [w for w in words if w in _language(name).pieces] for name in _LATIN}
    best = max(_LATIN, key=lambda name: len(found[name]))
    telling = any(_is_telling(_language(best).pieces[word]) for word in found[best])
    return best if telling and len(found[best]) > known else None


def _is_telling(piece: Piece) -> bool:
    """Whether a word is no mere small word, which other languages may have too."""
    return piece[0] == "verbs" or (piece[0] == "words" and is_noun(piece[1]))


def _is_english(word: str) -> bool:
    """Whether a word is no sign of another language."""
    known = vocabulary().find(word) or verbs().plain(word)
    return known is not None or word in ".,;:!?" or word in foreign_nouns()["en"]


def _pieces(text: str, language: _Language) -> list[Piece]:
    """A text cut into the longest known words, each with its kind and English."""
    if language.name in _UNSPACED:
        return [piece for word in _WORD.findall(text) for piece in _cut(word, language)]
    words, at = _WORD.findall(text), 0
    found: list[Piece] = []
    while at < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            if pieces := language.find(phrase):
                break
        found += pieces or _unknown(phrase, language)
        at += length
    return found


def _unknown(word: str, language: _Language) -> list[Piece]:
    """A word that isn't known, parted from an "and" that is written before it."""
    bare = word.removeprefix(_AND)
    if language.name == "ar" and bare != word and (found := language.find(bare)):
        return [("words", "and"), *found]
    return [("mark" if word in ".,;:!?" else "unknown", word)]


def _cut(run: str, language: _Language) -> list[Piece]:
    """Signs without spaces, cut into the longest known words."""
    found: list[Piece] = []
    at = 0
    while at < len(run):
        for length in range(min(_LONGEST_WORD, len(run) - at), 0, -1):
            if piece := language.pieces.get(run[at : at + length]):
                found.append(piece)
                break
        else:
            length = 1
            before = found.pop()[1] if found and found[-1][0] == "unknown" else ""
            kind = "mark" if run[at] in ".,;:!?" else "unknown"
            found.append((kind, before + run[at]))
        at += length
    return found


def _adjectives_first(pieces: list[Piece]) -> list[Piece]:
    """Adjectives before the noun that they follow: cat black → black cat."""
    found: list[Piece] = []
    for piece in pieces:
        after = (
            _describes(piece) and bool(found) and found[-1][0] in _NOUNS and is_noun(found[-1][1])
        )
        found.insert(len(found) - after, piece)
    return found


def _describes(piece: Piece) -> bool:
    meaning = vocabulary().find(piece[1]) if piece[0] == "words" else None
    return meaning is not None and meaning.kind != "count" and is_adjective(piece[1])


def _subjects_first(pieces: list[Piece]) -> list[Piece]:
    """Who does something before the verb and the place that a clause begins with.

    On the table stands a vase → a vase stands on the table; drinks cat milk → cat drinks milk.
    """
    found, begin = list(pieces), 0
    for n, (kind, english) in enumerate(pieces):
        if kind == "mark":
            begin = n + 1
        elif kind == "verbs" and n >= begin and (n == begin or _is_place(found[begin:n])):
            end = n + 1
            while end < len(found) and not _names(found[end]) and found[end][0] == "words":
                end += 1
            if end < len(found) and _names(found[end]) and _leads(found[n + 1 : end]):
                subject = found[n + 1 : end + 1]
                found[begin : end + 1] = [*subject, (kind, english), *found[begin:n]]
            begin = len(found)
    return found


def _on_what_bears(pieces: list[Piece]) -> list[Piece]:
    """One word is "in" and "on" in some languages: en la mesa, no galho."""
    found = list(pieces)
    for n, piece in enumerate(pieces):
        following = next(filter(_names, pieces[n + 1 :]), None)
        if piece == ("words", "in") and following and bears(following[1]):
            found[n] = ("words", "on")
    return found


def _names(piece: Piece) -> bool:
    return piece[0] in _NOUNS and is_noun(piece[1])


def _leads(pieces: list[Piece]) -> bool:
    """Whether words may stand between a verb and its subject."""
    return all(piece[1] in ("a", "the") or is_adjective(piece[1]) for piece in pieces)


def _is_place(pieces: list[Piece]) -> bool:
    """Whether words are a place and nobody in it: "on the table"."""
    meaning = vocabulary().find(pieces[0][1])
    relates = meaning is not None and meaning.kind == "relation" and pieces[0][1] != "with"
    return relates and sum(map(_names, pieces)) == 1
