"""What a question asks for, whatever language it is in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...tables import read_toml

MAIN = "it"
"""The noun for whatever the picture is about."""

LONGEST = 300
"""In characters: what is longer is no plain question."""


@dataclass(frozen=True)
class Subject:
    """What is asked about.

    Attributes:
        noun: its name in English, in the singular; None for what nobody here knows.
        colour: the colour that it is said to have.
        least: how many there are said to be.
    """

    noun: str | None
    colour: str | None = None
    least: int = 1


@dataclass(frozen=True)
class Question:
    """A question.

    Attributes:
        kind: what for: "count", "exists", "colour", "where", … as in questions.toml; "style" for
            a caption.
        subjects: what about.
        value: what it names besides: a place, a colour, a medium, a style, ….
        language: the language it is in: "" for English.
    """

    kind: str
    subjects: tuple[Subject, ...] = ()
    value: str = ""
    language: str = ""


CHECKED = {"times": "time", "insides": "inside", "weathers": "weather", "media": "medium"}
"""Sections of values, and the kind of question that names one."""


def table(language: str = "") -> Mapping[str, Any]:
    """The forms, words and sentences of a language."""
    return read_toml(f"questions.{language}.toml" if language else "questions.toml")


def words_of(language: str = "") -> Mapping[str, Any]:
    """The words and forms that questions in a language are made of."""
    words: Mapping[str, Any] = table(language)["chinese" if language else "english"]
    return words


def named(section: str, said: str, language: str = "") -> str:
    """What some words are called in a section of the words, empty for nothing."""
    sections: Mapping[str, list[str]] = words_of(language)[section]
    return next((name for name, known in sections.items() if said in known), "")
