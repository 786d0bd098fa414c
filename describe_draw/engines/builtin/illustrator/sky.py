"""Sky: its colours, sun and moon, stars, clouds, rainbow, aurora, fireworks."""

import math
from random import Random

from .colours import mix
from .frame import Frame
from .paper import Paper, Point, smooth
from .scene import Scene

_RAINBOW = ("#f2545b", "#f79d4c", "#f7e26b", "#6cc070", "#4aa3df", "#6b6bd6")
_CRATERS = ((-0.3, -0.2, 0.24), (0.34, 0.28, 0.3), (0.1, -0.52, 0.14), (-0.38, 0.45, 0.16))
_GREY = ("cloudy", "rain", "storm", "fog", "snow")


def paint_sky(paper: Paper, scene: Scene, rng: Random) -> None:
    frame, light = paper.frame, paper.light
    paper.rect(0, 0, frame.width, frame.horizon + 2, sky_fill(paper))
    wanted = set(scene.features) - scene.without
    night = light.dark
    if night and scene.weather in ("clear", "wind") and "stars" not in scene.without:
        paint_stars(paper, rng, frame.width, frame.horizon, 90)
    if "aurora" in wanted:
        _aurora(paper, rng)
    lamp: Point | None = None
    if _shows_sun(scene):
        lamp = _sun(paper, scene, rng)
    elif "moon" in wanted or (night and "moon" not in scene.without and scene.weather not in _GREY):
        lamp = _moon(paper, rng, large="moon" in wanted, middle=scene.flying)
    if "rainbow" in wanted:
        _rainbow(paper, rng)
    if "fireworks" in wanted:
        for _ in range(5):
            _firework(paper, rng)
    if "clouds" not in scene.without and scene.weather != "fog":
        _clouds(paper, scene, rng, lamp)


def sky_fill(paper: Paper) -> str:
    """The light's colours, evenly from the top down."""
    sky = paper.light.sky
    return paper.fade([(n / (len(sky) - 1), colour, 1.0) for n, colour in enumerate(sky)])


def _shows_sun(scene: Scene) -> bool:
    faced = any(thing.art == "sun-with-face" for thing in scene.things)
    if faced or "sun" in scene.without or scene.time == "night":
        return False
    return "sun" in scene.features or scene.weather in ("clear", "wind")


def paint_stars(paper: Paper, rng: Random, width: float, height: float, count: int) -> None:
    size = paper.frame.unit / 512
    for _ in range(count):
        x, y = rng.uniform(0, width), height * rng.random() ** 1.3
        radius = size * (0.5 + 1.3 * rng.random() ** 4)
        paper.ellipse(x, y, radius, radius, "#fffbe6", f'opacity="{rng.uniform(0.4, 1):.2f}"')
    for _ in range(count // 14):
        x, y, r = rng.uniform(0, width), height * rng.random() ** 1.3, size * rng.uniform(4, 8)
        d = f"M{x - r:.1f} {y:.1f}q{r:.1f} 0 {r:.1f} {-r:.1f}q0 {r:.1f} {r:.1f} {r:.1f}"
        d += f"q{-r:.1f} 0 {-r:.1f} {r:.1f}q0 {-r:.1f} {-r:.1f} {-r:.1f}Z"
        paper.path(d, "#fffbe6")


def _light_x(frame: Frame, rng: Random) -> float:
    share = rng.uniform(0.14, 0.3)
    return frame.width * (share if frame.light_left else 1 - share)


def _sun(paper: Paper, scene: Scene, rng: Random) -> Point:
    frame, light = paper.frame, paper.light
    low = scene.time in ("sunset", "sunrise")
    x = _light_x(frame, rng)
    y = frame.horizon * (0.8 if low else rng.uniform(0.2, 0.3))
    y = min(y, frame.height * 0.6)
    radius = frame.unit * (0.075 if low else 0.055)
    if low:
        x = frame.width * rng.uniform(0.3, 0.7)
    paper.glow(x, y, radius * (7 if low else 5), light.sun, 0.75)
    paper.glow(x, y, radius * 2.2, "#ffffff", 0.35)
    paper.ellipse(x, y, radius, radius, light.sun)
    return x, y


def _moon(paper: Paper, rng: Random, large: bool, middle: bool) -> Point:
    frame = paper.frame
    x, y = _light_x(frame, rng), min(frame.horizon, frame.height * 0.7) * rng.uniform(0.2, 0.32)
    if large:  # before it who flies, beside it who stands below
        x = frame.width * (rng.uniform(0.36, 0.64) if middle else rng.choice((0.22, 0.78)))
    radius = frame.unit * (0.15 if large else 0.065)
    paper.glow(x, y, radius * 4.5, "#c9d6ff", 0.5)
    paper.ellipse(x, y, radius, radius, "#f6f2dc")
    for dx, dy, r in _CRATERS:
        paper.ellipse(x + dx * radius, y + dy * radius, r * radius, r * radius, "#e2dcc0")
    return x, y


def _clouds(paper: Paper, scene: Scene, rng: Random, lamp: Point | None) -> None:
    frame = paper.frame
    grey = scene.weather in _GREY
    count = 9 if grey else 7 if scene.place == "sky" else rng.randint(3, 5)
    if "clouds" in scene.features:
        count += 4
    sky = min(frame.horizon, frame.height)
    for n in range(count):
        depth = (n + 0.5) / count
        y = sky * (0.06 + 0.72 * (1 - depth) if scene.place != "sky" else rng.uniform(0.05, 0.95))
        width = frame.unit * (0.14 + 0.26 * depth) * rng.uniform(0.8, 1.25) * (1.5 if grey else 1)
        x = frame.width * ((n * 0.38 + rng.uniform(0, 0.2)) % 1.1 - 0.05)
        if lamp and abs(x - lamp[0]) < width * 0.62 and -0.1 < (y - lamp[1]) / width < 0.5:
            y = lamp[1] + width * 0.62  # below, not before, the sun or the moon
        cloud(paper, rng, x, y, width, 0.45 * (1 - depth))


def cloud(paper: Paper, rng: Random, x: float, y: float, width: float, haze: float) -> None:
    """A flat-bottomed cloud with a lit top; `y` is its bottom."""
    light = paper.light
    lit = mix(light.cloud[0], light.sky[-1], haze)
    shaded = mix(light.cloud[1], light.sky[-1], haze)
    puffs = []
    count = rng.randint(4, 6)
    for n in range(count):
        along = (n + 0.5) / count
        radius = width * (0.1 + 0.15 * math.sin(math.pi * along)) * rng.uniform(0.85, 1.15)
        puffs.append((x + (along - 0.5) * width * 0.78, y - radius * 0.75, radius))
    fill = paper.fade([(0.0, lit, 1.0), (0.55, lit, 1.0), (1.0, shaded, 1.0)])
    d = ""
    for px, py, r in puffs:
        arc = f"a{r:.1f} {r:.1f} 0 1 1"
        d += f"M{px - r:.1f} {py:.1f}{arc} {2 * r:.1f} 0{arc} {-2 * r:.1f} 0z"
    half, foot = width * 0.44, width * 0.1
    end = f"a{foot / 2:.1f} {foot / 2:.1f} 0 0 1 0"
    d += f"M{x - half:.1f} {y - foot:.1f}h{2 * half:.1f}{end} {foot:.1f}"
    d += f"h{-2 * half:.1f}{end} {-foot:.1f}z"
    paper.path(d, fill)


def _rainbow(paper: Paper, rng: Random) -> None:
    frame = paper.frame
    x, radius = frame.width * rng.uniform(0.4, 0.6), frame.width * 0.46
    band = frame.unit * 0.018
    for n, colour in enumerate(_RAINBOW):
        r = radius - n * band
        high = min(r, frame.horizon * 0.9)
        d = f"M{x - r:.1f} {frame.horizon:.1f}a{r:.1f} {high:.1f} 0 0 1 {2 * r:.1f} 0"
        paper.stroke(d, colour, band * 1.1, 0.62)


def _aurora(paper: Paper, rng: Random) -> None:
    frame = paper.frame
    for n, colour in enumerate(("#4dffb0", "#39d6c8", "#8f6bff", "#4dffb0")):
        top = frame.horizon * (0.1 + 0.14 * n)
        wave = frame.horizon * 0.09
        points = [(frame.width * k / 7, top + rng.uniform(-wave, wave)) for k in range(-1, 9)]
        low = [(px, py + frame.horizon * rng.uniform(0.2, 0.34)) for px, py in reversed(points)]
        d = smooth(points) + "L" + smooth(low)[1:] + "Z"
        paper.path(d, paper.fade([(0.0, colour, 0.0), (0.55, colour, 0.34), (1.0, colour, 0.0)]))


def _firework(paper: Paper, rng: Random) -> None:
    frame = paper.frame
    x, y = frame.width * rng.uniform(0.1, 0.9), frame.horizon * rng.uniform(0.14, 0.6)
    radius = frame.unit * rng.uniform(0.08, 0.17)
    colour = rng.choice(("#ff6b6b", "#ffd166", "#6be5ff", "#c77dff", "#7dffa0", "#ff9ff3"))
    paper.glow(x, y, radius * 1.4, colour, 0.4)
    for n in range(18):
        angle = 2 * math.pi * n / 18
        c, s = math.cos(angle), math.sin(angle)
        d = f"M{x + c * radius * 0.25:.1f} {y + s * radius * 0.25:.1f}"
        d += f"L{x + c * radius:.1f} {y + s * radius:.1f}"
        paper.stroke(d, colour, frame.unit * 0.005, 0.9)
        dot = frame.unit * 0.006
        paper.ellipse(x + c * radius, y + s * radius, dot, dot, "#ffffff")
