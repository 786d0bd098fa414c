"""Sizes in proportion, rows and gaps."""

from random import Random

from .frame import INDOORS, ROOMS, Frame
from .placement import apparent, aspect
from .places import look_of
from .scene import Scene, Thing
from .tables import height_of, is_a
from .ties import is_creature

SMALLEST = 0.13  # of the frame's unit
_ACROSS = {"spans": 1.0, "broad": 0.74, "trees": 1.0}  # of the frame's width
_METRE = 0.25  # at a room's wall

Stretch = tuple[float, float]  # from left to right, in pixels

# Height of the largest thing, by how many stand side by side, as a share of the unit.
_HEIGHTS = ((1, 0.56), (2, 0.47), (3, 0.41), (4, 0.36), (6, 0.31), (9, 0.26))
_LOWEST = 0.21
_A_PERSON = apparent(1.7)  # beside the things of a room


def relative(thing: Thing) -> float:
    """Height in the picture, relative to a thing of one metre: large differences compressed."""
    return thing.size * apparent(height_of(thing.art))


def tallest(count: int) -> float:
    return next((share for most, share in _HEIGHTS if count <= most), _LOWEST)


def heights(scene: Scene, items: list[int], frame: Frame, with_others: bool) -> list[float]:
    """In proportion, but none too small to see and none too wide."""
    largest = max(relative(scene.things[n]) for n in items)
    among = look_of(scene).props and (scene.setting or scene.place in INDOORS)
    scale = (largest / _A_PERSON) ** 0.8 if among else largest**0.3
    sizes = {scene.things[n].size for n in items}
    least = 1.0 if min(sizes) > 1 else 0.5 if scene.setting else 0.72
    most = tallest(len(items)) * frame.unit * min(1.2, max(least, scale))
    if scene.place == "tabletop":
        most *= 1.25
    scenery = is_a(scene.things[items[0]].art, "scenery")
    most *= 0.6 if max(sizes) < 1 else 1.3 if min(sizes) > 1 else 1  # what is tiny fills no picture
    if with_others:
        most *= 1.05 if scenery else 0.82
    large = (scenery or scene.place == "tabletop") and len(items) == 1 and not with_others
    widest = frame.width * (0.86 if large else 0.62)
    found = []
    power = 1.3 if scene.place in ROOMS else 1.0
    for n in items:
        thing = scene.things[n]
        height = max(SMALLEST * frame.unit, most * (relative(thing) / largest) ** power)
        kind = next((kind for kind in _ACROSS if is_a(thing.art, kind)), "")
        used = any(one.to == n and not stands_free(one) for one in scene.things)
        if len(items) == 1 and kind and (used or kind != "trees"):
            height = frame.width * _ACROSS[kind] / aspect(thing.art)
        elif len(items) <= 2:
            height = min(height, widest / aspect(thing.art))
        found.append(min(height, frame.height * 0.76))
    return found


def furniture(scene: Scene, indices: list[int]) -> list[list[int]]:
    """What hangs on a room's wall, stands along it, and stands before that.

    What somebody is on or in is not among it, nor what is alone: both are in front.
    """
    if scene.place not in ROOMS:
        return []
    used = {one.to for one in scene.things if is_creature(one) and not stands_free(one)}
    hung = [n for n in indices if is_a(scene.things[n].art, "hung")]
    kinds = [
        [n for n in indices if is_a(scene.things[n].art, kind) and n not in used]
        for kind in ("walled", "midway")
    ]
    return [hung, *(kinds if len(indices) > 1 else ())]


def is_furniture(scene: Scene, index: int) -> bool:
    """Whether it has its place in a room, whoever is in front of it."""
    return scene.place in ROOMS and is_a(scene.things[index].art, "hung", "walled", "midway")


def stands_free(thing: Thing) -> bool:
    """Whether a thing has a place of its own, not one on, in or under another."""
    return thing.relation in (None, "beside", "between", "front")


def measured(scene: Scene, items: list[int], frame: Frame, alone: bool) -> list[float]:
    """True to scale, as furniture is."""
    sizes = [one.size * height_of(one.art) * bool(one.count) for one in scene.things]
    metre = frame.unit * (max(_METRE * 1.2, 0.45 / max(sizes)) if alone else _METRE)
    return [max(SMALLEST * frame.unit, metre * sizes[n]) for n in items]


def row_count(count: int, frame: Frame) -> int:
    per_row = 5 if frame.width >= frame.height * 1.2 else 3
    return 1 if count <= per_row else -(-count // min(per_row, 4))


def spread(widths: list[float], stretch: Stretch, rng: Random) -> list[tuple[float, float]]:
    """Middle of each in a stretch, with uneven gaps, and by how much all must shrink."""
    left, right = stretch
    squeeze = min(1.0, (right - left) / (sum(widths) * 1.04))
    free = max(0.0, right - left - sum(widths) * squeeze)
    gaps = [rng.uniform(0.6, 1.0) for _ in range(len(widths) + 1)]
    if len(widths) > 1:  # together, not one at either end
        gaps[0] *= rng.uniform(0.7, 1.3)
        gaps[-1] *= rng.uniform(0.7, 1.3)
        gaps[1:-1] = [gap * 0.5 for gap in gaps[1:-1]]
    spots = []
    for gap, width in zip(gaps, widths, strict=False):
        left += free * gap / sum(gaps)
        spots.append((left + width * squeeze / 2, squeeze))
        left += width * squeeze
    return spots


def staggered(counts: list[int], stretch: Stretch) -> list[Stretch]:
    """For rows of so many things, each in the gaps of the one before: its first, and the step."""
    left, right = stretch
    most = max(counts)
    starts = []
    for row, count in enumerate(counts):
        centred = (most - count) / 2
        starts.append(centred + (0.5 * (row % 2) - centred) % 1)
    across = max(start + count for start, count in zip(starts, counts, strict=True)) - min(starts)
    step = (right - left) / across
    return [(left + (start - min(starts) + 0.5) * step, step) for start in starts]


def nudged(widths: list[float], columns: Stretch, rng: Random) -> list[tuple[float, float]]:
    """Middle of each in its column, a little aside, and by how much it must shrink."""
    first, step = columns
    return [
        (first + (n + rng.uniform(-0.08, 0.08)) * step, min(1.0, step / width))
        for n, width in enumerate(widths)
    ]


def apart(stretch: Stretch, first: int, second: int) -> tuple[Stretch, Stretch]:
    """A stretch for so many things on land and one for so many on the water."""
    left, right = stretch
    share = min(0.6, max(0.36, first / (first + second)))
    middle = left + (right - left) * share
    return (left, middle), (middle, right)


def ordered(scene: Scene, items: list[int], members: list[int]) -> list[int]:
    """With what is between others in the middle."""
    inner = [m for m in members if scene.things[items[m]].relation == "between"]
    outer = [m for m in members if m not in inner]
    half = len(outer) // 2
    return [*outer[:half], *inner, *outer[half:]] if inner else members
