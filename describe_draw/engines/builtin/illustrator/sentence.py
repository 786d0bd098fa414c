"""What was read of a sentence so far, and who does what in it."""

from dataclasses import dataclass, field, replace

from .scene import Scene, Thing
from .stuffs import mixture
from .tables import is_a
from .ties import doer, is_creature, is_person, on_body
from .verbs import verbs
from .words import OWNER, Meaning

SIZE_OF = {"big": 1.5, "giant": 2.4, "small": 0.6, "tiny": 0.4}
SMALL = SIZE_OF["small"]
LISTING = frozenset({"and", ","})
ENDS = ("relation", "mark", "listing")
"""Kinds of words before which a noun is complete."""

_TIES = ("wear", "hold")
"""Verbs that are told by how two things stand to each other."""
_IS = ("is", "are", "was", "were")


@dataclass
class Pending:
    """The adjectives read so far of the next thing."""

    count: int | None = None
    colour: str | None = None
    size: float = 1.0
    ghostly: bool = False
    doing: tuple[str, ...] = ()
    named: bool = False  # the colour, as a noun is: "an orange"
    joined: str = ""  # whom it names together with the noun before
    change: str = ""  # what makes another drawing of it: "@of:glass"
    stuff: str = ""  # the word that says so


@dataclass
class Sentence:
    """The state of reading, from left to right."""

    without: frozenset[str]
    things: list[Thing] = field(default_factory=list)
    scene: Scene = field(default_factory=lambda: Scene(place="", time="", season=""))
    pending: Pending = field(default_factory=Pending)
    relation: str | None = None
    doing: int | None = None  # who does something to the next thing
    far: bool = False
    refusing: bool = False
    announced: bool = False  # a noun, by an article, a number or an adjective
    listed: bool = False  # the next thing, by "and" or a comma
    filling: str = ""  # the word that puts the next thing in the one before: "a vase with roses"
    single: bool = False  # what is put there, by an article
    blossoms: Thing | None = None  # that are all around
    vague: set[int] = field(default_factory=set)  # things of no said number
    alike: set[int] = field(default_factory=set)  # things that do what the one before does
    unknown: dict[str, None] = field(default_factory=dict)
    phrase: str = ""
    full: bool = False
    last: str = ""  # kind of the word before
    before: str = ""  # the word before
    noun: str = ""  # the last thing, as it was said
    hint: str = ""  # where such a thing is, by its name
    way: tuple[Pending, str | None, int | None] | None = None  # what was read before that
    foreign: bool = False
    pronoun: str | None = None
    after: str = ""  # kind of the word after
    instead: dict[str, str] = field(default_factory=dict)

    def _verb_in(self, phrase: str, meaning: Meaning | None) -> str | None:
        """The plain form of a word that says what somebody does where it stands."""
        if meaning and meaning.kind == "verb":
            return meaning.value
        if mixture(phrase) and self.announced and self.after == "thing":
            return None  # "a burning house"
        plain = None if self.refusing else verbs().plain(phrase)
        if plain is None:
            return None
        names = meaning is not None and meaning.kind not in ("ignored", "relation")
        who = self._subject(names)
        subject = None if who is None else self.things[who]
        if phrase != plain and phrase.endswith("ing"):
            alone = self.before in _IS or (subject and is_creature(subject))
            alone = alone or (self.last == "unknown" and self.after == "ignored")
            done = alone or not (verbs().is_a(phrase, "nouns_too") or self._ends_noun())
        elif subject:
            done = _agree(subject, subject.count > 1 or who in self.alike, phrase, names)
        else:
            goes_on = self.before == "to" or self.last in ("listing", "place", "feature")
            after = verbs().who(self.before) or (goes_on and not names)
            done = after and not self.announced and self._somebody()
        return plain if done else None

    def _subject(self, names: bool) -> int | None:
        """Who a verb after a noun is of: "girls in hats run", "a man in black runs"."""
        worn = self.last == "colour" and self.relation in ("inside", "wearing") and not names
        if not self.things or not (worn or self.last == "thing"):
            return None
        last = self.things[-1]
        return last.to if last.is_carried else len(self.things) - 1

    def _ends_noun(self) -> bool:
        """Whether a word stands where an announced noun must: "a carving on a table"."""
        dressed = self.relation in ("inside", "wearing")  # "a boy in red"
        announced = verbs().is_a(self.before, "announcing") or (self.announced and not dressed)
        return announced and self.after in ("relation", "mark")

    def _somebody(self) -> bool:
        return any(map(is_creature, self.things)) or self.pronoun is not None

    def _on_body(self, word: str) -> bool:
        """Whether a word says where on somebody the thing before it is: "on her lap"."""
        if not self.things or self.refusing:
            return False
        after_noun = self.last == "thing" or self.before == OWNER
        moved = on_body(self.things, word, self.relation, after_noun)
        if moved is None:
            return False
        self.things, self.relation, self.announced = moved, None, False
        return True

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
            done = self.things[who].doing
            self._gives(who, (verb,))
            goes_on = who in self.alike and is_creature(self.things[who - 1])
            who = who - 1 if goes_on and self.things[who - 1].doing in ((), done) else None
        self._begin(verb)

    def _begin(self, verb: str) -> None:
        """The next noun is what it is done to."""
        self.doing = doer(self.things)
        self.relation = verbs().relation(verb)
        self.listed = False
        flier = self.things[self.doing] if self.doing is not None else None
        if verbs().is_a(verb, "airborne") and flier and (verb != "fly" or not _pilots(flier)):
            self.scene = replace(self.scene, flying=True)

    def _imply(self, art: str) -> None:
        """Somebody does what nobody is said to do: "reading a book"."""
        doing, self.pending.doing = self.pending.doing, ()
        if art in self.without:
            return
        if self._somebody() and (who := doer(self.things)) is not None:
            self._gives(who, doing)
        else:
            self.things.append(Thing(art, doing=doing))
        if doing:
            self._begin(doing[-1])

    def _finish_noun(self) -> None:
        self.pending, self.relation, self.doing = Pending(), None, None
        self.announced = self.listed = False
        self.filling = ""

    def _add_feature(self, feature: str) -> None:
        if feature not in self.without:
            self.scene = replace(self.scene, features=self.scene.features | {feature})

    def _gives(self, who: int, doing: tuple[str, ...]) -> None:
        self.things[who] = replace(self.things[who], doing=(*self.things[who].doing, *doing))

    def _leave(self) -> None:
        """What announced a noun that wasn't drawn or never came says nothing of the next."""
        if self.last == "unknown":
            self.pending = Pending()
        elif self.pending.doing and self.announced and (who := doer(self.things)) is not None:
            self._gives(who, self.pending.doing)
            self.pending.doing = ()

    def _does(self, thing: Thing) -> Thing:
        """Whether what was done before the noun is done by it or to it: "sleeping cat"."""
        verb = self.pending.doing[-1]
        crafts = verbs().is_a(verb, "crafts")
        by_somebody = crafts or verbs().relation(verb) in ("using", "riding", "on")
        alone = verbs().is_a(verb, "airborne") and not is_a(thing.art, "handheld")
        done_to = by_somebody and not alone  # "flying taxis"
        if self.announced or is_creature(thing) or not done_to:
            if verbs().is_a(verb, "airborne"):
                self.scene = replace(self.scene, flying=True)
            return replace(thing, doing=self.pending.doing)
        self._imply("person")
        return thing


def _pilots(thing: Thing) -> bool:
    return is_person(thing) and not is_a(thing.art, "flyers")


def _agree(subject: Thing, several: bool, word: str, names: bool) -> bool:
    """Whether a word after a noun is its verb: "a dog drinks", "dogs drink", "a dog drank"."""
    alive = is_creature(subject)
    if alive and is_a(subject.art, "collective"):
        return True  # "a couple dances", "a couple dance"
    if word == verbs().plain(word):
        return several and alive
    if word.endswith("s"):
        return not several and (alive or not names)
    return alive
