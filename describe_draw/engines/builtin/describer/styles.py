"""Puts an observation into words, in each of the four styles."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .also import also, unsaid_looks, unsaid_scenery
from .observation import SURE, Observation, ObservedThing
from .phrases import counted, plural, sentence, spelled, with_article
from .tables import seeing

_MOST_TAGS = 10
_COLOURED = ("photo", "painting", "cartoon", "logo")
"""Media of which the main colours are told."""
ALT_LENGTH = 125
_LONGEST_TEXT = 120
_MOST_LINES = 3
_SHORT_TEXT, _SHORT_LINES = 48, 2
_HUMANS = ("person", "man", "woman", "boy", "girl", "child", "baby", "witch", "fairy")


class Captions:
    """Captions: their plan, and how English says it, which other languages say in their way."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        """Has the words and sentences of a language."""
        self.tables = tables
        self.said: Mapping[str, str] = tables["sentences"]
        self.styles: dict[str, Callable[[Observation], str]] = {
            "short": self.short,
            "detailed": self.detailed,
            "alt text": self.alt_text,
            "tags": self.tags,
        }

    def short(self, seen: Observation) -> str:
        """One plain phrase: "two cows on green grass", "a sign that reads “Open”"."""
        phrase, (text, _) = self._phrase(seen), seen.lettering.quoted(_SHORT_TEXT, _SHORT_LINES)
        quotes = "only_quotes" if seen.whole in seeing()["written"]["wholes"] else "quotes"
        return self.say(quotes, phrase=phrase, text=text) if text else phrase

    def detailed(self, seen: Observation) -> str:
        """A few sentences: what there is and where, what else was seen, and the main colours."""
        others = [self._found(noun, count, place) for noun, count, place in also(seen)]
        others += [self.word("scenery", words) for words in unsaid_scenery(seen)]
        colours = [self.word("colours", c) for c in seen.colours if c != "grey"]
        parts = [self._first(seen), self._looks(seen), self._written(seen, _LONGEST_TEXT)]
        if others:
            parts.append(self.say("also", others=self.listed(others)))
        if colours and seen.medium in _COLOURED:
            several = "colours" if len(colours) > 1 else "colour"
            parts.append(self.say(several, colours=self.listed(colours)))
        return self.said["space"].join(filter(None, parts))

    def alt_text(self, seen: Observation) -> str:
        """One sentence for someone who cannot see the picture, at most 125 characters."""
        text, space = self._alone(seen), self.said["space"]
        if len(text) > ALT_LENGTH:
            return self._cut(text)
        room = ALT_LENGTH - len(text + space + self.say("reads_more", text=""))
        return space.join(filter(None, (text, self._written(seen, room))))

    def tags(self, seen: Observation) -> str:
        """Words for what is in the picture, the most certain first."""
        ordered = sorted(seen.things, key=lambda thing: -thing.certainty)
        sure = also(seen) if seen.medium != "illustration" else []
        nouns = [(noun, t.count) for t in ordered for noun in (t.noun, t.general) if noun]
        parts: list[tuple[str, str | None]] = [
            *(("nouns", self._numbered(noun, count)) for noun, count in nouns),
            ("views", seen.whole),
            ("settings", seen.setting),
            ("light", seen.light),
            *(("doings", thing.doing) for thing in ordered),
            *(("nouns", noun) for noun, _, _ in sure),
            *(("scenery", words) for words in unsaid_scenery(seen)),
            *(("colours", thing.colour) for thing in ordered),
            ("media", seen.kind),
        ]
        tags = [tag for section, said in parts if said for tag in self._tagged(section, said)]
        return self.said["between"].join(list(dict.fromkeys(tags))[:_MOST_TAGS])

    def say(self, sentence: str, **values: str) -> str:
        """A sentence, or a phrase."""
        return self.said[sentence].format(**values)

    def word(self, section: str, english: str) -> str:
        """What a word is in a sentence."""
        word: str = self.tables.get(section, {}).get(english, english)
        return word

    def listed(self, parts: Sequence[str]) -> str:
        """Phrases in a row: "a, b and c"."""
        before = self.said["between"].join(parts[:-1])
        return self.said["last"].join(filter(None, (before, *parts[-1:])))

    def _found(self, noun: str, count: int, place: str) -> str:
        thing = self.thing(ObservedThing(noun, count=count))
        where = self.word("places", place)
        return self.say("of", description=where, thing=thing) if place else thing

    def _looks(self, seen: Observation) -> str:
        """How a drawing's only kind of thing looks, and where it is: "It is on the left."."""
        colour, side = unsaid_looks(seen)
        if not colour and not side:
            return ""
        human = self._is_human(seen.things[0].noun)
        wears = "wears" if human else "coloured"
        parts = [self.say(wears, colour=self.word("colours", colour))] if colour else []
        parts += [self.say("stands", place=self.word("places", side))] if side else []
        who = ("they", "humans") if seen.things[0].count > 1 else ("it", "human")
        return self.say("looks", it=self.said[who[human]], looks=self.said["pause"].join(parts))

    def _written(self, seen: Observation, length: int) -> str:
        """What is written in it, or as much of that as there is room for."""
        text, more = seen.lettering.quoted(length, _MOST_LINES)
        return self.say("reads_more" if more else "reads", text=text) if text else ""

    # What is English about it.

    def _phrase(self, seen: Observation) -> str:
        """What it shows: "two cows on green grass"."""
        text = self._content(seen)
        if seen.medium == "photo":
            return text or "a photo"
        joint = " of " if seen.things or seen.whole else " "
        medium = self.medium(seen.kind)
        return f"{medium}{joint}{text}" if text else medium

    def thing(self, thing: ObservedThing) -> str:
        """Something with its number, and all that is known of it: "two brown cows"."""
        noun = " ".join(filter(None, (thing.look, thing.colour, thing.noun)))
        several = "a group of" if thing.noun == "person" else "several"
        number = plural(noun) if thing.more else counted(noun, thing.count, group_word=several)
        phrase = number
        phrase += f" {thing.doing}" if thing.doing else ""
        phrase += f" in {thing.dress}" if thing.dress else ""
        return phrase if thing.certainty >= SURE else f"what looks like {phrase}"

    def medium(self, medium: str) -> str:
        """One picture of a kind: "a photo"."""
        return with_article(medium)

    def _is_human(self, noun: str) -> bool:
        """Whether its colour is that of clothes."""
        return noun in _HUMANS

    def _numbered(self, noun: str, count: int) -> str:
        return plural(noun) if count > 1 else noun

    def _tagged(self, section: str, said: str) -> list[str]:
        """Tags for words of a section: "on green grass" → "green grass"."""
        words = said.lower().split(" ")
        while len(words) > 1 and words[0] in self.tables["leading"]:
            words = words[1:]
        return [" ".join(words)]

    def _first(self, seen: Observation) -> str:
        return sentence(self._phrase(seen))

    def _alone(self, seen: Observation) -> str:
        content = self._content(seen)
        return sentence(f"{seen.kind} of {content}" if content else with_article(seen.kind))

    def _cut(self, text: str) -> str:
        return sentence(text[: ALT_LENGTH - 1].rsplit(" ", 1)[0].rstrip(","))

    def _content(self, seen: Observation) -> str:
        """What the picture shows, without its medium."""
        setting = spelled(seen.setting) if seen.setting else None
        return " ".join(filter(None, (seen.whole or self._things(seen), setting, seen.light)))

    def _things(self, seen: Observation) -> str:
        phrases = [self.thing(thing) for thing in seen.things]
        if seen.relation == "and" or len(phrases) < 2:
            return self.listed(phrases)
        return f"{phrases[0]} {seen.relation} {self.listed(phrases[1:])}"
