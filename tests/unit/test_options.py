"""Whatever names a drawing option follows the one table, `Recipe`."""

import re
from dataclasses import fields

import pytest

from describe_draw.access import ANONYMOUS
from describe_draw.engines.base import TASKS
from describe_draw.engines.builtin import Builtin
from describe_draw.engines.model_api.api import PLACEHOLDERS
from describe_draw.options import ignored
from describe_draw.problems import Problem
from describe_draw.reading.fitting import fit
from describe_draw.reading.formats import recognised
from describe_draw.recipe import EDIT_OPTIONS, OPTIONS, Recipe
from describe_draw.texts import LANGUAGES, catalog
from describe_draw.ui.page import build, front, markup
from describe_draw.ui.page.pages import FIRST
from tests.support import settings

NUMBERS = [option for option in OPTIONS.values() if option.type is not str]


@pytest.fixture(scope="module")
def demo():
    return build(settings(max_side=256))


@pytest.mark.parametrize("name", OPTIONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_has_its_words(name, language):
    said = catalog(language)
    assert {f"option.{name}", f"app.{name}"} <= said.keys()


@pytest.mark.parametrize("endpoint", ["/generate", "/draw"])
def test_the_endpoints_take_the_recipes_fields_in_their_order(demo, endpoint):
    taken = demo.get_api_info()["named_endpoints"][endpoint]["parameters"]
    assert [p["parameter_name"] for p in taken] == [field.name for field in fields(Recipe)]
    default = {p["parameter_name"]: p["parameter_default"] for p in taken[1:]}
    assert default == Recipe("").options() | {"model": "", "width": 256, "height": 256}


def test_the_documentation_says_what_an_option_may_be(demo):
    handler = next(fn.fn for fn in demo.fns.values() if fn.api_name == "generate")
    assert handler.__name__ == "generate"
    said = handler.__doc__
    for name, option in OPTIONS.items():
        assert f"    {name}: {option.documented(settings(max_side=256))}\n" in said
    assert "width: Pixels, 64 to 256 in steps of 64." in said
    assert "steps: Inference steps, 1 to 100." in said


def test_the_page_has_the_tables_bounds_and_a_field_for_each():
    here = settings(max_side=256)
    facts = front._facts(here)["options"]
    assert list(facts) == list(OPTIONS)
    for option in NUMBERS:
        most, value = option.most(here), option.begins(here)
        told = {"low": option.low, "high": most, "step": option.step, "value": value}
        assert facts[option.name] == told
    boxes = re.findall(r'data-option="(\w+)".*?<input[^>]* id="(\w+)"', markup.html(FIRST, "en"))
    assert [*map(set, boxes)] == [{name} for name, _ in boxes]
    assert {name for name, _ in boxes} == set(EDIT_OPTIONS)


@pytest.mark.parametrize("option", NUMBERS, ids=lambda option: option.name)
def test_the_checks_have_the_tables_bounds(option):
    here = settings(max_side=256)
    most = option.most(here)
    for value in (option.low, most):
        assert option.checked(value, here) == value
    for value in (option.low - 1, most + 1, float("nan"), "7", None, True):
        with pytest.raises(Problem):
            option.checked(value, here)


def test_an_option_is_read_as_it_was_written():
    drawn = Recipe("a dog, alone", "cats", 30, 7.5, 320, 256, 42, "owner/model")
    for text in (drawn.chunks(), {"parameters": drawn.parameters()}):
        found = recognised(text)
        assert found
        fitted = fit(found, settings(), ["owner/model"])
        assert fitted
        assert fitted.recipe == drawn


def test_every_tool_names_an_option_as_the_table_says():
    for name, option in OPTIONS.items():
        value = "cats" if option.type is str else 64
        for alias in option.aliases:
            found = recognised(
                {"invokeai_metadata": f'{{"prompt": "a dog", "{alias}": "{value}"}}'}
            )
            assert found
            assert found.options[name] == str(value)


def test_requests_of_ones_own_have_a_place_for_every_option():
    pictures = {"image", "image_url"}
    assert set(PLACEHOLDERS["edit"]) == {"prompt", "model", *pictures, *EDIT_OPTIONS}
    assert PLACEHOLDERS["draw"] == PLACEHOLDERS["edit"], "one template may serve both"
    assert set(PLACEHOLDERS) == set(TASKS)


def test_what_was_asked_for_and_is_not_followed_is_named():
    (can,) = Builtin().capabilities("draw", ANONYMOUS)
    assert ignored(Recipe("a dog", "cats").options(), can.options) == ("steps", "guidance")
    assert ignored(Recipe("a dog").options(), frozenset({"steps", "guidance"})) == (
        "width",
        "height",
        "seed",
    )
