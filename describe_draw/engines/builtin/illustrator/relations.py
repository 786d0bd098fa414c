"""Things that belong to another: worn, held, on it, riding it, behind it, ..."""

from dataclasses import replace
from random import Random

from .art import LEG_OF
from .attachments import dressed, held, worn
from .crowds import AROUND, MOST_AROUND
from .frame import Frame
from .placement import Placement, apparent, aspect
from .scene import Scene, Thing
from .tables import traits


def family(scene: Scene, host: Placement, frame: Frame, rng: Random) -> list[Placement]:
    """The host with all that belongs to it, in painting order."""
    behind: list[Placement] = []
    front: list[Placement] = []
    if host.support:
        behind.append(_support(host))
    for index, other in enumerate(scene.things):
        if other.to != host.thing or index == host.thing:
            continue
        if other.relation == "wearing":
            accessory = worn(other, host)
            if accessory:
                (behind if accessory.art == "cape" else front).append(accessory)
        elif other.relation == "holding":
            front += held(index, other, host)
        elif other.relation in AROUND:
            _around(scene, index, host, frame, rng, behind, front)
    own = scene.things[host.thing]
    host = dressed(scene, replace(host, ghostly=own.ghostly))
    if own.relation == "front" and own.to is not None and stands_free(scene.things[own.to]):
        behind = _behind(scene, own.to, host, frame, rng) + behind
    return [*behind, host, *front]


def stands_free(thing: Thing) -> bool:
    """Whether a thing has a place of its own, not one on, in or under another."""
    return thing.relation in (None, "beside", "front")


# Share of a rider that is hidden behind the mount.
RIDER_SINKS = 0.36


def _support(host: Placement) -> Placement:
    height = host.width * 1.3 / aspect(host.support or "")
    top = traits().tops.get(host.support or "", 0.3)
    base = host.base + height * (1 - top)
    afloat = host.support == "raft"
    return Placement(host.support or "", host.x, base, height, grounded=False, afloat=afloat)


def _sized(scene: Scene, index: int, host: Placement, least: float) -> float:
    """Height of a thing next to its host, in proportion, but never lost."""
    thing, other = scene.things[index], scene.things[host.thing]
    ratio = apparent(traits().height(thing.art) / traits().height(other.art))
    return host.height * min(1.3, max(least, ratio * thing.size / other.size))


def _around(
    scene: Scene,
    index: int,
    host: Placement,
    frame: Frame,
    rng: Random,
    behind: list[Placement],
    front: list[Placement],
) -> None:
    thing = scene.things[index]
    if thing.relation == "behind":
        behind += _behind(scene, index, host, frame, rng)
        return
    count = min(MOST_AROUND, thing.count)
    least = {"on": 0.27, "riding": 0.6, "inside": 0.5, "under": 0.3, "above": 0.3}
    height = _sized(scene, index, host, least[thing.relation or "on"])
    top = host.top + traits().tops.get(host.art, 0.06) * host.height
    for place in range(count):
        x = host.x + host.width * 0.8 * ((place + 0.5) / count - 0.5)
        x += rng.uniform(-0.03, 0.03) * host.width
        h = height * (1 if count < 3 else 0.8)
        child = Placement(
            thing.art,
            x,
            top + h * 0.03,
            h,
            thing.colour,
            thing=index,
            flip=host.flip if traits().is_a(thing.art, "turns") else False,
            shadow=False,
            haze=host.haze,
            grounded=False,
        )
        match thing.relation:
            case "riding":
                rider = replace(child, base=top + h * RIDER_SINKS)
                behind += family(scene, rider, frame, rng)
                if traits().is_a(thing.art, "people"):
                    front.append(_leg(rider, host))
            case "inside":
                behind += family(scene, replace(child, base=top + h * 0.45), frame, rng)
            case "under":
                h = min(h, host.height * 0.5)
                child = replace(
                    child, height=h, base=host.base + h * 0.08, shadow=True, grounded=True
                )
                front += family(scene, child, frame, rng)
            case "above":
                front += family(scene, replace(child, base=host.top - h * 0.06), frame, rng)
            case _:
                front += family(scene, child, frame, rng)


def _leg(rider: Placement, host: Placement) -> Placement:
    """The leg that hangs over the near side of the mount."""
    height = rider.height * 0.34
    return replace(
        rider,
        art=LEG_OF + rider.art,
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
    width = height * aspect(thing.art)
    away = frame.width / 2 - host.x
    side = 1.0 if away + rng.uniform(-1, 1) * frame.width * 0.05 > 0 else -1.0
    offset = 0.0 if height > host.height * 1.6 else (host.width + width) * 0.34 * side
    base = host.base - (host.base - frame.horizon) * 0.35 if host.grounded else host.base
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
