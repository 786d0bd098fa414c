"""People: what they do, ride, wear and have with them."""

from dataclasses import replace

from .boxes import Box, area, overlap
from .colours import clear_colour
from .evidence import Evidence, how_many, name_of, seen_thing, touches, unworthy, witnessed
from .fusion import Seen
from .observation import ObservedThing
from .tables import least, seeing

Found = tuple[tuple[ObservedThing, ...], str]


def person(evidence: Evidence, people: Seen) -> ObservedThing:
    """The people: who they are, as far as faces tell, and how many."""
    count = how_many(evidence, people)
    who = _who(evidence, people, count) or "person"
    general = "person" if who != "person" else None
    return ObservedThing(who, people.score, count, general=general, kind="person")


def _who(evidence: Evidence, people: Seen, count: int) -> str | None:
    """A man, a woman or a child, where all faces look so and the photo as a whole agrees."""
    if count > 2:
        return None
    sure = seeing()["faces"]
    young = evidence.around.words.get("child", 0.0)
    faces = sorted(evidence.around.faces, key=lambda face: -face.area)
    faces = [face for face in faces if face.area >= sure["area"]]
    if count == 1 and young > sure["child" if faces else "child_unseen"]:
        return "child"
    said = {face.called(sure["years"], sure["male"]) for face in faces[:count]}
    if len(faces) < count or len(said) > 1 or young > sure["grown"]:
        return None
    return said.pop()


def with_people(evidence: Evidence, people: Seen) -> Found:
    """A photo of people: what they do, ride, wear, or have with them."""
    main = person(evidence, people)
    main = replace(main, dress=_dress(evidence, people) if main.count == 1 else None)
    ridden = _ridden(evidence, people)
    if ridden:
        return (main, ridden), "riding"
    doing = _doing(evidence, people) if people.area > least("far") else None
    if doing:
        return (replace(main, doing=doing),), "with"
    if evidence.animal and evidence.animal.certainty > 0.55:
        return (main, evidence.animal), "with"
    if _sit_at_table(evidence, people):
        return (main, ObservedThing("table", 0.6)), "at"
    worn = _worn(evidence) if main.count == 1 else None
    if worn:
        return (replace(main, dress=None), worn), "wearing"
    return (main, *_had(evidence, people)), "with"


def _ridden(evidence: Evidence, people: Seen) -> ObservedThing | None:
    for label in seeing()["ridden"]:
        seen = evidence.found.get(label)
        if seen is None:
            continue
        riders = sum(any(_rides(box, other) for other in seen.boxes) for box in people.boxes)
        if riders and 2 * riders >= len(people.boxes):
            return ObservedThing(label, seen.score, min(len(seen.boxes), riders))
    return None


def _rides(rider: Box, mount: Box) -> bool:
    middle, height = (rider[0] + rider[2]) / 2, mount[3] - mount[1]
    higher = rider[1] < mount[1] + 0.15 * height and rider[3] < mount[3] + 0.05 * height
    above = mount[0] < middle < mount[2]
    return above and higher and overlap(rider, mount) > 0.25 * area(rider)


def _doing(evidence: Evidence, people: Seen) -> str | None:
    """What people do with what the detector finds beside them, faint though it be."""
    for doing in seeing()["doings"]:
        named = evidence.is_named(doing["named"])
        if doing.get("must") and not named:
            continue
        if "on" in doing and evidence.around.area(*doing["on"]) < 0.1:
            continue
        elsewhere = evidence.around.area(*doing.get("off", ())) > 0.5
        if elsewhere or ("off" in doing and evidence.layout.backdrop):
            continue
        beside = evidence.faint(doing["seen"], least("beside_named" if named else "beside"))
        if any(touches(s.box, box) for s in beside for box in people.boxes):
            return str(doing["words"])
        if named and evidence.is_named(doing["named"], 0.6):
            return str(doing["words"])
    return None


def _sit_at_table(evidence: Evidence, people: Seen) -> bool:
    tables = evidence.faint(("dining table",), least("agreed"))
    if evidence.around.area("table") < 0.08 and not any(s.score > 0.6 for s in tables):
        return False
    return any(overlap(s.box, box) > 0 for s in tables for box in people.boxes)


def _worn(evidence: Evidence) -> ObservedThing | None:
    """What one person wears, where a network knows its word."""
    wear, named = seeing()["wear"], evidence.named
    if named and named.noun in wear["garments"] and named.certainty >= wear["least"]:
        return ObservedThing(named.noun, named.certainty)
    for label in wear["labels"]:
        noun, _, least = seeing()["labels"][label]
        if evidence.around.label(label) >= least:
            return ObservedThing(noun, evidence.around.label(label))
    return None


def _dress(evidence: Evidence, people: Seen) -> str | None:
    """The colour of what one person wears, where it is plain to see."""
    left, top, right, bottom = people.largest
    near = max((face.area for face in evidence.around.faces), default=0.0)
    unclear = evidence.layout.grey or evidence.layout.dark or people.area < 0.04
    unclear = unclear or evidence.around.area("person") < 0.4 * people.area
    if unclear or near > seeing()["faces"]["close"]:
        return None
    width, height = right - left, bottom - top
    whole = height * evidence.picture.height > least("upright") * width * evidence.picture.width
    start, end = (0.2 * height, 0.5 * height) if whole else (0.4 * height, 0.8 * height)
    torso = (left + 0.2 * width, top + start, right - 0.2 * width, top + end)
    colour = clear_colour(evidence.picture, torso, least=0.5)
    lit = evidence.layout.palette.get(colour or "", 0.0) > least("light")
    return None if lit or colour == "pink" else colour  # so look faces


def _had(evidence: Evidence, people: Seen) -> list[ObservedThing]:
    """What people have with them, two things at most."""
    left_out = unworthy() | {"person"}
    left_out |= set(seeing()["furnishings"]) if evidence.is_indoors() else set()
    worth = witnessed(evidence, but=left_out)
    if worth:
        worth.sort(key=lambda seen: -seen.area)
        return [seen_thing(evidence, s) for s in worth[:2]]
    carried = evidence.faint(seeing()["carried"], least("carried"))
    carried = [s for s in carried if s.area < people.area and touches(s.box, people.largest)]
    return [ObservedThing(name_of(evidence, s.label), s.score) for s in carried[:1]]
