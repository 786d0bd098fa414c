"""Trees at the horizon, and small things on the ground that belong to the place."""

from random import Random

from .paper import Paper
from .placement import Placement
from .places import Scattered, look_of, looks
from .scene import Scene
from .tables import is_a

_NONE: Scattered = ((), 0, 0.0)
_IN_WINTER = {"evergreen-tree": "snowy-pine", "deciduous-tree": "leafless-tree"}


def paint_trees(paper: Paper, scene: Scene, rng: Random) -> None:
    frame = paper.frame
    kinds, count, height = look_of(scene).trees or looks()["park"].trees or _NONE
    if "trees" in scene.features:
        count += 4
    if scene.season == "autumn":
        count = max(count, 5)
    if "trees" in scene.without:
        return
    spots = sorted((rng.random(), (n + rng.uniform(0.1, 0.9)) / count) for n in range(count))
    for depth, across in spots:
        art = rng.choice(kinds)
        if art in scene.without:
            continue
        if scene.season == "winter" or scene.place == "snow":
            art = "snowy-pine" if scene.place == "forest" else _IN_WINTER.get(art, art)
        size = frame.unit * height * (0.62 + 0.5 * depth) * rng.uniform(0.9, 1.1)
        x = across * frame.width
        if scene.place == "beach":
            x = frame.width * (0.1 if frame.light_left else 0.9) + size * 0.25 * (across - 0.5)
        base = frame.ground(0.03 + 0.13 * depth + (0.25 if scene.place == "beach" else 0))
        colour, flip = _leaves(scene, art, rng), rng.random() < 0.5
        paper.shadow(x, base - size * 0.03, size * 0.36, size * 0.05, 0.34)
        paper.place(Placement(art, x, base, size, colour, flip, haze=0.3 * (1 - depth)))


def _leaves(scene: Scene, art: str, rng: Random) -> str | None:
    if scene.season == "autumn" and art in ("deciduous-tree", "bush"):
        return rng.choice(("orange", "red", "gold"))
    if scene.season == "spring" and art == "deciduous-tree":
        return rng.choice(("pink", None, "pink"))
    return None


def scatter(paper: Paper, scene: Scene, rng: Random) -> None:
    frame = paper.frame
    kinds, count, height = look_of(scene).small or _NONE
    if "flowers" in scene.features and "flowers" not in scene.without:
        asked = tuple(art for art in sorted(scene.features) if is_a(art, "blossoms"))
        kinds, count, height = asked or ("tulip", "daisy", "sunflower", "rose"), 34, 0.075
    elif scene.season == "winter":
        return
    if not kinds:
        return
    for depth in sorted(rng.uniform(0.2, 0.98) for _ in range(count)):
        art = rng.choice(kinds)
        if art in scene.without or ("flowers" in scene.without and art in ("daisy", "tulip")):
            continue
        size = frame.unit * height * (0.45 + 0.9 * depth)
        x = rng.uniform(0, frame.width)
        paper.place(Placement(art, x, frame.ground(depth), size, flip=rng.random() < 0.5))
