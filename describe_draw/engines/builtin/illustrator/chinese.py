"""Chinese prompts, turned into the vocabulary's English phrases and its word order."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from describe_draw.english import plural

from ..chinese import LANGUAGES, in_english, nouns, simplified
from .language import cut, parted
from .order import in_order
from .pieces import Piece
from .words import foreign_nouns, read_toml

_JOINED = re.compile("之?[与和及或]|对")
_HAN = re.compile(r"(?:[\u3400-\u9fff]|[Tt](?=恤)){1,200}")
"""A longer clause costs its length squared; a T-shirt is written with a T."""
_FIGURES = [*"零一二三四五六七八九十", *["几十"] * 89]
_FIGURE = re.compile(r"(?<!\d)\d{1,2}(?= ?[\u3400-\u9fff])")


@cache
def _dictionary() -> dict[str, tuple[str, str]]:
    """Simplified word → its kind, as in `order.in_order`, and its English."""
    own = read_toml("chinese.toml")
    cldr = {**foreign_nouns()["zh-Hant"], **foreign_nouns()["zh"]}
    tables: list[dict[str, Piece]] = [  # the later ones win
        {word: _of_wordnet(word, said) for word, said in foreign_nouns()["wordnet"].items()},
        {word: ("words", noun) for word, noun in cldr.items() if len(word) > 1},
        {word: ("words", english) for word, english in in_english().items()},
        _said("words", read_toml("abstract.toml")["chinese"]),
        _counted(own["counted"]),
        {word: (kind, word) for kind, words in own["grammar"].items() for word in words.split()},
        *(_said(kind, own[kind]) for kind in ("words", "verbs", "after")),
    ]
    return {simplified(word): piece for table in tables for word, piece in table.items()}


def _said(kind: str, words: Mapping[str, str | list[str]]) -> dict[str, Piece]:
    """Chinese words by their English."""
    split = {one: said.split() if isinstance(said, str) else said for one, said in words.items()}
    return {word: (kind, english) for english, said in split.items() for word in said}


def _of_wordnet(word: str, english: str) -> Piece:
    """The thing that a word names, drawn or not; other words need no drawing."""
    return ("words" if english != word else "unknown", english) if english else ("ignored", word)


def _counted(said: dict[str, Any]) -> dict[str, Piece]:
    """Numbers, alone and with each word that things are counted with: 三杯, "three"."""
    numbers = _said("words", said["numbers"])
    sized = {**numbers, **{one + size: numbers[one] for one in "一两" for size in "大小"}}
    found = {n + measure: piece for n, piece in sized.items() for measure in said["measures"]}
    found |= {
        n + measure: ("words", f"{many} {one if many == 'one' else plural(one)} of")
        for n, (_, many) in sized.items()
        for one, measures in said["holders"].items()
        for measure in measures
    }
    return {**numbers, **found, "一": ("ignored", "一")}


def translate(text: str) -> str:
    """The text with its Chinese in English; other scripts and unknown words stay as they are."""
    if not _HAN.search(text):
        return text
    text = _FIGURE.sub(lambda figure: _FIGURES[int(figure[0])], simplified(text))
    return _HAN.sub(
        lambda run: f" {_idea(run[0]) or in_order(cut(run[0].lower(), _dictionary()))} ", text
    )


def kinds(text: str) -> dict[str, str]:
    """The unknown words of a text, each with the English of what it is a kind of: 芦花鸡."""
    runs = _HAN.findall(simplified(text))
    said = (pair for run in runs for pair in parted(run, _dictionary()))
    return {w: english for w, (kind, english) in said if kind == "words" and w not in _dictionary()}


def _idea(run: str) -> str:
    """What can't be seen, or two such: 孤独与自由."""
    parts = [run] if run in _ideas() else _JOINED.split(run)
    ideas = [_ideas().get(part, "") for part in parts]
    return " and ".join(ideas) if all(ideas) else ""


@cache
def _ideas() -> dict[str, str]:
    """What can't be seen, where nothing else is said: 快乐 alone is no adjective."""
    said = _said("words", read_toml("abstract.toml")["chinese"])
    return {simplified(word): english for word, (_, english) in said.items()}


def is_chinese(word: str) -> bool:
    """Whether a word or text begins in Chinese signs."""
    return bool(_HAN.match(word))


def said_as(english: str, text: str) -> str | None:
    """The longest word of a Chinese text that `translate` gives as `english`; None without one."""
    folded = simplified(text)
    said = [word for word in (english, *_from_english().get(english, ())) if word in folded]
    if not said:
        return None
    at = folded.index(longest := max(said, key=len))
    return text[at : at + len(longest)]


def called(english: str, text: str) -> str:
    """What something is called in a text's language: in Chinese where that is Chinese."""
    if not is_chinese(text):
        return english
    name = nouns(LANGUAGES[0]).get(english, ("", ""))[1]
    return name or next(iter(_from_english().get(english, ())), english)


@cache
def _from_english() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    own = _said("words", read_toml("chinese.toml")["words"])
    said = [(word, english) for word, (_, english) in {**own, **_dictionary()}.items()]
    whole = [(w, e) for w, english in said for e in {english, english.rpartition(" of ")[2]}]
    parts = [(w, e) for w, english in said if " " in english for e in english.split()]
    for word, english in whole + parts:  # a cup of espresso is espresso
        found.setdefault(english, []).append(word)
    return found
