"""Answers in Chinese."""

from collections.abc import Sequence

from .. import chinese
from ..chinese_phrases import ChinesePhrases
from ..observation import Observation, ObservedThing
from .looking import Found
from .question import table


class Chinese(ChinesePhrases):
    """Says what is seen in one picture, in one way to write Chinese."""

    def __init__(self, seen: Observation, language: str) -> None:
        """Speaks of one picture."""
        super().__init__(language)
        self._seen = seen
        self._language = language
        self._answers = table(language)

    def say(self, key: str, **values: str) -> str:
        """A sentence."""
        said: str = self._answers["said"][key].format(**values)
        return said

    def things(self, found: Sequence[Found]) -> str:
        """Such as "两头牛和一只狗"."""
        return self._listed([self._counted(one) for one in found])

    def _counted(self, found: Found) -> str:
        thing = ObservedThing(found.noun, count=found.count)
        if found.noun in self._nouns:
            return self._thing(thing)
        return self._number(thing, self._said["counter"]) + self.bare(found.noun)

    def number(self, count: int) -> str:
        """Such as "两"."""
        numbers = self._said["numbers"]
        return numbers[count] if count < len(numbers) else str(count)

    def bare(self, noun: str) -> str:
        """Such as "牛"; "这样的东西" for what has no name here."""
        names: dict[str, str] = self._answers["names"]
        if noun in names:
            return names[noun]
        if noun in self._answers["surfaces"]:
            surface: str = self._answers["surfaces"][noun]
            return surface
        return self._nouns[noun][1] if noun in self._nouns else names["something"]

    def the(self, noun: str, count: int = 1) -> str:
        """As any: nouns have neither plural nor article."""
        return self.bare(noun)

    several = one = surface = the

    def surfaces(self, nouns: Sequence[str]) -> str:
        """Such as "草地和天空"."""
        return self._listed([self.surface(noun) for noun in nouns])

    def colours(self, colours: Sequence[str]) -> str:
        """Such as "黑色和白色"."""
        return self._listed([self._word("colours", colour) for colour in colours])

    def places(self, places: Sequence[str]) -> str:
        """Such as "左侧和中间"."""
        return self._listed([self._word("places", place) for place in places])

    def medium(self, medium: str) -> str:
        """Such as "一张照片"."""
        return self._medium(medium)

    def scenery(self, words: Sequence[str]) -> str:
        """Such as "树木和大海"."""
        return self._listed([self._word("scenery", word) for word in words])

    def caption(self, style: str) -> str:
        """What the picture shows."""
        return chinese.styles(self._language)[style](self._seen)
