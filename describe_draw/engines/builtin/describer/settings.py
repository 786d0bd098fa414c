"""Where a photo was taken, and what it shows where nothing stands out."""

from collections.abc import Sequence

from .evidence import Evidence, how_many, seen_thing
from .fusion import Seen
from .observation import ObservedThing
from .people import person
from .phrases import listed, with_article
from .tables import seeing

_SKIES = {
    "blue": "under a blue sky",
    "sunset": "under an orange sky",
    "cloudy": "under a cloudy sky",
}
_TRAFFIC = ("car", "bus", "truck", "motorcycle", "bicycle")
_PLACED = ("animal", "creature", "person", "vehicle", "building", "furniture")
"""Kinds of things whose surroundings are told; of others the background only."""


def scene_of(evidence: Evidence) -> ObservedThing | None:
    """A room or a street that the photo is about rather than what stands in it."""
    biggest = max((s.area for s in evidence.found.values() if s.label in ("person", *_TRAFFIC)),
                  default=0.0)  # fmt: skip
    if evidence.is_indoors() and biggest < 0.12:
        room = room_of(evidence)
        if room:
            return ObservedThing(room, 0.7, kind="room")
    surfaces = seeing()["surfaces"]
    around = evidence.around
    ways, built = around.area(*surfaces["street"]), around.area(*surfaces["built"])
    busy = any(label in evidence.found for label in ("person", *_TRAFFIC))
    if (
        evidence.is_indoors()
        or biggest > 0.1
        or ways < 0.08
        or around.below(*surfaces["street"]) < 0.3
    ):
        return None
    if built > 0.12 and busy:
        return ObservedThing("city street", 0.7, kind="street")
    if around.area("road") > 0.15 and built < 0.05 and busy:
        return ObservedThing("road", 0.7, kind="street")
    return None


def within(evidence: Evidence, scene: ObservedThing) -> tuple[ObservedThing, ...]:
    """What is seen in a room or on a street, the largest first."""
    if scene.kind == "room":
        seen = [s for s in evidence.found.values() if s.label in seeing()["furnishings"]]
    else:
        seen = [s for s in evidence.found.values() if s.label in ("person", *_TRAFFIC)]
    seen.sort(key=lambda s: -(s.area * len(s.boxes)))
    return tuple(_said(evidence, s) for s in seen[:2])


def _said(evidence: Evidence, seen: Seen) -> ObservedThing:
    if seen.label == "person":
        return person(evidence, seen)
    thing = seen_thing(evidence, seen)
    return ObservedThing(thing.noun, thing.certainty, how_many(evidence, seen), thing.colour)


def room_of(evidence: Evidence) -> str | None:
    """Which room it is, by what the detector finds together, or by the classifier's word."""
    named, words = evidence.named, seeing()["named_rooms"]
    if named and named.noun in words["nouns"] and named.certainty >= words["least"]:
        return named.noun
    for room in seeing()["rooms"]:
        found = {
            s.label
            for s in evidence.faint(room["seen"], 0.5)
            if s.score > 0.6 or _agrees(evidence, room)
        }
        chairs = len(evidence.faint(("chair",), 0.5))
        if len(found) >= room["least"] and chairs >= room.get("chairs", 0):
            if set(room.get("must", ())) <= found:
                return str(room["noun"])
    return None


def _agrees(evidence: Evidence, room: dict[str, str]) -> bool:
    return evidence.around.area(room.get("surface", "")) > 0.05


def setting_of(evidence: Evidence, things: Sequence[ObservedThing]) -> str | None:
    """Says where things are: "on green grass", "on the water under a blue sky", "in a kitchen"."""
    kind, layout = things[0].kind, evidence.layout
    if kind in ("room", "street"):
        return None if kind == "room" else _sky(evidence)
    if layout.backdrop and not evidence.is_outdoors():
        return "on a white background" if layout.backdrop == "white" else "on a dark background"
    if evidence.is_indoors():
        room = room_of(evidence)
        said = {thing.noun for thing in things} | {str(thing.general) for thing in things}
        return f"in {with_article(room)}" if room and room not in said else None
    if not evidence.is_outdoors() or _fills_all(evidence, things):
        return None
    if layout.dark:
        return None
    sky = _sky(evidence)
    if kind in ("landscape", "plant"):
        return sky
    if kind not in _PLACED:
        return None
    ground = None if things[0].noun in seeing()["flying"] else _ground(evidence, kind)
    return " ".join(part for part in (ground, sky) if part) or None


def _fills_all(evidence: Evidence, things: Sequence[ObservedThing]) -> bool:
    """Whether the main thing is so near that surfaces are its own."""
    label = things[0].general or things[0].noun
    seen = evidence.found.get(label)
    return seen is not None and seen.area > 0.6


def _sky(evidence: Evidence) -> str | None:
    """The sky, where the segmenter sees one at the top and its colour is plain."""
    if evidence.around.above("sky") < 0.6 or evidence.around.area("sky") < 0.08:
        return None
    return _SKIES.get(evidence.layout.sky or "")


def _ground(evidence: Evidence, kind: str) -> str | None:
    """What things stand on, where the segmenter and the colours agree."""
    around, layout, surfaces = evidence.around, evidence.layout, seeing()["surfaces"]
    if around.below("sea", "water") > 0.5:
        if kind == "vehicle":
            return "on the water"
        if kind in ("animal", "creature"):
            return "in the water"
        return "by the sea" if around.area("sea") > around.area("water") else "by the water"
    white = (
        layout.ground == "snow"
        or layout.palette.get("white", 0) + layout.palette.get("grey", 0) > 0.5
    )
    if layout.ground == "snow" or (white and around.below("mountain") > 0.6):
        return "in the snow"
    if around.below("grass", "field", "plant") > 0.45 and around.area("grass", "field") > 0.2:
        return "on green grass" if layout.ground == "grass" else "on grass"
    if around.below(*surfaces["street"]) > 0.4 and around.area(*surfaces["street"]) > 0.1:
        return "on a street" if around.area(*surfaces["built"]) > 0.08 else "on a road"
    if layout.ground == "sand" and around.below("earth", "sea", "field") > 0.4:
        return "on sand"
    if around.area("mountain") > 0.15:
        return "in the mountains"
    trees = around.area("tree", "plant")
    return "in front of trees" if trees > 0.3 and kind != "creature" else None


def light_of(evidence: Evidence, things: Sequence[ObservedThing]) -> str | None:
    """The time of day, where it shows."""
    outdoors = bool(things) and things[0].kind in (*_PLACED, "landscape", "street")
    if evidence.layout.dark and evidence.layout.lights and outdoors and not evidence.is_indoors():
        return "at night"
    return None


def scenery_of(evidence: Evidence) -> tuple[str, ...]:
    """Surroundings that are worth a word of their own, outdoors."""
    if evidence.is_indoors() or not evidence.is_outdoors():
        return ()
    words = [
        row["words"]
        for surface, row in seeing()["scenery"].items()
        if evidence.around.area(surface) >= row["least"]
    ]
    return tuple(dict.fromkeys(words))


def whole_of(evidence: Evidence) -> str | None:
    """Says what the picture shows as a whole, where no thing stands out."""
    named, layout = evidence.named, evidence.layout
    if named and named.kind == "page" and named.certainty > 0.3:
        return ("" if named.certainty > 0.4 else "what looks like ") + with_article(named.noun)
    if layout.dark:
        return "lights in the dark at night" if layout.lights else "a very dark scene"
    return _open_air(evidence)


def _open_air(evidence: Evidence) -> str | None:
    around = evidence.around
    if not evidence.is_outdoors():
        return None
    sky = {"blue": "a blue sky", "sunset": "an orange sky at sunset", "cloudy": "a cloudy sky"}
    above = sky.get(evidence.layout.sky or "") if around.above("sky") > 0.5 else None
    if around.area("sky") > 0.9:
        white = evidence.layout.palette.get("white", 0.0) > 0.1
        return "a blue sky with clouds" if above == "a blue sky" and white else above or "the sky"
    if around.area("building", "house") > 0.5 and around.label("House", "Building") > 0.35:
        return "a building" + (f" under {above}" if above else "")
    below = listed(scenery_of(evidence))
    if not below and around.area("plant", "tree") > 0.4:
        below = "green leaves and plants"
    if not below:
        return None
    return f"{below} under {above}" if above else below
