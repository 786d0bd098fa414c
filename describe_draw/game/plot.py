"""Plots of drift per round, as SVG that needs no script: of one game, and of many beside others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import ImageFont

from describe_draw.game.drift import Drift
from describe_draw.game.measures import Spread
from describe_draw.texts import message

WIDTH, HEIGHT = 360, 170
LEFT, RIGHT, TOP, BOTTOM = 34, 14, 12, 26


COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
"""Those that people of any sight tell apart (Okabe and Ito, jfly.uni-koeln.de/color)."""

GAP, LINE = 28, 18
STYLE = """\
text { font: 11px sans-serif; fill: #333; }
.title { font-size: 13px; }
.grid line { stroke: #ccc; }
polyline { fill: none; stroke-width: 2; }
polygon { fill-opacity: .15; stroke: none; }
"""
ZOOM = 3


@dataclass(frozen=True, slots=True)
class Curve:
    """Many games of the same two models.

    Args:
        name: What they are called.
        dials: The means of each dial by round: `meaning` and `look`.
    """

    name: str
    dials: Mapping[str, Mapping[int, Spread]]


def plot(drift: tuple[Drift, ...], rounds: int, language: str) -> str:
    """Both dials over the rounds, 0 to 100 %.

    Args:
        drift: The rounds that were played.
        rounds: How many there shall be room for.
        language: The one to name things in.
    """
    lines = {name: [getattr(d, name) for d in drift] for name in ("meaning", "look")}
    said = "; ".join(
        f"{message(f'game.{name}').say(language)}: {', '.join(percent(v) for v in values)}"
        for name, values in lines.items()
    )
    rounds = max(rounds, len(drift), 2)
    drawn = "".join(_line(name, values, rounds) for name, values in lines.items())
    title = escape(f"{message('game.drift').say(language)}. {said}", quote=True)
    return (
        f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{title}">'
        f"{_grid(rounds)}{drawn}</svg>"
    )


def comparison(curves: Sequence[Curve], rounds: int) -> str:
    """Both dials over the rounds, side by side: each mean, and its spread as a band.

    The spread is one standard deviation to either side.

    Args:
        curves: At least one.
        rounds: How many there shall be room for.
    """
    rounds = max(rounds, 2)
    width = 2 * WIDTH + GAP
    height = HEIGHT + LINE * (len(curves) + 2)
    panels = "".join(
        f'<g transform="translate({at * (WIDTH + GAP)} {LINE})">'
        f'<text class="title" x="{LEFT}" y="0">{message(f"game.{dial}").say()}, %</text>'
        f"{_grid(rounds)}{''.join(_curve(c, n, dial, rounds) for n, c in enumerate(curves))}</g>"
        for at, dial in enumerate(("meaning", "look"))
    )
    names = "".join(
        f'<g transform="translate({LEFT} {HEIGHT + LINE * (n + 2)})">'
        f'<rect y="-9" width="10" height="10" fill="{_colour(n)}"/>'
        f'<text x="16">{escape(curve.name)}</text></g>'
        for n, curve in enumerate(curves)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}"><style>{STYLE}</style>'
        f'<rect width="100%" height="100%" fill="#fff"/>{panels}{names}</svg>'
    )


def as_png(svg: str) -> bytes:
    """A plot as PNG, with the letters that Pillow brings: a server may have none. Blocking."""
    import resvg_py  # noqa: PLC0415  (loaded with the first picture, not with the app)

    letters = ImageFont.load_default(11)
    assert isinstance(letters, ImageFont.FreeTypeFont)
    with TemporaryDirectory() as folder:
        font = Path(folder) / "letters.ttf"
        font.write_bytes(letters.font_bytes)
        png = resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=ZOOM,
            skip_system_fonts=True,
            font_files=[str(font)],
            font_family=letters.getname()[0],
            sans_serif_family=letters.getname()[0],
        )
    return bytes(png)


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
        for n in range(1, rounds + 1, 1 + rounds // 13)
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


def _curve(curve: Curve, number: int, dial: str, rounds: int) -> str:
    """A mean as a line, and its spread as a band around it."""
    points = sorted(curve.dials[dial].items())
    band = [(n, s.mean + (s.deviation or 0)) for n, s in points]
    band += [(n, s.mean - (s.deviation or 0)) for n, s in reversed(points)]
    edge, line = (
        " ".join(f"{_x(n, rounds):.1f},{_y(min(1, max(0, value))):.1f}" for n, value in values)
        for values in (band, [(n, s.mean) for n, s in points])
    )
    marks = "".join(
        f'<circle cx="{_x(n, rounds):.1f}" cy="{_y(s.mean):.1f}" r="3" stroke="none"/>'
        for n, s in points
    )
    colour = _colour(number)
    return (
        f'<g class="{dial}" fill="{colour}" stroke="{colour}">'
        f'<polygon points="{edge}"/><polyline points="{line}"/>{marks}</g>'
    )


def _colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]
