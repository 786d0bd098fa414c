"""Rooms, tables, stages."""

from random import Random

from .colours import mix, parse_hex
from .paper import Paper
from .placement import Placement
from .scene import Scene

_WALLS = (
    ("#f1dfc4", "#e2c79f"),
    ("#cfe3e6", "#a9cbd0"),
    ("#ead4dc", "#d3b0bd"),
    ("#dbe3cd", "#bccaa4"),
)
_SKIES = {
    "night": ("#0c1638", "#33508f"),
    "sunset": ("#f08a6a", "#ffd28a"),
    "sunrise": ("#9fb6e6", "#ffdfae"),
}


def paint_indoors(paper: Paper, scene: Scene, rng: Random) -> None:
    if scene.place == "stage":
        _stage(paper, rng)
    elif scene.place == "studio":
        _studio(paper)
    elif scene.place == "tabletop":
        _wall(paper, rng)
        _boards(paper, rng, ("#b9804a", "#8c5a2e"), wide=True)
        _window(paper, scene, 0.1)
    else:
        _wall(paper, rng)
        _boards(paper, rng, ("#c8965c", "#9a6a3c"), wide=False)
        _window(paper, scene, rng.choice((0.1, 0.64)))
        _furnish(paper, scene, rng)
    if scene.time == "night":
        paper.rect(0, 0, paper.frame.width, paper.frame.height, "#0a1030", 'opacity="0.28"')


def _studio(paper: Paper) -> None:
    """A bare wall and floor that meet without an edge."""
    frame = paper.frame
    share = frame.horizon / frame.height
    stops = [(0.0, "#e9edf2", 1.0), (share, "#f6f7f9", 1.0), (share + 0.05, "#dfe4ea", 1.0),
             (1.0, "#cfd6de", 1.0)]  # fmt: skip
    paper.rect(0, 0, frame.width, frame.height, paper.fade(stops))


def _wall(paper: Paper, rng: Random) -> None:
    frame = paper.frame
    top, foot = rng.choice(_WALLS)
    paper.rect(
        0, 0, frame.width, frame.horizon + 2, paper.fade([(0.0, top, 1.0), (1.0, foot, 1.0)])
    )


def _boards(paper: Paper, rng: Random, colours: tuple[str, str], wide: bool) -> None:
    frame = paper.frame
    stops = [(0.0, colours[0], 1.0), (1.0, colours[1], 1.0)]
    paper.rect(0, frame.horizon, frame.width, frame.height - frame.horizon, paper.fade(stops))
    seam = mix(parse_hex(colours[1]), (0, 0, 0), 0.25)
    if wide:
        for n in range(1, 5):
            y = frame.ground((n / 5) ** 1.4)
            paper.stroke(f"M0 {y:.1f}H{frame.width}", seam, frame.unit * 0.004, 0.5)
    else:
        middle = frame.width / 2
        for n in range(-9, 10):
            x = middle + n * frame.width * 0.09
            paper.stroke(
                f"M{x:.1f} {frame.horizon:.1f}L{middle + n * frame.width * 0.2:.1f} {frame.height}",
                seam,
                frame.unit * 0.003,
                0.5,
            )
        paper.rect(
            0, frame.horizon - frame.height * 0.02, frame.width, frame.height * 0.022, "#f7f0e4"
        )


def _window(paper: Paper, scene: Scene, across: float) -> None:
    if any(thing.art == "window" for thing in scene.things):
        return
    frame = paper.frame
    x, y = frame.width * across, frame.horizon * 0.14
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


def _furnish(paper: Paper, scene: Scene, rng: Random) -> None:
    frame = paper.frame
    if scene.place == "library":
        for n in range(2):
            _shelf(paper, rng, frame.width * (0.02 + 0.62 * n), frame.width * 0.34)
        return
    if "framed-picture" not in scene.without:
        paper.place(
            Placement(
                "framed-picture",
                frame.width * rng.uniform(0.46, 0.54),
                frame.horizon * 0.46,
                frame.unit * 0.15,
            )
        )
    if "potted-plant" not in scene.without:
        x = frame.width * rng.choice((0.07, 0.93))
        paper.shadow(x, frame.ground(0.08), frame.unit * 0.1, frame.unit * 0.02, 0.3)
        paper.place(Placement("potted-plant", x, frame.ground(0.1), frame.unit * 0.24))


def _shelf(paper: Paper, rng: Random, x: float, wide: float) -> None:
    frame = paper.frame
    paper.rect(x, frame.height * 0.04, wide, frame.horizon - frame.height * 0.04, "#7a4f2b")
    rows = 4
    for row in range(rows):
        top = frame.height * 0.06 + row * (frame.horizon - frame.height * 0.06) / rows
        high = (frame.horizon - frame.height * 0.06) / rows * 0.84
        paper.rect(x + wide * 0.03, top, wide * 0.94, high, "#4e3019")
        at = x + wide * 0.05
        while at < x + wide * 0.9:
            thick = wide * rng.uniform(0.04, 0.075)
            tall = high * rng.uniform(0.62, 0.95)
            colour = rng.choice(("#b3423a", "#3f6fa3", "#d9a441", "#4b8a5c", "#7a5a9e", "#e0d2b4"))
            paper.rect(at, top + high - tall, thick, tall, colour)
            at += thick * 1.06


def _stage(paper: Paper, rng: Random) -> None:
    frame = paper.frame
    paper.rect(
        0, 0, frame.width, frame.height, paper.fade([(0.0, "#2a0f2e", 1.0), (1.0, "#4c1d3f", 1.0)])
    )
    folds = 14
    for n in range(folds):
        x = frame.width * n / folds
        colour = "#8e1f38" if n % 2 else "#a92c45"
        paper.rect(
            x,
            0,
            frame.width / folds + 1,
            frame.horizon + 2,
            paper.fade([(0.0, colour, 1.0), (1.0, "#5a1226", 1.0)]),
        )
    _boards(paper, rng, ("#a0673a", "#6d4323"), wide=False)
    for across, lean in ((0.22, 0.16), (0.78, -0.16)):
        x = frame.width * across
        aim = x + frame.width * lean
        half = frame.width * 0.2
        beam = [
            (x - 6, 0),
            (x + 6, 0),
            (aim + half, frame.ground(0.6)),
            (aim - half, frame.ground(0.6)),
        ]
        paper.polygon(beam, paper.fade([(0.0, "#fff6cf", 0.5), (1.0, "#fff6cf", 0.05)]))
    paper.ellipse(
        frame.width / 2,
        frame.ground(0.6),
        frame.width * 0.36,
        frame.height * 0.08,
        "#fff1c4",
        'opacity="0.28"',
    )
