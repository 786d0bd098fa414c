"""How animals stand, told by what they do, what is done to them, and whom they are with."""

from functools import cache

from .art import figures
from .beasts import form, tables
from .scene import Thing, changed
from .sleep import curled
from .tables import traits

_WITH = (None, "beside", "between", "facing", "follow", "reach", "front", "against", "around")
"""How animals stand to each other that stand on the same ground."""


@cache
def _verbs(table: str) -> dict[str, str]:
    return {verb: stance for stance, said in tables()[table].items() for verb in said.split()}


def tells(thing: Thing, verb: str) -> bool:
    """Whether an animal's body tells a verb."""
    return verb in _verbs("verbs") and form(thing.art) is not None


def in_stances(things: list[Thing]) -> list[Thing]:
    """The things, their animals in the stances of what they do; who is with one of those, too."""
    found = {n: stance for n in range(len(things)) if (stance := _stance(things, n))}
    if any(stance not in ("seat", "repose") or _met(things, n) for n, stance in found.items()):
        for n, thing in enumerate(things):
            if thing.relation in _WITH and _has_joints(thing):
                found.setdefault(n, "still")
    for n, stance in found.items():
        alone = stance == "seat" and len(found) == 1 and things[n].art in figures()
        if not alone:
            things = _fed(changed(things, n, art=f"{things[n].art}@{stance}"), n, stance)
    return things


def _fed(things: list[Thing], n: int, stance: str) -> list[Thing]:
    """Who eats from its paws has its usual food in them where no other is named."""
    usual = (form(things[n].art.partition("@")[0]) or {}).get("eats")
    held = any(one.to == n and one.relation == "holding" and one.count for one in things)
    if stance != "nibble" or held or not usual:
        return things
    return [*things, Thing(usual, relation="holding", to=n)]


def _has_joints(thing: Thing) -> bool:
    asleep = thing.art.partition("@")[0] in curled() and thing.art.endswith("@lying")
    return bool(thing.count and "@" not in thing.art and form(thing.art) and not asleep)


def _stance(things: list[Thing], n: int) -> str:
    """What an animal does or suffers, as a stance; empty for none."""
    thing = things[n]
    if not _has_joints(thing) or thing.relation in ("inside", "holding", "wearing", "lap"):
        return ""
    paws = traits().is_a(thing.art, "paws") or "handy" in (form(thing.art) or {})
    for verb in thing.doing:
        if paws and verb in _verbs("with_paws"):
            return _verbs("with_paws")[verb]
        if verb in _verbs("verbs"):
            stance = _verbs("verbs")[verb]
            return "still" if stance == "grazing" and _is_high(things, n) else stance
    for m, other in enumerate(things):
        tied = m != n and (other.to == n or thing.to == m)
        for verb in other.doing if tied else ():
            if verb in _verbs("suffered"):
                return _verbs("suffered")[verb]
    holds = any(other.to == n and other.relation == "holding" for other in things)
    return {"leash": "pacing", "follow": "pacing", "up": "scaling"}.get(
        thing.relation or "", "still" if holds and not paws else ""
    )


def _is_high(things: list[Thing], n: int) -> bool:
    """Whether it has to do with a tree, of which it eats the leaves."""
    tied = (other for m, other in enumerate(things) if other.to == n or things[n].to == m)
    return any(traits().is_a(other.art, "trees") for other in tied)


def _met(things: list[Thing], n: int) -> bool:
    """Whether another animal has to do with one."""
    return any(
        m != n and _has_joints(other) and (other.to == n or things[n].to == m)
        for m, other in enumerate(things)
    )
