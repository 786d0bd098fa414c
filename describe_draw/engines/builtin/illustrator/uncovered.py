"""What would be hidden behind others moves aside; what still is hidden is told."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from .forms import moved
from .fragments import thumbnail
from .frame import Frame
from .mixed import drawing
from .placement import Placement
from .scene import Scene, Thing
from .tables import is_a
from .words import read_toml

_LEAST = 0.5
"""The share of a drawing that has to be seen."""

_MOST = 3
"""Of more of a kind one may hide another."""

_CROWD = 24
"""Groups."""

_FULL = 0.84
"""Drawings fill no more than about this share of their boxes, across and up."""

_STEPS = 16
_POINTS = [(x / 8, y / 8) for x in range(-3, 4) for y in range(-3, 4)]
"""Where it is looked whether something is seen: from its middle, in shares of its size."""

_CELLS = 96
"""Across and up, of the raster in which it is told what is seen."""

_SHARE, _AREA = 0.2, 5
"""What is seen at the least: the share of a thing, and cells of the raster."""

Group = list[Placement]


def uncovered(scene: Scene, groups: list[Group], frame: Frame) -> list[Group]:
    """Groups in painting order, none of them behind those that are painted after it.

    Each begins with what the others of it are tied to. Where a side is said, that is kept, and in
    a crowd there is no room.
    """
    if len(groups) > _CROWD:
        return groups
    front: list[Placement] = []
    found: list[Group] = []
    for group in reversed(groups):
        thing = scene.things[group[0].thing]
        free = not thing.side and thing.count <= _MOST
        hidden = free and _seen(group[0], 0.0, front) < _LEAST
        found.insert(0, _aside(group, frame, front) if hidden else group)
        front += found[0]
    return found


def _aside(group: Group, frame: Frame, front: list[Placement]) -> Group:
    """A group at the nearest place where most of it is seen."""
    left, right = min(one.left for one in group), max(one.left + one.width for one in group)
    room = max(0.0, frame.width - right + left)
    moves = [room * n / _STEPS - left for n in range(_STEPS + 1)]
    best = max(moves, key=lambda by: (round(_seen(group[0], by, front), 1), -abs(by)))
    return moved(group, (0.0, 0.0), 1.0, (best, 0.0))


def _seen(one: Placement, by: float, front: list[Placement]) -> float:
    """The share of a drawing, moved by so many pixels, that nothing is painted over."""
    middle = one.x + by, one.base - one.height / 2
    spots = [(middle[0] + x * one.width, middle[1] + y * one.height) for x, y in _POINTS]
    return sum(not any(_hides(other, *spot) for other in front) for spot in spots) / len(spots)


def _hides(other: Placement, x: float, y: float) -> bool:
    across, up = other.width * _FULL / 2, other.height * _FULL / 2
    return abs(x - other.x) < across and abs(y - other.base + other.height / 2) < up


def hidden(scene: Scene, placements: Sequence[Placement], frame: Frame) -> list[str]:
    """The words for things of a staged scene that can't be seen in the picture."""
    top = np.full((_CELLS, _CELLS), -1)
    whole: list[float] = []
    for n, one in enumerate(placements):
        shape = _shape(one.art)
        spans = (one.top, one.height, frame.height), (one.left, one.width, frame.width)
        rows, columns = (((np.arange(_CELLS) + 0.5) * side / _CELLS - start) / max(size, 0.1) * 32
                         for start, size, side in spans)  # fmt: skip
        inside = [np.flatnonzero((at >= 0) & (at < 32)) for at in (rows, columns)]
        seen = shape[np.ix_(rows[inside[0]].astype(int), columns[inside[1]].astype(int))]
        if one.rim:
            seen &= (rows[inside[0]] > one.rim[2] * 32)[:, None]
        top[np.ix_(*inside)] = np.where(seen, n, top[np.ix_(*inside)])
        share = one.height * one.width / (frame.height * frame.width)
        whole.append(float(shape.mean()) * share * _CELLS**2)
    found = []
    told = (one.said for one in scene.things if one.count and not is_a(one.art, "piles"))
    for said in dict.fromkeys(filter(None, told)):
        asked = [(n, thing) for n, thing in enumerate(scene.things) if thing.said == said]
        own = [n for n, one in enumerate(placements) if any(_is_of(one, *ask) for ask in asked)]
        area, seen_area = sum(whole[n] for n in own), int(np.isin(top, own).sum())
        if seen_area < _AREA or seen_area < area * _SHARE:
            found.append(said)
    return found


def _is_of(one: Placement, number: int, thing: Thing) -> bool:
    """Whether a drawing shows a thing, as clothes may do that are worn."""
    drawn = read_toml("worn.toml")["things"].get(thing.art, {}).get("as", thing.art)
    if one.thing == number or (one.thing < 0 and one.art == drawn):
        return True
    worn = is_a(thing.art, "clothes") and (thing.relation, thing.to) == ("wearing", one.thing)
    plain = thing.colour is not None or thing.art in ("t-shirt", "jeans")
    return worn and (plain or f":{thing.art}" in one.art)


@lru_cache(maxsize=512)
def _shape(art: str) -> NDArray[np.bool_]:
    """Where a drawing covers its box, in 32 by 32 points."""
    own = drawing(art)
    side = max(own.width, own.height)
    alpha = np.asarray(thumbnail(own.svg, own.width, own.height).getchannel("A")) > 64
    points = (np.arange(32) + 0.5) / 32 - 0.5
    rows, columns = (((points * size / side + 0.5) * 32).astype(int)
                     for size in (own.height, own.width))  # fmt: skip
    shape: NDArray[np.bool_] = alpha[np.ix_(rows, columns)]
    return shape
