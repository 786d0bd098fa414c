"""English nouns, one of them and several, and the plain forms of verbs.

The rules are a library's, which takes some 40 µs a word; what it gets wrong among the words that
captions and prompts are made of stands in english.toml.
"""

import tomllib
from collections.abc import Container, Mapping
from functools import lru_cache
from importlib.resources import files

from pluralizer import Pluralizer

LONGEST = 40
"""Letters that an English word may have: a longer one is left as it is."""

REMEMBERED = 4096
"""Words, in each direction: about 1 MB, at most 3."""

_EXCEPTIONS = tomllib.loads(files(__package__).joinpath("english.toml").read_text("utf-8"))
_ONLY_PLURAL = frozenset(_EXCEPTIONS["only_plural"].split())


def _library() -> Pluralizer:
    made = Pluralizer()  # type: ignore[no-untyped-call]  # all but this of it has types
    for one, several in _EXCEPTIONS["irregular"].items():
        made.add_irregular_rule(one, several)
    for word in _ONLY_PLURAL.union(_EXCEPTIONS["alike"].split()):
        made.add_uncountable_rule(word)
    return made


_rules = _library()  # only read from here on, by any thread


@lru_cache(REMEMBERED)
def singular(word: str) -> str:
    """One of what a noun names.

    Args:
        word: In lower case: "wolves", or "wolf", which stays as it is.
    """
    if not 3 <= len(word) <= LONGEST or not word[-1].isascii():
        return word
    return _rules.singular(word) or word


@lru_cache(REMEMBERED)
def plural(word: str) -> str:
    """Several of what a noun names.

    Args:
        word: In lower case or with a capital: "wolf", or "wolves", which stays as it is.
    """
    return _rules.plural(word) if 0 < len(word) <= LONGEST else word


def is_plural(word: str) -> bool:
    """Whether a noun only stands for several: "wolves" or "scissors", but not "sheep"."""
    return word in _ONLY_PLURAL or plural(word) == word != singular(word)


_VERB_ENDINGS = (
    ("ies", "y"), ("es", "e"), ("es", ""), ("s", ""),
    ("ied", "y"), ("ed", "e"), ("ed", ""), ("ying", "ie"), ("ing", "e"), ("ing", ""),
)  # fmt: skip
"""Endings of verbs and what stands for them in the plain form, as in WordNet's morphy(7WN)."""


def plain_verb(word: str, known: Container[str], irregular: Mapping[str, str]) -> str | None:
    """The plain form of a verb.

    Args:
        word: In lower case: "running", "runs" or "run".
        known: Plain forms.
        irregular: Form → plain form, for those that no rule makes.

    Returns:
        One of the plain forms; None where the word is a form of none.
    """
    if word in irregular:
        return irregular[word]
    if word in known:
        return word
    for ending, plain in _VERB_ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        if stem + plain in known:
            return stem + plain
        if not plain and stem[-1] == stem[-2] and stem[:-1] in known:
            return stem[:-1]  # "running"
    return None
