"""What places look like, by a table."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from .scene import Scene
from .words import read_toml

Scattered = tuple[tuple[str, ...], int, float]  # drawings, how many, their height


@dataclass(frozen=True)
class Prop:
    """A drawing that belongs to a place; heights are shares of the picture's unit.

    Attributes:
        art: Its name.
        across: Middles, as shares of the picture's width, or of the width of what it stands on.
        down: How far down the wall or the sky, beyond 1 down the ground.
        height: Of the drawing.
        within: How far down what it stands on, as a share of that; None where it stands free.
    """

    art: str
    across: tuple[float, ...]
    down: float
    height: float
    within: float | None = None


@dataclass(frozen=True)
class Look:
    """What a place looks like, which is painted as `place`; see places.toml."""

    place: str
    horizon: float = 0.58
    ground: tuple[str, str] = ("#a8cf6b", "#5c9e3e")
    hills: tuple[tuple[float, str, float], ...] = ()
    floor: str = ""
    walls: tuple[tuple[str, str], ...] = ()
    wall: str = ""
    windows: tuple[float, ...] = ()
    shore: float = 0.0
    trees: Scattered | None = None
    small: Scattered | None = None
    features: frozenset[str] = frozenset()
    landmarks: tuple[tuple[str, float, float], ...] = ()
    host: str = ""
    seat: str = ""
    either: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    props: tuple[Prop, ...] = ()
    alone: tuple[Prop, ...] = ()
    emblem: tuple[str, ...] = ()


@cache
def looks() -> dict[str, Look]:
    """Every place of the vocabulary."""
    tables = read_toml("places.toml")
    return {name: _look(name, tables) for name in tables}


def look_of(scene: Scene) -> Look:
    look = looks()[scene.setting or scene.place or "meadow"]
    return _laid(scene.setting, scene.place) if scene.place in look.grounds else look


@cache
def _laid(setting: str, ground: str) -> Look:
    """What a place looks like on another ground than its own: a highway in the desert."""
    tables = read_toml("places.toml")
    return _look(setting, {**tables, setting: {**tables[setting], "base": ground}})


def located(scene: Scene, name: str) -> Scene:
    """The scene at another place, unless that must not appear."""
    place = looks()[name].place
    fits = not {name, place} & scene.without
    return replace(scene, place=place, setting=name if name != place else "") if fits else scene


def _look(name: str, tables: dict[str, dict[str, Any]]) -> Look:
    painted = name
    while "base" in tables[painted]:
        painted = tables[painted]["base"]
    table = _whole(name, tables)
    for key in ("trees", "small"):
        scattered = table.get(key)
        table[key] = (tuple(scattered[0].split()), *scattered[1:]) if scattered else None
    for key in ("props", "alone"):
        table[key] = tuple(_prop(*entry) for entry in table.get(key, ()))
    for key in ("ground", "hills", "walls", "windows", "landmarks"):
        table[key] = tuple(table[key]) if key in table else getattr(Look, key)
    features = frozenset(table.pop("features", ()))
    for key in ("emblem", "either", "grounds"):
        table[key] = tuple(table.get(key, "").split())
    return Look(painted, features=features, **table)


def _whole(name: str, tables: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A table with what it has from the places that it is like."""
    own = dict(tables[name])
    like = own.pop("base", None) or own.pop("like", None)
    if not like:
        return own
    others: dict[str, Any] = {"alone": []} if "props" in own else {}
    return _whole(like, tables) | others | own


def _prop(art: str, across: float | list[float], down: float | str, height: float) -> Prop:
    middles = (across,) if isinstance(across, int | float) else tuple(across)
    if isinstance(down, str):
        return Prop(art, middles, 0.0, height, float(down))
    return Prop(art, middles, down, height)
