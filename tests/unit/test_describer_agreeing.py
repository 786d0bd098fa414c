"""What two networks make of one thing together, by scores that real photos got.

The photos are COCO's train2014 (numbers below); what stands there was seen in them, and the scores
are those that the networks gave. That nothing is said where one network alone is unsure comes from
the same photos: of what both detectors found at 0.76 or more, 94 of 100 are there by COCO's own
annotations (instances_val2017 and _train2017, 159 photos), of what is below, fewer than 83.
"""

from dataclasses import replace

import pytest

from describe_draw.engines.builtin.describer.boxes import Sighting
from describe_draw.engines.builtin.describer.chinese import captions
from describe_draw.engines.builtin.describer.surroundings import Surroundings
from tests.unit.test_describer_caution import ROOM
from tests.unit.test_describer_seeing import MEADOW, MIDDLE, NOTHING, person, said, told


def row(label: str, *scores: float) -> list[Sighting]:
    return [
        Sighting(label, score, (n * 0.12, 0.4, n * 0.12 + 0.1, 0.6))
        for n, score in enumerate(scores)
    ]


def test_a_herd_needs_no_other_network() -> None:
    """597: six elephants among trees, which the classifier takes for anything."""
    herd = row("elephant", 0.77, 0.72, 0.72, 0.7, 0.7, 0.69)
    assert said(*herd, named="zebra", likely=0.13) == "several elephants"
    assert said(herd[0], named="elephant", likely=0.2) == "an animal"


def test_what_the_classifier_names_is_counted() -> None:
    """2672: pickers of tea under umbrellas."""
    umbrellas = row("umbrella", 0.84, 0.78, 0.77, 0.55)
    assert said(*umbrellas[:1], named="umbrella", likely=0.82) == "an umbrella"
    assert said(*umbrellas[:3], named="umbrella", likely=0.82, around=MEADOW) == "umbrellas"


@pytest.mark.parametrize(
    ("label", "score", "heard", "words"),
    [
        ("sandwich", 0.79, {"Food": 0.53, "Sandwich": 0.37}, "a sandwich"),  # 1507
        ("sandwich", 0.79, {"Food": 0.53}, "food"),
        ("sandwich", 0.7, {"Food": 0.53, "Sandwich": 0.37}, "food"),
    ],
)
def test_food_has_its_name_where_two_networks_know_it(
    label: str, score: float, heard: dict[str, float], words: str
) -> None:
    around = replace(NOTHING, labels=heard)
    assert (
        said(Sighting(label, score, MIDDLE), named="meatloaf", likely=0.5, around=around) == words
    )


def test_food_in_a_basket_is_no_room() -> None:
    """1786: bread in a basket on a table, whose surfaces look like a bed and a wall."""
    around = replace(ROOM, labels={"Food": 0.71, "Container": 0.62})
    assert said(named="baguette", likely=0.7, around=around) == "food"


def test_a_room_with_refrigerators_is_no_bathroom() -> None:
    """3899: a kitchen with tiles."""
    fridge = Sighting("refrigerator", 0.73, (0.5, 0.3, 0.7, 0.9))
    oven, likely = (
        Sighting("oven", 0.66, (0.2, 0.5, 0.4, 0.8)),
        replace(ROOM, words={"bathroom": 0.8}),
    )
    assert said(around=likely).startswith("a bathroom")
    assert said(fridge, oven, around=likely).startswith("a kitchen")


def test_a_bedroom_has_a_bed() -> None:
    """15906: an armchair under a clock."""
    likely, bed = replace(ROOM, words={"bedroom": 0.81}), Sighting("bed", 0.4, MIDDLE)
    assert "bedroom" not in said(around=likely)
    assert said(bed, around=likely).startswith("a bedroom")


def test_who_sits_is_on_what_there_is_and_who_eats_eats_it() -> None:
    couch, cake = Sighting("couch", 0.8, MIDDLE), Sighting("donut", 0.87, (0.4, 0.4, 0.6, 0.6))
    sitting = Surroundings({}, {}, {}, {}, words={"sitting": 0.9})
    eating = Surroundings({}, {}, {}, {}, words={"eating": 0.8})
    assert said(person(), couch, around=sitting) == "a person on a couch"
    assert said(person(), cake, around=eating) == "a person eating a donut"
    assert captions("zh").short(told(person(), couch, around=sitting)) == "一个人在沙发上"
    assert captions("zh").short(told(person(), cake, around=eating)) == "一个人在吃一个甜甜圈"


def test_one_thrown_disc_is_seen_from_a_higher_score() -> None:
    disc = Sighting("frisbee", 0.73, (0.6, 0.3, 0.7, 0.4))
    assert said(person(), disc) == "a person"
    assert said(person(), replace(disc, score=0.91)) == "a person throwing a frisbee"
