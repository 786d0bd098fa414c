"""The describer's tables of words, read once from the data folder."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data"


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


def load_json(name: str) -> Any:
    """Reads one JSON table of the data folder."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def _indices(ranges: str) -> tuple[int, ...]:
    """Spells out "3-5 9" as (3, 4, 5, 9)."""
    spans = (part.split("-") for part in ranges.split())
    return tuple(i for span in spans for i in range(int(span[0]), int(span[-1]) + 1))


@cache
def groups() -> tuple[Group, ...]:
    """The classifier's groups."""
    return tuple(
        Group(row["noun"], row["kind"], _indices(row["classes"]), row.get("seen_as"))
        for row in load_json("photo_groups.json")
    )


@cache
def group_of() -> Mapping[int, Group]:
    """Class index → its group, for the classes that have one."""
    return {index: group for group in groups() for index in group.classes}


@cache
def class_nouns() -> tuple[str, ...]:
    """A plain noun for every class of the classifier, in index order."""
    nouns: list[str] = load_json("imagenet_labels.json")
    for index, noun in load_json("photo_nouns.json").items():
        nouns[int(index)] = noun
    return tuple(nouns)


@cache
def detector_labels() -> tuple[str, ...]:
    """The detector's labels in index order."""
    return tuple((DATA / "coco_labels.txt").read_text(encoding="utf-8").splitlines())


@cache
def segmenter_labels() -> tuple[str, ...]:
    """The segmenter's surfaces in index order."""
    return tuple((DATA / "segmenter_labels.txt").read_text(encoding="utf-8").splitlines())


@cache
def labeler_labels() -> tuple[str, ...]:
    """The labeler's words in index order."""
    return tuple((DATA / "labeler_labels.txt").read_text(encoding="utf-8").splitlines())


@cache
def seeing() -> Mapping[str, Any]:
    """By what words and from what scores things, rooms, surfaces and doings are named."""
    return tomllib.loads((DATA / "seeing.toml").read_text(encoding="utf-8"))
