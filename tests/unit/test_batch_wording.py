"""What people ask captioners for, by examples of what is wanted."""

import time

import pytest

from describe_draw.batch.wording import MOST, Wording, joined, words_of
from describe_draw.problems import Problem
from tests.support import settings

CAT = "a cat, on a red sofa"


@pytest.mark.parametrize(
    ("wording", "worded"),
    [
        (Wording(), CAT),
        (Wording(prefix="photo of"), "photo of a cat, on a red sofa"),
        (Wording(prefix="photo: "), "photo: a cat, on a red sofa"),
        (Wording(suffix=", 4k"), "a cat, on a red sofa, 4k"),
        (Wording(suffix="by {name}"), "a cat, on a red sofa by tom-1"),
        (Wording(prefix="{name}, {style} {"), "tom-1, {style} { a cat, on a red sofa"),
        (Wording(trigger="sks"), "sks, a cat, on a red sofa"),
        (Wording(trigger="A CAT"), CAT),
        (Wording(trigger="ca"), "ca, a cat, on a red sofa"),  # `cat` isn't it
        (Wording(trigger="sks", prefix="photo of"), "sks, photo of a cat, on a red sofa"),
    ],
)
def test_what_comes_before_and_after(wording, worded):
    assert wording.apply(CAT, "cats/tom-1.jpg") == worded


@pytest.mark.parametrize(
    ("caption", "words", "left"),
    [
        (CAT, "red", "a cat, on a sofa"),
        (CAT, "RED, sofa", "a cat, on a"),
        ("a cat, red, sofa", "red", "a cat, sofa"),
        ("red, a cat", "red", "a cat"),
        ("a cat, red", "red", "a cat"),
        ("a reddish cat", "red", "a reddish cat"),
        ("two red, red, red cats.", "red", "two, cats."),
        ("a cat, red.", "red", "a cat."),
        ("an image of a cat", "image of, an image of a", "cat"),  # the longest first
        ("a cat\nA dog, red", "red", "a cat\nA dog"),
        ("一只红色的猫，红色，沙发", "红色", "一只的猫，沙发"),
        ("a (red) c++ cat", "c++", "a (red) cat"),
        ("red", "red", ""),
    ],
)
def test_words_are_left_out_with_the_gaps_that_they_leave(caption, words, left):
    assert Wording(without=words_of(words)).apply(caption, "a.jpg") == left


@pytest.mark.parametrize(
    ("caption", "left"),
    [
        ("cat, 1Girl, sofa, CAT.", "Cat, 1girl"),
        ("猫、沙发", "猫"),
        ("dog", ""),
    ],
)
def test_only_allowed_tags_stay_as_they_are_spelled_there(caption, left):
    assert Wording(tags=words_of("Cat\n1girl, 猫")).apply(caption, "a.jpg") == left


@pytest.mark.parametrize(
    ("along", "text", "worded"),
    [
        ("keep", "Tom.", "Tom."),
        ("append", "Tom.", "Tom. " + CAT),
        ("append", "tom", "tom, " + CAT),
        ("prepend", "tom", CAT + ", tom"),
        ("replace", "tom", CAT),
        ("keep", "", CAT),
        ("append", "", CAT),
    ],
)
def test_captions_that_came_along(along, text, worded):
    assert Wording(along=along).apply(CAT, "a.jpg", text) == worded


def test_what_is_kept_costs_no_call():
    assert not Wording(along="keep").asks("Tom.")
    assert Wording(along="keep").asks("")
    assert Wording(along="append").asks("Tom.")


def test_captions_are_joined_as_their_scripts_do():
    assert joined("猫。", "狗。") == "猫。狗。"
    assert joined("", "狗") == "狗"


@pytest.mark.parametrize(
    ("wording", "says"),
    [
        (Wording(prefix="a" * 2001), "prefix has 2001 characters"),
        (Wording(trigger="\ud800"), "trigger word must be text"),
        (Wording(without=("a",) * (MOST + 1)), "at most 500"),
        (Wording(tags=("a" * 2001,)), "list of allowed tags has 2001"),
        (Wording(along="burn"), "keep, append, prepend, replace"),  # type: ignore[arg-type]
        (Wording(suffix=7), None),  # type: ignore[arg-type]  # Gradio hands over numbers
    ],
)
def test_it_is_bounded(wording, says):
    if says is None:
        assert wording.checked(settings()).suffix == "7"
        return
    with pytest.raises(Problem, match=says):
        wording.checked(settings())


def test_nothing_in_a_caption_takes_long():
    wording = Wording(without=words_of("red, , blue"), tags=(), trigger="x y")
    start = time.process_time()
    for caption in (
        " " * 50_000 + "red",
        "," * 50_000 + "red",
        " ," * 50_000 + "red",
        "a" * 99_999,
    ):
        wording.apply(caption, "a.jpg")
    assert time.process_time() - start < 5
