"""Things that come into a scene or go out of it, and what they belong to there."""

from collections.abc import Iterable
from dataclasses import replace

from .crowds import has_room
from .guesses import settle
from .scene import Scene, Thing
from .tables import is_a
from .ties import hosts, is_creature, is_person, kept

_WORN = ("head", "eyes", "neck", "face", "clothes")


def joined(
    scene: Scene, things: list[Thing], *, adds: bool, known: frozenset[str] = frozenset()
) -> Scene:
    """A scene with more things than its own.

    Args:
        scene: What there is.
        things: The scene's own things, and after them those that come.
        adds: Whether what comes is there besides what is alike; else it is the same.
        known: The drawings of which that isn't so.
    """
    own = len(scene.things)
    things = [*things]
    stands_for: dict[int, int] = {}
    for n in range(own, len(things)):
        same = _same(things, n, own)
        if same is None:
            things[n] = _tied(things, n)
        else:
            is_same = things[n].art in known or any(thing.to == n for thing in things)
            things[same] = _merged(things[same], things[n], adds=adds and not is_same)
            stands_for[n] = same
    things = [
        replace(thing, to=stands_for.get(thing.to, thing.to)) if thing.to is not None else thing
        for thing in things
    ]
    stay: list[int] = []
    for n, thing in enumerate(things):
        if n not in stands_for and (n < own or has_room([things[m] for m in stay], thing)):
            stay.append(n)
    return replace(scene, things=tuple(_unbound(kept(things, stay))))


def _same(things: list[Thing], number: int, own: int) -> int | None:
    """Which thing of the scene's own one is, by its drawing, and its colour where it has one."""
    new = things[number]
    alike = ((n, old.colour) for n, old in enumerate(things[:own]) if old.art == new.art)
    return next((n for n, hue in alike if new.colour in (None, hue) or hue is None), None)


def _merged(old: Thing, new: Thing, *, adds: bool) -> Thing:
    tie = old if new.to is None else new
    count = old.count + new.count if adds else new.count if new.count > 1 else old.count
    colour, size = (old.colour, 1.0) if adds else (new.colour or old.colour, new.size)
    doing = tuple(dict.fromkeys((*old.doing, *new.doing)))
    return replace(old, count=count, colour=colour, size=old.size * size, doing=doing,
                   side=new.side or old.side, ghostly=old.ghostly or new.ghostly,
                   relation=tie.relation, to=tie.to)  # fmt: skip


def _tied(things: list[Thing], number: int) -> Thing:
    """A new thing, on who wears or holds it where that is plain."""
    thing = things[number]
    worn = is_a(thing.art, *_WORN)
    before = [n for n in hosts(things[:number]) if n != thing.to]
    named = thing.to if thing.to is not None and thing.to < number else None
    if thing.relation == "given":
        return _given(thing, things, named, worn)
    if worn and (thing.to is None or not is_creature(things[thing.to]) or thing.relation == "on"):
        creatures = [n for n in before if is_creature(things[n])]
        if thing.to is not None and is_creature(things[thing.to]):
            return replace(thing, relation="wearing")  # "a hat on the cat"
        if creatures:
            return replace(thing, relation="wearing", to=creatures[0])
        return thing if thing.relation != "wearing" else replace(thing, relation=None, to=None)
    return thing


def _given(thing: Thing, things: list[Thing], to: int | None, worn: bool) -> Thing:
    """What is given is worn, or held by those with hands; else it is beside."""
    free = replace(thing, relation=None, to=None)
    if to is None or not is_creature(things[to]):
        return free
    if worn:
        return replace(thing, relation="wearing")
    if is_person(things[to]) and is_a(thing.art, "handheld"):
        return replace(thing, relation="holding")
    return free


def _unbound(things: list[Thing]) -> list[Thing]:
    """The things without ties that can't be: to itself, or to what wears or holds it in turn."""
    free = []
    for n, thing in enumerate(things):
        to = thing.to
        is_loop = to is not None and (to == n or things[to].to == n)
        loose = is_loop and not thing.is_carried
        free.append(replace(thing, relation=None, to=None) if loose or to == n else thing)
    return free


def without(scene: Scene, out: frozenset[str] | set[str]) -> Scene:
    """A scene in which nothing of that is, nor comes by itself."""
    out = out | {"tabletop"} if "table" in out else out
    left = (n for n, thing in enumerate(scene.things) if thing.art not in out)
    scene = only(scene, left)
    scene = replace(
        scene,
        without=scene.without | out,
        features=scene.features - out,
        weather="clear" if scene.weather in out else scene.weather,
        season="summer" if scene.season in out else scene.season,
    )
    if out & {scene.place, scene.setting}:
        return settle(replace(scene, place="", setting=""))
    return scene


def only(scene: Scene, numbers: Iterable[int]) -> Scene:
    """A scene with these things alone, and what they wear and hold."""
    stay = set(numbers)
    bare = (n for n in stay if not scene.things[n].is_carried or scene.things[n].to in stay)
    return replace(scene, things=tuple(kept(list(scene.things), sorted(bare))))
