"""Things in the air, in space, under water, and far away."""

from dataclasses import replace
from random import Random

from .actions import does
from .beasts import stance_of
from .crowds import MOST_OF_ONE
from .frame import AFLOAT, ALOFT, INDOORS, Frame
from .placement import Placement, aspect
from .relations import family
from .rows import relative, tallest
from .scene import Scene, Thing
from .tables import height_of, is_a, traits


def in_the_air(scene: Scene, thing: Thing) -> bool:
    if scene.place in INDOORS:
        return False
    if scene.place in ALOFT:
        return True
    if is_a(thing.art, "airborne"):
        return True
    afloat = scene.place in AFLOAT and not is_a(thing.art, "floats")
    flies = scene.flying and "fly" in thing.doing and thing.to is None  # "flying cars"
    return flies or (is_a(thing.art, "flyers") and (scene.flying or afloat))


def instances(scene: Scene, indices: list[int]) -> list[int]:
    return [n for n in indices for _ in range(min(MOST_OF_ONE, scene.things[n].count))]


def sided(thing: Thing, x: float, width: float, frame: Frame) -> float:
    if thing.side == "left":
        return max(width / 2, frame.width * 0.27)
    if thing.side == "right":
        return min(frame.width - width / 2, frame.width * 0.73)
    return x


def faces_right(thing: Thing, x: float, frame: Frame, rng: Random) -> bool:
    """Towards the picture's middle; what has no direction stays as it is."""
    if not is_a(thing.art, "turns"):
        return False
    if stance_of(thing.art) in ("gallop", "trotting", "pacing", "leap"):
        return frame.light_left  # all the same way
    if abs(x - frame.width / 2) < frame.width * 0.12:
        return rng.random() < 0.5
    return x < frame.width / 2


def looks_right(scene: Scene, n: int, where: dict[int, float], usual: bool) -> bool:
    """Towards whom it does something to, or who does something to it; away from who chases it."""
    if not is_a(scene.things[n].art, "turns"):
        return usual
    for m, other in enumerate(scene.things):
        if not other.doing or other.relation != "beside" or other.to not in where or m not in where:
            continue
        if set(other.doing) & set(scene.things[other.to].doing):
            continue  # they walk together
        towards = where[other.to] > where[m]
        if m == n:
            return towards != does(other, "away")
        if other.to == n:
            runs = stance_of(scene.things[n].art) == "gallop" and not does(other, "away")
            return towards if runs or does(other, "after") else not towards
    return usual


def rear(scene: Scene, indices: list[int], frame: Frame, rng: Random) -> list[list[Placement]]:
    """Things in the background: small, hazy, at the horizon."""
    items = instances(scene, indices)
    groups = []
    for place, n in enumerate(items):
        thing = scene.things[n]
        scenery = is_a(thing.art, "scenery") or height_of(thing.art) > 4
        height = frame.unit * (0.36 if scenery else 0.15) * thing.size
        x = frame.width * (place + 0.5 + rng.uniform(-0.25, 0.25)) / len(items)
        if len(items) == 1:
            x = frame.width * rng.choice((0.2, 0.8)) + frame.width * rng.uniform(-0.05, 0.05)
        in_air = in_the_air(scene, thing)
        base = frame.horizon * 0.55 if in_air else frame.ground(0.1)
        flip = faces_right(thing, x, frame, rng)
        placement = Placement(thing.art, x, base, height, thing.colour, flip=flip, haze=0.35,
                              thing=n, grounded=not in_air)  # fmt: skip
        groups.append(family(scene, placement, frame, rng))
    return groups


def aloft(
    scene: Scene, indices: list[int], frame: Frame, rng: Random, alone: bool
) -> list[list[Placement]]:
    """Things in the air, in space or under water."""
    items = instances(scene, indices)
    if not items:
        return []
    near = [one for one in scene.things if one.count and one.distance == "near"]
    largest = max(relative(one) for one in near)
    open_ = alone and scene.place in ALOFT
    share = tallest(len(items)) * (0.95 if open_ else 0.62 if alone else 0.5)
    bottom = frame.height * 0.86 if open_ else frame.horizon * 0.96
    groups = []
    columns = min(len(items), 4 if frame.width >= frame.height else 2)
    rows = -(-len(items) // columns)
    for place, n in enumerate(items):
        thing = scene.things[n]
        height = max(0.12, share * (relative(thing) / largest) ** 0.7) * frame.unit
        row, column = divmod(place, columns)
        in_row = min(columns, len(items) - row * columns)
        height = min(height, frame.width * 0.9 / in_row / aspect(thing.art))
        spread = 0.3 if in_row > 1 else 0.24
        x = frame.width * (column + 0.5 + rng.uniform(-spread, spread) * 0.7) / in_row
        middle = bottom * (row + 0.5 + rng.uniform(-0.14, 0.14)) / rows
        base = min(bottom, max(height * 1.05, middle + height / 2))
        width = height * aspect(thing.art)
        x = min(frame.width - width / 2, max(width / 2, x))
        flip, most = faces_right(thing, x, frame, rng), 14 if scene.place == "space" else 5
        placement = Placement(
            traits().in_the_air.get(thing.art, thing.art), sided(thing, x, width, frame), base,
            height, thing.colour, flip, rng.uniform(-most, most), thing=n, grounded=False,
        )  # fmt: skip
        groups.append(family(scene, _supported(scene, placement), frame, rng))
    return groups


def _supported(scene: Scene, placement: Placement) -> Placement:
    """What cannot fly stands upright in the sky, on a cloud."""
    floats = {"float", "fly", "drift", "hover"}.intersection(scene.things[placement.thing].doing)
    if scene.place == "sky" and not (floats or is_a(placement.art, "flyers")):
        return replace(placement, tilt=0.0, support="cloud-puff")
    return placement
