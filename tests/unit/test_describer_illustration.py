"""Reading drawings: what the layers' own weights answer to."""

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from describe_draw.engines.builtin.describer.illustration import IllustrationReader
from describe_draw.engines.builtin.describer.observation import Observation
from describe_draw.engines.builtin.describer.runtime import Array
from describe_draw.engines.builtin.tables import DATA

HEAD = np.load(DATA / "illustration_head.npz")
NAMES, SETTINGS, TIMES = len(HEAD["names"]), len(HEAD["SC"]), len(HEAD["TD"])
BIASES = np.concatenate([HEAD["b"], HEAD["bs"]])
MAIN, WIDTH, HEIGHT = NAMES, NAMES + 1, NAMES + 2
SCENES = len(HEAD["W"])
PLACES = [(3, 3), (3, 11), (11, 3), (11, 11)]
SIDE = 15
GREY = Image.new("RGB", (480, 480), "grey")


@cache
def inverse() -> NDArray[np.float64]:
    """From the straight layers' answers to features that lead to them."""
    return np.linalg.pinv(np.concatenate([HEAD["W"] * HEAD["s"][:, None], HEAD["Ws"]]))


def cell(*shown: int, setting: int = 0, time: int = 0, style: int = 0, main: float = 8.0) -> Array:
    """Features of a place in the middle of some objects, a fifth of the picture wide."""
    wanted = np.full(len(BIASES), -8.0)
    wanted[list(shown)] = 8.0
    wanted[[MAIN, WIDTH, HEIGHT]] = main, np.log(0.2), np.log(0.2)
    for at in (setting, SETTINGS + time, SETTINGS + TIMES + style):
        wanted[SCENES + at] = 8.0
    features: Array = inverse() @ (wanted - BIASES)
    return features


def fine(cells: dict[tuple[int, int], Array], elsewhere: Array) -> Array:
    features = np.repeat(elsewhere[:, None], SIDE * SIDE, axis=1).reshape(-1, SIDE, SIDE)
    for (row, column), values in cells.items():
        features[:, row, column] = values
    return features.astype(np.float32)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> IllustrationReader:
    """A reader whose hidden layer says nothing."""
    reader = IllustrationReader()
    monkeypatch.setattr(reader, "_second", np.zeros_like(reader._second))
    return reader


def read(reader: IllustrationReader, features: Array, picture: Image.Image = GREY) -> Observation:
    return reader.read(picture, lambda *_: features)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
@pytest.mark.parametrize("index", [0, NAMES // 2, NAMES - 1])
def test_objects_are_named_and_counted(reader: IllustrationReader, index: int, count: int) -> None:
    seen = read(reader, fine(dict.fromkeys(PLACES[:count], cell(index)), cell()))
    assert seen.medium == "illustration"
    assert (seen.things[0].noun, seen.things[0].count) == (HEAD["names"][index], count)


def test_what_the_picture_is_about_is_named_first(reader: IllustrationReader) -> None:
    cells = {PLACES[0]: cell(2, main=-1.0), PLACES[3]: cell(7, main=3.0)}
    seen = read(reader, fine(cells, cell()))
    assert [thing.noun for thing in seen.things] == [HEAD["names"][7], HEAD["names"][2]]


def test_what_is_sure_and_a_part_of_what_it_is_about_is_named_too(
    reader: IllustrationReader,
) -> None:
    cells = {PLACES[0]: cell(2, main=3.0), PLACES[3]: cell(7, main=-2.2)}
    assert len(read(reader, fine(cells, cell())).things) == 2
    cells[PLACES[3]] = cell(7, main=-3.0)
    assert len(read(reader, fine(cells, cell())).things) == 1


def test_one_thing_has_one_name(reader: IllustrationReader) -> None:
    seen = read(reader, fine({(SIDE // 2, SIDE // 2): cell(2, 7)}, cell()))
    assert len(seen.things) == 1


def test_a_thing_has_a_colour_where_that_is_not_its_own_nor_the_whole_pictures(
    reader: IllustrationReader,
) -> None:
    natural = {str(n): str(colours).split() for n, colours in enumerate(HEAD["colours"])}
    other = next(int(n) for n, colours in natural.items() if "red" not in colours)
    own = next(int(n) for n, colours in natural.items() if "red" in colours)
    picture = GREY.copy()
    picture.paste("red", (60, 60, 180, 180))
    for index, shown, colour in (
        (other, picture, "red"), (own, picture, None), (other, GREY.point(lambda _: 255), None),
    ):  # fmt: skip
        seen = read(reader, fine({PLACES[0]: cell(index)}, cell()), shown)
        assert seen.things[0].colour == colour


@pytest.mark.parametrize("style", [0, 1, len(HEAD["MD"]) - 1])
@pytest.mark.parametrize(("setting", "time"), [(0, 0), (1, 1), (SETTINGS - 1, TIMES - 1)])
def test_the_likeliest_setting_time_and_style_are_named(
    reader: IllustrationReader, setting: int, time: int, style: int
) -> None:
    seen = read(reader, fine({}, cell(setting=setting, time=time, style=style)))
    assert (seen.setting or "") == HEAD["SC"][setting]
    assert (seen.light or "") == HEAD["TD"][time]
    assert seen.kind == HEAD["MD"][style]


def test_where_no_setting_is_likely_none_is_named(reader: IllustrationReader) -> None:
    undecided = np.mean([cell(setting=n, time=n, style=n) for n in (2, 3, 4)], axis=0)
    seen = read(reader, fine({}, undecided))
    assert (seen.setting, seen.light, seen.kind) == (None, None, "illustration")
