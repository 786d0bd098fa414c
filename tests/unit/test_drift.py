"""How far two pictures look apart: 0 for the same, and larger the less they have in common."""

import io

import numpy as np
import pytest
from PIL import Image

from describe_draw.engines.builtin import Builtin
from describe_draw.engines.builtin.illustrator import Illustrator
from describe_draw.game.drift import look
from tests.support import EXAMPLES


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
