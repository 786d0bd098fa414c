"""The built-in describer: a picture in, a sentence out, with no network and no GPU."""

from dataclasses import replace

import numpy as np
from PIL import Image

from ..chinese import LANGUAGES
from . import graphics, layout, photo
from .chinese import captions
from .clothes import ClothesReader
from .detection import Detector
from .faces import FaceReader
from .illustration import IllustrationReader
from .lettering import Lettering, LetteringReader
from .media import (
    DRAWN,
    PHOTO,
    SHOWING,
    SURE_PHOTO,
    Head,
    drawn_as,
    is_graphic,
    medium_of,
    sorts,
)
from .memory import Content, Memory, once, recognized
from .networks import Networks, PhotoClassifier, View
from .observation import MANY, SURE, Observation, ObservedThing
from .questions import Question, answered, speaker_of
from .runtime import Array, sigmoid, softmax
from .surroundings import SurroundingsReader
from .tables import least, seeing

WRITTEN = ("detailed", "alt text")
"""The styles that say what is written in any picture; that takes longer than all else."""

REMEMBERED = 16
"""Pictures of which it is remembered what they show: about 13 KB each."""
_READ = 4  # pictures whose words are remembered: one is asked about in several ways in a row
_COUNTED = 2  # people that are counted in paintings
_SURE_OF = {"person": 0.66, "thing": 1.0, "page": 1.0}  # what paintings show, by its kind


class Describer:
    """Describes pictures offline.

    Making one costs nothing: the networks are loaded by the first call, once, whichever
    thread makes it. All methods block and may be called from several threads. What the latest
    pictures show is remembered: a game asks for each one's features, then for its description.
    """

    styles = tuple(captions("").styles)
    languages = LANGUAGES

    def __init__(self) -> None:
        """Loads nothing yet."""
        self._parts = once(lambda: (Networks(), IllustrationReader(), sorts()))
        # only photos need these: games of drawings never load them
        self._for_photos = once(
            lambda: (
                PhotoClassifier(),
                Detector(),
                SurroundingsReader(),
                FaceReader(),
                ClothesReader(),
                (
                    Head("photo_head.npz", sigmoid),
                    Head("doings_head.npz", sigmoid),
                    Head("places_head.npz", softmax),
                ),
            )
        )
        self._reader = once(LetteringReader)
        self._views: Memory[View] = Memory(REMEMBERED)
        self._observations: Memory[Observation] = Memory(REMEMBERED)
        self._letterings: Memory[Lettering] = Memory(_READ)

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
        if style not in self.styles:
            known = ", ".join(self.styles)
            raise ValueError(f"There is no style “{style}”; the styles are {known}.")
        picture, content = recognized(picture)
        seen = self._seen(picture, content, style in WRITTEN)
        if style == "short" and _is_about_words(seen):
            seen = replace(seen, lettering=self._written(picture, content))
        return captions(language).styles[style](seen)

    def answer(self, picture: Image.Image, asked: Question, language: str = "") -> str:
        """Answers a question about a picture, in sentences.

        Args:
            picture: as for `describe`.
            asked: what `questions.understood` makes of words.
            language: one of `languages`; English in any other.
        """
        picture, content = recognized(picture)
        written = asked.kind in ("text", "what") or asked.value in WRITTEN
        seen = self._seen(picture, content, written)
        return answered(asked, seen, picture, speaker_of(language))

    def lettering(self, picture: Image.Image) -> Lettering:
        """What is written in a picture."""
        return self._written(*recognized(picture))

    def features(self, picture: Image.Image) -> Array:
        """The classifier's 1,280 pooled features of a picture, by which alike ones are near.

        They are shared with whoever else asks for them: nobody can write to them.
        """
        return self._whole(*recognized(picture)).features

    def _seen(self, picture: Image.Image, content: Content, written: bool) -> Observation:
        seen = self._observations.recall(content, lambda: self._observe(picture, content))
        return replace(seen, lettering=self._written(picture, content)) if written else seen

    def _written(self, picture: Image.Image, content: Content) -> Lettering:
        return self._letterings.recall(content, lambda: self._reader().read(picture))

    def _whole(self, picture: Image.Image, content: Content) -> View:
        networks, *_ = self._parts()
        return self._views.recall(content, lambda: networks.whole(picture))

    def _observe(self, picture: Image.Image, content: Content) -> Observation:
        arrangement = layout.read_layout(picture)
        if arrangement.plain:
            return Observation(medium=f"plain {arrangement.plain} picture")
        colours = tuple(c for c, share in arrangement.palette.items() if share > 0.1)[:3]
        networks, illustrations, media = self._parts()
        whole = self._whole(picture, content)
        likely = media.read(whole.features)
        odds = illustrations.may_be(whole)
        enough = 0.0 if is_graphic(likely) else least("hardly_drawn")
        if odds > enough and likely[PHOTO] < least("a_photo"):
            drawn = illustrations.read(picture, networks.fine)
            bare = least("bare_drawn") if likely[DRAWN] > least("somehow_drawn") else np.inf
            certainty = drawn.things[0].certainty if drawn.things else 0.0
            own = certainty >= SURE or likely[DRAWN] > least("surely_drawn")
            known = certainty >= least("well_known")
            if own and (known or odds > (least("drawn") if drawn.things else bare)):
                return drawn
            foreign = bool(drawn.things) or likely[DRAWN] > least("hint_drawn")
            if foreign and odds > 0.0 and likely[PHOTO] < least("somehow_drawn"):
                return Observation(medium=drawn_as(likely), colours=colours)
        graphic = graphics.read_graphic(picture) if likely[PHOTO] <= SURE_PHOTO else None
        medium = medium_of(likely, graphic, dark=arrangement.dark)
        if medium not in SHOWING:
            return Observation(medium=medium, colours=colours)
        classifier, detector, reader, faces, clothes, (words, doings, places) = self._for_photos()
        sightings = detector.detect(picture, 0.3)
        view = classifier.read(picture, whole)
        people = [sighting.area for sighting in sightings if sighting.label == "person"]
        peopled, near = bool(people), max(people, default=0.0) > least("fills")
        around = replace(
            reader.read(picture),
            words=words.read(whole.features) | doings.read(view.features),
            places=places.read(whole.features),
            faces=faces.read(picture, near=near) if peopled else (),
            clothes=clothes.read(picture) if peopled else None,
        )
        seen = photo.read_photo(picture, medium, view.probabilities, sightings, arrangement, around)
        return seen if medium == PHOTO else _only_sure(seen)


def _is_about_words(seen: Observation) -> bool:
    """Whether what is written in it says what it shows."""
    written, noun = seeing()["written"], seen.things[0].noun if seen.things else ""
    about = seen.medium in written["media"] or noun in written["nouns"]
    return about or seen.whole in written["wholes"]


def _plain(thing: ObservedThing) -> ObservedThing:
    """What a painting shows, without what only photos are judged by."""
    noun = "person" if thing.kind == "person" else thing.noun
    count = MANY if thing.count > _COUNTED else thing.count
    return replace(thing, noun=noun, general=None, count=count, dress=None, doing=None, look=None)


def _only_sure(seen: Observation) -> Observation:
    """What a painting or a cartoon shows where that is sure: the networks know photos."""
    main = seen.things[:1]
    sure = bool(main) and main[0].certainty > _SURE_OF.get(main[0].kind, 0.75)
    return replace(
        seen,
        things=tuple(map(_plain, main)) if sure else (),
        whole=seen.whole if seen.scenery and not main and "a road" not in seen.scenery else None,
        setting=None,
        light=None,
        relation="with",
    )
