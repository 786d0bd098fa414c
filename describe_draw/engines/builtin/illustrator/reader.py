"""Meanings, from left to right, become a scene."""

from dataclasses import dataclass, replace

from .account import SINGLE, stand_ins, untold
from .attributes import Attributes
from .guesses import settle
from .lexicon import lexicon
from .nouns import OWN
from .places import looks
from .scene import Scene, Thing
from .sentence import ENDS, LISTING, SIZE_OF, Pending
from .stuffs import mixture
from .ties import is_creature
from .verbs import verbs
from .words import Meaning, Words

_CLAUSE_MARKS = frozenset(",.;:!?")
_FILLING = frozenset({"with", "filled with", "topped with"})
_FLOWERS = Meaning("thing", SINGLE["flowers"], plural=True)


@dataclass
class Reader(Attributes):
    """Reads meanings from left to right into a scene."""

    def read(self, words: Words) -> Scene:
        words = [*words]
        for n, (phrase, meaning) in enumerate(words):
            self.phrase, self.after = phrase, _after(words[n + 1 : n + 7])
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
            elif meaning and not self._is_noun(meaning):
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
                whose = self.last == "thing" and any(map(is_creature, self.things[-1:]))
                kind = "thing" if self._head(phrase) else "unknown"
                if whose and phrase.endswith("ing") and self.after == "ignored":
                    self._act("touch")  # "a cowboy roping a calf"
            self.last, self.before = kind, phrase
        self._mark(".")
        if self.hint and self.scene.place in ("", looks()[self.hint].place):
            self._be_in(self.hint)
        self.scene = replace(self.scene, things=tuple(self.things), without=self.without)
        self._close(words)
        scene = replace(
            self.scene, unknown=tuple(self.unknown), instead=tuple(self.instead.items())
        )
        return settle(scene)

    def _describes(self, phrase: str) -> bool:
        """Whether a word says nothing of a picture: "delicious", "parked"."""
        if (
            self.before in OWN
            and self.things
            and not self.listed
            and verbs().is_a(phrase, "bodily")
        ):
            return True
        if self._ends_noun() or (self.last == "thing" and lexicon().is_noun(phrase)):
            return False
        if lexicon().is_noun(phrase) and self.announced and self.after in (*ENDS, "of"):
            return False  # "a fishing net"
        plain = verbs().plain(phrase)
        around = self.last in ("weather", "season", "feature")  # "snow falls"
        done = plain is not None and (phrase.endswith("ed") or plain in ("hold", "wear") or around)
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

    def _ignored(self, meaning: Meaning) -> None:
        if verbs().is_a(meaning.value, "announcing"):
            if self.pending.doing and not self.announced:
                self._imply("person")
            self.announced = True
        elif verbs().is_a(meaning.value, "between"):
            self._fruit()
            self._leave()
            self.announced, self.pending.doing = False, ()
        elif self._is_object() and verbs().is_a(meaning.value, "pictures"):
            self._thing(Meaning("thing", "framed-picture"))
        elif not self._somebody():
            self.pronoun = verbs().who(meaning.value)

    def _relation(self, meaning: Meaning) -> None:
        if self.after != "colour":  # "an orange and white cat"
            self._fruit()
        self._leave()
        self.listed = self.phrase in LISTING
        self.filling = self.phrase if self.phrase in _FILLING else ""
        self.announced = False
        if meaning.value == "beside" and self.relation == "wearing":
            return
        if not (self.relation == "riding" and meaning.value in ("on", "inside")):
            self.relation, self.doing = meaning.value, None

    def _phrase(self, meaning: Meaning) -> None:
        match meaning.value:
            case value if value in SIZE_OF:
                self.pending.size = SIZE_OF[value]
                self.announced = True
            case "left" | "right" if self.things:
                self.things[-1] = replace(self.things[-1], side=meaning.value)
            case "background" if self.last == "thing" and self.things:
                self.things[-1] = replace(self.things[-1], distance="far")
            case "background" if self.last not in ("feature", "place"):
                self.far, self.relation, self.doing = True, None, None
            case "spirit":
                self.pending.ghostly = True
            case "without":
                self.refusing = True

    def _feature(self, meaning: Meaning) -> None:
        single = SINGLE.get(meaning.value)
        shape = meaning.value == "stars" and self.pending.colour  # a yellow star on a square
        got = self.doing is not None and self.relation in ("beside", "using", "holding")
        if single and (self.pending.count or shape):
            self._thing(Meaning("thing", single))
        elif self.refusing:
            self._refuse(meaning.value)
        elif meaning.value == "flowers" and (got or self._holder(_FLOWERS) is not None):
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


def _is_adjective(phrase: str, meaning: Meaning | None) -> bool:
    if meaning is None:
        return lexicon().is_silent(phrase) and not lexicon().is_noun(phrase)
    small_word = verbs().is_a(phrase, "ways") or verbs().is_a(phrase, "announcing")
    bare = meaning.kind in ("ignored", "colour") and not small_word
    return bare or meaning.value in SIZE_OF


def _kind(phrase: str, meaning: Meaning | None) -> str:
    """The kind of a word, as what follows it sees it."""
    if phrase in LISTING or phrase == "of":
        return "of" if phrase == "of" else "listing"
    if meaning:
        return "thing" if meaning.kind == "famous" else meaning.kind
    return "mark" if phrase in _CLAUSE_MARKS else "unknown"


def _after(words: Words) -> str:
    """The kind of the next word, as what stands before it sees it: "on a table" is no noun."""
    if words[1:] and words[0][0] in LISTING:
        if verbs().is_a(words[1][0], "announcing"):
            return "mark"
        if _is_adjective(*words[1]):  # "a small, round table"
            words = [one for one in words[1:] if not (one[0] in LISTING or _is_adjective(*one))]
    phrase, meaning = words[0] if words else (".", None)
    tied = verbs().is_a(phrase, "ways") or phrase.startswith(("on ", "in ", "at ", "by ", "under "))
    return "relation" if tied else _kind(phrase, meaning)
