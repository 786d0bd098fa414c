"""Everything the app says to a person, one TOML file a language."""

import math
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from describe_draw.languages import lookup

_NAMES = [path.name for path in files(__package__).iterdir() if path.name.endswith(".toml")]
LANGUAGES = tuple(sorted((name[:-5] for name in _NAMES), key=lambda code: (code != "en", code)))
"""Whichever have a file here, English first."""

LONGEST = 1000
MOST = 50
"""How much of an Accept-Language header is read, in characters and in entries."""

WEIGHT = re.compile(r"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)


@dataclass(frozen=True)
class Message:
    """A sentence to be said in whichever language the person reads.

    Args:
        key: Section and name in the language files, e.g. `problem.no_prompt`.
        values: What the sentence's placeholders stand for.
    """

    key: str
    values: dict[str, object] = field(default_factory=dict)

    def say(self, language: str = "en") -> str:
        """The sentence in one of `LANGUAGES`."""
        values = {name: _said(value, language) for name, value in self.values.items()}
        return catalog(language)[self.key].format(**values)


def _said(value: object, language: str) -> object:
    """A placeholder's value: messages are said, several of anything are listed."""
    if isinstance(value, Message):
        return value.say(language)
    if isinstance(value, tuple):
        return listed([str(_said(one, language)) for one in value], language)
    return value


def message(key: str, **values: object) -> Message:
    return Message(key, values)


def duration(seconds: float) -> Message:
    """How long, as people say it: seconds below a minute and a half, then minutes, then hours."""
    for unit, length in (("hours", 3600), ("minutes", 60)):
        if seconds > 1.5 * length:
            return message(f"time.{unit}", count=math.ceil(seconds / length))
    return message("time.seconds", count=max(1, math.ceil(seconds)))


@cache
def catalog(language: str) -> dict[str, str]:
    """All texts of one language, keyed `section.name`."""
    sections = tomllib.loads(files(__package__).joinpath(f"{language}.toml").read_text("utf-8"))
    return {
        f"{section}.{name}": text
        for section, texts in sections.items()
        for name, text in texts.items()
    }


def preferred(accept_language: str | None) -> str:
    """The language to answer in, by an Accept-Language header (RFC 9110, 12.5.4; RFC 4647, 3.4).

    Args:
        accept_language: The header, e.g. `de-DE,zh;q=0.8,*;q=0.1`, or None.

    Returns:
        Of the app's languages the one that the header weighs most, the first named of equals;
        English where it wants none of them.
    """
    weights = _weights(accept_language or "")
    others = weights.pop("*", 0.0)
    best = max([*weights, *LANGUAGES], key=lambda name: weights.get(name, others))
    return best if weights.get(best, others) else "en"


def _weights(header: str) -> dict[str, float]:
    """The weight of each of the app's languages in an Accept-Language header, and of `*`."""
    weights: dict[str, float] = {}
    for entry in header[:LONGEST].split(",")[:MOST]:
        name, *parameters = (part.strip() for part in entry.split(";"))
        found = [WEIGHT.fullmatch(parameter) for parameter in parameters]
        if not name or not all(found):
            continue  # malformed: it says nothing
        language = "*" if name == "*" else lookup(name, LANGUAGES)
        if language is None:
            continue
        weight = min((float(match[1]) for match in found if match), default=1.0)
        weights[language] = max(weight, weights.get(language, 0.0))
    return weights


def listed(names: tuple[str, ...] | list[str], language: str = "en") -> str:
    """Names in a row, as the language separates them."""
    return catalog(language)["list.between"].join(names)


def said_as_json(said: object) -> Any:
    """A message, or several, by their keys and values; whatever else is one, as it is."""
    if isinstance(said, Message):
        values = {name: said_as_json(value) for name, value in said.values.items()}
        return {"key": said.key, "values": values}
    if isinstance(said, list | tuple):
        return [said_as_json(part) for part in said]
    return said if isinstance(said, str | int | float | None) else str(said)
