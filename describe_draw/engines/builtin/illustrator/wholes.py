"""Drawings of the set that show somebody doing something, and all that it is done with."""

from functools import cache
from typing import Any

from .scene import Thing, changed
from .tables import is_a
from .words import noto, read_toml

_TOUCHED = ("holding", "embrace", "facing", "leash", "beside")
"""How what somebody has to do with is tied to them."""


def actions() -> dict[str, dict[str, Any]]:
    return read_toml("actions.toml")


@cache
def verbs_of(table: str, key: str) -> frozenset[str]:
    return frozenset(actions()[table][key].split())


def shown(art: str) -> list[str]:
    """What a drawing of somebody who does something shows already."""
    endings = (
        ending for ending in actions()["shown"] if art == ending or art.endswith(f"-{ending}")
    )
    return list(actions()["shown"].get(next(endings, ""), ()))


def whole(things: list[Thing], n: int, verb: str) -> str | None:
    """The drawing of somebody who does it, if there is one."""
    thing = things[n]
    dressed = any(t.to == n and t.relation == "wearing" for t in things)
    who = next((who for who, arts in actions()["who"].items() if thing.art in arts), None)
    if who is None or dressed or thing.relation == "up":
        return None
    if verb == "sleep" and thing.to is not None and things[thing.to].art == "bed":
        return "person-in-bed"
    if whole_art := actions()["whole"].get(verb):
        return str(whole_art)
    for ending in actions()["drawings"]:
        if verb in verbs_of("drawings", ending):
            if _is_busy(things, n, shown(ending)) or (ending == "rowing-boat" and thing.count > 1):
                return None  # a crew is in one boat
            names = [f"{who}-{ending}", f"person-{ending}"]
            names += [f"woman-{ending}"] if thing.art != "child" else []
            return next((name for name in names if name in noto()), None)
    return None


def _is_busy(things: list[Thing], n: int, shown: list[str]) -> bool:
    """Whether somebody has to do with what isn't so in the drawing: a partner, a green bicycle."""
    mine = things[n].to if things[n].relation in _TOUCHED else None
    tied = [t for m, t in enumerate(things) if m == mine or (t.to == n and t.relation in _TOUCHED)]
    other = any(t.art not in shown and not is_a(t.art, "scenery") for t in tied)
    return other or any(t.colour for t in things if t.art in shown)


def absorbed(things: list[Thing], n: int, shown: list[str]) -> list[Thing]:
    for other, thing in enumerate(things):
        tied = n in (thing.to,) or things[n].to == other or thing.relation in (None, "beside")
        if other != n and thing.art in shown and tied:
            things = changed(things, other, count=0, relation=None, to=None)
            if things[n].to == other:
                things = changed(things, n, relation=None, to=None)
    return things
