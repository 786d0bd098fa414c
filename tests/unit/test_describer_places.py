"""What place a photo was taken at, by the head that was fitted to photos of places."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from describe_draw.engines.builtin.describer.boxes import Sighting
from describe_draw.engines.builtin.describer.media import Head
from describe_draw.engines.builtin.describer.networks import Networks
from describe_draw.engines.builtin.describer.runtime import softmax
from describe_draw.engines.builtin.describer.tables import labels, seeing
from tests.unit.test_describer_seeing import BEDROOM, MEADOW, MIDDLE, SEA, STREET, person, said

ROOT = Path(__file__).parent.parent.parent
TABLE = seeing()["places"]
SPOKEN = {**TABLE["rooms"], **TABLE["sights"]}
HEAD = Head("places_head.npz", softmax)


def at(around, place: str, likely: float):
    """Surroundings that the head takes for a place."""
    return replace(around, places={place: likely, "corridor": 1 - likely})


def test_the_head_says_what_it_was_fitted_to_and_the_table_only_that() -> None:
    fitted = tomllib.loads((ROOT / "tools" / "places.toml").read_text("utf-8"))
    assert list(HEAD.words) == list(fitted)
    borne_out = {place for places in TABLE["same"].values() for place in places}
    assert {*SPOKEN, *borne_out} <= set(fitted)
    surfaces = {surface for row in SPOKEN.values() for surface in row.get("surfaces", ())}
    assert surfaces <= set(labels("segmenter"))


def test_whatever_is_around_people_has_words_and_the_other_way_round() -> None:
    around = {row["noun"] for row in SPOKEN.values() if "around" in row}
    assert around == set(TABLE["words"])


def test_what_is_likely_of_all_places_adds_up_to_one() -> None:
    with Image.open(ROOT / "examples" / "coffee.jpg") as file:
        likely = HEAD.read(Networks().whole(file.convert("RGB")).features)
    assert sum(likely.values()) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    ("around", "place", "likely", "words"),
    [
        (BEDROOM, "classroom", 0.7, "a classroom"),
        (BEDROOM, "bus", 0.85, "a vehicle interior"),
        (BEDROOM, "museum", 0.9, "a museum"),
        (SEA, "harbour", 0.8, "a harbor"),
        (STREET, "temple", 0.8, "a temple"),
        (STREET, "ruins", 0.8, "an ancient ruin"),
        (MEADOW, "garden", 0.8, "a garden"),
        (MEADOW, "baseball field", 0.9, "a baseball field"),
    ],
)
def test_a_place_that_is_sure_is_what_a_photo_is_about(around, place, likely, words) -> None:
    assert said(around=at(around, place, likely)).startswith(words)


@pytest.mark.parametrize(
    ("around", "place", "likely"),
    [
        (MEADOW, "classroom", 0.9),
        (BEDROOM, "temple", 0.9),
        (BEDROOM, "classroom", 0.4),
        (MEADOW, "harbour", 0.9),
        (STREET, "garden", 0.9),
        (MEADOW, "stadium", 0.5),
        (BEDROOM, "shop", 0.96),
    ],
    ids=[
        "outside",
        "inside",
        "unsure",
        "no water",
        "no plants",
        "a sight that is unsure",
        "shelves",
    ],
)
def test_a_place_that_surfaces_or_doubt_speak_against_is_not_said(around, place, likely) -> None:
    assert said(around=at(around, place, likely)) == said(around=around)


def test_a_room_by_its_furniture_is_not_said_where_the_head_is_sure_of_another() -> None:
    bed = Sighting("bed", 0.9, (0.1, 0.4, 0.9, 0.9))
    likely = replace(BEDROOM, words={"bedroom": 0.99})
    assert said(bed, around=likely).startswith("a bedroom")
    assert said(bed, around=at(likely, "hospital", 0.9)).startswith("a bedroom")
    assert not said(bed, around=at(likely, "shop", 0.9)).startswith("a bedroom")


def test_nothing_is_a_sight_that_another_network_names() -> None:
    dog = Sighting("dog", 0.9, MIDDLE)
    around = at(SEA, "harbour", 0.95)
    assert said(dog, named="Labrador Retriever", around=around).startswith("a Labrador Retriever")


@pytest.mark.parametrize(
    ("around", "place", "words"),
    [
        (BEDROOM, "classroom", "a person in a classroom"),
        (STREET, "market", "a person at a market"),
        (MEADOW, "baseball field", "a person on a baseball field"),
        (BEDROOM, "restaurant", "a person indoors"),
    ],
)
def test_people_are_at_a_place_that_is_sure(around, place, words) -> None:
    assert said(person(), around=at(around, place, 0.95)).startswith(words)


def test_nobody_plays_another_game_on_a_baseball_field() -> None:
    around = at(MEADOW, "baseball field", 0.95)
    playing = replace(around, words={"playing baseball": 0.99})
    assert said(person(), around=playing) == "a person playing baseball on a baseball field"
    tennis = Sighting("tennis racket", 0.9, (0.5, 0.5, 0.6, 0.6))
    words = said(person(), tennis, named="racket", around=around)
    assert words.startswith("a person playing tennis")
    assert "baseball" not in words
