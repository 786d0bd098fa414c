"""The describer's tables of words, read once from the data folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..tables import read_json, read_lines, read_toml


@dataclass(frozen=True)
class Group:
    """Classes of the classifier that share a plain word, such as all breeds of dog.

    Attributes:
        noun: the plain word.
        kind: what sort of thing it is ("animal", "vehicle", "building", …).
        classes: indices of its classes.
        seen_as: the detector's label for the same thing, if it has one.
    """

    noun: str
    kind: str
    classes: tuple[int, ...]
    seen_as: str | None = None


def _indices(ranges: str) -> tuple[int, ...]:
    """Spells out "3-5 9" as (3, 4, 5, 9)."""
    spans = (part.split("-") for part in ranges.split())
    return tuple(i for span in spans for i in range(int(span[0]), int(span[-1]) + 1))


@cache
def groups() -> tuple[Group, ...]:
    """The classifier's groups."""
    return tuple(
        Group(row["noun"], row["kind"], _indices(row["classes"]), row.get("seen_as"))
        for row in read_json("photo_groups.json")
    )


@cache
def group_of() -> Mapping[int, Group]:
    """Class index → its group, for the classes that have one."""
    return {index: group for group in groups() for index in group.classes}


@cache
def class_nouns() -> tuple[str, ...]:
    """A plain noun for every class of the classifier, in index order."""
    plain = read_json("photo_nouns.json")
    nouns = enumerate(read_json("imagenet_labels.json"))
    return tuple(plain.get(str(index), noun) for index, noun in nouns)


def labels(network: str) -> tuple[str, ...]:
    """The words of the detector, the segmenter (its surfaces) or the labeler, in index order."""
    return read_lines(f"{network}_labels.txt")


def seeing() -> Mapping[str, Any]:
    """By what words and from what scores things, rooms, surfaces and doings are named."""
    return read_toml("seeing.toml")


def least(name: str) -> float:
    """A score from which something counts."""
    score: float = seeing()["least"][name]
    return score
