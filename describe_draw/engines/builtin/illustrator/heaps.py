"""What is in or on something: heaped in bowls, standing in vases, strewn over dishes."""

import math
from dataclasses import replace
from random import Random

from .placement import Placement, apparent, aspect
from .scene import Scene
from .tables import height_of, is_a, traits

MOST_IN_A_HEAP = 12
_LEAN = 42
"""Degrees by which flowers at the rim of a vase lean."""


def is_heaped(scene: Scene, index: int, host: Placement) -> bool:
    """Whether a thing lies in or on its host, with all that is there."""
    relation = scene.things[index].relation
    opens = host.art.partition("@of:")[0] in traits().openings
    return opens and (relation == "inside" or (relation == "on" and not _front(host)))


def heaped(scene: Scene, indices: list[int], host: Placement, rng: Random) -> list[Placement]:
    """All that is in a host, in painting order, then the part of the host before it."""
    share = min(1.0, MOST_IN_A_HEAP / sum(scene.things[n].count for n in indices))
    items = [n for n in indices for _ in range(max(1, round(scene.things[n].count * share)))]
    if is_a(host.art, "topped"):
        spots = _strewn(scene, items, host, rng)
    elif _front(host) and all(is_a(scene.things[n].art, "stemmed") for n in items):
        spots = _standing(scene, items, host)
    else:
        spots = _piled(scene, items, host, rng)
    placed = [
        Placement(scene.things[n].art, x, base, height, scene.things[n].colour, tilt=tilt,
                  haze=host.haze, thing=n, grounded=False, shadow=False)
        for n, x, base, height, tilt in spots
    ]  # fmt: skip
    return [*placed, *_front(host)]


Spot = tuple[int, float, float, float, float]  # index, middle, base, height, tilt


def _front(host: Placement) -> list[Placement]:
    rim = traits().openings[host.art.partition("@of:")[0]]
    return [replace(host, rim=rim, shadow=False, grounded=False, thing=-1)] if rim[3] else []


def _opening(host: Placement) -> tuple[float, float, float]:
    """Left, right and height of the rim, in pixels."""
    left, right, down, _ = traits().openings[host.art.partition("@of:")[0]]
    return (host.left + left * host.width, host.left + right * host.width,
            host.top + down * host.height)  # fmt: skip


def _piled(scene: Scene, items: list[int], host: Placement, rng: Random) -> list[Spot]:
    """In rows, each shorter than the one below, the highest first."""
    left, right, rim = _opening(host)
    stack = host.art == "stack"
    lined = stack or is_a(host.art, "lined")
    most = len(items) if lined else math.ceil((math.sqrt(8 * len(items) + 1) - 1) / 2)
    most, pitch = (1, 1.0) if stack else (most, 0.56)
    arts = [scene.things[n].art for n in items]
    real = max(height_of(art) for art in arts) / height_of(host.art)
    natural = max(host.height * apparent(real) * 1.2, (right - left) * 0.4)
    wide = min((right - left) * (0.86 if most == 1 else 1 / (0.84 * most + 0.16)),
               natural * (max(map(aspect, arts)) if most == 1 else 1.0))  # fmt: skip
    sunk = 0.36 if _front(host) else 0.0 if lined else 0.06
    rows: list[list[Spot]] = []
    at = 0
    while at < len(items):
        row = items[at : at + max(1, most - len(rows))]
        spots = []
        for place, n in enumerate(row):
            height = min(wide / aspect(scene.things[n].art), wide * 1.3)
            x = (left + right) / 2 + (place - (len(row) - 1) / 2) * wide * 0.84
            up = min(wide * pitch, height * (0.5 if is_a(scene.things[n].art, "nested") else 0.76))
            base = min(rim + height * sunk, host.base) - len(rows) * up
            tilt = rng.uniform(-14, 14) if len(items) > 1 and not lined else 0.0
            spots.append((n, x, base, height, tilt))
        rows.append(spots)
        at += len(row)
    return [spot for row in (rows if stack else reversed(rows)) for spot in row]


def _standing(scene: Scene, items: list[int], host: Placement) -> list[Spot]:
    """Like flowers, the outer ones leaning outwards."""
    left, right, rim = _opening(host)
    wide = max(aspect(scene.things[n].art) for n in items)
    height = min(host.height * (1.1 if wide < 0.6 else 0.66), (right - left) * 3.2)
    items = items[:9]
    spots = []
    for place, n in enumerate(items):
        across = (place + 0.5) / len(items) * 2 - 1
        up = height * (1 - 0.12 * (place % 2))
        tilt = across * _LEAN * min(1.0, len(items) / 3)
        x = (left + right) / 2 + across * (right - left) * 0.4
        x += math.sin(math.radians(tilt)) * up * 0.7
        low = (1 - math.cos(math.radians(tilt))) * up * 0.6
        spots.append((n, x, rim + up * 0.24 + low, up, tilt))
    return spots


def _strewn(scene: Scene, items: list[int], host: Placement, rng: Random) -> list[Spot]:
    """Over the top of a dish."""
    left, right, down = _opening(host)
    wide = (right - left) / (1.2 + 0.8 * math.sqrt(len(items)))
    spots = []
    for place, n in enumerate(items):
        high, lean = (2.0, 0.0) if is_a(scene.things[n].art, "stemmed") else (1.0, 16.0)
        height = min(wide / aspect(scene.things[n].art), wide * 1.2) * high
        x = left + (right - left) * (place + 0.5) / len(items)
        base = down + min(height, wide * 1.2) * (0.5 + 0.45 * (place % 2))
        spots.append((n, x, base, height, rng.uniform(-lean, lean)))
    return sorted(spots, key=lambda spot: spot[2])
