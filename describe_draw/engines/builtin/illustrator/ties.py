"""How the things of a sentence stand to each other."""

from collections.abc import Iterable
from dataclasses import replace

from .scene import Thing
from .tables import traits

_WORN = ("head", "eyes", "neck", "face", "clothes")
_BELONGS = ("wearing", "holding")
_WEARABLE_AFTER = ("wearing", "beside", "inside", "holding")


def is_person(thing: Thing) -> bool:
    return traits().is_a(thing.art, "people")


def is_creature(thing: Thing) -> bool:
    """Whether it can do something."""
    return is_person(thing) or is_animal(thing)


def is_animal(thing: Thing) -> bool:
    return traits().is_a(thing.art, "animals")


def hosts(things: list[Thing]) -> list[int]:
    """Which things are nobody's clothes and in nobody's hand."""
    return [n for n, thing in enumerate(things) if thing.relation not in _BELONGS]


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
    if not able:
        return [*things, thing]
    host = able[-1] if doing is None else doing
    if _is_worn(things, thing, relation, doing):
        return [*things, replace(thing, relation="wearing", to=host)]
    if _is_held(things[host], thing, relation):
        return [*things, replace(thing, relation="holding", to=host)]
    if relation == "using":
        relation = "beside"
    if relation and relation != "wearing" and thing.distance == "near":
        tie = host if things[host].relation is None else able[-1]
        if things[tie].relation is None:
            before = replace(things[tie], relation=relation, to=len(things))
            return [*things[:tie], before, *things[tie + 1 :], thing]
    return [*things, thing]


def _is_worn(things: list[Thing], thing: Thing, relation: str | None, doing: int | None) -> bool:
    if not any(traits().is_a(thing.art, kind) for kind in _WORN):
        return False
    if doing is not None:  # what is knitted isn't worn yet
        return relation == "wearing"
    return relation in _WEARABLE_AFTER or things[-1].relation == "wearing"


def _is_held(host: Thing, thing: Thing, relation: str | None) -> bool:
    small = traits().is_a(thing.art, "handheld")
    if relation in ("holding", "using") and is_creature(host):
        return small or relation == "holding"
    if not (is_person(host) and small):
        return False
    if traits().is_a(thing.art, "airborne"):  # "a boy flying a kite"
        return relation in (None, "riding", "beside", "under", "holding")
    return relation in ("beside", "under")


def kept(things: list[Thing], numbers: Iterable[int]) -> list[Thing]:
    """Only these things, none tied to one that is gone."""
    places = {old: new for new, old in enumerate(numbers)}
    return [_retied(things[n], places) for n in places]


def _retied(thing: Thing, places: dict[int, int]) -> Thing:
    """The thing with its tie to another renumbered, or loose where the other is gone."""
    if thing.to is None or thing.to in places:
        return replace(thing, to=places.get(thing.to) if thing.to is not None else None)
    return replace(thing, relation=None, to=None)
