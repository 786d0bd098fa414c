"""What prompts say otherwise: in a scene's stead, in other words, or by a trade."""

import re
from functools import cache

from .words import LONGEST_PHRASE, OWNER, read_toml, vocabulary

_REPHRASED = 20_000
"""Characters that are said in other words; nobody tells more of a picture."""

_PAIRED = 160
"""Characters of the longest text that is two pictures."""

_ARTICLES = frozenset({"the", "a", "an"})


@cache
def _scenes(table: str) -> dict[str, str]:
    """Word → the scene that stands for it, in words that the illustrator understands."""
    scenes = read_toml("abstract.toml")[table]
    return {word: scene for scene, words in scenes.items() for word in words}


def stood_for(words: list[str], table: str) -> tuple[list[str], str]:
    """The words without the first that a table of abstract.toml has a scene for, and that."""
    scenes = _scenes(table)
    for at in range(len(words)):
        for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            phrase = words[at : at + length]
            if scene := scenes.get(" ".join(word for word in phrase if word != OWNER)):
                rest = words[:at] + words[at + length :]
                return [word for word in rest if [word] != phrase], scene
    return words, ""


def halves(text: str) -> list[str]:
    """A text of two pictures that are set against each other, as two; any other as it is."""
    said = text.lower().strip(" .!") if len(text) < _PAIRED else ""
    if _scene_of(said):
        return [text]
    for pattern, left, right, abstract in _halves():
        if found := pattern.match(said):
            shown = [_scene_of(found[name]) for name in ("a", "b")]
            last = found["b"].rpartition(" ")[2]
            known = abstract != 1 or _scene_of(last) or vocabulary().find(last)
            if known and all(shown[:abstract]) and (abstract == 0 or shown[0] != shown[1]):
                return [" ".join(found.expand(side).split()) for side in (left, right)]
    return [text]


def _scene_of(text: str) -> str:
    words = [word for word in text.split() if word not in _ARTICLES]
    return next((s for t in ("sayings", "scenes") if (s := _scenes(t).get(" ".join(words)))), "")


@cache
def _halves() -> list[tuple[re.Pattern[str], str, str, int]]:
    return [(re.compile(said), *rest) for said, *rest in read_toml("halves.toml")["said"]]


@cache
def _phrasings() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(said), usual) for said, usual in read_toml("phrasings.toml")["said"]]


def rephrased(text: str) -> str:
    """A text in the words that the illustrator knows best."""
    text, rest = text[:_REPHRASED].lower(), text[_REPHRASED:]
    for said, usual in _phrasings():
        text = said.sub(usual, text)
    return text + rest.lower()
