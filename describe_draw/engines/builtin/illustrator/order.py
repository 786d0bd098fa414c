"""Words in the order of English, from languages in which what describes comes first."""

from .pieces import Piece, bears, is_adjective, is_noun
from .verbs import verbs
from .words import vocabulary

_PLACES = ("place", "there", "at")
_SIDE = "on the "
_DONE_TO = {"sitting": "riding"}
"""Verbs that mean another one where something is said that it is done to."""


def in_order(pieces: list[Piece], *, verb_last: bool = False) -> str:
    """English words in English order.

    What describes comes first: "塔上的鸟" is "bird on tower", "戴着帽子的狗" is "dog wearing hat".

    Args:
        pieces: Words and phrases with their kinds. "after" is a word of place that follows its
            noun, "at" one before a place; "of" ties what describes to its noun; "object",
            "subject" and "placed" mark the noun before, "fronted" an object before its verb,
            and "toward" to whom something is done; "by" makes what was said the object;
            "exists" says what is at a place, "going" that a place is where one goes.
        verb_last: Whether verbs follow what they are done to.
    """
    clause = _Clause()
    for n, (kind, english) in enumerate(pieces):
        if verb_last and kind == "verbs":
            following = next((k for k, _ in pieces[n + 1 :] if k != "ignored"), "")
            clause.last_verb(english, describes=following in ("words", "unknown"))
        else:
            getattr(clause, f"{kind}_")(english)
    return clause.text()


class _Clause:
    """Phrases in English order, each a noun's, a place's ("on the table"), a verb or another."""

    def __init__(self) -> None:
        self._said: list[tuple[str, list[str]]] = []
        self._adjectives: list[str] = []  # of the next noun
        self._kept: list[str] = []  # of the noun that a clause in between describes
        self._waiting: list[str] = []  # a finished description, to follow the next noun
        self._object: list[str] = []  # to follow the next verb
        self._toward: list[str] = []  # to follow everything
        self._role = ""  # of the next noun
        self._mark = ""  # on the last noun
        self._parted = False  # from the last noun, by a word that isn't drawn

    def text(self) -> str:
        said = [word for kind, words in self._said for word in _placed(kind, words)]
        more = (self._kept, self._adjectives, self._waiting, self._object, self._toward)
        return " ".join([*said, *(word for words in more for word in words)])

    def words_(self, english: str) -> None:
        if is_adjective(english):
            self._adjectives.append(english)
        elif is_noun(english):
            self._noun(english)
        else:
            self._say("other", [english])

    unknown_ = words_

    def mark_(self, mark: str) -> None:
        self._say("other", [mark])

    def _noun(self, english: str) -> None:
        apart = self._parted or self._adjectives
        words = [*self._adjectives, english, *self._waiting]
        self._adjectives, self._waiting = [], []
        role, self._role = self._role, ""
        if role == "object":
            self._object = words
        elif role == "toward":
            self._toward = ["to", *words]
        elif self._is_after_place():
            self._say("noun", words + self._said.pop()[1])
        elif self._last() == "verb" and self._is_after_place(1) and self._is_done_to_nothing():
            place, verb = self._said[-2:]
            self._said[-2:] = [("noun", words), verb, place]
        else:
            if self._last() in _PLACES or (self._last() == "noun" and apart):
                self._say("other", [","])
            elif self._last() == "verb" and not role:
                self._said[-1] = ("verb", [_DONE_TO.get(v, v) for v in self._said[-1][1]])
            self._say(role or "noun", words)

    def verbs_(self, english: str) -> None:
        self._kept, self._adjectives, self._role = self._kept + self._adjectives, [], ""
        self._say("verb", [english])
        if self._object:
            self._say("noun", self._object)
            self._object = []

    def last_verb(self, english: str, *, describes: bool) -> None:
        """A verb after its object, which comes before it in English."""
        several = self._last(1) in ("noun", "other", *_PLACES) and self._last(2) != "verb"
        marked = self._mark == "object" or (not self._mark and (describes or several))
        if self._last() == "noun" and marked:
            noun = self._said.pop()
            self.verbs_(english)
            self._said.append(noun)
        else:
            self.verbs_(english)
        if describes:
            self.of_("")

    def after_(self, relation: str) -> None:
        if self._waiting[:1] == ["of"] and self._last() not in ("noun", "at"):
            self._say(self._role or "noun", self._waiting[1:])
            self._waiting, self._role = [], ""
        nowhere, self._role = self._role == "at", ""  # "扛在肩膀上"
        if self._last() in ("noun", "at") and not nowhere:
            kind, words = self._said.pop()
            if relation == "between" and self._last() == "other" and len(self._said) > 1:
                words = [*self._said[-2][1], "and", *words]
                del self._said[-2:]
            elif kind == self._last() == "noun" and vocabulary().find(
                f"{self._said[-1][1][-1]} {words[0]}"
            ):
                words = [*self._said.pop()[1], *words]
            words = ["of", *words] if relation.startswith(_SIDE) else words
            self._say("there" if kind == "at" else "place", [relation, *words])
        elif relation.startswith(_SIDE):
            self._say("place", [relation])
        elif relation == "behind":
            self._say("other", ["in the background"])

    def of_(self, _: str) -> None:
        """Ends what describes the next noun."""
        if self._adjectives or not self._said:
            return
        last, before = self._last(), self._last(1)
        whole = last == "verb" and " " in self._said[-1][1][0]  # "看书的人"
        if last == "verb" and before not in ("noun", *_PLACES) and not whole:
            self._adjectives, self._kept = [*self._kept, *self._said.pop()[1]], []
        elif last in ("noun", "at") and (before != "verb" or self._has_subject()):
            kind, words = self._said[-1]
            if is_noun(words[-1]):
                self._said.pop()
                self._role = "at" if kind == "at" else self._role
                self._waiting = ["of", *words, *self._waiting]
        elif whole or last in ("noun", *_PLACES) or before in _PLACES:
            self._describe()

    def _has_subject(self) -> bool:
        """Whether who does what was said last is said before: "狗追鸟"."""
        return self._last(2) == "noun" and self._last(3) != "verb"

    def _describe(self) -> None:
        """Everything that belongs together up to here describes the next noun."""
        start = len(self._said) - 1
        while start and self._goes_on(start):
            start -= 1
        self._waiting += [w for kind, said in self._said[start:] for w in _placed(kind, said)]
        del self._said[start:]
        self._adjectives, self._kept = self._kept, []

    def _goes_on(self, at: int) -> bool:
        """Whether a phrase belongs to the same description as the one before it."""
        before, this = self._said[at - 1][0], self._said[at][0]
        two_before = self._said[at - 2][0] if at > 1 else ""
        if this in ("noun", "there", "at"):
            return before == "verb"
        is_object = before == "noun" and two_before == "verb"
        return this == "verb" and (before in _PLACES or is_object)

    def at_(self, _: str) -> None:
        if self._object:
            self._say("other", [";"])
            self._say("noun", self._object)
            self._object = []
        self._kept, self._adjectives, self._role = self._kept + self._adjectives, [], "at"

    def fronted_(self, _: str) -> None:
        self._role = "object"

    def toward_(self, _: str) -> None:
        if self._said:
            self._role = "toward"
        else:
            self._say("other", ["to"])

    def by_(self, _: str) -> None:
        self._object = self._said.pop()[1] if self._last() == "noun" else self._object

    def exists_(self, _: str) -> None:
        if self._last() == "noun":
            self._say("other", ["with"])

    def going_(self, _: str) -> None:
        self._say("verb", ["to"])

    def object_(self, _: str) -> None:
        self._mark = "object"

    def placed_(self, _: str) -> None:
        """Marks the noun before as where it is."""
        if self._last() == "noun":
            self._said[-1] = ("at", self._said[-1][1])

    def subject_(self, _: str) -> None:
        self._mark, self._parted = "subject", True

    def ignored_(self, _: str) -> None:
        self._parted = True

    def _say(self, kind: str, words: list[str]) -> None:
        self._said.append((kind, words))
        self._parted, self._mark = False, ""

    def _last(self, before: int = 0) -> str:
        return self._said[-1 - before][0] if len(self._said) > before else ""

    def _is_after_place(self, before: int = 0) -> bool:
        """Whether what comes now is what is there: "桌子上有猫"."""
        named = any(kind in ("noun", "at") for kind, _ in self._said)
        return self._last(before) in ("place", "there") and not named

    def _is_done_to_nothing(self) -> bool:
        verb = self._said[-1][1][0]
        return verbs().relation(verbs().plain(verb) or verb) is None and " " not in verb


def _placed(kind: str, words: list[str]) -> list[str]:
    """A phrase; at a thing is next to it, at a place is in it."""
    if kind != "at":
        return words
    meaning = vocabulary().find(words[-1])
    near = meaning is not None and meaning.kind == "thing"
    return ["on" if bears(words[-1]) else "next to" if near else "in", *words]
