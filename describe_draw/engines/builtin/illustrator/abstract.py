"""A composition of colours and forms for prompts that name nothing to be seen."""

import math
from random import Random

from .colours import NAMED, RGB, mix, parse_hex
from .paper import Paper, smooth
from .words import read_toml


def paint_abstract(paper: Paper, rng: Random, colour: str | None) -> None:
    """Paints one of three compositions in one palette.

    Args:
        paper: What to paint on.
        rng: Seeded by the prompt's words.
        colour: A colour word of the prompt that leads the palette, or None.
    """
    palettes = read_toml("palettes.toml")["palettes"]
    colours = [parse_hex(text) for text in palettes[rng.choice(sorted(palettes))]]
    if colour:
        *others, bright = colours
        led = [mix(one, NAMED[colour], 0.3 + 0.08 * n) for n, one in enumerate(others)]
        colours = [*led, bright]
    frame = paper.frame
    ground = [(0.0, colours[0], 1.0), (1.0, mix(colours[0], colours[1], 0.35), 1.0)]
    paper.rect(0, 0, frame.width, frame.height, paper.fade(ground))
    rng.choice((_waves, _orbits, _discs))(paper, rng, colours[1:])


def _waves(paper: Paper, rng: Random, colours: list[RGB]) -> None:
    """Ribbons that flow across, and a sun."""
    frame = paper.frame
    x, y = frame.width * rng.uniform(0.25, 0.75), frame.height * rng.uniform(0.22, 0.4)
    paper.glow(x, y, frame.unit * 0.5, colours[-1], 0.5)
    paper.ellipse(x, y, frame.unit * 0.16, frame.unit * 0.16, colours[-1])
    ribbons = rng.randint(6, 8)
    phase, turns = rng.uniform(0, 6), rng.uniform(0.6, 1.3)
    for n in range(ribbons):
        share = n / (ribbons - 1)
        level = frame.height * (0.36 + 0.6 * share)
        points = []
        for k in range(-1, 12):
            swing = math.sin(phase + turns * (k / 10) * 2 * math.pi + n * 0.55)
            points.append((frame.width * k / 10, level + swing * frame.height * 0.09))
        colour = mix(colours[n % len(colours)], colours[0], 0.15)
        d = smooth(points) + f"V{frame.height}H{points[0][0]:.1f}Z"
        light = mix(colour, (255, 255, 255), 0.22)
        paper.path(d, paper.fade([(0.0, light, 0.95), (0.5, colour, 0.92), (1.0, colour, 1.0)]))
        paper.stroke(smooth(points), mix(colour, (255, 255, 255), 0.5), frame.unit * 0.004, 0.7)


def _orbits(paper: Paper, rng: Random, colours: list[RGB]) -> None:
    """Rings and arcs around one centre, with small worlds on them."""
    frame = paper.frame
    x, y = frame.width * rng.uniform(0.38, 0.62), frame.height * rng.uniform(0.4, 0.6)
    paper.glow(x, y, frame.unit * 0.7, colours[-1], 0.4)
    for n in range(9, 0, -1):
        radius = frame.unit * 0.062 * n
        colour = colours[n % len(colours)]
        start, sweep = rng.uniform(0, 2 * math.pi), rng.uniform(1.6, 5.6)
        width = frame.unit * rng.choice((0.006, 0.014, 0.034))
        paper.stroke(_arc(x, y, radius, start, sweep), colour, width, 0.9)
        if rng.random() < 0.75:
            angle = start + sweep
            size = frame.unit * rng.uniform(0.012, 0.04)
            px, py = x + radius * math.cos(angle), y + radius * math.sin(angle)
            shade = [(0.0, mix(colour, (255, 255, 255), 0.45), 1.0), (1.0, colour, 1.0)]
            paper.ellipse(px, py, size, size, paper.fade(shade))
    paper.ellipse(x, y, frame.unit * 0.045, frame.unit * 0.045, colours[-1])


def _arc(x: float, y: float, radius: float, start: float, sweep: float) -> str:
    x0, y0 = x + radius * math.cos(start), y + radius * math.sin(start)
    x1, y1 = x + radius * math.cos(start + sweep), y + radius * math.sin(start + sweep)
    large = int(sweep > math.pi)
    return f"M{x0:.1f} {y0:.1f}A{radius:.1f} {radius:.1f} 0 {large} 1 {x1:.1f} {y1:.1f}"


def _discs(paper: Paper, rng: Random, colours: list[RGB]) -> None:
    """A grid of quarter discs, half discs and rings."""
    frame = paper.frame
    across = max(3, round(5 * frame.width / frame.unit))
    cell = frame.width / across
    down = math.ceil(frame.height / cell)
    for row in range(down):
        for column in range(across):
            left, top = column * cell, row * cell
            back, front = rng.sample(colours, 2)
            paper.rect(
                left, top, cell + 0.6, cell + 0.6, back, f'opacity="{rng.choice((0.0, 0.85, 1))}"'
            )
            form = rng.randrange(4)
            if form == 0:
                corner = rng.choice(((0, 0), (1, 0), (1, 1), (0, 1)))
                cx, cy = left + corner[0] * cell, top + corner[1] * cell
                sx, sy = 1 - 2 * corner[0], 1 - 2 * corner[1]
                sweep = int(sx * sy > 0)
                paper.path(
                    f"M{cx:.1f} {cy:.1f}h{sx * cell:.1f}"
                    f"A{cell:.1f} {cell:.1f} 0 0 {sweep} {cx:.1f} {cy + sy * cell:.1f}Z",
                    front,
                )
            elif form == 1:
                paper.ellipse(left + cell / 2, top + cell / 2, cell * 0.36, cell * 0.36, front)
                paper.ellipse(left + cell / 2, top + cell / 2, cell * 0.16, cell * 0.16, back)
            elif form == 2:
                r = cell / 2
                paper.path(
                    f"M{left:.1f} {top + r:.1f}a{r:.1f} {r:.1f} 0 0 1 {cell:.1f} 0Z",
                    front,
                )
            else:
                for n in range(3):
                    y = top + cell * (0.22 + 0.28 * n)
                    paper.stroke(
                        f"M{left + cell * 0.18:.1f} {y:.1f}h{cell * 0.64:.1f}", front, cell * 0.07
                    )
