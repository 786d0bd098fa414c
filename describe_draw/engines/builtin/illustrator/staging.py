"""What a scene needs beyond what was said: water for boats, tables for food."""

from dataclasses import replace
from random import Random

from .actions import does, enacted
from .art import can_sit
from .frame import ALOFT, INDOORS, SHORE, shore
from .land import PAVED
from .mixed import can_wear
from .places import located, look_of
from .posing import dressed
from .rows import stands_free
from .scene import Scene, Thing
from .tables import height_of, is_a, traits
from .ties import is_creature, is_person

_STALLS = ("market-stall", "fruit-stall")
_LOOSE = (None, "beside", "between")
_SHARED = 0.12  # metres: the highest of which several are on one plate
_ONCE = ("under", "behind", "above", "up", "on", "inside", "perched", "sill", "hanging", "around")


def staged(scene: Scene, rng: Random | None = None) -> Scene:
    """The scene as it is painted; things keep their numbers, and new ones come after them.

    Args:
        scene: As it was understood.
        rng: Chooses where it is, where several places are as likely.
    """
    scene = _somewhere(enacted(_seated(_seen(scene))), rng or Random(0))
    usual = look_of(scene).features - scene.without
    if scene.season == "winter":
        usual -= {"flowers"}
    scene = replace(scene, features=scene.features | usual)
    return _served(_near(_furnished(_emptied(_watered(_singled(_dressed(scene)))))))


def _somewhere(scene: Scene, rng: Random) -> Scene:
    """The scene at one of the places where it may be."""
    either = look_of(scene).either
    place = rng.choice(either) if either and not scene.features else scene.place
    return located(scene, place) if either else scene


def _seated(scene: Scene) -> Scene:
    """Who sits or sleeps where nothing is said of a seat is on what is there."""
    seat, things = look_of(scene).seat, list(scene.things)
    desk = is_a(seat, "desks")
    verbs = {"sit"} if desk else {"sit", "sleep", "nap", "doze", "rest", "relax", "lie"}
    for n, thing in enumerate(scene.things):
        tied = any(one.to == n and not stands_free(one) for one in things) or not stands_free(thing)
        sits = verbs.intersection(thing.doing) or (desk and is_a(thing.art, "pupils"))
        if seat and sits and is_person(thing) and not tied:
            at = [one.to for one in things if one.relation == "at" and one.doing == thing.doing]
            if at:  # all of a family are at one table
                things[n] = replace(thing, relation="at", to=at[0])
                continue
            relation, each = ("at", 1) if desk else ("on", thing.count)
            things[n] = replace(thing, relation=relation, to=len(things), count=each)
            things.append(Thing(seat, count=thing.count // each))
    return replace(scene, things=tuple(things))


def _dressed(scene: Scene) -> Scene:
    """Who wears clothes is drawn in them, or where that can't be in their colour."""
    things = list(scene.things)
    worn = [t for t in things if t.relation == "wearing" and is_a(t.art, "clothes")]
    for thing in worn:
        if thing.to is not None:
            host = things[thing.to]
            art = dressed(host.art, thing.art) if can_wear(host.art) else host.art
            things[thing.to] = replace(host, art=art, colour=thing.colour or host.colour)
    return replace(scene, things=tuple(things))


def _seen(scene: Scene) -> Scene:
    """What a drawing shows already is not drawn beside it: candles of a birthday cake."""
    things = list(scene.things)
    for n in range(len(things)):
        for m, other in enumerate(scene.things):
            thing = things[n]
            tied = thing.to == m or other.to == n or None is not thing.to == other.to
            hand = thing.to if thing.relation == "holding" else None
            tied = tied or (hand is not None and (other.to == hand or things[hand].to == m))
            beside = "beside" in (thing.relation, other.relation)
            ashore = is_a(thing.art, "islands") and not is_a(other.art, "floats")
            if tied and beside and ashore:  # an island "with" something has it on it
                things[m] = replace(other, relation="on", to=n)
                things[n] = replace(thing, relation=None, to=None)
            used = other.relation == "holding" and can_sit(thing.art)
            part = {other.art, other.art.partition("@")[0]} & traits().shows.get(thing.art, set())
            shown = n != m and part and not (other.count > 3 and thing.art in traits().emptied)
            again = (other.art, other.relation, other.to) == (thing.art, "inside", n)
            if tied and not used and (again or shown):
                things[m] = replace(other, count=0, relation=None, to=None)
                if other.to == n and is_a(thing.art, "topped"):  # "with pink frosting"
                    things[n] = replace(thing, colour=thing.colour or other.colour)
                if thing.to == m:  # what is said after it belongs to this one, too
                    things[n] = replace(thing, relation=other.relation, to=other.to)
    return replace(scene, things=tuple(things))


def _emptied(scene: Scene) -> Scene:
    """What holds something is drawn without what else is in it."""
    things = list(scene.things)
    for n, thing in enumerate(scene.things):
        if thing.to is None or not thing.count or thing.relation not in ("inside", "on"):
            continue
        host = things[thing.to]
        if is_a(host.art, "piles"):
            things[n] = replace(things[n], art=traits().piled.get(thing.art, thing.art))
        if thing.relation == "on" and is_a(host.art, "sheets") and "@" not in host.art:
            things[thing.to] = host = replace(host, art=f"{host.art}@of:lain")
        own = thing.art in traits().shows.get(host.art, ())
        if own or not (is_a(host.art, "topped") and is_a(thing.art, "toppings")):
            name, made, stuff = host.art.partition("@of:")
            empty = traits().emptied.get(name, name) + made + stuff
            things[thing.to] = replace(host, art=empty)
    return replace(scene, things=tuple(things))


def _singled(scene: Scene) -> Scene:
    """One of several shelters or hides a single other thing: the rest stand by; riders share."""
    things = list(scene.things)
    for n, thing in enumerate(scene.things):
        if thing.to is None:
            continue
        host = things[thing.to]
        if thing.relation in ("on", "riding", "inside") and is_creature(thing) and host.count > 1:
            things[n] = replace(things[n], count=-(-thing.count // host.count))  # rounded up
        if thing.relation in _ONCE and thing.count == 1 < host.count and host.relation is None:
            things[thing.to] = replace(host, count=1)
            things.append(replace(host, count=host.count - 1))
    return replace(scene, things=tuple(things))


def _watered(scene: Scene) -> Scene:
    """What floats gets a shore to float at; houses stand at the sea, not in it."""
    if scene.place == "tabletop" and any(is_a(t.art, "airborne") for t in _free(scene)):
        scene = replace(scene, place="meadow")
    built = [t for t in _free(scene) if is_a(t.art, "scenery")]
    if scene.place == "sea" and any(not is_a(t.art, "floats") for t in built):
        scene = replace(scene, place="beach")
    floats = any(
        t.count and (is_a(t.art, "needs_water") or does(t, "swimming")) for t in _free(scene)
    )
    pools = any(is_a(prop.art, "pools") for prop in look_of(scene).props)
    dry = scene.place not in ALOFT | INDOORS and shore(scene) < SHORE and not pools
    wet = scene.place in PAVED and scene.features & {"lake", "river"}
    if (floats or wet) and dry and "lake" not in scene.without:
        return replace(scene, features=scene.features | {"shore"})
    return scene


def _free(scene: Scene) -> list[Thing]:
    """Things that stand for themselves, not on, in or with another."""
    return [t for t in scene.things if t.relation in (None, "beside", "between", "front", "riding")]


def _furnished(scene: Scene) -> Scene:
    """Small things of a room stand on a table."""
    things = scene.things
    stalls = [n for n, thing in enumerate(things) if thing.art in _STALLS]
    named = (t.art for t in things if is_a(t.art, "desks"))
    host = _STALLS[0] if stalls else next(named, look_of(scene).host)
    if not host:
        return scene
    on = {t.to for t in things if t.relation == "on" and is_person(t)}
    hosts = on | {t.to for t in things if t.relation not in (*_LOOSE, "on", "front")}
    small = [
        n for n, thing in enumerate(things)
        if thing.relation in _LOOSE and n not in hosts and thing.count
        and _is_ware(thing, host) and not is_a(thing.art, "balls", "floored")
    ]  # fmt: skip
    table = next((n for n, thing in enumerate(things) if thing.art == host), len(things))
    if not small or host in scene.without:
        return scene
    closer = not scene.setting or all(is_a(things[n].art, "food") for n in small)
    closer = closer and scene.place in INDOORS - {"kitchen"}
    if closer and len(small) == sum(bool(t.count) for t in things):
        return located(scene, "tabletop")
    if host in _STALLS:
        return _stalled(scene, small, stalls)
    if table == len(things):
        things = (*things, Thing(host))
    laid = [
        replace(thing, relation="on", to=table) if n in small else thing
        for n, thing in enumerate(things)
    ]
    if laid[table].to in small:
        laid[table] = replace(laid[table], relation=None, to=None)
    return replace(scene, things=tuple(laid))


def _near(scene: Scene) -> Scene:
    """What is on a table that has nothing else, or by a window, is seen from near."""
    bound = {t.to for t in scene.things if t.relation not in (*_LOOSE, "on")}
    desks = [
        n for n, t in enumerate(scene.things)
        if (t.count, t.colour, t.size) == (1, None, 1.0)
        if t.art in ("table", "window") and n not in bound
    ]  # fmt: skip
    things = [
        replace(one, count=0) if n in desks
        else replace(one, relation=None, to=None) if one.to in desks
        else one
        for n, one in enumerate(scene.things)
    ]  # fmt: skip
    wares = [_is_ware(one, "table") for one in things if one.count]
    anywhere = scene.place in ("room", "tabletop") and scene.setting in ("", "office")
    if 0 < len(desks) < 3 and anywhere and wares and all(wares):
        return located(replace(scene, things=tuple(things)), "tabletop")
    return scene


def _served(scene: Scene) -> Scene:
    """Several of what is eaten from a plate share one."""
    things = list(scene.things)
    for n, thing in enumerate(scene.things):
        tied = (t.relation not in _LOOSE for t in things if t.to == n)
        free = thing.relation in _LOOSE and not any(tied)
        plated = is_a(thing.art, "plated") and height_of(thing.art) < _SHARED
        if scene.place == "tabletop" and free and plated and thing.count > 1:
            things[n] = replace(thing, relation="inside", to=len(things))
            things.append(Thing("plate"))
    return replace(scene, things=tuple(things))


def _is_ware(thing: Thing, host: str) -> bool:
    """Whether it belongs on a table, or is sold at a stall."""
    stall = host in _STALLS
    little = height_of(thing.art) < (0.7 if stall else 0.5)
    return (stall and is_a(thing.art, "swims")) or (is_a(thing.art, "indoors") and little)


def _stalled(scene: Scene, goods: list[int], stalls: list[int]) -> Scene:
    """A stall with a heap of each of the goods, where there are no more than three."""
    things = list(scene.things)
    if not stalls:
        stalls = [len(things) + n for n in range(min(3, len(goods)))]
        things += [Thing(_STALLS[0])] * len(stalls)
    for place, n in enumerate(goods):
        many = max(things[n].count, 7 if things[n].count == 3 else 1)
        things[n] = replace(
            things[n], count=many, relation="inside", to=stalls[place * len(stalls) // len(goods)]
        )
    for n in stalls:
        things[n] = replace(things[n], art=_STALLS[0], relation=None, to=None)
    return replace(scene, things=tuple(things))
