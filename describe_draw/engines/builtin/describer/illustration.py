"""Reads the drawings of the built-in illustrator: objects, counts, setting, time of day, style."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from PIL import Image

from ..tables import DATA
from .boxes import Box, Sighting, likeness
from .colours import STRONG, Colouring, colours_in
from .networks import FINE_CELLS, PART_CELLS, View
from .observation import Observation, ObservedThing
from .runtime import Array, sigmoid, softmax
from .tables import least

_APART, _CROWDED = 2, 1  # cells that two of a kind are apart, and aside where there are several
_MOST, _NAMED = 6, 3
_ALIKE = 3  # names that make their kind likely together
_MAIN, _WIDTH, _HEIGHT = -3, -2, -1  # what a place answers besides the names
_LOOKED_AT = 3  # things that are looked at again, closer

Place = tuple[int, int]
"""Row and column of the map."""
Look = Callable[[Image.Image, int], Array]
"""The features at each place of a picture, and on how many a side."""


@dataclass(frozen=True)
class _Found:
    """What may be there, and the places where it shows, the likeliest first.

    Attributes:
        noun: its name, or the word for its kind.
        certainty: 0 to 1.
        index: the name that is likeliest.
        places: where it shows.
        box: what is around the first of these.
        main: how likely the picture is about it, 0 to 1.
    """

    noun: str
    certainty: float
    index: int
    places: list[Place]
    box: Box
    main: float

    @property
    def weight(self) -> float:
        """How surely the picture is about it."""
        return self.certainty * self.main


class IllustrationReader:
    """The layers on the classifier's features that know the illustrator's drawings."""

    def __init__(self) -> None:
        """Reads the layers' weights, and the words they stand for."""
        with np.load(DATA / "illustration_head.npz") as head:
            self._straight, self._bias = head["W"] * head["s"][:, None], head["b"]
            self._first, self._first_bias = head["A"].astype(np.float32), head["a"]
            self._second = head["V"].astype(np.float32)
            self._scenes, self._scene_bias = head["Ws"].astype(np.float32), head["bs"]
            self._names = [str(name) for name in head["names"]]
            self._kinds = [str(kinds).split(", ") for kinds in head["kinds"]]
            self._wider = {str(word): str(wide) for word, wide in head["SW"]}
            self._natural = [str(colours).split() for colours in head["colours"]]
            self._words = [[str(word) for word in head[key]] for key in ("SC", "TD", "MD")]
        with np.load(DATA / "illustration_switch.npz") as switch:
            self._switch = switch["W"][0].astype(np.float32)
            self._switch_bias = float(switch["b"][0])

    def may_be(self, whole: View) -> float:
        """How much the whole of a picture looks like a drawing: log odds, 0 for even."""
        return float(self._switch @ whole.features) + self._switch_bias

    def read(self, picture: Image.Image, look: Look) -> Observation:
        """Works out what a drawing shows.

        Args:
            picture: the drawing, RGB.
            look: tells its features.
        """
        fine = look(picture, FINE_CELLS)
        answers = self._answers(fine)
        found = self._found(sigmoid(answers[:_MAIN]), answers)
        found.sort(key=lambda one: -one.weight)
        for n, one in enumerate(found[:_LOOKED_AT]):
            if one.certainty >= least("guessed") and one.main >= least("about"):
                found[n] = self._looked_at(picture, one, answers, look)
        said = _told(found, self._names, self._kinds)
        scores = np.split(
            self._scenes @ fine.mean((1, 2)) + self._scene_bias,
            np.cumsum([len(words) for words in self._words[:-1]]),
        )
        setting, light, style = (
            _clear(one, words, self._wider) for one, words in zip(scores, self._words, strict=True)
        )
        tinted = bool(light or (style and style != self._words[-1][0]))
        colour_in = colours_in(picture)
        return Observation(
            medium="illustration",
            style=style or "",
            things=tuple(self._thing(one, None if tinted else colour_in(one.box)) for one in said),
            relation="and",
            setting=setting,
            light=light,
            sighted=self._sighted(colour_in, answers, said, found),
        )

    def _answers(self, fine: Array) -> Array:
        """What each place answers (names and more, rows, columns)."""
        cells = fine.reshape(len(fine), -1)
        hidden = np.maximum(self._first @ cells + self._first_bias[:, None], 0)
        answers: Array = self._straight @ cells + self._second @ hidden + self._bias[:, None]
        return answers.reshape(-1, *fine.shape[1:])

    def _found(self, shown: Array, answers: Array) -> list[_Found]:
        """What may be there, the likeliest first, each thing by one name."""
        likely, main = shown.max((1, 2)), sigmoid(answers[_MAIN])
        found: list[_Found] = []
        for index in np.argsort(-likely)[: 2 * _MOST].tolist():
            places = _peaks(shown[index])[:_MOST]
            box = _box_at(places[0], answers)
            if all(likeness(box, other.box) < least("same") for other in found):
                noun, certainty = self._named(index, shown[:, *places[0]])
                about = float(main[places[0]])
                found.append(_Found(noun, certainty, index, places, box, about))
        return found

    def _looked_at(self, picture: Image.Image, one: _Found, answers: Array, look: Look) -> _Found:
        """What something is where it is looked at again, closer."""
        closer = look(_around(picture, one.box), PART_CELLS)
        middle = (slice(size // 4, size - size // 4) for size in closer.shape[1:])
        near = self._answers(closer[:, *middle])[:_MAIN].max((1, 2))
        trust, far = least("trust"), answers[:_MAIN, *one.places[0]]
        likely = sigmoid(trust * near + (1 - trust) * far)
        index = int(likely.argmax())
        places = one.places if index == one.index else one.places[:1]
        noun, certainty = self._named(index, likely)
        return replace(one, noun=noun, certainty=certainty, index=index, places=places)

    def _named(self, index: int, likely: Array) -> tuple[str, float]:
        """A thing's name, or where a kind is surer than that, the narrowest word for it."""
        certainty = float(likely[index])
        for kind in self._kinds[index] if certainty < least("vague") else ():
            of_kind = [kind in kinds for kinds in self._kinds]
            alike = float(np.sort(likely[of_kind])[-_ALIKE:].sum())
            if kind and alike >= least("of_kind"):
                return kind, min(alike, 1.0)
        return self._names[index], certainty

    def _sighted(
        self, colour_in: Colouring, answers: Array, said: list[_Found], found: list[_Found]
    ) -> tuple[Sighting, ...]:
        """What shows at a place: what is said first, and what stands elsewhere and isn't sure."""
        others = [one for one in found if one not in said and one.certainty >= least("noticed")]
        at = [(one, place) for one in said for place in one.places]
        at += [(one, one.places[0]) for one in others]
        return tuple(
            Sighting(one.noun, one.certainty, box, colour_in(box))
            for one, place in at
            for box in [_box_at(place, answers)]
        )

    def _thing(self, found: _Found, colour: str | None) -> ObservedThing:
        """What is said of it; its colour where that isn't what such a thing usually has."""
        several = len(found.places) > 1
        if several or colour not in STRONG or colour in self._natural[found.index]:
            colour = None
        return ObservedThing(found.noun, found.certainty, len(found.places), colour)


def _around(picture: Image.Image, box: Box) -> Image.Image:
    """A square part of a picture with what a box holds in its middle."""
    width, height = picture.size
    left, top, right, bottom = box
    side = max((right - left) * width, (bottom - top) * height) * least("closer")
    side = int(min(max(side, least("closest") * min(width, height), 1.0), width, height))
    x = min(max(0, int((left + right) * width - side) // 2), width - side)
    y = min(max(0, int((top + bottom) * height - side) // 2), height - side)
    return picture.crop((x, y, x + side, y + side))


def _told(found: list[_Found], names: list[str], kinds: list[list[str]]) -> list[_Found]:
    """What is said: what the picture is about, and what else is sure, not what stands about.

    The word for a kind is said where nothing of it has a name: not "an animal and a monkey".
    """
    about = (o for o in found if o.main >= least("about") or o.weight >= least("aside"))
    likely = [one for one in about if one.certainty >= least("named")]
    sure = (one for one in likely if one.certainty >= least("named_too"))
    named = [one for one in sure if one.noun == names[one.index]]
    people = [o for o in likely if "person" in kinds[o.index] and o not in named]
    told = [*named, *(one for one in people if one.weight >= least("somebody"))]
    told.sort(key=lambda one: -one.weight)
    first = max(likely, key=lambda one: one.weight, default=None)
    if first and all(first is one or first.noun not in kinds[one.index] for one in told):
        told = [first, *(one for one in told if one is not first)]
    by_noun: dict[str, _Found] = {}
    for one in told:
        before = by_noun.setdefault(one.noun, one)
        by_noun[one.noun] = replace(before, certainty=max(before.certainty, one.certainty))
    return [*by_noun.values()][:_NAMED]


def _box_at(place: Place, answers: Array) -> Box:
    """What is around a place of the map, as large as it answers that this is."""
    y, x = ((at + 0.5) / size for at, size in zip(place, answers.shape[1:], strict=True))
    width, height = (
        float(np.exp(min(0.0, answers[side][place]))) / 2 for side in (_WIDTH, _HEIGHT)
    )
    return max(0.0, x - width), max(0.0, y - height), min(1.0, x + width), min(1.0, y + height)


def _clear(scores: Array, words: list[str], wider: dict[str, str]) -> str | None:
    """The likeliest word, or else the wider one, that is likelier than all others together."""
    likely = softmax(scores)
    best = int(likely.argmax())
    if likely[best] > least("clear"):
        return words[best] or None
    wide = [wider.get(word, word) for word in words]
    alike = sum(float(one) for one, word in zip(likely, wide, strict=True) if word == wide[best])
    return wide[best] or None if alike > least("clear") else None


def _peaks(shown: Array, aside: int = _APART) -> list[Place]:
    """Places where an object stands out from its surroundings, best first."""
    most = float(shown.max())
    padded = np.pad(shown, ((_APART, _APART), (aside, aside)), constant_values=-1)
    around = sliding_window_view(padded, (2 * _APART + 1, 2 * aside + 1)).max((2, 3))
    enough = min(most, max(least("faintest"), least("faint") * most))
    rows, columns = np.nonzero((shown >= around) & (shown >= enough))
    if aside == _APART and len(rows) > 1:
        return _peaks(shown, _CROWDED)
    order = np.argsort(-shown[rows, columns], kind="stable")
    return [(int(rows[i]), int(columns[i])) for i in order]
