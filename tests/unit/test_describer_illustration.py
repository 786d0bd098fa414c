"""Reading drawings: what the heads' own weights answer to."""

from functools import cache

import numpy as np
import pytest
from PIL import Image

from describe_draw.engines.builtin.describer.illustration import IllustrationReader
from describe_draw.engines.builtin.describer.networks import View
from describe_draw.engines.builtin.describer.tables import DATA

HEAD = np.load(DATA / "illustration_head.npz")
SWITCH = np.load(DATA / "illustration_switch.npz")
PROBABILITIES = np.full(1000, 0.001, np.float32)
PLACES = [(3, 3), (3, 11), (11, 3), (11, 11)]


@cache
def shows(*indices: int) -> np.ndarray:
    """The features at a place where some objects show, and no others do."""
    wanted = np.full(len(HEAD["names"]), -8.0)
    wanted[list(indices)] = 8.0
    weights = HEAD["W"].astype(float)  # far fewer rows than columns: the smallest of many solutions
    found: np.ndarray = weights.T @ np.linalg.solve(weights @ weights.T, wanted - HEAD["b"])
    return found


def view(side: int, index: int, places: list[tuple[int, int]]) -> View:
    """Features in which one object shows, at some places, and nothing else does."""
    features = np.repeat(shows()[:, None], side * side, axis=1).reshape(-1, side, side)
    for row, column in places:
        features[:, row * side // 15, column * side // 15] = shows(index)
    return View(PROBABILITIES, features.astype(np.float32))


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
    scene = drawn.read(grey, view(8, index, places), view(15, index, places))
    assert scene
    assert scene.medium == "illustration"
    assert (scene.things[0].noun, scene.things[0].count) == (HEAD["names"][index], count)


def test_a_thing_has_a_colour_where_that_is_not_the_whole_pictures(
    drawn: IllustrationReader,
) -> None:
    picture = Image.new("RGB", (480, 480), "grey")
    picture.paste("red", (60, 60, 180, 180))
    seen = view(8, 5, PLACES[:1]), view(15, 5, PLACES[:1])
    scene = drawn.read(picture, *seen)
    assert scene
    assert scene.things[0].colour == "red"
    all_red = drawn.read(Image.new("RGB", (480, 480), "red"), *seen)
    assert all_red
    assert all_red.things[0].colour is None


def test_settings_and_times_are_those_of_the_head(drawn: IllustrationReader) -> None:
    scene = drawn.read(
        Image.new("RGB", (480, 480), "grey"), view(8, 0, PLACES[:1]), view(15, 0, PLACES[:1])
    )
    assert scene
    assert scene.setting is None or scene.setting in HEAD["SC"]
    assert scene.light is None or scene.light in HEAD["TD"]


def test_the_switch_tells_drawings_from_photos(reader: IllustrationReader) -> None:
    towards = SWITCH["w"] / np.linalg.norm(SWITCH["w"])
    drawing, photo = (
        View(PROBABILITIES, np.repeat(side * 50 * towards[:, None, None], 4, axis=2))
        for side in (1, -1)
    )
    assert reader.may_be(drawing) > 0 > reader.may_be(photo)


def test_what_looks_a_little_drawn_but_shows_no_known_object_is_a_photo(
    reader: IllustrationReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "may_be", lambda _: 1.0)
    empty = Image.new("RGB", (480, 480), "grey")
    assert reader.read(empty, view(8, 0, []), view(15, 0, [])) is None
