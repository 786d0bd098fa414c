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

    def is_a(self, word: str, kind: str) -> bool:
        """Whether a word is in one of verbs.toml's sets."""
        return word in self._sets[kind]

    def who(self, pronoun: str) -> str | None:
        """The drawing that a pronoun stands for where it names somebody new."""
        return self._pronouns.get(pronoun)


@cache
def verbs() -> Verbs:
    """The one table of verbs, read on the first call."""
    return Verbs()
