"""What a prompt asks for, before anything is placed or painted."""

from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Thing:
    """One kind of thing in the picture.

    Attributes:
        art: Name of the drawing.
        count: How many of it.
        colour: A colour word of the vocabulary, or None for the drawing's own colours.
        relation: How it stands to the thing with index `to`: on, riding, behind, front, beside,
            between, under, above, inside, against, around, at, from, holding or wearing; None where
            it stands on its own. A thing that is worn or held belongs to `to`, its wearer, as one
            on its lap, shoulder or head does. Painting adds those of contacts.toml.
        to: Index of the other thing in `Scene.things`.
        distance: "near" or "far".
        size: 1.0, larger for "giant", smaller for "tiny".
        side: "left", "right" or None.
        ghostly: Whether it is the spirit of itself.
        doing: What it does: verbs of verbs.toml in their plain form, in the prompt's order. What
            it is done to is another thing, tied to it by `relation`, `holding` or `riding`.
        said: The prompt's words for it; empty where it was not named.
    """

    art: str
    count: int = 1
    colour: str | None = None
    relation: str | None = None
    to: int | None = None
    distance: str = "near"
    size: float = 1.0
    side: str | None = None
    ghostly: bool = False
    doing: tuple[str, ...] = ()
    said: str = field(default="", compare=False, repr=False)

    @property
    def is_carried(self) -> bool:
        """Whether somebody wears or holds it."""
        return self.relation in ("wearing", "holding")


@dataclass(frozen=True)
class Scene:
    """A prompt, understood.

    Attributes:
        things: What is in the picture, in the prompt's order.
        place: Where it is: a key of `[places]` in the vocabulary, or "abstract".
        setting: What kind of such a place, a key of places.toml that is painted as the place; empty
            for no kind.
        time: day, sunset, sunrise or night.
        weather: clear, cloudy, rain, storm, snow, fog or wind.
        season: summer, winter, autumn or spring.
        style: plain, or a key of `[styles]`.
        form: What the picture is besides what it shows, a key of forms.toml, or empty.
        features: Parts of the background that were asked for: mountains, lake, moon, ...
        without: Drawings and features that must not appear.
        flying: Whether what can fly is in the air.
        mood: A colour that was named for nothing in particular.
        unknown: Words that were not understood or had no room, in the prompt's order.
        instead: Words, each with what is drawn for it, where that is something else.
    """

    things: tuple[Thing, ...] = ()
    place: str = "meadow"
    time: str = "day"
    weather: str = "clear"
    season: str = "summer"
    style: str = "plain"
    form: str = ""
    features: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    flying: bool = False
    mood: str | None = None
    unknown: tuple[str, ...] = ()
    instead: tuple[tuple[str, str], ...] = ()
    setting: str = ""


def changed(things: list[Thing], n: int, **fields: Any) -> list[Thing]:
    """The things with other properties of one of them."""
    return [*things[:n], replace(things[n], **fields), *things[n + 1 :]]
