"""How far a story drifts: two dials, each 0 for the same and larger the less there is in common."""

import io
import time

import numpy as np
import pytest
from PIL import Image

from describe_draw.engines.builtin import Builtin
from describe_draw.engines.builtin.illustrator import Illustrator
from describe_draw.game.drift import look, meaning, words
from tests.support import EXAMPLES


def test_the_same_words_mean_the_same():
    assert meaning("a dog in a park", "a dog in a park") == 0


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("a dog in a park", "The dogs, in parks!"),
        ("two cherries and a box", "two cherry boxes"),
        ("a photo of a church", "an illustration of churches"),
        ("the dog's glass", "dog, glasses"),
        ("a cookie, a pie, a house", "cookies, pies, houses"),
        ("公园里的狗", "狗，公园里的"),
        ("", ""),
        ("a the of", "a the of"),
    ],
)
def test_stop_words_plurals_and_signs_do_not_count(first, last):
    assert meaning(first, last) == 0


def test_meaning_is_the_share_of_words_not_in_common():
    assert meaning("a black dog in a park", "a black cat on a sofa") == pytest.approx(1 - 2 / 6)
    assert meaning("a dog", "a cat") == 1
    assert meaning("a dog", "") == 1
    assert meaning("a the", "of in") == 1


def test_meaning_is_ordered_by_what_captions_share():
    first = "two black dogs run in a park"
    said = ["two black dogs run in a park", "two dogs run in parks", "a dog", "a rocket at night"]
    drifts = [meaning(first, again) for again in said]
    assert drifts == sorted(set(drifts))
    assert (drifts[0], drifts[-1]) == (0, 1)


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("a bus", "buses"),
        ("a wolf", "wolves"),
        ("a man", "men"),
        ("a woman", "women"),
        ("a person", "people"),
        ("a knife", "knives"),
        ("a child", "children"),
        ("a mouse", "mice"),
        ("a leaf", "leaves"),
        ("a box", "boxes"),
        ("a taxi", "taxis"),
        ("a potato", "potatoes"),
        ("a movie", "movies"),
    ],
)
def test_one_and_several_are_one_word(one, several):
    assert meaning(f"{one} in a park", f"{several} in a park") == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [("glass", "grass"), ("short", "shorts"), ("new", "news"), ("man", "woman"), ("狗", "猫")],
)
def test_words_that_look_alike_stay_apart(one, other):
    assert meaning(one, other) == 1


def test_chinese_words_are_their_signs():
    assert words("公园里的两只狗") == set("公园里的两只狗")


def test_words_that_only_look_like_plurals_stay_as_they_are():
    assert words("gas, bus, glass, iris") == {"gas", "bus", "glass", "iris"}


def test_a_caption_without_end_is_read_as_far_as_captions_go():
    endless = " ".join(f"wobble{number}s" for number in range(100_000))
    began = time.process_time()
    assert 100 < len(words(endless)) < 1000
    assert time.process_time() - began < 1


@pytest.fixture(scope="module")
def see():
    return Builtin().features


def example(name):
    with Image.open(next(EXAMPLES.glob(f"{name}.*"))) as picture:
        return picture.convert("RGB")


def saved_again(picture, quality):
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=quality)
    return Image.open(io.BytesIO(data.getvalue())).convert("RGB")


@pytest.mark.parametrize("name", ["cat", "coffee", "cows"])
def test_a_picture_looks_like_itself(see, name):
    picture = example(name)
    assert look(see(picture), see(picture)) == pytest.approx(0, abs=1e-6)


def drawn(words, seed):
    return Illustrator().draw(words, "", 512, 512, seed).image


def halved(picture):
    width, height = picture.size
    return picture.crop((0, 0, width * 2 // 3, height))


@pytest.mark.parametrize(
    ("picture", "same_subject", "unrelated"),
    [
        (lambda: example("cat"), lambda: halved(example("cat")), lambda: example("rocket")),
        (
            lambda: drawn("a dog in a park", 0),
            lambda: drawn("a dog in a park", 1),
            lambda: drawn("a rocket in space", 0),
        ),
    ],
    ids=["photo", "drawing"],
)
def test_look_is_ordered(see, picture, same_subject, unrelated):
    first = picture()
    others = (first, saved_again(first, 85), same_subject(), unrelated())
    same, again, alike, far = (look(see(first), see(other)) for other in others)
    assert same < 1e-6 < again < alike < far <= 1
    assert again < 0.05 < far


def test_features_of_nothing_are_alike_only_to_themselves():
    nothing, something = np.zeros(4, np.float32), np.ones(4, np.float32)
    assert look(nothing, nothing) == 0
    assert look(nothing, something) == 1
