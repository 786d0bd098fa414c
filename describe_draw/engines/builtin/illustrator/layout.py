"""Scene description → where every drawing stands."""

from dataclasses import replace
from random import Random

from .actions import does
from .crowds import MOST_OF_ONE, thinned
from .frame import AFLOAT, ALOFT, INDOORS, SHORE, Frame, shore
from .placement import Placement, aspect
from .relations import family, stands_free
from .rows import Stretch, heights, nudged, relative, row_count, spread, staggered, tallest
from .scene import Scene, Thing
from .tables import traits


def arrange(scene: Scene, frame: Frame, rng: Random) -> list[Placement]:
    """Places the scene's things, in painting order (the farthest first)."""
    scene = thinned(scene)
    roots = [n for n, thing in enumerate(scene.things) if _is_root(scene, n)]
    far = [n for n in roots if scene.things[n].distance == "far"]
    near = [n for n in roots if n not in far]
    air = [n for n in near if _in_the_air(scene, scene.things[n])]
    scenery = [n for n in near if n not in air and _is_scenery(scene, n)]
    afloat = [n for n in near if n not in air + scenery and _floats(scene, scene.things[n])]
    ground = [n for n in near if n not in air + scenery + afloat]
    placed = _rear(scene, far, frame, rng)
    placed += _aloft(scene, air, frame, rng, alone=not (ground or scenery))
    free = wet = dry = _whole(frame)
    if scenery and (ground or afloat):
        dry, free = _beside_scenery(scene, scenery, frame, rng)
    if afloat:
        wet = free
        if ground:
            free, wet = _apart(free, len(_instances(scene, ground)), len(_instances(scene, afloat)))
    placed += _row(scene, scenery, frame, rng, dry, with_others=bool(ground))
    placed += _row(scene, afloat, frame, rng, wet, with_others=bool(ground))
    placed += _row(scene, ground, frame, rng, free, with_others=bool(scenery))
    fitted = [_fit(group, frame) for group in placed]
    fitted.sort(key=lambda group: max(one.base if one.grounded else 0.0 for one in group))
    ordered = [placement for group in fitted for placement in group]
    return sorted(ordered, key=lambda one: not one.rear)


def _is_scenery(scene: Scene, index: int) -> bool:
    thing = scene.things[index]
    shelters = any(other.to == index and other.relation == "under" for other in scene.things)
    return traits().is_a(thing.art, "scenery") and not shelters


def _whole(frame: Frame) -> Stretch:
    return frame.width * 0.03, frame.width * 0.97


def _beside_scenery(
    scene: Scene, scenery: list[int], frame: Frame, rng: Random
) -> tuple[Stretch, Stretch]:
    """Where buildings and trees stand, and where others do, so that they don't hide a single one."""
    if len(_instances(scene, scenery)) > 1:
        return _whole(frame), _whole(frame)
    left, right = rng.choice(((0.03, 0.68), (0.32, 0.97)))
    others = frame.width * left, frame.width * right
    if any(_floats(scene, scene.things[n]) for n in scenery):
        away = (0.64, 0.99) if left < 0.1 else (0.01, 0.36)
        return (frame.width * away[0], frame.width * away[1]), others
    return _whole(frame), others


def _apart(stretch: Stretch, first: int, second: int) -> tuple[Stretch, Stretch]:
    """A stretch for so many things on land and one for so many on the water."""
    left, right = stretch
    share = min(0.6, max(0.36, first / (first + second)))
    middle = left + (right - left) * share
    return (left, middle), (middle, right)


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
    return [
        replace(
            one,
            x=new_middle + (one.x - middle) * scale,
            base=base + (one.base - base) * scale,
            height=one.height * scale,
        )
        for one in group
    ]


def _is_root(scene: Scene, index: int) -> bool:
    """Whether a thing has a place of its own, not one on, in or behind another."""
    thing = scene.things[index]
    behind = any(other.relation == "front" and other.to == index for other in scene.things)
    return stands_free(thing) and not behind


def _in_the_air(scene: Scene, thing: Thing) -> bool:
    if scene.place in INDOORS:
        return False
    if scene.place in ALOFT:
        return True
    if traits().is_a(thing.art, "airborne"):
        return True
    afloat = scene.place in AFLOAT and not traits().is_a(thing.art, "floats")
    return traits().is_a(thing.art, "flyers") and (scene.flying or afloat)


def _instances(scene: Scene, indices: list[int]) -> list[int]:
    return [n for n in indices for _ in range(min(MOST_OF_ONE, scene.things[n].count))]


def _row(
    scene: Scene,
    indices: list[int],
    frame: Frame,
    rng: Random,
    stretch: Stretch,
    with_others: bool,
) -> list[list[Placement]]:
    """Things on the ground (or the water), side by side, in one or more staggered rows."""
    items = _instances(scene, indices)
    if not items:
        return []
    items.sort(key=lambda n: -relative(scene.things[n]))
    tall = heights(scene, items, frame, with_others)
    rows = row_count(len(items), frame)
    groups: list[list[Placement]] = []
    members_of = [
        list(range(row * len(items) // rows, (row + 1) * len(items) // rows)) for row in range(rows)
    ]
    columns = staggered([len(members) for members in members_of], stretch)
    for row, members in enumerate(members_of):
        rng.shuffle(members)
        depth = (row + 1) / rows
        sizes = [tall[m] * (1 if rows == 1 else 0.6 + 0.4 * depth) for m in members]
        arts = [scene.things[items[m]].art for m in members]
        widths = [height * aspect(art) for height, art in zip(sizes, arts, strict=True)]
        spots = spread(widths, stretch, rng) if rows == 1 else nudged(widths, columns[row], rng)
        for m, height, (x, squeeze) in zip(members, sizes, spots, strict=True):
            thing = scene.things[items[m]]
            placement = Placement(
                art=thing.art,
                x=_sided(thing, x, height * aspect(thing.art), frame),
                base=_standing(scene, thing, frame, depth if rows > 1 else None, rng),
                height=height * squeeze,
                colour=thing.colour,
                flip=_faces_right(thing, x, frame, rng),
                thing=items[m],
                afloat=_floats(scene, thing),
            )
            groups.append(family(scene, _standing_so(scene, thing, _on_water(placement, does(thing, "swimming"))), frame, rng))
    return groups


def _standing_so(scene: Scene, thing: Thing, placement: Placement) -> Placement:
    """Who jumps is above the ground, who runs leans forward, what is eaten has a plate."""
    if does(thing, "leaping") and placement.grounded:
        up = placement.height * 0.22
        return replace(placement, base=placement.base - up, lift=up, tilt=8 if placement.flip else -8)
    if scene.place == "tabletop" and traits().is_a(thing.art, "plated"):
        return replace(placement, support="plate")
    if does(thing, "leaning") and "-" not in thing.art:
        return replace(placement, tilt=9 if placement.flip else -9)
    return placement


def _on_water(placement: Placement, swims: bool) -> Placement:
    """What swims is partly under water; what cannot swim stands on a raft."""
    if not placement.afloat:
        return placement
    if traits().is_a(placement.art, "floats") or swims:
        return replace(placement, base=2 * placement.base - placement.waterline)
    return replace(placement, support="raft", afloat=False, grounded=False)


def _floats(scene: Scene, thing: Thing) -> bool:
    if scene.place in AFLOAT:
        return True
    swims = traits().is_a(thing.art, "floats") or does(thing, "swimming")
    return shore(scene) >= SHORE and swims


def _standing(scene: Scene, thing: Thing, frame: Frame, depth: float | None, rng: Random) -> float:
    """Where on the picture the feet are; `depth` is 0 to 1 from the rear row to the front."""
    jitter = rng.uniform(-0.04, 0.04)
    if scene.place in AFLOAT:
        nearness = 0.58 if depth is None else 0.15 + 0.6 * depth
    elif _floats(scene, thing):
        nearness = 0.36 if depth is None else 0.16 + 0.36 * depth
    elif traits().is_a(thing.art, "scenery"):
        nearness = 0.36 if depth is None else 0.1 + 0.3 * depth
    else:
        nearness = 0.8 if depth is None else 0.22 + 0.68 * depth
    return frame.ground(nearness + jitter)


def _sided(thing: Thing, x: float, width: float, frame: Frame) -> float:
    if thing.side == "left":
        return max(width / 2, frame.width * 0.27)
    if thing.side == "right":
        return min(frame.width - width / 2, frame.width * 0.73)
    return x


def _faces_right(thing: Thing, x: float, frame: Frame, rng: Random) -> bool:
    """Towards the picture's middle; what has no direction stays as it is."""
    if not traits().is_a(thing.art, "turns"):
        return False
    if abs(x - frame.width / 2) < frame.width * 0.12:
        return rng.random() < 0.5
    return x < frame.width / 2


def _rear(scene: Scene, indices: list[int], frame: Frame, rng: Random) -> list[list[Placement]]:
    """Things in the background: small, hazy, at the horizon."""
    items = _instances(scene, indices)
    groups = []
    for place, n in enumerate(items):
        thing = scene.things[n]
        scenery = traits().is_a(thing.art, "scenery") or traits().height(thing.art) > 4
        height = frame.unit * (0.36 if scenery else 0.15) * thing.size
        x = frame.width * (place + 0.5 + rng.uniform(-0.25, 0.25)) / len(items)
        if len(items) == 1:
            x = frame.width * rng.choice((0.2, 0.8)) + frame.width * rng.uniform(-0.05, 0.05)
        in_air = _in_the_air(scene, thing)
        placement = Placement(
            art=thing.art,
            x=x,
            base=frame.horizon * 0.55 if in_air else frame.ground(0.1),
            height=height,
            colour=thing.colour,
            flip=_faces_right(thing, x, frame, rng),
            haze=0.35,
            thing=n,
            grounded=not in_air,
        )
        groups.append(family(scene, placement, frame, rng))
    return groups


def _aloft(
    scene: Scene, indices: list[int], frame: Frame, rng: Random, alone: bool
) -> list[list[Placement]]:
    """Things in the air, in space or under water."""
    items = _instances(scene, indices)
    if not items:
        return []
    largest = max(relative(scene.things[n]) for n in items)
    open_ = alone and scene.place in ALOFT
    share = tallest(len(items)) * (0.95 if open_ else 0.62 if alone else 0.5)
    bottom = frame.height * 0.86 if open_ else frame.horizon * 0.96
    groups = []
    columns = min(len(items), 4 if frame.width >= frame.height else 2)
    rows = -(-len(items) // columns)
    for place, n in enumerate(items):
        thing = scene.things[n]
        height = max(0.12, share * relative(thing) / largest) * frame.unit
        row, column = divmod(place, columns)
        in_row = min(columns, len(items) - row * columns)
        height = min(height, frame.width * 0.9 / in_row / aspect(thing.art))
        spread = 0.3 if in_row > 1 else 0.24
        x = frame.width * (column + 0.5 + rng.uniform(-spread, spread) * 0.7) / in_row
        middle = bottom * (row + 0.5 + rng.uniform(-0.14, 0.14)) / rows
        base = min(bottom, max(height * 1.05, middle + height / 2))
        x = min(
            frame.width - height * aspect(thing.art) / 2, max(height * aspect(thing.art) / 2, x)
        )
        placement = Placement(
            art=traits().in_the_air.get(thing.art, thing.art),
            x=_sided(thing, x, height * aspect(thing.art), frame),
            base=base,
            height=height,
            colour=thing.colour,
            flip=_faces_right(thing, x, frame, rng),
            tilt=rng.uniform(-14, 14) if scene.place == "space" else rng.uniform(-5, 5),
            thing=n,
            grounded=False,
        )
        groups.append(family(scene, _supported(scene, placement), frame, rng))
    return groups


def _supported(scene: Scene, placement: Placement) -> Placement:
    """What cannot fly stands upright in the sky, on a cloud."""
    if scene.place == "sky" and not traits().is_a(placement.art, "flyers"):
        return replace(placement, tilt=0.0, support="cloud-puff")
    return placement
