"""Rooms, tables, stages."""

from random import Random

from .colours import mix, parse_hex
from .paper import Paper
from .places import Look, look_of
from .props import paint_props
from .scene import Scene

_SKIES = {
    "night": ("#0c1638", "#33508f"),
    "sunset": ("#f08a6a", "#ffd28a"),
    "sunrise": ("#9fb6e6", "#ffdfae"),
}
# Height of a wall's tiles, bricks and boards, as a share of the unit.
_SIZES = {"tiles": 0.075, "bricks": 0.06, "boards": 0.085}


def paint_indoors(paper: Paper, scene: Scene, rng: Random) -> None:
    look = look_of(scene)
    mirrored = rng.random() < 0.5
    _wall(paper, rng, look)
    _floor(paper, look)
    if look.windows:
        middle = rng.choice(look.windows)
        _window(paper, scene, 1 - middle if mirrored else middle)
    paint_props(paper, scene, rng, mirrored)
    if scene.time == "night":
        paper.rect(0, 0, paper.frame.width, paper.frame.height, "#0a1030", 'opacity="0.28"')


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


def _window(paper: Paper, scene: Scene, middle: float) -> None:
    if any(thing.art == "window" for thing in scene.things):
        return
    frame = paper.frame
    x, y = frame.width * (middle - 0.13), frame.horizon * 0.14
    wide, high = frame.width * 0.26, frame.horizon * 0.56
    edge = frame.unit * 0.018
    sky = _SKIES.get(scene.time, ("#7cc0f2", "#d7effc"))
    paper.rect(x - edge, y - edge, wide + 2 * edge, high + 2 * edge, "#fffaf0")
    paper.rect(x, y, wide, high, paper.fade([(0.0, sky[0], 1.0), (1.0, sky[1], 1.0)]))
    paper.path(
        f"M{x:.1f} {y + high:.1f}v{-high * 0.22:.1f}q{wide * 0.25:.1f} {-high * 0.16:.1f} "
        f"{wide * 0.5:.1f} {-high * 0.04:.1f}t{wide * 0.5:.1f} {-high * 0.02:.1f}"
        f"v{high * 0.28:.1f}z",
        "#7fb069" if scene.time != "night" else "#24405a",
    )
    paper.rect(x + wide / 2 - edge / 3, y, edge * 0.66, high, "#fffaf0")
    paper.rect(x, y + high / 2 - edge / 3, wide, edge * 0.66, "#fffaf0")
    paper.rect(x - edge * 2, y + high + edge, wide + 4 * edge, edge, "#ece2d0")
