"""Flowers and plants, which the classifier mostly takes for something else."""

from .evidence import Evidence
from .observation import ObservedThing
from .people import Found
from .tables import seeing

_VASES = ("vase", "flowerpot")
_GREEN = ("green", "olive", "black", "white", "grey", "brown", "beige")


def plants(evidence: Evidence) -> Found | None:
    """Flowers or plants, where they are what a photo is about."""
    words, around = seeing()["plants"], evidence.around
    grown = max(
        (s.score for s in evidence.faint(("potted plant",), 0.3) if s.area > 0.2), default=0
    )
    flower, plant = around.label("Flower"), around.label("Plant", "Houseplant")
    surface = around.area("plant")
    strongest = max(evidence.found.values(), key=lambda s: s.score, default=None)
    if strongest and strongest.score > words["else"] and strongest.label not in words["allowed"]:
        return None
    named = evidence.named
    if named and named.kind == "plant" and named.certainty > 0.6:
        return None  # the classifier's own word is as good
    if flower < words["flower"] and plant < words["plant"] and (
        surface < words["surface"] or grown < 0.3
    ) and grown < words["seen"]:  # fmt: skip
        return None
    if named and named.certainty > 0.6 and named.kind not in words["mistaken"]:
        return None
    bloom = _colour(evidence)
    if flower >= words["flower"] or (bloom and flower > 0.2):
        main = ObservedThing("flowers", max(flower, 0.5), 1, bloom, kind="plant")
    else:
        main = ObservedThing("plants", max(plant, grown, 0.5), kind="plant")
    vase = evidence.faint(("vase",), 0.5)
    if vase:
        return (main, ObservedThing("vase", vase[0].score)), "in"
    return (main,), "with"


def _colour(evidence: Evidence) -> str | None:
    """The strongest colour that leaves do not have."""
    bright = {c: s for c, s in evidence.layout.palette.items() if c not in (*_GREEN, "blue")}
    colour = max(bright, key=lambda c: bright[c], default=None)
    return colour if colour and bright[colour] > 0.1 else None
