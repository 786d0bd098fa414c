"""How animals stand, told by what they do, what is done to them, and whom they are with."""

from functools import cache

from .art import figures
from .beasts import form, tables
from .scene import Thing, changed
from .tables import is_a

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
    met = (n for n in found if any(map(_has_joints, _tied(things, n))))
    if set(found.values()) - {"seat", "repose"} or any(True for _ in met):
        for n, thing in enumerate(things):
            if thing.relation in _WITH and _has_joints(thing):
                found.setdefault(n, "still")
    for n, stance in found.items():
        if not (stance == "seat" and len(found) == 1 and things[n].art in figures()):
            usual = (form(things[n].art) or {}).get("eats")
            holds = any(one.relation == "holding" for one in _tied(things, n))
            things = changed(things, n, art=f"{things[n].art}@{stance}")
            if stance == "nibble" and usual and not holds:
                things = [*things, Thing(usual, relation="holding", to=n)]
    return things


def _has_joints(thing: Thing) -> bool:
    return bool(thing.count and form(thing.art))


def _tied(things: list[Thing], n: int) -> list[Thing]:
    """What one has to do with."""
    return [other for m, other in enumerate(things)
            if m != n and other.count and (other.to == n or things[n].to == m)]  # fmt: skip


def _stance(things: list[Thing], n: int) -> str:
    """What an animal does or suffers, as a stance; empty for none."""
    thing, tied = things[n], _tied(things, n)
    if not _has_joints(thing) or thing.relation in ("inside", "holding", "wearing", "lap"):
        return ""
    paws = "handy" in (form(thing.art) or {})
    verbs = _verbs("verbs") | (_verbs("with_paws") if paws else {})
    for verb in thing.doing:
        if stance := verbs.get(verb):
            high = any(is_a(other.art, "trees") for other in tied)  # it eats their leaves
            return "still" if stance == "grazing" and high else stance
    suffered = (_verbs("suffered").get(verb) for other in tied for verb in other.doing)
    if stance := next(filter(None, suffered), None):
        return stance
    holds = any(other.relation == "holding" for other in tied)
    usual = {"leash": "pacing", "follow": "pacing", "up": "scaling"}
    return usual.get(thing.relation or "", "still" if holds and not paws else "")
