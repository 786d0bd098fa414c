"""Where a thing is that is at the side of another: touched, led, following, around it."""

import math
from collections import Counter
from dataclasses import replace
from typing import Any

from .attachments import hands
from .beasts import stance_of
from .bodies import pose_of
from .crowds import MOST_AROUND
from .placement import Placement, aspect
from .scene import Scene
from .spots import sized
from .tables import contacts, is_a, traits

_LEAN = 8.0
_WIDE = 1.3


def at_sides(scene: Scene, index: int, host: Placement, taken: Counter[str]) -> list[Placement]:
    """Each of a thing on the ground at the sides of its host, or around it."""
    thing = scene.things[index]
    relation = thing.relation or "reach"
    way = contacts()["sides"][relation]
    height = sized(scene, index, host, way.get("least", 0.26), way.get("most", 2.4))
    one = Placement(thing.art, host.x, host.base, height, thing.colour, thing=index,
                    haze=host.haze, grounded=host.grounded, afloat=host.afloat)  # fmt: skip
    count = min(MOST_AROUND, thing.count)
    if relation == "around" and count > 1:
        return _ring(one, host, count)
    row = relation if {"up", "away"} & way.keys() else "sides"
    first = taken[row]
    taken[row] += count
    found = [_beside(one, way, host, number) for number in range(first, first + count)]
    if relation in ("leash", "towed"):
        ends = [(host.x, host.base - host.height * 0.6)] if stance_of(host.art) else hands(host)
        return [replace(one, string=max(ends, key=lambda end: -abs(end[0] - one.x)))
                for one in found]  # fmt: skip
    return [_leaning(one, host) for one in found] if relation == "against" else found


def _beside(one: Placement, way: dict[str, Any], host: Placement, number: int) -> Placement:
    """On the side to which the host turns, or behind it; one more farther off."""
    always = is_a(host.art, "people") and not pose_of(host.art)
    side = 1 if host.flip or always else -1
    faces = way.get("alternates") or way.get("away")
    before = number // 2 if way.get("alternates") else number
    if way.get("away") or (way.get("alternates") and number % 2):
        side = -side
    edge = host.width / 2
    if host.art in traits().trunks and one.height < 0.7 * host.height:  # below the crown
        edge *= 0.6
    long = stance_of(one.art) and stance_of(host.art)  # their heads are ahead of them
    gap = way.get("rear", way["gap"]) if number % 2 else way["gap"]
    gap = max(gap, -0.03 if long else -1) * min(one.width, host.width)
    return replace(
        one,
        x=host.x + side * (edge + gap + one.width * (0.5 + before * 0.9)),
        base=host.base + (host.height - one.height) * 0.04 - way.get("up", 0.0) * host.height,
        flip=side > 0
        if is_a(one.art, "pushed")
        else is_a(one.art, "turns") and (side < 0) == bool(faces),
        grounded=one.grounded and "up" not in way,
    )


def _leaning(one: Placement, host: Placement) -> Placement:
    """Before something wide, or at one side of something narrow."""
    side = 1 if one.x > host.x else -1
    if aspect(host.art) > _WIDE:
        return replace(one, x=host.x + side * host.width * 0.2, base=host.base + host.height * 0.05)
    trunk = host.width * traits().trunks.get(host.art, 1.0)
    tilt = -_LEAN * side if one.height > one.width else 0.0
    return replace(one, x=host.x + side * (trunk / 2 + one.width * 0.34), tilt=tilt)


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
        right = x < host.x and is_a(one.art, "turns")
        found.append(replace(one, x=x, base=host.base + depth * math.sin(turn), flip=right))
    return found
