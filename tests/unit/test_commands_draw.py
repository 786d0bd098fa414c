"""`describe-draw draw` and `recipe`, as people and scripts run them."""

import asyncio
import hashlib
import io
import json
import sys

import pytest
from PIL import Image
from starlette.responses import Response

from describe_draw.choices import choose
from describe_draw.commands import main
from describe_draw.commands.in_order import in_order
from describe_draw.problems import Problem
from tests.apis import ModelServer
from tests.standin import OPERATOR
from tests.support import EXAMPLES

FLUX = "black-forest-labs/FLUX.1-schnell"
SMALL = ["--width", "64", "--height", "64"]


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """The folder in which the command runs, which finds the built-in engine."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ENGINE", "builtin")
    return tmp_path


def rows(text):
    return [json.loads(line) for line in text.splitlines()]


def test_the_path_is_printed_and_the_picture_is_there(here, capsys):
    assert main(["draw", "a red fox", "--seed", "42", *SMALL]) == 0
    assert capsys.readouterr() == ("a-red-fox-42.png\n", "")
    with Image.open(here / "a-red-fox-42.png") as picture:
        assert picture.size == (64, 64)


def test_a_recipe_goes_into_the_file_and_comes_out_again(here, capsys):
    options = ["--negative-prompt", "trees", "--steps", "8", "--guidance", "3.5", "--seed", "7"]
    assert main(["draw", "a dog", "--out", "dog.png", "--json", *SMALL, *options]) == 0
    (drawn,) = rows(capsys.readouterr().out)
    assert (drawn["path"], drawn["seed"]) == ("dog.png", 7)
    assert main(["recipe", "dog.png", "--json"]) == 0
    (read,) = rows(capsys.readouterr().out)
    assert read["recipe"] == drawn["recipe"]
    assert read["recipe"]["negative_prompt"] == "trees"
    assert main(["recipe", "dog.png"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("a dog\nNegative prompt: trees\nSteps: 8, CFG scale: 3.5, Seed: 7")


def test_a_picture_is_drawn_from_another_and_its_recipe_names_it(here, capsys):
    arguments = ["draw", "at night", "--from", str(EXAMPLES / "cat.jpg"), "--style", "watercolour"]
    assert main([*arguments, "--strength", "0.4", "--seed", "7", "--width", "128", "--json"]) == 0
    (drawn,) = rows(capsys.readouterr().out)
    assert drawn["path"] == "at-night-7.png"
    content = (EXAMPLES / "cat.jpg").read_bytes()
    assert drawn["recipe"]["source"] == hashlib.sha256(content).hexdigest()
    assert (drawn["recipe"]["strength"], drawn["recipe"]["width"]) == (0.4, 128)
    with Image.open(here / "at-night-7.png") as picture:
        assert picture.size == (128, 64)  # the cat's shape, 451 × 300, in steps of 64
    assert main(["recipe", "at-night-7.png", "--json"]) == 0
    (read,) = rows(capsys.readouterr().out)
    assert read["source"] == drawn["recipe"]["source"]
    assert (read["strength"], read["style"]) == (0.4, "watercolour")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--strength", "0.4"], "--strength goes with --from"),
        (["--from", "nix.png"], "nix.png"),
        (["--style", "cubist"], "watercolour"),
    ],
)
def test_what_does_not_fit_together_is_wrong_use(here, capsys, arguments, said):
    assert main(["draw", "a dog", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not list(here.glob("*.png"))


def test_pictures_without_a_recipe_are_named(here, capsys):
    assert main(["recipe", str(EXAMPLES / "cat.jpg"), "nix.png", "--json"]) == 1
    cat, nix = rows(capsys.readouterr().out)
    assert cat["problem"] == Problem("no_recipe").sentence()
    assert nix["problem"] == Problem("no_such_file").sentence()


def test_several_of_one_prompt_have_seeds_of_their_own(here, capsys):
    words = ["draw", "a {red|green|blue} car", "--count", "4", "--seed", "5", "--json", *SMALL]
    assert main([*words, "--out", "first"]) == 0
    first = rows(capsys.readouterr().out)
    assert [row["seed"] for row in first] == [5, 6, 7, 8]
    assert len({row["recipe"]["prompt"] for row in first}) > 1
    assert main([*words, "--out", "again", "--at-once", "1"]) == 0
    again = rows(capsys.readouterr().out)
    assert [row["recipe"] for row in again] == [row["recipe"] for row in first]
    for one, other in zip(first, again, strict=True):
        assert (here / one["path"]).read_bytes() == (here / other["path"]).read_bytes()


@pytest.mark.parametrize("listed", ["prompts.txt", "-"])
def test_a_list_has_a_prompt_in_each_line(here, listed, capsys, monkeypatch):
    text = "# animals\na dog\n\n  a cat\n"
    (here / "prompts.txt").write_text(text)
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    assert main(["draw", "--prompts", listed, "--seed", "1", *SMALL]) == 0
    assert capsys.readouterr().out == "a-dog-1.png\na-cat-1.png\n"


def test_no_drawing_is_written_over(here, capsys):
    for _ in range(2):
        assert main(["draw", "a dog", "--seed", "1", *SMALL]) == 0
    assert capsys.readouterr().out == "a-dog-1.png\na-dog-1 (2).png\n"


@pytest.mark.parametrize(
    "words",
    [
        ["draw", ""],
        ["draw", "a dog", "--width", "65"],
        ["draw", "a dog", "--seed", "-2"],
        ["draw", "a dog", "--out", "dog.jpg"],
        ["draw", "a dog", "--out", "dog.png", "--count", "2"],
        ["draw", "a dog", "--count", "0"],
        ["draw", "a dog", "--model", "nobody/knows"],
    ],
)
def test_wrong_use_draws_nothing(here, words, capsys):
    assert main(words) == 2
    assert "error: " in capsys.readouterr().err
    assert not [*here.iterdir()]


def test_what_bounds_visitors_does_not_bound_ones_own_shell(here, monkeypatch, capsys):
    monkeypatch.setenv("MAX_SIDE", "64")
    assert main(["draw", "a dog", "--width", "128", "--height", "64", "--seed", "1"]) == 0


def test_one_failure_is_told_and_the_others_are_drawn(here, monkeypatch, capsys):
    with ModelServer() as server:
        monkeypatch.setenv("ENGINE", "auto")
        monkeypatch.setenv("IMAGE_API_URL", f"{server.url}/draw")
        server.next(Response("no", 400))
        (here / "two.txt").write_text("a dog\na cat\n")
        words = ["draw", "--prompts", "two.txt", "--seed", "1", "--json", "--at-once", "1"]
        assert main([*words, *SMALL]) == 1
    first, second = rows(capsys.readouterr().out)
    assert "problem" in first
    assert "path" not in first
    assert (here / second["path"]).exists()


def test_the_hubs_models_draw_by_their_names(here, standin, monkeypatch, capsys):
    """One that isn't among IMAGE_MODELS; the operator's token pays, as on the page."""
    monkeypatch.setenv("ENGINE", "auto")
    monkeypatch.setenv("HF_TOKEN", OPERATOR)
    monkeypatch.setenv("IMAGE_MODELS", "Tongyi-MAI/Z-Image-Turbo")
    words = ["draw", "a dog", "--model", f"hub:{FLUX}", "--json"]
    assert main([*words, "--width", "256", "--height", "256"]) == 0
    (row,) = rows(capsys.readouterr().out)
    assert row["recipe"]["model"] == FLUX
    assert {call.token for call in standin.calls if FLUX in call.path} <= {OPERATOR, None}


@pytest.mark.parametrize(
    ("prompt", "possible"),
    [
        ("a {red|blue} car", {"a red car", "a blue car"}),
        ("{a|b}{c|d}", {"ac", "ad", "bc", "bd"}),
        ("a {red|{light|dark} blue} car", {"a red car", "a light blue car", "a dark blue car"}),
        ("{a|} dog", {"a dog", " dog"}),
        ("{name} is | no { choice }", {"{name} is | no { choice }"}),
        ("{open | end", {"{open | end"}),
    ],
)
def test_choices(prompt, possible):
    assert {choose(prompt, seed) for seed in range(200)} == possible
    assert all(choose(prompt, seed) == choose(prompt, seed) for seed in range(20))


def test_the_choices_of_a_seed_are_the_same_in_every_version():
    """By the sequence of random.Random(seed).random(), which Python promises to keep.

    https://docs.python.org/3/library/random.html#notes-on-reproducibility
    """
    assert [choose("{a|b|c|d}", seed) for seed in range(6)] == ["d", "a", "d", "a", "a", "c"]


async def test_work_is_done_several_at_a_time_and_told_in_order():
    running = most = 0

    async def job(number):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.001 * (number % 3))
        running -= 1
        return number

    jobs = [lambda n=n: job(n) for n in range(20)]
    assert [number async for number in in_order(jobs, 3)] == list(range(20))
    assert most == 3
