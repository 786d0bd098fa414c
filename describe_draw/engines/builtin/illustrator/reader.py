"""Meanings, from left to right, become a scene."""

from dataclasses import dataclass, field, replace
from typing import Any

from .crowds import has_room
from .guesses import settle
from .scene import Scene, Thing
from .tables import traits
from .ties import doer, is_creature, is_person, kept, tied
from .verbs import verbs
from .words import Meaning

BIG, SMALL = 1.5, 0.6
_CLAUSE_MARKS = frozenset(",.;:!?")
_LISTING = frozenset({"and", ","})


@dataclass
class _Pending:
    """The adjectives read so far of the next thing."""

    count: int | None = None
    colour: str | None = None
    size: float = 1.0
    ghostly: bool = False
    doing: tuple[str, ...] = ()


@dataclass
class Reader:
    """Reads meanings from left to right into a scene."""

    without: frozenset[str]
    things: list[Thing] = field(default_factory=list)
    scene: Scene = field(default_factory=lambda: Scene(place="", time="", season=""))
    pending: _Pending = field(default_factory=_Pending)
    relation: str | None = None
    doing: int | None = None  # who does something to the next thing
    far: bool = False
    refusing: bool = False
    announced: bool = False  # a noun, by an article, a number or an adjective
    listed: bool = False  # the next thing, by "and" or a comma
    alike: set[int] = field(default_factory=set)  # things that do what the one before does
    unknown: dict[str, None] = field(default_factory=dict)
    phrase: str = ""
    full: bool = False
    last: str = ""  # kind of the word before
    before: str = ""  # the word before
    noun: str = ""  # the last thing, as it was said
    pronoun: str | None = None

    def read(self, words: list[tuple[str, Meaning | None]]) -> Scene:
        for phrase, meaning in words:
            self.phrase = phrase
            if verb := self._verb_in(phrase, meaning):
                kind = "verb"
                self._act(verb)
            elif meaning:
                kind = "listing" if phrase in _LISTING else "of" if phrase == "of" else meaning.kind
                getattr(self, f"_{meaning.kind}")(meaning)
            elif phrase in _CLAUSE_MARKS:
                kind = "mark"
                self._mark(phrase)
            else:
                kind = "unknown"
                self.unknown[phrase] = None
            self.last, self.before = kind, phrase
        self._mark(".")
        return settle(
            replace(
                self.scene,
                things=tuple(self.things),
                without=self.without,
                unknown=tuple(self.unknown),
            )
        )

    def _verb_in(self, phrase: str, meaning: Meaning | None) -> str | None:
        """The plain form of a word that says what somebody does where it stands."""
        if meaning and meaning.kind == "verb":
            return meaning.value
        plain = None if self.refusing else verbs().plain(phrase)
        if plain is None:
            return None
        subject = self.things[-1] if self.last == "thing" and self.things else None
        names = meaning is not None and meaning.kind not in ("ignored", "relation")
        if phrase != plain and phrase.endswith("ing"):
            done = not verbs().is_noun_too(phrase) or (subject and is_creature(subject))
        elif subject:
            done = _agree(subject, phrase, plain, names)
        else:
            goes_on = self.before == "to" or self.last == "listing"
            after = verbs().who(self.before) or (goes_on and not names)
            done = after and not self.announced and self._somebody()
        return plain if done else None

    def _somebody(self) -> bool:
        return any(map(is_creature, self.things)) or self.pronoun is not None

    def _act(self, verb: str) -> None:
        """What is done belongs to who does it: said before, or still to come."""
        if self.last == "unknown" and not self._somebody():
            return  # by somebody who isn't drawn
        if self.announced or not (self.things or self.pronoun):
            self.pending.doing = (*self.pending.doing, verb)
            return
        if not self.things:
            self._imply(self.pronoun or "person")
        who = doer(self.things)
        while who is not None and verb not in _TIES:
            does = self.things[who].doing
            self.things[who] = replace(self.things[who], doing=(*does, verb))
            who = who - 1 if who in self.alike and not self.things[who - 1].doing else None
        self._begin(verb)

    def _begin(self, verb: str) -> None:
        """The next noun is what it is done to."""
        self.doing = doer(self.things)
        self.relation = verbs().relation(verb)
        self.listed = False
        flier = self.things[self.doing] if self.doing is not None else None
        if verbs().is_airborne(verb) and flier and (verb != "fly" or not _pilots(flier)):
            self.scene = replace(self.scene, flying=True)

    def _imply(self, art: str) -> None:
        """Somebody does what nobody is said to do: "reading a book"."""
        self.things.append(Thing(art, doing=self.pending.doing))
        if self.pending.doing:
            verb, self.pending.doing = self.pending.doing[-1], ()
            self._begin(verb)

    def _mark(self, mark: str) -> None:
        if self.pending.colour:
            self._colour_after_the_noun(self.pending.colour)
        self._act_alone()
        self.pending, self.refusing, self.far = _Pending(), False, False
        self.announced, self.listed = False, mark == ","
        if mark != ",":
            self.relation = self.doing = None

    def _act_alone(self) -> None:
        """Draws somebody for a clause of nothing but a verb: "swimming"."""
        if self.pending.doing and not self.announced and not self.things:
            self._imply("person")

    def _colour_after_the_noun(self, colour: str) -> None:
        """Gives "a cat that is orange" its colour."""
        if not self.things:
            self.scene = replace(self.scene, mood=colour)
        elif self.things[-1].colour is None:
            self.things[-1] = replace(self.things[-1], colour=colour)

    def _ignored(self, meaning: Meaning) -> None:
        if verbs().announces(meaning.value):
            if self.pending.doing and not self.announced:
                self._imply("person")
            self.announced = True
        elif verbs().comes_between(meaning.value):
            self.announced, self.pending.doing = False, ()
        elif not self._somebody():
            self.pronoun = verbs().who(meaning.value)

    def _count(self, meaning: Meaning) -> None:
        self.pending.count, self.announced = int(meaning.value), True

    def _colour(self, meaning: Meaning) -> None:
        self.pending.colour, self.announced = meaning.value, True

    def _relation(self, meaning: Meaning) -> None:
        self.listed = self.phrase in _LISTING
        self.announced = False
        if meaning.value == "beside" and self.relation == "wearing":
            return
        if not (self.relation == "riding" and meaning.value in ("on", "inside")):
            self.relation, self.doing = meaning.value, None

    def _phrase(self, meaning: Meaning) -> None:
        match meaning.value:
            case "big" | "small":
                self.pending.size = BIG if meaning.value == "big" else SMALL
                self.announced = True
            case "left" | "right" if self.things:
                self.things[-1] = replace(self.things[-1], side=meaning.value)
            case "background" if self.last == "thing" and self.things:
                self.things[-1] = replace(self.things[-1], distance="far")
            case "background" if self.last not in ("feature", "place"):
                self.far = True
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
            elif place != old and traits().broader.get(old) != place:
                self.unknown[self.phrase] = None
        self._finish_noun()

    def _finish_noun(self) -> None:
        self.pending, self.relation, self.doing = _Pending(), None, None
        self.announced = self.listed = False

    def _refuse(self, value: str) -> None:
        self.without |= {value, *traits().groups.get(value, ())}
        left = [n for n, thing in enumerate(self.things) if thing.art not in self.without]
        self.things = kept(self.things, left)

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
        if self._compound(art) or self._portion(art):
            self._finish_noun()
            return
        if meaning.plural and not pending.count and traits().is_a(art, "blossoms"):
            self._add_feature("flowers")
            self.things = kept(self.things, range(len(self.things)))
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
        if pending.doing:
            thing = self._does(thing)
        self._add(thing)

    def _does(self, thing: Thing) -> Thing:
        """Whether what was done before the noun is done by it or to it: "sleeping cat"."""
        verb = self.pending.doing[-1]
        done_to = verbs().relation(verb) in ("using", "riding", "on")
        if self.announced or is_creature(thing) or not done_to:
            if verbs().is_airborne(verb):
                self.scene = replace(self.scene, flying=True)
            return replace(thing, doing=self.pending.doing)
        self._imply("person")
        return thing

    def _add(self, thing: Thing) -> None:
        listed = self.listed
        self.things = tied(self.things, thing, self.relation, self.doing)
        self._finish_noun()
        self.noun = self.phrase
        if listed and len(self.things) > 1:
            self.alike.add(len(self.things) - 1)
        if self.things[-1].relation == "wearing":
            self.relation = None

    def _compound(self, art: str) -> bool:
        """Whether a noun only goes on with the one before, which is then the thing: "lion cub".

        Else what only tells the kind of the next noun is dropped: "apple pie" is a pie.
        """
        if self.last != "thing" or not self.things or self.things[-1].to is not None:
            return False
        kind = self.things[-1]
        if is_creature(kind):
            if verbs().is_young(self.phrase) and kind.art != art:
                return True
            if verbs().is_young(self.noun):
                self.pending.size, self.pending.count = SMALL, kind.count
            elif kind.count > 1:
                return False
            elif kind.art != art:
                self.unknown[self.noun] = None
        self.things = kept(self.things, range(len(self.things) - 1))
        return False

    def _portion(self, art: str) -> bool:
        """Whether "of" ties the same thing, or food to what it is served in."""
        if self.last != "of" or not self.things:
            return False
        if self.things[-1].art == art:
            return True  # "loaf of bread" is one
        if traits().is_a(self.things[-1].art, "servings") and traits().is_a(art, "food"):
            self.pending.count = self.things[-1].count
            self.things = kept(self.things, range(len(self.things) - 1))
        return False

    def _left_out(self) -> None:
        """A thing beyond what a picture holds is told like words that nobody understands."""
        if not self.full:
            self.things = kept(self.things, range(len(self.things)))
        self.full = True
        self.unknown[self.phrase] = None
        self._finish_noun()


_SINGLE = {"trees": "deciduous-tree", "flowers": "tulip", "skyline": "skyscraper"}
_TIES = ("wear", "hold")
"""Verbs that are told by how two things stand to each other."""


def _pilots(thing: Thing) -> bool:
    return is_person(thing) and not traits().is_a(thing.art, "flyers")


def _agree(subject: Thing, word: str, plain: str, names: bool) -> bool:
    """Whether a word after a noun is its verb: "a dog drinks", "dogs drink", "a dog drank"."""
    alive, several = is_creature(subject), subject.count > 1
    if word == plain:
        return several and alive
    if word.endswith("s"):
        return not several and (alive or not names)
    return alive
