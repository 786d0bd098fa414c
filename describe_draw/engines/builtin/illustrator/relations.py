"""Things that belong to another: worn, held, on it, riding it, behind it, ..."""

from collections import Counter
from dataclasses import replace
from random import Random

from .actions import does
from .art import HEAD_OF, has_face
from .attachments import behind as on_the_back
from .attachments import fingers, held, worn
from .bodies import pose_of, share
from .crowds import MOST_AROUND, around
from .frame import Frame
from .heaps import heaped, is_heaped
from .placement import Placement, aspect
from .posing import grip
from .rows import is_furniture, stands_free
from .scene import Scene, Thing
from .sides import at_sides
from .spots import hides, settled, side_by_side, sized
from .tables import contacts, height_of, is_a, traits

_LOOKED_OVER = 2.1
"""Metres: who is behind something wide and no higher looks over it."""


def family(scene: Scene, host: Placement, frame: Frame, rng: Random) -> list[Placement]:
    """The host with all that belongs to it, in painting order."""
    behind: list[Placement] = []
    front: list[Placement] = []
    if host.support:
        behind.append(support_of(host))
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
                (behind if on_the_back(other.art) else front).append(accessory)
        elif other.relation == "holding":
            side = behind if grip(other, scene.things[host.thing]).behind else front
            in_hand = held(scene, index, host, taken["holding"])
            side += [one for thing in in_hand for one in family(scene, thing, frame, rng)]
            taken["holding"] += 1
        elif other.relation in around():
            _around(scene, index, host, frame, rng, behind, front, taken)
    front += [fingers(host)] * bool(taken["holding"] and pose_of(host.art))
    if contents:
        heap = heaped(scene, contents, host, rng)
        front = [*(one for placed in heap for one in _with_all(scene, placed, frame, rng)), *front]
    own = scene.things[host.thing]
    if does(own, "asleep"):
        front.append(_dreams(host))
    host = replace(host, ghostly=own.ghostly)
    to = own.to if own.relation == "front" else None
    if to is not None and stands_free(scene.things[to]) and not is_furniture(scene, to):
        behind = _behind(scene, to, host, frame, rng) + behind
    return [*behind, host, *front]


def _with_all(scene: Scene, placed: Placement, frame: Frame, rng: Random) -> list[Placement]:
    return [placed] if placed.rim else family(scene, placed, frame, rng)


def _dreams(host: Placement) -> Placement:
    left, top, width = host.head()
    size = max(host.height, host.width) * 0.2
    away = width if host.flip else 0.0
    return Placement("zzz", left + away + size * 0.4, top - size * 0.05, size, shadow=False,
                     grounded=host.grounded, haze=host.haze)  # fmt: skip


def support_of(host: Placement) -> Placement:
    wide = 3.0 if host.support == "rails" else 1.3
    height = host.width * wide / aspect(host.support or "")
    top = traits().tops.get(host.support or "", 0.3)
    base = host.base + height * (1 - top)
    afloat = host.support == "raft"
    return Placement(host.support or "", host.x, base, height, grounded=False, afloat=afloat)


def _around(scene: Scene, index: int, host: Placement, frame: Frame, rng: Random,
            behind: list[Placement], front: list[Placement],
            taken: Counter[str]) -> None:  # fmt: skip
    thing = scene.things[index]
    relation = thing.relation or "on"
    if relation in ("behind", "at"):
        spread = _behind if relation == "behind" else _at_table
        behind += spread(scene, index, host, frame, rng)
        return
    if relation in ("riding", "inside") and host.art in traits().cabins and has_face(thing.art):
        front.append(_at_window(index, thing, host))
        return
    if relation in contacts()["sides"]:
        for child in at_sides(scene, index, host, taken):
            farther = child.height > host.height and relation != "against"
            farther = (farther or child.base < host.base) and not pose_of(child.art)
            (behind if farther else front).extend(family(scene, child, frame, rng))
        return
    for child in side_by_side(scene, index, host, rng, taken):
        placed = settled(child, relation, host)
        hidden = hides(relation, host, placed)
        (behind if hidden else front).extend(family(scene, placed, frame, rng))


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
    height = host.height * min(2.1, max(1.8, height_of(thing.art) / height_of(host.art)))
    height *= 0.82 if len(everyone) > 2 else 1
    low = 0.28 if share(pose_of(thing.art)) < 1 else 0.04  # who sits is as high as who stands
    across = host.width * (1.1 if len(everyone) > 2 else 0.8)
    found = []
    for place, n in enumerate(everyone):
        if n != index:
            continue
        x = host.x + across * ((place + 0.5) / len(everyone) - 0.5)
        one = Placement(thing.art, x, host.base - host.height * low, height, thing.colour,
                        thing=index, grounded=host.grounded)  # fmt: skip
        found += family(scene, one, frame, rng)
    return found


def _behind(
    scene: Scene, index: int, host: Placement, frame: Frame, rng: Random
) -> list[Placement]:
    thing = scene.things[index]
    most = 2.0 if is_a(thing.art, "buildings") else 1.3
    height = sized(scene, index, host, 0.5, most) * 0.92
    back = 0.35
    if host.art in traits().trunks:
        height, back = min(height, host.height * 0.4), 0.08  # below the crown
    width = height * aspect(thing.art)
    away = frame.width / 2 - host.x
    busy = any(one.relation == "reach" and one.to == host.thing for one in scene.things)
    right = away + rng.uniform(-1, 1) * frame.width * 0.05 > 0
    if busy:
        right = not host.flip and not is_a(host.art, "people")
    side = 1.0 if right else -1.0
    trunk = host.width * traits().trunks.get(host.art, 1.0)
    hidden = 0.34 if trunk == host.width else 0.56
    seen = height > host.height * (1.05 if aspect(host.art) > 1.2 else 1.6)
    low = height_of(host.art) < _LOOKED_OVER and not is_a(host.art, "seats")
    over = low and not seen and trunk > 2 * width
    offset = 0.0 if seen or over else (trunk + width) * hidden * side
    base = host.base - (host.base - frame.horizon) * back if host.grounded else host.base
    base = min(base, host.top + 0.45 * height) if over else base
    count = min(MOST_AROUND, thing.count)
    across = max(host.width, count * width * 0.8)
    aside = [across * ((n + 0.5) / count - 0.5) for n in range(count)] if count > 1 else [offset]
    flip = host.flip and is_a(thing.art, "turns")
    hidden_ones = (
        Placement(thing.art, host.x + x, base, height, thing.colour, flip, haze=0.12, thing=index,
                  grounded=host.grounded, afloat=host.afloat, rear=True) for x in aside
    )  # fmt: skip
    return [one for placed in hidden_ones for one in family(scene, placed, frame, rng)]
