"""Where a thing is that is at the side of another: touched, led, following, around it."""

import math
from collections import Counter
from dataclasses import replace

from .crowds import MOST_AROUND
from .placement import Placement, aspect
from .scene import Scene, Thing
from .spots import sized
from .tables import traits

AT_SIDES = ("reach", "leash", "follow", "around", "against", "flying")

# Share of the narrower one by which two that touch overlap.
_OVERLAP = 0.22
_LEAN = 8.0
_WIDE = 1.3


def at_sides(scene: Scene, index: int, host: Placement, taken: Counter[str]) -> list[Placement]:
    """Each of a thing on the ground at the sides of its host, or around it."""
    thing = scene.things[index]
    relation = thing.relation or "reach"
    height = sized(scene, index, host, 0.5 if relation == "against" else 0.26, 2.4)
    if relation == "flying":
        height = host.height * 0.2
    one = Placement(
        thing.art, host.x, host.base, height, thing.colour, thing=index, haze=host.haze,
        grounded=host.grounded, afloat=host.afloat,
    )  # fmt: skip
    count = min(MOST_AROUND, thing.count)
    if relation == "around" and count > 1:
        return _ring(one, host, count)
    found = []
    for _ in range(count):
        number = taken["sides"]
        taken["sides"] += 1
        if relation == "against":
            found.append(_leaning(one, thing, host, number))
        else:
            found.append(_beside(one, relation, host, number))
    return found


def _beside(one: Placement, relation: str, host: Placement, number: int) -> Placement:
    """On the side to which the host turns, what follows behind it; one more farther off."""
    towards = 1 if host.flip or traits().is_a(host.art, "people") else -1
    if relation not in ("follow", "leash"):
        side = towards if number % 2 == 0 else -towards
        before, gap = number // 2, -_OVERLAP * min(one.width, host.width)
    else:
        side, before = towards if relation == "leash" else -towards, number
        gap = one.width * 0.12
    edge = host.width / 2
    if host.art in traits().trunks and one.height < 0.7 * host.height:  # below the crown
        edge *= 0.6
    x = host.x + side * (edge + gap + one.width * (0.5 + before * 0.9))
    hand = host.x + side * 0.27 * host.width, host.top + 0.65 * host.height
    right = {"follow": host.flip, "leash": side > 0}.get(relation, side < 0)
    if relation == "flying":
        x += side * host.width * 0.55
        return replace(one, x=x, base=host.base - host.height * 0.62, grounded=False)
    return replace(
        one,
        x=x,
        base=host.base + (host.height - one.height) * 0.04,
        flip=right and traits().is_a(one.art, "turns"),
        string=hand if relation == "leash" else None,
    )


def _leaning(one: Placement, thing: Thing, host: Placement, number: int) -> Placement:
    """Before something wide, or at one side of something narrow."""
    side = 1 if number % 2 == 0 else -1
    if aspect(host.art) > _WIDE:
        return replace(one, x=host.x + side * host.width * 0.2, base=host.base + host.height * 0.05)
    trunk = host.width * traits().trunks.get(host.art, 1.0)
    x = host.x + side * (trunk / 2 + one.width * 0.34)
    tilt = -_LEAN * side if one.height > one.width else 0.0
    return replace(one, x=x, base=host.base + host.height * 0.01, tilt=tilt)


def _ring(one: Placement, host: Placement, count: int) -> list[Placement]:
    """From the left to the right, behind what is lower and before what is higher."""
    radius = max(host.width / 2 + one.width * 0.3, count * one.width * 0.3)
    depth = one.height * (0.12 if host.height > one.height * 1.2 else -0.1)
    found = []
    for place in range(count):
        turn = math.pi * (place + 0.5) / count
        across = -math.cos(turn)
        if depth < 0 and host.height > one.height * 0.6:  # nobody right behind it
            across = (-1 if across < 0.01 else 1) * (0.5 + 0.5 * abs(across))
        x = host.x + across * radius
        right = x < host.x and traits().is_a(one.art, "turns")
        found.append(replace(one, x=x, base=host.base + depth * math.sin(turn), flip=right))
    return found
