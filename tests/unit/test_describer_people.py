"""What is said of people, land and rooms beside their names: where, with what, and in what."""

from dataclasses import replace

import numpy as np
import pytest

from describe_draw.engines.builtin.describer.boxes import Sighting
from describe_draw.engines.builtin.describer.chinese import captions
from describe_draw.engines.builtin.describer.faces import Face
from describe_draw.engines.builtin.describer.observation import Observation, ObservedThing
from describe_draw.engines.builtin.describer.surroundings import Surroundings
from tests.unit.test_describer_seeing import (
    LAYOUT,
    MEADOW,
    MIDDLE,
    NOTHING,
    crowd,
    person,
    said,
    told,
)

COAST = Surroundings({"sky": 0.4, "sea": 0.3, "mountain": 0.3}, {"sky": 1.0}, {"sea": 1.0}, {})
FOREST = Surroundings({"tree": 0.9, "water": 0.1}, {"tree": 1.0}, {"tree": 1.0}, {})
SQUARE = Surroundings(
    {"building": 0.4, "sidewalk": 0.3, "tree": 0.3}, {"tree": 1.0}, {"sidewalk": 1.0}, {}
)
HALL = Surroundings(
    {"wall": 0.5, "floor": 0.2, "ceiling": 0.2, "window": 0.1}, {"wall": 1.0}, {"floor": 1.0}, {}
)
BACKED = replace(LAYOUT, palette={"grey": 0.6}, backdrop="white")


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("stage", "a person on a stage"),
        ("library", "a person in a library"),
        ("shovel", "a person with a shovel"),
        ("dumbbell", "a person exercising with weights"),
        ("electric guitar", "a person with a guitar"),
        ("gown", "a person wearing a gown"),
    ],
)
def test_the_classifier_tells_where_people_are_and_with_what(named: str, words: str) -> None:
    assert said(person(), named=named, likely=0.7) == words
    assert said(person(), named=named, likely=0.1) == "a person"


def test_two_before_a_wedding_are_a_bride_and_a_bridegroom() -> None:
    assert said(*crowd(2), named="bridegroom", likely=0.6) == "a bride and a bridegroom"
    assert "bride" not in said(*crowd(4), named="bridegroom", likely=0.6)


@pytest.mark.parametrize(
    ("smiles", "count", "words"),
    [
        ((0.95,), 1, "a smiling person"),
        ((0.6,), 1, "a person"),
        ((0.95, 0.9), 2, "two smiling people"),
        ((0.95, 0.2), 2, "two people"),
        ((0.95,), 2, "two people"),
    ],
)
def test_people_smile_where_all_faces_do(smiles, count: int, words: str) -> None:
    faces = tuple(
        Face(0.9, (0.3 * n, 0.3, 0.3 * n + 0.15, 0.45), 30, 0.5, smile)
        for n, smile in enumerate(smiles)
    )
    assert said(*crowd(count), around=replace(NOTHING, faces=faces)) == words


def test_a_smile_has_a_word_in_chinese_too() -> None:

    smiling = Observation("photo", (ObservedThing("woman", look="smiling", kind="person"),))
    assert captions("zh").short(smiling) == "一个微笑的女人"


def test_clothes_have_the_colour_of_the_torso_alone() -> None:
    clothes = np.zeros((128, 128), bool)
    clothes[50:90, 40:88] = True
    around = replace(NOTHING, clothes=clothes)
    assert said(person(), around=around, shade="red") == "a person in red"
    assert (
        said(person(), around=replace(around, clothes=~clothes & False), shade="red") == "a person"
    )


@pytest.mark.parametrize(
    ("named", "around", "words"),
    [
        ("fountain", FOREST, "a waterfall"),
        ("fountain", SQUARE, "a fountain"),
        ("rocky coast", COAST, "a rocky coast"),
        ("seashore", COAST, "a beach"),
    ],
)
def test_land_and_water_are_told_by_the_classifier_and_surfaces(
    named: str, around: Surroundings, words: str
) -> None:
    assert said(named=named, likely=0.8, around=around).startswith(words)


@pytest.mark.parametrize(
    ("named", "words"),
    [("stove", "a kitchen"), ("tub", "a bathroom"), ("", "a room with several chairs")],
)
def test_rooms_are_told_by_what_stands_in_them(named: str, words: str) -> None:
    chairs = [Sighting("chair", 0.8, (n / 5, 0.6, n / 5 + 0.1, 0.8)) for n in range(4)]
    seen = () if named else chairs
    assert said(*seen, named=named, likely=0.6, around=HALL) == words


@pytest.mark.parametrize(
    ("named", "likely", "areas", "labels", "words"),
    [
        ("suspension bridge", 0.3, {"sky": 0.6, "sea": 0.4}, {}, "a bridge"),
        ("pier", 0.6, {"sky": 0.6, "sea": 0.4}, {"Bridge": 0.5}, "a bridge"),
        ("balloon", 0.7, {"sky": 0.6, "tree": 0.4}, {}, "a hot-air balloon"),
        ("valley between mountains", 0.6, {"plant": 0.4, "tree": 0.4, "water": 0.2},
         {"Fountain": 0.9}, "a waterfall"),
        ("valley between mountains", 0.6, {"mountain": 0.4, "tree": 0.4, "water": 0.2}, {},
         "a mountain lake"),
        ("lakeside", 0.6, {"earth": 0.4, "tree": 0.4, "water": 0.2}, {}, "a lakeside"),
        ("church", 0.6, {"wall": 0.8, "floor": 0.2}, {}, "a large hall"),
        ("spatula", 0.1, {"ceiling": 0.9, "wall": 0.1}, {}, "a scene that is hard to make out"),
    ],
)  # fmt: skip
def test_bridges_balloons_falls_and_halls(
    named: str, likely: float, areas: dict[str, float], labels: dict[str, float], words: str
) -> None:
    around = Surroundings(areas, {}, {}, labels)
    assert said(named=named, likely=likely, around=around).startswith(words)


def test_a_glass_is_told_by_what_is_in_it() -> None:
    cup = Sighting("cup", 0.9, MIDDLE)
    assert said(cup, named="drink", likely=0.4) == "a drink"
    bar = replace(NOTHING, labels={"Cocktail": 0.4, "Houseplant": 0.9})
    assert said(named="cocktail shaker", likely=0.4, around=bar) == "a cocktail"
    near = person(box=(0.2, 0.1, 0.8, 1.0))
    assert said(near, cup, named="drink", likely=0.4).startswith("a person")


def test_books_seen_close_are_no_room() -> None:
    books = [Sighting("book", 0.8, (x, 0.1, x + 0.45, 0.9)) for x in (0.0, 0.5)]
    assert said(*books, around=HALL).startswith("two books")


def test_what_a_hat_is_taken_for_is_a_hat() -> None:
    assert said(person(), named="cowboy hat", likely=0.7) == "a person wearing a hat"
    assert said(person(), named="kimono", likely=0.6) == "a person"


def test_who_sits_far_away_on_a_horse_rides_it() -> None:
    horse = Sighting("horse", 0.83, (0.3, 0.3, 0.7, 0.9))
    rider = person(0.82, (0.44, 0.18, 0.58, 0.58))
    words = said(
        horse,
        rider,
        named="horse",
        likely=0.1,
        around=replace(MEADOW, words={"riding a horse": 0.5}),
    )
    assert words.startswith("a person riding a horse")


def test_the_sky_of_a_dark_photo_is_the_night_s() -> None:
    night = Surroundings({"sky": 0.95}, {"sky": 1.0}, {}, {})
    dark = replace(LAYOUT, dark=True)
    assert said(around=night, layout=dark) == "a night sky"
    assert said(layout=dark) == "a very dark scene"
    assert said(layout=dark, around=replace(FOREST, areas={"tree": 0.98})) == "a forest"


def test_clothes_without_a_face_have_nobody_in_them() -> None:
    assert said(person(0.78), named="sweatshirt", likely=0.8, layout=BACKED).startswith("a sweat")
    face = (Face(0.9, (0.4, 0.2, 0.6, 0.4), 30, 0.5),)
    worn = said(person(0.78), named="sweatshirt", likely=0.8, around=replace(NOTHING, faces=face))
    assert worn == "a person wearing a sweatshirt"


def test_food_is_in_bowls_and_on_plates() -> None:
    bowl = Sighting("bowl", 0.7, MIDDLE)
    assert said(bowl, named="food", likely=0.4) == "a bowl of food"
    plate = replace(NOTHING, labels={"Plate": 0.4})
    assert said(bowl, named="food", likely=0.4, around=plate) == "a plate of food"
    bowls = [replace(bowl, box=(x, 0.2, x + 0.4, 0.8)) for x in (0.0, 0.5)]
    assert said(*bowls, named="food", likely=0.4) == "several dishes of food"


def test_who_stands_in_a_boat_does_not_surf() -> None:
    board = Sighting("surfboard", 0.8, (0.2, 0.7, 0.8, 0.9))
    sea = replace(MEADOW, areas={"sky": 0.4, "sea": 0.6}, bottom={"sea": 1.0})
    assert said(person(), board, around=sea).startswith("a person surfing")
    boat = Sighting("boat", 0.5, (0.1, 0.6, 0.9, 1.0))
    assert "surfing" not in said(person(), board, boat, around=sea)


def test_a_motorcycle_behind_which_people_stand_is_not_ridden() -> None:
    parked = Sighting("motorcycle", 0.8, (0.0, 0.3, 0.9, 1.0))
    behind = [person(0.7, (0.1, 0.1, 0.25, 0.45)), person(0.7, (0.6, 0.1, 0.75, 0.45))]
    assert told(parked, *behind).relation != "riding"
