"""Scene description → where every drawing stands."""

from dataclasses import replace
from random import Random

from . import rows as lines
from .actions import does
from .aloft import aloft, faces_right, in_the_air, instances, looks_right, rear, sided
from .beasts import stance_of
from .crowds import thinned, varied
from .forms import forms, moved
from .frame import AFLOAT, SHORE, Frame, shore
from .land import PAVED
from .placement import Placement
from .relations import family, support_of
from .rows import Stretch, stands_free
from .scene import Scene, Thing
from .tables import is_a, traits
from .uncovered import uncovered

MOST_IN_LINE = 8
"""Figures without depth that stand side by side, not behind each other."""

_DEPTHS = (-0.22, 0.13, 0.4)
"""Where furniture hangs on the wall, stands along it, and stands before that."""


def arrange(scene: Scene, frame: Frame, rng: Random) -> list[Placement]:
    """Places the scene's things, in painting order (the farthest first)."""
    scene = thinned(scene)
    roots = [n for n, thing in enumerate(scene.things) if _is_root(scene, n)]
    far = [n for n in roots if scene.things[n].distance == "far"]
    near = [n for n in roots if n not in far]
    air = [n for n in near if in_the_air(scene, scene.things[n])]
    scenery = [n for n in near if n not in air and _is_scenery(scene, n)]
    afloat = [n for n in near if n not in air + scenery and _floats(scene, scene.things[n])]
    ground = [n for n in near if n not in air + scenery + afloat]
    placed = rear(scene, far, frame, rng)
    placed += aloft(scene, air, frame, rng, alone=not (ground or scenery))
    free = wet = dry = _whole(frame, 0.42 if forms()[scene.form].crop == "head" else 0.03)
    rows = lines.furniture(scene, ground)
    ground = [n for n in ground if not any(n in row for row in rows)]
    if ground and len(instances(scene, [n for row in rows[1:] for n in row])) == 1:
        dry, free = lines.apart(free, 2, 3) if frame.light_left else lines.apart(free, 3, 2)[::-1]
    few = all(len(instances(scene, row)) < 2 for row in rows)
    for row, depth, half in zip(rows, _DEPTHS, lines.apart(dry, 1, 1) * 2, strict=False):
        stretch = half if few and not ground else dry
        placed += _row(scene, row, frame, rng, stretch, not ground, frame.ground(depth))
    if scenery and (ground or afloat):
        dry, free = _beside_scenery(scene, scenery, frame, rng, apart=bool(afloat))
    if afloat:
        wet = free
        if ground:
            free, wet = lines.apart(
                free, len(instances(scene, ground)), len(instances(scene, afloat))
            )
    placed += _row(scene, scenery, frame, rng, dry, with_others=bool(ground))
    placed += _row(scene, afloat, frame, rng, wet, with_others=bool(ground or scenery))
    placed += _row(scene, ground, frame, rng, free, with_others=bool(scenery))
    fitted = [_fit(group, frame) for group in placed]
    fitted.sort(key=lambda group: max(one.base if one.grounded else 0.0 for one in group))
    ordered = [placement for group in uncovered(scene, fitted, frame) for placement in group]
    if ordered and _is_flat(scene):
        middle = (min(one.top for one in ordered) + max(one.base for one in ordered)) / 2
        up = middle - frame.height * 0.5
        ordered = [replace(one, base=one.base - up, shadow=False) for one in ordered]
    return varied(scene, sorted(ordered, key=lambda one: not one.rear))


def _is_flat(scene: Scene) -> bool:
    """Whether it is nothing but figures without depth, which hang in the middle."""
    figures = all(is_a(thing.art, "flat") for thing in scene.things)
    return scene.place == "studio" and figures


def _is_scenery(scene: Scene, index: int) -> bool:
    thing = scene.things[index]
    shelters = any(other.to == index and other.relation == "under" for other in scene.things)
    return is_a(thing.art, "scenery") and not shelters


def _whole(frame: Frame, margin: float = 0.03) -> Stretch:
    return frame.width * margin, frame.width * (1 - margin)


def _beside_scenery(
    scene: Scene, scenery: list[int], frame: Frame, rng: Random, *, apart: bool
) -> tuple[Stretch, Stretch]:
    """Where buildings and trees stand, and where others do who shall not hide a single one."""
    whole = frame.width * 0.03, frame.width * 0.97
    if len(instances(scene, scenery)) > 1:
        return whole, whole
    left, right = rng.choice(((0.03, 0.68), (0.32, 0.97)))
    others = frame.width * left, frame.width * right
    floats = any(_floats(scene, scene.things[n]) for n in scenery)
    if floats or apart:  # boats are behind what stands on land
        share = 0.35 if floats else 0.54
        away = (0.99 - share, 0.99) if left < 0.1 else (0.01, 0.01 + share)
        return (frame.width * away[0], frame.width * away[1]), others
    return whole, others


def _fit(group: list[Placement], frame: Frame) -> list[Placement]:
    """Shrinks and moves what belongs together until all of it is in the picture."""
    left, right = min(one.left for one in group), max(one.left + one.width for one in group)
    top, base = min(one.top for one in group), max(one.base for one in group)
    margin = frame.unit * 0.025
    scale = min(
        1.0, (frame.width - 2 * margin) / (right - left), (base - margin) / max(1.0, base - top)
    )
    middle = (left + right) / 2
    half = (right - left) / 2 * scale
    new_middle = min(frame.width - margin - half, max(margin + half, middle))
    return moved(group, (middle, base), scale, (new_middle, base))


def _is_root(scene: Scene, index: int) -> bool:
    """Whether a thing has a place of its own, not one on, in or behind another."""
    thing = scene.things[index]
    behind = any(other.relation == "front" and other.to == index for other in scene.things)
    return stands_free(thing) and (not behind or lines.is_furniture(scene, index))


def _row(
    scene: Scene,
    indices: list[int],
    frame: Frame,
    rng: Random,
    stretch: Stretch,
    with_others: bool,
    base: float | None = None,
) -> list[list[Placement]]:
    """Things on the ground (or the water), side by side, in one or more staggered rows."""
    items = instances(scene, indices)
    if not items:
        return []
    items.sort(key=lambda n: -lines.relative(scene.things[n]))
    tall = (lines.measured if base else lines.heights)(scene, items, frame, with_others)
    flat = _is_flat(scene) or any(does(scene.things[n], "lined") for n in items)
    line = base or (flat and len(items) <= MOST_IN_LINE)
    alike = {scene.things[n].art for n in items}  # those of a herd are as large in every row
    wide = 1.6 if len(alike) == 1 and stance_of(*alike) else 1
    rows = 1 if line else lines.row_count(round(len(items) * wide), frame)
    groups: list[list[Placement]] = []
    all_ = len(items)
    members_of = [list(range(n * all_ // rows, (n + 1) * all_ // rows)) for n in range(rows)]
    columns = lines.staggered([len(members) for members in members_of], stretch)
    for row, members in enumerate(members_of):
        rng.shuffle(members)
        members[:] = lines.ordered(scene, items, members)
        depth = (row + 1) / rows
        sizes = [tall[m] * (1 if rows == 1 else 0.6 + 0.4 * depth) for m in members]
        ones = [_one(scene, items[m], size, frame) for m, size in zip(members, sizes, strict=True)]
        sides = [_extent(family(scene, one, frame, Random(0)), one) for one in ones]
        widths = [left + right for left, right in sides]
        in_line = lines.nudged(widths, columns[row], rng) if rows > 1 else None
        spots = in_line or lines.spread(widths, stretch, rng)
        middles = [
            x + (left - right) * squeeze / 2
            for (x, squeeze), (left, right) in zip(spots, sides, strict=True)
        ]
        where = {items[m]: x for m, x in zip(members, middles, strict=True)}
        for m, one, x, (_, squeeze) in zip(members, ones, middles, spots, strict=True):
            thing = scene.things[items[m]]
            nearness = depth if rows > 1 else None
            forward = 0.0 if rows > 1 or base else 0.16 * (0.4 - one.height / max(sizes))
            placement = replace(
                one,
                x=sided(thing, x, one.width, frame),
                base=(base or _standing(scene, thing, frame, nearness, rng))
                + forward * (frame.height - frame.horizon) * (len(items) > 1),
                height=one.height * squeeze,
                flip=looks_right(scene, items[m], where, faces_right(thing, x, frame, rng)),
            )
            if is_a(thing.art, "hung") and base:
                placement = replace(placement, shadow=False)
            placement = _on_water(placement, does(thing, "swimming"))
            groups.append(family(scene, _standing_so(scene, thing, placement), frame, rng))
    return groups


def _one(scene: Scene, n: int, height: float, frame: Frame) -> Placement:
    """A thing by itself, in the middle of the picture."""
    thing = scene.things[n]
    floats = _floats(scene, thing)
    return Placement(
        thing.art, frame.width / 2, frame.height, height, thing.colour, thing=n, afloat=floats
    )


def _extent(group: list[Placement], root: Placement) -> tuple[float, float]:
    """How far what belongs to a thing reaches to its left and to its right."""
    left = root.x - min(one.left for one in group)
    return left, max(one.left + one.width for one in group) - root.x


def _standing_so(scene: Scene, thing: Thing, placement: Placement) -> Placement:
    """Who jumps is above the ground, who runs leans forward, what is eaten has a plate."""
    shown = traits().shows.get(thing.art, ())
    if does(thing, "leaping") and placement.grounded:
        up, tilt = placement.height * 0.22, 0 if stance_of(thing.art) else 8
        tilt = tilt if placement.flip else -tilt
        return replace(placement, base=placement.base - up, lift=up, tilt=tilt)
    plated = is_a(thing.art, "plated") and "plate" not in shown
    if scene.place == "tabletop" and plated:
        return replace(placement, support="plate")
    if placement.grounded and thing.art in traits().supports:
        carried = replace(placement, support=traits().supports[thing.art])
        return replace(carried, base=2 * placement.base - support_of(carried).base)
    if "slide" in thing.doing and is_a(thing.art, "animals") and not stance_of(thing.art):
        low = placement.base + (placement.height - placement.width) * 0.5  # on the belly
        return replace(placement, base=low, tilt=75 if placement.flip else -75)
    if does(thing, "leaning") and "-" not in thing.art and not stance_of(thing.art):
        return replace(placement, tilt=9 if placement.flip else -9)
    return placement


def _on_water(placement: Placement, swims: bool) -> Placement:
    """What swims is partly under water; what cannot swim stands on a raft."""
    if not placement.afloat:
        return placement
    if is_a(placement.art, "floats") or swims:
        return replace(placement, base=2 * placement.base - placement.waterline)
    return replace(placement, support="raft", afloat=False, grounded=False)


def _floats(scene: Scene, thing: Thing) -> bool:
    swims = is_a(thing.art, "floats") or does(thing, "swimming")
    return scene.place in AFLOAT or (shore(scene) >= SHORE and swims)


def _standing(scene: Scene, thing: Thing, frame: Frame, depth: float | None, rng: Random) -> float:
    """Where on the picture the feet are; `depth` is 0 to 1 from the rear row to the front."""
    jitter = rng.uniform(-0.04, 0.04)
    if scene.place in AFLOAT:
        nearness = 0.58 if depth is None else 0.15 + 0.6 * depth
    elif _floats(scene, thing):
        nearness = 0.36 if depth is None else 0.16 + 0.36 * depth
    elif is_a(thing.art, "scenery"):
        dry = max(0.36, shore(scene) + 0.1)  # behind what else stands on land, not in the water
        nearness = dry if depth is None else dry - 0.26 * (1 - depth)
    elif shore(scene) and depth is None and "drink" in thing.doing:
        return frame.ground(shore(scene) + 0.02)
    elif scene.place in PAVED and is_a(thing.art, "cars"):
        nearness = 0.5 if depth is None else 0.3 + 0.2 * depth
    else:
        nearness = 0.8 if depth is None else 0.22 + 0.68 * depth
    return frame.ground(nearness + jitter)
