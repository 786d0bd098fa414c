"""What nouns mean, by what they are kinds of, and which words are verbs: data of WordNet."""

import json
import lzma
from functools import cache, lru_cache
from importlib.resources import files
from math import exp, tanh

from describe_draw.english import singular

LONGEST_PHRASE = 4
"""Words that a noun of the data may have: "hot air balloon"."""

REMEMBERED = 16_384
"""Pairs of words whose nearness is remembered: about 3 MB."""

FAR = 0.2
"""A nearness below this says nothing: the words share no more than that both can be touched."""

_STEP, _DEPTH = 0.2, 0.45

_ENDINGS = (
    ("ies", "y"), ("es", "e"), ("es", ""), ("s", ""),
    ("ied", "y"), ("ed", "e"), ("ed", ""), ("ying", "ie"), ("ing", "e"), ("ing", ""),
)  # fmt: skip
"""Endings of verbs and what stands for them in the plain form, as in WordNet's morphy(7WN)."""


class Nouns:
    """The data, read. Build it once: `nouns()`."""

    def __init__(self) -> None:
        packed = files(__package__).joinpath("nouns.json.xz").read_bytes()
        data = json.loads(lzma.decompress(packed))
        self._senses: dict[str, list[int]] = data["nouns"]
        self._broader: list[list[int]] = data["broader"]
        self._verbs = frozenset(data["verbs"])
        self._rather_verbs = frozenset(data["rather_verbs"])
        self._irregular: dict[str, str] = data["irregular"]
        self._depths: list[int] = []
        for above in self._broader:  # what a sense is a kind of stands before it
            self._depths.append(1 + min((self._depths[n] for n in above), default=-1))
        self.nearness = lru_cache(REMEMBERED)(self._nearness)

    def noun(self, phrase: str) -> str | None:
        """One of what a phrase of lower-case words names; None where it is no noun of these."""
        head, _, last = phrase.rpartition(" ")
        one = f"{head} {singular(last)}".strip()
        return next((form for form in (one, phrase) if form in self._senses), None)

    def verb(self, word: str) -> str | None:
        """The plain form of a verb; None where it is none of these."""
        if word in self._irregular:
            return self._irregular[word]
        if word in self._verbs:
            return word
        for ending, plain in _ENDINGS:
            stem = word.removesuffix(ending)
            if stem == word or len(stem) < 2:
                continue
            if stem + plain in self._verbs:
                return stem + plain
            if not plain and stem[-1] == stem[-2] and stem[:-1] in self._verbs:
                return stem[:-1]  # "running"
        return None

    def is_rather_verb(self, word: str) -> bool:
        """Whether a word that is both is met more often as a verb: "climb"."""
        return word in self._rather_verbs

    def _nearness(self, one: str, other: str) -> float:
        if one == other:
            return 1.0
        pairs = [(a, b) for a in self._senses.get(one, ()) for b in self._senses.get(other, ())]
        near = max((self._of_senses(a, b) for a, b in pairs), default=0.0)
        return near if near >= FAR else 0.0

    def _of_senses(self, one: int, other: int) -> float:
        above, beside = self._steps_up(one), self._steps_up(other)
        shared = above.keys() & beside.keys()
        return max(
            (exp(-_STEP * (above[n] + beside[n])) * tanh(_DEPTH * self._depths[n]) for n in shared),
            default=0.0,
        )

    def _steps_up(self, sense: int) -> dict[int, int]:
        """All that a sense is a kind of, itself too, and how many steps above it that is."""
        steps, level, away = {sense: 0}, [sense], 0
        while level:
            away += 1
            level = [up for n in level for up in self._broader[n] if up not in steps]
            steps.update(dict.fromkeys(level, away))
        return steps


@cache
def nouns() -> Nouns:
    """The one reading of the data, on the first call. Blocking."""
    return Nouns()
