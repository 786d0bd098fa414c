"""The built-in describer: a picture in, a sentence out, with no network and no GPU."""

import threading

import numpy as np
from PIL import Image

from ..chinese import LANGUAGES
from . import chinese, graphics, layout, photo, styles
from .illustration import IllustrationReader
from .memory import Content, Memory, content_of
from .networks import Array, Networks, View
from .observation import Observation

REMEMBERED = 16
"""Pictures of which it is remembered what they show: about 12 KB each."""


class Describer:
    """Describes pictures offline.

    Making one costs nothing: the networks are loaded by the first call, once, whichever
    thread makes it. All methods block and may be called from several threads. What the latest
    pictures show is remembered: a game asks for each one's features, then for its description.
    """

    styles = tuple(styles.STYLES)
    languages = LANGUAGES

    def __init__(self) -> None:
        """Loads nothing yet."""
        self._lock = threading.Lock()
        self._loaded: tuple[Networks, IllustrationReader] | None = None
        self._views: Memory[View] = Memory(REMEMBERED)
        self._observations: Memory[Observation] = Memory(REMEMBERED)

    def describe(self, picture: Image.Image, style: str = "short", language: str = "") -> str:
        """Says what a picture shows.

        Args:
            picture: an upright RGB picture of any size from 1×1.
            style: one of `styles`.
            language: one of `languages`; English in any other.

        Returns:
            The same words for the same picture, always.

        Raises:
            ValueError: the style is not one of `styles`.
        """
        if style not in styles.STYLES:
            known = ", ".join(self.styles)
            raise ValueError(f"There is no style “{style}”; the styles are {known}.")
        picture = picture.convert("RGB")
        content = content_of(picture)
        seen = self._observations.recall(content, lambda: self._observe(picture, content))
        said = chinese.styles(language) if language in self.languages else styles.STYLES
        return said[style](seen)

    def features(self, picture: Image.Image) -> Array:
        """The classifier's 1,280 pooled features of a picture, by which alike ones are near.

        They are shared with whoever else asks for them: nobody can write to them.
        """
        picture = picture.convert("RGB")
        return self._whole(picture, content_of(picture)).features

    def _whole(self, picture: Image.Image, content: Content) -> View:
        networks, _ = self._parts()
        return self._views.recall(content, lambda: networks.whole(picture))

    def _parts(self) -> tuple[Networks, IllustrationReader]:
        with self._lock:
            if self._loaded is None:
                self._loaded = Networks(), IllustrationReader()
            return self._loaded

    def _observe(self, picture: Image.Image, content: Content) -> Observation:
        arrangement = layout.read_layout(picture)
        if arrangement.plain:
            return Observation(medium=f"plain {arrangement.plain} picture")
        networks, illustrations = self._parts()
        whole = self._whole(picture, content)
        graphic = graphics.read_graphic(picture)
        if graphic != "chart" and illustrations.may_be(whole) > 0:
            drawn = illustrations.read(picture, whole, networks.fine(picture))
            if drawn:
                return drawn
        if graphic in ("page of text", "chart", "line drawing"):
            return Observation(medium=graphic)
        probabilities: Array = (
            whole.probabilities + networks.centre(picture).probabilities
        ) / np.float32(2)
        seen = photo.read_photo(picture, probabilities, networks.detect(picture, 0.3), arrangement)
        return _as_graphic(seen) if graphic else seen


def _as_graphic(seen: Observation) -> Observation:
    """A graphic shows only what is sure: the networks know photos."""
    if seen.things and seen.things[0].certainty > 0.6:
        return Observation(medium="graphic", things=seen.things[:1])
    return Observation(medium="graphic in flat colours")
