"""What is worn or held: where it sits on who wears or holds it."""

import math
from dataclasses import replace
from functools import cache
from typing import Any

from .actions import does
from .crowds import MOST_HELD
from .placement import Placement, aspect
from .scene import Scene, Thing
from .tables import traits
from .words import read_toml

_LONG = 2.5
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
    return Placement(
        spot["as"],
        middle,
        top + foot * unit + spot["drop"] * height,
        height,
        other.colour,
        flip=host.flip,
        haze=host.haze,
        shadow=False,
        grounded=host.grounded,
    )


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
    hand_x, hand_y = _hand(host, side)
    one = Placement(
        other.art, hand_x, hand_y, host.height, other.colour, thing=index, shadow=False,
        grounded=host.grounded,
    )  # fmt: skip
    if other.art == "umbrella":
        height = host.height * 0.95
        return [replace(one, x=hand_x, base=hand_y + height * 0.06, height=height)]
    if traits().is_a(other.art, "airborne"):
        return _on_strings(one, host, side, min(MOST_HELD, other.count))
    if does(own, "juggling"):
        return _in_an_arc(one, host, max(3, min(MOST_HELD, other.count)))
    return _in_hand(one, other, own, host, side)


def _in_hand(
    one: Placement, other: Thing, own: Thing, host: Placement, side: int
) -> list[Placement]:
    real = traits().height(other.art) / traits().height(own.art)
    height = host.height * min(0.62, max(0.16, real**0.75))
    paws = traits().is_a(own.art, "people") or traits().is_a(own.art, "paws")
    if not paws or does(own, "springing"):
        x, y = _mouth(host)
        if not traits().is_a(own.art, "people") and not does(own, "at-feet"):
            height = max(height, host.height * 0.26)
            away = 0.0 if traits().is_a(own.art, "frontal") else 0.3 * height * aspect(other.art)
            x += away if host.flip else -away
            return [replace(one, x=x, base=y + height / 2, height=height)]
    if does(own, "at-feet") and traits().is_a(other.art, "balls"):
        x = host.x + side * (host.width * 0.3 + height * 0.5)
        return [replace(one, x=x, base=host.base + height * 0.12, height=height, shadow=True)]
    in_front = traits().is_a(other.art, "in_front") and aspect(host.art) < 1
    if aspect(other.art) > _LONG and not in_front:  # upright, under the arm
        height = host.height * 0.95 / aspect(other.art)
        x = host.x + side * host.width * 0.42
        return [replace(one, x=x, base=host.base - host.height * 0.4, height=height, tilt=82)]
    if in_front:
        height = min(height * 1.1, host.width * 0.8 / aspect(other.art))
        base = max(one.base + height * 0.42, host.neck()[1] + height)
        return [replace(one, x=host.x, base=base, height=height)]
    if other.count > 1 and height < host.height * 0.4:
        return _armful(replace(one, x=host.x, height=height * 0.9), other.count)
    x = one.x + side * height * aspect(other.art) * 0.22
    grip = 0.3 if height < host.height * 0.3 else 0.16
    return [replace(one, x=x, base=one.base + height * grip, height=height)]


# Where hands are on a figure, from the middle in widths and from the top in heights, by its body.
_HANDS = {"": (0.27, 0.65), "seated": (0.17, 0.73), "crossed": (0.23, 0.86)}


def _hand(host: Placement, side: int) -> tuple[float, float]:
    away, down = _HANDS.get(host.art.partition("@")[2], _HANDS[""])
    return host.x + side * away * host.width, host.top + down * host.height


def _mouth(host: Placement) -> tuple[float, float]:
    """Of an animal, whose face looks at us or to the side."""
    left, top, width = host.head()
    if traits().is_a(host.art, "frontal"):
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
    hand = _hand(host, side)
    away = 0.34 if one.art == "balloon" else 0.6
    height = host.height * (0.42 if count == 1 else 0.36)
    found = []
    for n in range(count):
        spread = (n - (count - 1) / 2) * height * 0.62
        drop = abs(n - (count - 1) / 2) * height * 0.2
        x = host.x + side * host.height * away + spread
        base = host.top + height * 0.3 + drop
        colour = one.colour or (_BUNCH[n % len(_BUNCH)] if count > 1 else None)
        found.append(replace(one, x=x, base=base, height=height, colour=colour, string=hand))
    return found
