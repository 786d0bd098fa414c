"""What falls or drifts in front of everything: rain, snow, fog, leaves, lightning."""

from random import Random

from .frame import ALOFT, INDOORS
from .paper import Paper
from .scene import Scene


def paint_weather(paper: Paper, scene: Scene, rng: Random) -> None:
    if scene.place in INDOORS or scene.place in ("space", "underwater", "lunar"):
        return
    frame = paper.frame
    if scene.weather == "storm" and "lightning" not in scene.without:
        _lightning(paper, rng)
    if scene.weather in ("rain", "storm"):
        _rain(paper, rng, 150)
    elif scene.weather == "snow" or (scene.season == "winter" and "snow" not in scene.without):
        _snow(paper, rng, 130 if scene.weather == "snow" else 46)
    elif scene.weather == "fog":
        for n in range(4):
            y = frame.height * (0.3 + 0.2 * n)
            stops = [(at, paper.light.haze, 0.5 * (at == 0.5)) for at in (0.0, 0.5, 1.0)]
            paper.rect(0, y - frame.height / 5, frame.width, frame.height * 0.4, paper.fade(stops))
    if scene.season == "autumn" and scene.place not in ALOFT:
        _leaves(paper, rng)


def _rain(paper: Paper, rng: Random, count: int) -> None:
    frame = paper.frame
    thin, thick = "", ""
    for n in range(count):
        x, y = rng.uniform(-0.05, 1.1) * frame.width, rng.uniform(-0.05, 1) * frame.height
        length = frame.unit * rng.uniform(0.03, 0.065)
        line = f"M{x:.1f} {y:.1f}l{-length * 0.22:.1f} {length:.1f}"
        thin, thick = (thin + line, thick) if n % 3 else (thin, thick + line)
    bright = paper.light.on((226, 238, 248))
    paper.stroke(thin, bright, frame.unit * 0.0022, 0.5)
    paper.stroke(thick, bright, frame.unit * 0.0036, 0.6)


def _snow(paper: Paper, rng: Random, count: int) -> None:
    frame = paper.frame
    for _ in range(count):
        r = frame.unit * (0.0025 + 0.006 * rng.random() ** 2)
        x, y = rng.uniform(0, frame.width), rng.uniform(0, frame.height)
        paper.ellipse(x, y, r, r, "#ffffff", f'opacity="{rng.uniform(0.6, 0.95):.2f}"')


def _leaves(paper: Paper, rng: Random) -> None:
    frame = paper.frame
    for _ in range(26):
        x, y = rng.uniform(0, frame.width), rng.uniform(0.1, 1) * frame.height
        r = frame.unit * rng.uniform(0.006, 0.013)
        colour = paper.light.hex(rng.choice(("#d9762b", "#c23b2e", "#e8b23a", "#a8572a")))
        turn = f'transform="rotate({rng.uniform(0, 180):.0f} {x:.1f} {y:.1f})"'
        paper.ellipse(x, y, r, r * 0.5, colour, turn)


def _lightning(paper: Paper, rng: Random) -> None:
    frame = paper.frame
    x, y = frame.width * rng.uniform(0.2, 0.8), 0.0
    points = [(x, y)]
    while y < frame.horizon * 0.9:
        y += frame.horizon * rng.uniform(0.09, 0.16)
        x += frame.unit * rng.uniform(-0.06, 0.06)
        points.append((x, y))
    d = "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in points)
    paper.stroke(d, "#cfd8ff", frame.unit * 0.022, 0.3)
    paper.stroke(d, "#fffbe0", frame.unit * 0.007)
