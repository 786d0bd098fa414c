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


def animal(
    probabilities: Array, sightings: Sequence[Sighting], ridden: float = 0.0
) -> ObservedThing | None:
    """The animal in the picture, if there is one, weighing both networks.

    All breeds of dog count together, all cats together. The detector knows ten animals only:
    its score counts for every group that it takes for the same animal, and the classifier
    decides among those. It tells cats from dogs better than the classifier does, though.

    Args:
        probabilities: the classifier's.
        sightings: the detector's.
        ridden: how likely somebody rides a horse.
    """
    shares = masses(probabilities, "noun")
    scores = {s.label: s.score for s in reversed(sightings)}
    best = _likeliest(shares, scores, is_breed=probabilities.max() >= least("specific"))
    share, score = shares[best.noun], scores.get(best.seen_as or "", 0.0)
    pets = sum(shares[pet] for pet in PETS)
    if best.noun in PETS and score >= least("one_pet"):
        share = pets  # it is one, and the detector knows which
    elif best.noun == best.seen_as and score >= least("no_pet") and scores.keys().isdisjoint(PETS):
        share += pets  # they are what the classifier takes this for
    giraffe = scores.get("giraffe", 0.0)
    if giraffe > max(0.6, score) and (share < 0.5 or giraffe > least("giraffe")):
        number = _count(sightings, "giraffe")  # the classifier does not know it
        return ObservedThing("giraffe", giraffe, number.count, kind="animal", more=number.more)
    alone = least("pet_alone") if best.seen_as in PETS else least("animal_alone")
    herd = sum(s.label == best.seen_as and s.score >= least("one_of_several") for s in sightings)
    unsure = share < 0.15 and score < alone and herd < least("many")
    if unsure or share + score < 0.4:
        mass = sum(shares[g.noun] for g in animal_groups())
        return ObservedThing("animal", mass, kind="creature") if mass > 0.6 else None
    certainty = 1 - (1 - share) * (1 - score)
    horse = best.seen_as == "horse" and ridden >= least("ridden") and score >= least("with")
    heard = horse or herd >= least("many") or _is_heard(best, share, score)
    if not heard or _is_overruled(best, shares, score, 0.6 if horse else 0.0):
        return ObservedThing("animal", certainty, kind="creature")
    number, noun = _count(sightings, best.seen_as), best.noun
    top = max(best.classes, key=lambda i: probabilities[i])
    if probabilities[top] >= least("specific") and number.count == 1:  # many may be of many breeds
        noun = class_nouns()[top]
    general = best.noun if noun != best.noun else None
    kind = "animal" if best.seen_as not in (None, "bird") else "creature"
    return ObservedThing(
        noun, certainty, number.count, general=general, kind=kind, more=number.more
    )


def _likeliest(shares: dict[str, float], scores: dict[str, float], *, is_breed: bool) -> Group:
    """The group of animals that both networks speak for, or the one of the detector's own word.

    Args:
        shares: the classifier's.
        scores: the detector's.
        is_breed: whether the classifier is sure of one breed.
    """
    animals = animal_groups()
    best = max(animals, key=lambda g: _weight(g, shares, scores, 0.6))
    if best.seen_as in PETS and _rival(shares) is None:
        pets = [g for g in animals if g.seen_as in PETS]
        best = max(pets, key=lambda g: _weight(g, shares, scores, 1.5))
        other = next(g for g in pets if g.noun in PETS and g.seen_as != best.seen_as)
        seen = scores.get(str(other.seen_as), 0.0)
        more = seen - scores.get(str(best.seen_as), 0.0) > least("seen_more")
        best = other if more and seen >= least("other_pet") and not is_breed else best
    if best.seen_as in PETS and best.seen_as not in scores:
        beasts = [g for g in animals if g.seen_as not in PETS]
        other = max(beasts, key=lambda g: scores.get(g.seen_as or "", 0.0))
        best = other if scores.get(other.seen_as or "", 0.0) >= least("no_pet") else best
    if best.seen_as and shares[best.noun] < least("hardly_named"):
        best = next((g for g in animals if g.noun == best.seen_as), best)
    return best


def _rival(shares: dict[str, float]) -> Group | None:
    """The classifier's likeliest animal, where it is another than a pet that is seen."""
    heaviest = max(animal_groups(), key=lambda g: shares[g.noun])
    doubts = heaviest.noun not in PETS and shares[heaviest.noun] > least("others")
    return heaviest if doubts else None


def _is_heard(best: Group, share: float, score: float) -> bool:
    """Whether the classifier knows it too, or the detector is very sure or doesn't know it."""
    if best.seen_as in (None, "bird", *PETS) or share >= least("group"):
        return True
    both = (share >= least("guess") and score >= least("with")) or (
        share >= least("hardly_named") and score >= least("animal_alone")
    )
    return score >= least("animal_sure") or (both and best.noun == best.seen_as)


def _is_overruled(best: Group, shares: dict[str, float], score: float, trust: float) -> bool:
    """Whether the classifier is surer of another animal, for which the detector has no word.

    Args:
        best: what both speak for.
        shares: the classifier's.
        score: the detector's.
        trust: up to which share of the other it is `best` all the same.
    """
    rival = _rival(shares)
    if rival is None or rival.seen_as == best.seen_as:
        return False
    return shares[rival.noun] >= max(trust, score - least("overrules"))


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
