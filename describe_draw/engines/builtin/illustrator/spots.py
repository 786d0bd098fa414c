"""Where a thing is that is on, in, under or at the side of another."""

from collections import Counter
from dataclasses import dataclass, replace
from random import Random

from .art import LYING, UPPER
from .beasts import stance_of
from .bodies import pose_of
from .crowds import MOST_AROUND
from .fragments import crest
from .mixed import drawing
from .placement import Placement, apparent, aspect
from .scene import Scene
from .tables import contacts, height_of, is_a, traits


@dataclass(frozen=True)
class Spot:
    """Where a relation puts a thing; contacts.toml tells of each field."""

    least: float
    most: float = 1.3
    y: float | None = None
    sink: float = 0.0
    aside: float = 0.0
    across: float = 0.8
    behind: bool = False


def spot(relation: str, host: str) -> Spot:
    """Where a relation puts a thing of such a drawing."""
    name = host.partition("@")[0]
    found = contacts()["spots_of"]
    bodily = found.get("@" + pose_of(host).partition("+")[0], {})
    own = bodily.get(relation) or found.get(name, {}).get(relation)
    return Spot(**(own or contacts()["spots"][relation]))


def sized(scene: Scene, index: int, host: Placement, least: float, most: float = 1.3) -> float:
    """Height of a thing next to its host, in proportion, but never lost."""
    thing, other = scene.things[index], scene.things[host.thing]
    real = height_of(thing.art) / height_of(other.art)
    real = min(real, 0.5) if thing.size < 0.5 else max(real, 0.8) if thing.size > 2 else real
    plain = other.art == "table" or is_a(other.art, "seats")
    ratio = real**0.7 if plain else apparent(real)  # what is near needs no compressing
    most *= max(1.0, 0.45 * aspect(host.art))
    return host.height * min(most, max(least, ratio * thing.size / other.size))


def side_by_side(
    scene: Scene, index: int, host: Placement, rng: Random, taken: Counter[str]
) -> list[Placement]:
    """Each of a thing where its relation has it, beside what else is there."""
    thing = scene.things[index]
    relation = thing.relation or "on"
    where = spot(relation, host.art)
    everything = sum(
        min(MOST_AROUND, other.count)
        for other in scene.things
        if other.to == host.thing and other.relation == relation
    )
    height = sized(scene, index, host, where.least, where.most)
    if LYING in thing.art or stance_of(thing.art):
        height = min(height, host.width * 1.02 / aspect(thing.art))
    if relation == "inside":
        height = min(height, host.width * 0.72 / aspect(thing.art))
    if everything > 1:
        close = 1.0 if is_a(host.art, "spans", "flat") else 1.5
        height = min(height, host.width * close * where.across / everything / aspect(thing.art))
    down = where.y
    if down is None:
        tops = traits().tops
        down = tops[host.art] if host.art in tops else crest(drawing(host.art)) + 0.03
    sway = 0.0 if is_a(thing.art, "shapes") else 0.03
    across = host.width * (where.across if not where.aside or everything > 1 else 0.0)
    middle = host.x + host.width * where.aside * (-1 if host.flip else 1)
    base = host.top + down * host.height + where.sink * height
    if relation == "head":
        left, top, width = host.head()
        middle, base = left + width / 2, top + width * 0.12
    count = min(MOST_AROUND, thing.count)
    first = taken[relation]
    taken[relation] += count
    one = Placement(thing.art, middle, base, height, thing.colour, thing=index, haze=host.haze,
                    flip=host.flip and is_a(thing.art, "turns"), shadow=False,
                    grounded=False)  # fmt: skip
    spread = (across * ((place + 0.5) / everything - 0.5) for place in range(first, first + count))
    return [replace(one, x=middle + x + host.width * rng.uniform(-sway, sway)) for x in spread]


def settled(child: Placement, relation: str, host: Placement) -> Placement:
    """The child as it rests there: legs hang, food is on a plate, feet are on the ground."""
    h = child.height
    if relation == "inside":
        if is_a(host.art, "flat"):
            height = min(child.height, host.height * 0.5)
            return replace(child, height=height, base=host.base - (host.height - height) / 2)
        art = child.art + UPPER
        return replace(child, art=art, height=child.width / aspect(art))
    if relation == "under":
        below = replace(child, base=host.waterline + h * 1.2, haze=0.3)
        sails = is_a(child.art, "floats") and is_a(host.art, "spans")
        beside = replace(child, shadow=True, grounded=True, afloat=sails)
        return below if host.afloat and not sails else beside
    legs = contacts()["legs"]["riding" if relation == "riding" else "seated"]
    lower = legs.get(pose_of(child.art).partition("+")[0])
    if lower and not (LYING in child.art and is_a(child.art, "animals")):
        return replace(child, base=child.base + h * lower)
    if relation == "on" and is_a(child.art, "plated"):
        return replace(child, support="plate", base=child.base - h * 0.04)
    return child


def hides(relation: str, host: Placement, child: Placement) -> bool:
    """Whether the host is painted over what is there; who sits astride has a leg on this side."""
    if relation == "riding" and pose_of(child.art):
        return False
    turned = relation == "on" and pose_of(child.art) == "seated+away" and aspect(host.art) > 1
    flat = relation == "inside" and is_a(host.art, "flat")
    return turned or (spot(relation, host.art).behind and not flat)
