"""Rooms, streets and views: what a photo shows as a whole."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from . import fusion
from .counting import number_of
from .doings import what_people_do
from .evidence import Evidence, name_of, seen_thing
from .fusion import Seen
from .observation import MANY, ObservedThing
from .people import Found, person, ridden
from .phrases import listed, with_article
from .places import is_elsewhere, room_at
from .sky import kind_of_sky
from .surroundings import Surroundings
from .tables import labels, least, seeing


def many(evidence: Evidence) -> Found | None:
    """Many things of one kind, where the classifier names them too and nobody is with them."""
    if evidence.people or evidence.animal:
        return None
    for label in (label for label in evidence.found if label not in seeing()["vehicles"]):
        seen = evidence.faint((label,), least("one_of_several"))
        if len(seen) >= least("many") and evidence.share(label) >= least("both_named"):
            noun = name_of(evidence, label)
            return (ObservedThing(noun, least("alone"), MANY),), "with"
    return None


def scene(evidence: Evidence) -> Found | None:
    """A room or a street that the photo is about rather than what is in it."""
    moving = [s for s in evidence.found.values() if s.label in seeing()["traffic"]]
    large = max((s.area for s in evidence.found.values()), default=0.0)
    if large <= least("near") and not evidence.has_rival() and _is_skyline(evidence):
        return (ObservedThing("city skyline", 0.7, kind="landscape"),), "with"
    people = evidence.people
    mount = ridden(evidence, people) if people else None
    if max((s.area for s in moving), default=0.0) > least("near") or _is_beast(mount):
        return None
    room = (room_at(evidence) or room_of(evidence)) if evidence.is_indoors() else None
    if room:
        furniture = [s for s in evidence.found.values() if s.label in seeing()["furnishings"]]
        return (ObservedThing(room, 0.7, kind="room"), *_within(evidence, furniture)), "with"
    busy = people and people.area > least("far") and what_people_do(evidence, people)
    elsewhere = evidence.is_served() or evidence.is_indoors() or evidence.is_off_street()
    if moving and not busy and not elsewhere:
        moving = [s for s in moving if s.area >= least("tiny") or s.score >= least("sure_tiny")]
        for street in seeing()["streets"]:
            bare = evidence.around.area("grass", "field") <= street.get("grass", 1.0)
            if bare and evidence.around.has(street["parts"]):
                main = ObservedThing(street["noun"], 0.7, kind="street")
                return (main, *_within(evidence, moving)), "with"
    return None


def _is_beast(mount: ObservedThing | None) -> bool:
    return mount is not None and mount.noun not in seeing()["traffic"]


def landform(evidence: Evidence) -> Found | None:
    """Land and water that the classifier and the surfaces name together."""
    for form in seeing()["landforms"]:
        if evidence.is_named(form["named"], form["least"]) and _speaks_for(evidence.around, form):
            number = number_of(evidence.faint(form.get("seen", ()), 0.0), "things")
            one = ObservedThing(form["noun"], 0.7, number.count, kind="landscape", more=number.more)
            return (one,), "with"
    return None


def _speaks_for(around: Surroundings, form: Mapping[str, Any]) -> bool:
    """Whether surfaces, labels and words agree that it is this landform."""
    words = form.get("words", {})
    return (
        around.area(*form["surfaces"]) >= form["share"]
        and around.area(*form["not"]) < 0.06
        and ("labels" not in form or around.label(*form["labels"]) >= least("label"))
        and ("beside" not in form or around.area(*form["beside"]) >= least("some_surface"))
        and all(around.words.get(word, 0.0) >= sure for word, sure in words.items())
    )


def some_room(evidence: Evidence) -> Found | None:
    """A room of which only that is known, with what stands in it."""
    around = evidence.around
    furnished = set(seeing()["surfaces"]["furnished"])
    bare = around.area(*furnished) < 0.1 or around.area(*furnished - {"table"}) < 0.03
    bare = bare and around.label("Furniture") < 0.4
    flat = around.area(*seeing()["surfaces"]["stood_on"]) < least("some_surface")
    pieces = evidence.faint(seeing()["furnishings"], least("agreed"))
    doubted = not pieces and around.label("Furniture") < least("furniture_heard")
    if bare or flat or doubted or evidence.is_served() or not evidence.is_indoors():
        return None
    near = [s for s in evidence.found.values() if s.label in seeing()["small"] and s.area > 0.3]
    if near:
        return (seen_thing(evidence, max(near, key=lambda s: s.area)),), "with"
    furniture = [s for s in evidence.found.values() if s.label in seeing()["furnishings"]]
    return (ObservedThing("room", 0.6, kind="room"), *_within(evidence, furniture)), "with"


def _is_skyline(evidence: Evidence) -> bool:
    """Whether roofs of many heights stand against the sky all across."""
    surfaces, words, names = evidence.around.surfaces, seeing()["skyline"], labels("segmenter")
    if surfaces is None or evidence.layout.grey or evidence.around.area("sky") < words["sky"]:
        return False
    if evidence.around.area("building", "house") > words["share"]:
        return False
    if sum(evidence.around.places.get(place, 0.0) for place in words["places"]) < words["likely"]:
        return False
    if fusion.masses(evidence.probabilities, "kind")["building"] > words["one_building"]:
        return False
    built = np.isin(surfaces, [names.index("building"), names.index("house")])
    roofs = built.argmax(0)
    above = np.arange(len(surfaces))[:, None] < roofs
    clear = ((surfaces == names.index("sky")) & above).sum(0) > 0.8 * roofs
    open_air = built.any(0) & (roofs > 0) & clear
    changes = int((np.diff(roofs) != 0).sum())
    return bool(open_air.mean() >= words["width"] and changes >= words["changes"])


def _within(evidence: Evidence, seen: list[Seen]) -> list[ObservedThing]:
    """What is seen in a room or on a street, the largest first."""
    seen = sorted(seen, key=lambda s: -(s.area * len(s.boxes)))
    things = [
        person(evidence, s) if s.label == "person" else seen_thing(evidence, s) for s in seen[:2]
    ]
    return things[:1] if len({thing.noun for thing in things}) == 1 else things


def room_of(evidence: Evidence) -> str | None:
    """Which room it is, by what the detector finds together, or by a network's word."""
    named, words = evidence.named, seeing()["named_rooms"]
    sure = named is not None and named.certainty >= words["least"]
    if named and sure and named.noun in words["nouns"] and not is_private(evidence, named.noun):
        return named.noun
    room = _furnished_room(evidence)
    return None if room and is_elsewhere(evidence, room) else room


def is_private(evidence: Evidence, noun: str) -> bool:
    """Whether what is named a room for many has what stands at somebody's home."""
    rooms = seeing()["named_rooms"]
    return noun in rooms["nouns"] and bool(evidence.faint(rooms["never"], least("agreed")))


def _furnished_room(evidence: Evidence) -> str | None:
    """Which room it is by what stands in it."""
    rooms = evidence.rooms()
    likely = max(rooms, key=lambda noun: rooms[noun])
    if likely == "bedroom" and evidence.score("couch") > evidence.score("bed"):
        likely = "living room"
    if rooms[likely] >= least("room"):
        return likely
    for room in seeing()["rooms"]:
        share = sum(evidence.share(noun) for noun in room.get("named", ()))
        furnished = evidence.around.area(room.get("surface", "")) > 0.05
        likely_so = share + rooms[room["noun"]] >= least("named_room")
        if share >= 0.3 and (likely_so or (furnished and share >= least("furnished_room"))):
            return str(room["noun"])
    kinds, words = fusion.masses(evidence.probabilities, "kind"), seeing()["noticed"]
    sure = evidence.around.label(*words["labels"]) > 0.3
    sure = sure or evidence.around.area("sofa") > seeing()["surfaces"]["sure_share"]
    noticed = sure or kinds["room"] + kinds["furniture"] > 0.08
    for room in seeing()["rooms"]:
        agreed = evidence.around.area(room.get("surface", "")) > 0.05 or rooms[room["noun"]] > 0.4
        seen = evidence.faint(room["seen"], least("agreed" if agreed else "thing"))
        found, chairs = {s.label for s in seen}, len(evidence.faint(("chair",), least("agreed")))
        furnished = len(found) >= room["least"] and chairs >= room.get("chairs", 0)
        furnished = furnished and (noticed or room["noun"] not in words["rooms"])
        if furnished and found.issuperset(room.get("must", ())):
            return likely if rooms[likely] > 0.5 else str(room["noun"])
    return None


def scenery_of(evidence: Evidence, things: Sequence[ObservedThing] = ()) -> tuple[str, ...]:
    """Surroundings that are worth a word of their own, outdoors, and around things that are far."""
    if things and things[0].kind not in (*seeing()["placed"], "landscape", "street"):
        return ()
    if evidence.is_indoors() or not evidence.is_outdoors() or evidence.layout.dark:
        return ()
    open_air = evidence.around.area(*seeing()["surfaces"]["open"]) >= 0.04
    if evidence.around.area("tree") >= least("forest"):
        return (seeing()["scenery"]["tree"]["all"],)
    words = [
        row["words"]
        for surface, row in seeing()["scenery"].items()
        if evidence.around.area(surface) >= row["least"] and (open_air or row.get("near"))
    ]
    return tuple(dict.fromkeys(words))


def whole_of(evidence: Evidence) -> str | None:
    """Says what the picture shows as a whole, where no thing stands out."""
    named, layout = evidence.named, evidence.layout
    if named and named.kind == "page" and named.certainty > 0.6:
        return with_article(named.noun)
    if not layout.dark:
        return open_air(evidence)
    if evidence.around.area("sky") > 0.9:
        return "a night sky"
    if evidence.around.area("tree") > 0.9:
        return str(seeing()["scenery"]["tree"]["all"])
    lit = layout.lights and evidence.is_outdoors() and not (layout.grey or layout.backdrop)
    return "lights in the dark" if lit and evidence.score("person") < 0.5 else "a very dark scene"


def _is_green(evidence: Evidence) -> bool:
    """Whether what the segmenter takes for plants has their colours."""
    palette = evidence.layout.palette
    green = palette.get("green", 0.0) + palette.get("olive", 0.0)
    return green > 0.25 and evidence.around.area("tree", "plant", "grass", "field") > 0.5


def open_air(evidence: Evidence) -> str | None:
    """The sky and the surfaces of a photo that was taken outside."""
    around = evidence.around
    kinds = fusion.masses(evidence.probabilities, "kind")
    agreed = sum(kinds[kind] for kind in seeing()["views"]["kinds"]) >= seeing()["views"]["least"]
    agreed = agreed or around.area("sky") > 0.9
    backed = evidence.layout.backdrop or not evidence.is_outdoors()
    if backed or not (agreed or _is_green(evidence)):
        return None
    above = (
        seeing()["skies"].get(kind_of_sky(evidence)) if around.area("sky", of="top") > 0.5 else None
    )
    if around.area("sky") > 0.9:
        white = evidence.layout.palette.get("white", 0.0) > 0.1
        return "a blue sky with clouds" if above == "a blue sky" and white else above
    if around.area("building", "house") > 0.5 and around.label("House", "Building") > 0.35:
        return "a building" + (f" under {above}" if above else "")
    below = listed(scenery_of(evidence))
    if not below and around.area("plant", "tree") > 0.4:
        below = "green leaves and plants"
    if not below:
        return above if around.area("sky") > 0.5 else None
    return f"{below} under {above}" if above else below
