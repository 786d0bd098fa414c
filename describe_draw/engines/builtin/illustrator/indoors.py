"""Rooms, tables, stages."""

from collections.abc import Sequence
from random import Random

from .colours import mix, parse_hex
from .frame import Frame
from .paper import Paper
from .placement import Placement
from .places import Look, look_of
from .props import OUTSIDE, glazed, in_the_way, paint_props
from .scene import Scene

# Height of a wall's tiles, bricks and boards, as a share of the unit.
_SIZES = {"tiles": 0.075, "bricks": 0.06, "boards": 0.085}


def paint_indoors(paper: Paper, scene: Scene, rng: Random, subjects: Sequence[Placement]) -> None:
    frame, look = paper.frame, look_of(scene)
    _wall(paper, rng, look)
    _floor(paper, look)
    asked = [thing.count for thing in scene.things if thing.art == "window"]
    if look.windows and not any(asked):
        spots = [_window(frame, across) for across in rng.sample(look.windows, len(look.windows))]
        free = [one for one in spots if not any(in_the_way(one, s, frame) for s in subjects)]
        for one in free[:1] or spots[: bool(asked) or scene.weather in OUTSIDE]:
            paper.place(glazed(scene, one))
    paint_props(paper, scene, subjects)
    if scene.time == "night":
        paper.rect(0, 0, frame.width, frame.height, "#0a1030", 'opacity="0.28"')


def _window(frame: Frame, across: float) -> Placement:
    x = frame.width * (1 - across if frame.light_left else across)
    return Placement("window", x, frame.horizon * 0.76, frame.horizon * 0.66)


def _wall(paper: Paper, rng: Random, look: Look) -> None:
    frame = paper.frame
    top, foot = rng.choice(look.walls)
    high = frame.horizon + 2
    paper.rect(0, 0, frame.width, high, paper.fade([(0.0, top, 1.0), (1.0, foot, 1.0)]))
    seam, size = mix(parse_hex(foot), (60, 50, 40), 0.22), frame.unit * _SIZES.get(look.wall, 1.0)
    d = ""
    for row in range(int(high / size) + 1 if look.wall in _SIZES else 0):
        y = high - row * size
        d += f"M0 {y:.1f}H{frame.width}"
        wide = size * (1 if look.wall == "tiles" else 2.2)
        for n in range(int(frame.width / wide) + 2 if look.wall != "boards" else 0):
            x = (n - (row % 2) * 0.5 * (look.wall == "bricks")) * wide
            d += f"M{x:.1f} {y:.1f}v{-size:.1f}"
    if d:
        paper.stroke(d, seam, frame.unit * 0.004, 0.5)
    if look.floor in ("boards", "tiles"):
        low = frame.height * 0.02
        skirting = mix(parse_hex(foot), (255, 252, 246), 0.6)
        paper.rect(0, frame.horizon - low, frame.width, low + 2, skirting)


def _floor(paper: Paper, look: Look) -> None:
    frame = paper.frame
    stops = [(0.0, look.ground[0], 1.0), (1.0, look.ground[1], 1.0)]
    paper.rect(0, frame.horizon, frame.width, frame.height - frame.horizon, paper.fade(stops))
    seam = mix(parse_hex(look.ground[1]), (0, 0, 0), 0.25)
    middle, d = frame.width / 2, ""
    if look.floor in ("planks", "tiles"):
        for n in range(1, 5):
            d += f"M0 {frame.ground((n / 5) ** 1.4):.1f}H{frame.width}"
    if look.floor in ("boards", "tiles"):
        for n in range(-9, 10):
            x, foot = middle + n * frame.width * 0.09, middle + n * frame.width * 0.2
            d += f"M{x:.1f} {frame.horizon:.1f}L{foot:.1f} {frame.height}"
    if d:
        paper.stroke(d, seam, frame.unit * 0.003, 0.5)
