"""Bodies in poses: the limbs, trunk and head of who does something, by poses.toml."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from .words import read_toml

Point = tuple[float, float]
POSE = re.compile(r"(?<=@)(\w+)((?:\+\w+)*)(!?)(?=@|$)")
"""Behind a figure's name: stance, arms (of the left, of the right), whether only hands show."""

_WAIST: Point = (64, 142)
"""About which a trunk leans."""

_NECK: Point = (64, 80)
_UPRIGHT = 212.0
_ANKLE = 12.0


@cache
def poses() -> dict[str, dict[str, Any]]:
    return read_toml("poses.toml")


def is_pose(name: str) -> bool:
    """Whether the end of a drawing's name says how its body is: "seated+chest"."""
    return name.rstrip("!").partition("+")[0] in poses()["stances"]


def pose_of(art: str) -> str:
    """How the body of a drawing is; empty for one that just stands."""
    end = art.partition("@")[2].partition("@")[0]
    return end if is_pose(end) else ""


def posed(art: str, pose: str) -> str:
    """A figure's name with another pose; what it wears stays."""
    name, *ends = art.split("@")
    return "@".join([name, pose, *(end for end in ends if not is_pose(end))])


def share(pose: str) -> float:
    """Height of a pose, in heights of who stands upright."""
    stance = poses()["stances"].get(pose.partition("+")[0])
    return float(stance["size"][1]) / _UPRIGHT if stance else 1.0


@dataclass(frozen=True)
class Body:
    """A body's parts, back to front, and where things go on it.

    Attributes:
        behind: SVG of what is behind the trunk.
        trunk: SVG of the trunk, in the place of one who stands.
        before: SVG of the arms before trunk and head.
        fingers: SVG of the hands alone, which go round what they hold.
        lean: SVG transform of the trunk and what is on it.
        nod: SVG transform of the head before that.
        hands: Left and right, in the drawing's box.
        turn: Degrees by which the trunk leans.
        waist: Where its middle is.
        size: Width and height of the box.
    """

    behind: str
    trunk: str
    before: str
    fingers: str
    lean: str
    nod: str
    hands: tuple[Point, Point]
    turn: float
    waist: Point
    size: Point

    def moved(self, point: Point) -> Point:
        """A point of one who stands, where it is in this pose."""
        return _moved(point, self.turn, self.waist)


def body(build: str, pose: str) -> Body:
    """The body of a build (poses.toml) in a pose, its {colours} not yet filled in."""
    form = poses()["builds"][build]
    name, *arms = pose.rstrip("!").split("+")
    stance = poses()["stances"][name]
    left, right, behind = _arms(arms, stance)
    turn, waist = stance.get("lean", 0.0), (stance["hip"][0], stance["hip"][1])
    across, slim = form["shoulders"], form["arm"]
    parts = {"left": _arm(left, across, slim), "right": _arm(_mirrored(right), -across, slim)}
    lean = f"translate({waist[0] - _WAIST[0]} {waist[1] - _WAIST[1]}) " + _rotation(turn, _WAIST)
    far = "".join(part + _hand(hand) for side, (part, hand) in parts.items() if side in behind)
    near = "".join(part + _hand(hand) for side, (part, hand) in parts.items() if side not in behind)
    fingers = "".join(_hand(hand) for _, hand in parts.values())
    legs = _legs(form, stance, turn, waist)
    under, over = ("", legs) if stance.get("legs_before") else (legs, "")
    away = _rotation(-turn, _WAIST) + f" translate({_WAIST[0] - waist[0]} {_WAIST[1] - waist[1]})"
    return Body(
        f'<g transform="{lean}">{far}</g>{under}',
        form["trunk"] + (f'<g transform="{away}">{over}</g>' if over else ""),
        f'<g transform="{lean}">{near}</g>',
        f'<g transform="{lean}">{fingers}</g>',
        lean,
        _rotation(stance.get("head", -turn * 0.6), _NECK),
        (_moved(parts["left"][1], turn, waist), _moved(parts["right"][1], turn, waist)),
        turn,
        waist,
        (stance["size"][0], stance["size"][1]),
    )


def _arms(names: list[str], stance: dict[str, Any]) -> tuple[list[float], list[float], list[str]]:
    """Elbow and hand of both arms, and which of them are behind the trunk."""
    table = poses()["arms"]
    rest = table[stance.get("arms", "hang")]
    first = table[names[0]] if names else rest
    left, right = first["left"], first.get("right")
    behind = [side for side in first.get("behind", []) if first.get(side)]
    if len(names) > 1 and right is None:
        other = table[names[1]]
        right = _mirrored(other["left"])
        behind += ["right"] * ("left" in other.get("behind", []))
    elif right is None:
        right = rest.get("right") or table["hang"]["right"]
        behind += ["right"] * ("right" in rest.get("behind", []))
    return left, right, behind


def _arm(joints: Sequence[float], across: float, slim: float) -> tuple[str, Point]:
    """A sleeve from the shoulder round the elbow, and its hand; of the right where `across` < 0."""
    lower = 91 + (abs(across) - 18) * 0.5
    start = (64 - abs(across), lower)
    wider = (abs(across) - 18) * 0.7  # the arms of broad shoulders hang farther out
    joints = [x - wider if n % 2 == 0 and x < 46 else x for n, x in enumerate(joints)]
    elbow, hand = (joints[0], joints[1]), (joints[2], joints[3])
    reach = math.dist(elbow, hand) or 1.0
    cuff = tuple(h - (h - e) / reach * slim * 0.3 for e, h in zip(elbow, hand, strict=True))
    bend = tuple(2 * e - (s + c) / 2 for s, e, c in zip(start, elbow, cuff, strict=True))
    points = [start, bend, cuff]
    if across < 0:
        points, hand = [(128 - x, y) for x, y in points], (128 - hand[0], hand[1])
    (x, y), (bx, by), (cx, cy) = points
    d = f'd="M{x:.1f} {y:.1f}Q{bx:.1f} {by:.1f} {cx:.1f} {cy:.1f}" fill="none" '
    d += 'stroke-linecap="round"'
    shade = f'<path {d} stroke="#000" stroke-opacity=".13" stroke-width="{slim + 2.6}"/>'
    return f'{shade}<path {d} stroke="{{sleeves}}" stroke-width="{slim}"/>', hand


def _hand(at: Point) -> str:
    circle = f'cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="8.2"'
    return (
        f'<circle {circle} fill="{{hands}}" stroke="#000" stroke-opacity=".2" stroke-width="1.2"/>'
    )


def _legs(form: dict[str, Any], stance: dict[str, Any], turn: float, waist: Point) -> str:
    """Legs with shoes, the hips between them, and over them a skirt or a robe."""
    paint, wide = form["legs"], form["leg"]
    half = 11 if wide > 15 else 9
    found, points = "", []
    for side, hip in (("left", waist[0] - half), ("right", waist[0] + half)):
        kx, ky, fx, fy, toe = stance[side]
        found += f'<path d="M{hip} {waist[1] - 2}L{kx} {ky}L{fx} {fy}" stroke="{paint}" '
        found += f'stroke-width="{wide}" stroke-linejoin="round" fill="none"/>' + _shoe(fx, fy, toe)
        if form.get("hem") == "knee":
            points += [(kx - 22, ky), (kx + 22, ky)]
        elif form.get("hem"):
            points += [(kx - 20, ky), (kx + 20, ky), (fx - 28, fy), (fx + 28, fy)]
    hips = f'<path d="M{waist[0] - half} {waist[1] - 2}h{2 * half}" stroke="{paint}" '
    found += f'{hips}stroke-width="{wide}" stroke-linecap="round"/>'
    if points:
        points += [_moved(corner, turn, waist) for corner in form["waist"]]
        corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in _hull(points))
        found += f'<polygon points="{corners}" fill="{{top}}" stroke="{{top}}" stroke-width="10" '
        found += 'stroke-linejoin="round"/>'
    return found


def _shoe(x: float, y: float, toe: float) -> str:
    """A shoe at an ankle, its toe in a direction: 0 right, 90 down, 180 left."""
    ahead = math.cos(math.radians(toe)) <= 0.01
    turn = f"rotate({toe - 180:.0f})" if ahead else f"rotate({toe:.0f}) scale(-1 1)"
    place = f"translate({x} {y}) {turn}"
    return f'<path transform="{place}" d="M-13 {_ANKLE}q0-14 13-14h11v14z" fill="{{shoes}}"/>'


def _hull(points: list[Point]) -> list[Point]:
    """The corners of the narrowest outline without dents around points."""
    around: list[Point] = []
    for line in (sorted(points), sorted(points, reverse=True)):
        half: list[Point] = []
        for x, y in line:
            while len(half) > 1 and _turns_in(half[-2], half[-1], (x, y)):
                half.pop()
            half.append((x, y))
        around += half[:-1]
    return around


def _turns_in(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) <= 0


def _mirrored(joints: Sequence[float]) -> list[float]:
    return [value if n % 2 else 128 - value for n, value in enumerate(joints)]


def _rotation(turn: float, about: Point) -> str:
    return f"rotate({turn:.1f} {about[0]} {about[1]})"


def _moved(point: Point, turn: float, waist: Point) -> Point:
    x, y = point[0] - _WAIST[0], point[1] - _WAIST[1]
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    return waist[0] + x * cos - y * sin, waist[1] + x * sin + y * cos
