"""English nouns: one of them, and several.

The rules are a library's, which takes some 40 µs a word; what it gets wrong among the words that
captions and prompts are made of stands in english.toml.
"""

import tomllib
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
