"""Space and the sea's depth."""

import math
from random import Random

from .colours import mix, parse_hex
from .paper import Paper, ridge, smooth
from .placement import Placement
from .scene import Scene
from .sky import paint_stars

_NEBULAE = ("#a646d8", "#2f7be0", "#e0467f", "#2fc4c4", "#6a4be0")
_PLANETS = (
    ("#e39a5c", "#b8643a"),
    ("#6fb5e8", "#3b6fb8"),
    ("#c58ae0", "#7a46a8"),
    ("#e3d19a", "#b09350"),
)


_WORLDS = ("ringed-planet", "globe-showing-europe-africa", "full-moon")


def paint_space(paper: Paper, scene: Scene, rng: Random) -> None:
    frame, light = paper.frame, paper.light
    stops = [(0.0, light.sky[0], 1.0), (0.5, light.sky[1], 1.0), (1.0, light.sky[2], 1.0)]
    paper.rect(0, 0, frame.width, frame.height, paper.fade(stops))
    for colour in rng.sample(_NEBULAE, 3):
        x, y = rng.uniform(0, frame.width), rng.uniform(0, frame.height)
        for _ in range(5):
            dx, dy = rng.gauss(0, 0.16) * frame.width, rng.gauss(0, 0.1) * frame.height
            paper.glow(x + dx, y + dy, frame.unit * rng.uniform(0.2, 0.5), colour, 0.2)
    if "stars" not in scene.without:
        paint_stars(paper, rng, frame.width, frame.height, 190)
    asked = any(thing.art in _WORLDS for thing in scene.things)
    if "ringed-planet" not in scene.without and not asked:
        _planet(paper, rng)


def _planet(paper: Paper, rng: Random) -> None:
    frame = paper.frame
    radius = frame.unit * rng.uniform(0.13, 0.2)
    x = frame.width * rng.choice((0.16, 0.84))
    y = frame.height * rng.choice((0.2, 0.8))
    lit, dark = (parse_hex(colour) for colour in rng.choice(_PLANETS))
    paper.glow(x, y, radius * 1.5, lit, 0.35)
    paper.ellipse(x, y, radius, radius, paper.fade([(0.0, lit, 1.0), (1.0, dark, 1.0)]))
    for n in range(-2, 3):
        level = n * 0.32
        half = radius * math.sqrt(max(0.0, 1 - level * level)) * 0.96
        band = radius * 0.05
        paper.ellipse(x, y + level * radius, half, band, mix(lit, dark, 0.6), 'opacity="0.5"')
    paper.stroke(
        f"M{x - radius * 1.7:.1f} {y + radius * 0.28:.1f}"
        f"Q{x:.1f} {y + radius * 0.85:.1f} {x + radius * 1.7:.1f} {y - radius * 0.28:.1f}",
        mix(lit, (255, 255, 255), 0.5),
        radius * 0.1,
        0.85,
    )


def paint_underwater(paper: Paper, scene: Scene, rng: Random) -> None:
    frame, light = paper.frame, paper.light
    last = len(light.sky) - 1
    stops = [(n / last, colour, 1.0) for n, colour in enumerate(light.sky)]
    paper.rect(0, 0, frame.width, frame.height, paper.fade(stops))
    for n in range(5):
        x, wide = frame.width * (n + rng.random()) / 5, frame.width * rng.uniform(0.04, 0.09)
        lean = frame.width * 0.16
        beam = [
            (x, -2),
            (x + wide, -2),
            (x + wide * 2 - lean, frame.height),
            (x - wide - lean, frame.height),
        ]
        paper.polygon(beam, paper.fade([(0.0, "#ffffff", 0.3), (0.8, "#ffffff", 0.0)]))
    for height, colour, haze in ((0.14, "#7d93a0", 0.5), (0.06, "#d9c68e", 0.1)):
        points = ridge(rng, frame.width, frame.horizon + 6, frame.height * height, 3)
        d = smooth(points) + f"V{frame.height}H{points[0][0]:.1f}Z"
        paper.path(
            d,
            paper.fade(
                [(0.0, light.hex(colour, haze), 1.0), (1.0, light.hex("#b79f67", haze), 1.0)]
            ),
        )
    if "coral" not in scene.without:
        for n in range(3):
            x = frame.width * (n + rng.uniform(0.1, 0.9)) / 3
            size = frame.unit * rng.uniform(0.12, 0.22)
            paper.place(Placement("coral", x, frame.ground(rng.uniform(0.2, 0.6)), size, haze=0.1))
    for _ in range(5):
        _weed(paper, rng)
    for _ in range(26):
        x, y, r = (
            rng.uniform(0, frame.width),
            rng.uniform(0, frame.height * 0.85),
            frame.unit * rng.uniform(0.003, 0.012),
        )
        paper.ellipse(x, y, r, r, "#ffffff", 'opacity="0.35"')


def _weed(paper: Paper, rng: Random) -> None:
    frame = paper.frame
    x, y = rng.uniform(0, frame.width), frame.ground(rng.uniform(0.2, 0.9))
    for n in range(3):
        tall, sway = frame.unit * rng.uniform(0.12, 0.28), frame.unit * rng.uniform(-0.05, 0.05)
        left = x + (n - 1) * frame.unit * 0.02
        d = f"M{left:.1f} {y:.1f}q{sway:.1f} {-tall / 3:.1f} 0 {-tall * 2 / 3:.1f}"
        d += f"t{sway:.1f} {-tall / 3:.1f}"
        paper.stroke(d, paper.light.hex("#2f9e6b", 0.15), frame.unit * 0.012, 0.9)
