"""What one network takes for something else, and another knows: scores that real photos got.

The photos are COCO's train2014 (numbers below). What is held here was found in 1,100 of them; of
5,000 others 200 got another caption by it, which is nearer to what they show in 175, farther in 8.
"""

from dataclasses import replace

import pytest
from PIL import Image

from describe_draw.engines.builtin.describer.boxes import Sighting
from describe_draw.engines.builtin.describer.faces import Face
from describe_draw.engines.builtin.describer.layout import read_layout
from describe_draw.engines.builtin.describer.surroundings import Surroundings
from tests.unit.test_describer_seeing import (
    LAYOUT,
    MEADOW,
    MIDDLE,
    NOTHING,
    STREET,
    WET,
    person,
    said,
)

SHEET = (0.2, 0.6, 0.8, 0.9)
COURT = Surroundings({"building": 0.4, "road": 0.6}, {"building": 1.0}, {"road": 1.0}, {})
BEACH = Surroundings(
    {"sea": 0.3, "grass": 0.4, "sky": 0.3},
    {"sky": 1.0},
    {"grass": 1.0},
    {},
    words={"on a beach": 1},
)
MOUNT = Sighting("horse", 0.89, (0.3, 0.3, 0.7, 0.9))
RIDER = person(0.82, (0.44, 0.18, 0.58, 0.6))


def near(label: str, score: float, side: float = 0.1) -> Sighting:
    """Something beside whoever stands in the middle."""
    return Sighting(label, score, (0.5, 0.8, 0.5 + side, 0.8 + side))


@pytest.mark.parametrize("named", ["trolleybus", "railway carriage", "tram"])
def test_a_bus_is_what_the_detector_calls_one(named: str) -> None:
    """5174, 4595: of buses the classifier knows those of schools and those on wires."""
    bus = Sighting("bus", 0.89, (0.1, 0.2, 0.8, 0.8))
    assert said(bus, named=named, likely=0.62) == "a bus"
    assert said(replace(bus, score=0.65), named="tram", likely=0.5) == "a tram"


def test_a_horse_that_is_ridden_is_no_camel() -> None:
    """1332 and 7035: a rider on a hill, camels on a beach."""
    ride = replace(NOTHING, words={"riding a horse": 0.34})
    assert said(MOUNT, RIDER, named="camel", likely=0.3, around=ride) == "a person riding a horse"
    assert said(MOUNT, named="camel", likely=0.51, around=ride) == "a horse"
    assert said(MOUNT, named="camel", likely=0.71, around=ride) == "a camel"
    assert said(MOUNT, named="camel", likely=0.51) == "an animal"


def test_who_stands_beside_a_horse_does_not_ride_it() -> None:
    """11065: two people who brush one."""
    words = said(MOUNT, RIDER, named="horse", likely=0.5)
    assert words == "a horse with a person"


def test_an_animal_of_which_only_the_detector_is_very_sure_has_its_word() -> None:
    """5785 and 8816: a bear cub, an elephant far away on a beach."""
    bear = Sighting("bear", 0.92, MIDDLE)
    assert said(bear, named="mink", likely=0.3) == "a bear"
    assert said(replace(bear, score=0.8), named="mink", likely=0.3) == "an animal"
    assert said(Sighting("elephant", 0.83, MIDDLE), named="elephant", likely=0.17) == "an elephant"


def test_a_dog_that_the_detector_does_not_see_is_something_else() -> None:
    """5612, 3737: a horse far away, and a toy."""
    horse, toy = Sighting("horse", 0.9, MIDDLE), Sighting("teddy bear", 0.9, MIDDLE)
    assert said(horse, named="Samoyed", likely=0.45) == "a horse"
    assert said(replace(horse, score=0.7), named="Samoyed", likely=0.45) == "a horse"
    assert said(replace(horse, score=0.6), named="Samoyed", likely=0.65) == "a Samoyed"
    assert said(toy, named="Samoyed", likely=0.45) == "a teddy bear"
    assert "dog" in said(toy, Sighting("dog", 0.5, SHEET), named="Samoyed", likely=0.45)
    assert said(person(), named="Samoyed", likely=0.58) == "a person"


def test_nobody_rides_what_is_no_horse() -> None:
    """2415: people around a yak."""
    cow = Sighting("cow", 0.82, (0.6, 0.5, 0.8, 0.8))
    ride = replace(NOTHING, words={"riding a horse": 0.77})
    assert said(person(), named="cow", likely=0.2, around=ride) == "a person riding a horse"
    assert said(person(), cow, named="cow", likely=0.4, around=ride) == "a person with a cow"


def test_what_is_named_and_larger_is_what_it_is_about() -> None:
    """9679 and 3947: a toy on a backpack; cows that the labeler takes for coconuts."""
    pack = Sighting("backpack", 0.66, (0.1, 0.1, 0.9, 0.9))
    doll = person(0.75, (0.3, 0.1, 0.7, 0.5))
    assert said(doll, pack, named="backpack", likely=0.66).startswith("a backpack")
    sky = Surroundings({"sky": 0.7, "field": 0.3}, {"sky": 1.0}, {"field": 1.0}, {"Food": 0.99})
    assert "food" not in said(around=sky)


def test_the_detector_tells_cats_from_dogs() -> None:
    """33842: a cat far away on a couch, in which the classifier sees three breeds of dog."""
    cat = Sighting("cat", 0.77, MIDDLE)
    assert said(cat, named="Samoyed", likely=0.49) == "a cat"
    assert said(cat, named="Samoyed", likely=0.55) == "a Samoyed"
    assert said(cat, Sighting("dog", 0.6, MIDDLE), named="Samoyed", likely=0.45) == "a dog"


@pytest.mark.parametrize(
    ("seen", "named", "likely", "words"),
    [
        ([("snowboard", 0.81)], "ski", 0.74, "a person snowboarding"),  # 2583
        ([("snowboard", 0.55)], "stretcher", 0.3, "a person"),
        ([("snowboard", 0.66), ("skis", 0.55)], "ski", 0.41, "a person skiing"),  # 2402
        ([("skateboard", 0.78)], "ski", 0.65, "a person skateboarding"),  # 1488
        ([("skateboard", 0.6)], "crutch", 0.2, "a person skateboarding"),
        ([("skateboard", 0.5)], "crutch", 0.2, "a person"),
    ],
)
def test_boards_are_told_apart_by_the_detector(seen, named, likely, words: str) -> None:
    boards = [near(label, score) for label, score in seen]
    assert said(person(), *boards, named=named, likely=likely).partition(" with ")[0] == words


def test_two_that_are_nearly_sure_of_a_sport_are_sure_together() -> None:
    """941 and 782: on 34 photos 29 are doing so who were a person, on a street or before a view."""
    nearly = replace(COURT, words={"skateboarding": 0.5})
    board, skater = near("skateboard", 0.45), person(0.83, (0.3, 0.3, 0.5, 0.6))
    words = "a person skateboarding on a street"
    assert said(skater, board, around=nearly) == words
    assert said(skater, around=nearly) == "a city street with a person"
    assert said(skater, board, around=COURT) == "a city street with a person"
    slope = Surroundings({"mountain": 0.7, "sky": 0.3}, {"sky": 1.0}, {"mountain": 1.0}, {})
    far, view = person(0.85, (0.4, 0.5, 0.5, 0.7)), "mountain landscape"
    assert said(far, named=view, likely=0.6, around=slope) == "a mountain landscape with a person"
    skis = replace(slope, words={"skiing": 0.6})
    skier = said(far, near("skis", 0.5), named=view, likely=0.6, around=skis)
    assert skier.startswith("a person skiing")


def test_a_disc_is_no_ball() -> None:
    """839: two people with a frisbee, where the classifier sees a ball."""
    grass = replace(MEADOW, areas={"grass": 0.64, "sky": 0.3})
    disc, words = near("frisbee", 0.75, 0.05), "a person throwing a frisbee on grass"
    assert said(person(), disc, named="soccer ball", likely=0.37, around=grass) == words
    assert "football" in said(person(), named="soccer ball", likely=0.6, around=grass)
    assert "frisbee" not in said(person(), disc, named="cowboy hat", likely=0.3, around=grass)


def test_courts_beaches_and_snow_are_no_streets() -> None:
    """7932, 9708, 8520."""
    far = person(0.85, (0.4, 0.4, 0.5, 0.7))
    assert said(far, around=COURT) == "a city street with a person"
    assert said(far, named="racket", likely=0.55, around=COURT) == "a person"
    rackets = near("tennis racket", 0.49, 0.02)
    assert not said(far, rackets, around=COURT).startswith("a city street")
    for word in ("on a beach", "in the snow"):
        words = said(far, around=replace(COURT, words={word: 0.92}))
        assert words == f"a person {word.replace('a beach', 'the beach')}"
    lawn = replace(COURT, areas={"grass": 0.35, "building": 0.2, "road": 0.45})
    assert not said(far, around=lawn).startswith("a city street")


def test_animals_are_on_a_beach_where_both_heads_say_so() -> None:
    """9708 and 4278: cows among bathers; elephants at a river."""
    cow = Sighting("cow", 0.86, MIDDLE)
    shore = replace(BEACH, areas={**BEACH.areas, "earth": 0.2})
    assert said(cow, named="seashore", likely=0.5, around=shore) == "a cow on the beach"
    assert "beach" not in said(cow, named="cow", likely=0.5, around=replace(shore, words={}))
    assert said(cow, named="cow", likely=0.5, around=WET) == "a cow in the water"


@pytest.mark.parametrize("label", ["fire hydrant", "parking meter", "stop sign"])
def test_what_stands_beside_a_street_is_the_subject_where_it_is_large(label: str) -> None:
    """6016: a hydrant that the classifier takes for a fountain."""
    thing = Sighting(label, 0.85, (0.3, 0.3, 0.6, 0.7))
    car = Sighting("car", 0.8, (0.0, 0.5, 0.2, 0.6))
    words = said(thing, car, named="fountain", likely=0.66, around=STREET)
    assert words.startswith(f"a {label}")
    small = replace(thing, box=(0.3, 0.3, 0.4, 0.5))
    assert label not in said(small, car, around=STREET)
    assert label not in said(thing, person(), around=STREET).partition(" with ")[0]


def test_two_kinds_of_fruit_are_fruit() -> None:
    """10196: pomegranates, persimmons and apples."""
    apples = [Sighting("apple", 0.76, (0.1 * n, 0.3, 0.1 * n + 0.3, 0.6)) for n in range(3)]
    around = replace(NOTHING, labels={"Food": 0.99})
    assert said(*apples, named="pomegranate", likely=0.14, around=around) == "several apples"
    orange = Sighting("orange", 0.65, (0.6, 0.6, 0.9, 0.9))
    assert said(*apples, orange, named="pomegranate", likely=0.14, around=around) == "fruit"


def test_a_surfer_far_away_is_no_boat() -> None:
    """6287."""
    sea = Surroundings({"sea": 1.0}, {"sea": 1.0}, {"sea": 1.0}, {})
    far = person(0.8, (0.4, 0.4, 0.5, 0.6))
    assert said(far, named="motorboat", likely=0.6, around=sea).startswith("a motorboat")
    surf = replace(sea, words={"surfing": 0.9, "in the sea": 0.8, "in the water": 0.9})
    assert said(far, named="motorboat", likely=0.6, around=surf) == "a person surfing in the sea"


def test_a_face_that_is_larger_than_who_has_it_is_none() -> None:
    """6053: a skier, before a slope that looks like a face."""
    slope = (Face(0.55, (0.2, 0.2, 0.67, 0.67), 21, 0.58),)
    snow = replace(NOTHING, faces=slope, words={"skiing": 0.9})
    assert said(person(0.9, (0.4, 0.3, 0.7, 0.8)), around=snow) == "a person skiing"
    assert said(person(0.9, (0.1, 0.1, 0.9, 0.9)), around=snow).endswith("in close-up")


def test_what_is_held_near_hides_where_that_is() -> None:
    """11168: scissors before a pattern that looks like a building."""
    wall = Surroundings({"building": 0.8}, {}, {"building": 1.0}, {})
    scissors = Sighting("scissors", 0.86, (0.05, 0.05, 0.9, 0.9))
    hand = person(0.75, (0.5, 0.5, 0.95, 0.95))
    worn = replace(wall, labels={"Person": 0.5})
    assert "building" not in said(hand, scissors, around=worn)
    assert "in front of a building" in said(hand, around=worn)


def test_a_frame_is_no_backdrop() -> None:
    """3517: an egret in a photo with a white border."""
    photo = Image.effect_noise((200, 200), 60).convert("RGB")
    framed = Image.new("RGB", (220, 220), "white")
    framed.paste(photo, (10, 10))
    assert read_layout(framed).backdrop is None
    thing = Image.new("RGB", (220, 220), "white")
    thing.paste(photo.resize((90, 90)), (65, 120))
    assert read_layout(thing).backdrop == "white"


def test_no_sky_is_told_above_a_backdrop() -> None:
    backed = replace(LAYOUT, backdrop="white", sky="cloudy")
    grey = Surroundings({"sky": 0.7, "plant": 0.3}, {"sky": 1.0}, {}, {"Flower": 0.8})
    assert "sky" not in said(around=grey, layout=backed)
