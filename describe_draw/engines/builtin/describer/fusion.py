"""What the classifier and the detector together say that a photo shows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .boxes import Box, Sighting, area
from .counting import Number, number_of
from .observation import ObservedThing
from .runtime import Array
from .tables import Group, class_nouns, group_of, groups, least, seeing

PETS = ("cat", "dog")


@dataclass(frozen=True)
class Named:
    """The classifier's best word for the whole picture."""

    noun: str
    certainty: float
    kind: str
    group: Group | None

    @property
    def general(self) -> str | None:
        """The word for its group, where that is another."""
        return self.group.noun if self.group and self.group.noun != self.noun else None


@dataclass(frozen=True)
class Seen:
    """All sightings of one label."""

    label: str
    score: float
    boxes: tuple[Box, ...]

    @property
    def area(self) -> float:
        """The share of the picture that the largest covers."""
        return area(self.largest)

    @property
    def largest(self) -> Box:
        """The largest box."""
        return max(self.boxes, key=area)


def masses(probabilities: Array, by: str) -> dict[str, float]:
    """What the classifier gives to every noun or kind of its groups, or label of the detector's.

    Args:
        probabilities: of its classes.
        by: "noun", "kind" or "seen_as".
    """
    found: dict[str, float] = defaultdict(float)
    for group in groups():
        found[getattr(group, by)] += float(probabilities[list(group.classes)].sum())
    return found


def named(probabilities: Array) -> Named | None:
    """Finds the most precise word that is likely enough: class, group, or kind."""
    top = int(probabilities.argmax())
    likely = float(probabilities[top])
    own = group_of().get(top)
    precise = Named(class_nouns()[top], likely, own.kind if own else "thing", own)
    if likely >= least("specific"):
        return precise
    nouns = masses(probabilities, "noun")
    best = max(groups(), key=lambda g: nouns[g.noun])
    share = nouns[best.noun]
    if share >= least("group") or (share >= max(least("guess"), 0.8 * likely) and best != own):
        return Named(best.noun, share, best.kind, best)
    if likely >= least("guess"):
        return precise
    kinds, nouns = masses(probabilities, "kind"), seeing()["kinds"]
    kind = max(nouns, key=lambda kind: kinds[kind])
    return Named(nouns[kind], kinds[kind], kind, None) if kinds[kind] > 0.4 else None


def seen(
    sightings: Sequence[Sighting], probabilities: Array, labels: Mapping[str, float]
) -> dict[str, Seen]:
    """Gathers sightings by label, those that are sure enough.

    A label that the classifier or the labeler shares needs a lower score.
    """
    support = masses(probabilities, "seen_as")
    found: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        word = seeing()["witness"].get(sighting.label, sighting.label.capitalize())
        agreed = support.get(sighting.label, 0.0) > 0.15 or labels.get(word, 0.0) >= least("label")
        alone = "person" if sighting.label == "person" else "thing"
        if sighting.score >= least("agreed" if agreed else alone):
            found[sighting.label].append(sighting)
    return {
        label: Seen(label, max(s.score for s in many), tuple(s.box for s in many))
        for label, many in found.items()
    }


def animal(probabilities: Array, sightings: Sequence[Sighting]) -> ObservedThing | None:
    """The animal in the picture, if there is one, weighing both networks.

    All breeds of dog count together, all cats together. The detector knows ten animals only:
    its score counts for every group that it takes for the same animal, and the classifier
    decides among those. It tells cats from dogs better than the classifier does, though.
    """
    animals, shares = animal_groups(), masses(probabilities, "noun")
    scores = {s.label: s.score for s in reversed(sightings)}
    mass = sum(shares[g.noun] for g in animals)
    best = max(animals, key=lambda g: _weight(g, shares, scores, 0.6))
    heaviest = max(animals, key=lambda g: shares[g.noun])
    doubted = heaviest.noun not in PETS and shares[heaviest.noun] > least("others")
    if best.seen_as in PETS and not doubted:
        pets = [g for g in animals if g.seen_as in PETS]
        best = max(pets, key=lambda g: _weight(g, shares, scores, 1.5))
    if best.seen_as and shares[best.noun] < least("hardly_named"):
        best = next((g for g in animals if g.noun == best.seen_as), best)
    score = scores.get(best.seen_as or "", 0.0)
    giraffe = scores.get("giraffe", 0.0)
    if giraffe > max(0.6, score) and (shares[best.noun] < 0.5 or giraffe > least("giraffe")):
        number = _count(sightings, "giraffe")  # the classifier does not know it
        return ObservedThing("giraffe", giraffe, number.count, kind="animal", more=number.more)
    alone = least("pet_alone") if best.seen_as in PETS else least("animal_alone")
    herd = sum(s.label == best.seen_as and s.score >= least("one_of_several") for s in sightings)
    unsure = shares[best.noun] < 0.15 and score < alone and herd < least("many")
    if unsure or shares[best.noun] + score < 0.4:
        return ObservedThing("animal", mass, kind="creature") if mass > 0.6 else None
    on_foot = best.seen_as not in (None, "bird")
    kind = "animal" if on_foot else "creature"
    certainty = 1 - (1 - shares[best.noun]) * (1 - score)
    unheard = best.seen_as not in (None, "bird", *PETS) and shares[best.noun] < least("group")
    own = best.noun == best.seen_as and shares[best.noun] >= least("guess")
    both = own and score >= least("with")
    unheard = unheard and not both and score < least("animal_sure") and herd < least("many")
    if unheard or (doubted and heaviest.seen_as != best.seen_as):
        return ObservedThing("animal", certainty, kind="creature")
    number, noun = _count(sightings, best.seen_as), best.noun
    top = max(best.classes, key=lambda i: probabilities[i])
    if probabilities[top] >= least("specific") and number.count == 1:  # many may be of many breeds
        noun = class_nouns()[top]
    general = best.noun if noun != best.noun else None
    return ObservedThing(
        noun, certainty, number.count, general=general, kind=kind, more=number.more
    )


def _weight(
    group: Group, shares: dict[str, float], scores: dict[str, float], trust: float
) -> float:
    """How much both networks speak for a group of animals."""
    if group.seen_as is None:
        return shares[group.noun]
    trust = trust if shares[group.noun] > least("shared") else min(trust, 0.6)
    return shares[group.noun] + trust * scores.get(group.seen_as, 0.0)


def _count(sightings: Sequence[Sighting], label: str | None) -> Number:
    """How many animals were seen; of those that the detector has no word for, as any."""
    wanted = {label} if label else {group.seen_as for group in animal_groups()}
    return number_of([s for s in sightings if s.label in wanted], "animals")


def stands_out(probabilities: Array) -> bool:
    """Whether one group is several times as likely as any other."""
    second, first = sorted(masses(probabilities, "noun").values())[-2:]
    return first >= 4 * second


def animal_groups() -> list[Group]:
    """The classifier's groups of animals."""
    return [group for group in groups() if group.kind == "animal"]
