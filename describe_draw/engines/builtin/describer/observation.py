"""What was seen in a picture, before it is put into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from .boxes import Sighting
from .lettering import NOTHING, Lettering

SURE = 0.45


@dataclass(frozen=True)
class ObservedThing:
    """Something that a picture is said to show.

    Attributes:
        noun: its name in the singular, without an article ("tabby cat").
        certainty: 0 to 1.
        count: how many there are; `MANY` or more where only that there are many is known.
        colour: its colour, where that is clear.
        general: a more general word for it ("cat").
        dress: the colour that a person wears, where that is clear.
        kind: what sort of thing it is: "animal" (on foot), "creature" (that flies, swims,
            climbs or crawls), "person", "vehicle", "building", ….
        doing: what people do ("playing tennis").
        look: how people look ("smiling").
        more: whether there may be more than `count`: then only that there are several is told.
    """

    noun: str
    certainty: float = 1.0
    count: int = 1
    colour: str | None = None
    general: str | None = None
    dress: str | None = None
    kind: str = "thing"
    doing: str | None = None
    look: str | None = None
    more: bool = False


MANY = 7


@dataclass(frozen=True)
class Observation:
    """A picture's content: what is said of it, and what that is taken from.

    Captions are made of the first seven. Whoever asks something else about the picture (how many,
    is there, what colour, where) finds the rest.

    Attributes:
        medium: "photo", "black and white photo", "illustration", "painting", "chart", ….
        things: what it is said to show, the main thing first.
        relation: how the others belong to the main thing ("with", "riding", "on", …).
        whole: what the picture shows as a whole where no thing stands out
            ("a calm sea under a blue sky"), with its article.
        setting: where it is ("on green grass").
        light: the time or the weather ("at night").
        colours: its main colours, the largest first.
        scenery: surroundings that are worth a word ("trees", "mountains"), the farthest first.
        sighted: everything that was found at a place, the surest first, the main things too.
        glimpsed: what may be there besides, too faint to be told of.
        areas: every surface's share of a photo ("sky", "grass", "wall", …), the largest first.
        labels: words for what a photo shows as a whole, each with its probability.
        surfaces: which surface is where, by its number in the segmenter's labels, on a small map.
        lettering: what is written in it, where somebody asked for that.
        style: how an illustration is drawn ("watercolor painting"), where that is clear.
    """

    medium: str
    things: tuple[ObservedThing, ...] = ()
    relation: str = "with"
    whole: str | None = None
    setting: str | None = None
    light: str | None = None
    colours: tuple[str, ...] = field(default=())
    scenery: tuple[str, ...] = ()
    sighted: tuple[Sighting, ...] = ()
    glimpsed: tuple[Sighting, ...] = ()
    areas: Mapping[str, float] = field(default_factory=dict)
    labels: Mapping[str, float] = field(default_factory=dict)
    surfaces: npt.NDArray[np.uint8] | None = field(default=None, compare=False)
    lettering: Lettering = NOTHING
    style: str = ""

    @property
    def kind(self) -> str:
        """What it is called: its medium, or how it is drawn."""
        return self.style or self.medium
