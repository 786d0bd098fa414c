"""The words of one other language, as data/foreign.toml and CLDR have them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from describe_draw.english import plural

from .pieces import Piece, is_noun
from .words import foreign_nouns, read_toml, vocabulary

UNSPACED = ("ja",)
LONGEST_WORD = 60
"""A word or phrase that may be known, in signs."""

_HEAD_LAST = ("de",)
"""Languages whose compounds are written as one word."""
_TELLING = ("season", "time", "weather", "colour")
_LINKS = ("", "s", "es", "n", "en", "e")
"""What may stand between its parts."""

_KINDS = ("object", "subject", "placed", "of", "ignored")
_ENDINGS: dict[str, list[Piece]] = {
    "placed_endings": [("placed", "")],
    "having_endings": [("after", "with"), ("of", "")],
}
_AFFIXES = ("endings", "prefixes", "softened", *_ENDINGS)
_LEAST_STEM = 3
_LEAST_HEAD = 4


@dataclass(frozen=True)
class Language:
    """One language's words: its phrase → the kind of piece it is, and its English."""

    name: str
    pieces: dict[str, Piece] = field(default_factory=dict)
    stems: dict[str, Piece] = field(default_factory=dict)
    affixes: dict[str, list[str]] = field(default_factory=dict)

    def find(self, phrase: str) -> list[Piece]:
        """What a word or phrase means, also where its ending is another than the dictionary's."""
        if known := self.pieces.get(phrase):
            return [known]
        if len(phrase) > LONGEST_WORD or self.name in UNSPACED:
            return []
        if self.name == "ko":
            return self._with_particle(phrase)
        if " " in phrase:
            return []
        for bare in (phrase, *self._without_prefix(phrase)):
            if found := self._by_stem(bare) or self._by_head(bare):
                return [*found, *self._said_by_ending(bare)]
        return []

    def kind_of(self, word: str) -> str:
        """The English of what a compound is a kind of, that says nothing of which: Steinofen."""
        found = [] if self.pieces.get(word) or self._by_stem(word) else self._by_head(word)
        return found[0][1] if len(found) == 1 else ""

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
            if found := self.pieces.get(bare):
                return [found, end]
            if (inner := self.pieces.get(bare[-1:])) and (found := self.pieces.get(bare[:-1])):
                return [found, inner, end]
        unknown = parted and " " not in word
        return [("unknown", parted[0][0]), parted[0][1]] if unknown else []

    def _without_prefix(self, word: str) -> list[str]:
        prefixes = self.affixes.get("prefixes", ())
        return [word.removeprefix(prefix) for prefix in prefixes if word.startswith(prefix)]

    def _by_stem(self, word: str) -> list[Piece]:
        softened = {soft[0]: soft[1] for soft in self.affixes.get("softened", ())}
        for stem in _stems(word, self.affixes.get("endings", [])):
            hard = stem[:-1] + softened.get(stem[-1], stem[-1])
            for one in (stem, hard):
                if found := self.pieces.get(one) or self.stems.get(one):
                    return [found]
        return []

    def _by_head(self, word: str) -> list[Piece]:
        """The last noun of a compound, which it is a kind of, after what tells it: Herbstwald."""
        if self.name in _HEAD_LAST:
            for at in range(_LEAST_STEM, len(word) - _LEAST_HEAD + 1):
                kind, head = self.pieces.get(word[at:], ("", ""))
                before = self._before_head(word[:at], head) if kind == "words" else []
                if before or (kind == "words" and is_noun(head)):
                    return [*before, (kind, head)]
        return []

    def _before_head(self, begin: str, head: str) -> list[Piece]:
        """What a compound begins with: a season, say, or what makes a known pair with its head."""
        for link in _LINKS:
            kind, said = self.pieces.get(begin.removesuffix(link), ("", ""))
            if kind == "words":
                find = vocabulary().find
                alone = find(said)
                tells = alone is not None and alone.kind in _TELLING
                return [(kind, said)] if tells or find(f"{said} {head}") else []
        return []


def cut(run: str, known: Mapping[str, Piece]) -> list[Piece]:
    """Signs without spaces, cut into the longest known words."""
    return [piece for _, piece in parted(run, known)]


def parted(run: str, known: Mapping[str, Piece]) -> list[tuple[str, Piece]]:
    """The words of `cut` as well; of an unknown one its last sign may tell the kind: 芦花鸡."""
    found, at = list[tuple[str, Piece]](), 0
    while at < len(run):
        for length in range(min(LONGEST_WORD, len(run) - at), 0, -1):
            if run[at : at + length] in known:
                break
        word = run[at : at + length]
        piece = known.get(word, ("mark" if word in ".,;:!?" else "unknown", word))
        before, (last, _) = found[-1] if found else ("", ("", ""))
        goes_on = found and before not in known and last != "mark"
        if last == "unknown" and piece[0] == "unknown":
            found[-1] = before + word, ("unknown", before + word)
        elif goes_on and length == 1 and piece[0] == "words" and is_noun(piece[1]):
            found[-1] = before + word, piece
        else:
            found.append((word, piece))
        at += length
    return found


def _is_particle(piece: Piece) -> bool:
    return piece[0] not in ("words", "verbs") or piece[1] == "and"


def _stems(word: str, endings: list[str]) -> list[str]:
    """A word, and what is left of it without each ending, the longest ending first."""
    cut = [word[: -len(end)] for end in endings if word.endswith(end)]
    return [stem for stem in [word, *sorted(cut, key=len)] if len(stem) >= _LEAST_STEM]


def _table() -> dict[str, Any]:
    return read_toml("foreign.toml")


@cache
def language(name: str) -> Language:
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
    for several, one in (pair.split(":") for pair in own.pop("plurals", "").split(", ") if pair):
        for word, piece in [*pieces.items()]:
            single = word.removesuffix(several) + one
            named = word.endswith(several) and piece[0] == "words" and is_noun(piece[1])
            if named and word != single and pieces.get(single) == piece:
                pieces[word] = (piece[0], plural(piece[1]))
    stems: dict[str, Piece] = {}
    for word, piece in pieces.items():
        if piece[0] in ("words", "verbs") and " " not in word:
            for stem in _stems(word, affixes.get("endings", [])):
                stems.setdefault(stem, piece)
    return Language(name, pieces, stems, affixes)
