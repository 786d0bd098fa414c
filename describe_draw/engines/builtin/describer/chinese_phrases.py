"""Chinese for things: their numbers, colours and kinds, as captions and answers have them."""

from collections.abc import Sequence

from ..chinese import nouns, tables
from .observation import ObservedThing

_HUMANS = ("person", "man", "woman", "boy", "girl", "child", "baby", "witch", "fairy")


class ChinesePhrases:
    """Words and phrases of one way to write Chinese."""

    def __init__(self, language: str) -> None:
        """Has the words and sentences of a language."""
        self._tables = tables(language)
        self._nouns = nouns(language)
        self._said: dict[str, str] = self._tables["sentences"]

    def _word(self, section: str, english: str) -> str:
        word: str = self._tables[section][english]
        return word

    def _name(self, section: str, english: str) -> str:
        """The name of what has another form in sentences."""
        name: str = self._tables[section][english][1]
        return name

    def _say(self, sentence: str, **values: str) -> str:
        return self._said[sentence].format(**values)

    def _of(self, description: str, thing: str) -> str:
        return self._say("of", description=description, thing=thing) if description else thing

    def _medium(self, medium: str, place: str = "") -> str:
        """One picture of a kind, where it has a place with it: "一幅公园里的插画"."""
        by: str = self._tables["media"].get(medium, [self._said["plain_counter"]])[0]
        return self._said["some"] + by + self._of(place, self._bare(medium))

    def _bare(self, medium: str) -> str:
        """A kind of picture: "照片"."""
        if medium in self._tables["media"]:
            return self._name("media", medium)
        colour = medium.removeprefix("plain ").removesuffix(" picture")
        return self._say("plain", colour=self._word("colours", colour))

    def _thing(self, thing: ObservedThing) -> str:
        by, name = self._nouns[thing.noun]
        dress = thing.dress or (thing.colour if self._is_human(thing) else None)
        if thing.colour and not dress:
            name = self._of(self._word("colours", thing.colour), name)
        if dress:
            name = self._say("dressed", colour=self._word("colours", dress), thing=name)
        return self._number(thing, by) + name

    def _is_human(self, thing: ObservedThing) -> bool:
        """Whether its colour is that of clothes."""
        return thing.noun in _HUMANS or self._nouns[thing.noun][0] == self._said["people"]

    def _number(self, thing: ObservedThing, by: str) -> str:
        """How many, with the word that they are counted with: "两头"."""
        some, numbers = self._said["some"], self._said["numbers"]
        if by == self._said["uncounted"]:
            return some + by
        if thing.count == 1:
            return some + by if by else ""
        by = by or self._said["counter"]
        if thing.count < len(numbers):
            return numbers[thing.count] + by
        return self._said["crowd"] if thing.noun == "person" else self._said["several"] + by

    def _listed(self, parts: Sequence[str]) -> str:
        """Phrases in a row: "甲、乙和丙"."""
        if len(parts) < 2:
            return "".join(parts)
        return self._said["between"].join(parts[:-1]) + self._said["last"] + parts[-1]
