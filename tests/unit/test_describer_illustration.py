"""Reading drawings: what the heads' own weights answer to."""

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from describe_draw.engines.builtin.describer.illustration import IllustrationReader
from describe_draw.engines.builtin.describer.networks import View
from describe_draw.engines.builtin.describer.runtime import Array
from describe_draw.engines.builtin.describer.tables import DATA

HEAD = np.load(DATA / "illustration_head.npz")
SWITCH = np.load(DATA / "illustration_switch.npz")
PROBABILITIES = np.full(1000, 0.001, np.float32)
PLACES = [(3, 3), (3, 11), (11, 3), (11, 11)]


@cache
def inverse() -> NDArray[np.float64]:
    """From the heads' scores to features that lead to them."""
    return np.linalg.pinv(np.concatenate([HEAD["W"], HEAD["Ws"]]).astype(np.float32))


def fine(
    side: int, index: int, places: list[tuple[int, int]], setting: int = 0, time: int = 0
) -> Array:
    """Features in which one object shows, at some places, and nothing else does."""
    biases = np.concatenate([HEAD["b"], HEAD["bs"]])
    wanted = np.full(len(biases), -8.0)
    wanted[len(HEAD["W"]) + setting] = 8.0
    wanted[len(HEAD["W"]) + len(HEAD["SC"]) + time] = 8.0
    others = inverse() @ (wanted - biases)
    wanted[index] = 8.0
    here = inverse() @ (wanted - biases)
    features = np.repeat(others[:, None], side * side, axis=1).reshape(-1, side, side)
    for row, column in places:
        features[:, row * side // 15, column * side // 15] = here
    return features.astype(np.float32)


def whole(index: int, places: list[tuple[int, int]]) -> View:
    return View(PROBABILITIES, fine(8, index, places).mean((1, 2)))


@pytest.fixture(scope="module")
def reader() -> IllustrationReader:
    return IllustrationReader()


@pytest.fixture
def drawn(reader: IllustrationReader, monkeypatch: pytest.MonkeyPatch) -> IllustrationReader:
    monkeypatch.setattr(reader, "may_be", lambda _: 9.0)
    return reader


@pytest.mark.parametrize("count", [1, 2, 3, 4])
@pytest.mark.parametrize("index", [0, len(HEAD["names"]) // 2, len(HEAD["names"]) - 1])
def test_objects_are_named_from_the_head_and_counted(
    drawn: IllustrationReader, index: int, count: int
) -> None:
    places = PLACES[:count]
    grey = Image.new("RGB", (480, 480), "grey")
    observed = drawn.read(grey, whole(index, places), fine(15, index, places))
    assert observed
    assert observed.medium == "illustration"
    assert (observed.things[0].noun, observed.things[0].count) == (HEAD["names"][index], count)


def test_a_thing_has_a_colour_where_that_is_not_the_whole_pictures(
    drawn: IllustrationReader,
) -> None:
    picture = Image.new("RGB", (480, 480), "grey")
    picture.paste("red", (60, 60, 180, 180))
    seen = whole(5, PLACES[:1]), fine(15, 5, PLACES[:1])
    observed = drawn.read(picture, *seen)
    assert observed
    assert observed.things[0].colour == "red"
    all_red = drawn.read(Image.new("RGB", (480, 480), "red"), *seen)
    assert all_red
    assert all_red.things[0].colour is None


@pytest.mark.parametrize("time", [0, 1, len(HEAD["TD"]) - 1])
@pytest.mark.parametrize("setting", [0, 1, len(HEAD["SC"]) - 1])
def test_the_likeliest_setting_and_time_are_named(
    drawn: IllustrationReader, setting: int, time: int
) -> None:
    grey, features = Image.new("RGB", (480, 480), "grey"), fine(15, 0, PLACES[:1], setting, time)
    observed = drawn.read(grey, whole(0, PLACES[:1]), features)
    assert observed
    assert (observed.setting or "") == HEAD["SC"][setting]
    assert (observed.light or "") == HEAD["TD"][time]


def test_where_no_setting_is_likely_none_is_named(drawn: IllustrationReader) -> None:
    grey = Image.new("RGB", (480, 480), "grey")
    undecided = np.mean([fine(15, 0, PLACES[:1], n, n) for n in (2, 3, 4)], axis=0)
    observed = drawn.read(grey, whole(0, PLACES[:1]), undecided)
    assert observed
    assert (observed.setting, observed.light) == (None, None)


def test_the_switch_tells_drawings_from_photos(reader: IllustrationReader) -> None:
    towards = SWITCH["w"] / np.linalg.norm(SWITCH["w"])
    drawing, photo = (
        View(PROBABILITIES, side * 50 * towards.astype(np.float32)) for side in (1, -1)
    )
    assert reader.may_be(drawing) > 0 > reader.may_be(photo)


def test_what_looks_a_little_drawn_but_shows_no_known_object_is_a_photo(
    reader: IllustrationReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "may_be", lambda _: 1.0)
    empty = Image.new("RGB", (480, 480), "grey")
    assert reader.read(empty, whole(0, []), fine(15, 0, [])) is None
