"""Flowers and plants, which the classifier mostly takes for something else."""

from . import fusion
from .evidence import Evidence
from .observation import ObservedThing
from .people import Found
from .tables import least, seeing


def plants(evidence: Evidence) -> Found | None:
    """Flowers or plants, where they are what a photo is about."""
    words, around = seeing()["plants"], evidence.around
    flower, plant = around.label("Flower"), around.label("Plant", "Houseplant")
    potted = (s.score for s in evidence.faint(("potted plant",), 0.3) if s.area > 0.2)
    green = around.area("plant", "tree", "grass") >= 0.1 or plant >= words["likely"]
    green = green or evidence.layout.backdrop is not None
    seen = max(potted, default=0.0) if green else 0.0
    covered = around.area("plant") >= words["surface"] and (seen > 0 or plant >= words["likely"])
    kind = fusion.masses(evidence.probabilities, "kind")["plant"]
    covered = covered or (around.area("plant") >= words["surface"] and kind >= words["named"])
    grown = kind >= 0.5 and plant >= words["likely"]
    grown = grown or flower >= words["flower"] or plant >= words["plant"] or seen >= words["seen"]
    if not (grown or covered) or _is_something_else(evidence):
        return None
    bloom = _colour(evidence)
    if flower >= words["flower"] or (bloom and flower > 0.2):
        main = ObservedThing("flowers", max(flower, 0.5), 1, bloom, kind="plant")
    else:
        noun = "trees" if around.area("tree") >= least("grown") and around.area("sky") else "plants"
        main = ObservedThing(noun, max(plant, seen, 0.5), kind="plant")
    vase = evidence.faint(("vase",), words["vase"]) if around.label("Vase") > 0.2 else ()
    return ((main, ObservedThing("vase", vase[0].score)), "in") if vase else ((main,), "with")


def _is_something_else(evidence: Evidence) -> bool:
    """Whether a photo shows something else among plants, or its plant has a word of its own."""
    words, named, animal = seeing()["plants"], evidence.named, evidence.animal
    known = animal and animal.kind == "creature" and animal.noun != "animal"
    if animal and known and animal.certainty > words["creature"]:
        return True  # insects sit on plants
    if named and named.certainty > 0.6 and named.kind not in words["mistaken"]:
        return True
    strongest = max(evidence.found.values(), key=lambda s: s.score, default=None)
    return bool(
        strongest and strongest.score > words["else"] and strongest.label not in words["allowed"]
    )


def _colour(evidence: Evidence) -> str | None:
    """The strongest colour that leaves do not have."""
    bright = {c: s for c, s in evidence.layout.palette.items() if c not in seeing()["dull"]}
    colour = max(bright, key=lambda c: bright[c], default=None)
    return colour if colour and bright[colour] > 0.1 else None
