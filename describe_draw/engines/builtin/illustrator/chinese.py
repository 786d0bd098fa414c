"""Chinese prompts, turned into the vocabulary's English phrases and its word order."""

import re
from functools import cache

from ..chinese import in_english
from .words import foreign_nouns, read_toml

_HAN = re.compile(r"[\u3400-\u9fff]{1,200}")  # a longer clause costs its length squared
_NUMBERS = ("one", "two", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "three", "two", "three")  # fmt: skip
_OF = "的"  # ties what describes to what is described


@cache
def _dictionary() -> dict[str, tuple[str, str]]:
    """Chinese word → its kind (words, verbs, after, ignored, of) and its English."""
    tables = read_toml("chinese.toml")
    nouns = {**foreign_nouns()["zh-Hant"], **foreign_nouns()["zh"]}
    found = {word: ("words", noun) for word, noun in nouns.items() if len(word) > 1}
    found |= {word: ("words", english) for word, english in in_english().items()}
    found |= dict.fromkeys(tables["ignored"]["words"], ("ignored", ""))
    for english, words in read_toml("abstract.toml")["chinese"].items():
        found |= dict.fromkeys(words, ("words", english))
    found |= _counted(tables["counted"])
    for kind in ("words", "verbs", "after"):
        for english, words in tables[kind].items():
            found |= dict.fromkeys(words, (kind, english))
    found[_OF] = ("of", "")
    return found


def _counted(signs: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Numbers, alone and with each word that things are counted with: 三杯, "three"."""
    found: dict[str, tuple[str, str]] = {}
    for number, english in zip(signs["numbers"], _NUMBERS, strict=True):
        found |= {number + measure: ("words", english) for measure in signs["measures"]}
        found[number] = ("words", english) if english != "one" else ("ignored", "")
    return found


@cache
def _longest() -> int:
    return max(map(len, _dictionary()))


def translate(text: str) -> str:
    """The text with its Chinese in English; other scripts and unknown words stay as they are."""
    return _HAN.sub(lambda match: f" {in_order(_pieces(match[0]))} ", text)


def is_chinese(word: str) -> bool:
    """Whether a word is in Chinese signs."""
    return bool(_HAN.match(word))


def said_as(english: str, text: str) -> str | None:
    """The longest word of a Chinese text that `translate` gives as `english`; None without one."""
    return max(
        (word for word in _from_english().get(english, ()) if word in text), key=len, default=None
    )


@cache
def _from_english() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, (_, english) in _dictionary().items():
        for name in {english, english.rpartition(" of ")[2]}:  # a cup of espresso is espresso
            found.setdefault(name, []).append(word)
    return found


def _pieces(text: str) -> list[tuple[str, str]]:
    """A run of Chinese cut into the longest known words, each with its kind and English."""
    pieces, at = [], 0
    while at < len(text):
        for length in range(min(_longest(), len(text) - at), 0, -1):
            word = text[at : at + length]
            if word in _dictionary():
                kind, english = _dictionary()[word]
                pieces.append((kind, english))
                # "塔上的" ties like "塔上" and "的".
                if kind == "after" and word.endswith(_OF):
                    pieces.append(("of", ""))
                break
        else:
            length = 1
            before = pieces.pop()[1] if pieces and pieces[-1][0] == "unknown" else ""
            pieces.append(("unknown", before + text[at]))
        at += length
    return pieces


def in_order(pieces: list[tuple[str, str]]) -> str:
    """English words in English order.

    What describes comes first in Chinese: "塔上的鸟" is "bird on tower", "戴着帽子的狗" is
    "dog wearing hat". So a phrase that ends in 的 waits for its noun and follows it.
    """
    said: list[str] = []  # in English order
    describing: list[str] = []  # since the last noun that stands alone
    waiting: list[str] = []  # a finished description, to follow the next noun
    for kind, english in pieces:
        if kind == "after":
            describing = _before_the_noun(describing, english)
        elif kind == "of" and (noun := _phrase(describing)):
            count = [word for word in describing[:1] if word in _counts()]
            waiting, describing = describing[len(count) : noun], count + describing[noun:]
        elif english:
            describing.append(english)
            if waiting and english not in _adjectives():
                said += [*describing, *waiting]
                describing, waiting = [], []
    return " ".join([*said, *describing, *waiting])


def _before_the_noun(words: list[str], relation: str) -> list[str]:
    """Puts a word of place in front of its noun and the noun's adjectives."""
    first = len(words)
    while first and (first == len(words) or words[first - 1] in _adjectives()):
        first -= 1
    return [*words[:first], relation, *words[first:]]


def _phrase(words: list[str]) -> int:
    """How many words a phrase before 的 has (on the tower, wearing a hat), 0 without one.

    Adjectives after it belong to the noun that follows: "公园里两只红色的鸟".
    """
    end = len(words)
    while end and words[end - 1] in _adjectives():
        end -= 1
    leading = [word for word in words[:end] if word not in _adjectives()]
    return end if len(leading) > 1 and leading[0] in _relations() else 0


@cache
def _relations() -> frozenset[str]:
    tables = read_toml("chinese.toml")
    return frozenset({*tables["after"], *(verb.split()[0] for verb in tables["verbs"])})


@cache
def _counts() -> frozenset[str]:
    return frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
                      "ten", "dozen"})  # fmt: skip


@cache
def _adjectives() -> frozenset[str]:
    colours = read_toml("vocabulary.toml")["colours"]
    return _counts() | frozenset({*colours, "big", "small"})
