"""What is worn or held: where it sits on who wears or holds it."""

import math
from dataclasses import replace
from functools import cache
from typing import Any

from .actions import does
from .beasts import stance_of
from .bodies import pose_of, posed, share
from .crowds import MOST_HELD
from .mixed import drawing
from .placement import Placement, aspect
from .posing import Grip, grip
from .scene import Scene, Thing
from .tables import height_of, is_a, traits
from .words import read_toml

_BUNCH = ("red", "blue", "yellow", "green", "pink")


@cache
def _spots() -> dict[str, dict[str, Any]]:
    """How each drawing that can be worn is."""
    tables = read_toml("worn.toml")
    return {
        art: {"part": "head", "foot": 0.0, "drop": 0.0, "as": art}
        | spot
        | tables["things"].get(art, {})
        for kind, spot in tables["kinds"].items()
        for art in traits().kinds[kind]
    }


def behind(art: str) -> bool:
    """Whether it is on the back of who wears it."""
    return bool(_spots()[art].get("behind"))


def worn(other: Thing, host: Placement) -> Placement | None:
    """An accessory on its wearer; None for clothes, which are a drawing of the wearer's."""
    spot = _spots().get(other.art)
    if spot is None:
        return None
    left, top, unit = host.head()
    middle, foot = left + unit / 2, spot["foot"]
    if spot["part"] == "neck":
        middle, top = host.neck()
    elif spot["part"] == "body":
        middle, top, unit = host.x, host.base, host.height
    elif "side" in spot and host.art in traits().heads:
        foot = spot["side"]
    height = unit * spot["width"] / aspect(spot["as"])
    base = top + foot * unit + spot["drop"] * height
    return Placement(spot["as"], middle, base, height, other.colour, flip=host.flip,
                     haze=host.haze, shadow=False, grounded=host.grounded)  # fmt: skip


def held(scene: Scene, index: int, host: Placement, before: int) -> list[Placement]:
    """What is in the hand: on strings, over the head, before the chest, at the feet.

    Args:
        scene: What the prompt asks for.
        index: Number of the thing that is held.
        host: Who holds it.
        before: How many other things are held already.
    """
    other, own = scene.things[index], scene.things[host.thing]
    side = (-1 if host.flip else 1) * (-1 if before % 2 else 1)
    one = Placement(
        other.art, host.x, host.base, host.height, other.colour, thing=index, shadow=False,
        grounded=host.grounded, haze=host.haze,
    )  # fmt: skip
    if is_a(other.art, "airborne"):
        return _on_strings(one, host, side, min(MOST_HELD, other.count))
    if does(own, "juggling"):
        return _in_an_arc(one, host, max(3, min(MOST_HELD, other.count)))
    mouth = not (is_a(own.art, "people") or pose_of(host.art))
    if grip(other, own).hand == "feet" or (mouth and does(own, "at-feet")):
        height = _size(other, own, host)
        x = host.x - side * (host.width * 0.3 + height * 0.5)
        return [replace(one, x=x, base=host.base + height * 0.12, height=height, shadow=True)]
    if mouth and (stance_of(own.art) or not is_a(own.art, "paws")):
        return [_in_mouth(one, other, own, host)]
    return _in_hand(one, other, own, host, bool(before % 2))


def _size(other: Thing, own: Thing, host: Placement) -> float:
    real = height_of(other.art) / height_of(own.art)
    return host.height * min(0.62, max(0.16, math.pow(real, 0.75)))


def _in_mouth(one: Placement, other: Thing, own: Thing, host: Placement) -> Placement:
    x, y = _mouth(host)
    height = max(_size(other, own, host), host.height * 0.26)
    if stance_of(own.art):
        height = min(height, host.head()[2] * max(0.4, 1.1 / max(1.0, aspect(other.art))))
    frontal = is_a(own.art, "frontal") and not stance_of(own.art)
    away = 0.0 if frontal else 0.3 * height * aspect(other.art)
    return replace(one, x=x + (away if host.flip else -away), base=y + height / 2, height=height)


def _in_hand(
    one: Placement, other: Thing, own: Thing, host: Placement, second: bool
) -> list[Placement]:
    """In one hand, in each of them, or between both."""
    how = grip(other, own, aspect(other.art))
    unit = host.height / share(pose_of(host.art))
    height = unit * how.size if how.size else _size(other, own, host)
    one = replace(one, art=how.drawn or one.art, height=height)
    left, right = hands(host)
    middle = (left[0] + right[0]) / 2, (left[1] + right[1]) / 2
    edge, top, width = host.head()
    point = {
        "between": middle,
        "above": middle,
        "right": right,
        "mouth": (edge + width * 0.5, top + width * 0.76),
    }.get(how.hand, right if second else left)
    if how.both or (how.hand == "left" and other.count == 2 and not second):
        return [_turned(one, how, left, host.flip), _turned(one, how, right, not host.flip)]
    if other.count > 1 and height < host.height * 0.4:
        return _armful(replace(one, x=host.x, base=point[1] + height * 0.4), other.count)
    one = _turned(one, how, point, host.flip != (second and how.hand == "left"))
    if how.hand == "above":
        return [replace(one, base=top + width * 0.08)]
    if how.arms in ("cradle", "chest"):  # the face stays free
        return [replace(one, base=max(one.base, host.neck()[1] + height))]
    return [one]


def _turned(one: Placement, how: Grip, hand: tuple[float, float], mirrored: bool) -> Placement:
    """A thing turned about the hand that holds it."""
    flip = how.flip != mirrored
    turn = math.radians(-how.turn if mirrored else how.turn)
    across, down = (0.5 - how.at[0]) * one.width, (0.5 - how.at[1]) * one.height
    across = -across if flip else across
    x = hand[0] + across * math.cos(turn) - down * math.sin(turn)
    y = hand[1] + across * math.sin(turn) + down * math.cos(turn)
    return replace(one, x=x, base=y + one.height / 2, flip=flip, tilt=math.degrees(turn))


def fingers(host: Placement) -> Placement:
    """The hands of somebody, over what they hold."""
    art = posed(host.art, f"{pose_of(host.art)}!")
    return replace(host, art=art, thing=-1, shadow=False, support=None)


_HANDS = (0.23, 0.65), (0.77, 0.65)
"""Where hands are on who has no pose, as shares of the box."""


def hands(host: Placement) -> tuple[tuple[float, float], tuple[float, float]]:
    """The hand ahead and the other one, in pixels."""
    own = drawing(host.art)
    shares = [(x / own.width, y / own.height) for x, y in own.hands] or _HANDS
    left, right = (
        (host.left + (1 - x if host.flip else x) * host.width, host.top + y * host.height)
        for x, y in shares
    )
    return left, right


def _mouth(host: Placement) -> tuple[float, float]:
    """Of an animal, whose face looks at us or to the side."""
    if stance_of(host.art):
        return hands(host)[0]
    left, top, width = host.head()
    if is_a(host.art, "frontal"):
        return left + width * (0.75 if host.flip else 0.25), top + width * 0.9
    return left + (width if host.flip else 0.0), top + width * 0.7


def _armful(one: Placement, count: int) -> list[Placement]:
    """Some of a kind, side by side before the body."""
    count = min(3, count)
    step = one.height * aspect(one.art) * 0.8
    return [replace(one, x=one.x + (n - (count - 1) / 2) * step) for n in range(count)]


def _in_an_arc(one: Placement, host: Placement, count: int) -> list[Placement]:
    """Above the head, from hand to hand."""
    found, height = [], host.height * 0.15
    for n in range(count):
        turn = math.pi * (n + 0.5) / count
        x = host.x - math.cos(turn) * host.height * 0.36
        base = host.top + host.height * 0.22 - math.sin(turn) * host.height * 0.3
        colour = one.colour or (_BUNCH[n % len(_BUNCH)] if one.art == "sphere" else None)
        found.append(replace(one, x=x, base=base, height=height, colour=colour))
    return found


def _on_strings(one: Placement, host: Placement, side: int, count: int) -> list[Placement]:
    """Balloons above the hand, a kite farther off."""
    hand = hands(host)[0 if side == (-1 if host.flip else 1) else 1]
    side = 1 if hand[0] > host.x else -1
    away = 0.3 if one.art == "balloon" else 0.6
    height = host.height * (0.42 if count == 1 else 0.36)
    found = []
    for n in range(count):
        spread = side * n * height * 0.5
        drop = abs(n - (count - 1) / 2) * height * 0.2
        x = host.x + side * host.height * away + spread
        base = host.top + height * 0.3 + drop
        colour = one.colour or (_BUNCH[n % len(_BUNCH)] if count > 1 else None)
        found.append(replace(one, x=x, base=base, height=height, colour=colour, string=hand))
    return found
