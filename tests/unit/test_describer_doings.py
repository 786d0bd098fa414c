"""What people and dogs do, and where, by the head that was fitted to sentences about photos."""

import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from describe_draw.engines.builtin.chinese import LANGUAGES, tables
from describe_draw.engines.builtin.describer.boxes import Sighting
from describe_draw.engines.builtin.describer.chinese import captions
from describe_draw.engines.builtin.describer.media import Head
from describe_draw.engines.builtin.describer.networks import Networks, PhotoClassifier
from describe_draw.engines.builtin.describer.observation import Observation, ObservedThing
from describe_draw.engines.builtin.describer.runtime import sigmoid
from describe_draw.engines.builtin.describer.tables import seeing
from tests.unit.test_describer_seeing import (
    BEDROOM,
    MEADOW,
    MIDDLE,
    NOTHING,
    SEA,
    crowd,
    person,
    said,
)

ROOT = Path(__file__).parent.parent.parent
TOLD = seeing()["told"]
DOINGS = [doing for who in ("people", "resting", "dogs") for doing in TOLD[who]]
FITTED = tomllib.loads((ROOT / "tools" / "doings.toml").read_text("utf-8"))


def doing(around=NOTHING, /, **likely: float):
    """Surroundings in which the head says words with underscores for spaces."""
    return replace(around, words={word.replace("_", " "): p for word, p in likely.items()})


def test_the_head_says_what_it_was_fitted_to_and_each_word_is_used() -> None:
    used = {*DOINGS, *(word for place in TOLD["places"] for word in place["likely"])}
    used |= {f"riding a {mount}" for mount in TOLD["mounts"]} | {"child", "man", "woman"}
    assert set(Head("doings_head.npz", sigmoid).words) == set(FITTED) == used


@pytest.mark.parametrize("name", ["cat", "coffee", "rocket", "astronaut"])
def test_nobody_does_anything_where_nobody_does(name: str) -> None:
    with Image.open(ROOT / "examples" / f"{name}.jpg") as file:
        photo = file.convert("RGB")
    view = PhotoClassifier().read(photo, Networks().whole(photo))
    assert view.features.shape == (2560,)
    likely = Head("doings_head.npz", sigmoid).read(view.features)
    sure = {d for who in ("people", "dogs") for d, least in TOLD[who].items() if likely[d] >= least}
    assert not sure
    assert np.isclose(view.probabilities.sum(), 1, atol=1e-3)


@pytest.mark.parametrize(
    ("around", "count", "words"),
    [
        (doing(climbing=0.9), 1, "a person climbing"),
        (doing(climbing=0.7), 1, "a person"),
        (doing(swimming=0.9, in_a_pool=0.9, in_the_water=0.9), 1, "a person swimming in a pool"),
        (doing(playing_rugby=0.9, playing_football=0.6), 3, "people playing rugby"),
        (
            doing(SEA, surfing=0.9, in_the_sea=0.9, in_the_water=0.9),
            1,
            "a person surfing in the sea",
        ),
        (doing(riding_a_bicycle=0.9), 2, "two people riding two bicycles"),
        (doing(on_a_beach=0.9), 2, "two people on the beach"),
        (doing(child=0.95, on_a_swing=0.9), 1, "a child on a swing"),
        (doing(child=0.95, woman=0.5), 1, "a person"),
        (doing(child=0.98), 2, "two children"),
        (doing(man=0.95), 1, "a man"),
        (doing(sitting=0.9, on_a_bench=0.9), 1, "a person sitting on a bench"),
        (doing(in_the_snow=0.9, ice_skating=0.9), 1, "a person ice skating"),
        (doing(in_the_snow=0.9, in_the_mountains=0.9), 1, "a person in snowy mountains"),
    ],
)
def test_what_is_sure_is_said_of_people(around, count: int, words: str) -> None:
    people = [person()] if count == 1 else crowd(count)
    assert said(*people, around=around) == words


def test_places_outside_are_not_said_in_rooms_nor_what_is_named_already() -> None:
    assert said(person(), around=doing(BEDROOM, among_trees=0.9)) == "a person indoors"
    bench = Sighting("bench", 0.95, (0.1, 0.5, 0.9, 0.95))
    words = said(person(), bench, around=doing(on_a_bench=0.9))
    assert words.count("bench") == 1


def test_a_mount_that_is_seen_is_the_one_that_is_ridden() -> None:
    motorcycle = Sighting("motorcycle", 0.9, (0.3, 0.6, 0.7, 0.95))
    rider = person(0.9, (0.4, 0.1, 0.6, 0.3))
    assert "bicycle" not in said(rider, motorcycle, around=doing(riding_a_bicycle=0.9))


def test_dogs_do_what_people_do_not_and_the_other_way_round() -> None:
    dog = Sighting("dog", 0.9, MIDDLE)
    seen = {"named": "Labrador Retriever", "likely": 0.9}
    around = doing(MEADOW, running=0.9, climbing=0.9)
    assert said(dog, **seen, around=around).startswith("a Labrador Retriever running")
    assert "running" not in said(person(), around=around)
    assert said(dog, **seen, around=doing(in_the_water=0.9)) == "a Labrador Retriever in the water"


def test_who_has_pans_before_them_cooks_and_who_is_a_baseball_player_plays() -> None:
    assert said(person(), named="wok", likely=0.6) == "a person cooking"
    assert said(*crowd(5), named="baseball player", likely=0.7).endswith("playing baseball")


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_of_it_has_chinese_words(language: str) -> None:
    words = tables(language)
    assert set(DOINGS) <= set(words["doings"])
    assert {place["words"] for place in TOLD["places"]} <= set(words["settings"])


def test_a_room_without_a_word_for_its_inside_is_listed_in_chinese() -> None:
    """A photo of COCO (test2014, 449219) was refused: "a room with a table and a potted plant"."""
    things = (ObservedThing("room", kind="room"), ObservedThing("table"))
    assert captions("zh").styles["short"](Observation("photo", things)) == "一个房间和一张桌子"
