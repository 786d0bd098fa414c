"""Adjectives of a sentence: counts, colours, stuffs, and the styles and times of a picture."""

from dataclasses import replace
from typing import Any

from .nouns import Nouns
from .sentence import ENDS, LISTING, SIZE_OF
from .stuffs import mixture
from .verbs import verbs
from .words import Meaning

_FRUITS = {"orange": "tangerine"}
_METALS = ("gold", "silver")
_MARKS = ("logo", "icon", "sticker")
"""Styles that say more than others: a minimalist logo is one."""


class Attributes(Nouns):
    """Reads what things, and the whole picture, are like."""

    def _count(self, meaning: Meaning) -> None:
        self.pending.count, self.announced = int(meaning.value), True

    def _colour(self, meaning: Meaning) -> None:
        if self.before in ("is", "are") and self.after in ENDS:  # "the cat is red and"
            self._colour_after_the_noun(meaning.value)
            return
        self.pending.named = verbs().is_a(self.before, "announcing")
        self.pending.colour, self.announced = meaning.value, True

    def _is_noun(self, meaning: Meaning) -> bool:
        """Whether what describes a noun is one itself: "his flock", "a giant", "holding gold"."""
        metal = meaning.value in _METALS and self.doing is not None
        stuff = metal or (meaning.kind == "stuff" and self.last == "verb")  # "spraying water on"
        describes = meaning.kind == "count" or meaning.value in SIZE_OF
        return (stuff and self.after in ENDS) or (describes and self._ends_noun())

    def _fruit(self) -> None:
        """Adds what a colour names where nothing of that colour follows: "an orange"."""
        fruit = _FRUITS.get(self.pending.colour or "")
        if fruit and self.pending.named and self.last == "colour":
            self.pending.colour = None
            self._thing(Meaning("thing", fruit))
        elif self.pending.named and self.last == "colour" and self.phrase not in LISTING:
            self.unknown[self.before] = None  # "a violet on a table"

    def _colour_after_the_noun(self, colour: str) -> None:
        """Gives "a cat that is orange" its colour."""
        if not self.things:
            self.scene = replace(self.scene, mood=colour)
        elif self.things[-1].colour is None:
            self.things[-1] = replace(self.things[-1], colour=colour)

    def _dress(self) -> None:
        """Gives "a boy in red" who does something his colour."""
        if self.last == "colour" and self.relation in ("inside", "wearing") and self.pending.colour:
            self._colour_after_the_noun(self.pending.colour)
            self.pending.colour, self.relation, self.announced = None, None, False

    def _set(self, name: str, value: str, neutral: str = "") -> None:
        if getattr(self.scene, name) == neutral and value not in self.without:
            fields: dict[str, Any] = {name: value}
            self.scene = replace(self.scene, **fields)

    def _time(self, meaning: Meaning) -> None:
        self._set(meaning.kind, meaning.value, "clear" if meaning.kind == "weather" else "")

    _weather = _season = _time

    def _style(self, meaning: Meaning) -> None:
        if self._is_object() and verbs().is_a(self.phrase, "pictures"):
            self._thing(Meaning("thing", "framed-picture"))
            return
        if meaning.value in _MARKS:
            self.scene = replace(self.scene, style="plain")
        if self.scene.style not in _MARKS:
            self._set("style", meaning.value, "plain")
        if meaning.value == "neon":
            self._set("time", "night")

    def _form(self, meaning: Meaning) -> None:
        self._set("form", meaning.value)
        if self.pending.colour:
            self.scene = replace(self.scene, mood=self.pending.colour)
            self.pending.colour = None

    def _stuff(self, meaning: Meaning) -> None:
        before, change = self.pending.change, mixture(meaning.value)
        if "@of:" in before and "@of:" in change:  # "a crooked wooden fence"
            self.unknown.pop(self.pending.stuff, None)
            change = before + change
        self.pending.change, self.announced = change, True
        self.unknown[self.phrase] = None
        self.pending.stuff = self.phrase

    def _becomes(self, change: str) -> None:
        """The last thing is of another stuff: "a car made of gold"."""
        self.things[-1] = replace(self.things[-1], art=self.things[-1].art + change)
        self._finish_noun()

    def _is_object(self) -> bool:
        """Whether a noun that tells what is wanted is something beside what was said before."""
        tied = self.things and self.relation not in (None, "inside")
        of = self.after == "of" and self.doing is not None
        return bool(tied) and self.announced and (of or self.after in ENDS)
