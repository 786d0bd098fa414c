"""/play and /read_recipe, called as programs call them."""

import json
import zipfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from PIL import Image

from describe_draw.recipe import Recipe
from tests.support import EXAMPLES, Puppet, page_of


@pytest.fixture(scope="module")
def client(app):
    return Client(app.url, verbose=False)


def test_a_game_streams_each_drawing_and_ends_with_all(client):
    job = client.submit(handle_file(EXAMPLES / "cows.png"), rounds=3, seed=4, api_name="/play")
    chain, drift, kept = job.result()
    played = list(range(1, len(chain) + 1))
    assert drift[-1]["rests"] is (len(chain) < 3)  # the story may come to rest before
    assert not any(row["rests"] for row in drift[:-1])
    assert all("cow" in link["caption"] for link in chain[:1])
    with Image.open(chain[-1]["image"]) as drawn:
        assert drawn.info["parameters"].startswith(chain[-1]["caption"])
        assert json.loads(drawn.info["describe_draw"])["seed"] == 3 + len(chain)
    assert [row["round"] for row in drift] == played
    assert all(0 <= row[dial] <= 1 for row in drift for dial in ("meaning", "look"))
    assert (drift[0]["kept"], drift[0]["lost"], drift[0]["invented"]) == (
        drift[0]["became"],
        [],
        [],
    )
    assert any("cow" in thing for thing in drift[-1]["kept"] + drift[-1]["lost"])
    with zipfile.ZipFile(kept) as file:
        last = f"pictures/{2 * len(chain):02}-drawing.png"
        assert {"index.html", "pictures/00-start.png", last} <= {*file.namelist()}
    shown = [seen for seen in job.outputs() if seen]
    assert sorted({len(seen[0]) for seen in shown}) == played
    assert [bool(seen[2]) for seen in shown] == [False] * (len(shown) - 1) + [True]
    assert shown[0][0] == chain[:1]


class Stuck(Puppet):
    """Says the same of every picture, whatever it is asked."""

    async def caption(self, picture, asked, call):
        told = await super().caption(picture, asked, call)
        return replace(told, text="a dog")


def test_a_story_that_comes_to_rest_ends_with_that_verdict():
    with page_of(Stuck()) as url:
        client = Client(url, verbose=False)
        chain, drift, kept = client.predict(
            handle_file(EXAMPLES / "cat.jpg"), rounds=5, api_name="/play"
        )
    assert [link["caption"] for link in chain] == ["a dog"]
    assert [row["rests"] for row in drift] == [True]
    with zipfile.ZipFile(kept) as file:
        assert "pictures/02-drawing.png" in file.namelist()
        assert "The story has come to rest" in file.read("index.html").decode()


def test_a_game_in_chinese_keeps_its_story(client):
    asked = {"rounds": 2, "seed": 4, "api_name": "/play"}
    picture = handle_file(EXAMPLES / "cows.png")
    chain, drift, _ = client.predict(picture, language="zh", **asked)
    assert chain[0]["caption"].startswith("一幅插画，画的是")
    assert chain[0]["caption"].endswith("两头牛")
    assert not any(letter.isascii() for link in chain for letter in link["caption"])
    assert "牛" in "".join(drift[0]["kept"])
    assert drift[0]["look"] < 0.2  # in English it is 0.08


def test_the_seed_repeats_a_game(client):
    def play():
        chain, drift, _ = client.predict(
            handle_file(EXAMPLES / "cat.jpg"), rounds=1, seed=9, api_name="/play"
        )
        return Path(chain[0]["image"]).read_bytes(), drift

    assert play() == play()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"rounds": 0}, "number of rounds must be a number from 1 to 10"),
        ({"rounds": 11}, "from 1 to 10"),
        ({"rounds": 1.5}, "whole number"),
        ({"rounds": None}, "from 1 to 10"),
        ({"seed": -2}, "seed must be a number from -1"),
        ({"image": None}, "nothing to start with"),
    ],
)
def test_what_can_not_be_played_ends_in_a_sentence(client, options, says):
    asked = {"image": handle_file(EXAMPLES / "cat.jpg"), **options}
    with pytest.raises(AppError, match=says):
        client.predict(**asked, api_name="/play")


class Tired(Puppet):
    """Draws twice, then fails."""

    async def generate(self, recipe, call):
        self.drawn = getattr(self, "drawn", 0) + 1
        self.fails = self.drawn > 2
        return await super().generate(recipe, call)


def test_a_failing_round_keeps_the_rounds_before_it_and_says_what_failed():
    with page_of(Tired()) as url:
        client = Client(url, verbose=False)
        job = client.submit(handle_file(EXAMPLES / "cat.jpg"), rounds=5, api_name="/play")
        with pytest.raises(AppError, match=r"hub failed: try again.*Reference: [0-9a-f]{6}"):
            job.result()
        chain, drift, kept = job.outputs()[-1]
        assert len(chain) == len(drift) == 2
        with zipfile.ZipFile(kept) as file:
            assert "pictures/04-drawing.png" in file.namelist()


OPTIONS: dict[str, Any] = {
    "prompt": "a dog in a park",
    "negative_prompt": "trees",
    "steps": 30,
    "guidance": 7.5,
    "width": 320,
    "height": 256,
    "seed": 42,
    "model": "builtin",
}


def test_a_recipe_is_read_and_replayed_bit_for_bit(client):
    first, _ = client.predict(**OPTIONS, api_name="/generate")
    recipe, details = client.predict(handle_file(first), api_name="/read_recipe")
    assert recipe == asdict(Recipe(**OPTIONS))
    assert details["engine"] == "builtin"
    assert details["ignored"] == ["steps", "guidance"]
    again, seed = client.predict(**recipe, api_name="/generate")
    assert seed == 42
    assert Path(again).read_bytes() == Path(first).read_bytes()


def test_every_picture_of_a_game_can_be_drawn_again(client):
    chain, _, _ = client.predict(handle_file(EXAMPLES / "cows.png"), rounds=2, api_name="/play")
    recipe, _ = client.predict(handle_file(chain[-1]["image"]), api_name="/read_recipe")
    again, _ = client.predict(**recipe, api_name="/generate")
    assert Path(again).read_bytes() == Path(chain[-1]["image"]).read_bytes()


def test_a_picture_without_a_recipe_says_so(client):
    recipe, details = client.predict(handle_file(EXAMPLES / "cat.jpg"), api_name="/read_recipe")
    assert recipe == {}
    assert list(details) == ["message"]
    assert "No generation settings found" in details["message"]
