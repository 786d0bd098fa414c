"""All that is known of a photo before it is decided what it shows."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image

from . import fusion
from .boxes import Box, Sighting, area
from .colours import clear_colour
from .counting import Number, number_of
from .fusion import Named, Seen
from .layout import Layout
from .observation import ObservedThing
from .runtime import Array
from .surroundings import Surroundings
from .tables import class_nouns, least, seeing


@dataclass(frozen=True)
class Evidence:
    """What the networks and the layout say of a photo.

    Attributes:
        picture: the photo, RGB.
        layout: its colours' arrangement.
        around: surfaces, and words for the whole.
        probabilities: the classifier's.
        sightings: the detector's, faint ones too.
        found: those that are sure enough, by label.
        named: the classifier's best word.
        animal: the animal that it shows, if any.
    """

    picture: Image.Image
    layout: Layout
    around: Surroundings
    probabilities: Array
    sightings: Sequence[Sighting]
    found: dict[str, Seen]
    named: Named | None
    animal: ObservedThing | None

    @property
    def people(self) -> Seen | None:
        """The people in it."""
        return self.found.get("person")

    def score(self, label: str) -> float:
        """The detector's best score for a label, however faint."""
        return max((s.score for s in self.sightings if s.label == label), default=0.0)

    def faint(self, labels: Sequence[str], score: float) -> list[Sighting]:
        """Sightings of some labels down to a score."""
        return [s for s in self.sightings if s.label in labels and s.score >= score]

    def is_named(self, nouns: Sequence[str], share: float = 0.15) -> bool:
        """Whether the classifier gives any of its own nouns such a share."""
        return sum(map(self.share, set(nouns))) >= share

    def share(self, noun: str) -> float:
        """The classifier's probability of its own nouns that are so called."""
        known = enumerate(class_nouns())
        return sum(float(self.probabilities[i]) for i, own in known if own == noun)

    def is_indoors(self) -> bool:
        """Whether most surfaces are a room's, and no sky is among them."""
        surfaces = seeing()["surfaces"]
        sure = self.around.area(*surfaces["sure_indoor"]) > surfaces["sure_share"]
        inside = sure and self.around.area(*surfaces["indoor"]) > 0.5
        room = max(self.rooms().values()) >= least("room")
        return (room or inside) and self.around.area("sky") < 0.08

    def rooms(self) -> dict[str, float]:
        """How likely it shows each room."""
        words = self.around.words
        likely = {room["noun"]: words.get(room["noun"], 0.0) for room in seeing()["rooms"]}
        return likely | {r["noun"]: 0.0 for r in seeing()["rooms"] if self._is_denied(r, likely)}

    def _is_denied(self, room: Mapping[str, Any], likely: Mapping[str, float]) -> bool:
        """Whether a room has what it never has, or lacks what it needs."""
        needs, doubted = room.get("needs", ()), likely[room["noun"]] < least("bare_room")
        bare = needs and not self.faint(needs, 0.0) and self.around.area(room["surface"]) < 0.03
        return bool((bare and doubted) or self.faint(room.get("never", ()), least("thing")))

    def is_outdoors(self) -> bool:
        """Whether most surfaces are found outside, and it isn't about food."""
        return self.around.area(*seeing()["surfaces"]["outdoor"]) > 0.5 and not self.is_served()

    def is_off_street(self) -> bool:
        """Whether words speak of sand, snow or a court, which look like streets."""
        off = seeing()["off_street"]
        likely = any(self.around.words.get(w, 0.0) >= sure for w, sure in off["words"].items())
        likely = likely or bool(self.faint(off["seen"], least("beside_named")))
        return likely or any(self.is_named(nouns, off["least"]) for nouns in off["named"])

    def has_rival(self) -> bool:
        """Whether the classifier is sure of something else than a view."""
        named = self.named
        other = named if named and named.kind not in seeing()["view_kinds"] else None
        return other is not None and other.certainty > least("rival")

    def is_served(self) -> bool:
        """Whether it may be about food: on tables there are surfaces like streets."""
        return fusion.masses(self.probabilities, "kind")["food"] >= least("served")


def same_again(animal: ObservedThing, found: dict[str, Seen], probabilities: Array) -> list[str]:
    """Labels by which the detector calls the animal that has another name.

    It has no word for most, and takes them for others; a second animal is one that it is sure of
    and that the classifier gives a share to.
    """
    groups = {group.noun: group.seen_as for group in fusion.animal_groups()}
    own = groups.get(animal.general or animal.noun, animal.general or animal.noun)
    masses, sure = fusion.masses(probabilities, "seen_as"), least("another_animal")
    others = [s for s in found.values() if s.label in groups.values() and s.label != own]
    again = (s for s in others if own is None or s.score < sure or masses[s.label] < 0.05)
    return [seen.label for seen in again]


def name_of(evidence: Evidence, label: str) -> str:
    """What is said for the detector's label; the labeler's word where that is more precise."""
    if label == "tv" and evidence.is_named(seeing()["desks"], 0.3):
        return "computer screen"
    for word, noun in seeing()["better"].get(label, {}).items():
        if evidence.around.label(word) >= 0.7:
            return str(noun)
    return str(seeing()["said"].get(label, label))


def how_many(evidence: Evidence, seen: Seen) -> Number:
    """How many there are."""
    known = evidence.faint((seen.label,), 0.0)
    if seen.label != "person":
        return number_of(known, "furniture" if seen.label in seeing()["furniture"] else "things")
    number = number_of(known, "people")
    faces = sum(face.area >= seeing()["faces"]["area"] for face in evidence.around.faces)
    pair = faces > 1 and number.count == 1 and not evidence.animal  # its face may look like ours
    return Number(2) if pair else number


def seen_thing(evidence: Evidence, seen: Seen) -> ObservedThing:
    """A sighting in words; the classifier's word for it where that is more precise."""
    noun, general, named = name_of(evidence, seen.label), None, evidence.named
    if named and named.group:
        same, vehicle = named.group.seen_as == seen.label, named.group.kind == "vehicle"
        narrow = named.noun not in seeing()["wider"]
        if same and narrow and named.certainty > 0.6:
            noun, general = named.noun, noun if named.noun != noun else None
        elif vehicle and seen.label in seeing()["wheeled"] and _is_mistaken(evidence, seen, named):
            noun, general = named.noun, named.group.noun
    single, number = len(seen.boxes) == 1, how_many(evidence, seen)
    return ObservedThing(
        noun,
        seen.score,
        number.count,
        colour_of(evidence, seen.label, seen.largest) if single else None,
        general,
        more=number.more,
        kind="vehicle" if seen.label in seeing()["vehicles"] else "thing",
    )


def _is_mistaken(evidence: Evidence, seen: Seen, named: Named) -> bool:
    """Whether the classifier knows a vehicle that the detector hasn't found."""
    own, sure = named.group and named.group.seen_as, seen.score >= least("sure_vehicle")
    if sure and seen.label == "bus" and own is not None:
        return False  # else it would have found that
    enough = least("certain") if sure and own is None else 0.35
    return own not in evidence.found and named.certainty > enough


def colour_of(evidence: Evidence, label: str, box: Box) -> str | None:
    """The colour of what is in a box, where it is clear and not the background's."""
    if label not in seeing()["coloured"] or evidence.layout.grey or area(box) < 0.01:
        return None
    thin = label in seeing()["thin"]
    colour = clear_colour(evidence.picture, box, least=least("thin" if thin else "coloured"))
    dull = ("turquoise",) if label == "car" else ("black", "white", "turquoise")
    common = evidence.layout.palette.get(colour or "", 0.0)
    around = common > (0.3 if thin else 0.9) * area(box) + 0.1
    return None if colour in dull or around else colour


def _is_witnessed(evidence: Evidence, seen: Seen) -> bool:
    """Whether the detector is very sure of it, or less so and not alone."""
    mass = fusion.masses(evidence.probabilities, "seen_as")[seen.label]
    if mass > 0.3:
        return seen.score >= least("agreed")
    word = seeing()["witness"].get(seen.label, seen.label.capitalize())
    agreed = mass > 0.05 or evidence.around.label(word) >= 0.3
    if not agreed and seen.label in seeing()["never_unheard"]["labels"]:
        return False
    return seen.score >= least("alone" if agreed else "unheard")


def witnessed(evidence: Evidence, score: float = 0.0, but: Container[str] = ()) -> list[Seen]:
    """What the detector is sure of in this way, from a score, but for some labels."""
    others = (s for s in evidence.found.values() if s.score > score and s.label not in but)
    return [s for s in others if _is_witnessed(evidence, s)]


def unworthy() -> set[str]:
    """Labels of things too small to be what a photo is about."""
    return set(seeing()["small"])


def is_borne_out(evidence: Evidence, named: Named) -> bool:
    """Whether surfaces or labels speak for the classifier's word, where it needs that."""
    if named.kind == "animal" or (named.kind == "building" and evidence.is_indoors()):
        return False  # else it would have been seen as one
    if evidence.around.label(named.noun.capitalize()) > 0.3:
        return True
    if named.group and named.group.noun in ("boat", "coast", "pier"):
        return evidence.around.area("sea", "water") > (0.1 if named.kind == "landscape" else 0.02)
    wanted = seeing()["support"].get(named.kind)
    if wanted is None:
        general = named.noun in (*seeing()["wider"], named.group and named.group.noun)
        enough = "general" if general else "certain" if named.kind == "thing" else "witnessed"
        out = named.kind not in ("thing", named.noun) and fusion.stands_out(evidence.probabilities)
        return out or named.certainty >= least(enough)
    return (
        evidence.around.area(*wanted["surfaces"]) >= wanted["share"]
        or evidence.around.label(*wanted["labels"]) >= 0.4
        or bool(evidence.faint(wanted.get("seen", ()), least("agreed")))
    )
