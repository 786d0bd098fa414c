"""Which things of a scene words are about, and what they say of them."""

from dataclasses import dataclass, replace

from .changes import tables
from .parser import forbidden
from .reader import BIG, SMALL
from .scene import Scene
from .ties import hosts
from .words import Meaning

Words = list[tuple[str, Meaning | None]]
SIZES = (0.3, 3.0)
_PROPERTIES = ("colour", "count")


@dataclass(frozen=True)
class Said:
    """What words say.

    Attributes:
        arts: The drawings they name.
        names: The words that do.
        colour: A colour.
        size: How many times as large.
        count: How many.
        rest: All words but colours, sizes and counts.
    """

    arts: tuple[str, ...]
    names: tuple[str, ...]
    colour: str | None
    size: float
    count: int
    rest: Words

    @property
    def says_something(self) -> bool:
        """Whether they say more of a thing than its name."""
        return bool(self.colour or self.count or self.size != 1)

    @property
    def rest_without_things(self) -> Words:
        return [word for word in self.rest if not (word[1] and word[1].kind == "thing")]


def said_of(words: Words) -> Said:
    """What words say, one by one."""
    colour, size, count = None, 1.0, 0
    things: list[tuple[str, str]] = []
    rest: Words = []
    skipped = set(tables()["meant"]["main"]) | set(tables()["meant"]["all"])
    for phrase, meaning in words:
        kind, value = (meaning.kind, meaning.value) if meaning else ("", "")
        if kind == "thing":
            things.append((value, phrase))
            if meaning and meaning.plural and not count:
                count = 3
        if kind == "colour":
            colour = value
        elif kind == "count":
            count = int(value)
        elif kind == "phrase" and value in ("big", "small"):
            size *= BIG if value == "big" else SMALL
        elif phrase not in skipped:
            rest.append((phrase, meaning))
    arts, names = tuple(art for art, _ in things), tuple(name for _, name in things)
    return Said(arts, names, colour, size, count, rest)


def found(scene: Scene, text: str, words: Words) -> list[int]:
    """The things of a scene that words name; the main one where they name none."""
    phrases = {phrase for phrase, _ in words}
    meant = tables()["meant"]
    if phrases & set(meant["all"]) or any(word in text for word in meant["all"] if len(word) > 1):
        return hosts(list(scene.things))
    arts = forbidden(text)
    if arts:
        named = [n for n, thing in enumerate(scene.things) if _is_one(thing.art, arts)]
        colour = said_of(words).colour
        return [n for n in named if scene.things[n].colour == colour] or named
    if any(word in text.split() or (not word.isascii() and word in text)
           for word in meant["background"]):  # fmt: skip
        return []
    known = [meaning for _, meaning in words if meaning and meaning.kind not in ("ignored",)]
    is_meant = not phrases or phrases & set(meant["main"]) or text in meant["main"]
    return main_thing(scene) if is_meant or (known and not arts) else []


def main_thing(scene: Scene) -> list[int]:
    """The first thing that is nobody's clothes, in nobody's hand, and near."""
    able = hosts(list(scene.things))
    return [n for n in able if scene.things[n].distance == "near"][:1] or able[:1]


def _is_one(art: str, arts: frozenset[str]) -> bool:
    """Whether a drawing is one of those, or of their kind: a guide-dog is a dog."""
    return art in arts or any(art.endswith(f"-{one}") for one in arts)


def coloured(scene: Scene, numbers: list[int], said: Said) -> Scene:
    """A scene in which some things have the properties that were said."""
    least, most = SIZES
    things = list(scene.things)
    for n in numbers:
        thing = things[n]
        things[n] = replace(
            thing,
            colour=said.colour or thing.colour,
            count=said.count or thing.count,
            size=min(most, max(least, thing.size * said.size)),
        )
    return replace(scene, things=tuple(things))
