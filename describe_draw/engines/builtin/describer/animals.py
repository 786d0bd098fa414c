"""Animals: whether there are any, and what they are with."""

from dataclasses import replace

from . import fusion
from .boxes import Box, area, overlap
from .doings import doing_of, is_dog
from .evidence import Evidence, name_of, same_again, seen_thing, unworthy, witnessed
from .observation import ObservedThing
from .people import Found, person, ridden
from .tables import least, seeing


def animals(evidence: Evidence) -> Found | None:
    """The animal that a photo is about, if it is about one."""
    animal = evidence.animal
    if not animal or not _is_supported(evidence, animal) or _outweighs(evidence, animal):
        return None
    return _with_animal(evidence, animal)


def _is_supported(evidence: Evidence, animal: ObservedThing) -> bool:
    """Whether another network sees an animal too, where the classifier is unsure of it."""
    if animal.certainty > 0.75 and animal.noun != "animal":
        return True
    unlike = {None, "bird"} if (animal.general or animal.noun) in fusion.PETS else {None}
    beasts = {group.seen_as for group in fusion.animal_groups()} - unlike | {"teddy bear"}
    named = fusion.masses(evidence.probabilities, "noun").get(animal.general or animal.noun, 0.0)
    if None in unlike and "bird" in unlike and named >= least("pet_named"):
        return True
    seen = max((evidence.score(str(label)) for label in beasts), default=0.0)
    return seen > 0.45 or evidence.around.label(*seeing()["animal_labels"]) > 0.4


def _outweighs(evidence: Evidence, animal: ObservedThing) -> bool:
    """Whether people rather than an animal are what the photo is about."""
    people = evidence.people
    if people is None or people.score <= 0.6:
        return False
    mount = ridden(evidence, people)
    if mount and animal.noun in ("animal", mount.noun):
        return True
    seen_animal = evidence.found.get(animal.general or animal.noun)
    if seen_animal is None:
        return animal.certainty < 0.6
    return people.area > seen_animal.area


def _with_animal(evidence: Evidence, animal: ObservedThing) -> Found:
    people, found = evidence.people, evidence.found
    if not animal.general and (noun := name_of(evidence, animal.noun)) != animal.noun:
        animal = replace(animal, noun=noun, general=animal.noun)
    if people and people.score > 0.62:
        return (animal, person(evidence, people)), "with"
    own = found.get(animal.general or animal.noun)
    free = is_dog(animal) and not evidence.is_indoors()
    if free and (doing := doing_of(evidence, "dogs")):
        return (replace(animal, doing=doing),), "with"
    pieces = [label for label in seeing()["furniture"] if label in found]
    for label in pieces:
        if own and _rests_on(own.largest, found[label].largest) and _is_piece(evidence, label):
            return (animal, ObservedThing(label, found[label].score)), "on"
    again = unworthy() | set(pieces) | set(same_again(animal, found, evidence.probabilities))
    nouns = {animal.noun, animal.general}
    again |= {str(g.seen_as) for g in fusion.animal_groups() if nouns & {g.noun, "animal"}}
    others = witnessed(evidence, least("with"), again)
    others = [s for s in others if s is not own and s.area > 0.08]
    return (animal, *(seen_thing(evidence, s) for s in others[:1])), "with"


def _is_piece(evidence: Evidence, label: str) -> bool:
    """Whether it isn't only the detector that faintly sees a piece of furniture."""
    around, surfaces = evidence.around, seeing()["furniture"][label]
    seen = not surfaces or around.area(*surfaces) >= least("some_surface")
    sure = evidence.found[label].score >= least("sure_piece")
    return seen or sure or around.label("Furniture", label.capitalize()) >= least("label")


def _rests_on(upper: Box, lower: Box) -> bool:
    return overlap(upper, lower) > 0.6 * area(upper) and upper[1] <= lower[3]
