"""How things stand to each other, once it is known what they are and what they do."""

from dataclasses import replace
from functools import cache

from .art import can_sit
from .bodies import posed
from .posing import tells
from .scene import Thing, changed
from .tables import contacts, height_of, is_a
from .ties import is_creature, is_person

RESTING = ("on", "inside", "perched", "sill", "lap", "shoulder")
"""Who sits is on what is named."""

_SMALL = 0.7
"""Metres: what is eaten and caught is held if it is no larger."""

_STROLLS = ("walk", "stroll")
"""What drawings of two show."""

_FREE = (None, "beside", "between")
_PLATE = "fork-and-knife-with-plate"


def parted(things: list[Thing], n: int) -> list[Thing]:
    """Somebody for each of two who do something with each other, or of a drawing of two."""
    things = _against(things, n)
    thing = things[n]
    pair = contacts()["pairs"].get(thing.art)
    host = things[thing.to].art if thing.to is not None and thing.relation in RESTING else ""
    acts = any(verb == "sit" or (tells(verb) and verb not in _STROLLS) for verb in thing.doing)
    if not pair or not (is_a(host, "seats") or acts):
        return things
    first, second = (replace(thing, art=art) for art in pair)
    if not (host or _listed("mutual", "verbs").isdisjoint(thing.doing)):
        second = replace(second, relation="beside", to=n)
    return [*things[:n], first, *things[n + 1 :], second]


def _against(things: list[Thing], n: int) -> list[Thing]:
    """One and the rest of those who fight, toast and play with each other, each with a racket."""
    thing = things[n]
    held = [one for one in things if one.relation == "holding" and one.to == n]
    plays = "play" in thing.doing and any(one.art in _listed("mutual", "played") for one in held)
    rallies = not _listed("touches", "rally").isdisjoint(thing.doing)
    mutual = plays or rallies or not _listed("mutual", "verbs").isdisjoint(thing.doing)
    others = [m for m, one in enumerate(things) if (one.relation, one.to) == ("beside", n)]
    if mutual and thing.relation is None and (thing.count == 2 or (rallies and thing.count > 2)):
        rest = replace(thing, count=thing.count - 1, relation="beside", to=n)
        others, things = [len(things)], [*changed(things, n, count=1), rest]
    elif not (plays and thing.count == 1 and others and things[others[0]].doing == thing.doing):
        return things
    if plays:
        things = changed(things, others[0], relation="rally")
    return things + [replace(one, to=others[0]) for one in held if not rallies]


@cache
def _listed(table: str, key: str) -> frozenset[str]:
    return frozenset(contacts()[table][key].split())


def at_tables(things: list[Thing]) -> list[Thing]:
    """Who does the same is at the same table, and who eats or plays there sits."""
    for table in sorted({one.to for one in things if one.relation == "at" and one.to is not None}):
        done = {one.doing for one in things if (one.relation, one.to) == ("at", table)} - {()}
        for n, one in enumerate(things):
            if one.doing in done and one.relation in (*_FREE, "reach") and can_sit(one.art):
                things = changed(things, n, relation="at", to=table)
        sitting = [
            n for n, one in enumerate(things)
            if (one.relation, one.to) == ("at", table) and can_sit(one.art)
            and not _listed("mutual", "seated").isdisjoint(one.doing)
        ]  # fmt: skip
        for n in sitting:
            things = changed(things, n, art=posed(things[n].art, "seated"))
        things = _laid(things, sitting, table) if sitting else things
    return things


def _laid(things: list[Thing], sitting: list[int], table: int) -> list[Thing]:
    """A plate on a table for everybody who eats; a game between two, each on a chair."""
    many = sum(things[n].count for n in sitting)
    laid = [m for m, one in enumerate(things)
            if one.relation in ("on", "holding") and one.to in (table, *sitting)]  # fmt: skip
    if not laid and any("eat" in things[n].doing for n in sitting):
        laid, things = [len(things)], [*things, Thing(_PLATE)]
    game = next((m for m in laid if is_a(things[m].art, "games")), None)
    for m in laid:
        if m == game or is_a(things[m].art, "plated") or things[m].art == _PLATE:
            count = many if things[m].art == _PLATE else things[m].count
            things = changed(things, m, relation="on", to=table, count=count)
    if game is None or many != 2:
        return things
    if len(sitting) == 1:
        one = replace(things[sitting[0]], count=1)
        sitting, things = [*sitting, len(things)], [*changed(things, sitting[0], count=1), one]
    for n in sitting:
        art = posed(things[n].art, "seated+work")
        things = changed(things, n, art=art, relation="on", to=len(things))
        things = [*things, Thing("chair", relation="flank", to=table)]
    return things


def meant(things: list[Thing], n: int) -> list[Thing]:
    """What a word comes to: in a tree is among its leaves, in an armchair on its seat."""
    thing = things[n]
    if thing.to is None or thing.relation is None:
        return things
    other = things[thing.to]
    relation = _meaning(thing, other)
    if relation == "front":
        before = any(one.relation == "front" and one.to == thing.to for one in things[:n])
        relation = "beside" if before or thing.count > 1 else "front"
    moored = is_a(thing.art, "needs_water") and is_a(other.art, "buildings")
    if (
        moored and relation in ("front", "beside") and thing.relation == "front"
    ):  # not hidden by them
        return changed(changed(things, thing.to, distance="far"), n, relation=None, to=None)
    if relation == "inside" and is_a(other.art, "covers"):
        things = changed(things, thing.to, art="leaf-pile", count=1)
    return changed(things, n, relation=relation)


def _meaning(thing: Thing, other: Thing) -> str | None:
    said = thing.relation or ""
    for relation, verbs in contacts()["doing"].get(said, {}).items():
        done = not set(verbs.split()).isdisjoint(thing.doing)
        if done and (relation != "at" or (is_person(thing) and is_a(other.art, "desks"))):
            return str(relation)
    for who in ("people", "words") if is_person(thing) else ("words",):
        for relation, kinds in contacts()[who].get(said, {}).items():
            if any(kind == "any" or is_a(other.art, kind) for kind in kinds):
                return str(relation)
    return thing.relation


def touches(verb: str) -> bool:
    """Whether who does it is drawn at what it is done to."""
    return any(verb in verbs.split() for verbs in contacts()["touches"].values())


def touching(things: list[Thing], n: int) -> list[Thing]:
    """Who does something to another is at it, not only beside it; the young follow."""
    for m, other in enumerate(things):
        thing = things[n]
        mine = thing.relation == "beside" and thing.to == m
        theirs = other.relation in ("beside", "holding") and other.to == n
        mine = mine or (m > n and _is_told(thing, other))
        relation = _touch(thing, other) if mine or theirs else None
        relation = None if relation == "ahead" and thing.count > 1 else relation
        if relation == "towed" and thing.count > 1:  # by the last of a team
            lead = replace(thing, count=thing.count - 1, relation="lead", to=n)
            things = [*changed(things, n, count=1, relation=None, to=None), lead]
            thing = things[n]
        if relation == "up":
            things = changed(things, m, relation=None, to=None) if theirs else things
            things = changed(things, n, relation="up", to=m)
        elif relation == "carried":
            things = changed(things, m, relation="holding", to=n, art=posed(other.art, "lying"))
            things = changed(things, n, relation=None, to=None) if mine else things
        elif relation and thing.count == 1 and (theirs or other.relation in _FREE):
            things = changed(things, m, relation=relation, to=n)
            things = changed(things, n, relation=None, to=None) if mine else things
        elif relation and mine and other.count == 1 and other.relation in (*_FREE, *RESTING):
            on = other.to if other.relation in RESTING else None
            things = changed(things, n, relation="reach", to=m if on is None else on)
    return things


def _is_told(thing: Thing, other: Thing) -> bool:
    """Whether something is said or given to the other one."""
    speaks = not _listed("addressed", "verbs").isdisjoint(thing.doing)
    free = other.relation in (*_FREE, *RESTING) and is_creature(other)
    rests = _listed("addressed", "rests").issuperset(other.doing)
    return thing.relation is None and speaks and free and rests


def _touch(thing: Thing, other: Thing) -> str | None:
    """How who something is done to stands to who does it; None where they are apart."""
    if not (thing.count and other.count) or not is_creature(thing) or is_a(other.art, "hung"):
        return None
    done = contacts()["touches"].items()
    named = [name for name, verbs in done if not set(verbs.split()).isdisjoint(thing.doing)]
    loose = {"flying", "ahead", "leash" if is_creature(other) else ""}
    if _is_young(thing, other) and not set(named) - loose - {"guided"}:
        return "follow"
    apart = "reach" if set(named) - loose else None
    if is_a(other.art, "floats", "airborne"):
        named, apart = [name for name in named if name in ("ahead", "holding")], None
    elif other.relation == "holding":
        named, apart = [name for name in named if name == "flying"], None
    return next((name for name in named if _fits(name, thing, other)), apart)


def _fits(relation: str, thing: Thing, other: Thing) -> bool:
    """Whether that can be done to such a thing: balls fly, trees are hugged, dogs are led."""
    small, person = height_of(other.art) <= _SMALL, is_person(other)
    fits = {
        "flying": is_a(other.art, "balls"),
        "holding": small,
        "facing": is_creature(other),
        "rally": is_person(other),
        "ahead": small and is_a(other.art, "flyers"),
        "embrace": person and not small,
        "carried": person and not small,
        "up": is_a(other.art, "trees"),
        "leash": is_person(thing) and is_creature(other) and not (person or "walk" in other.doing),
        "towed": not is_person(thing) or is_a(other.art, "towed"),
    }
    return fits.get(relation, True)


def _is_young(thing: Thing, other: Thing) -> bool:
    same = other.art == thing.art and other.size < 0.75 * thing.size
    return (
        is_creature(other)
        and not is_person(thing)
        and (same or other.art in contacts()["young"].get(thing.art, ()))
    )


def anchored(things: list[Thing]) -> list[Thing]:
    """The things, loose where what they belong to isn't drawn or belongs to them in turn."""
    for n in range(len(things)):
        met, at = {n}, n
        while things[at].relation not in _FREE and (to := things[at].to) is not None:
            if to in met or not things[to].count:
                things = changed(things, at, relation=None, to=None)
                break
            met.add(to)
            at = to
    return things
