"""Puts together what the networks say of a photo, without what contradicts itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PIL import Image

from . import fusion
from .boxes import Sighting
from .evidence import Evidence, same_again
from .fusion import Seen
from .layout import Layout
from .runtime import Array
from .surroundings import Surroundings
from .tables import least, seeing


def gather(
    picture: Image.Image,
    layout: Layout,
    around: Surroundings,
    probabilities: Array,
    sightings: Sequence[Sighting],
) -> Evidence:
    """All that the networks and the layout say of a photo."""
    found = fusion.seen(sightings, probabilities, around.labels)
    wet = around.area("sea", "water")
    if "boat" in found and wet < 0.03 and found["boat"].score < 0.7:
        del found["boat"]
    if "bed" in found and around.area("bed", "floor", "wall") < 0.15:
        del found["bed"]
    animal = fusion.animal(probabilities, sightings, around.words.get("riding a horse", 0.0))
    if animal and _is_stuffed(found, sightings):
        animal = None
    if animal and animal.certainty > 0.6:
        for label in same_again(animal, found, probabilities):
            del found[label]
    named, vague = fusion.named(probabilities), seeing()["dishes"]["vague"]
    if named and named.general and named.general in vague:
        heard = around.label(named.noun.capitalize()) >= 0.3 or named.noun in found
        if not heard and named.certainty < least("narrow"):
            group = fusion.masses(probabilities, "noun").get(named.general, 0.0)
            named = replace(named, noun=named.general if group >= least("fruit") else "food")
    return Evidence(picture, layout, around, probabilities, sightings, found, named, animal)


def _is_stuffed(found: Mapping[str, Seen], sightings: Sequence[Sighting]) -> bool:
    """Whether the classifier's animal is a toy: the detector sees that, and no animal at all."""
    toy = found.get("teddy bear")
    beasts = {group.seen_as for group in fusion.animal_groups()}
    sure = toy is not None and toy.score >= least("toy")
    return sure and not any(s.label in beasts for s in sightings)
