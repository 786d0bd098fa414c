"""Rooms, sights and surroundings that the head of places knows.

It knows places alone, and says one of whatever it is asked about: it is heard where surfaces
show a room or the open air, and nothing else is known of what the photo is about.
"""

from collections.abc import Mapping
from typing import Any

from .evidence import Evidence
from .observation import ObservedThing
from .people import Found
from .tables import least, seeing


def room_at(evidence: Evidence) -> str | None:
    """The room that a photo was taken in, if the head is sure of one."""
    return None if evidence.is_served() else _surest(evidence, "rooms", "least")


def is_elsewhere(evidence: Evidence, room: str) -> bool:
    """Whether the head is sure that a photo was taken in another kind of place than a room."""
    place = seeing()["places"]["same"].get(room)
    likely = evidence.around.places
    if not place or max(likely.values(), default=0.0) < least("elsewhere"):
        return False
    return sum(likely.get(name, 0.0) for name in place) < least("hardly_there")


def sight(evidence: Evidence) -> Found | None:
    """A building, a landscape or a ground that is all that a photo is about."""
    if evidence.has_rival() or not evidence.is_outdoors():
        return None
    noun = _surest(evidence, "sights", "least")
    return ((ObservedThing(noun, least("alone"), kind="landscape"),), "with") if noun else None


def around_people(evidence: Evidence, doing: str | None) -> str | None:
    """Where people are who do something or nothing: "in a classroom", "at a market"."""
    place = _surest(evidence, "rooms" if evidence.is_indoors() else "sights", "around", doing)
    return seeing()["places"]["words"].get(place) if place else None


def _surest(evidence: Evidence, kind: str, enough: str, doing: str | None = None) -> str | None:
    """What is said for the likeliest place, if it is one of a kind and likely enough."""
    rows: Mapping[str, Mapping[str, Any]] = seeing()["places"][kind]
    likely = evidence.around.places
    best = max(likely, key=lambda place: likely[place], default="")
    row = rows.get(best, {})
    if likely.get(best, 0.0) < row.get(enough, 1.1) or not _speaks_for(evidence, row):
        return None
    return None if doing and doing != row.get("doing", doing) else str(row["noun"])


def _speaks_for(evidence: Evidence, row: Mapping[str, Any]) -> bool:
    """Whether the surfaces are those of the place, and the classifier knows nothing else."""
    if evidence.is_named(row.get("but", ()), least("precise")):
        return False
    return evidence.around.area(*row.get("surfaces", ())) >= float(row.get("share", 0.0))
