"""The chain of a game: words and pictures in turn, each made from the one before."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from PIL import Image

from describe_draw.engines.base import Credit
from describe_draw.game.drift import Drift, Features, look
from describe_draw.game.meaning import compare
from describe_draw.recipe import Recipe

See = Callable[[Image.Image], Features]
"""A picture's features, by which alike ones are near. Blocking."""


@dataclass(frozen=True, slots=True)
class Words:
    """A link of words; without a credit a person wrote them."""

    text: str
    credit: Credit | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A link that is a picture file; without a recipe it is what the game began with.

    Args:
        path: The file.
        size: Width and height in pixels.
        features: How it looks.
        recipe: What it was drawn from.
        credit: Who drew it.
        pixels: The picture itself, until it is described.
    """

    path: Path
    size: tuple[int, int]
    features: Features
    recipe: Recipe | None = None
    credit: Credit | None = None
    pixels: Image.Image | None = field(default=None, repr=False)


Link = Words | Picture


@dataclass(frozen=True, slots=True)
class Chain:
    """The links so far, the start first, and how far each full round has drifted.

    A round is a description and a drawing; it ends with a link of the start's kind.
    """

    links: tuple[Link, ...]
    drift: tuple[Drift, ...] = ()

    @property
    def next(self) -> Literal["describe", "draw"]:
        """What the last link waits for."""
        return "describe" if isinstance(self.links[-1], Picture) else "draw"

    @property
    def round(self) -> int:
        """The round that the next link belongs to, 1 for the first."""
        return len(self.drift) + 1

    @property
    def words(self) -> tuple[Words, ...]:
        return tuple(link for link in self.links if isinstance(link, Words))

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return tuple(link for link in self.links if isinstance(link, Picture))

    @property
    def drawings(self) -> tuple[tuple[Picture, Words], ...]:
        """Each drawn picture with the words that it was drawn from."""
        pairs = zip(self.links, self.links[1:], strict=False)
        return tuple((b, a) for a, b in pairs if isinstance(a, Words) and isinstance(b, Picture))

    def followed_by(self, link: Link) -> "Chain":
        """The chain with one more link, and its drift where that ends a round.

        Blocking where it does: call it in a thread.
        """
        longer = replace(self, links=(*self.at_rest().links, link))
        if type(link) is not type(self.links[0]):
            return longer
        told = compare(longer.words[0].text, longer.words[-1].text)
        apart = Drift(
            self.round,
            told.apart,
            look(longer.pictures[0].features, longer.pictures[-1].features),
            told.kept,
            told.became,
            told.lost,
            told.invented,
            told.model,
        )
        return replace(longer, drift=(*self.drift, apart))

    def at_rest(self) -> "Chain":
        """The chain as it is kept while nothing goes on: without pixels, 1 MB a picture."""
        last = self.links[-1]
        if isinstance(last, Words) or last.pixels is None:
            return self
        return replace(self, links=(*self.links[:-1], replace(last, pixels=None)))

    def said_otherwise(self, text: str) -> "Chain":
        """The chain with the words that wait to be drawn changed by a person.

        Where a picture is last, the words follow it instead of a description. Blocking, as
        `followed_by`.
        """
        last = self.links[-1]
        if isinstance(last, Picture):
            return self.followed_by(Words(text))
        if text == last.text:
            return self
        if len(self.links) == 1:
            return Chain((Words(text),))
        ended = isinstance(self.links[0], Words)
        drift = self.drift[:-1] if ended else self.drift
        return Chain(self.links[:-1], drift).followed_by(Words(text))
