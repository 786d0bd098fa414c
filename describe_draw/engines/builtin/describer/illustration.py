"""Reads the drawings of the built-in illustrator: objects, counts, setting, time of day."""

import numpy as np
from PIL import Image

from .colours import STRONG, clear_colour, colour_indices, shares
from .networks import View
from .observation import Box, Observation, ObservedThing, Sighted
from .runtime import Array
from .tables import DATA

_FIRST, _SECOND = 0.2, 0.55  # probabilities from which the main and other objects are named
_GLIMPSED = 0.3  # from which they are found where somebody asks what else there is
_FAINT, _FAINTEST = 0.2, 0.1  # share of the strongest one's, and the least, of one of several
_APART, _CROWDED = 2, 1  # cells that two of a kind are apart, and aside where there are several
_MOST = 6
_BARE = 5.2  # log odds from which a picture without a known object is taken for a drawing
_KNOWN = 8.0  # how many fewer are enough with an object that is certain


class IllustrationReader:
    """The linear heads on the classifier's features that know the illustrator's drawings."""

    def __init__(self) -> None:
        """Reads the heads' weights, and the words they stand for."""
        head = np.load(DATA / "illustration_head.npz")
        switch = np.load(DATA / "illustration_switch.npz")
        self._objects = head["W"].astype(np.float32)
        self._object_bias = head["b"].astype(np.float32)
        self._scenes = head["Ws"].astype(np.float32)
        self._scene_bias = head["bs"].astype(np.float32)
        self._names = [str(name) for name in head["names"]]
        self._settings = [str(setting) for setting in head["SC"]]
        self._times = [str(time) for time in head["TD"]]
        self._switch = switch["w"].astype(np.float32)
        self._switch_bias = float(switch["b"][0])

    def may_be(self, view: View) -> float:
        """How much the whole of a picture looks like a drawing: log odds, 0 for even."""
        return float(view.features @ self._switch) + self._switch_bias

    def read(self, picture: Image.Image, whole: View, fine: Array) -> Observation | None:
        """Works out what a drawing shows.

        A calm sea or a clear sky looks drawn too: without an object that it knows, a
        picture must look very much like a drawing to be taken for one.

        Args:
            picture: the drawing, RGB.
            whole: the classifier's view of all of it.
            fine: its features at each place, at the size that the heads know.

        Returns:
            What was observed, or None for what is no drawing.
        """
        shown = self._shown(fine)
        likely = shown.max((1, 2))
        if self.may_be(whole) < _BARE - _KNOWN * float(likely.max()):
            return None
        things: list[ObservedThing] = []
        for index in np.argsort(-likely)[:3]:
            if likely[index] < (_SECOND if things else _FIRST):
                break
            things.append(self._thing(picture, index, shown[index]))
        sighted = self._sighted(picture, shown, [thing.noun for thing in things])
        scores = self._scenes @ fine.mean((1, 2)) + self._scene_bias
        kinds = len(self._settings)
        return Observation(
            medium="illustration",
            things=tuple(things),
            relation="and",
            setting=_clear(scores[:kinds], self._settings),
            light=_clear(scores[kinds:], self._times),
            sighted=sighted,
        )

    def _sighted(self, picture: Image.Image, shown: Array, said: list[str]) -> tuple[Sighted, ...]:
        """What shows at a place: what is said first, and what stands elsewhere and isn't sure."""
        likely = shown.max((1, 2))
        known = [self._names.index(noun) for noun in said]
        found: list[Sighted] = []
        taken: list[tuple[int, int]] = []
        for index in (*known, *(i for i in np.argsort(-likely)[:_MOST] if i not in known)):
            cells, is_said = shown[index], index in known
            places = _all_peaks(cells)[:_MOST] if is_said else _peaks(cells, _APART)[:1]
            (row, column), *_ = places
            near = any(abs(row - y) <= _APART and abs(column - x) <= _APART for y, x in taken)
            if is_said or (likely[index] >= _GLIMPSED and not near):
                found += [self._at(picture, index, cells, place) for place in places]
            taken += places
        return tuple(found)

    def _at(
        self, picture: Image.Image, index: int, shown: Array, place: tuple[int, int]
    ) -> Sighted:
        colour = _colour_at(picture, place, shown.shape)
        return Sighted(self._names[index], float(shown[place]), _box_at(place, shown.shape), colour)

    def _shown(self, fine: Array) -> Array:
        """How likely each object has its middle at each place (objects, rows, columns)."""
        scores = np.tensordot(self._objects, fine, 1)
        scores += self._object_bias[:, None, None]
        likely: Array = np.float32(1) / (np.float32(1) + np.exp(np.clip(-scores, -40, 40)))
        return likely

    def _thing(self, picture: Image.Image, index: int, shown: Array) -> ObservedThing:
        peaks = _all_peaks(shown)
        colour = _colour_at(picture, peaks[0], shown.shape) if len(peaks) == 1 else None
        colour = colour if colour in STRONG else None
        return ObservedThing(self._names[index], float(shown.max()), min(len(peaks), _MOST), colour)


def _all_peaks(shown: Array) -> list[tuple[int, int]]:
    peaks = _peaks(shown, _APART)
    return peaks if len(peaks) == 1 else _peaks(shown, _CROWDED)


def _box_at(place: tuple[int, int], cells: tuple[int, ...]) -> Box:
    """What is around a place of the map: how far a thing reaches isn't known."""
    y, x = ((at + 0.5) / size for at, size in zip(place, cells, strict=True))
    return max(0.0, x - 0.06), max(0.0, y - 0.08), min(1.0, x + 0.06), min(1.0, y + 0.08)


def _colour_at(picture: Image.Image, place: tuple[int, int], cells: tuple[int, ...]) -> str | None:
    """The colour at a place of the map, where it is another than the picture's own."""
    colour = clear_colour(picture, _box_at(place, cells))
    small = np.asarray(picture.resize((64, 64), Image.Resampling.BOX))
    common = shares(colour_indices(small)).get(colour or "", 0.0) > 0.3
    return None if common else colour


def _clear(scores: Array, words: list[str]) -> str | None:
    """The likeliest word, where it is likelier than all others together."""
    likely = np.exp(scores - scores.max())
    best = int(likely.argmax())
    return words[best] or None if likely[best] > 0.5 * likely.sum() else None


def _peaks(shown: Array, aside: int) -> list[tuple[int, int]]:
    """Places (row, column) where an object stands out from its surroundings, best first."""
    least = min(float(shown.max()), max(_FAINTEST, _FAINT * float(shown.max())))
    padded = np.pad(shown, ((_APART, _APART), (aside, aside)), constant_values=-1)
    height, width = shown.shape
    down, across = range(2 * _APART + 1), range(2 * aside + 1)
    around = np.max([padded[y : y + height, x : x + width] for y in down for x in across], axis=0)
    rows, columns = np.nonzero((shown >= around) & (shown >= least))
    order = np.argsort(-shown[rows, columns], kind="stable")
    return [(int(rows[i]), int(columns[i])) for i in order]
