"""What would be hidden behind others moves aside."""

from .forms import moved
from .frame import Frame
from .placement import Placement
from .scene import Scene

_LEAST = 0.5
"""The share of a drawing that has to be seen."""

_MOST = 3
"""Of more of a kind one may hide another."""

_FULL = 0.84
"""Drawings fill no more than about this share of their boxes, across and up."""

_STEPS = 16
_POINTS = [(x / 8, y / 8) for x in range(-3, 4) for y in range(-3, 4)]
"""Where it is looked whether something is seen: from its middle, in shares of its size."""

Group = list[Placement]


def uncovered(scene: Scene, groups: list[Group], frame: Frame) -> list[Group]:
    """Groups in painting order, none of them behind those that are painted after it.

    Each begins with what the others of it are tied to. Where a side is said, that is kept.
    """
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
