"""Who answers, in which language: the words that answers are made of."""

from collections.abc import Sequence
from functools import cache

from ...chinese import LANGUAGES
from .. import chinese
from ..observation import MANY, Observation, ObservedThing
from ..phrases import counted, plural, sentence, spelled, with_article
from ..styles import Captions
from .looking import Found
from .question import table


class English:
    """Says what is seen in English; other languages have words of their own for things."""

    def __init__(self, language: str, captions: Captions) -> None:
        """Has the words and sentences of a language."""
        self._table = table(language)
        self._captions = captions

    def say(self, key: str, **values: str) -> str:
        """A sentence, with its capital."""
        return sentence(self._table["said"][key].format(**values))

    def caption(self, style: str, seen: Observation) -> str:
        """What a picture shows."""
        return self._captions.styles[style](seen)

    def words(self, section: str, words: Sequence[str]) -> str:
        """Colours, places, or scenery: "on the left and in the middle"."""
        return self._captions.listed([self._captions.word(section, word) for word in words])

    def things(self, found: Sequence[Found]) -> str:
        """Such as "two cows and a dog"."""
        return self._captions.listed([self._thing(one) for one in found])

    def surfaces(self, nouns: Sequence[str]) -> str:
        """Such as "grass and the sky"."""
        return self._captions.listed([self._seen_as(noun) for noun in nouns])

    def medium(self, medium: str) -> str:
        """Such as "a photo"."""
        return self._captions.medium(medium)

    def number(self, count: int) -> str:
        """Such as "two"."""
        numbers = self._captions.said["numbers"]
        return numbers[count] if count < len(numbers) else str(count)

    def several(self, noun: str) -> str:
        """Such as "cows"."""
        return plural(self._called(noun))

    def one(self, noun: str) -> str:
        """Such as "a cow"."""
        return with_article(self._called(noun))

    def the(self, noun: str, count: int = 1) -> str:
        """Such as "the cows"."""
        return f"the {self.several(noun) if count > 1 else self.bare(noun)}"

    def bare(self, noun: str) -> str:
        """Such as "cow"."""
        return spelled(self._called(noun))

    def surface(self, noun: str) -> str:
        """Such as "the sky"."""
        return f"the {noun}"

    def _called(self, noun: str) -> str:
        """What is said for a noun: "table" for "dining table"."""
        return str(self._table["called"].get(noun, noun))

    def _thing(self, found: Found) -> str:
        if found.count >= MANY and found.noun == "person":
            return "many people"
        if found.count == 1 and found.doubt:
            return f"what looks like {self.one(found.noun)}"
        said = counted(self._called(found.noun), found.count)
        a, _, rest = said.partition(" ")
        return f"one {rest}" if a in ("a", "an") else said

    def _seen_as(self, noun: str) -> str:
        return self._table["seen_as"].get(noun) or with_article(noun)


class Chinese(English):
    """Says what is seen in one way to write Chinese."""

    def __init__(self, language: str) -> None:
        """Has the words and sentences of one of `LANGUAGES`."""
        self._chinese = chinese.Chinese(language)
        super().__init__(language, self._chinese)

    def bare(self, noun: str) -> str:
        """Such as "牛"; "这样的东西" for what has no name here."""
        names, nouns = self._table["names"], self._chinese.names
        own: str | None = names.get(noun) or self._table["surfaces"].get(noun)
        return own or (nouns[noun][1] if noun in nouns else str(names["something"]))

    def the(self, noun: str, count: int = 1) -> str:
        """As any: nouns have neither plural nor article."""
        return self.bare(noun)

    several = one = surface = _seen_as = the

    def _thing(self, found: Found) -> str:
        thing = ObservedThing(found.noun, count=found.count)
        if found.noun in self._chinese.names:
            return self._chinese.thing(thing)
        return self._chinese.number(thing, self._chinese.said["counter"]) + self.bare(found.noun)


@cache
def speaker_of(language: str) -> English:
    """Who answers in a language: English where there is no other."""
    return Chinese(language) if language in LANGUAGES else English("", chinese.captions(""))
