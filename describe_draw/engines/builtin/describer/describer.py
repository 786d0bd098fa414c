"""The built-in describer: a picture in, a sentence out, with no network and no GPU."""

import threading
from dataclasses import replace

import numpy as np
from PIL import Image

from ..chinese import LANGUAGES
from . import chinese, graphics, layout, photo, styles
from .illustration import IllustrationReader
from .media import (
    DRAWN,
    MAYBE_DRAWN,
    PHOTO,
    SHOWING,
    SURELY_DRAWN,
    MediaReader,
    medium_of,
)
from .memory import Content, Memory, content_of
from .networks import Networks, View
from .observation import Observation
from .questions import Question, answered, speaker_of
from .runtime import Array
from .surroundings import Surroundings, SurroundingsReader

REMEMBERED = 16
"""Pictures of which it is remembered what they show: about 13 KB each."""

CERTAIN = 0.8
"""From which a thing that is known from drawings shows that a picture is one."""


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
        self._loaded: tuple[Networks, IllustrationReader, MediaReader] | None = None
        self._surroundings: SurroundingsReader | None = None
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

    def answer(self, picture: Image.Image, asked: Question, language: str = "") -> str:
        """Answers a question about a picture, in sentences.

        Args:
            picture: as for `describe`.
            asked: what `questions.understood` makes of words.
            language: one of `languages`; English in any other.
        """
        picture = picture.convert("RGB")
        content = content_of(picture)
        seen = self._observations.recall(content, lambda: self._observe(picture, content))
        return answered(asked, seen, picture, speaker_of(seen, language))

    def features(self, picture: Image.Image) -> Array:
        """The classifier's 1,280 pooled features of a picture, by which alike ones are near.

        They are shared with whoever else asks for them: nobody can write to them.
        """
        picture = picture.convert("RGB")
        return self._whole(picture, content_of(picture)).features

    def _whole(self, picture: Image.Image, content: Content) -> View:
        networks, *_ = self._parts()
        return self._views.recall(content, lambda: networks.whole(picture))

    def _parts(self) -> tuple[Networks, IllustrationReader, MediaReader]:
        with self._lock:
            if self._loaded is None:
                self._loaded = Networks(), IllustrationReader(), MediaReader()
            return self._loaded

    def _around(self, picture: Image.Image) -> Surroundings:
        """Only photos need these networks: games of drawings never load them."""
        with self._lock:
            if self._surroundings is None:
                self._surroundings = SurroundingsReader()
        return self._surroundings.read(picture)

    def _observe(self, picture: Image.Image, content: Content) -> Observation:
        arrangement = layout.read_layout(picture)
        if arrangement.plain:
            return Observation(medium=f"plain {arrangement.plain} picture")
        networks, illustrations, media = self._parts()
        whole = self._whole(picture, content)
        likely = media.read(whole.features)
        if likely[DRAWN] > MAYBE_DRAWN:
            drawn = illustrations.read(picture, networks.fine(picture))
            if likely[DRAWN] > SURELY_DRAWN or _is_sure(drawn):
                return drawn
        graphic = graphics.read_graphic(picture)
        medium = medium_of(likely, graphic)
        if medium not in SHOWING:
            return Observation(medium=medium, colours=_colours(arrangement))
        probabilities: Array = (
            whole.probabilities + networks.centre(picture).probabilities
        ) / np.float32(2)
        sightings = networks.detect(picture, 0.3)
        around = self._around(picture)
        seen = photo.read_photo(picture, medium, probabilities, sightings, arrangement, around)
        return seen if medium == PHOTO else _only_sure(seen)


def _is_sure(drawn: Observation) -> bool:
    """Whether a drawing shows something that its reader knows well."""
    return bool(drawn.things) and drawn.things[0].certainty > CERTAIN


def _colours(arrangement: layout.Layout) -> tuple[str, ...]:
    return tuple(c for c, share in arrangement.palette.items() if share > 0.1)[:3]


def _only_sure(seen: Observation) -> Observation:
    """What a painting or a cartoon shows where that is sure: the networks know photos."""
    main = seen.things[:1]
    sure = bool(main) and main[0].certainty > (0.66 if main[0].kind == "person" else 0.75)
    return replace(
        seen,
        things=(replace(main[0], dress=None, doing=None),) if sure else (),
        whole=None if main else seen.whole if seen.scenery else None,
        setting=None,
        light=None,
        relation="with",
    )
