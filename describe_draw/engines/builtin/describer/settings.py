"""Where the things of a photo are, and when it was taken."""

from collections.abc import Sequence

from . import fusion
from .doings import place_of
from .evidence import Evidence
from .observation import ObservedThing
from .phrases import with_article
from .places import around_people
from .scenes import is_private, room_of
from .sky import sky_of
from .tables import least, seeing


def setting_of(evidence: Evidence, things: Sequence[ObservedThing]) -> str | None:
    """Says where things are: "on green grass", "on the water under a blue sky", "in a kitchen"."""
    kind, backdrop = things[0].kind, evidence.layout.backdrop
    if kind == "room":
        return None
    sky = sky_of(evidence) if evidence.is_outdoors() and not backdrop else None
    if around := _around_people(evidence, things, sky):
        return around
    if backdrop and (evidence.layout.ground == "snow" or not evidence.is_outdoors()):
        return "on a white background" if backdrop == "white" else "on a dark background"
    if evidence.is_indoors():
        return _in_room(evidence, things)
    told = kind in (*seeing()["placed"], "landscape", "plant", "street")
    hidden = evidence.layout.dark or _fills_all(evidence, things)
    if not told or not evidence.is_outdoors() or hidden:
        return None
    stands = kind in seeing()["placed"] and things[0].noun not in seeing()["flying"]
    ground = _ground(evidence, things) if stands else None
    sky = sky if ground or not stands or _has_ground(evidence) else None
    return " ".join(filter(None, (ground, sky))) or None


def _around_people(
    evidence: Evidence, things: Sequence[ObservedThing], sky: str | None
) -> str | None:
    """Where people or dogs are, by words for the whole photo; or that people are near."""
    if _is_close(evidence, things):
        return "in close-up"
    venues, is_person = seeing()["venues"], things[0].kind == "person"
    for noun, words in venues["settings"].items() if is_person else ():
        if evidence.is_named([noun], venues["least"]) and not is_private(evidence, noun):
            return str(words)
    place = place_of(evidence, things)
    if is_person and not place:
        place = around_people(evidence, things[0].doing)
    return " ".join(filter(None, (place, sky))) if place else None


def _has_ground(evidence: Evidence) -> bool:
    """Whether anything but sky is around: else a blue wall looks the same."""
    outdoor = evidence.around.area(*seeing()["surfaces"]["outdoor"])
    return outdoor - evidence.around.area("sky") >= 0.04


def _is_close(evidence: Evidence, things: Sequence[ObservedThing]) -> bool:
    """Whether the faces of one or of a few fill the photo."""
    faces, sure = [face.area for face in evidence.around.faces], seeing()["faces"]
    if things[0].kind != "person" or not faces or not 1 <= len(faces) <= things[0].count <= 4:
        return False
    if evidence.people and evidence.people.area < 0.75 * max(faces):
        return False  # a face is smaller than who has it
    return sum(faces) >= float(sure["close" if things[0].count == 1 else "together"])


def _in_room(evidence: Evidence, things: Sequence[ObservedThing]) -> str | None:
    room = room_of(evidence)
    said = {thing.noun for thing in things} | {str(thing.general) for thing in things}
    if room:
        return f"in {with_article(room)}" if room not in said else None
    furnished = evidence.around.area(*seeing()["surfaces"]["furnished"]) >= 0.08
    return "indoors" if things[0].kind == "person" and furnished else None


def _fills_all(evidence: Evidence, things: Sequence[ObservedThing]) -> bool:
    """Whether the main thing, or what somebody holds, is so near that surfaces are its own."""
    seen = evidence.found.get(things[0].general or things[0].noun)
    nouns = {thing.noun for thing in things[1:] if thing.kind == "thing"}
    held = [evidence.found.get(noun) for noun in nouns.difference(seeing()["furniture"])]
    if any(one is not None and one.area > 0.6 for one in (seen, *held)):
        return True
    return seen is None and things[0].kind == "creature"


def _ground(evidence: Evidence, things: Sequence[ObservedThing]) -> str | None:
    """What things stand on, where the segmenter and the colours agree."""
    palette = evidence.layout.palette
    pale = 0.0 if evidence.layout.grey else palette.get("white", 0.0) + palette.get("grey", 0.0)
    view = fusion.masses(evidence.probabilities, "kind")["landscape"]
    thing, said = things[0], {w for t in things for w in (t.noun, t.general, t.doing)}
    wet, words = evidence.around.area("sea", "water") > 0.08, evidence.around.words
    for ground in seeing()["grounds"]:
        if (
            ground.get("colour", evidence.layout.ground) == evidence.layout.ground
            and thing.kind in ground.get("kinds", (thing.kind,))
            and said.isdisjoint(ground.get("not", ()))
            and view >= ground.get("view", 0.0)
            and sum(palette.get(tint, 0.0) for tint in ground.get("tints", ()))
            >= ground.get("tinted", 0)
            and not (wet and ground.get("dry"))
            and not (ground.get("paved") and evidence.is_off_street())
            and all(words.get(word, 0.0) >= sure for word, sure in ground.get("likely", {}).items())
            and not (ground.get("feet") and _is_cut_off(evidence, thing))
            and pale >= ground.get("pale", 0)
            and evidence.around.has(ground["parts"])
        ):
            return str(ground["words"])
    return None


def _is_cut_off(evidence: Evidence, thing: ObservedThing) -> bool:
    """Whether nobody's feet are in the picture."""
    if thing.kind != "person" or evidence.people is None:
        return False
    width, height = evidence.picture.size
    slim = least("upright") * width / height
    return all(
        bottom > least("cut_off") and bottom - top < slim * (right - left)
        for left, top, right, bottom in evidence.people.boxes
    )


def light_of(evidence: Evidence, things: Sequence[ObservedThing]) -> str | None:
    """The time of day, where it shows."""
    if evidence.layout.backdrop:
        return None
    lit = ("vehicle", "building", "person", "landscape", "street")
    outdoors = bool(things) and things[0].kind in lit and evidence.is_outdoors()
    above = evidence.picture.resize((1, 3)).convert("L").tobytes()[0]
    night = evidence.layout.dark and evidence.layout.lights and above < least("night")
    return "at night" if night and outdoors else None
