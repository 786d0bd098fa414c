"""Emoji in a prompt: each is what it is called."""

import re
from collections import Counter
from functools import cache

from describe_draw.english import plural

from .words import noto, read_toml, vocabulary

_EMOJI = re.compile(
    "[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
    "(?:[\ufe0f\U0001f3fb-\U0001f3ff]|\u200d[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff])*"
)
_RUN = re.compile(rf"(?:{_EMOJI.pattern}\s*)+")
_JOINER = "\u200d"
_MODIFIERS = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")  # emoji style, tones of skin


def spelled_out(text: str) -> str:
    """The text with its emoji in English words; those without a drawing stay as they are."""
    return _RUN.sub(lambda run: f" {_words(run[0])} ", text)


def _words(run: str) -> str:
    said = Counter(_called(_MODIFIERS.sub("", emoji)) for emoji in _EMOJI.findall(run))
    return " and ".join(f"{n} {plural(one)}" if n > 1 else one for one, n in said.items())


def _called(emoji: str) -> str:
    """A sign in words; several that are joined to one without a drawing are all of them."""
    if emoji in _named() or _JOINER not in emoji:
        return _named().get(emoji, emoji)
    return " and ".join(map(_called, emoji.split(_JOINER)))


@cache
def _named() -> dict[str, str]:
    """Emoji → what it is called: a face of an animal is the animal."""
    found = {}
    for name, drawing in noto().items():
        signs = "".join(chr(int(code, 16)) for code in drawing["x"].split("-"))
        label = drawing["l"].lower()
        bare = label.removesuffix(" face")
        called = next((one for one in (bare, label) if vocabulary().find(one)), None)
        if called or name.startswith(("person-", "man-", "woman-")):
            found[_MODIFIERS.sub("", signs)] = called or label
    others = read_toml("emoji.toml").items()
    return found | {sign: english for english, signs in others for sign in signs}
