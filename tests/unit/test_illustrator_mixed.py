"""Drawings of two: who wears what, what things are made of; and what a picture is besides.

The prompts are of the kinds that OpenAI's page of DALL-E (openai.com/index/dall-e: an armchair in
the shape of an avocado, animals in clothes) and Google's PartiPrompts (the file PartiPrompts.tsv of
google-research/parti: logos, portraits, statues of a material, animals dressed as people) ask for.
"""

import re
from random import Random

import pytest

from describe_draw.engines.builtin.illustrator import Illustrator
from describe_draw.engines.builtin.illustrator.art import HEAD_OF, costumes, exists
from describe_draw.engines.builtin.illustrator.backdrops import bare
from describe_draw.engines.builtin.illustrator.forms import forms
from describe_draw.engines.builtin.illustrator.frame import framed
from describe_draw.engines.builtin.illustrator.layout import arrange
from describe_draw.engines.builtin.illustrator.mixed import drawing
from describe_draw.engines.builtin.illustrator.painter import compose
from describe_draw.engines.builtin.illustrator.parser import parse
from describe_draw.engines.builtin.illustrator.staging import staged
from describe_draw.engines.builtin.illustrator.stuffs import stuffs
from describe_draw.engines.builtin.illustrator.tables import is_a, traits
from describe_draw.engines.builtin.illustrator.words import read_toml, vocabulary


@pytest.mark.parametrize(
    ("prompt", "art"),
    [
        ("an armchair in the shape of an avocado", "armchair@like:avocado"),
        ("a cat in a space suit", "cat@as:space-suit"),
        ("a corgi wearing a red sweater", "corgi@as:sweater"),
        ("a raccoon dressed as a pirate", "raccoon@as:pirate"),
        ("a pirate cat", "cat@as:pirate"),
        ("a boy in a dinosaur costume", "boy@as:t-rex"),
        ("a marble statue of a horse", "horse@of:marble"),
        ("a car made of flowers", "automobile@of:flowers"),
        ("a glass bird", "bird@of:glass"),
        ("half lion half fish", "lion@half:fish"),
        ("a portrait of a cyborg woman", "woman@half:robot"),
        ("穿宇航服的猫", "cat@as:space-suit"),
    ],
)
def test_two_become_one(prompt: str, art: str) -> None:
    scene = parse(prompt)
    assert staged(scene).things[0].art == art
    assert scene.unknown == ()
    assert drawing(art).svg != drawing(re.split("@", art)[0]).svg


def test_what_is_worn_stays_a_thing_of_its_own() -> None:
    cat, suit = parse("a cat in a space suit").things
    assert (cat.art, suit.relation, suit.to) == ("cat", "wearing", 0)
    assert parse("a rabbit with butterfly wings").things[1].relation == "wearing"


def test_in_clothes_it_walks() -> None:
    assert is_a("shark", "swims")
    assert not is_a("shark@as:suit", "swims")


@pytest.mark.parametrize("name", sorted({*costumes()} - {"faces"}))
def test_every_costume_can_be_worn(name: str) -> None:
    own = drawing(f"cat@as:{name}")
    assert own.head
    assert "{" not in own.svg, "every colour of the body is given"


def test_tables_name_drawings_that_are_there() -> None:
    worn = read_toml("worn.toml")
    named = [spot["as"] for spot in worn["things"].values() if "as" in spot]
    named += [stuff["fill"] for stuff in stuffs().values() if "fill" in stuff]
    named += [name for form in forms().values() for name in (form.under, form.over, *form.emblem)]
    named += read_toml("palettes.toml")["compositions"]
    assert [name for name in named if name and not exists(name)] == []
    assert set(worn["kinds"]) <= set(traits().kinds)
    assert all(drawing(HEAD_OF + name) for name in costumes()["faces"])


@pytest.mark.parametrize("form", sorted({*forms()} - {""}))
def test_every_form_shows(form: str, illustrator: Illustrator) -> None:
    words = read_toml("vocabulary.toml")["forms"][form]
    assert all(parse(f"{word} fox").form == form for word in words)
    made = illustrator.draw(f"{words[0]} a fox", width=64, height=64)
    assert made.unknown == ()
    assert made.image != illustrator.draw("a fox", width=64, height=64).image


@pytest.fixture(scope="module")
def illustrator() -> Illustrator:
    return Illustrator()


@pytest.mark.parametrize(
    ("prompt", "named"),
    [("portrait of a woman holding a cat", "cat"), ("portrait of a man in a top hat", "top-hat"),
     ("portrait of a mother and her baby", "baby")],
)  # fmt: skip
def test_a_portrait_shows_what_is_held_and_worn(prompt: str, named: str) -> None:
    _, placed = compose(parse(prompt), 384, 384, Random(1))
    heads = [one.head() for one in placed if one.thing == 0 and one.has_head]
    shown = next(one for one in placed if one.art.partition("@")[0] == named)
    assert heads[0][2] > 40
    assert 0 <= shown.left < shown.left + shown.width <= 384
    assert 0 <= shown.top < 330


def test_a_portrait_has_a_plain_ground_where_no_place_is_said() -> None:
    assert parse("portrait of a girl").place == "backdrop"
    assert parse("portrait of a girl in a forest").place == "forest"


@pytest.mark.parametrize(
    ("prompt", "art"),
    [("logo for a coffee shop", "hot-beverage"), ("gym logo", "flexed-biceps")],
)
def test_a_mark_shows_what_its_trade_is_known_by(prompt: str, art: str) -> None:
    (thing,) = bare(parse(prompt)).things
    assert thing.art == art


@pytest.mark.parametrize("trade", read_toml("abstract.toml")["trades"])
def test_trades_are_shown_by_things(trade: str) -> None:
    scene = parse(trade)
    assert scene.things
    assert scene.unknown == ()


def test_who_cannot_be_drawn_is_named() -> None:
    scene = parse("the Mona Lisa eating a hamburger")
    assert [thing.art for thing in scene.things] == ["woman-in-black", "hamburger"]
    assert scene.instead == (("the mona lisa", "woman in black"),)


def test_famous_people_are_drawn_as_who_is_there() -> None:
    famous = read_toml("vocabulary.toml")["famous"]
    assert [art for art in famous if not exists(art)] == []
    assert vocabulary().find("darth vader") is not None


@pytest.mark.parametrize("usual", sorted({said[1] for said in read_toml("phrasings.toml")["said"]}))
def test_other_words_end_in_words_that_are_known(usual: str) -> None:
    plain = re.sub(r"(?:\\\d)+(?!s\b)", " cat ", usual)
    plain = re.sub(r"(?:\\\d)+", "cat", plain)
    assert () in (parse(f"{plain} cat").unknown, parse(f"man {plain} woman").unknown)


def test_praise_and_switches_are_neither_drawn_nor_named() -> None:
    praise = ", 8k, trending on artstation, octane render, (masterpiece:1.2), 85mm --ar 16:9 --v 5"
    assert parse("a cat" + praise) == parse("a cat")


@pytest.mark.parametrize(
    ("prompt", "style"),
    [
        ("a red vintage car on a street", "plain"),
        ("an antique typewriter", "plain"),
        ("a vintage photo of a car", "vintage"),
        ("a car, vintage", "vintage"),
        ("a cyberpunk city street", "neon"),
    ],
)
def test_an_adjective_of_one_thing_is_no_style(prompt: str, style: str) -> None:
    assert parse(prompt).style == style


@pytest.mark.parametrize(
    ("prompt", "form", "arts"),
    [
        ("Mona Lisa", "mona-lisa", []),
        ("the Mona Lisa wearing sunglasses", "mona-lisa", ["sunglasses"]),
        ("the kiss by Gustav Klimt", "the-kiss", []),
        ("the starry night by van gogh", "starry-night", []),
        ("a cottage under a starry night", "", ["house-with-garden"]),
        ("bird's-eye view of a city", "city-above", []),
        ("drone shot of a forest", "forest-above", []),
        ("a mouse in a maze", "maze", ["mouse"]),
    ],
)
def test_pictures_and_views_that_everybody_knows(prompt: str, form: str, arts: list[str]) -> None:
    scene = parse(prompt)
    assert (scene.form, [thing.art for thing in scene.things]) == (form, arts)
    assert scene.unknown == ()


@pytest.mark.parametrize(
    ("prompt", "art"),
    [
        ("the Golden Gate Bridge", "suspension-bridge"),
        ("St. Basil's Cathedral", "onion-domes"),
        ("the Statue of Liberty", "statue-of-liberty"),
        ("故宫", "chinese-palace"),
        ("Albert Einstein", "old-man-with-wild-hair"),
        ("Little Red Riding Hood eating cake", "girl-in-a-red-hood"),
        ("Snow White and the seven dwarfs", "princess-with-black-hair"),
        ("Pinocchio with a long nose", "boy-with-a-long-nose"),
        ("Shrek in a swamp", "green-ogre"),
        ("E.T. phone home", "alien"),
    ],
)
def test_landmarks_and_famous_people_have_drawings(prompt: str, art: str) -> None:
    assert [thing.art for thing in parse(prompt).things][:1] == [art]


@pytest.mark.parametrize(
    ("prompt", "end"),
    [
        ("a polka dot umbrella", "umbrella@of:dotted"),
        ("a red and white striped scarf", "scarf@of:striped"),
        ("a mug with stripes", "@of:striped"),
        ("a melting snowman", "@of:melting"),
        ("a house made of brick", "house@of:brick"),
        ("a dirty plate", "plate@of:dirty"),
        ("a half-eaten sandwich", "sandwich@of:bitten"),
        ("a crooked wooden fence", "fence@of:crooked@of:wood"),
        ("a happy pumpkin", "pumpkin@of:smiling"),
    ],
)
def test_patterns_are_over_the_whole_shape_in_its_own_colours(prompt: str, end: str) -> None:
    scene = parse(prompt)
    assert scene.unknown == ()
    name = scene.things[0].art
    assert name.endswith(end)
    plain, patterned = drawing(name.partition("@")[0]), drawing(name)
    assert len(patterned.svg) > len(plain.svg)
    assert (patterned.width, patterned.height) == (plain.width, plain.height)


@pytest.mark.parametrize(("said", "wider"), [("long snake", True), ("tall thin vase", False)])
def test_what_is_long_or_thin_is_stretched(said: str, wider: bool) -> None:
    name = parse(f"a {said}").things[0].art
    plain, made = drawing(name.partition("@")[0]), drawing(name)
    assert (made.width / made.height > plain.width / plain.height) == wider


@pytest.mark.parametrize("prompt", ["a striped zebra", "a zebra with black stripes"])
def test_what_has_a_pattern_gets_no_other(prompt: str) -> None:
    scene = parse(prompt)
    assert [thing.art for thing in scene.things] == ["zebra"]
    assert scene.unknown == ()


def test_several_people_are_not_alike_unless_dressed_alike() -> None:
    for prompt, looks in (("five people in a park", 5), ("five men in red", 1)):
        scene = staged(parse(prompt))
        placed = arrange(scene, framed(scene, 384, 384, Random(1)), Random(1))
        people = {(one.art, one.colour) for one in placed if one.thing == 0}
        assert len(people) == looks
