"""Chinese for all that the describer can name, one TOML file for each way to write it."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from .tables import read_toml

LANGUAGES = ("zh", "zh-TW")
_NUMBERS = ("one", "two", "three", "four", "five", "six")


def tables(language: str) -> dict[str, Any]:
    """All words and sentences of one of `LANGUAGES`."""
    return read_toml(f"captions.{language}.toml")


@cache
def nouns(language: str) -> Mapping[str, tuple[str, str]]:
    """English noun → the word that it is counted with, and its name."""
    counted = tables(language)["nouns"]
    return {noun: (by, name) for by, names in counted.items() for noun, name in names.items()}


def simplified(text: str) -> str:
    """A text with its traditional signs in simplified ones, each in its place."""
    return text.translate(_signs())


@cache
def _signs() -> Mapping[int, int]:
    signs = read_toml("traditional.toml")
    return str.maketrans(signs["traditional"], signs["simplified"])


@cache
def in_english() -> Mapping[str, str]:
    """What captions are made of, in English: nouns of two signs and more, and counts."""
    found = {}
    for language in reversed(LANGUAGES):
        for noun, (by, name) in nouns(language).items():
            if len(name) > 1:
                found[name] = noun.lower()
            for number, english in zip(_numbers(language)[1:], _NUMBERS, strict=True):
                found[number + by] = english
    return found


def _numbers(language: str) -> str:
    numbers: str = tables(language)["sentences"]["numbers"]
    return numbers
