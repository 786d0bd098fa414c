"""What somebody does, as drawings, bodies, tools and places."""

from dataclasses import replace
from functools import cache

from .art import CROSSED, LYING, SEATED, can_lie, can_sit, has_face
from .bodies import posed
from .contacts import RESTING, anchored, at_tables, meant, parted, touching
from .frame import INDOORS
from .places import located, looks
from .posing import in_pose, stands_up
from .posing import tells as told_by_body
from .scene import Scene, Thing, changed
from .stances import in_stances
from .tables import height_of, is_a, traits
from .ties import is_creature
from .wholes import absorbed, actions, shown, verbs_of, whole

# Places that a prompt is given where it names none: what is done there tells better.
_VAGUE = ("meadow", "tabletop", "underwater")
_IN_A_HAND = 0.35
"""Metres: who is "on" something as small as that, a phone, has it in the hand."""

_TIED = ("table", "springing", "after", "at-feet")
"""Postures that tell what is done only where there is something that it is done to."""


@cache
def tells(verb: str, person: bool, tied: bool) -> bool:
    """Whether a drawing, a body, a tool or a place tells a verb."""
    seen = [body for body in actions()["postures"] if tied or body not in _TIED]
    bodies = frozenset[str]().union(*(verbs_of("postures", body) for body in seen))
    drawn = frozenset[str]().union(*(verbs_of("drawings", end) for end in actions()["drawings"]))
    if not person:
        walks = verbs_of("drawings", "walking") | verbs_of("drawings", "running")
        return verb in bodies | walks or stands_up(verb)
    others = ("whole", "with", "places", "props", "instead")
    drawn |= frozenset[str]().union(*(actions()[table] for table in others))
    return told_by_body(verb) or verb in bodies | drawn


def does(thing: Thing, posture: str) -> bool:
    """Whether one of its verbs is told by such a posture."""
    return not verbs_of("postures", posture).isdisjoint(thing.doing)


def enacted(scene: Scene) -> Scene:
    """The scene with the drawings, bodies and tools of what is done in it.

    Things keep their numbers; one that another drawing shows already has a count of 0.
    """
    scene = _bedded(scene)
    things = list(scene.things)
    for n in range(len(things)):
        things = parted(things, n)
    for n in range(len(things)):
        things = absorbed(_implied(meant(things, n), n), n, shown(things[n].art))
        for verb in things[n].doing:
            things = _done(things, n, verb)
        things = touching(_placed(things, n), n)
    things = anchored(at_tables(things))
    for n in range(len(things)):
        things = in_pose(things, n)
    things = in_stances(things)
    usual = actions()["usually"] | actions()["places"]
    verbs = (verb for thing in things for verb in thing.doing)
    done_at = next((usual[verb] for verb in verbs if verb in usual), scene.setting or scene.place)
    place = looks()[done_at].place
    outdoors = _is_outdoors(things) and place in INDOORS
    open_ = not scene.setting or looks()[scene.setting].either
    if not outdoors and open_ and scene.place in (*_VAGUE, place):
        scene = located(scene, done_at)
    sea = {n for n, t in enumerate(things) if t.art in traits().usual_places["underwater"]}
    fish = {t.relation for t in things if is_a(t.art, "swims") and t.to not in sea}
    if scene.place == "underwater" and fish & {"holding", "inside"}:
        scene = located(scene, "lakeside" if "holding" in fish else "room")
    bathes = any(is_a(thing.art, "bathroom") for thing in scene.things)
    if scene.place in (*_VAGUE, "lakeside") and bathes:
        scene = located(scene, "bathroom")
    return replace(scene, things=tuple(things))


def _bedded(scene: Scene) -> Scene:
    """Who sleeps lies in a bed, where nothing is said of the place."""
    sleepers = [
        n for n, thing in enumerate(scene.things)
        if can_sit(thing.art) and does(thing, "asleep") and thing.relation in (None, "beside")
    ]  # fmt: skip
    if not sleepers or not scene.setting or not looks()[scene.setting].either:
        return scene
    things = [*scene.things, Thing("bed")]
    for n in sleepers:
        things = changed(things, n, relation="on", to=len(scene.things))
    return located(replace(scene, things=tuple(things)), "bedroom")


def _implied(things: list[Thing], n: int) -> list[Thing]:
    """Riding a bicycle is cycling; in a bathtub one bathes, in a bed one sleeps."""
    things = _tied_otherwise(things, n)
    thing = things[n]
    if thing.to is None or not is_a(thing.art, "people"):
        return things
    other, verb = things[thing.to].art, None
    if thing.relation == "riding" or {"ride", "row", "sail", "surf"} & set(thing.doing):
        verb = actions()["ridden"].get(other)
        if is_a(other, "holds") and (verb is None or thing.count > 1):
            return changed(things, n, relation="inside")
    elif thing.relation == "inside":
        verb = {"bathtub": "bathe", "bed": "sleep"}.get(other)
    if verb and verb not in thing.doing:
        return changed(things, n, doing=(verb, *thing.doing))
    return things


def _tied_otherwise(things: list[Thing], n: int) -> list[Thing]:
    """What words alone don't tell: who rides what is held; phones are held, not stood on."""
    thing = things[n]
    for m, other in enumerate(things):
        ridden = "ride" in thing.doing and is_a(other.art, "rideable")
        if ridden and other.to == n and other.relation == "holding":
            things = changed(things, m, relation=None, to=None)
            relation = "on" if is_a(other.art, "boards") else "riding"
            thing = replace(thing, relation=relation, to=m)
    to = thing.to
    if to is not None:
        other = things[to]
        if other.art == "sailboat" and thing.relation in ("riding", "inside"):
            things = changed(things, to, art="rowboat")  # no sail hides them
        elif can_sit(thing.art) and _is_in_hand(thing, other):
            things = changed(things, to, relation="holding", to=n)
            thing = replace(thing, relation=None, to=None)
    return changed(things, n, relation=thing.relation, to=thing.to)


def _is_in_hand(thing: Thing, other: Thing) -> bool:
    """Whether who is on, in or at something has it in the hand: on a phone, at a map."""
    small = is_a(other.art, "handheld") and height_of(other.art) < _IN_A_HAND
    return {
        "on": is_a(other.art, "leaned") or (small and not is_a(other.art, "balls", "boards")),
        "inside": is_a(other.art, "leaned", "perused"),
        "beside": does(thing, "looking") and is_a(other.art, "perused"),
    }.get(thing.relation or "", False)


def _done(things: list[Thing], n: int, verb: str) -> list[Thing]:
    for other, thing in enumerate(things):
        art = actions()["instead"].get(verb, {}).get(thing.art)
        if art and (thing.to == n or things[n].to == other):
            things = changed(things, other, art=art, count=1, relation="holding", to=n)
            if things[n].to == other:
                things = changed(things, n, relation=None, to=None)
    drawing = whole(things, n, verb)
    if drawing:
        small = drawing != "person-in-bed" and height_of(things[n].art) < 1.7
        size = things[n].size * (height_of(things[n].art) / 1.7 if small else 1.0)
        things = changed(things, n, art=drawing, size=size)
        return absorbed(things, n, shown(drawing))
    if verb in actions()["with"] and things[n].relation is None and can_sit(things[n].art):
        relation, tool = actions()["with"][verb]
        things = [*changed(things, n, relation=relation, to=len(things)), Thing(tool)]
    prop = actions()["props"].get(verb)
    if prop and _free_hand(things, n, prop, verb):
        relation = "wearing" if is_a(prop, "feet") else "holding"
        things = [*things, Thing(prop, relation=relation, to=n)]
    return things


def _free_hand(things: list[Thing], n: int, prop: str, verb: str) -> bool:
    """Whether somebody can hold a tool, because nothing is in the hand that it is done with."""
    able = can_sit(things[n].art) or (has_face(things[n].art) and stands_up(verb))
    if not able or any(one.art == prop and one.to is None for one in things):
        return False
    inhand = [thing for thing in things if thing.to == n and thing.relation == "holding"]
    return not inhand or (does(things[n], "needs-table") and not _is_outdoors(inhand))


def _is_outdoors(things: list[Thing]) -> bool:
    """Whether any of these isn't used in a kitchen: an axe, a tree."""
    kinds = ("yard_tools", "trees", "cars", "astride", "buildings", "scenery")
    return any(is_a(thing.art, kind) for thing in things for kind in kinds)


def _placed(things: list[Thing], n: int) -> list[Thing]:
    """Bodies sit, lie and jump; hands work at tables."""
    thing = things[n]
    on = things[thing.to].art if thing.to is not None and thing.relation in RESTING else ""
    if pose := _pose(things, n, on):
        return _in_body(things, n, pose)
    if thing.relation == "at":
        return things
    if not can_sit(thing.art):
        jumps = does(thing, "springing") and thing.relation in (None, "beside")
        return changed(things, n, doing=("leap", *thing.doing)) if jumps else things
    if not on and does(thing, "table") and (table := _at_table(things, n)):
        return table
    seat = is_a(on, "seats") and "stand" not in thing.doing and not does(thing, "leaping")
    if seat or (does(thing, "seated") and thing.relation != "riding"):
        hanging = on and not is_a(on, "rugs")
        return _in_body(things, n, SEATED if hanging else CROSSED)
    return _in_body(things, n, CROSSED) if does(thing, "crossed") else things


def _in_body(things: list[Thing], n: int, pose: str) -> list[Thing]:
    return changed(things, n, art=posed(things[n].art, pose.removeprefix("@")))


def _pose(things: list[Thing], n: int, on: str) -> str:
    """How the body is of who lies, or has somebody on the lap."""
    thing, figure = things[n], can_sit(things[n].art)
    if figure and any(other.relation == "lap" and other.to == n for other in things):
        return SEATED if on else CROSSED
    kind = {"under": "cars", "on": "sickbeds"}.get(thing.relation or "")
    other = things[thing.to or 0].art
    beneath = kind and (is_a(other, kind) or (kind, other) == ("cars", "bed"))
    lain = figure and beneath and not does(thing, "seated")
    down = does(thing, "lying" if figure else "asleep") or lain
    lies = down and can_lie(thing.art) and thing.relation != "at"
    if lies and figure and is_a(on, "chairs"):
        return SEATED
    return LYING if lies and thing.art != "person-in-bed" else ""


def _at_table(things: list[Thing], n: int) -> list[Thing] | None:
    """Somebody behind a table with what is worked on it; None where nothing is."""
    table = next((m for m, other in enumerate(things) if other.art == "table"
                  or (is_a(other.art, "desks") and m in {t.to for t in things})), None)  # fmt: skip
    worked = [
        m for m, other in enumerate(things)
        if m not in (n, table) and (other.to == n or things[n].to == m or other.to == table)
        and other.relation != "wearing" and height_of(other.art) < 0.6
    ]  # fmt: skip
    if _is_outdoors([things[m] for m in worked]):
        return None
    games = any(is_a(things[m].art, "games") for m in worked)
    to = things[n].to
    other = things[n if to is None else to]
    busy = (to is not None and is_creature(other)) or is_a(other.art, "workplaces")
    if table is None and not games and busy:
        return None  # a barber cuts a man's hair
    if table is None and not (games or (worked and does(things[n], "needs-table"))):
        return None
    if table is None:
        table = len(things)
        things = [*things, Thing("table")]
    for m in worked:
        if not is_a(things[m].art, "tools"):
            things = changed(things, m, relation="on", to=table)
    return changed(things, n, relation="at", to=table)
