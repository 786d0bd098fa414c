"""Reading drawings: what the heads' own weights answer to."""

import numpy as np
import pytest
from PIL import Image

from describe_draw.engines.builtin.describer.illustration import IllustrationReader
from describe_draw.engines.builtin.describer.networks import Array, View
from describe_draw.engines.builtin.describer.tables import DATA

HEAD = np.load(DATA / "illustration_head.npz")
SWITCH = np.load(DATA / "illustration_switch.npz")
PROBABILITIES = np.full(1000, 0.001, np.float32)
PLACES = [(3, 3), (3, 11), (11, 3), (11, 11)]


def fine(side: int, index: int, places: list[tuple[int, int]]) -> Array:
    """Features in which one object shows, at some places, and nothing else does."""
    weights = HEAD["W"].astype(np.float32)
    others = np.linalg.lstsq(weights, -8 - HEAD["b"], rcond=None)[0]
    wanted = np.full(len(weights), -8.0)
    wanted[index] = 8.0
    here = np.linalg.lstsq(weights, wanted - HEAD["b"], rcond=None)[0]
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


def test_settings_and_times_are_those_of_the_head(drawn: IllustrationReader) -> None:
    observed = drawn.read(
        Image.new("RGB", (480, 480), "grey"), whole(0, PLACES[:1]), fine(15, 0, PLACES[:1])
    )
    assert observed
    assert observed.setting is None or observed.setting in HEAD["SC"]
    assert observed.light is None or observed.light in HEAD["TD"]


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
