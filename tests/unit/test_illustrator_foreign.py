"""Prompts in other languages and in emoji."""

import pytest

from describe_draw.engines.builtin.illustrator.foreign import in_english
from describe_draw.engines.builtin.illustrator.parser import parse
from describe_draw.engines.builtin.illustrator.verbs import verbs
from describe_draw.engines.builtin.illustrator.words import read_toml, vocabulary
from tools.foreign import LANGUAGES


def told(prompt: str) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(thing.art, thing.colour, thing.doing) for thing in parse(prompt).things]


# What each emoji is called in its language by CLDR 48.2 (annotations/*.json, "tts").
NAMES = [
    ("Schmetterling", "butterfly"), ("Elefant", "elephant"), ("mariposa", "butterfly"),
    ("papillon", "butterfly"), ("farfalla", "butterfly"), ("borboleta", "butterfly"),
    ("бабочка", "butterfly"), ("kelebek", "butterfly"), ("तितली", "butterfly"),
    ("فراشة", "butterfly"), ("チョウ", "butterfly"), ("나비", "butterfly"), ("voi", "elephant"),
    ("éléphant", "elephant"), ("ゾウ", "elephant"), ("코끼리", "elephant"),
]  # fmt: skip


@pytest.mark.parametrize(("prompt", "art"), NAMES)
def test_nouns_are_drawn_by_their_names(prompt: str, art: str) -> None:
    assert [drawn for drawn, _, _ in told(prompt)] == [art]


SENTENCES = [
    ("eine rote Katze auf dem Tisch", [("cat", "red", ())]),
    ("le chat dort sur une chaise", [("cat", None, ("sleep",)), ("chair", None, ())]),
    ("una barca rossa", [("sailboat", "red", ())]),
    ("猫が魚を食べている", [("cat", None, ("eat",)), ("fish", None, ())]),
    ("りんごを食べるうさぎ", [("rabbit", None, ("eat",)), ("red-apple", None, ())]),
    ("고양이가 물고기를 먹는다", [("cat", None, ("eat",)), ("fish", None, ())]),
    ("बिल्ली मछली खा रही है", [("cat", None, ("eat",)), ("fish", None, ())]),
    ("kedi balık yiyor", [("cat", None, ("eat",)), ("fish", None, ())]),
    ("قطة وكلب", [("cat", None, ()), ("dog", None, ())]),
    ("собака и кошка", [("dog", None, ()), ("cat", None, ())]),
    ("con mèo và con cá", [("cat", None, ()), ("fish", None, ())]),
]


@pytest.mark.parametrize(("prompt", "things"), SENTENCES)
def test_sentences(prompt: str, things: list[tuple[str, str | None, tuple[str, ...]]]) -> None:
    assert told(prompt) == things


@pytest.mark.parametrize(
    "prompt", ["a dog in a park", "die in the sun", "a frumious bandersnatch", "一只狗", "", "café"]
)
def test_english_and_chinese_stay_as_they_are(prompt: str) -> None:
    assert in_english(prompt) == prompt


@pytest.mark.parametrize(
    ("prompt", "arts"),
    [
        ("🐕🚗", ["dog", "automobile"]),
        ("🐶 on a 🪑", ["dog", "chair"]),
        ("👩🏽‍🍳🍕", ["woman-cook", "pizza"]),
        ("❤️", ["red-heart"]),
    ],
)
def test_emoji_draw_themselves(prompt: str, arts: list[str]) -> None:
    assert [thing.art for thing in parse(prompt).things] == arts
    assert parse(prompt).unknown == ()


def test_an_emoji_without_a_drawing_is_named() -> None:
    assert parse("a dog 😀").unknown == ("😀",)


def test_every_english_word_of_the_table_means_something() -> None:
    tables = read_toml("foreign.toml")
    assert [word for word in tables["words"] if vocabulary().find(word) is None] == []
    assert [verb for verb in tables["verbs"] if verbs().plain(verb) is None] == []
    said = {**tables["words"], **tables["verbs"]}
    assert {language for words in said.values() for language in words} == set(LANGUAGES)
