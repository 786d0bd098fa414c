"""What somebody does, as drawings, bodies, tools and places."""

from dataclasses import replace
from functools import cache
from typing import Any

from .art import CROSSED, LYING, SEATED, can_sit
from .scene import Scene, Thing
from .tables import traits
from .words import noto, read_toml

# Places that a prompt is given where it names none: what is done there tells better.
_VAGUE = ("meadow", "tabletop", "underwater")
_IN_A_HAND = 0.35
"""Metres: who is "on" something as small as that, a phone, has it in the hand."""

_ASTRIDE = (
    "horse",
    "unicorn",
    "elephant",
    "camel",
    "donkey",
    "dragon",
    "motorcycle",
    "cow",
    "zebra",
)
_BOARDS = ("skateboard", "kick-scooter", "sled")
_CHAIRS = ("chair", "bench", "couch-and-lamp")
_BATHROOM = ("bathtub", "shower", "toilet")
_SEATS = ("bench", "chair", "couch-and-lamp", "bed", "rock", "wall", "box", "seat", "table")


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return read_toml("actions.toml")


@cache
def _verbs(table: str, key: str) -> frozenset[str]:
    return frozenset(_tables()[table][key].split())


@cache
def tells(verb: str, person: bool) -> bool:
    """Whether a drawing, a body, a tool or a place tells a verb."""
    bodies = frozenset[str]().union(*(_verbs("postures", body) for body in _tables()["postures"]))
    drawn = frozenset[str]().union(*(_verbs("drawings", end) for end in _tables()["drawings"]))
    if not person:
        return verb in bodies | _verbs("drawings", "walking") | _verbs("drawings", "running")
    others = ("whole", "with", "places", "props", "instead")
    return verb in bodies | drawn or any(verb in _tables()[table] for table in others)


def does(thing: Thing, posture: str) -> bool:
    """Whether one of its verbs is told by such a posture."""
    return not _verbs("postures", posture).isdisjoint(thing.doing)


def enacted(scene: Scene) -> Scene:
    """The scene with the drawings, bodies and tools of what is done in it.

    Things keep their numbers; one that another drawing shows already has a count of 0.
    """
    things = list(scene.things)
    for n in range(len(scene.things)):
        things = _absorbed(_implied(things, n), n, _shown(things[n].art))
        for verb in things[n].doing:
            things = _done(things, n, verb)
        things = _placed(things, n)
    place = scene.place
    if place in _VAGUE:
        verbs = [verb for thing in things for verb in thing.doing]
        place = next((_tables()["places"][v] for v in verbs if v in _tables()["places"]), place)
    held_fish = any(t.relation == "holding" and traits().is_a(t.art, "swims") for t in things)
    if place == "underwater" and held_fish:
        place = "lakeside"
    if place in (*_VAGUE, "lakeside") and any(t.art in _BATHROOM for t in scene.things):
        place = "room"
    if place in scene.without:
        place = scene.place
    return replace(scene, things=tuple(things), place=place)


def _implied(things: list[Thing], n: int) -> list[Thing]:
    """Riding a bicycle is cycling; in a bathtub one bathes, in a bed one sleeps."""
    things = _tied_otherwise(things, n)
    thing = things[n]
    if thing.to is None or not traits().is_a(thing.art, "people"):
        return things
    other, verb = things[thing.to].art, None
    if thing.relation == "riding" or {"ride", "row", "sail", "surf"} & set(thing.doing):
        verb = _tables()["ridden"].get(other)
        if verb is None and traits().is_a(other, "holds"):
            return _changed(things, n, relation="inside")
    elif thing.relation == "inside":
        verb = {"bathtub": "bathe", "bed": "sleep"}.get(other)
    if verb and verb not in thing.doing:
        return _changed(things, n, doing=(verb, *thing.doing))
    return things


def _tied_otherwise(things: list[Thing], n: int) -> list[Thing]:
    """What words alone don't tell: boards are stood on, phones held, horses sat on astride."""
    thing = things[n]
    person = traits().is_a(thing.art, "people")
    for m, other in enumerate(things):
        ridden = "ride" in thing.doing and traits().is_a(other.art, "rideable")
        if ridden and other.to == n and other.relation == "holding":
            things = _changed(things, m, relation=None, to=None)
            thing = replace(thing, relation="on", to=m)
    to = thing.to
    if to is not None:
        other = things[to]
        if other.art == "sailboat" and thing.relation in ("riding", "inside"):
            things = _changed(things, to, art="rowboat")  # no sail hides them
        elif person and "climb" in thing.doing and thing.relation == "on":
            thing = replace(thing, relation="up")
        elif person and thing.relation == "on" and traits().is_a(other.art, "handheld"):
            if traits().height(other.art) < _IN_A_HAND and not traits().is_a(other.art, "balls"):
                things = _changed(things, to, relation="holding", to=n)
                thing = replace(thing, relation=None, to=None)
        elif thing.relation == "riding" and other.art in _BOARDS:
            thing = replace(thing, relation="on")
        elif person and thing.relation == "on" and other.art in _ASTRIDE:
            thing = replace(thing, relation="riding")
    return _changed(things, n, relation=thing.relation, to=thing.to)


def _changed(things: list[Thing], n: int, **fields: Any) -> list[Thing]:
    return [*things[:n], replace(things[n], **fields), *things[n + 1 :]]


def _done(things: list[Thing], n: int, verb: str) -> list[Thing]:
    for other, thing in enumerate(things):
        art = _tables()["instead"].get(verb, {}).get(thing.art)
        if art and (thing.to == n or things[n].to == other):
            things = _changed(things, other, art=art, count=1, relation="holding", to=n)
            if things[n].to == other:
                things = _changed(things, n, relation=None, to=None)
    drawing = _drawing(things, n, verb)
    if drawing:
        size = things[n].size * min(1.0, traits().height(things[n].art) / 1.7)
        things = _changed(things, n, art=drawing, size=size)
        return _absorbed(things, n, _shown(drawing))
    if verb in _tables()["with"] and things[n].relation is None and can_sit(things[n].art):
        relation, tool = _tables()["with"][verb]
        things = _changed(things, n, relation=relation, to=len(things))
        return [*things, Thing(tool)]
    prop = _tables()["props"].get(verb)
    if prop and _free_hand(things, n, prop):
        things = [*things, Thing(prop, relation="holding", to=n)]
    return things


def _shown(art: str) -> list[str]:
    """What a drawing of somebody who does something shows already."""
    endings = (
        ending for ending in _tables()["shown"] if art == ending or art.endswith(f"-{ending}")
    )
    return list(_tables()["shown"].get(next(endings, ""), ()))


def _free_hand(things: list[Thing], n: int, prop: str) -> bool:
    """Whether somebody can hold a tool, because nothing is in the hand that it is done with."""
    if not can_sit(things[n].art) or any(thing.art == prop for thing in things):
        return False
    laid = does(things[n], "needs-table")
    return laid or not any(thing.to == n and thing.relation == "holding" for thing in things)


def _drawing(things: list[Thing], n: int, verb: str) -> str | None:
    """The drawing of somebody who does it, if there is one."""
    thing = things[n]
    dressed = any(t.to == n and t.relation == "wearing" and not traits().is_a(t.art, "clothes")
                  for t in things)  # fmt: skip
    who = next((who for who, arts in _tables()["who"].items() if thing.art in arts), None)
    if who is None or dressed or thing.relation == "up":
        return None
    if verb == "sleep" and thing.to is not None and things[thing.to].art == "bed":
        return "person-in-bed"
    whole = _tables()["whole"].get(verb)
    if whole:
        return str(whole)
    for ending in _tables()["drawings"]:
        if verb in _verbs("drawings", ending):
            names = (f"{who}-{ending}", f"person-{ending}", f"woman-{ending}")
            return next((name for name in names if name in noto()), None)
    return None


def _absorbed(things: list[Thing], n: int, shown: list[str]) -> list[Thing]:
    for other, thing in enumerate(things):
        tied = n in (thing.to,) or things[n].to == other or thing.relation in (None, "beside")
        if other != n and thing.art in shown and tied:
            things = _changed(things, other, count=0, relation=None, to=None)
            if things[n].to == other:
                things = _changed(things, n, relation=None, to=None)
    return things


def _placed(things: list[Thing], n: int) -> list[Thing]:
    """Bodies sit and lie; hands work at tables."""
    thing = things[n]
    on = things[thing.to].art if thing.to is not None and thing.relation in ("on", "inside") else ""
    figure = can_sit(thing.art)
    if does(thing, "lying") and figure and thing.art != "person-in-bed":
        return _changed(things, n, art=thing.art + LYING, relation="on" if on else thing.relation)
    if not figure:
        return things
    if does(thing, "table") and (table := _at_table(things, n)):
        return table
    if does(thing, "crossed"):
        return _changed(things, n, art=thing.art + CROSSED)
    if (does(thing, "seated") and thing.relation != "riding") or (
        on in _CHAIRS and "stand" not in thing.doing
    ):
        pose = SEATED if on in _SEATS else CROSSED
        return _changed(things, n, art=thing.art + pose, relation="on" if on else thing.relation)
    return things


def _at_table(things: list[Thing], n: int) -> list[Thing] | None:
    """Somebody behind a table with what is worked on it; None where nothing is."""
    table = next((m for m, other in enumerate(things) if other.art == "table"), None)
    worked = [
        m for m, other in enumerate(things)
        if m not in (n, table) and (other.to == n or things[n].to == m or other.to == table)
        and other.relation != "wearing" and traits().height(other.art) < 0.6
    ]  # fmt: skip
    if table is None and (not worked or not does(things[n], "needs-table")):
        return None
    if table is None:
        table = len(things)
        things = [*things, Thing("table")]
    for m in worked:
        if not traits().is_a(things[m].art, "tools"):
            things = _changed(things, m, relation="on", to=table)
    return _changed(things, n, relation="at", to=table)
