"""Verbs: what somebody in a prompt does."""

from functools import cache

from describe_draw.english import plain_verb

from .words import read_toml


class Verbs:
    """Finds verbs in any form. Build it once: `verbs()`."""

    def __init__(self) -> None:
        tables = read_toml("verbs.toml")
        said = {name: frozenset(words.split()) for name, words in tables["objects"].items()}
        self._relations = {verb: relation for relation, names in said.items() for verb in names}
        self._known = frozenset(self._relations) | frozenset(tables["alone"]["words"].split())
        self._irregular: dict[str, str] = tables["irregular"]
        self._sets = {name: frozenset(words.split()) for name, words in tables["sets"].items()}
        self._pronouns = {word: art for art, words in tables["pronouns"].items() for word in words}

    def plain(self, word: str) -> str | None:
        """The plain form of a verb ("running" → "run"); None where it is none of these."""
        return plain_verb(word, self._known, self._irregular)

    def relation(self, verb: str) -> str | None:
        """How who does it stands to what it is done to; None where it is done to nothing."""
        return self._relations.get(verb)

    def is_noun_too(self, word: str) -> bool:
        """Whether a word in -ing mostly names a thing: "building"."""
        return word in self._sets["nouns_too"]

    def is_airborne(self, verb: str) -> bool:
        """Whether who does it is in the air."""
        return verb in self._sets["airborne"]

    def moves(self, verb: str) -> bool:
        """Whether what it is done to gets where the sentence says, not who does it."""
        return verb in self._sets["moving"]

    def announces(self, word: str) -> bool:
        """Whether a noun follows: "the"."""
        return word in self._sets["announcing"]

    def comes_between(self, word: str) -> bool:
        """Whether a noun or an adjective can't go on after it: "is"."""
        return word in self._sets["between"]

    def is_plain_sight(self, verb: str) -> bool:
        """Whether who does it looks like anybody: "stand"."""
        return verb in self._sets["plain_sight"]

    def is_picture(self, word: str) -> bool:
        """Whether a word that mostly tells what is wanted names a picture: "holding a photo"."""
        return word in self._sets["pictures"]

    def is_kin(self, word: str) -> bool:
        """Whether a word before an animal says no more than its family or sex: "mother duck"."""
        return word in self._sets["kin"]

    def is_helping(self, word: str) -> bool:
        """Whether a noun says how much there is, or in what: "sushi platter"."""
        return word in self._sets["helpings"]

    def is_gait(self, verb: str) -> bool:
        """Whether it is how an animal goes that stands there."""
        return verb in self._sets["gaits"]

    def is_way(self, word: str) -> bool:
        """Whether a noun is complete before it, as before a relation: "across"."""
        return word in self._sets["ways"]

    def is_young(self, word: str) -> bool:
        """Whether a word says of another animal only that it is young: "lion cub"."""
        return word in self._sets["young"]

    def who(self, pronoun: str) -> str | None:
        """The drawing that a pronoun stands for where it names somebody new."""
        return self._pronouns.get(pronoun)


@cache
def verbs() -> Verbs:
    """The one table of verbs, read on the first call."""
    return Verbs()
