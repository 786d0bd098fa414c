"""Meanings, from left to right, become a scene."""

from dataclasses import dataclass, replace
from typing import Any

from describe_draw.english import is_plural

from .account import SINGLE, called, stand_ins, untold
from .crowds import has_room
from .filling import Filling
from .guesses import settle
from .lexicon import lexicon
from .mixed import joined, mixture
from .places import looks
from .scene import Scene, Thing
from .sentence import Pending
from .tables import traits
from .ties import hosts, is_animal, is_creature, kept, shared, tied
from .verbs import verbs
from .whereabouts import Whereabouts
from .words import Meaning, Words, one_of, vocabulary

BIG, SMALL = 1.5, 0.6
_CLAUSE_MARKS = frozenset(",.;:!?")
_LISTING = frozenset({"and", ","})
_ENDS = ("relation", "mark", "listing")
"""Kinds of words before which a noun is complete."""
_FILLING = frozenset({"with", "filled with", "topped with"})


@dataclass
class Reader(Filling, Whereabouts):
    """Reads meanings from left to right into a scene."""

    def read(self, words: Words) -> Scene:
        words = [*words]
        for n, (phrase, meaning) in enumerate(words):
            self.phrase, self.after = phrase, _after(*words[n + 1]) if words[n + 1 :] else "mark"
            if verb := self._verb_in(phrase, meaning):
                kind = "verb"
                self._dress()
                self._act(verb)
                self._object_of(phrase)
            elif self.relation == "of" and (change := mixture(phrase)) and self.things:
                kind = "ignored"
                self._becomes(change)
            elif self._on_body(phrase):
                kind, words[n] = "part", ("", None)
            elif meaning:
                kind = _kind(phrase, meaning)
                getattr(self, f"_{meaning.kind}")(meaning)
                if phrase == "of" or (phrase.endswith(" of") and kind == "thing"):
                    kind = self.filling = "of"
            elif phrase in _CLAUSE_MARKS:
                kind = "mark"
                self._mark(phrase)
            elif self._describes(phrase):
                kind = "ignored"
            else:
                kind = "thing" if self._head(phrase) else "unknown"
            self.last, self.before = kind, phrase
        self._mark(".")
        self.scene = replace(self.scene, things=tuple(self.things), without=self.without)
        self._close(words)
        scene = replace(
            self.scene, unknown=tuple(self.unknown), instead=tuple(self.instead.items())
        )
        return settle(scene)

    def _describes(self, phrase: str) -> bool:
        """Whether a word says nothing of a picture: "delicious", "parked"."""
        if self._ends_noun() or (self.last == "thing" and lexicon().is_noun(phrase)):
            return False
        if lexicon().is_noun(phrase) and self.announced and self.after in _ENDS:
            return False  # "a fishing net"
        done = phrase.endswith("ed") and verbs().plain(phrase) is not None
        doing = phrase.endswith("ing") and not self.announced  # "a man winning"
        return done or (lexicon().is_silent(phrase) and not doing)

    def _close(self, words: Words) -> None:
        """Names what got lost, in the order in which it was said."""
        heads = {phrase.split()[-1] for phrase in self.instead}
        near = stand_ins(words, self.scene).items()
        self.instead |= {phrase: art for phrase, art in near if phrase not in heads}
        told = {word for phrase in (*self.unknown, *self.instead) for word in phrase.split()}
        lost = [word for word in untold(words, self.scene) if not told.issuperset(word.split())]
        order = {phrase: -n for n, (phrase, _) in enumerate(reversed(words))}
        named = sorted(
            [*self.unknown, *lost], key=lambda p: order.get(p, order.get(p.split()[-1], 0))
        )
        self.unknown = dict.fromkeys(named)

    def _head(self, word: str) -> bool:
        """Reads a noun that isn't drawn, of which the one before may tell the kind.

        Returns:
            Whether that is drawn for both.
        """
        kind = self._modifier()
        if word.endswith("ing"):  # a train crossing something is no crossing
            kind = None
        several = kind and is_creature(kind) and (kind.count > 1 or one_of(word) != word)
        if kind is None or several or not lexicon().is_noun(word):
            self.unknown[word] = None
        elif verbs().is_helping(word) or (is_creature(kind) and len(self.things) == 1):
            self.instead[f"{self.noun} {word}"] = called(kind.art)
            return True
        else:
            self._take_back()
            self.unknown[f"{self.noun} {word}"] = None
        return False

    def _modifier(self) -> Thing | None:
        """The thing that the word before names, which may only tell the kind of the next."""
        if self.last != "thing" or not self.things or not self.noun:
            return None
        kind = self.things[-1]
        return None if self.foreign and kind.to is not None else kind

    def _take_back(self) -> None:
        """Reads on as if the last thing had not been named."""
        self.things = kept(self.things, range(len(self.things) - 1))
        self.instead.pop(self.noun, None)
        if self.way:
            self.pending, self.relation, self.doing = self.way
        if self.doing is not None and self.doing >= len(self.things):
            self.doing = None  # who did it was taken back, too

    def _object_of(self, phrase: str) -> None:
        """Reads the noun of a verb of several words: "washing the dishes"."""
        _, several, noun = phrase.rpartition(" ")
        if not several or verbs().plain(noun):
            return
        self.last, self.phrase = "verb", noun
        meaning = vocabulary().find(noun)
        if meaning and meaning.kind == "thing":
            self._thing(meaning)
        elif not meaning:
            self.unknown[noun] = None

    def _mark(self, mark: str) -> None:
        self._fruit()
        self._leave()
        if self.pending.colour:
            self._colour_after_the_noun(self.pending.colour)
        self._act_alone()
        self.pending, self.refusing, self.far = Pending(), False, False
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

    def _dress(self) -> None:
        """Gives "a boy in red" who does something his colour."""
        if self.last == "colour" and self.relation in ("inside", "wearing") and self.pending.colour:
            self._colour_after_the_noun(self.pending.colour)
            self.pending.colour = None

    def _ignored(self, meaning: Meaning) -> None:
        if verbs().announces(meaning.value):
            if self.pending.doing and not self.announced:
                self._imply("person")
            self.announced = True
        elif verbs().comes_between(meaning.value):
            self._leave()
            self.announced, self.pending.doing = False, ()
        elif self._is_object() and verbs().is_picture(meaning.value):
            self._thing(Meaning("thing", "framed-picture"))
        elif not self._somebody():
            self.pronoun = verbs().who(meaning.value)

    def _is_object(self) -> bool:
        """Whether a noun that tells what is wanted is something beside what was said before."""
        tied = self.things and self.relation not in (None, "inside")
        of = self.after == "of" and self.doing is not None
        return bool(tied) and self.announced and (of or self.after in _ENDS)

    def _count(self, meaning: Meaning) -> None:
        if self._ends_noun():  # "his flock"
            self.unknown[self.phrase] = None
            return
        self.pending.count, self.announced = int(meaning.value), True

    def _colour(self, meaning: Meaning) -> None:
        metal = meaning.value in _METALS and self.doing is not None
        if metal and self.after in _ENDS:
            self.unknown[self.phrase] = None
            return
        self.pending.named = verbs().announces(self.before)
        self.pending.colour, self.announced = meaning.value, True

    def _fruit(self) -> None:
        """Adds what a colour names where nothing of that colour follows: "an orange"."""
        fruit = _FRUITS.get(self.pending.colour or "")
        if fruit and self.pending.named and self.last == "colour":
            self.pending.colour = None
            self._thing(Meaning("thing", fruit))
        elif self.pending.named and self.last == "colour" and self.phrase not in _LISTING:
            self.unknown[self.before] = None  # "a violet on a table"

    def _relation(self, meaning: Meaning) -> None:
        self._fruit()
        self._leave()
        self.listed = self.phrase in _LISTING
        self.filling = self.phrase if self.phrase in _FILLING else ""
        self.announced = False
        if meaning.value == "beside" and self.relation == "wearing":
            return
        if not (self.relation == "riding" and meaning.value in ("on", "inside")):
            self.relation, self.doing = meaning.value, None

    def _phrase(self, meaning: Meaning) -> None:
        match meaning.value:
            case "big" | "small" if self._ends_noun():
                self.unknown[self.phrase] = None
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
        if self._is_object() and verbs().is_picture(self.phrase):
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
        self.pending.change, self.announced = mixture(meaning.value), True
        self.unknown[self.phrase] = None
        self.pending.stuff = self.phrase

    def _becomes(self, change: str) -> None:
        """The last thing is of another stuff: "a car made of gold"."""
        last = hosts(self.things)[-1]
        self.things[last] = replace(self.things[last], art=self.things[last].art + change)
        self._finish_noun()

    def _famous(self, meaning: Meaning) -> None:
        """Draws who looks most alike, and says so."""
        self.instead[self.phrase] = called(meaning.value)
        self._thing(Meaning("thing", meaning.value))

    def _feature(self, meaning: Meaning) -> None:
        single = SINGLE.get(meaning.value)
        shape = meaning.value == "stars" and self.pending.colour  # a yellow star on a square
        if single and (self.pending.count or shape):
            self._thing(Meaning("thing", single))
        elif self.refusing:
            self._refuse(meaning.value)
        elif meaning.value == "flowers" and self._holder(_FLOWERS) is not None:
            self._thing(_FLOWERS)
        else:
            if meaning.value == "flowers":
                self.blossoms = Thing(_FLOWERS.value, colour=self.pending.colour)
            if self.relation == "front" and meaning.value == "moon":
                self.scene = replace(self.scene, flying=True)
            self._add_feature(meaning.value)
            self._finish_noun()

    def _place(self, meaning: Meaning) -> None:
        if self.phrase.startswith(("on ", "in ")):
            self._fruit()
        if self.refusing:
            self._refuse(meaning.value)
            return
        if self.relation == "above":
            self.scene = replace(self.scene, flying=True)
        if not {meaning.value, looks()[meaning.value].place} & self.without:
            self._be_in(self._room_of(meaning.value))
        self._finish_noun()

    def _refuse(self, value: str) -> None:
        self.without |= {value, *traits().groups.get(value, ())}
        left = [n for n, thing in enumerate(self.things) if thing.art not in self.without]
        self.things = kept(self.things, left)

    def _thing(self, meaning: Meaning) -> None:
        art = meaning.value
        if self.refusing:
            self._refuse(art)
            return
        if art in self.without:
            self._finish_noun()
            return
        if self.full:
            self._left_out()
            return
        own = self.before == "its" and verbs().is_kin(self.phrase) and self.things
        if own and is_animal(self.things[-1]):
            art = self.things[-1].art  # an elephant's mother is one
        if self._is_inside(art) or self._compound(art) or self._portion(art):
            self._finish_noun()
            return
        pending = self.pending
        holder, counted = self._holder(meaning), bool(pending.count)
        blooms = meaning.plural and not counted and traits().is_a(art, "blossoms")
        if blooms and holder is None and self.doing is None:
            self._add_feature("flowers")
            self.blossoms = Thing(art, colour=pending.colour)
            self.things = kept(self.things, range(len(self.things)))
            self._finish_noun()
            return
        several = meaning.plural and not traits().is_a(art, "collective")
        thing = Thing(
            art=(pending.joined or art) + pending.change,
            count=pending.count or (3 if several else 1),
            colour=pending.colour,
            distance="far" if self.far else "near",
            size=pending.size,
            ghostly=pending.ghostly,
        )
        if not has_room(self.things, thing):
            self._left_out()
            return
        self.unknown.pop(pending.stuff, None)
        if pending.doing:
            thing = self._does(thing)
        if holder is not None:
            self.relation = self.doing = None
            self.single = self.announced
        in_vase = self.relation == "inside" and self.blossoms
        self._add(thing)
        if holder is not None:
            self._fill(holder, meaning.plural, counted)
        elif meaning.plural and not counted:
            self.vague.add(len(self.things) - 1)
        if in_vase and traits().is_a(art, "containers"):
            self._unbloom()
        self._gather()

    def _add(self, thing: Thing) -> None:
        listed, before = self.listed, len(self.things)
        self.way = replace(self.pending), self.relation, self.doing
        self.things = tied(self.things, thing, self.relation, self.doing)
        self._finish_noun()
        self.noun = self.phrase if len(self.things) > before else ""
        if listed and len(self.things) > 1:
            self.alike.add(len(self.things) - 1)
        self.things = shared(self.things, self.alike)
        if self.things[-1].relation == "wearing":
            self.relation = None

    def _compound(self, art: str) -> bool:
        """Whether a noun only goes on with the one before, which is then the thing: "lion cub".

        Else what only tells the kind of the next noun is dropped: "apple pie" is a pie.
        """
        kind = self._modifier()
        if kind is None or self._is_mixed(kind, art):
            return False
        if self._names_filling(art):
            return True
        if is_creature(kind):
            if verbs().is_young(self.phrase) and kind.art != art and is_animal(kind):
                return True
            if verbs().is_young(self.noun):
                self.pending.size, self.pending.count = SMALL, kind.count
            elif kind.count > 1:
                return False
        young, pending = verbs().is_young(self.noun), self.pending
        self._take_back()
        if young and is_creature(kind):
            self.pending = pending
        if kind.art != art and not (self._is_family() and is_animal(Thing(art))):
            self.phrase = f"{self.noun} {self.phrase}"
            self.instead[self.phrase] = called(art)
        return False

    def _is_mixed(self, kind: Thing, art: str) -> bool:
        """Whether two nouns make one drawing: "pirate cat", "glass apple"."""
        change = mixture(self.noun)
        together = None if "half" in change else joined(kind.art, art)
        one = kind.count == 1 or not is_plural(self.noun)
        if one and (together or change):
            self._take_back()
            self.pending.joined = together or ""
            self.pending.change = "" if together else change
        return bool(together or change)

    def _is_family(self) -> bool:
        """Whether the noun before tells the age or sex of this one: "mother duck"."""
        return verbs().is_young(self.noun) or verbs().is_kin(self.noun)

    def _left_out(self) -> None:
        """A thing beyond what a picture holds is told like words that nobody understands."""
        if not self.full:
            self.things = kept(self.things, range(len(self.things)))
        self.full = True
        self.unknown[self.phrase] = None
        self._finish_noun()


def _kind(phrase: str, meaning: Meaning | None) -> str:
    """The kind of a word, as what follows it sees it."""
    if phrase in _LISTING or phrase == "of":
        return "of" if phrase == "of" else "listing"
    if meaning:
        return meaning.kind
    return "mark" if phrase in _CLAUSE_MARKS else "unknown"


def _after(phrase: str, meaning: Meaning | None) -> str:
    """The kind of a word, as what stands before it sees it: "on a table" is no noun."""
    tied = verbs().is_way(phrase) or phrase.startswith(("on ", "in ", "at ", "by ", "under "))
    return "relation" if tied else _kind(phrase, meaning)


_FRUITS = {"orange": "tangerine"}
_MARKS = ("logo", "icon", "sticker")
"""Styles that say more than others: a minimalist logo is one."""

_METALS = ("gold", "silver")
_FLOWERS = Meaning("thing", SINGLE["flowers"], plural=True)
