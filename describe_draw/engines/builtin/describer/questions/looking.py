"""What was seen of something that is asked about: how many, where, in which colours."""

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from ..boxes import Box, Sighting, distinct, likeness
from ..colours import colour_indices, shares
from ..layout import Layout, read_layout
from ..observation import MANY, SURE, Observation, ObservedThing
from ..tables import labels, least
from .kinship import closure
from .question import MAIN, Subject, table
from .tints import Tints, main_colours

PHOTOS = ("photo", "black and white photo")
_ONE = 0.6  # how far two boxes of one thing overlap
_DARK = 70  # of 255


@dataclass(frozen=True)
class Found:
    """All of one kind that was found.

    Attributes:
        noun: what it is called.
        count: how many there are.
        sighted: those of them that have a place.
        doubt: whether it may be something else.
        more: whether there may be more of them.
        dress: the colour that a person wears.
    """

    noun: str
    count: int
    sighted: tuple[Sighting, ...] = ()
    doubt: bool = False
    more: bool = False
    dress: str | None = None

    @property
    def largest(self) -> Sighting | None:
        """The one that covers most."""
        return max(self.sighted, key=lambda s: s.area, default=None)


class Look(Tints):
    """A picture, and what was seen in it."""

    def __init__(self, seen: Observation, picture: Image.Image) -> None:
        """Has looked at both."""
        super().__init__(picture)
        self.seen = seen
        self._layout: Layout | None = None

    @property
    def layout(self) -> Layout:
        """How its colours are arranged."""
        if self._layout is None:
            self._layout = read_layout(self._picture)
        return self._layout

    @property
    def is_dark(self) -> bool:
        """Whether a picture taken outdoors has a dark sky, or is dark all over."""
        top = self._picture.convert("L").resize((8, 8), Image.Resampling.BOX)
        return self.layout.dark or float(np.asarray(top)[:3].mean()) < _DARK

    @property
    def is_drawn(self) -> bool:
        """Whether it is one of the drawings that are known by heart."""
        return self.seen.medium == "illustration"

    def found(self, subject: Subject) -> tuple[Found, ...]:
        """What was found of something, each kind of it once, and of its colour."""
        if subject.noun == MAIN:
            return self.all_found()[:1]
        of_it = (f for f in self.all_found() if subject.noun in closure(f.noun))
        if subject.colour is None:
            return tuple(of_it)
        return tuple(f for one in of_it if (f := self._coloured(one, subject.colour)))

    def near(self, subject: Subject) -> tuple[Found, ...]:
        """What may be just that: a bird, where a robin is asked for."""
        wanted = closure(subject.noun or "") - {subject.noun}
        return tuple(f for f in self.all_found() if wanted & {f.noun.lower(), *_same(f.noun)})

    def all_found(self) -> tuple[Found, ...]:
        """Everything that was found, the main things first."""
        things, left = [], _apart(self.seen.sighted)
        for thing in self.seen.things:
            own = [s for s in left if self._is_of(thing, s)]
            left = [s for s in left if s not in own]
            things.append(self._main(thing, own))
        others: dict[str, list[Sighting]] = defaultdict(list)
        for sighted in left:
            others[sighted.label].append(sighted)
        return (*things, *(self._other(noun, many) for noun, many in others.items()))

    def maybe(self, subject: Subject) -> tuple[Found, ...]:
        """What may be there of something, too faint to be told of."""
        faint: dict[str, list[Sighting]] = defaultdict(list)
        for sighted in self.seen.glimpsed:
            if subject.noun in closure(sighted.label):
                faint[sighted.label].append(sighted)
        if faint:
            return tuple(Found(noun, len(many), tuple(many)) for noun, many in faint.items())
        likely = (
            label.lower()
            for label, certainty in self.seen.labels.items()
            if certainty >= least("labelled") and subject.noun in closure(label)
        )
        return tuple(Found(noun, 1) for noun in list(likely)[:1])

    def surface(self, noun: str | None) -> float:
        """The share that a surface has of the picture; 0 where it is not known to be one."""
        names = table()["surfaces"].get(noun, ())
        return sum(self.seen.areas.get(name, 0.0) for name in names)

    def has_surface(self, noun: str | None) -> bool:
        """Whether a surface is surely there."""
        return self.surface(noun) >= least("surface") or self.is_said(noun)

    def may_have_surface(self, noun: str | None) -> bool:
        """Whether a surface may be there."""
        return self.surface(noun) >= least("some_surface")

    def is_said(self, noun: str | None) -> bool:
        """Whether the caption's words for the whole say or imply it."""
        seen = self.seen
        said = " ".join(filter(None, (seen.whole, seen.setting, *seen.scenery)))
        words = set().union(*(closure(word) for word in said.split())) if said else set()
        implied = (
            thing
            for words_said, things in table()["implied"].items()
            if f" {words_said} " in f" {said} "
            for thing in things
        )
        return noun in words or any(noun in closure(thing) for thing in implied)

    def colours_of_surface(self, noun: str | None) -> tuple[str, ...]:
        """The main colours of a surface, none where it has no place."""
        at = self._cells(noun)
        if at is None or not at.any():
            return ()
        small = self._picture.resize(at.shape[::-1], Image.Resampling.BOX)
        return main_colours(shares(colour_indices(np.asarray(small)[at])))

    def place_of_surface(self, noun: str | None) -> Sighting | None:
        """Where a surface is, by the box that most of it is in."""
        at = self._cells(noun)
        if at is None or not at.any():
            return None
        down, across = ((np.nonzero(at)[i] + 0.5) / at.shape[i] for i in (0, 1))
        left, right = map(float, np.percentile(across, (5, 95)))
        top, bottom = map(float, np.percentile(down, (5, 95)))
        return Sighting(noun or "", 1.0, (left, top, right, bottom))

    def surfaces_at(self, box: Box) -> list[str]:
        """Which surfaces fill a part of the picture, the largest first."""
        if self.seen.surfaces is None:
            return []
        height, width = self.seen.surfaces.shape
        left, right = int(box[0] * width), max(int(box[2] * width), int(box[0] * width) + 1)
        top, bottom = int(box[1] * height), max(int(box[3] * height), int(box[1] * height) + 1)
        counts = np.bincount(self.seen.surfaces[top:bottom, left:right].ravel())
        largest = [i for i in np.argsort(-counts) if counts[i] > least("wide") * counts.sum()]
        names = [labels("segmenter")[i] for i in largest]
        return [name for name in names if name in table()["surfaces"] and self.has_surface(name)]

    def _cells(self, noun: str | None) -> np.ndarray | None:
        if self.seen.surfaces is None:
            return None
        names = table()["surfaces"].get(noun, ())
        return np.isin(self.seen.surfaces, [labels("segmenter").index(name) for name in names])

    def _main(self, thing: ObservedThing, own: list[Sighting]) -> Found:
        faint = [s for s in self.seen.glimpsed if self._is_of(thing, s)]
        own = own or faint[: thing.count]
        sure = thing.certainty >= SURE
        more = thing.more or (bool(faint) and thing.count > 1)
        return Found(thing.noun, thing.count, tuple(own), not sure, more, thing.dress)

    def _other(self, noun: str, many: list[Sighting]) -> Found:
        more = len(many) > 1 and any(s.label == noun for s in self.seen.glimpsed)
        return Found(noun, min(len(many), MANY), tuple(many), more=more)

    def _is_of(self, thing: ObservedThing, sighted: Sighting) -> bool:
        """Whether a sighting is one of the main thing, by the same word or another."""
        if sighted.label in closure(thing.noun) or sighted.label == thing.general:
            return True
        kinds = {"animal", "vehicle"} & closure(thing.noun) & closure(sighted.label)
        own = any(s.label in closure(thing.noun) for s in self.seen.sighted)
        return bool(kinds) and not own and sighted.area >= least("again")

    def _coloured(self, found: Found, colour: str) -> Found | None:
        own = tuple(s for s in found.sighted if colour in self.colours_of(s))
        return replace(found, count=len(own), sighted=own) if own else None


def _same(noun: str) -> frozenset[str]:
    """The plain words of a noun that are no kind of many things."""
    return closure(noun) - set(table()["kinds"])


def _apart(sighted: tuple[Sighting, ...]) -> list[Sighting]:
    """Sightings of which none is at the same place as a surer one of another name."""
    return distinct(
        sorted(sighted, key=lambda s: -s.score),
        lambda one, other: one.label != other.label and likeness(one.box, other.box) > _ONE,
    )
