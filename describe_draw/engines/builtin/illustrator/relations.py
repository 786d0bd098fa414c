"""Things that belong to another: worn, held, on it, riding it, behind it, ..."""

from collections import Counter
from dataclasses import replace
from random import Random

from .actions import does
from .art import HEAD_OF, LEG_OF, LYING, SEATED, has_face
from .attachments import dressed, held, worn
from .crowds import AROUND, MOST_AROUND
from .frame import Frame
from .heaps import heaped, is_heaped
from .placement import Placement, apparent, aspect
from .scene import Scene, Thing
from .tables import traits


def family(scene: Scene, host: Placement, frame: Frame, rng: Random) -> list[Placement]:
    """The host with all that belongs to it, in painting order."""
    behind: list[Placement] = []
    front: list[Placement] = []
    if host.support:
        behind.append(_support(host))
    taken: Counter[str] = Counter()
    contents: list[int] = []
    for index, other in enumerate(scene.things):
        if other.to != host.thing or index == host.thing or not other.count:
            continue
        if is_heaped(scene, index, host):
            contents.append(index)
        elif other.relation == "wearing":
            accessory = worn(other, host)
            if accessory:
                (behind if accessory.art == "cape" else front).append(accessory)
        elif other.relation == "holding":
            hand = held(scene, index, host, taken["holding"])
            behind += hand if other.art == "umbrella" else []
            front += hand if other.art != "umbrella" else []
            taken["holding"] += 1
        elif other.relation in AROUND:
            _around(scene, index, host, frame, rng, behind, front, taken)
    if contents:
        heap = heaped(scene, contents, host, rng)
        front = [
            *(one for placed in heap for one in _with_all(scene, placed, frame, rng)),
            *front,
        ]
    own = scene.things[host.thing]
    if does(own, "asleep"):
        front.append(_dreams(host))
    host = dressed(scene, replace(host, ghostly=own.ghostly))
    if own.relation == "front" and own.to is not None and stands_free(scene.things[own.to]):
        behind = _behind(scene, own.to, host, frame, rng) + behind
    return [*behind, host, *front]


def _with_all(scene: Scene, placed: Placement, frame: Frame, rng: Random) -> list[Placement]:
    return [placed] if placed.rim else family(scene, placed, frame, rng)


def _dreams(host: Placement) -> Placement:
    left, top, width = host.head()
    size = max(host.height, host.width) * 0.2
    away = width if host.flip else 0.0
    return Placement("zzz", left + away + size * 0.4, top - size * 0.05, size, shadow=False,
                     grounded=host.grounded, haze=host.haze)  # fmt: skip


def stands_free(thing: Thing) -> bool:
    """Whether a thing has a place of its own, not one on, in or under another."""
    return thing.relation in (None, "beside", "between", "front")


# Share of a rider that is hidden behind the mount.
RIDER_SINKS = 0.36


def _support(host: Placement) -> Placement:
    wide = 3.0 if host.support == "rails" else 1.3
    height = host.width * wide / aspect(host.support or "")
    top = traits().tops.get(host.support or "", 0.3)
    base = host.base + height * (1 - top)
    afloat = host.support == "raft"
    return Placement(host.support or "", host.x, base, height, grounded=False, afloat=afloat)


def _sized(scene: Scene, index: int, host: Placement, least: float) -> float:
    """Height of a thing next to its host, in proportion, but never lost."""
    thing, other = scene.things[index], scene.things[host.thing]
    real = traits().height(thing.art) / traits().height(other.art)
    ratio = real**0.7 if other.art == "table" else apparent(real)
    most = 1.3 * max(1.0, 0.45 * aspect(host.art))
    return host.height * min(most, max(least, ratio * thing.size / other.size))


# Least height of what is on, in or under another, in heights of that.
_LEAST = {
    "on": 0.24, "riding": 0.6, "inside": 0.5, "under": 0.4, "above": 0.3, "up": 0.3,
}  # fmt: skip


def _around(
    scene: Scene,
    index: int,
    host: Placement,
    frame: Frame,
    rng: Random,
    behind: list[Placement],
    front: list[Placement],
    taken: Counter[str],
) -> None:
    thing = scene.things[index]
    relation = thing.relation or "on"
    if relation in ("behind", "at"):
        around = _behind if relation == "behind" else _at_table
        behind += around(scene, index, host, frame, rng)
        return
    if relation in ("riding", "inside") and host.art in traits().cabins and has_face(thing.art):
        front.append(_at_window(index, thing, host))
        return
    for child in _side_by_side(scene, index, host, rng, taken):
        placed, hidden = _put(child, relation, host, frame)
        (behind if hidden else front).extend(family(scene, placed, frame, rng))
        if relation == "riding" and traits().is_a(thing.art, "people"):
            front.append(_leg(placed, host))


def _side_by_side(
    scene: Scene, index: int, host: Placement, rng: Random, taken: Counter[str]
) -> list[Placement]:
    """Each of a thing on top of its host, beside what else is there."""
    thing = scene.things[index]
    relation = thing.relation or "on"
    everything = sum(
        min(MOST_AROUND, other.count)
        for other in scene.things
        if other.to == host.thing and other.relation == relation
    )
    height = _sized(scene, index, host, _LEAST[relation])
    if thing.art.endswith(LYING):
        height = min(height, host.width * 1.02 / aspect(thing.art))
    if relation == "inside":
        height = min(height, host.width * 0.72 / aspect(thing.art))
    height *= 1 if everything < 3 else 0.8
    top = host.top + traits().tops.get(host.art, 0.06) * host.height
    sway = 0.0 if traits().is_a(thing.art, "shapes") else 0.03
    count = min(MOST_AROUND, thing.count)
    first = taken[relation]
    taken[relation] += count
    return [
        Placement(
            thing.art,
            host.x
            + host.width * (0.8 * ((place + 0.5) / everything - 0.5) + rng.uniform(-sway, sway)),
            top + height * 0.03,
            height,
            thing.colour,
            thing=index,
            flip=host.flip if traits().is_a(thing.art, "turns") else False,
            shadow=False,
            haze=host.haze,
            grounded=False,
        )
        for place in range(first, first + count)
    ]


def _put(child: Placement, relation: str, host: Placement, frame: Frame) -> tuple[Placement, bool]:
    """The child where its relation has it, and whether the host is painted over it."""
    h, hidden = child.height, relation in ("riding", "inside")
    match relation:
        case "riding":
            child = replace(child, base=child.base + h * (RIDER_SINKS - 0.03))
        case "inside" if traits().is_a(host.art, "flat"):
            middle = host.base - host.height * 0.24
            child, hidden = replace(child, height=host.height * 0.5, base=middle), False
        case "inside":
            child = replace(child, base=child.base + h * 0.42)
        case "under" if host.afloat:
            child = replace(child, base=host.waterline + h * 1.2, haze=0.3)
        case "under":
            h = min(h, host.height * (0.78 if host.art in ("table", "bed") else 0.5))
            foot = host.base + h * 0.08
            child = replace(child, height=h, base=foot, shadow=True, grounded=True)
        case "up":
            side = host.width * (0.12 if host.x < frame.width / 2 else -0.12)
            child = replace(child, x=child.x + side, base=host.base - host.height * 0.24)
        case "above":
            child = replace(child, base=host.top - h * 0.06)
        case _:
            child = _resting(child)
    return child, hidden


def _resting(child: Placement) -> Placement:
    """Who sits lets the legs hang; what is eaten is on a plate."""
    if child.art.endswith(SEATED):
        return replace(child, base=child.base + child.height * 0.24)
    if traits().is_a(child.art, "plated"):
        return replace(child, support="plate", base=child.base - child.height * 0.04)
    return child


def _at_window(index: int, thing: Thing, host: Placement) -> Placement:
    """The head of who drives."""
    left, top, width = (share / 128 for share in traits().cabins[host.art])
    if host.flip:
        left = 1 - left - width
    across = width * host.width
    art = HEAD_OF + thing.art
    x = host.left + left * host.width + across / 2
    height = across / aspect(art)
    return Placement(art, x, host.top + top * host.height + height, height, thing=index,
                     flip=host.flip, shadow=False, grounded=False, haze=host.haze)  # fmt: skip


def _at_table(
    scene: Scene, index: int, host: Placement, frame: Frame, rng: Random
) -> list[Placement]:
    """People behind the table that they work or eat at."""
    thing = scene.things[index]
    beside = [
        n for n, one in enumerate(scene.things) if one.to == host.thing and one.relation == "at"
    ]
    everyone = [n for n in beside for _ in range(min(5, scene.things[n].count))]
    height = host.height * min(2.1, traits().height(thing.art) / traits().height(host.art))
    height *= 0.82 if len(everyone) > 2 else 1
    across = host.width * (1.1 if len(everyone) > 2 else 0.8)
    found = []
    for place, n in enumerate(everyone):
        if n != index:
            continue
        x = host.x + across * ((place + 0.5) / len(everyone) - 0.5)
        one = Placement(thing.art, x, host.base - host.height * 0.04, height, thing.colour,
                        thing=index, grounded=host.grounded)  # fmt: skip
        found += family(scene, one, frame, rng)
    return found


def _leg(rider: Placement, host: Placement) -> Placement:
    """The leg that hangs over the near side of the mount."""
    height = rider.height * 0.34
    return replace(
        rider,
        art=LEG_OF + rider.art.partition("@")[0],
        x=rider.x + (0.05 if rider.flip else -0.05) * rider.width,
        base=host.top + traits().tops.get(host.art, 0.06) * host.height + height * 0.92,
        height=height,
        colour=None,
        thing=-1,
    )


def _behind(
    scene: Scene, index: int, host: Placement, frame: Frame, rng: Random
) -> list[Placement]:
    thing = scene.things[index]
    height = _sized(scene, index, host, 0.5) * 0.92
    back = 0.35
    if host.art in traits().trunks:
        height, back = min(height, host.height * 0.46), 0.08  # below the crown
    width = height * aspect(thing.art)
    away = frame.width / 2 - host.x
    side = 1.0 if away + rng.uniform(-1, 1) * frame.width * 0.05 > 0 else -1.0
    trunk = host.width * traits().trunks.get(host.art, 1.0)
    hidden = 0.34 if trunk == host.width else 0.56
    offset = 0.0 if height > host.height * 1.6 else (trunk + width) * hidden * side
    base = host.base - (host.base - frame.horizon) * back if host.grounded else host.base
    behind = Placement(
        thing.art,
        host.x + offset,
        base,
        height,
        thing.colour,
        haze=0.12,
        thing=index,
        flip=host.flip and traits().is_a(thing.art, "turns"),
        grounded=host.grounded,
        afloat=host.afloat,
        rear=True,
    )
    return family(scene, behind, frame, rng)
