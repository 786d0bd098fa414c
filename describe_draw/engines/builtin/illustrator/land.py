"""Ground: hills, mountains, grass, sand, snow, water, paths."""

from random import Random

from .colours import mix, parse_hex
from .paper import Paper, ridge, smooth
from .placement import Placement
from .places import look_of, looks
from .scene import Scene

PAVED = frozenset({"city", "tokyo", "paris", "vienna", "venice", "old-town"})
GREEN = frozenset({"meadow", "park", "forest", "bamboo-forest", "village", "mountain", "lakeside"})
_SEASONS = {
    "winter": ("#e3edf6", "#fbfdff"),
    "autumn": ("#d9b25f", "#a9772f"),
    "spring": ("#b5dc7a", "#66ad49"),
}


def ground_colours(scene: Scene) -> tuple[str, str]:
    place = scene.place
    if place in GREEN and scene.season in _SEASONS:
        return _SEASONS[scene.season]
    if scene.season == "winter" and place in (*PAVED, "favela", "beach"):
        return "#ccd6df", "#eef3f7"
    return look_of(scene).ground


def paint_far(paper: Paper, scene: Scene, rng: Random) -> None:
    """Mountains and hills at the horizon."""
    frame, features, place = paper.frame, scene.features - scene.without, scene.place
    if "fuji" in features:
        up = min(frame.horizon * 0.66, frame.width * 0.42)
        paper.place(Placement("fuji", frame.width / 2, frame.horizon + 3, up, haze=0.22))
    elif "mountains" in features or (place == "mountain" and "mountains" not in scene.without):
        _mountains(paper, rng, 0.6, 0.5, 3)
        _mountains(paper, rng, 0.42, 0.2, 4)
    elif place == "lakeside":
        _mountains(paper, rng, 0.3, 0.55, 4)
    far, near = ground_colours(scene)
    if place in GREEN or "hills" in features:
        for height, haze in ((0.2, 0.55), (0.11, 0.28)):
            _hill(paper, rng, height, mix(parse_hex(far), parse_hex(near), 0.4), haze)
    elif place != "beach" or "lake" not in scene.without:
        for height, colour, haze in looks()[place].hills:
            _hill(paper, rng, height, parse_hex(colour or near), haze)


def _hill(
    paper: Paper, rng: Random, height: float, colour: tuple[float, float, float], haze: float
) -> None:
    frame, light = paper.frame, paper.light
    points = ridge(rng, frame.width, frame.horizon + 4, frame.horizon * height, rng.randint(2, 3))
    d = smooth(points) + f"V{frame.horizon + 6}H{points[0][0]:.1f}Z"
    top, foot = light.on(colour, haze * 0.75), light.on(colour, min(0.9, haze * 1.25))
    paper.path(d, paper.fade([(0.0, top, 1.0), (1.0, foot, 1.0)]))


def _mountains(paper: Paper, rng: Random, height: float, haze: float, count: int) -> None:
    frame = paper.frame
    tall = min(frame.horizon * height, frame.width * 0.55)
    peaks = [
        (tall * rng.uniform(0.6, 1.0), frame.width * (n + rng.uniform(-0.3, 0.3)) / count)
        for n in range(count + 1)
    ]
    for up, x in sorted(peaks, reverse=True):
        flip = not frame.light_left
        paper.place(Placement("peak", x, frame.horizon + 3, up, haze=haze * 0.85, flip=flip))


def paint_ground(paper: Paper, scene: Scene, rng: Random) -> None:
    frame, light = paper.frame, paper.light
    far, near = ground_colours(scene)
    stops = [(0.0, light.hex(far, 0.12), 1.0), (1.0, light.hex(near), 1.0)]
    paper.rect(0, frame.horizon, frame.width, frame.height - frame.horizon, paper.fade(stops))
    if scene.place in PAVED:
        return
    _swells(paper, rng, near)
    barren = scene.place in ("desert", "mars", "lunar", "snow", "beach", "savanna", "plain")
    if not barren and scene.season != "winter":
        _tufts(paper, rng)
    if "path" in scene.features:
        x = frame.width * rng.uniform(0.35, 0.65)
        paper.place(Placement("winding-path", x, frame.height, frame.height - frame.horizon))


def _swells(paper: Paper, rng: Random, near: str) -> None:
    """Broad bands of light and shade across the ground."""
    frame, light = paper.frame, paper.light
    for n in range(3):
        y = frame.ground(0.12 + 0.28 * n)
        points = ridge(rng, frame.width, y + frame.height * 0.03, frame.height * 0.045, 2)
        d = smooth(points) + f"V{frame.height}H{points[0][0]:.1f}Z"
        shade = light.on(mix(parse_hex(near), (0, 0, 0) if n % 2 else (255, 255, 255), 0.16))
        paper.path(d, paper.fade([(0.0, shade, 0.5), (0.6, shade, 0.0)]))


def _tufts(paper: Paper, rng: Random) -> None:
    frame = paper.frame
    for _ in range(26):
        depth = rng.uniform(0.08, 0.98)
        size = frame.unit * 0.016 * (0.5 + 1.6 * depth)
        paper.place(Placement("tuft", rng.uniform(0, frame.width), frame.ground(depth), size))


def paint_water(paper: Paper, scene: Scene, rng: Random, top: float, bottom: float) -> None:
    """A band of water from the horizon down, with the sky's colour and glints."""
    frame, light = paper.frame, paper.light
    sky = light.sky[-1]
    deep = light.on(parse_hex("#1f6fae" if scene.place == "sea" else "#3f8fc4"))
    stops = [(0.0, mix(deep, sky, 0.6), 1.0), (0.35, mix(deep, sky, 0.25), 1.0), (1.0, deep, 1.0)]
    if bottom >= frame.height:
        paper.rect(0, top, frame.width, bottom - top, paper.fade(stops))
    else:
        shore = [
            (frame.width * n / 6, bottom + rng.uniform(-1, 1) * frame.height * 0.012)
            for n in range(-1, 8)
        ]
        d = f"M{shore[0][0]:.1f} {top:.1f}L" + smooth(shore)[1:] + f"V{top:.1f}Z"
        paper.path(d, paper.fade(stops))
        foam = "#ffffff" if scene.place == "beach" else light.hex("#dfeccf")
        paper.stroke(smooth(shore), foam, frame.unit * 0.012, 0.75)
    _ripples(paper, rng, top, bottom)


def _ripples(paper: Paper, rng: Random, top: float, bottom: float) -> None:
    frame, light = paper.frame, paper.light
    bright = mix(light.sky[-1], (255, 255, 255), 0.45)
    for _ in range(46):
        depth = rng.random() ** 1.5
        y = top + (bottom - top) * (0.03 + 0.94 * depth)
        length = frame.width * (0.02 + 0.09 * depth) * rng.uniform(0.5, 1.2)
        x = rng.uniform(-0.05, 1) * frame.width
        lift = frame.unit * 0.006 * (0.3 + depth)
        d = f"M{x:.1f} {y:.1f}q{length / 4:.1f} {-lift:.1f} {length / 2:.1f} 0t{length / 2:.1f} 0"
        paper.stroke(d, bright, frame.unit * (0.0015 + 0.004 * depth), 0.5)
