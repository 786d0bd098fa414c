"""How answers are put into words, whatever the language."""

from collections.abc import Sequence
from typing import Protocol

from .looking import Found


class Speaker(Protocol):
    """Says parts of sentences, and sentences."""

    def say(self, key: str, **values: str) -> str:
        """One of the sentences of the language's table."""

    def things(self, found: Sequence[Found]) -> str:
        """Things with their number: "two cows and a dog"."""

    def number(self, count: int) -> str:
        """A number of things in all: "two"."""

    def several(self, noun: str) -> str:
        """More of a thing, without a number: "cows"."""

    def one(self, noun: str) -> str:
        """Any one of a thing: "a cow"."""

    def the(self, noun: str, count: int) -> str:
        """What was asked about: "the cows"."""

    def bare(self, noun: str) -> str:
        """Its name alone: "cow"."""

    def surfaces(self, nouns: Sequence[str]) -> str:
        """Surfaces, as they are seen: "grass and the sky"."""

    def surface(self, noun: str) -> str:
        """The name of what can't be counted: "the sky"."""

    def colours(self, colours: Sequence[str]) -> str:
        """Colours in a row."""

    def places(self, places: Sequence[str]) -> str:
        """Places in the picture: "on the left and in the middle"."""

    def medium(self, medium: str) -> str:
        """What kind of picture it is: "a photo"."""

    def scenery(self, words: Sequence[str]) -> str:
        """What is in the background."""

    def caption(self, style: str) -> str:
        """What the picture shows, in one of the styles."""
