"""Which words stand for what was seen: synonyms, and words for whole kinds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np

from describe_draw.english import singular

from ...tables import DATA
from ..tables import class_nouns, groups, labels, seeing
from .question import table

_CREATURES = ("animal", "creature")


def plain(words: Iterable[str]) -> str:
    """A noun as it is compared: in lower case, one of it, the plain word of synonyms."""
    *before, last = list(words) or [""]
    exact = " ".join((*before, last))
    one = " ".join((*before, singular(last)))
    same = _synonyms()
    return same.get(exact) or same.get(one) or (exact if exact in _parents() else one)


def is_known(noun: str) -> bool:
    """Whether anything here could have found it."""
    others = (table()["surfaces"], table()["same"], table()["drawn"]["scenery"])
    return noun in _parents() or any(noun in words for words in others)


def is_drawn(noun: str) -> bool:
    """Whether drawings of it, or of any of its kind, are known."""
    return any(noun in closure(name) for name in drawn())


@cache
def is_looked_for(noun: str) -> bool:
    """Whether it is found wherever it is, and not only where a photo is about it."""
    return any(noun in closure(label) for label in labels("detector"))


@cache
def closure(noun: str) -> frozenset[str]:
    """A noun with all words that cover it: "Border Collie" is a dog, and an animal."""
    found: set[str] = set()
    todo = [plain(noun.lower().split())]
    while todo:
        word = todo.pop()
        if word and word not in found:
            found.add(word)
            todo += [plain(parent.split()) for parent in _parents().get(word, ())]
            todo += _by_words(word)
    return frozenset(found)


def _by_words(noun: str) -> list[str]:
    """What its words say that it is: a cup of espresso is a cup, a cowboy hat is a hat."""
    if noun in table()["named"]["otherwise"]:
        return []
    head, of, rest = noun.partition(" of ")
    if of:
        return [plain(head.split()), plain(rest.split())]
    return [plain(noun.split()[-1:])] if " " in noun else []


@cache
def _synonyms() -> Mapping[str, str]:
    return {word: noun for noun, words in table()["same"].items() for word in words}


@cache
def drawn() -> frozenset[str]:
    """What the illustrator's drawings are known to show."""
    with np.load(DATA / "illustration_head.npz") as head:
        return frozenset(str(name) for name in head["names"])


@cache
def _parents() -> Mapping[str, set[str]]:
    """Every noun that is known, with the next words that cover it."""
    found: dict[str, set[str]] = defaultdict(set)
    for group in groups():
        found[group.noun].add(group.kind)
        for index in group.classes:
            found[class_nouns()[index].lower()].add(group.noun)
    for noun in (*class_nouns(), *labels("detector"), *labels("labeler"), *drawn()):
        found.setdefault(noun.lower(), set())
    for label in seeing()["animal_labels"]:
        found[label.lower()].add("animal")
    for kind, nouns in table()["kinds"].items():
        found.setdefault(kind, set())
        for noun in nouns:
            found[noun].add(kind)
    for noun in _CREATURES:
        found[noun].add("animal")
    return {noun: parents - {noun} for noun, parents in found.items()}
