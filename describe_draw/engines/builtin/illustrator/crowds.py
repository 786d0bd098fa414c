"""How much a scene may hold: what can still be seen, and drawn while somebody waits."""

from collections import Counter
from dataclasses import replace
from functools import cache

from .placement import Placement
from .scene import Scene, Thing
from .tables import contacts

MOST_OF_ONE = 14
"""Drawings of one thing that stands on its own; more would be specks."""

MOST_AROUND = 12
"""Drawings of one thing on, in or under another."""

MOST_HELD = 5
"""Drawings of one thing in a hand."""

MOST_ASKED_FOR = 99
"""Drawings that a prompt's things come to, each counted for itself."""

MOST_DRAWN = 400
"""Drawings in a picture, where eight cats ride on each of eight dogs."""


@cache
def around() -> frozenset[str]:
    """How a thing stands to another that brings it along."""
    return frozenset({"behind", "at", *contacts()["spots"], *contacts()["sides"]})


def has_room(things: list[Thing], thing: Thing) -> bool:
    """Whether one more thing can be drawn beside the others."""
    return sum(min(MOST_OF_ONE, one.count) for one in [*things, thing]) <= MOST_ASKED_FOR


def thinned(scene: Scene) -> Scene:
    """The scene with fewer of each thing where all together would be too many."""
    things = scene.things
    for most in (MOST_OF_ONE, MOST_AROUND, 5, 3, 2, 1):
        things = tuple(replace(one, count=min(one.count, most)) for one in scene.things)
        if _drawn(things) <= MOST_DRAWN:
            break
    return replace(scene, things=things)


def varied(scene: Scene, placed: list[Placement]) -> list[Placement]:
    """Several of one, who are not alike: of what has no said colour and isn't dressed up."""
    met: Counter[int] = Counter()
    return [_unlike(scene, one, met) for one in placed]


def _unlike(scene: Scene, one: Placement, met: Counter[int]) -> Placement:
    base, _, pose = one.art.partition("@")
    looks = contacts()["varied"].get(base, "").split()
    if not looks or scene.things[one.thing].count < 2 or one.colour or ":" in pose:
        return one
    art, _, colour = looks[met[one.thing] % len(looks)].partition("=")
    met[one.thing] += 1
    return replace(one, art=art + one.art[len(base) :], colour=colour or None)


def _drawn(things: tuple[Thing, ...]) -> int:
    """How many drawings things come to: what belongs to another is drawn with each of it."""
    behind = {one.to: n for n, one in enumerate(things) if one.relation == "front"}

    def copies(n: int, met: frozenset[int] = frozenset()) -> int:
        one, met = things[n], met | {n}
        to = one.to if one.to is not None and one.to < len(things) else n
        if to not in met and one.relation in around():
            each = 1 if one.relation == "at" else min(MOST_AROUND, one.count)
            return each * copies(to, met)
        if to not in met and one.is_carried:
            return min(MOST_HELD, one.count) * copies(to, met)
        if n in behind and behind[n] not in met:
            return min(MOST_AROUND, one.count) * copies(behind[n], met)
        return min(MOST_OF_ONE, one.count)

    return sum(copies(n) for n in range(len(things)))
