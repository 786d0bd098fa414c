"""People: what they do, ride, wear and have with them."""

from dataclasses import replace

from . import fusion
from .boxes import Box, area, overlap, touches
from .clothes import worn_colour
from .doings import doing_of, mount_of, what_people_do
from .evidence import Evidence, how_many, name_of, seen_thing, unworthy, witnessed
from .fusion import Seen
from .observation import ObservedThing
from .sky import kind_of_sky
from .tables import least, seeing

_FEW = 3  # people whose clothes are looked at
Found = tuple[tuple[ObservedThing, ...], str]


def is_speck(people: Seen) -> bool:
    """Whether they are too small to be told of."""
    return people.area < least("tiny") and people.score < least("sure_tiny")


def person(evidence: Evidence, people: Seen) -> ObservedThing:
    """The people: who they are, as far as faces tell, and how many."""
    number = how_many(evidence, people)
    count = number.count
    who = _who(evidence, people, count) or "person"
    general = "person" if who != "person" else None
    look = "smiling" if _smile(evidence, count) else None
    seen = ObservedThing(who, people.score, count, general=general, kind="person", look=look)
    return replace(seen, more=number.more)


def _smile(evidence: Evidence, count: int) -> bool:
    """Whether all faces smile, and each of a few people shows one."""
    sure = seeing()["faces"]
    smiles = [face.smile for face in evidence.around.faces if face.area >= sure["area"]]
    return len(smiles) >= min(count, _FEW) and min(smiles, default=0.0) >= sure["smile"]


def _who(evidence: Evidence, people: Seen, count: int) -> str | None:
    """A man, a woman or a child, where all faces look so and the photo as a whole agrees."""
    sure, words = seeing()["faces"], evidence.around.words
    child, man, woman = (words.get(who, 0.0) for who in ("child", "man", "woman"))
    least_child, most_adult = ("child", "adult") if count == 1 else ("children", "adults")
    if child > sure[least_child] and max(man, woman) < sure[most_adult]:
        return "child"
    said = _sexes(evidence, count)
    if count == 1 and not said and man > sure["man"] and child < sure["grown"]:
        return "man"
    return said.pop() if len(said) == 1 else None


def _sexes(evidence: Evidence, count: int) -> set[str]:
    """Whether one or two people are men, women or both, where all their faces tell."""
    sure = seeing()["faces"]
    faces = [face for face in evidence.around.faces if face.area >= sure["area"]]
    faces = sorted(faces, key=lambda face: -face.area)[:count]
    young = evidence.around.words.get("child", 0.0) > sure["grown"]
    young = young and min((face.years for face in faces), default=0.0) < sure["surely_grown"]
    if count > 2 or len(faces) < count or young:
        return set()
    said = {face.called(sure["years"], sure["male"]) for face in faces}
    if count == 2 and len(said) == 1:
        said = {face.called(sure["years"], sure["alike"]) for face in faces}
    return set() if None in said else {str(who) for who in said}


def _pair(evidence: Evidence, main: ObservedThing) -> list[ObservedThing]:
    """Two people who are not alike: a man and a woman, or a bride and a bridegroom."""
    if main.count != 2:
        return []
    nouns = sorted(_sexes(evidence, 2))
    if evidence.is_named(["bridegroom"], least("wedding")):
        nouns = ["bride", "bridegroom"]
    both = [replace(main, noun=noun, count=1, general="person", dress=None) for noun in nouns]
    return both if len(both) == 2 else []


def with_people(evidence: Evidence, people: Seen) -> Found:
    """A photo of people: what they do, ride, wear, or have with them."""
    main = person(evidence, people)
    main = replace(main, dress=_dress(evidence, people, main.count))
    mount = ridden(evidence, people)
    if mount:
        return (main, mount), "riding"
    doing = what_people_do(evidence, people)
    if doing:
        return (replace(main, doing=doing),), "with"
    mount = mount_of(evidence, main.count)
    if mount:
        return (main, mount), "riding"
    things, relation = _together(evidence, people, main)
    resting = doing_of(evidence, "resting")
    if len(things) == 1:
        return (replace(things[0], doing=resting),), relation
    return things, _at_rest(things[1].noun, resting) or relation


def _at_rest(noun: str, resting: str | None) -> str | None:
    """How what people have with them belongs to their sitting or eating."""
    if resting == "eating" and noun in seeing()["dishes"]["detector"]:
        return "eating"
    return "on" if resting == "sitting" and noun in seeing()["furniture"] else None


def _together(evidence: Evidence, people: Seen, main: ObservedThing) -> Found:
    """Who the people are, and what they have with them."""
    animal = evidence.animal
    known = animal is not None and animal.noun not in ("animal", "creature")
    if animal and known and animal.certainty > 0.55 and not _is_unseen_pet(evidence, animal):
        return (main, animal), "with"
    pair = _pair(evidence, main)
    if pair:
        return tuple(pair), "and"
    held = _held(evidence)
    if held:
        return (main, held), "with"
    if _sit_at_table(evidence, people):
        return (main, ObservedThing("table", 0.6)), "at"
    worn = _worn(evidence) if main.count == 1 else None
    if worn:
        return (replace(main, dress=None), worn), "wearing"
    return (main, *_had(evidence, people)), "with"


def _is_unseen_pet(evidence: Evidence, animal: ObservedThing) -> bool:
    """Whether it is a dog or a cat of which the detector sees nothing."""
    noun = animal.general or animal.noun
    return noun in fusion.PETS and not evidence.score(noun)


def ridden(evidence: Evidence, people: Seen) -> ObservedThing | None:
    """What the people ride."""
    for label in seeing()["ridden"]:
        seen = evidence.found.get(label)
        if seen is None:
            continue
        mounts = [box for box in seen.boxes if area(box) > 0.3 * seen.area]
        riders = sum(any(_rides(box, other) for other in mounts) for box in people.boxes)
        led = label == "horse" and evidence.around.words.get("riding a horse", 0.0) < least("led")
        if riders and 2 * riders >= len(people.boxes) and not led:
            return ObservedThing(label, seen.score, min(len(mounts), riders))
    return None


def _rides(rider: Box, mount: Box) -> bool:
    middle, height = (rider[0] + rider[2]) / 2, mount[3] - mount[1]
    higher = rider[1] < mount[1] + 0.15 * height and rider[3] < mount[3] + 0.05 * height
    above = mount[0] < middle < mount[2] and area(rider) > 0.2 * area(mount)
    return above and higher and overlap(rider, mount) > 0.25 * area(rider)


def _sit_at_table(evidence: Evidence, people: Seen) -> bool:
    tables = evidence.faint(("dining table",), least("agreed"))
    if evidence.around.area("table") < 0.08 and not any(s.score > 0.6 for s in tables):
        return False
    return any(overlap(s.box, box) > 0 for s in tables for box in people.boxes)


def _worn(evidence: Evidence) -> ObservedThing | None:
    """What one person wears, where a network knows its word."""
    wear = seeing()["wear"]
    dressed = fusion.masses(evidence.probabilities, "kind")["clothing"] >= wear["clothing"]
    for noun in wear["garments"]:
        enough = wear["sure"].get(noun, wear["agreed" if dressed else "least"])
        if evidence.is_named([noun], enough):
            return ObservedThing(seeing()["wider"].get(noun, noun), 0.6)
    for label in wear["labels"]:
        noun, _, least = seeing()["labels"][label]
        if evidence.around.label(label) >= least:
            return ObservedThing(noun, evidence.around.label(label))
    return None


def _held(evidence: Evidence) -> ObservedThing | None:
    """What somebody holds, by the classifier's word for the whole photo."""
    held = seeing()["held"]
    enough = {noun: held["sure"].get(noun, held["least"]) for noun in held["nouns"]}
    known = (noun for noun, share in enough.items() if evidence.is_named([noun], share))
    return next((ObservedThing(held["wider"].get(noun, noun), 0.6) for noun in known), None)


def _dress(evidence: Evidence, people: Seen, count: int) -> str | None:
    """The colour that all of a few people wear, where it is plain to see."""
    clothes, layout = evidence.around.clothes, evidence.layout
    near = max((face.area for face in evidence.around.faces), default=0.0)
    unclear = clothes is None or layout.grey or layout.dark or people.area < 0.06
    unclear = unclear or kind_of_sky(evidence) in ("sunset", "pink")  # they are silhouettes
    if clothes is None or unclear or count > _FEW or near > seeing()["faces"]["close"]:
        return None
    colours = set()
    for box in sorted(people.boxes, key=area)[-count:]:
        width, height = box[2] - box[0], box[3] - box[1]
        size = evidence.picture.size
        whole = height * size[1] > least("upright") * width * size[0]
        colours.add(worn_colour(evidence.picture, clothes, box, whole=whole))
    colour = colours.pop() if len(colours) == 1 else None
    lit = layout.palette.get(colour or "", 0.0) > least("light") + people.area / 2
    return None if lit else colour


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
