import json
import math
from typing import Any

import pytest

from describe_draw.options import check_text
from describe_draw.problems import Problem
from describe_draw.recipe import MAX_SEED, Recipe
from tests.support import settings

SETTINGS = settings()
NUMBERS = ("steps", "guidance", "width", "height", "seed")
NO_NUMBERS: tuple[Any, ...] = (
    10**400, -(10**400), math.nan, math.inf, "1e3", "", [5], {}, b"5", 5j
)  # fmt: skip
NO_TEXTS: tuple[Any, ...] = (
    "\ud800",
    "a dog \udfff in a park",
    "\udc80" * 3000,
    ["a dog"],
    [],
    {"a": "dog"},
    {},
    True,
    False,
    b"a dog",
    ("a dog",),
    object(),
)


def test_a_recipe_within_its_limits_stays_as_it_is():
    recipe = Recipe("a dog", "trees", 30, 7.5, 768, 512, 42, "builtin")
    assert recipe.checked(SETTINGS) == recipe


def test_prompts_are_trimmed():
    assert Recipe("  a dog\n", negative_prompt=" cats ", seed=1).checked(SETTINGS) == Recipe(
        "a dog", "cats", seed=1
    )


def test_a_random_seed_is_chosen_and_stays():
    recipe = Recipe("a dog").checked(SETTINGS)
    assert 0 <= recipe.seed <= MAX_SEED
    assert recipe.checked(SETTINGS) == recipe
    assert len({Recipe("a dog").checked(SETTINGS).seed for _ in range(20)}) > 1


@pytest.mark.parametrize(
    ("option", "value", "problem", "says"),
    [
        ("prompt", "", "no_prompt", "empty"),
        ("prompt", " \n", "no_prompt", "empty"),
        ("prompt", None, "no_prompt", "empty"),
        ("prompt", "a" * 2001, "text_too_long", "2001"),
        ("negative_prompt", "a" * 2001, "text_too_long", "negative prompt"),
        ("steps", 0, "out_of_range", "1 to 100"),
        ("steps", 101, "out_of_range", "1 to 100"),
        ("steps", 2.5, "not_whole", "whole number from 1 to 100"),
        ("steps", "25", "out_of_range", "1 to 100"),
        ("steps", True, "out_of_range", "1 to 100"),
        ("steps", None, "out_of_range", "1 to 100"),
        ("guidance", math.nan, "out_of_range", "1 to 20"),
        ("guidance", math.inf, "out_of_range", "1 to 20"),
        ("guidance", 20.5, "out_of_range", "1 to 20"),
        ("width", 500, "off_the_grid", "multiple of 64"),
        ("width", 0, "out_of_range", "64 to 1024"),
        ("height", 1088, "out_of_range", "64 to 1024"),
        ("height", -64, "out_of_range", "64 to 1024"),
        ("seed", -2, "out_of_range", "-1 to 2147483647"),
        ("seed", MAX_SEED + 1, "out_of_range", "2147483647"),
        ("seed", 1.5, "not_whole", "whole"),
        ("seed", 10**400, "out_of_range", "2147483647"),
        *((option, value, "out_of_range", " to ") for option in NUMBERS for value in NO_NUMBERS),
        *(
            (option, value, "odd_text", named)
            for option, named in (("prompt", "The prompt"), ("negative_prompt", "negative prompt"))
            for value in NO_TEXTS
        ),
    ],
)
def test_an_option_that_is_off_is_named_with_its_limits(option, value, problem, says):
    with pytest.raises(Problem) as caught:
        Recipe(**{"prompt": "a dog", option: value}).checked(SETTINGS)
    assert caught.value.name == problem
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (42, "42"), (7.5, "7.5"), (10**400, str(10**400)), ("🦊 狗", "🦊 狗")],
)
def test_nothing_and_numbers_are_texts_too(value, text):
    assert check_text("negative_prompt", value, SETTINGS) == text


def test_a_number_of_too_many_digits_is_no_text():
    with pytest.raises(Problem) as caught:
        check_text("prompt", 10**5000, SETTINGS)
    assert caught.value.name == "odd_text"


def test_whole_numbers_written_as_floats_are_whole():
    numbers: dict[str, Any] = {"steps": 25.0, "width": 512.0}
    assert Recipe("a dog", **numbers).checked(SETTINGS).steps == 25


def test_the_text_form_is_the_one_that_other_tools_read():
    recipe = Recipe("a dog,\nin a park", "cats", 20, 7.5, 768, 512, 42, "org/model")
    assert recipe.parameters() == (
        "a dog,\nin a park\n"
        "Negative prompt: cats\n"
        "Steps: 20, CFG scale: 7.5, Seed: 42, Size: 768x512, Model: org/model, Sampler: default"
    )


def test_the_json_chunk_holds_everything():
    chunks = Recipe("狗", seed=1).chunks(engine="builtin", version="1")
    everything = json.loads(chunks["describe_draw"])
    assert everything["prompt"] == "狗"
    assert everything["seed"] == 1
    assert everything["engine"] == "builtin"
