"""Everything the app says to a person, one TOML file a language."""

import math
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "zh")


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
        """The sentence in one language (`en` or `zh`)."""
        values = {
            name: value.say(language) if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        return catalog(language)[self.key].format(**values)


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
    """The first language of an Accept-Language header that the app speaks, else English."""
    for choice in (accept_language or "").split(","):
        language = choice.split(";")[0].strip().lower().split("-")[0]
        if language in LANGUAGES:
            return language
    return "en"


def listed(names: tuple[str, ...] | list[str], language: str = "en") -> str:
    """Names in a row, as the language separates them."""
    return ("、" if language == "zh" else ", ").join(names)
