"""From what the networks and the layout say of a photo to an observation."""

from PIL import Image

from . import fusion, places, scenes, settings
from .animals import animals
from .boxes import Sighting
from .doings import what_people_do
from .evidence import (
    Evidence,
    is_borne_out,
    name_of,
    seen_thing,
    unworthy,
    witnessed,
)
from .food import drink, food
from .fusion import Seen
from .gathering import gather
from .glimpses import all_glimpsed, all_sighted
from .layout import Layout
from .naming import colour_on_backdrop, named_thing
from .observation import MANY, SURE, Observation, ObservedThing
from .people import Found, is_speck, person, ridden, with_people
from .plants import plants
from .runtime import Array
from .surroundings import Surroundings
from .tables import least, seeing


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
    found = (see(evidence) for see in _SEEN)
    things, relation = next(filter(None, found), ((), "with"))
    whole = None if things else scenes.whole_of(evidence)
    grey = layout.grey and not layout.backdrop  # what stands before white may have no colour
    return Observation(
        medium="black and white photo" if medium == "photo" and grey else medium,
        things=things,
        relation=relation,
        whole=whole if whole or things else "a scene that is hard to make out",
        setting=settings.setting_of(evidence, things) if things else None,
        light=settings.light_of(evidence, things),
        colours=tuple(c for c, share in layout.palette.items() if share > 0.15)[:3],
        scenery=scenes.scenery_of(evidence, things) if things or whole else (),
        sighted=all_sighted(evidence),
        glimpsed=all_glimpsed(evidence),
        areas=around.areas,
        labels=around.labels,
        surfaces=around.surfaces,
    )


def _statue(evidence: Evidence) -> Found | None:
    """What the detector takes for a person."""
    people, likely = evidence.people, evidence.around.label("Sculpture", "Bronze sculpture", "Bust")
    if people is None or people.score >= 0.75 or likely < 0.6:
        return None
    return (ObservedThing("statue", likely, kind="building"),), "with"


def _garment(evidence: Evidence) -> Found | None:
    """Clothes with nobody in them."""
    around, named = evidence.around, evidence.named
    if around.faces or around.label("Person") > 0.3:
        return None
    likely = around.label("Clothing", "Outerwear")
    known = named is not None and named.kind == "clothing" and named.certainty >= SURE
    shown = evidence.layout.backdrop is not None and likely >= 0.9
    alone = named is not None and named.certainty >= least("garment")
    doubted = evidence.people is not None and evidence.people.score < least("doubted")
    if evidence.people is None or not (shown or (known and (alone or doubted))):
        return None
    worn = named.noun if named and named.kind == "clothing" else "piece of clothing"
    certainty = max(likely, named.certainty if named else 0.0)
    colour = colour_on_backdrop(evidence)
    return (ObservedThing(worn, certainty, 1, colour, kind="clothing"),), "with"


def _people(evidence: Evidence) -> Found | None:
    """People, unless they are small in a view, or a scrap beside what is surely the subject."""
    people = evidence.people
    if people is None or is_speck(people):
        return None
    near = people.area > least("near") and people.score < least("surely_somebody")
    if (near or people.score < least("doubted")) and not _has_somebody(evidence, people):
        return None
    told = ridden(evidence, people) or not _are_aside(evidence, people)
    return with_people(evidence, people) if told else None


def _are_aside(evidence: Evidence, people: Seen) -> bool:
    """Whether the classifier's thing or view is what the photo is about rather than people."""
    named = evidence.named
    if named is None:
        return False
    if named.kind == "vehicle" and named.certainty > 0.7 and people.area < 0.2:
        return True
    main = evidence.found.get(named.noun) if named.kind == "thing" else None
    surer = main and (main.score > people.score or named.certainty >= least("certain"))
    if main and surer and main.area > people.area:
        return main.label not in seeing()["carried"] or people.area <= least("near")
    if people.area >= least("small") or what_people_do(evidence, people):
        return False
    view = named.kind in seeing()["view_kinds"] and is_borne_out(evidence, named)
    return view or (named.certainty > 0.5 and named.kind in ("furniture", "food"))


def _has_somebody(evidence: Evidence, people: Seen) -> bool:
    """Whether another network sees people too; of what fills all, more than a surface."""
    around = evidence.around
    filled = people.area < least("too_near") and around.area("person") >= 0.15 * people.area
    crowd = len(evidence.faint(("person",), least("agreed"))) > least("few")
    filled = filled or around.area("person") > 0.7
    return filled or crowd or bool(around.faces) or around.label(*seeing()["worn"]) >= 0.2


def _on_pavement(evidence: Evidence) -> Found | None:
    """What stands on pavements, for most of which the classifier has no word."""
    known = [evidence.found[label] for label in seeing()["pavement"] if label in evidence.found]
    small = max(evidence.people.area if evidence.people else 0.0, least("beside_street"))
    sure = [s for s in known if s.score >= least("alone_sure") and s.area > small]
    return ((seen_thing(evidence, max(sure, key=lambda s: s.area)),), "with") if sure else None


def _vehicles(evidence: Evidence) -> Found | None:
    vehicles = {k: v for k, v in evidence.found.items() if k in seeing()["vehicles"]}
    if not vehicles:
        return None
    best, named = max(vehicles.values(), key=lambda s: s.score + s.area), evidence.named
    agreed = named is not None and named.kind == "vehicle"
    if best.area <= least("small") or not (agreed or best.score > least("with")):
        return None
    others = [v for v in vehicles.values() if v != best and v.score > least("with")]
    things = [seen_thing(evidence, v) for v in (best, *others[:1])]
    things = things[:1] if things[0].noun == things[-1].noun else things
    things += [person(evidence, evidence.people)] if evidence.people else []
    return tuple(things), "with"


def _instead(evidence: Evidence) -> Found | None:
    """What is said rather than a guess: several small things, or a label that is very sure."""
    named = evidence.named
    if named and (named.certainty >= SURE or named.noun == "food"):
        return None
    for label in () if evidence.is_indoors() else seeing()["small"]:
        count = len(evidence.faint((label,), least("one_of_several")))
        if count >= least("several"):
            return (ObservedThing(name_of(evidence, label), least("alone"), MANY),), "with"
    labelled = _by_labeler(evidence)
    sure = labelled and labelled[0][0].certainty >= least("surely_heard")
    return labelled if sure else None


def _by_detector(evidence: Evidence) -> Found | None:
    """What only the detector is sure of."""
    masses = fusion.masses(evidence.probabilities, "seen_as")
    both = [s for s in witnessed(evidence, least("both")) if masses[s.label] > least("both_named")]
    known = both or [
        s
        for s in witnessed(evidence, but=unworthy())
        if s.area < least("too_near") or evidence.share(s.label) > 0.1
    ]
    best = max(known, key=lambda s: s.score, default=None)
    if best and best is evidence.people:
        return with_people(evidence, best)
    return ((seen_thing(evidence, best),), "with") if best else None


def _by_labeler(evidence: Evidence) -> Found | None:
    """What only the labeler is sure of."""
    wide = evidence.around.area("sky") > least("wide") and not evidence.is_served()
    for label, (noun, kind, enough) in seeing()["labels"].items():
        likely = 0.0 if kind == "food" and wide else evidence.around.label(label)
        stands = seeing()["standing"].get(noun)
        if likely >= enough and (not stands or evidence.around.area(*stands) > 0.1):
            return (ObservedThing(noun, likely, kind=kind),), "with"
    return None


def _small_thing(evidence: Evidence) -> Found | None:
    """What is mostly lying about, where it is all that a photo shows."""
    if scenes.whole_of(evidence):
        return None
    masses = fusion.masses(evidence.probabilities, "seen_as")
    sure = [
        seen
        for label, seen in evidence.found.items()
        if label in unworthy()
        and (seen.score >= least("with") or masses[label] > least("both_named"))
        and seen.area >= least("small")
    ]
    return ((seen_thing(evidence, max(sure, key=lambda s: s.area)),), "with") if sure else None


_SEEN = (
    drink, scenes.many, plants, animals, _statue, _garment, food, _on_pavement, scenes.scene,
    _people, _vehicles, scenes.landform, places.sight, _instead, named_thing, _by_detector,
    _by_labeler, scenes.some_room, _small_thing,
)  # fmt: skip
"""Who says what a photo is about, the first to be heard first."""
