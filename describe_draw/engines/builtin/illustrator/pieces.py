"""Words of another language on their way into English: what they are, and what they name."""

from .sentence import SIZE_OF
from .tables import is_a
from .verbs import verbs
from .words import vocabulary

Piece = tuple[str, str]
"""What a word is (words, verbs, after, of, ...), and its English."""

_ADJECTIVES = ("colour", "count", "stuff")
_SEEN = ("thing", "feature", "place", "time", "weather", "season")


def is_noun(english: str) -> bool:
    """Whether words name something, known or not."""
    meaning = vocabulary().find(english)
    return meaning is None or meaning.kind in _SEEN


def is_adjective(english: str) -> bool:
    meaning = vocabulary().find(english)
    if meaning is None:
        return english.endswith(" of")  # "two bowls of"
    return meaning.kind in _ADJECTIVES or meaning.value in SIZE_OF or english == "old"


def bears(english: str) -> bool:
    """Whether who is at a thing is on it."""
    meaning = vocabulary().find(english)
    value = meaning.value if meaning else english
    own = verbs().is_a(english, "bearing") or verbs().is_a(value, "bearing")
    return own or is_a(value, "rideable")
