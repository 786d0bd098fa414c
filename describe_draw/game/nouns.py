"""How near words are in meaning, by what they are kinds of: data of WordNet.

Formula: exp(-0.2 l) · tanh(0.45 h), where l is the number of steps from one word's sense to the
other's by way of something that both are kinds of, and h how many levels deep that is; of all ways
and senses the nearest counts (Li, Bandar and McLean 2003, "An Approach for Measuring Semantic
Similarity between Words Using Multiple Information Sources", with its constants). Where neither is
a kind of the other, that counts 0.6: a puppy is a dog, but a woman is no man.
"""

import json
import lzma
from functools import cache, lru_cache
from importlib.resources import files
from math import exp, tanh

from describe_draw.engines.builtin.illustrator.words import read_toml
from describe_draw.english import plain_verb, singular

LONGEST_PHRASE = 4
"""Words that a noun of the data may have: "hot air balloon"."""

REMEMBERED = 16_384
"""Pairs of words whose nearness is remembered: about 3 MB."""

FAR = 0.2
"""A nearness below this says nothing: the words share no more than that both can be touched."""

DRAWN_ALIKE = 0.8
"""How near two words are that one drawing stands for: "kitten" and "cat"."""

_STEP, _DEPTH, _BESIDE = 0.2, 0.45, 0.6


class Nouns:
    """The data, read. Build it once: `nouns()`."""

    def __init__(self) -> None:
        packed = files(__package__).joinpath("nouns.json.xz").read_bytes()
        data = json.loads(lzma.decompress(packed))
        self._senses: dict[str, list[int]] = data["nouns"]
        self._broader: list[list[int]] = data["broader"]
        self._verbs: dict[str, list[int]] = data["verbs"]
        self._rather_verbs = frozenset(data["rather_verbs"])
        self._irregular: dict[str, str] = data["irregular"]
        self._depths: list[int] = []
        for above in self._broader:  # what a sense is a kind of stands before it
            self._depths.append(1 + min((self._depths[n] for n in above), default=0))
        self.nearness = lru_cache(REMEMBERED)(self._nearness)
        self._steps_up = lru_cache(REMEMBERED)(self._climbed)

    def noun(self, phrase: str) -> str | None:
        """One of what a phrase of lower-case words names; None where it is no noun of these."""
        head, _, last = phrase.rpartition(" ")
        one = f"{head} {singular(last)}".strip()
        return next((form for form in (one, phrase) if form in self._senses), None)

    def verb(self, word: str) -> str | None:
        """The plain form of a verb; None where it is none of these."""
        return plain_verb(word, self._verbs, self._irregular)

    def is_rather_verb(self, word: str) -> bool:
        """Whether a word that is both is met more often as a verb: "climb"."""
        return word in self._rather_verbs

    def _nearness(self, one: str, other: str) -> float:
        if one == other:
            return 1.0
        pairs = [
            (a, b)
            for table in (self._senses, self._verbs)
            for a in table.get(one, ())
            for b in table.get(other, ())
        ]
        drawn_alike = _drawn_alike().get(one, one) == _drawn_alike().get(other, other)
        near = max((self._of_senses(a, b) for a, b in pairs), default=0.0)
        near = max(near, DRAWN_ALIKE * drawn_alike)
        return near if near >= FAR else 0.0

    def _of_senses(self, one: int, other: int) -> float:
        above, beside = self._steps_up(one), self._steps_up(other)
        near = 0.0
        for shared in above.keys() & beside.keys():
            steps, depth = above[shared] + beside[shared], self._depths[shared]
            kind = 1 if shared in (one, other) else _BESIDE
            near = max(near, kind * exp(-_STEP * steps) * tanh(_DEPTH * depth))
        return near

    def _climbed(self, sense: int) -> dict[int, int]:
        """All that a sense is a kind of, itself too, and how many steps above it that is."""
        steps, level, away = {sense: 0}, [sense], 0
        while level:
            away += 1
            level = [up for n in level for up in self._broader[n] if up not in steps]
            steps.update(dict.fromkeys(level, away))
        return steps


@cache
def _drawn_alike() -> dict[str, str]:
    """Noun → the drawing that the illustrator has for it."""
    house = read_toml("vocabulary.toml")
    tables = (house["things"], house["features"])
    return {name: art for table in tables for art, names in table.items() for name in names}


@cache
def nouns() -> Nouns:
    """The one reading of the data, on the first call. Blocking."""
    return Nouns()
