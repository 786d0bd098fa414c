"""Streets and skylines."""

from dataclasses import replace
from random import Random
from typing import Any

from .colours import RGB, mix, parse_hex
from .land import PAVED
from .paper import Paper
from .placement import Placement
from .places import looks
from .scene import Scene
from .tables import is_a
from .words import read_toml

_OLD = PAVED - {"city", "tokyo"}
_LAMP = "#ffdf8a"
_STONES = ("#b8ad9e", "#aba091", "#c4baac", "#a39889")


def paint_town(paper: Paper, scene: Scene, rng: Random) -> None:
    frame = paper.frame
    if scene.place == "favela":
        _favela(paper, rng)
        return
    if "skyline" in scene.without:
        _road(paper, scene, rng)
        return
    far, near = _table()["old" if scene.place in _OLD else "new"]
    base = frame.horizon + 3
    _houses(paper, rng, **far)
    for art, across, height in looks()[scene.place].landmarks:
        asked = any(thing.art == art for thing in scene.things)
        if art not in scene.without and not asked:
            paper.place(
                Placement(art, frame.width * across, base, frame.horizon * height, haze=0.18)
            )
    if scene.place in PAVED:
        _houses(paper, rng, **near)
        driven = any(is_a(one.art, "cars") for one in scene.things)
        if scene.place == "old-town" and not driven:
            _cobbles(paper, rng)
        else:
            _road(paper, scene, rng)


def _table() -> dict[str, Any]:
    """The far and the near row of old and of new buildings, and the colours of huts."""
    table: dict[str, Any] = read_toml("palettes.toml")["town"]
    return table


def _houses(
    paper: Paper, rng: Random, walls: list[str], low: float, high: float, haze: float, wide: float,
    roofs: bool = False,
) -> None:  # fmt: skip
    """A row of buildings with windows, from the left to the right edge."""
    frame, light = paper.frame, paper.light
    x, base = -rng.random() * frame.width * wide, paper.frame.horizon + 3
    while x < frame.width:
        width = frame.width * wide * rng.uniform(0.7, 1.35)
        height = frame.horizon * rng.uniform(low, high)
        wall = light.on(parse_hex(rng.choice(walls)), haze)
        top = base - height
        paper.rect(x, top, width + 1, height, wall)
        paper.rect(x + width * 0.74, top, width * 0.26 + 1, height, mix(wall, (20, 24, 50), 0.14))
        if roofs:
            peak, end = top - height * 0.16, x + width
            edge = width * 0.12
            roof = [(x - 2, top), (x + edge, peak), (end - edge, peak), (end + 2, top)]
            paper.polygon(roof, light.on(parse_hex("#a8553c"), haze))
        elif rng.random() < 0.3:
            paper.rect(x + width * 0.3, top - height * 0.07, width * 0.3, height * 0.07 + 1, wall)
        _windows(paper, rng, x, top, width, height, wall, haze)
        x += width


def _windows(
    paper: Paper, rng: Random, x: float, top: float,
    width: float, height: float, wall: RGB, haze: float,
) -> None:  # fmt: skip
    frame, light = paper.frame, paper.light
    size = frame.unit * 0.016
    columns, rows = max(1, int(width / size / 2.1)), max(1, int(height / size / 2.3))
    dim = mix(wall, (26, 34, 60), 0.4 * (1 - haze))
    lamp = mix(parse_hex(_LAMP), light.haze, haze * 0.5)
    share = 0.5 if light.dark else 0.06
    d_dim, d_lit = "", ""
    for row in range(rows):
        for column in range(columns):
            left = x + width * (column + 0.5) / columns - size / 2
            y = top + height * (row + 0.5) / rows - size * 0.6
            box = f"M{left:.1f} {y:.1f}h{size:.1f}v{size * 1.2:.1f}h{-size:.1f}z"
            if rng.random() < share:
                d_lit += box
            else:
                d_dim += box
    paper.path(d_dim, dim)
    if d_lit:
        paper.path(d_lit, lamp)


def _road(paper: Paper, scene: Scene, rng: Random) -> None:
    """A carriageway, and before it the pavement where there is anybody on foot."""
    frame, light = paper.frame, paper.light
    paper.rect(0, frame.horizon, frame.width, frame.height * 0.05, light.hex("#c3c5c8"))
    kerb = frame.horizon + frame.height * 0.05
    paper.rect(0, kerb, frame.width, frame.height * 0.012, light.hex("#9da1a6"))
    riders = any("riding" in (one.relation, *one.doing, *one.art.split("-")) or "biking" in one.art
                 for one in scene.things)  # fmt: skip
    walked = not riders and any(not is_a(one.art, "cars") for one in scene.things)
    if walked:
        near = frame.ground(0.6)
        paper.rect(0, near, frame.width, frame.height - near, light.hex("#b9bbbe"))
        paper.rect(0, near, frame.width, frame.height * 0.018, light.hex("#9da1a6"))
    y, high = frame.ground(0.36 if walked else 0.66), frame.height * 0.014
    shift = rng.random() * 0.2
    for n in range(7):
        x, end = frame.width * (n - shift) / 5.6, frame.width * (n - shift + 0.5) / 5.6
        stripe = [(x, y), (end, y), (end + 3, y + high), (x - 3, y + high)]
        paper.polygon(stripe, light.hex("#eceade"))


def _cobbles(paper: Paper, rng: Random) -> None:
    """A street of cobblestones, the nearer ones larger."""
    frame, light = paper.frame, paper.light
    deep, stones = frame.height - frame.horizon, dict.fromkeys(_STONES, "")
    paper.rect(0, frame.horizon, frame.width, deep, light.hex("#857c70"))
    y = frame.horizon
    while y < frame.height:
        high = deep * (0.028 + 0.1 * (y - frame.horizon) / deep)
        gap, x = high * 0.1, -2 * high * rng.random()
        while x < frame.width:
            wide = high * rng.uniform(1.5, 2.4)
            side = wide - 3 * gap
            stones[rng.choice(_STONES)] += (
                f"M{x + gap:.1f} {y + gap * 2:.1f}q0{-gap:.1f} {gap:.1f}{-gap:.1f}h{side - gap:.1f}"
                f"q{gap:.1f} 0 {gap:.1f} {gap:.1f}v{high - 3 * gap:.1f}h{-side - gap:.1f}z"
            )
            x += wide
        y += high
    for colour, path in stones.items():
        paper.path(path, light.hex(colour))


def _favela(paper: Paper, rng: Random) -> None:
    frame = paper.frame
    for row in range(9):
        depth = row / 8
        base = frame.horizon * (0.36 + 0.64 * depth) + frame.height * 0.04
        x = -rng.random() * frame.width * 0.06
        while x < frame.width:
            wide = frame.width * rng.uniform(0.06, 0.1) * (0.6 + 0.5 * depth)
            high = frame.height * rng.uniform(0.08, 0.13) * (0.6 + 0.5 * depth)
            bend = ((x / frame.width - 0.5) ** 2) * frame.horizon * 0.5 * (1 - depth)
            foot = base + bend - high + wide * 1.7
            hut = Placement("shanty", x + wide / 2, foot, wide * 1.7, rng.choice(_table()["huts"]))
            paper.place(replace(hut, haze=0.4 * (1 - depth)))
            if paper.light.dark and rng.random() < 0.4:
                paper.glow(x + wide / 3, base + bend - high * 0.6, wide * 0.5, _LAMP, 0.8)
            x += wide
