"""Prompt → scene description."""

from dataclasses import dataclass, field, replace
from typing import Any

from .chinese import translate
from .crowds import has_room
from .guesses import settle
from .scene import Scene, Thing
from .tables import traits
from .words import LONGEST_PHRASE, Meaning, split, vocabulary

LONGEST = 10_000
"""What of a prompt is read, in characters."""

MOST_NAMED = 100
"""Words that are named as not drawn."""

LONGEST_NAMED = 60

BIG, SMALL = 1.5, 0.6
_CLAUSE_MARKS = frozenset(",.;:!?")
_LISTING = frozenset({"and", ","})


def parse(prompt: str, negative_prompt: str = "") -> Scene:
    """Understands a prompt.

    Args:
        prompt: What to draw, in English or Chinese.
        negative_prompt: What must not appear; its words win over the prompt's.

    Returns:
        The scene; it never raises, whatever the text.
    """
    (said, more), (refused, more_refused) = _cut(prompt), _cut(negative_prompt)
    scene = _Reader(forbidden(refused)).read(meanings(said))
    return replace(scene, unknown=_named([*scene.unknown, *more, *more_refused]))


def _cut(text: str) -> tuple[str, list[str]]:
    """What is read of a text, and the first words of what isn't."""
    if len(text) <= LONGEST:
        return text, []
    space = text.rfind(" ", LONGEST - LONGEST_NAMED, LONGEST)
    end = space if space > 0 else LONGEST
    return text[:end], text[end : end + LONGEST].split()[: MOST_NAMED + 1]


def _named(words: list[str]) -> tuple[str, ...]:
    """Words as they can be shown: each once, neither too many nor too long."""
    shown = list(dict.fromkeys(words))
    short = [w if len(w) <= LONGEST_NAMED else f"{w[:LONGEST_NAMED]}…" for w in shown[:MOST_NAMED]]
    return (*short, "…") if len(shown) > MOST_NAMED else tuple(short)


def forbidden(text: str) -> frozenset[str]:
    """The drawings and features that the words of a negative prompt rule out."""
    found: set[str] = set()
    for word, meaning in meanings(text):
        found.update(traits().groups.get(word, ()))
        if meaning and meaning.kind in ("thing", "feature", "place", "weather", "season"):
            found.update({meaning.value, *traits().groups.get(meaning.value, ())})
    return frozenset(found)


def meanings(text: str) -> list[tuple[str, Meaning | None]]:
    """The text cut into the longest known phrases, each with its meaning."""
    words, found, at = split(translate(text)), [], 0
    while at < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            meaning = vocabulary().find(phrase)
            if meaning or length == 1:
                break
        found.append((phrase, meaning))
        at += length
    return found


@dataclass
class _Pending:
    """The adjectives read so far of the next thing."""

    count: int | None = None
    colour: str | None = None
    size: float = 1.0
    ghostly: bool = False


@dataclass
class _Reader:
    """Reads meanings from left to right into a scene."""

    without: frozenset[str]
    things: list[Thing] = field(default_factory=list)
    scene: Scene = field(default_factory=lambda: Scene(place="", time="", season=""))
    pending: _Pending = field(default_factory=_Pending)
    relation: str | None = None
    far: bool = False
    refusing: bool = False
    unknown: dict[str, None] = field(default_factory=dict)
    phrase: str = ""
    full: bool = False
    last: str = ""  # kind of the word before

    def read(self, words: list[tuple[str, Meaning | None]]) -> Scene:
        for phrase, meaning in words:
            self.phrase = phrase
            if meaning:
                kind = "listing" if phrase in _LISTING else "of" if phrase == "of" else meaning.kind
                getattr(self, f"_{meaning.kind}")(meaning)
            elif phrase in _CLAUSE_MARKS:
                kind = "mark"
                self._mark(phrase)
            else:
                kind = "unknown"
                self.unknown[phrase] = None
            self.last = kind
        self._mark(".")
        return settle(
            replace(
                self.scene,
                things=tuple(self.things),
                without=self.without,
                unknown=tuple(self.unknown),
            )
        )

    def _mark(self, mark: str) -> None:
        if self.pending.colour:
            self._colour_after_the_noun(self.pending.colour)
        self.pending, self.refusing, self.far = _Pending(), False, False
        if mark != ",":
            self.relation = None

    def _colour_after_the_noun(self, colour: str) -> None:
        """Gives "a cat that is orange" its colour."""
        if not self.things:
            self.scene = replace(self.scene, mood=colour)
        elif self.things[-1].colour is None:
            self.things[-1] = replace(self.things[-1], colour=colour)

    def _ignored(self, meaning: Meaning) -> None:
        pass

    def _count(self, meaning: Meaning) -> None:
        self.pending.count = int(meaning.value)

    def _colour(self, meaning: Meaning) -> None:
        self.pending.colour = meaning.value

    def _relation(self, meaning: Meaning) -> None:
        listing = meaning.value == "beside" and self.relation == "wearing"
        if not listing:
            self.relation = meaning.value

    def _phrase(self, meaning: Meaning) -> None:
        match meaning.value:
            case "big" | "small":
                self.pending.size = BIG if meaning.value == "big" else SMALL
            case "left" | "right" if self.things:
                self.things[-1] = replace(self.things[-1], side=meaning.value)
            case "background" if self.last == "thing" and self.things:
                self.things[-1] = replace(self.things[-1], distance="far")
            case "background" if self.last not in ("feature", "place"):
                self.far = True
            case "flying":
                self.scene = replace(self.scene, flying=True)
            case "spirit":
                self.pending.ghostly = True
            case "without":
                self.refusing = True

    def _set(self, name: str, value: str, neutral: str = "") -> None:
        if getattr(self.scene, name) == neutral and value not in self.without:
            fields: dict[str, Any] = {name: value}
            self.scene = replace(self.scene, **fields)

    def _time(self, meaning: Meaning) -> None:
        self._set("time", meaning.value)

    def _weather(self, meaning: Meaning) -> None:
        self._set("weather", meaning.value, "clear")

    def _season(self, meaning: Meaning) -> None:
        self._set("season", meaning.value)

    def _style(self, meaning: Meaning) -> None:
        self._set("style", meaning.value, "plain")
        if meaning.value == "neon":
            self._set("time", "night")

    def _feature(self, meaning: Meaning) -> None:
        single = _SINGLE.get(meaning.value)
        if self.pending.count and single:
            self._thing(Meaning("thing", single))
        elif self.refusing:
            self._refuse(meaning.value)
        else:
            self._add_feature(meaning.value)
            self._finish_noun()

    def _add_feature(self, feature: str) -> None:
        if feature not in self.without:
            self.scene = replace(self.scene, features=self.scene.features | {feature})

    def _place(self, meaning: Meaning) -> None:
        if self.refusing:
            self._refuse(meaning.value)
            return
        place, old = meaning.value, self.scene.place
        if self.relation == "above":
            self.scene = replace(self.scene, flying=True)
        if place not in self.without:
            if old in ("", "sky", traits().broader.get(place)):
                self.scene = replace(self.scene, place=place)
            elif place in traits().as_feature:
                self._add_feature(traits().as_feature[place])
        self._finish_noun()

    def _finish_noun(self) -> None:
        self.pending, self.relation = _Pending(), None

    def _refuse(self, value: str) -> None:
        self.without |= {value, *traits().groups.get(value, ())}
        self._keep([n for n, thing in enumerate(self.things) if thing.art not in self.without])

    def _keep(self, kept: list[int]) -> None:
        """Leaves only these things, none tied to one that is gone."""
        places = {old: new for new, old in enumerate(kept)}
        self.things = [_retied(self.things[n], places) for n in kept]

    def _thing(self, meaning: Meaning) -> None:
        art, pending = meaning.value, self.pending
        if self.refusing:
            self._refuse(art)
            return
        if art in self.without:
            self._finish_noun()
            return
        if self.full:
            self._left_out()
            return
        if self.last == "thing" and self.things and self.things[-1].to is None:
            self.things.pop()  # a compound noun: "apple pie" is a pie
        if self.last == "of" and self.things and self.things[-1].art == art:
            self._finish_noun()  # "loaf of bread" is one
            return
        if meaning.plural and not pending.count and traits().is_a(art, "blossoms"):
            self._add_feature("flowers")
            self._keep(list(range(len(self.things))))
            self._finish_noun()
            return
        several = meaning.plural and not traits().is_a(art, "collective")
        thing = Thing(
            art=art,
            count=pending.count or (3 if several else 1),
            colour=pending.colour,
            distance="far" if self.far else "near",
            size=pending.size,
            ghostly=pending.ghostly,
        )
        if not has_room(self.things, thing):
            self._left_out()
            return
        self._relate(thing)
        self._finish_noun()
        if self.things[-1].relation == "wearing":
            self.relation = None

    def _left_out(self) -> None:
        """A thing beyond what a picture holds is told like words that nobody understands."""
        if not self.full:
            self._keep(list(range(len(self.things))))
        self.full = True
        self.unknown[self.phrase] = None
        self._finish_noun()

    def _relate(self, thing: Thing) -> None:
        """Adds a thing and ties it to the one before."""
        hosts = [n for n, other in enumerate(self.things) if other.relation not in _BELONGS]
        relation = self.relation
        worn = any(traits().is_a(thing.art, kind) for kind in _WORN)
        if hosts and worn and (relation in _WEARABLE_AFTER or self._wears_already()):
            thing = replace(thing, relation="wearing", to=hosts[-1])
        elif hosts and relation == "holding" and self._is_creature(hosts[-1]):
            thing = replace(thing, relation="holding", to=hosts[-1])
        elif hosts and self._is_person(hosts[-1]) and traits().is_a(thing.art, "handheld"):
            flown = relation is None and traits().is_a(thing.art, "airborne")
            if flown or relation in ("beside", "under", "holding"):
                thing = replace(thing, relation="holding", to=hosts[-1])
        elif hosts and relation and relation != "wearing" and thing.distance == "near":
            before = hosts[-1]
            if self.things[before].relation is None:
                self.things[before] = replace(
                    self.things[before], relation=relation, to=len(self.things)
                )
        self.things.append(thing)

    def _wears_already(self) -> bool:
        return bool(self.things) and self.things[-1].relation == "wearing"

    def _is_creature(self, index: int) -> bool:
        return self._is_person(index) or traits().is_a(self.things[index].art, "animals")

    def _is_person(self, index: int) -> bool:
        return traits().is_a(self.things[index].art, "people")


def _retied(thing: Thing, places: dict[int, int]) -> Thing:
    """The thing with its tie to another renumbered, or loose where the other is gone."""
    if thing.to is None or thing.to in places:
        return replace(thing, to=places.get(thing.to) if thing.to is not None else None)
    return replace(thing, relation=None, to=None)


_SINGLE = {"trees": "deciduous-tree", "flowers": "tulip", "skyline": "skyscraper"}
_WORN = ("head", "eyes", "neck", "face", "clothes")
_BELONGS = ("wearing", "holding")
_WEARABLE_AFTER = ("wearing", "beside", "inside", "holding")
