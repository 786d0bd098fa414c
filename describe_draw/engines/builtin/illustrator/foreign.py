"""Prompts in other languages, turned into the vocabulary's English."""

import re
import unicodedata

from .language import UNSPACED, Language, cut, language
from .order import in_order
from .pieces import Piece, bears, is_adjective, is_noun
from .verbs import verbs
from .words import LONGEST_PHRASE, foreign_nouns, vocabulary

LONGEST = 2_000
"""What of a prompt is looked up in other languages, in characters."""

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
_LATIN = ("de", "es", "fr", "it", "pt", "tr", "vi")
_MOST_ALIKE = 2
"""Small words of another language that an English prompt may have by chance."""
_VERB_LAST = ("ja", "ko", "hi", "tr")
_NOUN_FIRST = ("es", "fr", "it", "pt", "vi", "ar")
"""Languages in which most adjectives follow their noun."""
_MARKS = str.maketrans("、。，；：！？،؛؟।İ", ",.,;:!?,;?.i")
_WORD = re.compile(r"[^\s.,;:!?()\"«»„“”'’]+|[.,;:!?]")
_INFLECTED = re.compile("[\u4e00-\u9fff]{1,3}[\u3041-\u3096]{1,6}")
"""Japanese with an ending: a verb or an adjective, never a noun."""
_NOUNS = ("words", "unknown")
_AND = "و"
_WITH = ("ом", "ем", "ём", "ами", "ями")
"""Ends of Russian nouns with which something is done: she feeds a cat with milk."""


def in_english(text: str) -> str:
    """A prompt in another language in English words; one in English or Chinese as it is."""
    text = unicodedata.normalize("NFKC", text).translate(_MARKS)
    if (name := _language_of(text[:LONGEST])) is None:
        return text
    pieces = _pieces(text[:LONGEST].lower(), language(name))
    if name in _VERB_LAST:
        return in_order(pieces, verb_last=True) + text[LONGEST:]
    if name in _NOUN_FIRST:
        pieces = _adjectives_first(pieces)
    pieces = _subjects_first(_on_what_bears(pieces))
    return " ".join(english for _, english in pieces if english) + text[LONGEST:]


def said_as(english: str, text: str) -> str | None:
    """The word of a text in another language that means `english`; None without one."""
    if (name := _language_of(text[:LONGEST])) is None:
        return None
    spoken, text = language(name), text.lower()
    words = [w for w in spoken.pieces if w in text] if name in UNSPACED else _WORD.findall(text)
    said = (w for w in words if english in (piece[1] for piece in spoken.find(w)))
    return max(said, key=len, default=None)


def kinds(text: str) -> dict[str, str]:
    """The compounds of a text, each with the English of what it is a kind of."""
    name = _language_of(text[:LONGEST])
    words = _WORD.findall(text.lower()) if name else []
    return {w: kind for w in words if name and (kind := language(name).kind_of(w))}


def _language_of(text: str) -> str | None:
    for name, script in _SCRIPTS:
        if script.search(text):
            return name
    words = [word for word in _WORD.findall(text.lower()) if word not in ".,;:!?"]
    known = sum(map(_is_english, words))
    if known == len(words):
        return None
    found = {name: [w for w in words if w in language(name).pieces] for name in _LATIN}
    best = max(_LATIN, key=lambda name: len(found[name]))
    if len(found[best]) <= known:
        return None
    meant = (piece for word in words for piece in language(best).find(word))
    return best if len(found[best]) > _MOST_ALIKE or any(map(_is_telling, meant)) else None


def _is_telling(piece: Piece) -> bool:
    """Whether a word is no mere small word, which other languages may have too."""
    return piece[0] == "verbs" or (piece[0] == "words" and is_noun(piece[1]))


def _is_english(word: str) -> bool:
    """Whether a word is no sign of another language."""
    known = vocabulary().find(word) or verbs().plain(word)
    return known is not None or word in foreign_nouns()["en"]


def _pieces(text: str, language: Language) -> list[Piece]:
    """A text cut into the longest known words, each with its kind and English."""
    if language.name in UNSPACED:
        runs = [piece for run in _WORD.findall(text) for piece in cut(run, language.pieces)]
        return [("ignored", "") if _INFLECTED.fullmatch(said) else (k, said) for k, said in runs]
    words, at = _WORD.findall(text), 0
    found: list[Piece] = []
    while at < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            if pieces := language.find(phrase):
                break
        if found and _names(found[-1]) and any(map(_names, pieces)):
            found += [("words", "with")] * (language.name == "ru" and phrase.endswith(_WITH))
        found += pieces or _unknown(phrase, language)
        at += length
    return found


def _unknown(word: str, language: Language) -> list[Piece]:
    """A word that isn't known, parted from an "and" that is written before it."""
    bare = word.removeprefix(_AND)
    if language.name == "ar" and bare != word and (found := language.find(bare)):
        return [("words", "and"), *found]
    return [("mark" if word in ".,;:!?" else "unknown", word)]


def _adjectives_first(pieces: list[Piece]) -> list[Piece]:
    """Adjectives before the noun that they follow: cat black → black cat."""
    found: list[Piece] = []
    for piece in pieces:
        after = _describes(piece) and bool(found) and _names(found[-1])
        found.insert(len(found) - after, piece)
    return found


def _describes(piece: Piece) -> bool:
    meaning = vocabulary().find(piece[1]) if piece[0] == "words" else None
    return meaning is not None and meaning.kind != "count" and is_adjective(piece[1])


def _subjects_first(pieces: list[Piece]) -> list[Piece]:
    """Who does something before the verb and the place that a clause begins with.

    On the table stands a vase → a vase stands on the table; drinks cat milk → cat drinks milk.
    """
    found, begin = list(pieces), 0
    for n, (kind, english) in enumerate(pieces):
        if kind == "mark":
            begin = n + 1
        elif kind == "verbs" and n >= begin and (n == begin or _is_place(found[begin:n])):
            end = _noun_from(found, n + 1)
            if end and found[end : end + 1] == [("words", "with")]:
                end = _noun_from(found, end + 1) or end
            if end:
                found[begin:end] = [*found[n + 1 : end], (kind, english), *found[begin:n]]
            begin = len(found)
    return found


def _on_what_bears(pieces: list[Piece]) -> list[Piece]:
    """One word is "in" and "on" in some languages: en la mesa, no galho."""
    found = list(pieces)
    for n, piece in enumerate(pieces):
        following = next(filter(_names, pieces[n + 1 :]), None)
        if piece == ("words", "in") and following and bears(following[1]):
            found[n] = ("words", "on")
    return found


def _names(piece: Piece) -> bool:
    return piece[0] in _NOUNS and is_noun(piece[1])


def _noun_from(pieces: list[Piece], start: int) -> int:
    """Where a noun ends that begins with its article and adjectives; 0 where none does."""
    for end in range(start, len(pieces)):
        if _names(pieces[end]):
            return end + 1
        if pieces[end][1] not in ("a", "the") and not is_adjective(pieces[end][1]):
            break
    return 0


def _is_place(pieces: list[Piece]) -> bool:
    """Whether words are a place and nobody in it: "on the table"."""
    meaning = vocabulary().find(pieces[0][1])
    relates = meaning is not None and meaning.kind == "relation" and pieces[0][1] != "with"
    return relates and sum(map(_names, pieces)) == 1
