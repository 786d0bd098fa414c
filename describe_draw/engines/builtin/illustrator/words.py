"""The vocabulary: which phrase means which drawing, place, colour, ..."""

import json
import lzma
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from describe_draw.english import singular

DATA = Path(__file__).parent.parent / "data"

LONGEST_PHRASE = 5

OWNER = "'s"
"""What stands after whose something is: no part of a phrase, so that both are drawn."""

_TABLES = (
    "things", "other_things", "features", "places", "times", "weathers", "seasons", "styles",
    "forms", "famous", "colours", "counts", "relations", "phrases",
)  # fmt: skip
_KINDS = {name: name.removeprefix("other_").removesuffix("s") for name in _TABLES}
_KINDS["famous"] = "famous"


@dataclass(frozen=True)
class Meaning:
    """What a phrase stands for.

    Attributes:
        kind: thing, feature, place, time, weather, season, style, form, colour, count,
            relation, phrase, verb, stuff, famous or ignored.
        value: A drawing's name for a thing, else a key of the vocabulary.
        plural: Whether the phrase was a plural.
        near: Whether that is something else, drawn for want of the thing itself.
    """

    kind: str
    value: str
    plural: bool = False
    near: bool = False


Words = list[tuple[str, Meaning | None]]
"""The phrases of a text with their meanings, None for those that are not known."""

_WORDS = re.compile(
    # Signs of Devanagari and the like go on with marks that Python counts to no word.
    r"[^\W_][^\W_\u0300-\u036f\u0900-\u0dff]*(?:[\w\u0300-\u036f\u0900-\u0dff]*)(?:'[^\W_]+)?"
    r"|(?<= )'s(?= )|[,.;:!?]|[\U0001F000-\U0001FAFF\u2600-\u27BF]"
)
_ARTICLE = re.compile(" (?:the|an?) ")
_DOES = re.compile("(person|man|woman)-.*ing")
"""Drawings of somebody who does something: the verb leads to them."""


@cache
def read_toml(name: str) -> dict[str, Any]:
    """A table of the data folder, read once: not to be changed."""
    with (DATA / name).open("rb") as file:
        return tomllib.load(file)


def nature() -> dict[str, dict[str, Any]]:
    """Our own animals, plants, food and drink, with all that is known of them."""
    return read_toml("nature.toml")


@cache
def noto() -> dict[str, dict[str, Any]]:
    """The Noto Emoji drawings: name → body, group, label, size."""
    with lzma.open(DATA / "noto.json.xz") as file:
        drawings: dict[str, dict[str, Any]] = json.load(file)
    return drawings


@cache
def foreign_nouns() -> dict[str, dict[str, str]]:
    """Language → its nouns in English, CLDR's; of "en" what is English too; by tools/foreign.py.

    Of "wordnet" simplified Chinese words: in English, themselves if not drawn, "" if no noun.
    """
    with lzma.open(DATA / "foreign.json.xz") as file:
        nouns: dict[str, dict[str, str]] = json.load(file)
    return nouns


def one_of(phrase: str) -> str:
    """One of what a phrase names: "pine trees" → "pine tree", "cups of tea" → "cup of tea"."""
    first, of, rest = phrase.partition(" of ")
    if of and (one := singular(first)) != first:
        return f"{one} of {rest}"
    head, _, last = phrase.rpartition(" ")
    return f"{head} {singular(last)}".strip()


class Vocabulary:
    """Finds what phrases mean. Build it once: `vocabulary()`."""

    def __init__(self, kinds: Mapping[str, tuple[str, bool]]) -> None:
        tables = read_toml("vocabulary.toml")
        self.never = {name for key in ("drawings", "framed") for name in tables["never"][key]}
        self._refused = set(tables["never"]["words"])
        self._phrases: dict[str, Meaning] = {}
        self._ignored = set(tables["ignored"]["words"].split())
        self._kinds = kinds
        self._joined: dict[str, Meaning] = {}
        near = {(value, word) for table in read_toml("near.toml").values()
                for value, words in table.items() for word in words.split(", ")}  # fmt: skip
        own = {name: [name.replace("-", " "), *one["words"]] for name, one in nature().items()}
        said = [("thing", own), *((kind, tables[table]) for table, kind in _KINDS.items())]
        for kind, table in [*said, ("verb", read_toml("verbs.toml")["phrases"])]:
            for value, phrases in table.items():
                for phrase in phrases:
                    meaning = Meaning(kind, value, near=(value, phrase) in near)
                    self._phrases.setdefault(phrase, meaning)
                    if kind == "place" and phrase.startswith(("on ", "in ")):
                        self._phrases.setdefault(_ARTICLE.sub(" ", phrase), meaning)
        # What a word means where it follows "in", "on" or "at" wins over its other meanings.
        for name, drawing in noto().items():
            if name in self.never or _DOES.match(name):
                continue
            for phrase in (name.replace("-", " "), drawing["l"].lower()):
                if one_of(phrase) not in self._phrases:
                    self._phrases.setdefault(phrase, Meaning("thing", name))
        self._add_stuffs()

    def _add_stuffs(self) -> None:
        """What only tells of what a thing is: "marble"."""
        words = [word for stuff in read_toml("stuffs.toml").values() for word in stuff["words"]]
        self._phrases |= {w: Meaning("stuff", w) for w in words if self.find(w) is None}
        things = [(p, m) for p, m in self._phrases.items() if m.kind == "thing"]
        self._joined = {phrase.replace(" ", ""): meaning for phrase, meaning in things}

    def find(self, phrase: str) -> Meaning | None:
        """What a phrase of one or more lower-case words means, None where it is not known."""
        if phrase in self._refused:
            return None
        if phrase in self._phrases:
            return self._phrases[phrase]
        if phrase in self._ignored:
            return Meaning("ignored", phrase)
        meaning = self._phrases.get(one_of(phrase))
        if meaning and meaning.kind in ("thing", "feature", "place"):
            return replace(meaning, plural=True)
        return self._broader(phrase) or self._run_together(phrase)

    def _run_together(self, phrase: str) -> Meaning | None:
        """A thing by its name with other spaces: "tooth brush", "teddybear"."""
        one, words = one_of(phrase), phrase.split()
        meaning = self._joined.get(one.replace(" ", ""))
        if meaning is None or min(map(len, words)) < 3:
            return None
        said = {m.kind for word in words[1:] and words if (m := self.find(word))}
        unfit = said & {"ignored", "colour", "relation"}
        return None if unfit else replace(meaning, plural=one != phrase)

    def _broader(self, phrase: str) -> Meaning | None:
        """The meaning of a narrower noun, a beagle is drawn as a dog, or of one for the same."""
        for noun in dict.fromkeys((phrase, one_of(phrase))):
            if noun in self._kinds and noun not in self._refused:
                word, near = self._kinds[noun]
                return replace(self._phrases[word], plural=noun != phrase, near=near)
        return None


@cache
def _kinds() -> dict[str, tuple[str, bool]]:
    """Noun → the noun that is drawn instead, and whether that is broader.

    WordNet's, chosen by tools/kinds.py.
    """
    tables = json.loads((DATA / "kinds.json").read_text("utf-8"))
    return {
        noun: (word, name == "narrower")
        for name, table in tables.items()
        for word, nouns in table.items()
        for noun in nouns.split(", ")
    }


@cache
def vocabulary() -> Vocabulary:
    """The one vocabulary; read on the first call."""
    return Vocabulary(_kinds())


def split(text: str, owner: str = "") -> list[str]:
    """Lower-case words and clause marks (, . ; :) of a text in any script.

    Args:
        text: Any.
        owner: What stands for "'s", after whose something is.
    """
    text = unicodedata.normalize("NFKC", text).lower()
    text = text.replace("’", "'").replace("'s ", f" {owner} ")
    return _WORDS.findall(re.sub(r"[-_/]", " ", text))
