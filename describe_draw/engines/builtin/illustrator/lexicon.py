"""English words that have no drawing: nouns, and what says nothing of a picture."""

import json
import lzma
from functools import cache

from .words import DATA, one_of


class Lexicon:
    """The data of tools/lexicon.py, read. Build it once: `lexicon()`."""

    def __init__(self) -> None:
        with lzma.open(DATA / "lexicon.json.xz") as file:
            lists: dict[str, str] = json.load(file)
        self._silent, self._nouns, self._compounds = (
            frozenset(lists[name].split(", ")) for name in ("silent", "nouns", "compounds")
        )

    def is_silent(self, phrase: str) -> bool:
        """Whether an adjective or adverb changes nothing that is seen: "delicious"."""
        return phrase in self._silent

    def is_noun(self, word: str) -> bool:
        """Whether a word that isn't drawn names what can be touched: "syrup"."""
        return word in self._nouns or one_of(word) in self._nouns

    def is_phrase(self, phrase: str) -> bool:
        """Whether several words are one, and mean nothing that its words do: "maple syrup"."""
        several = " " in phrase
        return several and (
            phrase in self._silent or phrase in self._compounds or one_of(phrase) in self._compounds
        )


@cache
def lexicon() -> Lexicon:
    """The one lexicon; read on the first call."""
    return Lexicon()
