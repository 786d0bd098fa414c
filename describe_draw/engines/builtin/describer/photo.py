"""From what the networks and the layout say of a photo to an observation."""

from dataclasses import replace

from PIL import Image

from . import fusion, settings
from .colours import STRONG
from .evidence import (
    VEHICLES,
    Evidence,
    all_sighted,
    gather,
    how_many,
    name_of,
    seen_thing,
)
from .fusion import Named, Seen
from .layout import Layout
from .networks import Sighting, overlap
from .runtime import Array
from .observation import Observation, ObservedThing
from .people import Found, person, unworthy, with_people
from .plants import plants
from .surroundings import Surroundings
from .tables import seeing

_FURNITURE = ("bed", "couch", "chair", "bench")
_VIEWS = ("building", "landscape", "vehicle")
_SMALL = 0.03  # the share of the picture below which people are part of the view


def read_photo(
    picture: Image.Image,
    medium: str,
    probabilities: Array,
    sightings: list[Sighting],
    layout: Layout,
    around: Surroundings,
) -> Observation:
    """Works out what a photo shows.

    Args:
        picture: the photo, RGB.
        medium: "photo", or what else shows things as a photo does ("painting").
        probabilities: the classifier's, averaged over its views.
        sightings: the detector's, down to a score of 0.3.
        layout: the photo's layout.
        around: its surfaces, and words for the whole.
    """
    evidence = gather(picture, layout, around, probabilities, sightings)
    things, relation = _things(evidence)
    whole = None if things else settings.whole_of(evidence)
    if not things and whole is None:
        things = _guess(evidence)
    return Observation(
        medium="black and white photo" if medium == "photo" and layout.grey else medium,
        things=things,
        relation=relation,
        whole=whole if whole or things else "a scene that is hard to make out",
        setting=settings.setting_of(evidence, things) if things else None,
        light=settings.light_of(evidence, things),
        colours=tuple(c for c, share in layout.palette.items() if share > 0.15)[:3],
        scenery=settings.scenery_of(evidence) if medium == "photo" else (),
        sighted=all_sighted(evidence),
        areas=around.areas,
        labels=around.labels,
    )


def _things(evidence: Evidence) -> Found:
    """The main thing, what is with it, and how they belong together."""
    animal, people, named = evidence.animal, evidence.people, evidence.named
    growing = plants(evidence)
    if growing and not (people and people.area > 0.1):
        return growing
    if animal and _is_supported(evidence, animal) and not _outweighs(evidence, animal):
        return _with_animal(evidence, animal)
    if people and _is_statue(evidence, people):
        return (
            ObservedThing("statue", evidence.around.label("Sculpture"), kind="building"),
        ), "with"
    dish = _dish(evidence)
    if dish and (people is None or evidence.score_area(dish.noun) > people.area):
        return (dish,), "with"
    scene = settings.scene_of(evidence)
    if scene:
        return (scene, *settings.within(evidence, scene)), "with"
    view = named is not None and named.kind in _VIEWS and _is_borne_out(evidence, named)
    if people and not (view and people.area < _SMALL) and not _is_marginal(people, named):
        return with_people(evidence, people)
    vehicles = {k: v for k, v in evidence.found.items() if k in VEHICLES}
    if vehicles:
        best = max(vehicles.values(), key=lambda s: s.score + s.area)
        if best.area > _SMALL and (best.score > 0.62 or (named and named.kind == "vehicle")):
            return _with_vehicle(evidence, best, vehicles)
    if named and named.kind != "page" and _is_borne_out(evidence, named):
        return _with_named(evidence, named)
    if dish:
        return (dish,), "with"
    return _by_one_witness(evidence)


def _by_one_witness(evidence: Evidence) -> Found:
    """What only the detector, or only the labeler, is sure of."""
    least = seeing()["least"]["alone"]
    known = [s for s in evidence.found.values() if s.score > least and s.label not in unworthy()]
    if known:
        return (seen_thing(evidence, max(known, key=lambda s: s.score)),), "with"
    for label, (noun, kind, sure) in seeing()["labels"].items():
        if evidence.around.label(label) >= sure:
            return (ObservedThing(noun, evidence.around.label(label), kind=kind),), "with"
    return (), "with"


def _is_supported(evidence: Evidence, animal: ObservedThing) -> bool:
    """Whether another network sees an animal too, where the classifier is unsure of it."""
    if animal.certainty > 0.75:
        return True
    beasts = {group.seen_as for group in fusion.animal_groups()} - {None}
    seen = max((evidence.score(str(label)) for label in beasts), default=0.0)
    return seen > 0.45 or evidence.around.label(*seeing()["animal_labels"]) > 0.4


def _is_statue(evidence: Evidence, people: Seen) -> bool:
    return people.score < 0.75 and evidence.around.label("Sculpture", "Bronze sculpture") > 0.6


def _is_marginal(people: Seen, named: Named | None) -> bool:
    """Whether a scrap of somebody stands beside what the classifier is sure of."""
    sure = named is not None and named.certainty > 0.5 and named.kind in ("furniture", "food")
    return people.area < _SMALL and sure


def _is_borne_out(evidence: Evidence, named: Named) -> bool:
    """Whether surfaces or labels speak for the classifier's word, where it needs that."""
    wanted = seeing()["support"].get(named.kind)
    if wanted:
        if evidence.around.area(*wanted["surfaces"]) >= wanted["share"]:
            return True
        return evidence.around.label(*wanted["labels"]) >= 0.4 or (
            named.kind == "food" and any(s.label in seeing()["dishes"]["detector"]
                                         for s in evidence.faint(seeing()["dishes"]["detector"], 0.5))
        )  # fmt: skip
    if named.kind == "animal":
        return False  # else it would have been seen as one
    if named.kind == "clothing":
        return named.certainty > 0.4 and evidence.around.label("Flower") < 0.5
    return named.certainty > 0.4


def _outweighs(evidence: Evidence, animal: ObservedThing) -> bool:
    """Whether people rather than an animal are what the photo is about."""
    people = evidence.people
    if people is None or people.score <= 0.6:
        return False
    seen_animal = evidence.found.get(animal.general or animal.noun)
    if seen_animal is None:
        return animal.certainty < 0.6
    return people.area > seen_animal.area


def _with_animal(evidence: Evidence, animal: ObservedThing) -> Found:
    people, found = evidence.people, evidence.found
    animal = replace(animal, noun=_better_animal(evidence, animal))
    if people and people.score > 0.62:
        return (animal, person(evidence, people)), "with"
    own = found.get(animal.general or animal.noun)
    for label in _FURNITURE:
        if label in found and own and _rests_on(own.largest, found[label].largest):
            return (animal, ObservedThing(label, found[label].score)), "on"
    others = [s for s in found.values() if s.score > 0.68 and s.label not in unworthy()]
    same = {group.seen_as for group in fusion.animal_groups() if group.noun == animal.general}
    same |= {group.seen_as for group in fusion.animal_groups() if group.noun == animal.noun}
    others = [s for s in others if s is not own and s.area > 0.08 and s.label not in same]
    return (animal, *(seen_thing(evidence, s) for s in others[:1])), "with"


def _better_animal(evidence: Evidence, animal: ObservedThing) -> str:
    if animal.general or animal.noun not in seeing()["better"]:
        return animal.noun
    return name_of(evidence, animal.noun)


def _rests_on(upper: tuple[float, ...], lower: tuple[float, ...]) -> bool:
    area = (upper[2] - upper[0]) * (upper[3] - upper[1])
    return area > 0 and overlap(upper, lower) / area > 0.6 and upper[1] <= lower[3]


def _dish(evidence: Evidence) -> ObservedThing | None:
    """What is served, where more than one network knows it."""
    named, dishes = evidence.named, seeing()["dishes"]
    kinds = fusion.kind_masses(evidence.probabilities)
    if kinds["food"] < 0.3:
        return None
    if named and named.kind == "food" and named.certainty >= 0.45 and named.group:
        if named.noun not in dishes["vague"]:
            return ObservedThing(named.noun, named.certainty, general=named.group.noun, kind="food")
    for label, noun in dishes["labels"].items():
        sure = evidence.around.label(label)
        agreed = evidence.is_named(dishes["agreed"].get(noun, []), 0.1)
        if sure >= (dishes["agreed_least"] if agreed else dishes["least"]):
            return ObservedThing(noun, max(sure, 0.5), kind="food")
    seen = evidence.faint(dishes["detector"], dishes["detector_least"])
    if seen:
        best = max(seen, key=lambda s: s.score)
        several = len(evidence.faint((best.label,), 0.5))
        return ObservedThing(best.label, best.score, several, kind="food")
    return None


def _with_vehicle(evidence: Evidence, best: Seen, vehicles: dict[str, Seen]) -> Found:
    main = seen_thing(evidence, best)
    others = [v for v in vehicles.values() if v != best and v.score > 0.6]
    things = [seen_thing(evidence, v) for v in others[:1]]
    if evidence.people:
        things.append(person(evidence, evidence.people))
    return (main, *things), "with"


def _with_named(evidence: Evidence, named: Named) -> Found:
    pieces = [evidence.found[k] for k in (*_FURNITURE, "dining table") if k in evidence.found]
    if named.noun == "piece of furniture" and pieces:
        return (seen_thing(evidence, max(pieces, key=lambda s: s.score)),), "with"
    general = named.group.noun if named.group and named.group.noun != named.noun else None
    colour = _colour(evidence) if named.kind == "clothing" else None
    noun = _plain(evidence, named)
    main = ObservedThing(noun, named.certainty, 1, colour, general, kind=named.kind)
    if named.kind in _VIEWS and evidence.people:
        return (main, person(evidence, evidence.people)), "with"
    return (main, *_beside(evidence, named)), "with"


def _colour(evidence: Evidence) -> str | None:
    """The colour of what stands before a plain background."""
    strong = {c: s for c, s in evidence.layout.palette.items() if c in STRONG and s > 0.12}
    return max(strong, key=lambda c: strong[c], default=None) if evidence.layout.backdrop else None


def _plain(evidence: Evidence, named: Named) -> str:
    """The classifier's word, or the labeler's where that is nearer ("house" for "palace")."""
    for label, (noun, kind, least) in seeing()["labels"].items():
        nearer = kind == named.kind and evidence.around.label(label) >= least
        if nearer and named.certainty < 0.62 and noun not in ("building", "plate of food"):
            return str(noun)
    return named.noun


def _beside(evidence: Evidence, named: Named) -> list[ObservedThing]:
    """What else is worth a word beside the thing that the classifier named."""
    if named.kind in ("food", "room", "building", "landscape") or named.certainty < 0.4:
        return []
    worth = [
        s
        for s in evidence.found.values()
        if s.label not in unworthy()
        and s.score > 0.65
        and s.label.split()[-1] not in named.noun
        and not (named.group and named.group.seen_as == s.label)
    ]
    return [
        ObservedThing(name_of(evidence, s.label), s.score, how_many(evidence, s)) for s in worth[:1]
    ]


def _guess(evidence: Evidence) -> tuple[ObservedThing, ...]:
    """What the photo may show, where no network is sure."""
    likely = fusion.likely_kind(evidence.probabilities)
    if likely and likely.kind in seeing()["support"]:
        named = Named(likely.noun, likely.certainty, likely.kind, None)
        return (likely,) if _is_borne_out(evidence, named) else ()
    return ()
