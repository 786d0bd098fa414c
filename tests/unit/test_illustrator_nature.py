"""Our own animals, plants, food and drink: the table that they are in, and scenes with them."""

import pytest

from describe_draw.engines.builtin.illustrator import art
from describe_draw.engines.builtin.illustrator.parser import parse
from describe_draw.engines.builtin.illustrator.scene import Thing
from describe_draw.engines.builtin.illustrator.staging import staged
from describe_draw.engines.builtin.illustrator.tables import height_of, is_a, traits
from describe_draw.engines.builtin.illustrator.words import nature, vocabulary

LARGEST = 12_000  # bytes


def test_every_entry_is_a_whole_drawing_that_its_words_lead_to() -> None:
    assert len(nature()) > 400
    for name, entry in nature().items():
        svg = art.drawing(name).svg
        assert "{" not in svg, name
        assert len(svg) < LARGEST or entry["body"] in ("picnic-blanket", "plate", "cutting-board")
        assert art.exists(entry["like"]), name
        for word in (name.replace("-", " "), *entry["words"]):
            meaning = vocabulary().find(word)
            assert meaning and (meaning.kind, meaning.value) == ("thing", name), word


def test_what_is_known_of_a_kind_is_known_of_those_like_it() -> None:
    for name, kind in (("corgi", "animals"), ("robin", "flyers"), ("goldfish", "swims")):
        assert is_a(name, kind)
    assert "corgi" in traits().groups["dog"]
    assert "clownfish" in traits().usual_places["underwater"]
    assert traits().in_the_air["robin"] == "robin@flying"
    assert height_of("calf") < height_of("cow")


@pytest.mark.parametrize(
    ("prompt", "things"),
    [
        ("a corgi dog", [("corgi", 1, None)]),
        ("a lioness with her cubs", [("lioness", 1, "beside"), ("lioness", 3, None)]),
        ("a cow and her calf", [("cow", 1, "beside"), ("calf", 1, None)]),
        ("a goldfish in a glass bowl", [("goldfish", 1, "inside"), ("fishbowl", 1, None)]),
        ("a clownfish in a sea anemone", [("clownfish", 1, "inside"), ("sea-anemone", 1, None)]),
        ("a tray of drinks", [("tray", 1, None), ("cup-with-straw", 3, "inside")]),
        ("a tomato cut in half", [("tomato-slice", 3, None)]),
        ("a steaming bowl of pho", [("pho", 1, None)]),
        (
            "a chef holding a plate of spaghetti",
            [("cook", 1, None), ("spaghetti", 1, "holding")],
        ),
        (
            "a bottle of wine and two glasses",
            [("wine-bottle", 1, "beside"), ("wine-glass", 2, None)],
        ),
        (
            "a milkshake with whipped cream and a cherry",
            [("milkshake", 1, None), ("whipped-cream", 1, "inside"), ("cherries", 1, "inside")],
        ),
    ],
)
def test_scenes_of_food_and_of_animals(prompt: str, things: list[tuple[str, int, str]]) -> None:
    scene = parse(prompt)
    assert [(thing.art, thing.count, thing.relation) for thing in scene.things] == things
    assert (scene.unknown, scene.instead) == ((), ())


def test_a_field_of_one_kind_of_flower_has_that_kind() -> None:
    assert parse("a meadow full of poppies").features >= {"flowers", "poppy"}
    assert parse("daffodils in a vase").things[1] == Thing("daffodil", 7, relation="inside", to=0)
    assert parse("daffodils in a vase").features == set()


def test_who_floats_is_in_the_water() -> None:
    assert parse("an otter floating on its back").place == "lakeside"


@pytest.mark.parametrize(
    ("prompt", "things"),
    [
        ("a bowl of ramen with an egg, noodles and seaweed", {"steaming-bowl": 1}),
        ("a big pan of paella with shrimp and lemon wedges", {"shallow-pan-of-food": 1}),
        ("chicken curry with rice in a white bowl", {"tikka-masala": 1}),
        ("a pot of mussels with fries", {"mussels": 1, "french-fries": 1}),
        ("strawberry ice cream in a glass bowl", {"strawberry-ice-cream": 1}),
        ("an ice cream cone with three scoops", {"triple-scoop": 1}),
        ("a dozen eggs in a carton", {"egg-carton": 1}),
        ("a lobster on a plate with lemon", {"lobster": 1, "plate": 1, "lemon": 1}),
        ("番茄炒蛋", {"tomato-and-egg": 1}),
        ("一碗红烧肉", {"braised-pork": 1}),
        ("四川火锅", {"hotpot": 1}),
    ],
)
def test_a_dish_is_one_drawing_on_a_table(prompt: str, things: dict[str, int]) -> None:
    scene = staged(parse(prompt))
    assert {one.art: one.count for one in scene.things if one.count} == things
    assert scene.place == "tabletop"


@pytest.mark.parametrize(
    ("prompt", "things"),
    [
        ("a birthday cake with seven candles", {"plain-cake": 1, "candle": 7}),
        ("a birthday cake with three candles", {"birthday-cake": 1}),
        ("a stack of five books", {"stack": 1, "lying-book": 5}),
        ("a stack of plates", {"stack": 1, "plate": 5}),
        ("a pile of oranges", {"heap": 1, "tangerine": 10}),
        ("five ducklings following their mother", {"duckling": 5, "duck": 1}),
        ("a pair of glasses on a newspaper", {"glasses": 1, "newspaper@of:lain": 1}),
        ("a pair of boots by the door", {"hiking-boot": 2, "door": 1}),
    ],
)
def test_as_many_as_said_are_where_they_belong(prompt: str, things: dict[str, int]) -> None:
    assert {one.art: one.count for one in staged(parse(prompt)).things if one.count} == things
    assert parse(prompt).unknown == ()
