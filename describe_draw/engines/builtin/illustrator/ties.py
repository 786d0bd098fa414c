"""How the things of a sentence stand to each other."""

from collections.abc import Container, Iterable
from dataclasses import replace

from .art import WORN
from .mixed import WAYS, can_wear, is_outfit
from .scene import Thing, changed
from .tables import contacts, height_of, is_a, traits
from .verbs import verbs

_JAWS = ("mouth", "teeth", "jaws", "beak")
_PUT = ("on", "inside", "under", "behind")
_SHARED = ("on", "inside", "under", "riding", "at", "around", "above")
_LARGE = 2.0
"""Metres: who does something to another on it is there too."""

_WEARABLE_AFTER = ("wearing", "beside", "inside", "holding")
_IN_HAND = ("using", "holding", "beside")


def is_person(thing: Thing) -> bool:
    return is_a(thing.art, "people")


def is_creature(thing: Thing) -> bool:
    """Whether it can do something."""
    return is_person(thing) or is_animal(thing)


def is_animal(thing: Thing) -> bool:
    return is_a(thing.art, "animals")


def _has_body(thing: Thing) -> bool:
    return is_creature(thing) or thing.art in traits().heads


def hosts(things: list[Thing]) -> list[int]:
    """Which things are nobody's clothes and in nobody's hand."""
    return [n for n, thing in enumerate(things) if not thing.is_carried]


def doer(things: list[Thing]) -> int | None:
    """Who does what is said next: the last creature, or else the last thing."""
    able = hosts(things)
    return next((n for n in reversed(able) if is_creature(things[n])), able[-1] if able else None)


def tied(things: list[Thing], thing: Thing, relation: str | None, doing: int | None) -> list[Thing]:
    """The things with one more, tied to the one that it belongs to.

    Args:
        things: What was said before.
        thing: What is said now.
        relation: The word between them.
        doing: Who does something to it, where the word is a verb.
    """
    able = hosts(things)
    host = able[-1] if able else None
    host = doing if able and doing is not None else host
    if host is not None and not is_person(things[host]):
        in_hand = relation in _IN_HAND and is_animal(things[host])
        worn = relation in ("wearing", "inside") and is_a(thing.art, *WORN)
        own = worn or (in_hand and is_a(thing.art, "handheld", "tools"))
        host = _rider(things, host) if own else host
    if host is None or relation in WAYS:
        last = len(things) - 1
        return _mixed(things, host if relation == "as" or last < 0 else last, thing, relation or "")
    if _is_worn(things, thing, relation, doing):
        return [*things, replace(thing, relation="wearing", to=host)]
    user = _agent(things, able[-1]) if relation == "beside" else None  # "feeds it with a bottle"
    apart = doing is not None and any(verbs().is_a(v, "apart") for v in things[doing].doing[-1:])
    hands = (user, host) if is_a(thing.art, "tools") else (host, user)
    holder = next((n for n in hands if n is not None and not apart
                   and _is_held(things[n], thing, relation)), None)  # fmt: skip
    if holder is not None:
        return [*things, replace(thing, relation="holding", to=holder)]
    if relation in _PUT and doing is None and _is_moved(things):
        if relation == "inside" and is_a(thing.art, "handheld"):  # pancakes in a pan
            thing = replace(thing, relation="holding", to=things[-1].to)
        return [*changed(things, len(things) - 1, relation=relation, to=len(things)), thing]
    if relation in ("using", "holding"):
        relation = "beside"
    if relation and relation != "wearing" and thing.distance == "near":
        who = _subject(things, thing, able[-1], relation) if doing is None else host
        who = who if _is_loose(things[who]) else able[-1]
        filled = things[who].to if things[who].relation == "inside" else None
        return _standing([*things, thing], who if filled is None else filled, relation)
    return [*things, thing]


def _mixed(things: list[Thing], host: int | None, thing: Thing, way: str) -> list[Thing]:
    """The things, one of which is now also another: who is dressed up as somebody."""
    if host is None:
        return [*things, thing]
    one = things[host]
    if way == "as" and not (is_creature(one) and can_wear(one.art) and is_outfit(thing.art)):
        return [*things, thing]
    other = f"{thing.art}={thing.colour}" if thing.colour else thing.art
    return changed(things, host, art=f"{one.art}@{way}:{other}")


def _is_moved(things: list[Thing]) -> bool:
    """Whether the last thing is in the hand of who puts it somewhere: "pouring tea into"."""
    to = things[-1].to if things[-1].relation == "holding" else None
    return to is not None and any(verbs().is_a(verb, "moving") for verb in things[to].doing[-1:])


def _agent(things: list[Thing], last: int) -> int | None:
    """Who does something to the last thing, not with it."""
    done = (), things[last].doing
    ties = ((n, one) for n, one in enumerate(things) if one.to == last and one.doing not in done)
    return next((n for n, one in ties if one.relation == "beside"), None)


def _rider(things: list[Thing], mount: int) -> int:
    """Whose is what is said after what is ridden: "a knight on a horse with a lance"."""
    riders = (n for n, one in enumerate(things) if one.to == mount and is_person(one))
    return next((n for n in riders if things[n].relation in ("riding", "on")), mount)


def _can_lift(host: Thing, thing: Thing) -> bool:
    mine, its = (height_of(one.art) * one.size for one in (host, thing))
    return not is_person(thing) or its < 0.75 * mine


def _is_loose(thing: Thing) -> bool:
    return thing.relation in (None, "beside")


def _subject(things: list[Thing], thing: Thing, last: int, relation: str) -> int:
    """Who is on, in or under what is said last: who does something, or whom it is done to."""
    who = _agent(things, last)
    taken = relation == "from" and is_creature(things[last])
    if who is not None and relation == "at":
        return who
    stays = is_a(things[last].art, "walled")
    if who is None or taken or (verbs().is_a(things[who].doing[-1], "moving") and not stays):
        return last
    carries = is_a(thing.art, "seats", "buildings", "trees")
    large = height_of(thing.art) > max(1.0, height_of(things[last].art))
    return who if carries or large else last


def _standing(things: list[Thing], who: int, relation: str) -> list[Thing]:
    """The things, one of which stands to the last one as a word says."""
    one, to = things[who], things[who].to
    if not _is_loose(one):
        return things
    if one.relation == "beside" and to is not None and things[to].relation is None:
        things = changed(things, to, relation="beside", to=who)
    return changed(things, who, relation=relation, to=len(things) - 1)


def shared(things: list[Thing], listed: Container[int]) -> list[Thing]:
    """The things, where all of a list stand as its last one does: "a cat and a dog on a sofa"."""
    new = len(things) - 1
    last = next((n for n in reversed(range(new)) if things[n].to == new), -1)
    if last < 0 or things[last].relation not in _SHARED:
        return things
    large = height_of(things[-1].art) > _LARGE
    for n in reversed(range(last)):
        pushes = any(verbs().is_a(v, "moving") for v in {*things[n].doing} - {*things[last].doing})
        if not (n + 1 in listed or things[n].to == n + 1 or things[n + 1].to == n) or pushes:
            break
        fits = height_of(things[-1].art) > 0.3 * height_of(things[n].art)
        if fits and _is_loose(things[n]) and (large or things[n].doing in ((), things[last].doing)):
            things = changed(things, n, relation=things[last].relation, to=new)
    return things


def on_body(
    things: list[Thing], word: str, relation: str | None, after_noun: bool
) -> list[Thing] | None:
    """The things, one on somebody's lap, shoulder or head; None where a word is no such place.

    Args:
        things: What was said before.
        word: The part of the body.
        relation: The word before it, "on" or "in".
        after_noun: Whether it follows whose it is: "on a pirate's shoulder".
    """
    owner, mover = len(things) - 1, len(things) - 1
    if after_noun:
        mover = next((n for n, one in enumerate(things) if one.to == owner), owner)
        relation = things[mover].relation
    else:
        owner = next((n for n in reversed(range(mover)) if _has_body(things[n])), mover)
    parts = contacts()["parts"].get(relation or "", {})
    part = next((name for name, words in parts.items() if word in words.split()), None)
    held_in = things[mover].to if things[mover].relation == "inside" else None
    mover = mover if held_in is None else held_in  # a basket of apples on the head
    if part is None or owner == mover or not _has_body(things[owner]):
        return None
    if word in _JAWS:
        things = changed(things, owner, doing=(*things[owner].doing, "carry"))
    if things[mover].relation == "wearing" or (things[mover].relation, part) == ("holding",) * 2:
        return things
    if is_a(things[mover].art, *WORN):
        part = "wearing"
    if things[owner].to == mover:
        things = changed(things, owner, relation=None, to=None)
    return changed(things, mover, relation=part, to=owner)


def _is_worn(things: list[Thing], thing: Thing, relation: str | None, doing: int | None) -> bool:
    if not is_a(thing.art, *WORN):
        return False
    if doing is not None:  # what is knitted isn't worn yet
        return relation == "wearing"
    return relation in _WEARABLE_AFTER or things[-1].relation == "wearing"


def _is_held(host: Thing, thing: Thing, relation: str | None) -> bool:
    small = is_a(thing.art, "handheld")
    if relation in ("holding", "using", "wearing") and _has_body(host):
        return small or (relation == "holding" and _can_lift(host, thing))
    if not (is_person(host) and small):
        return False
    if is_a(thing.art, "airborne"):  # "a boy flying a kite"
        return relation in (None, "riding", "beside", "under", "holding")
    return relation in ("beside", "under", "at")


def kept(things: list[Thing], numbers: Iterable[int]) -> list[Thing]:
    """Only these things, none tied to one that is gone."""
    places = {old: new for new, old in enumerate(numbers)}
    return [_retied(things[n], places) for n in places]


def _retied(thing: Thing, places: dict[int, int]) -> Thing:
    """The thing with its tie to another renumbered, or loose where the other is gone."""
    if thing.to is None or thing.to in places:
        return replace(thing, to=places.get(thing.to) if thing.to is not None else None)
    return replace(thing, relation=None, to=None)
