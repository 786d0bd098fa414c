"""Nouns of a sentence become things; of several in a row the last is drawn."""

from dataclasses import replace

from describe_draw.english import is_plural

from .account import called
from .crowds import has_room
from .filling import Filling
from .lexicon import lexicon
from .mixed import joined
from .scene import Thing
from .sentence import SMALL
from .stuffs import mixture
from .tables import contacts, is_a, traits
from .ties import is_animal, is_creature, kept, shared, tied
from .verbs import verbs
from .whereabouts import Whereabouts
from .words import Meaning, one_of, vocabulary

_FAMILY = 4
OWN = ("its", "her", "his", "their")


class Nouns(Filling, Whereabouts):
    """Reads things into a scene."""

    def _thing(self, meaning: Meaning) -> None:
        art = self._of_its_own_kind(meaning.value)
        self.hint = self.hint or self._hinted()
        if self.refusing:
            self._refuse("" if meaning.near else art)
        elif art in self.without:
            self._finish_noun()
        elif self.full:
            self._left_out()
        elif self._is_inside(art) or self._compound(art) or self._portion(art):
            self._finish_noun()
        elif self._blooms(meaning, art):
            self._add_feature("flowers")
            self._add_feature(art)
            self.blossoms = Thing(art, colour=self.pending.colour)
            self.things = kept(self.things, range(len(self.things)))
            self._finish_noun()
        else:
            self._take_in(meaning, art)

    def _of_its_own_kind(self, art: str) -> str:
        """What an animal's mother or young is drawn as: "a tiger and its mother", "her cubs"."""
        own = next((one.art for one in reversed(self.things) if is_animal(one)), "")
        if self.before not in OWN or not own:
            return art
        if verbs().is_a(self.phrase, "young") and art not in traits().groups.get(own, ()):
            self.pending.size = SMALL
            return own
        grown = next((old for old, young in contacts()["young"].items() if own in young), own)
        return grown if verbs().is_a(self.phrase, "kin") else art

    def _blooms(self, meaning: Meaning, art: str) -> bool:
        """Whether flowers are all around, not somebody's or in something."""
        several = meaning.plural and not self.pending.count and is_a(art, "blossoms")
        return several and self.doing is None and self._holder(meaning) is None

    def _take_in(self, meaning: Meaning, art: str) -> None:
        """One more thing, or several, as far as there is room."""
        pending, holder, counted = self.pending, self._holder(meaning), bool(self.pending.count)
        several = meaning.plural and not is_a(art, "collective")
        thing = Thing(
            art=(pending.joined or art) + pending.change,
            count=pending.count or (3 if several else 1),
            colour=pending.colour,
            distance="far" if self.far else "near",
            size=pending.size,
            ghostly=pending.ghostly,
            said=self.phrase.removesuffix(" of"),
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
            self._share()
        if in_vase and is_a(art, "containers"):
            self._unbloom()
        self._gather()

    def _share(self) -> None:
        """Two men who ride horses have one each."""
        mount = len(self.things) - 1
        riders = sum(
            one.count for one in self.things if one.to == mount and one.relation in ("riding", "on")
        )
        if riders > 1 and is_a(self.things[mount].art, "rideable"):
            self.things[mount] = replace(self.things[mount], count=riders)

    def _famous(self, meaning: Meaning) -> None:
        """Draws who looks most alike, and says so."""
        self.instead[self.phrase] = called(meaning.value)
        self._thing(Meaning("thing", meaning.value))

    def _refuse(self, value: str) -> None:
        self.without |= {value, *traits().groups.get(value, ())}
        left = [n for n, thing in enumerate(self.things) if thing.art not in self.without]
        self.things = kept(self.things, left)

    def _object_of(self, phrase: str) -> None:
        """Reads the noun of a verb of several words: "washing the dishes"."""
        _, several, noun = phrase.rpartition(" ")
        if not several or verbs().plain(noun) or verbs().is_a(noun, "endings"):
            return
        self.last, self.phrase = "verb", noun
        meaning = vocabulary().find(noun)
        if meaning and meaning.kind == "thing":
            self._thing(meaning)
        elif not meaning:
            self.unknown[noun] = None

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
        elif verbs().is_a(word, "helpings") or (is_creature(kind) and len(self.things) == 1):
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
        young = kind and kind.art != art and is_animal(kind) and verbs().is_a(self.phrase, "young")
        if kind and young:
            self.things[-1] = replace(kind, size=SMALL)
        if kind and (young or kind.art in traits().groups.get(art, ())):
            return True  # "a corgi dog"
        if kind is None or self._is_mixed(kind, art):
            return False
        if self._names_filling(art):
            return True
        if self.phrase == "family" and is_animal(kind):
            self.things[-1] = replace(kind, count=_FAMILY)
            return True
        if is_creature(kind):
            if verbs().is_a(self.noun, "young"):
                self.pending.size, self.pending.count = SMALL, kind.count
            elif kind.count > 1:
                return False
        young, pending = verbs().is_a(self.noun, "young"), self.pending
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
        return verbs().is_a(self.noun, "young") or verbs().is_a(self.noun, "kin")

    def _left_out(self) -> None:
        """A thing beyond what a picture holds is told like words that nobody understands."""
        if not self.full:
            self.things = kept(self.things, range(len(self.things)))
        self.full = True
        self.unknown[self.phrase] = None
        self._finish_noun()
