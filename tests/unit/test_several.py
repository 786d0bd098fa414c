"""Which pictures words stand for: choices, lists and seeds, as the page and the shell have them."""

import pytest

from describe_draw.choices import choose, every, lines, meant
from describe_draw.ui.recipes import _from_picture
from describe_draw.ui.several import CELLS, Several
from tests.support import asked_by, desk_of

CARS = ["a red car", "a light blue car", "a dark blue car"]


@pytest.fixture
def expand(tmp_path):
    """What a page is told of words, a count and so on."""
    several = Several(desk_of(tmp_path))

    async def ask(words, seed=7, count=1, is_every=False, models=1):
        return await several.expand(words, seed, count, is_every, models, asked_by(), None)

    return ask


def cells(told):
    return [(cell["prompt"], cell["seed"]) for cell in told["cells"]]


def test_every_choice_is_made_also_where_one_is_in_another():
    assert list(every("a {red|{light|dark} blue} car", 9)) == CARS
    assert list(every("{a|b} {1|2}", 9)) == ["a 1", "a 2", "b 1", "b 2"]
    assert list(every("a {red} car", 9)) == ["a {red} car"]  # which is no choice


def test_each_seed_makes_one_of_them():
    made = {choose("a {red|{light|dark} blue} car", seed) for seed in range(50)}
    assert made == set(CARS)


@pytest.mark.parametrize("hostile", ["{a|b}" * 4000, "{a|" * 700 + "b" + "}" * 700, "{" * 20000])
def test_choices_without_end_are_bounded(hostile):
    assert len(list(every(hostile, 13))) <= 13


def test_a_list_is_read_as_the_shell_reads_it():
    assert lines("# animals\na dog\n\n  a cat\r\n#x\n") == ["a dog", "a cat"]
    assert list(meant(["a", "b"], 7, 2)) == [("a", 7), ("a", 8), ("b", 7), ("b", 8)]
    assert [seed for _, seed in meant(["a"], 2**31 - 1, 2)] == [2**31 - 1, 0]


async def test_a_page_is_told_prompts_and_seeds(expand):
    assert cells(await expand("a dog", count=3)) == [("a dog", 7), ("a dog", 8), ("a dog", 9)]
    assert cells(await expand("a dog\n# no\na cat")) == [("a dog", 7), ("a cat", 7)]
    assert cells(await expand("#1 fan")) == [("#1 fan", 7)]  # one line is no list
    told = await expand("a {red|blue} car", count=2)
    assert cells(told) == [(choose("a {red|blue} car", seed), seed) for seed in (7, 8)]
    told = await expand("a {red|{light|dark} blue} car", is_every=True)
    assert cells(told) == [(car, 7) for car in CARS]
    chosen = {cells(await expand("a dog", seed=-1))[0][1] for _ in range(3)}
    assert len(chosen) == 3


async def test_there_are_no_more_than_fit_with_the_models_that_draw_each(expand):
    many = "{1|2|3|4} {a|b|c|d}"
    for models, count in {1: CELLS, 2: CELLS // 2, 4: CELLS // 4}.items():
        told = await expand(many, is_every=True, models=models)
        assert (len(told["cells"]), told["more"]) == (count, True)
    assert not (await expand("\n".join("ab" * 6)))["more"]
    assert (await expand("\n".join("ab" * 6 + "c")))["more"]


@pytest.mark.parametrize(
    ("wish", "key"),
    [
        ({"words": " "}, "problem.no_prompt"),
        ({"words": "# a\n# b"}, "problem.no_prompt"),
        ({"words": None}, "problem.no_prompt"),
        ({"words": "x" * 2001}, "problem.text_too_long"),
        ({"words": "a", "count": 5}, "problem.out_of_range"),
        ({"words": "a", "count": 1.5}, "problem.not_whole"),
        ({"words": "a", "models": 0}, "problem.out_of_range"),
        ({"words": "a", "seed": -2}, "problem.out_of_range"),
    ],
)
async def test_what_can_not_be_meant_is_told(expand, wish, key):
    told = await expand(**wish)
    assert (told["state"], told["problem"]["key"]) == ("failed", key)


@pytest.mark.parametrize("strength", [None, "0.5", -1, 2, float("nan"), [0.5], True])
def test_odd_strengths_in_files_are_left_out(strength):
    assert _from_picture({"source": "ab", "strength": strength}) == {}
    assert _from_picture({"source": "ab", "strength": 0.5}) == {"strength": 0.5}
    assert _from_picture({"strength": 0.5}) == {}
