"""From an instruction in Chinese to the question that it asks, sign by sign."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

from ...chinese import LANGUAGES, nouns, simplified
from ..tables import load_toml
from .forms import Form, forms
from .kinship import is_known, plain
from .question import MAIN, Question, Subject, table

_OF = "的"
_AND = ("或者", "还是", "和", "或", "与", "、")
_MOST = 3
_CHECKED = {"times": "time", "insides": "inside", "weathers": "weather", "media": "medium"}
_IS = "是"


def is_chinese(text: str) -> bool:
    """Whether a text is in Chinese: in its signs, and none of Japanese or Korean."""
    signs = [unicodedata.name(sign, "") for sign in text]
    han = any(name.startswith("CJK UNIFIED") for name in signs)
    return han and not any(name.startswith(("HIRAGANA", "KATAKANA", "HANGUL")) for name in signs)


def understood(text: str) -> Question | None:
    """What a Chinese instruction asks of a picture; None where it is no question that is known."""
    text = unicodedata.normalize("NFKC", text)
    folded = simplified(text)
    language = "zh" if folded == text else "zh-TW"
    asked = _matched(_bare(folded))
    return asked and Question(asked.kind, asked.subjects, asked.value, language)


def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = table("zh")["chinese"]
    return words


def _bare(text: str) -> str:
    """A question without marks, politeness, and "in the picture"."""
    text = "".join(sign for sign in text if sign.isalnum() or sign == "、")
    for words in _left_out():
        text = text.replace(words, "")
    return text


@cache
def _left_out() -> tuple[str, ...]:
    words = _words()
    within = {before + place for before in words["before_within"] for place in words["within"]}
    return (*sorted(within, key=len, reverse=True), *words["polite"])


@cache
def _forms() -> tuple[Form, ...]:
    return forms(_words()["forms"], by_sign=True)


@cache
def _styles() -> tuple[Form, ...]:
    return forms(_words()["styles"], by_sign=True)


def _matched(text: str) -> Question | None:
    for form in _styles():
        if form.gap(text) is not None:
            return Question("style", value=form.kind)
    checked = _checked(text)
    if checked:
        return checked
    for form in _forms():
        gap = form.gap(text)
        asked = _question(form.kind, "".join(gap)) if gap is not None else None
        if asked:
            return asked
    return None


def _question(kind: str, gap: str) -> Question | None:
    if kind == "side":
        place = _named("places", gap)
        return Question("side", value=place) if place else None
    if kind == "colour" and gap.removesuffix(_OF) in ("背景", "图", "图片", "照片", "画面"):
        return Question("behind" if "背景" in gap else "colours")
    if kind == "kinds" and gap in ("图", "图片", "画"):
        return Question("medium")
    return Question(kind, subjects(gap) if gap else ())


def _named(section: str, text: str) -> str:
    sections: Mapping[str, list[str]] = _words()[section]
    return next((name for name, known in sections.items() if text in known), "")


def _checked(text: str) -> Question | None:
    """Such as "这是照片吗", "猫是黑色的吗", "猫在左边吗"."""
    what, is_, said = text.replace("是不是", _IS).partition(_IS)
    said = said.removesuffix(_OF)
    if what in ("", "这", "它", "那", "图片", "这张图", "这张图片"):
        for section, kind in _CHECKED.items():
            value = _named(section, said) or _named(section, text)
            if value:
                return Question(kind, value=value)
    colour = _colours().get(said)
    if is_ and what and colour:
        return Question("colour", subjects(what), colour)
    what, at, place = text.partition("在")
    if at and what and _named("places", place):
        return Question("where", subjects(what), _named("places", place))
    is_that = is_ and what in ("", "这", "它") and _noun(said)
    return Question("exists", subjects(said)) if is_that else None


@cache
def _colours() -> Mapping[str, str]:
    tables = load_toml("captions.zh.toml")["colours"]
    whole = {name: english for english, name in tables.items()}
    return whole | {name.removesuffix("色"): english for name, english in whole.items()}


def subjects(text: str) -> tuple[Subject, ...]:
    """The things that some signs name: "猫和红色的车"."""
    for word in _AND:
        text = text.replace(word, " ")
    return tuple(_subject(part) for part in text.split()[:_MOST])


def _subject(text: str) -> Subject:
    """One thing, with the number and the colour that stand before it."""
    least, numbers = 1, _words()["numbers"]
    for sign in ("这", "那"):
        text = text.removeprefix(sign)
    if not _noun(text) and text[:1] in numbers:
        least, text = numbers[text[0]], text[1:]
    if not _noun(text) and text[:1] in _words()["measures"]:
        text = text[1:]
    text = text.removeprefix(_OF).removesuffix(_OF)
    colour, noun = "", _noun(text)
    if not noun and _OF in text:
        before, _, after = text.partition(_OF)
        colour, noun = _colours().get(before, ""), _noun(after)
        noun = noun if colour else ""
    return Subject(noun or None, colour or None, least)


def _noun(text: str) -> str:
    """The plain English noun of a Chinese one, empty for none that is known."""
    return _nouns().get(text, "")


@cache
def _nouns() -> Mapping[str, str]:
    found: dict[str, str] = {}
    said = [(w.split(), english) for english, w in load_toml("chinese.toml")["words"].items()]
    said += [
        ([name], english)
        for language in LANGUAGES
        for english, (_, name) in nouns(language).items()
    ]
    for names, english in said:
        noun = plain(english.lower().split())
        if is_known(noun):
            for name in names:
                found.setdefault(simplified(name), noun)
    own = _words()["words"].items()
    found |= {name: plain(english.split()) for english, names in own for name in names}
    return found | dict.fromkeys(("它", "它们"), MAIN)
