"""Space and the sea's depth."""

from random import Random

from .paper import Paper, ridge, smooth
from .placement import Placement
from .scene import Scene
from .sky import paint_stars, sky_fill

_NEBULAE = ("#a646d8", "#2f7be0", "#e0467f", "#2fc4c4", "#6a4be0")
_PLANETS = (None, "blue", "purple", "turquoise")
_WORLDS = ("ringed-planet", "globe-showing-europe-africa", "full-moon")


def paint_space(paper: Paper, scene: Scene, rng: Random) -> None:
    frame = paper.frame
    paper.rect(0, 0, frame.width, frame.height, sky_fill(paper))
    for colour in rng.sample(_NEBULAE, 3):
        x, y = rng.uniform(0, frame.width), rng.uniform(0, frame.height)
        for _ in range(5):
            dx, dy = rng.gauss(0, 0.16) * frame.width, rng.gauss(0, 0.1) * frame.height
            paper.glow(x + dx, y + dy, frame.unit * rng.uniform(0.2, 0.5), colour, 0.2)
    if "stars" not in scene.without:
        paint_stars(paper, rng, frame.width, frame.height, 190)
    asked = any(thing.art in _WORLDS for thing in scene.things)
    if "ringed-planet" not in scene.without and not asked:
        x, y = rng.choice((0.16, 0.84)), rng.choice((0.3, 0.9))
        size = frame.unit * rng.uniform(0.3, 0.42)
        paper.place(Placement("ringed-planet", frame.width * x, frame.height * y, size,
                              rng.choice(_PLANETS)))  # fmt: skip


def paint_underwater(paper: Paper, scene: Scene, rng: Random) -> None:
    frame, light = paper.frame, paper.light
    paper.rect(0, 0, frame.width, frame.height, sky_fill(paper))
    for n in range(5):
        x, wide = frame.width * (n + rng.random()) / 5, frame.width * rng.uniform(0.04, 0.09)
        low, foot = x - frame.width * 0.16, frame.height
        beam = [(x, -2), (x + wide, -2), (low + wide * 2, foot), (low - wide, foot)]
        paper.polygon(beam, paper.fade([(0.0, "#ffffff", 0.3), (0.8, "#ffffff", 0.0)]))
    for height, colour, haze in ((0.14, "#7d93a0", 0.5), (0.06, "#d9c68e", 0.1)):
        points = ridge(rng, frame.width, frame.horizon + 6, frame.height * height, 3)
        d = smooth(points) + f"V{frame.height}H{points[0][0]:.1f}Z"
        hues = [(n, light.hex(paint, haze), 1.0) for n, paint in enumerate((colour, "#b79f67"))]
        paper.path(d, paper.fade(hues))
    for _ in range(26):
        x, y = rng.uniform(0, frame.width), rng.uniform(0, frame.height * 0.85)
        r = frame.unit * rng.uniform(0.003, 0.012)
        paper.ellipse(x, y, r, r, "#ffffff", 'opacity="0.35"')
