"""Styles of drawings: words beside one's own, kept apart from them."""

import json

import pytest
from PIL import Image

from describe_draw.engines import Engines
from describe_draw.engines.builtin import UNSTYLED
from describe_draw.engines.builtin.illustrator.styles import follows
from describe_draw.problems import Problem
from describe_draw.reading import read
from describe_draw.recipe import Edit, Recipe
from describe_draw.store import Store
from describe_draw.studio import Studio
from describe_draw.styles import styled, styles, unstyled
from describe_draw.texts import LANGUAGES
from tests.support import EXAMPLES, Puppet, settings


def studio(folder, *engines):
    chosen = settings()
    return Studio(chosen, Engines(chosen, engines or None), Store(folder))


@pytest.mark.parametrize("name", styles())
def test_every_style_has_its_words_and_a_name_in_every_language(name):
    style = styles()[name]
    assert set(style.says) == set(LANGUAGES)
    assert all(style.says.values())
    assert style.prompt
    assert style.negative_prompt


def test_there_are_about_twenty_and_none_adds_what_another_does():
    prompts = [style.prompt for style in styles().values()]
    assert 20 <= len(set(prompts)) == len(prompts)


@pytest.mark.parametrize(
    "recipe", [Recipe("a cat"), Recipe("a cat", "dogs, text"), Edit("at night")]
)
@pytest.mark.parametrize("name", styles())
def test_a_styles_words_can_be_taken_off_again(recipe, name):
    with_words = styled(recipe, name)
    assert with_words.prompt == f"{recipe.prompt}, {styles()[name].prompt}"
    assert with_words.negative_prompt.endswith(styles()[name].negative_prompt)
    assert unstyled(with_words) == (recipe, name)


def test_a_recipe_without_a_style_stays_as_it_is():
    recipe = Recipe("a watercolour of a cat", "text")
    assert styled(recipe, "") == recipe
    assert unstyled(recipe) == (recipe, "")


@pytest.mark.parametrize("name", ["cubist", "Watercolour", 3, ["photo"]])
async def test_a_style_that_is_not_there_is_refused_with_those_that_are(tmp_path, name):
    engine = Puppet()
    with pytest.raises(Problem, match="photo, cinematic"):
        await studio(tmp_path, engine).draw(Recipe("a cat"), style=name)
    assert not engine.begun


async def test_the_recipe_keeps_the_style_apart_from_the_words(tmp_path):
    drawn = await studio(tmp_path, Puppet()).draw(Recipe("a cat", "dogs"), style="low poly")
    with Image.open(drawn.path) as picture:
        told = json.loads(picture.info["describe_draw"])
    assert (told["asked"], told["style"]) == ("a cat", "low poly")
    found = read(drawn.path, settings(), [])
    assert found
    assert found.recipe.prompt.startswith("a cat, low poly")  # which draws the same again
    own, style = unstyled(found.recipe)
    assert (own.prompt, own.negative_prompt, style) == ("a cat", "dogs", "low poly")


async def test_a_picture_is_drawn_from_another_in_a_style(tmp_path):
    edit = Edit("at night", seed=1)
    drawn = await studio(tmp_path, Puppet()).edit(EXAMPLES / "cat.jpg", edit, style="comic")
    assert drawn.recipe.prompt == f"at night, {styles()['comic'].prompt}"


async def test_the_built_in_engine_follows_a_style_by_its_name(tmp_path):
    house = studio(tmp_path)
    style = await house.draw(Recipe("a dog in a park", seed=1), style="watercolour")
    words = await house.draw(Recipe("a dog in a park, watercolour", seed=1))
    assert style.credit.notes == ()  # none of its words is one that isn't understood
    with Image.open(style.path) as first, Image.open(words.path) as second:
        assert first.tobytes() == second.tobytes()


def test_it_says_which_styles_it_has_not():
    assert {name for name in styles() if not follows(name)} == UNSTYLED
