"""A small plot of drift per round, as SVG that reads in light and dark and needs no script."""

from html import escape

from describe_draw.game import Drift
from describe_draw.ui.visit import Visit

WIDTH, HEIGHT = 360, 170
LEFT, RIGHT, TOP, BOTTOM = 34, 14, 12, 26


def plot(drift: tuple[Drift, ...], rounds: int, visit: Visit) -> str:
    """Both dials over the rounds, 0 to 100 %.

    Args:
        drift: The rounds that were played.
        rounds: How many there shall be room for.
        visit: The language to name things in.
    """
    lines = {name: [getattr(d, name) for d in drift] for name in ("meaning", "look")}
    said = "; ".join(
        f"{visit.say(f'game.{name}')}: {', '.join(percent(v) for v in values)}"
        for name, values in lines.items()
    )
    rounds = max(rounds, len(drift), 2)
    drawn = "".join(_line(name, values, rounds) for name, values in lines.items())
    title = escape(f"{visit.say('game.drift')}. {said}", quote=True)
    return (
        f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{title}">'
        f"{_grid(rounds)}{drawn}</svg>"
    )


def percent(value: float) -> str:
    """A dial's value as people read it."""
    return f"{100 * value:.0f} %"


def _x(number: float, rounds: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * (number - 1) / (rounds - 1)


def _y(value: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value


def _grid(rounds: int) -> str:
    levels = "".join(
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{_y(value):.1f}" y2="{_y(value):.1f}"/>'
        f'<text x="{LEFT - 6}" y="{_y(value) + 4:.1f}" text-anchor="end">{100 * value:.0f}</text>'
        for value in (0, 0.5, 1)
    )
    numbers = "".join(
        f'<text x="{_x(n, rounds):.1f}" y="{HEIGHT - 7}" text-anchor="middle">{n}</text>'
        for n in range(1, rounds + 1)
    )
    return f'<g class="grid">{levels}{numbers}</g>'


def _line(name: str, values: list[float], rounds: int) -> str:
    points = [(_x(n, rounds), _y(value)) for n, value in enumerate(values, 1)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    marks = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
        if name == "meaning"
        else f'<rect x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7"/>'
        for x, y in points
    )
    return f'<g class="{name}"><polyline points="{path}"/>{marks}</g>'
