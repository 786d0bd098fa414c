"""Faces: found in real photos, and by what they say who somebody is."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from describe_draw.engines.builtin.describer.boxes import Sighting
from describe_draw.engines.builtin.describer.faces import Face, FaceReader
from tests.support import EXAMPLES
from tests.unit.test_describer_seeing import NOTHING, crowd, person, said


def face(years: float, male: float, side: float = 0.2) -> Face:
    return Face(0.9, (0.4, 0.3, 0.4 + side, 0.3 + side), years, male)


MAN, WOMAN, UNSURE = face(40, 0.97), face(30, 0.04), face(30, 0.6)


def test_the_astronauts_face_is_found_and_looks_like_a_womans() -> None:
    """Eileen Collins, born 1956, in NASA's portrait of 1999 (scikit-image's example)."""
    with Image.open(EXAMPLES / "astronaut.jpg") as picture:
        (found,) = FaceReader().read(picture.convert("RGB"))
    left, top, right, bottom = found.box
    assert 0.2 < (left + right) / 2 < 0.6
    assert 0.1 < (top + bottom) / 2 < 0.4
    assert found.male < 0.4
    assert found.years > 25


def test_a_face_that_fills_a_photo_is_found_with_something_around_it() -> None:
    with Image.open(EXAMPLES / "astronaut.jpg") as opened:
        photo = opened.convert("RGB")
    (face,) = FaceReader().read(photo)
    left, top, right, bottom = face.box
    width, height = photo.size
    near = photo.crop((left * width, top * height, right * width, bottom * height))
    assert FaceReader().read(near) == ()
    (found,) = FaceReader().read(near, near=True)
    assert found.area > 0.6
    assert found.male < 0.4


def test_a_cat_and_a_plain_picture_have_no_face() -> None:
    with Image.open(EXAMPLES / "cat.jpg") as picture:
        assert FaceReader().read(picture.convert("RGB")) == ()
    assert FaceReader().read(Image.new("RGB", (40, 900))) == ()


@pytest.mark.parametrize(
    ("faces", "child", "words"),
    [
        ((MAN,), 0.0, "a man"),
        ((WOMAN,), 0.1, "a woman"),
        ((UNSURE,), 0.0, "a person"),
        ((face(12, 0.99),), 0.0, "a person"),
        ((MAN,), 0.6, "a man"),
        ((face(25, 0.97),), 0.8, "a person"),
        ((MAN,), 0.95, "a child"),
        ((face(40, 0.97, 0.05),), 0.0, "a person"),
        ((face(40, 0.97, 0.5),), 0.0, "a man in close-up"),
        ((), 0.5, "a person"),
    ],
)
def test_only_what_is_sure_is_said_of_one(faces, child: float, words: str) -> None:
    assert said(person(), around=replace(NOTHING, faces=faces, words={"child": child})) == words


@pytest.mark.parametrize(
    ("faces", "words"),
    [
        ((MAN, MAN), "two men"),
        ((MAN, WOMAN), "a man and a woman"),
        ((WOMAN, face(31, 0.2)), "two people"),  # of a couple the man looked so
        ((WOMAN,), "two people"),
    ],
)
def test_two_are_alike_or_people(faces, words: str) -> None:
    assert said(*crowd(2), around=replace(NOTHING, faces=faces)) == words


def test_roofs_of_many_heights_against_the_sky_are_a_skyline() -> None:
    sky, building = 3, 2  # their numbers in the segmenter's labels
    surfaces = np.full((32, 32), sky, np.uint8)
    for column in range(32):
        surfaces[16 + column % 3 :, column] = building
    street = replace(NOTHING, areas={"sky": 0.35, "building": 0.45}, surfaces=surfaces)
    assert said(around=street) != "a city skyline"
    roofs = replace(NOTHING, areas={"sky": 0.55, "building": 0.45}, surfaces=surfaces)
    assert said(around=roofs) != "a city skyline"
    city = replace(roofs, places={"skyscraper": 0.5})
    assert said(around=city) == "a city skyline"
    surfaces[16:, :] = building
    assert said(around=city) != "a city skyline"


def test_a_face_beside_an_animal_may_be_the_animals() -> None:
    around = replace(NOTHING, faces=(WOMAN, WOMAN), areas={"person": 0.4, "wall": 0.6})
    dog = Sighting("dog", 0.7, (0.3, 0.3, 0.6, 0.7))
    assert said(person(), around=around) == "two women"
    told = said(person(), dog, named="Labrador Retriever", likely=0.45, around=around)
    assert told.startswith("a woman with a ")
