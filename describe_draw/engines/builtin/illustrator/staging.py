"""What a scene needs beyond what was said: water for boats, tables for food."""

from dataclasses import replace

from .actions import does, enacted
from .frame import ALOFT, INDOORS, SHORE, shore
from .scene import Scene, Thing
from .tables import traits

_ONCE = ("under", "behind", "above", "up", "on", "inside", "perched", "sill", "hanging", "around")
_ROOMS = ("room", "kitchen", "library", "castle-hall")


def staged(scene: Scene) -> Scene:
    """The scene as it is painted; things keep their numbers, and new ones come after them."""
    return _furnished(_watered(_singled(enacted(scene))))


def _singled(scene: Scene) -> Scene:
    """One of several shelters or hides a single other thing: the rest stand by."""
    things = list(scene.things)
    for thing in scene.things:
        host = things[thing.to] if thing.to is not None else None
        if host is None or thing.to is None or thing.relation not in _ONCE:
            continue
        if thing.count == 1 < host.count and host.relation is None:
            things[thing.to] = replace(host, count=1)
            things.append(replace(host, count=host.count - 1))
    return replace(scene, things=tuple(things))


def _watered(scene: Scene) -> Scene:
    """What floats gets a shore to float at; houses stand at the sea, not in it."""
    if scene.place == "tabletop" and any(traits().is_a(t.art, "airborne") for t in _free(scene)):
        scene = replace(scene, place="meadow")
    built = [t for t in _free(scene) if traits().is_a(t.art, "scenery")]
    if scene.place == "sea" and any(not traits().is_a(t.art, "floats") for t in built):
        scene = replace(scene, place="beach")
    floats = any(
        t.count and (traits().is_a(t.art, "needs_water") or does(t, "swimming"))
        for t in _free(scene)
    )
    dry = scene.place not in ALOFT | INDOORS and shore(scene) < SHORE
    if floats and dry and "lake" not in scene.without:
        return replace(scene, features=scene.features | {"shore"})
    return scene


def _free(scene: Scene) -> list[Thing]:
    """Things that stand for themselves, not on, in or with another."""
    return [t for t in scene.things if t.relation in (None, "beside", "between", "front", "riding")]


def _furnished(scene: Scene) -> Scene:
    """Small things of a room stand on a table."""
    if scene.place not in _ROOMS:
        return scene
    things = scene.things
    hosts = {thing.to for thing in things if thing.relation not in (None, "beside", "between")}
    small = [
        n for n, thing in enumerate(things)
        if thing.relation in (None, "beside", "between") and n not in hosts and thing.count
        and traits().is_a(thing.art, "indoors") and traits().height(thing.art) < 0.5
        and not traits().is_a(thing.art, "balls")
    ]  # fmt: skip
    table = next((n for n, thing in enumerate(things) if thing.art == "table"), len(things))
    if not small or "table" in scene.without:
        return scene
    if len(small) == sum(bool(thing.count) for thing in things):
        return replace(scene, place="tabletop")
    if table == len(things):
        things = (*things, Thing("table"))
    laid = tuple(
        replace(thing, relation="on", to=table) if n in small else thing
        for n, thing in enumerate(things)
    )
    return replace(scene, things=laid)
