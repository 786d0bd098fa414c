"""Words: articles, plurals, and an observation in each style."""

import pytest

from describe_draw.engines.builtin.describer import phrases, tables
from describe_draw.engines.builtin.describer.chinese import captions
from describe_draw.engines.builtin.describer.observation import Observation, ObservedThing

ENGLISH = captions("")


@pytest.mark.parametrize(
    ("noun", "said"),
    [
        ("cat", "a cat"),
        ("owl", "an owl"),
        ("hourglass", "an hourglass"),
        ("unicycle", "a unicycle"),
        ("hay", "hay"),
        ("sunglasses", "sunglasses"),
        ("french fries", "french fries"),
        ("bus", "a bus"),
        ("statue of liberty", "the Statue of Liberty"),
        ("santa claus", "Santa Claus"),
    ],
)
def test_articles(noun: str, said: str) -> None:
    assert phrases.with_article(noun) == said


@pytest.mark.parametrize(
    ("noun", "said"),
    [
        ("cow", "two cows"),
        ("bus", "two buses"),
        ("butterfly", "two butterflies"),
        ("monkey", "two monkeys"),
        ("sheep", "two sheep"),
        ("moose", "two moose"),
        ("goldfish", "two goldfish"),
        ("wolf", "two wolves"),
        ("elf", "two elves"),
        ("superhero", "two superheroes"),
        ("Malinois", "two Malinois"),
        ("Great Dane", "two Great Danes"),
        ("octopus", "two octopuses"),
        ("cup of espresso", "two cups of espresso"),
        ("man standing", "two men standing"),
        ("sunglasses", "sunglasses"),
        ("parallel bars", "parallel bars"),
    ],
)
def test_two_of_a_noun(noun: str, said: str) -> None:
    assert phrases.counted(noun, 2) == said


def test_many_are_several() -> None:
    assert phrases.counted("cow", 9) == "several cows"


def test_lists_and_sentences() -> None:
    assert phrases.listed(["a cat"]) == "a cat"
    assert phrases.listed(["a", "b", "c"]) == "a, b and c"
    assert phrases.sentence("two cows") == "Two cows."


def test_cows_in_a_field_in_every_style() -> None:
    cows = Observation(
        "photo", (ObservedThing("cow", 0.9, 2),), setting="on green grass", colours=("green",)
    )
    assert ENGLISH.short(cows) == "two cows on green grass"
    assert ENGLISH.alt_text(cows) == "Photo of two cows on green grass."
    assert ENGLISH.detailed(cows) == "Two cows on green grass. The main colour is green."
    assert ENGLISH.tags(cows) == "cows, green grass, photo"


def test_doubt_is_said() -> None:
    assert (
        ENGLISH.short(Observation("photo", (ObservedThing("teapot", 0.3),)))
        == "what looks like a teapot"
    )


def test_people_with_things() -> None:
    rider = Observation(
        "photo", (ObservedThing("person", 0.9), ObservedThing("horse", 0.9)), relation="riding"
    )
    assert ENGLISH.short(rider) == "a person riding a horse"
    crowd = Observation(
        "photo", (ObservedThing("person", 0.9, 9), ObservedThing("bus", 0.8, colour="blue"))
    )
    assert ENGLISH.short(crowd) == "a group of people with a blue bus"


def test_an_illustration_says_so() -> None:
    dog = Observation(
        "illustration", (ObservedThing("dog"),), "and", setting="in a park", light="at night"
    )
    assert ENGLISH.short(dog) == "an illustration of a dog in a park at night"
    bare = Observation("illustration", setting="in a park")
    assert ENGLISH.short(bare) == "an illustration in a park"


def test_long_alt_text_is_cut_between_words() -> None:
    things = tuple(ObservedThing(f"very long thing number {i}") for i in range(9))
    text = ENGLISH.alt_text(Observation("photo", things))
    assert len(text) <= 125
    assert text.endswith(".")


def test_no_class_has_two_groups_and_every_group_has_classes() -> None:
    classes = [index for group in tables.groups() for index in group.classes]
    assert all(group.classes for group in tables.groups())
    assert sorted({c for c in classes if classes.count(c) > 1}) == []
    assert max(classes) < len(tables.class_nouns()) == 1000


def test_every_noun_takes_an_article_once() -> None:
    for noun in tables.class_nouns():
        said = phrases.with_article(noun)
        assert not said.startswith(("a a ", "a an ", "an a ", "an an ", "a the "))
