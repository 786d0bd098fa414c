"""From what the networks and the layout say of a photo to an observation."""

from dataclasses import dataclass, replace

from PIL import Image

from . import fusion
from .colours import STRONG, clear_colour
from .fusion import Named, Seen
from .layout import Layout
from .networks import Array, Sighting, overlap
from .observation import Observation, ObservedThing
from .settings import setting_of, whole_of

_VEHICLES = frozenset(("car", "bus", "truck", "train", "motorcycle", "bicycle", "airplane", "boat"))
_FURNITURE = ("bed", "couch", "chair", "bench")
_RIDDEN = ("bicycle", "motorcycle", "horse")
_BOARDS = ("skateboard", "surfboard", "snowboard", "skis")
_CLUTTER = frozenset(
    (
        "tie", "handbag", "backpack", "bottle", "clock", "book", "hat", "shoe", "eye glasses",
        "plate", "mirror", "window", "desk", "door", "street sign", "hair drier", "hair brush",
        "toothbrush", "mouse", "remote", "vase", "potted plant", "fork", "knife", "spoon",
        "traffic light", "sports ball",
    )
)  # fmt: skip
_COLOURED = _VEHICLES | {"umbrella", "kite", "couch", "suitcase", "vase", "frisbee"}
_SAID = {
    "tv": "television",
    "cell phone": "mobile phone",
    "remote": "remote control",
    "mouse": "computer mouse",
}
_SMALL = 0.03  # the share of the picture below which people are part of the view

Found = tuple[tuple[ObservedThing, ...], str]


@dataclass(frozen=True)
class _Evidence:
    """All that is known of a photo before it is decided what it shows."""

    picture: Image.Image
    layout: Layout
    found: dict[str, Seen]
    named: Named | None
    animal: ObservedThing | None

    @property
    def people(self) -> Seen | None:
        return self.found.get("person")


def read_photo(
    picture: Image.Image, probabilities: Array, sightings: list[Sighting], layout: Layout
) -> Observation:
    """Works out what a photo shows.

    Args:
        picture: the photo, RGB.
        probabilities: the classifier's, averaged over its views.
        sightings: the detector's, down to a score of 0.3.
        layout: the photo's layout.
    """
    evidence = _Evidence(
        picture,
        layout,
        fusion.seen(sightings, probabilities),
        fusion.named(probabilities),
        fusion.animal(probabilities, sightings),
    )
    things, relation = _things(evidence)
    whole = None if things else whole_of(layout, evidence.named)
    if not things and whole is None:
        things = _guess(evidence, probabilities)
    return Observation(
        medium="black and white photo" if layout.grey else "photo",
        things=things,
        relation=relation,
        whole=whole if whole or things else "a scene that is hard to make out",
        setting=setting_of(layout, things, set(evidence.found)) if things else None,
        light="at night" if _is_night(layout, things) else None,
        colours=tuple(c for c, share in layout.palette.items() if share > 0.15)[:3],
    )


def _is_night(layout: Layout, things: tuple[ObservedThing, ...]) -> bool:
    outdoors = bool(things) and things[0].kind in ("vehicle", "building", "person", "landscape")
    return layout.dark and layout.lights and outdoors


def _things(evidence: _Evidence) -> Found:
    """The main thing, what is with it, and how they belong together."""
    animal, people, named = evidence.animal, evidence.people, evidence.named
    if animal and not _outweighs(people, animal, evidence.found):
        return _with_animal(evidence, animal)
    view = named is not None and named.kind in ("building", "landscape", "vehicle")
    if people and not (view and people.area < _SMALL):
        return _with_people(evidence, people)
    vehicles = {k: v for k, v in evidence.found.items() if k in _VEHICLES}
    if vehicles:
        best = max(vehicles.values(), key=lambda s: s.score + s.area)
        if best.area > _SMALL and (best.score > 0.62 or (named and named.kind == "vehicle")):
            return _with_vehicle(evidence, best, vehicles)
    if named and named.kind != "page":
        return _with_named(evidence, named)
    known = [s for s in evidence.found.values() if s.label not in _CLUTTER and s.score > 0.62]
    if known:
        best = max(known, key=lambda s: s.score)
        return (_seen_thing(evidence, best),), "with"
    return (), "with"


def _outweighs(people: Seen | None, animal: ObservedThing, found: dict[str, Seen]) -> bool:
    """Whether people rather than an animal are what the photo is about."""
    if people is None or people.score <= 0.6:
        return False
    seen_animal = found.get(animal.general or animal.noun)
    if seen_animal is None:
        return animal.certainty < 0.6
    return people.area > seen_animal.area


def _with_animal(evidence: _Evidence, animal: ObservedThing) -> Found:
    people, found = evidence.people, evidence.found
    if people and people.score > 0.62:
        return (animal, _person(people)), "with"
    own = found.get(animal.general or animal.noun)
    for label in _FURNITURE:
        if label in found and own and _rests_on(own.largest, found[label].largest):
            return (animal, ObservedThing(label, found[label].score)), "on"
    return (animal,), "with"


def _rests_on(upper: tuple[float, ...], lower: tuple[float, ...]) -> bool:
    area = (upper[2] - upper[0]) * (upper[3] - upper[1])
    return area > 0 and overlap(upper, lower) / area > 0.6 and upper[1] <= lower[3]


def _person(people: Seen) -> ObservedThing:
    return ObservedThing("person", people.score, len(people.boxes), kind="person")


def _with_people(evidence: _Evidence, people: Seen) -> Found:
    found, named = evidence.found, evidence.named
    main = replace(_person(people), dress=_dress(evidence, people))
    for label in (*_RIDDEN, *_BOARDS):
        if label in found and _rides(people.largest, found[label].largest):
            verb = "riding" if label in _RIDDEN else "on"
            return (main, ObservedThing(label, found[label].score, len(found[label].boxes))), verb
    if evidence.animal:
        return (main, evidence.animal), "with"
    others = [s for s in found.values() if s.label not in _CLUTTER and s.label != "person"]
    others = sorted((s for s in others if s.score > 0.6), key=lambda s: -s.area)
    things = [_seen_thing(evidence, s) for s in others[:2]]
    if things and things[0].noun == "dining table":
        return (main, ObservedThing("table", things[0].certainty)), "at"
    if named and named.kind == "clothing" and named.certainty > 0.5 and main.count == 1:
        return (replace(main, dress=None), ObservedThing(named.noun, named.certainty)), "wearing"
    shown = ("thing", "vehicle", "food", "building")
    if not things and named and named.certainty > 0.45 and named.kind in shown:
        things = [ObservedThing(named.noun, named.certainty)]
    return (main, *things), "with"


def _dress(evidence: _Evidence, people: Seen) -> str | None:
    """The colour of what one person wears, where it is plain to see."""
    left, top, right, bottom = people.largest
    if len(people.boxes) > 1 or evidence.layout.grey or people.area < 0.04:
        return None
    width, height = right - left, bottom - top
    torso = (left + 0.2 * width, top + 0.4 * height, right - 0.2 * width, top + 0.8 * height)
    colour = clear_colour(evidence.picture, torso, least=0.5)
    return colour if colour in STRONG else None


def _rides(person: tuple[float, ...], mount: tuple[float, ...]) -> bool:
    middle = (person[0] + person[2]) / 2
    higher = person[1] < mount[1] + 0.15 * (mount[3] - mount[1])
    return mount[0] < middle < mount[2] and higher and overlap(person, mount) > 0


def _with_vehicle(evidence: _Evidence, best: Seen, vehicles: dict[str, Seen]) -> Found:
    main = _seen_thing(evidence, best)
    others = [v for v in vehicles.values() if v != best and v.score > 0.6]
    things = [_seen_thing(evidence, v) for v in others[:1]]
    if evidence.people:
        things.append(_person(evidence.people))
    return (main, *things), "with"


def _with_named(evidence: _Evidence, named: Named) -> Found:
    pieces = [evidence.found[k] for k in (*_FURNITURE, "dining table") if k in evidence.found]
    if named.noun == "piece of furniture" and pieces:
        return (_seen_thing(evidence, max(pieces, key=lambda s: s.score)),), "with"
    general = named.group.noun if named.group and named.group.noun != named.noun else None
    main = ObservedThing(named.noun, named.certainty, general=general, kind=named.kind)
    if named.kind in ("building", "landscape", "vehicle") and evidence.people:
        return (main, _person(evidence.people)), "with"
    return (main, *_beside(named, evidence.found)), "with"


def _seen_thing(evidence: _Evidence, seen: Seen) -> ObservedThing:
    """A sighting in words; the classifier's word for it where that is more precise."""
    noun, general, named = _SAID.get(seen.label, seen.label), None, evidence.named
    if named and named.group and named.group.seen_as == seen.label and named.certainty > 0.5:
        noun, general = named.noun, noun if named.noun != noun else None
    colour = None
    single = len(seen.boxes) == 1 and seen.area > 0.01
    if seen.label in _COLOURED and single and not evidence.layout.grey:
        colour = clear_colour(evidence.picture, seen.largest)
        colour = None if colour in ("black", "white") and seen.label != "car" else colour
    kind = "vehicle" if seen.label in _VEHICLES else "thing"
    return ObservedThing(noun, seen.score, len(seen.boxes), colour, general, kind=kind)


def _beside(named: Named, found: dict[str, Seen]) -> list[ObservedThing]:
    """What else is worth a word beside the thing that the classifier named."""
    if named.kind in ("food", "room", "building", "landscape") or named.certainty < 0.4:
        return []
    worth = [
        s
        for s in found.values()
        if s.label not in _CLUTTER
        and s.score > 0.65
        and s.label.split()[-1] not in named.noun
        and not (named.group and named.group.seen_as == s.label)
    ]
    return [ObservedThing(_SAID.get(s.label, s.label), s.score, len(s.boxes)) for s in worth[:1]]


def _guess(evidence: _Evidence, probabilities: Array) -> tuple[ObservedThing, ...]:
    """What the photo may show, where neither network is sure."""
    likely = fusion.likely_kind(probabilities)
    if likely:
        return (likely,)
    best = max(evidence.found.values(), key=lambda s: s.score, default=None)
    return (ObservedThing(_SAID.get(best.label, best.label), 0.3),) if best else ()
