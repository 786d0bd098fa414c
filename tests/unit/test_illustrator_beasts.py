"""Animals with bodies made of joints, in the stances of what they do."""

import re
from random import Random

import pytest

from describe_draw.engines.builtin.illustrator import art, placement
from describe_draw.engines.builtin.illustrator.beasts import beast, form, stance_of, tables
from describe_draw.engines.builtin.illustrator.frame import framed
from describe_draw.engines.builtin.illustrator.layout import arrange
from describe_draw.engines.builtin.illustrator.parser import parse
from describe_draw.engines.builtin.illustrator.placement import Placement
from describe_draw.engines.builtin.illustrator.staging import staged
from describe_draw.engines.builtin.illustrator.tables import height_of
from describe_draw.engines.builtin.illustrator.words import nature

BODIES = {one["body"] for one in nature().values() if one.get("body") in tables()["builds"]}
OF_NATURE = [n for n, one in nature().items() if one.get("body") in BODIES][::3]


def placed(prompt: str, seed: int = 0) -> list[Placement]:
    rng = Random(seed)
    scene = staged(parse(prompt), rng)
    return arrange(scene, framed(scene, 512, 512, rng), rng)


def of(prompt: str, *numbers: int) -> list[Placement]:
    every = placed(prompt)
    return [next(one for one in every if one.thing == n) for n in numbers]


@pytest.mark.parametrize("name", [*tables()["species"], *OF_NATURE])
def test_every_animal_is_drawn(name: str) -> None:
    assert art.exists(name)
    for stance in ("still", "grazing"):
        drawn = beast(name, stance)
        assert not re.search(r"\{|nan|none", drawn.svg.replace('fill="none"', "")), stance
        assert 0 < drawn.hands[0][0] < drawn.size[0]
        assert 0 < drawn.head[2] < drawn.size[0]


@pytest.mark.parametrize("stance", tables()["stances"])
def test_every_stance_is_drawn(stance: str) -> None:
    for name in ("dog", "horse", "elephant", "kangaroo"):
        assert all(40 < length < 400 for length in beast(name, stance).size)


def test_the_table_names_what_there_is() -> None:
    table = tables()
    for verbs in ("verbs", "with_paws", "suffered"):
        assert set(table[verbs]) <= set(table["stances"])
    slots = set(table["slots"]["order"].split())
    assert set(table["marks"]) - slots == {
        mark for one in table["species"].values() for mark in one.get("coated", {}).values()
    }
    assert {one["head"] for one in map(form, table["species"]) if one} <= set(table["heads"])
    foods = {one["eats"] for one in table["species"].values() if "eats" in one}
    assert [food for food in foods if not art.exists(food)] == []


@pytest.mark.parametrize(
    ("prompt", "stances"),
    [
        ("a dog chasing a cat", ["gallop", "gallop"]),
        ("a wolf howling at the moon", ["howling"]),
        ("a horse drinking from a river", ["grazing"]),
        ("a bear standing on its hind legs", ["pawing"]),
        ("a fox jumping over a fence", ["leap"]),
        ("a panda eating bamboo", ["nibble"]),
        ("a dog with a newspaper in its mouth", ["pacing"]),
        ("一只狐狸跳过栅栏", ["leap"]),
        ("狗嘴里叼着一根棍子在跑", ["gallop"]),
        ("a cat sitting next to a dog", ["seat", "still"]),
        ("a fox", [""]),
        ("a dog and a cat", ["", ""]),
    ],
)
def test_what_is_done_tells_the_stance(prompt: str, stances: list[str]) -> None:
    found = of(prompt, *range(len(stances)))
    assert [stance_of(one.art) for one in found] == stances


@pytest.mark.parametrize("seed", range(3))
def test_who_chases_is_behind_who_flees(seed: int) -> None:
    every = placed("a dog chasing a cat", seed)
    dog, cat = (next(one for one in every if one.thing == n) for n in (0, 1))
    assert dog.flip == cat.flip == (dog.x < cat.x)


def test_who_is_chased_runs_and_who_flees_is_chased() -> None:
    dog, boy = of("a dog chasing a boy", 0, 1)
    assert boy.art == "boy@run"
    assert dog.flip == boy.flip
    mouse, cat = of("a mouse running away from a cat", 0, 1)
    assert stance_of(cat.art) == "gallop"
    assert mouse.flip == cat.flip == (cat.x < mouse.x)


def test_a_muzzle_is_at_what_it_eats_and_carries() -> None:
    for prompt in ("a rabbit eating a carrot", "a dog with a ball in its mouth"):
        host, thing = of(prompt, 0, 1)
        own = art.drawing(host.art)
        away = own.hands[0][0] / own.width
        x = host.left + (1 - away if host.flip else away) * host.width
        assert abs(thing.x - x) < thing.width


def test_what_is_towed_follows() -> None:
    dog, sled = of("a dog pulling a sled", 0, 1)
    assert (sled.x < dog.x) == dog.flip


def test_a_colour_reaches_the_coat() -> None:
    plain, white = (art.drawing("dog@gallop", colour).svg for colour in (None, "white"))
    coat = (form("dog") or {})["coat"]
    assert coat in plain
    assert coat not in white


def test_heads_and_heights_are_those_of_the_stance() -> None:
    head, lowered = (placement.head_of(f"horse@{way}") for way in ("still", "grazing"))
    assert head[1] < 0.25 < lowered[1]
    assert height_of("horse@repose") < 0.8 * height_of("horse@still")
