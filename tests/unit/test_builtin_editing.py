"""The built-in engine changes pictures: the scene by words, then the drawing by its pixels.

What is to come of the words is said by the issue that asked for it ("at night", "add a dragon",
"without the dog", "make it red", "in winter", "as a watercolour"), in English and in Chinese; how a
drawing looks is read off its pixels, and by the describer.
"""

from typing import Any

import numpy as np
import pytest
from PIL import Image

from describe_draw.engines import Engines
from describe_draw.engines.base import Call, Source
from describe_draw.engines.builtin import Builtin
from describe_draw.engines.builtin.describer import Describer
from describe_draw.engines.builtin.illustrator import THEN, Illustrator
from describe_draw.engines.builtin.illustrator.changes import changes
from describe_draw.engines.builtin.illustrator.editing import edited, understood
from describe_draw.engines.builtin.illustrator.parser import parse
from describe_draw.recipe import Edit, Recipe
from describe_draw.store import Store
from describe_draw.studio import Studio
from tests.support import EXAMPLES, Puppet, settings

PROMPT = "a dog next to a red car in a park"
SIDE = 192


def changed(words, prompt=PROMPT):
    return edited(parse(prompt), words)


def arts(scene):
    return [thing.art for thing in scene.things]


def one(scene, art):
    (found,) = (thing for thing in scene.things if thing.art == art)
    return found


def drawn(words="", prompt=PROMPT):
    changes = f" {THEN} {words}" if words else ""
    picture = Illustrator().draw(f"{prompt}{changes}", width=SIDE, height=SIDE, seed=7)
    return picture.image


def brightness(picture):
    return np.asarray(picture.convert("L"), float).mean()


def red(picture):
    r, g, b = np.moveaxis(np.asarray(picture, float), -1, 0)
    return ((r > 1.8 * g) & (r > 1.8 * b)).mean()


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("at night", "time", "night"),
        ("make it night", "time", "night"),
        ("at sunset", "time", "sunset"),
        ("晚上", "time", "night"),
        ("改成黄昏", "time", "sunset"),
        ("in winter", "season", "winter"),
        ("冬天", "season", "winter"),
        ("变成秋天", "season", "autumn"),
        ("in the rain", "weather", "rain"),
        ("let it rain", "weather", "rain"),
        ("make it snow", "weather", "snow"),
        ("下雨", "weather", "rain"),
        ("on the moon", "place", "lunar"),
        ("at the beach", "place", "beach"),
        ("change the background to a beach", "place", "beach"),
        ("在月球上", "place", "lunar"),
        ("把背景换成海滩", "place", "beach"),
        ("as a watercolour", "style", "watercolour"),
        ("turn it into pixel art", "style", "pixel"),
        ("变成水彩画", "style", "watercolour"),
        ("变成油画风格", "style", "oil"),
    ],
)
def test_time_weather_season_place_and_style_are_laid_over_the_scene(words, field, value):
    scene = changed(words)
    assert getattr(scene, field) == value
    assert scene.things == parse(PROMPT).things
    assert scene.unknown == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("add a dragon", ["dog", "automobile", "dragon"]),
        ("please add a dragon to the picture", ["dog", "automobile", "dragon"]),
        ("加一条龙", ["dog", "automobile", "dragon"]),
        ("加上一只猫和一只鸟", ["dog", "automobile", "cat", "bird"]),
        ("add a cat, a bird and a boat", ["dog", "automobile", "cat", "bird", "sailboat"]),
        ("without the dog", ["automobile"]),
        ("去掉狗", ["automobile"]),
        ("把狗去掉", ["automobile"]),
        ("remove the car", ["dog"]),
        ("no cars", ["dog"]),
        ("remove the dog and the car", []),
        ("remove the car and add a tree", ["dog", "deciduous-tree"]),
        ("删除汽车，加一棵树", ["dog", "deciduous-tree"]),
        ("turn the dog into a cat", ["cat", "automobile"]),
        ("make it a cat", ["cat", "automobile"]),
        ("replace the car with a house", ["dog", "house"]),
        ("a bus instead of the car", ["dog", "bus"]),
        ("把狗变成猫", ["cat", "automobile"]),
        ("用猫代替狗", ["cat", "automobile"]),
        ("换成一只猫", ["cat", "automobile"]),
    ],
)
def test_things_come_go_and_become_others(words, expected):
    scene = changed(words)
    assert arts(scene) == expected
    assert (scene.place, scene.unknown) == ("park", ())


@pytest.mark.parametrize(
    ("words", "art", "colour", "count"),
    [
        ("make it red", "dog", "red", 1),
        ("换成红色", "dog", "red", 1),
        ("make the car blue", "automobile", "blue", 1),
        ("paint the car blue", "automobile", "blue", 1),
        ("turn the red car blue", "automobile", "blue", 1),
        ("a blue car", "automobile", "blue", 1),
        ("把车变成蓝色", "automobile", "blue", 1),
        ("把车的颜色换成蓝色", "automobile", "blue", 1),
        ("give the car a blue colour", "automobile", "blue", 1),
        ("three of them", "dog", None, 3),
        ("two dogs", "dog", None, 2),
        ("add another dog", "dog", None, 2),
        ("三只狗", "dog", None, 3),
        ("再来一只狗", "dog", None, 2),
    ],
)
def test_things_change_their_colour_and_number(words, art, colour, count):
    scene = changed(words)
    assert arts(scene) == ["dog", "automobile"]
    assert (one(scene, art).colour, one(scene, art).count) == (colour, count)
    assert scene.unknown == ()


@pytest.mark.parametrize(("words", "grows"), [("make it bigger", True), ("变大一点", True),
                                              ("make the dog smaller", False)])  # fmt: skip
def test_things_change_their_size(words, grows):
    assert (one(changed(words), "dog").size > 1) == grows


@pytest.mark.parametrize(
    ("words", "art", "relation", "other"),
    [
        ("with a hat", "top-hat", "wearing", "dog"),
        ("give the dog a hat", "top-hat", "wearing", "dog"),
        ("give the dog sunglasses", "sunglasses", "wearing", "dog"),
        ("give it sunglasses", "sunglasses", "wearing", "dog"),
        ("put a hat on the dog", "top-hat", "wearing", "dog"),
        ("make the dog wear a hat", "top-hat", "wearing", "dog"),
        ("给狗戴上帽子", "top-hat", "wearing", "dog"),
        ("put a cat on the table", "cat", "on", "table"),
        ("在桌子上放一只猫", "cat", "on", "table"),
        ("put a cat on the car", "cat", "on", "automobile"),
        ("put the dog on a sofa", "dog", "on", "couch-and-lamp"),
        ("add a girl riding a horse", "girl", "riding", "horse"),
    ],
)
def test_what_comes_belongs_to_what_it_is_said_of(words, art, relation, other):
    scene = changed(words)
    thing = one(scene, art)
    assert (thing.relation, thing.count) == (relation, 1)
    assert thing.to is not None
    assert scene.things[thing.to].art == other
    assert {"dog", "automobile"} <= {*arts(scene)}


def test_what_somebody_does_is_done_by_who_is_there():
    assert one(changed("make the dog fly"), "dog").doing == ("fly",)
    assert one(changed("make it run"), "dog").doing == ("run",)
    assert one(changed("让狗飞起来"), "dog").doing == ("fly",)
    assert arts(changed("make the dog fly")) == ["dog", "automobile"]


def test_a_thing_without_a_name_is_known_by_its_kind():
    assert arts(changed("remove the dog", "a golden retriever on the grass")) == []
    assert arts(changed("remove the woman", "a person in orange")) == []
    assert arts(changed("no people", "a knight and a dog")) == ["dog"]


def test_what_holds_or_wears_something_takes_it_along():
    scene = changed("without the girl", "a girl wearing a hat beside a dog")
    assert arts(scene) == ["dog"]


def test_what_was_removed_can_come_back():
    scene = edited(changed("without the dog"), "add a dog")
    assert arts(scene) == ["automobile", "dog"]


def test_at_another_time_of_day_the_sky_has_what_belongs_there():
    assert changed("at night", "a house, sun, rainbow").features == frozenset()
    assert changed("add stars").time == "night"
    assert changed("in summer", "a house while it is snowing").weather == "clear"


@pytest.mark.parametrize(
    ("words", "unknown"),
    [
        ("flurbish the grobble", ("flurbish", "grobble")),
        ("make the zorb red", ("zorb",)),
        ("at night, qwxy", ("qwxy",)),
        ("make the sky red", ("sky",)),
        ("make the dog happy", ("the dog happy",)),
        ("", ()),
    ],
)
def test_what_changes_nothing_is_named(words, unknown):
    scene = changed(words)
    assert scene.unknown == unknown
    assert arts(scene) == ["dog", "automobile"]


def test_what_lies_on_a_table_lies_elsewhere_without_it():
    scene = changed("remove the table", "a bowl of fruit on the table")
    assert scene.things
    assert scene.place == "meadow"


def test_of_several_one_is_left():
    assert one(changed("one of them", "two cows"), "cow").count == 1


def test_fog_has_no_place_in_a_room():
    assert changed("in the fog", "a cup of coffee on a table").unknown == ("fog",)


@pytest.mark.parametrize("words", ["→→→", "remove " * 300, "把" * 500, "add a dog, " * 200,
                                   "make {x} into {y}", "\0\ud800", "with " * 400])  # fmt: skip
def test_any_words_are_accepted(words):
    assert understood(f"a dog {THEN} {words}").place == "meadow"


def test_words_are_cut_where_another_change_begins():
    said = [(c.kind, c.what, c.new) for c in changes("Please make it night, and remove the car!")]
    assert said == [("make", "it night", ""), ("remove", "the car", "")]
    assert [c.kind for c in changes("去掉狗，然后加一只猫")] == ["remove", "add"]


def test_night_is_dark_and_red_is_red():
    day = drawn()
    assert brightness(drawn("at night")) < 0.7 * brightness(day)
    assert brightness(drawn("in winter")) > brightness(day)
    assert red(drawn("make it red")) > red(day) + 0.02
    assert red(drawn("remove the car")) < red(day) / 2


def test_the_layout_stays_where_the_things_do():
    """Where it is day or night, a car in another colour is where the first one was."""
    day, blue = drawn(), drawn("make the car blue")
    apart = np.abs(np.asarray(day, int) - np.asarray(blue, int)).sum(axis=-1) > 30
    assert 0.01 < apart.mean() < 0.2
    columns = np.flatnonzero(apart.any(axis=0))
    assert columns.max() - columns.min() < SIDE / 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("turn the dog into a cow", "cow"),
        ("replace the dog with a cat", "cat"),
        ("at night", "night"),
        ("把狗变成猫", "cat"),
    ],
)
def test_the_describer_sees_what_was_changed(words, says):
    picture = Illustrator().draw(f"a dog in a park {THEN} {words}", "", 384, 384, 3).image
    assert says in Describer().describe(picture)


async def test_a_drawing_keeps_its_layout_and_can_be_changed_again_and_again(tmp_path):
    chosen = settings()
    house = Studio(chosen, Engines(chosen), Store(tmp_path))
    first = await house.draw(Recipe(PROMPT, width=SIDE, height=SIDE, seed=7))
    night = await house.edit(first.path, Edit("at night", seed=1))
    blue = await house.edit(night.path, Edit("make the car blue", seed=2))
    assert blue.recipe.prompt == f"{PROMPT} {THEN} at night {THEN} make the car blue"
    assert blue.recipe.seed == 7
    assert blue.credit.ignored == ("steps", "guidance", "seed")
    again = Recipe(blue.recipe.prompt, width=SIDE, height=SIDE, seed=7)
    with Image.open(blue.path) as one, Image.open((await house.draw(again)).path) as other:
        assert np.array_equal(
            np.asarray(one), np.asarray(other)
        )  # the recipe draws the same without the picture


async def test_a_style_stays_when_the_rest_is_changed(tmp_path):
    chosen = settings()
    house = Studio(chosen, Engines(chosen), Store(tmp_path))
    sides: dict[str, Any] = {"width": SIDE, "height": SIDE}
    first = await house.draw(Recipe("a dog", **sides, seed=7), style="watercolour")
    night = await house.edit(first.path, Edit("at night"))
    assert night.recipe.prompt == f"a dog, watercolour {THEN} at night"
    plain = await house.draw(Recipe("a dog, watercolour", **sides, seed=7))
    with Image.open(first.path) as one, Image.open(plain.path) as other:
        assert np.array_equal(np.asarray(one), np.asarray(other))
    assert understood(night.recipe.prompt).style == "watercolour"
    inked = await house.edit(night.path, Edit("add a cat"), style="pixel art")
    assert inked.recipe.prompt.startswith(f"a dog, watercolour {THEN} at night {THEN} add a cat, ")


async def test_what_was_asked_of_another_engine_doesnt_say_what_is_in_its_picture(tmp_path):
    chosen, engine = settings(), Puppet()
    house = Studio(chosen, Engines(chosen, (engine,)), Store(tmp_path))
    night = await house.edit(EXAMPLES / "cat.jpg", Edit("at night", seed=1))
    await house.edit(night.path, Edit("add a dog", seed=1))
    assert engine.source.prompt == ""


async def test_much_strength_leaves_the_layout_behind_and_none_keeps_the_picture():
    engine = Builtin()
    source = Source(drawn(), PROMPT, 7)

    async def edit(**options):
        recipe = Edit("make it red", width=SIDE, height=SIDE, **options)
        return await engine.edit(recipe, source, Call("builtin"))

    near = [await edit(strength=0.5, seed=seed) for seed in (1, 2)]
    far = [await edit(strength=1, seed=seed) for seed in (1, 2)]
    assert np.array_equal(near[0].picture, near[1].picture)
    assert not np.array_equal(far[0].picture, far[1].picture)
    assert "seed" not in far[0].credit.ignored
    assert "strength" not in near[0].credit.ignored
    kept = await edit(strength=0, seed=1)
    assert np.array_equal(np.asarray(kept.picture), np.asarray(source.picture))


async def test_a_photo_is_read_first():
    with Image.open(EXAMPLES / "cat.jpg") as photo:
        source = Source(photo.convert("RGB").resize((192, 128)))
    recipe = Edit("make it red", width=192, height=128, seed=1)
    answer = await Builtin().edit(recipe, source, Call("builtin"))
    assert "cat" in answer.final_prompt
    assert "strength" in answer.credit.ignored
    assert red(answer.picture) > 0.02
