"""From an instruction in Chinese to the question that it asks, sign by sign."""

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from ...chinese import LANGUAGES, nouns, simplified
from ...tables import read_toml
from .forms import asked
from .kinship import is_known, plain
from .question import CHECKED, MAIN, Question, Subject, named, words_of

_OF = "的"
_AND = ("或者", "还是", "和", "或", "与", "、")
_MOST = 3
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
    bare = _bare(folded)
    found = _checked(bare) or asked(bare, _question, "zh")
    return found and replace(found, language=language)


def _bare(text: str) -> str:
    """A question without marks, politeness, and "in the picture"."""
    text = "".join(sign for sign in text if sign.isalnum() or sign == "、")
    for words in _left_out():
        text = text.replace(words, "")
    return text


@cache
def _left_out() -> tuple[str, ...]:
    words = words_of("zh")
    within = {before + place for before in words["before_within"] for place in words["within"]}
    return (*sorted(within, key=len, reverse=True), *words["polite"])


def _question(kind: str, gap: str) -> Question | None:
    if kind == "side":
        place = named("places", gap, "zh")
        return Question("side", value=place) if place else None
    if kind == "colour" and gap.removesuffix(_OF) in ("背景", "图", "图片", "照片", "画面"):
        return Question("behind" if "背景" in gap else "colours")
    if kind == "kinds" and gap in ("图", "图片", "画"):
        return Question("medium")
    return Question(kind, subjects(gap) if gap else ())


def _checked(text: str) -> Question | None:
    """Such as "这是照片吗", "猫是黑色的吗", "猫在左边吗"."""
    what, is_, said = text.replace("是不是", _IS).partition(_IS)
    said = said.removesuffix(_OF)
    if what in ("", "这", "它", "那", "图片", "这张图", "这张图片"):
        for section, kind in CHECKED.items():
            value = named(section, said, "zh") or named(section, text, "zh")
            if value:
                return Question(kind, value=value)
    colour = _colours().get(said)
    if is_ and what and colour:
        return Question("colour", subjects(what), colour)
    what, at, place = text.partition("在")
    if at and what and named("places", place, "zh"):
        return Question("where", subjects(what), named("places", place, "zh"))
    is_that = is_ and what in ("", "这", "它") and _noun(said)
    return Question("exists", subjects(said)) if is_that else None


@cache
def _colours() -> Mapping[str, str]:
    tables = read_toml("captions.zh.toml")["colours"]
    whole = {name: english for english, name in tables.items()}
    return whole | {name.removesuffix("色"): english for name, english in whole.items()}


def subjects(text: str) -> tuple[Subject, ...]:
    """The things that some signs name: "猫和红色的车"."""
    for word in _AND:
        text = text.replace(word, " ")
    return tuple(_subject(part) for part in text.split()[:_MOST])


def _subject(text: str) -> Subject:
    """One thing, with the number and the colour that stand before it."""
    least, numbers = 1, words_of("zh")["numbers"]
    for sign in ("这", "那"):
        text = text.removeprefix(sign)
    if not _noun(text) and text[:1] in numbers:
        least, text = numbers[text[0]], text[1:]
    if not _noun(text) and text[:1] in words_of("zh")["measures"]:
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
    said = [(w.split(), english) for english, w in read_toml("chinese.toml")["words"].items()]
    for language in LANGUAGES:
        said += [([name], english) for english, (_, name) in nouns(language).items()]
    for names, english in said:
        noun = plain(english.lower().split())
        if is_known(noun):
            for name in names:
                found.setdefault(simplified(name), noun)
    own = words_of("zh")["words"].items()
    found |= {name: plain(english.split()) for english, names in own for name in names}
    return found | dict.fromkeys(("它", "它们"), MAIN)
