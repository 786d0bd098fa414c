"""Which things of a scene words are about, and what they say of them."""

from dataclasses import dataclass, replace

from .changes import tables
from .parser import forbidden
from .scene import Scene
from .sentence import SIZE_OF
from .tables import is_a
from .ties import hosts
from .words import Words

SIZES = (0.3, 3.0)
SEVERAL = 2
"""The least that a plural stands for, and how small and large a thing can be made."""


@dataclass(frozen=True)
class Said:
    """What words say.

    Attributes:
        arts: The drawings they name.
        names: The words that do.
        colour: A colour.
        size: How many times as large.
        number: How many, 0 where no number is said.
        several: Whether a plural says that there is more than one.
        rest: All words but colours, sizes and counts.
    """

    arts: tuple[str, ...]
    names: tuple[str, ...]
    colour: str | None
    size: float
    number: int
    several: bool
    rest: Words

    @property
    def says_something(self) -> bool:
        """Whether they say more of a thing than its name."""
        return bool(self.colour or self.number or self.several or self.size != 1)

    @property
    def rest_without_things(self) -> Words:
        return [word for word in self.rest if not (word[1] and word[1].kind == "thing")]


def said_of(words: Words) -> Said:
    """What words say, one by one."""
    colour, size, number, several = None, 1.0, 0, False
    things: list[tuple[str, str]] = []
    rest: Words = []
    skipped = set(tables()["meant"]["main"]) | set(tables()["meant"]["all"])
    for phrase, meaning in words:
        kind, value = (meaning.kind, meaning.value) if meaning else ("", "")
        if kind == "thing":
            things.append((value, phrase))
            several = several or (meaning is not None and meaning.plural)
        if phrase in skipped:
            continue
        if kind == "colour":
            colour = value
        elif kind == "count":
            number = int(value)
        elif kind == "phrase" and value in SIZE_OF:
            size *= SIZE_OF[value]
        else:
            rest.append((phrase, meaning))
    arts, names = tuple(art for art, _ in things), tuple(name for _, name in things)
    return Said(arts, names, colour, size, number, several, rest)


def found(scene: Scene, text: str, words: Words) -> list[int]:
    """The things of a scene that words name; the main one where they name none."""
    phrases = {phrase for phrase, _ in words}
    meant = tables()["meant"]
    if phrases & set(meant["all"]) or any(word in text for word in meant["all"] if len(word) > 1):
        return hosts(list(scene.things))
    arts = forbidden(text)
    if arts:
        named = [n for n, thing in enumerate(scene.things) if _is_one(thing.art, arts)]
        named = named or [n for n, thing in enumerate(scene.things) if _may_be(thing.art, arts)]
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
    art = art.partition("@")[0]
    return art in arts or any(art.endswith(f"-{one}") for one in arts)


def _may_be(art: str, arts: frozenset[str]) -> bool:
    """Whether a drawing shows somebody of whom no more is known, and those are people."""
    return art == "person" and any(is_a(one, "people") for one in arts)


def coloured(scene: Scene, numbers: list[int], said: Said) -> Scene:
    """A scene in which some things have the properties that were said."""
    least, most = SIZES
    things = list(scene.things)
    for n in numbers:
        thing = things[n]
        things[n] = replace(
            thing,
            colour=said.colour or thing.colour,
            count=said.number or max(thing.count, SEVERAL if said.several else 1),
            size=min(most, max(least, thing.size * said.size)),
        )
    return replace(scene, things=tuple(things))
