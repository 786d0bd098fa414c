"""Bodies in poses: the limbs, trunk and head of who does something, by poses.toml."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from .words import read_toml

Point = tuple[float, float]
_WAIST: Point = (64, 142)
"""About which a trunk leans."""

_NECK: Point = (64, 80)
_UPRIGHT = 212.0
_ANKLE = 12.0


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


class Body(NamedTuple):
    """A body with places for what is on it: <under/>, <chest/> and <head/>."""

    svg: str
    size: Point
    head: tuple[float, float, float]
    hands: tuple[Point, ...]


def body(build: str, pose: str, head: Sequence[float]) -> Body:
    """The body of a build (poses.toml) in a pose, its {colours} not yet filled in.

    Args:
        build: Its name.
        pose: Stance and arms; with "!" at its end only the hands are drawn.
        head: Left, top and width of the head of one who stands.
    """
    form = poses()["builds"][build]
    name, *arms = pose.rstrip("!").split("+")
    stance = poses()["stances"][name]
    turn, (x, y) = stance.get("lean", 0.0), stance["hip"]
    sides = zip(_arms(arms, stance), (form["shoulders"], -form["shoulders"]), strict=True)
    found = [(behind, *_arm(joints, across, form["arm"])) for (joints, behind), across in sides]
    far, near = (
        "".join(sleeve + _hand(hand) for behind, sleeve, hand in found if behind == rear)
        for rear in (True, False)
    )
    lean = f"translate({x - _WAIST[0]} {y - _WAIST[1]}) " + _rotation(turn, _WAIST)
    away = _rotation(-turn, _WAIST) + f" translate({_WAIST[0] - x} {_WAIST[1] - y})"
    legs = _legs(form, stance, turn, (x, y))
    legs = f'<g transform="{away}">{legs}</g>'
    under, over = ("", legs) if stance.get("legs_before") else (legs, "")
    nod = _rotation(stance.get("head", -turn * 0.6), _NECK)
    svg = f"{far}{under}<under/>{form['trunk']}{over}<chest/>"
    svg += f'<g transform="{nod}"><head/></g>{near}'
    if pose.endswith("!"):
        svg = "".join(_hand(hand) for _, _, hand in found)
    left, top, width = head
    middle = _moved((left + width / 2, top + width / 2), turn, (x, y))
    return Body(
        f'<g transform="{lean}">{svg}</g>',
        (stance["size"][0], stance["size"][1]),
        (middle[0] - width / 2, middle[1] - width / 2, width),
        tuple(_moved(hand, turn, (x, y)) for _, _, hand in found),
    )


def _arms(names: list[str], stance: dict[str, Any]) -> list[tuple[list[float], bool]]:
    """Elbow and hand of the left arm and of the right one, mirrored; whether behind the trunk."""
    table, rest = poses()["arms"], stance.get("arms", "hang")
    first, *more = names or [rest]
    others = [(first, "right"), *((name, "left") for name in more), (rest, "right")]
    second = next((one for one in others if one[1] in table[one[0]]), ("hang", "right"))
    found = []
    for name, side in ((first, "left"), second):
        joints = table[name][side]
        behind = side in table[name].get("behind", ())
        found.append((joints if side == "left" else _mirrored(joints), behind))
    return found


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
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    upright = abs(cos) > 0.5
    for side, away in (("left", -half), ("right", half)):
        kx, ky, fx, fy, toe = stance[side]
        hip = (waist[0] + away, waist[1] - 2) if upright else (waist[0] - 2, waist[1] + away)
        found += f'<path d="M{hip[0]} {hip[1]}L{kx} {ky}L{fx} {fy}" stroke="{paint}" '
        found += f'stroke-width="{wide}" stroke-linejoin="round" fill="none"/>' + _shoe(fx, fy, toe)
        if form.get("hem") == "knee":
            points += [(kx + cos * out, ky + sin * out) for out in (-22, 22)]
        elif form.get("hem"):
            points += [(kx + cos * out, ky + sin * out) for out in (-20, 20)]
            points += [(fx + cos * out, fy + sin * out) for out in (-28, 28)]
    found += f'<circle cx="{waist[0]}" cy="{waist[1] - 2}" r="{half + wide / 2}" fill="{paint}"/>'
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
