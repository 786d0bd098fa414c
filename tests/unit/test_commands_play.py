"""`describe-draw play`, and what is made of many games."""

import csv
import io
import json
import math
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PIL import Image
from starlette.responses import Response

from describe_draw.commands import main
from describe_draw.game import measures, sentences
from describe_draw.game.measures import (
    Spread,
    by_round,
    lost_in,
    mean_cumulative_drift,
    semantic_drift_rate,
    spread,
    survival,
)
from describe_draw.game.plot import Curve, as_png, comparison
from tests.apis import ModelServer
from tests.support import EXAMPLES

CAT = str(EXAMPLES / "cat.jpg")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """The folder in which the command runs; it finds the built-in engine, no sentence model."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ENGINE", "builtin")
    monkeypatch.setattr(sentences, "installed", lambda: False)
    return tmp_path


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """Two runs of two rounds, kept in a folder."""
    out = tmp_path_factory.mktemp("played") / "out"
    words = ["play", CAT, "--rounds", "2", "--runs", "2", "--seed", "1", "--out", str(out)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENGINE", "builtin")
        assert main(words) == 0
    return out


def test_each_round_is_a_line(played):
    rows = table((played / "drift.csv").read_text("utf-8"))
    assert [(row["run"], row["round"]) for row in rows] == [
        ("1", "1"),
        ("1", "2"),
        ("2", "1"),
        ("2", "2"),
    ]
    assert [row["seed"] for row in rows] == ["1", "2", "101", "102"]
    assert {row["pair"] for row in rows} == {"builtin + builtin"}
    assert rows[0]["caption"] == "a cat"
    assert all(0 <= float(row[dial]) <= 1 for row in rows for dial in ("meaning", "look"))


def test_pictures_and_captions_are_kept(played):
    for row in table((played / "drift.csv").read_text("utf-8")):
        drawing = played / row["picture"]
        with Image.open(drawing) as picture:
            recipe = json.loads(picture.info["describe_draw"])
        assert str(recipe["seed"]) == row["seed"]
        assert row["caption"] in (drawing.parent / "captions.txt").read_text("utf-8").splitlines()
        assert (drawing.parent / "00-start.png").exists()


def test_means_have_their_spread(played):
    """By numpy, whose `ddof=1` is the sample standard deviation."""
    rows = table((played / "drift.csv").read_text("utf-8"))
    (mean,) = (
        row
        for row in table((played / "means.csv").read_text("utf-8"))
        if (row["measure"], row["round"]) == ("look", "2")
    )
    looks = [float(row["look"]) for row in rows if row["round"] == "2"]
    assert float(mean["mean"]) == pytest.approx(np.mean(looks), abs=1e-4)
    assert float(mean["standard_deviation"]) == pytest.approx(np.std(looks, ddof=1), abs=1e-4)
    assert mean["runs"] == "2"


def test_the_plot_is_an_svg_and_the_same_as_png(played):
    svg = ET.parse(played / "drift.svg").getroot()
    assert len(svg.findall(f".//{SVG}polyline")) == 2
    assert "builtin + builtin" in "".join(svg.itertext())
    with Image.open(played / "drift.png") as picture:
        width, height = (3 * float(svg.get(side) or 0) for side in ("width", "height"))
        assert picture.size == (width, height)
        assert len(picture.convert("RGB").getcolors(2**24) or ()) > 10


def test_lines_of_json_are_rounds_and_then_pairs(here, capsys):
    assert main(["play", "a dog", "--rounds", "1", "--seed", "3", "--json"]) == 0
    said, notes = capsys.readouterr()
    one, pair = map(json.loads, said.splitlines())
    assert (one["round"], one["seed"]) == (1, 3)
    assert pair["runs"] == 1
    assert pair["look"] == [{"round": 1, "mean": 0.0, "deviation": None, "count": 1}]
    assert "without minilm_text_text: install requirements-meaning.txt" in notes
    assert "without clip_text_image: LOCAL_DEVICE=none" in notes
    assert "minilm_text_text" not in one


def test_without_a_folder_the_rounds_are_a_table(here, capsys):
    assert main(["play", "a dog", "--rounds", "1", "--seed", "3"]) == 0
    said, sums = capsys.readouterr()
    (row,) = table(said)
    assert row["round"] == "1"
    assert "builtin + builtin (runs: 1)" in sums


def test_pairs_of_models_play_side_by_side(here, monkeypatch, capsys):
    with ModelServer() as server:
        monkeypatch.setenv("ENGINE", "auto")
        monkeypatch.setenv("CAPTION_API_URL", f"{server.url}/describe_image")
        words = ["--describe", "http", "--describe", "builtin", "--draw", "builtin"]
        assert main(["play", CAT, "--rounds", "1", "--out", "out", *words]) == 0
        assert len(server.calls) == 1
    pairs = [one["pair"] for one in json.loads((here / "out" / "summary.json").read_text())]
    assert len(pairs) == 2
    assert pairs[1] == "builtin + builtin"
    assert len({*(here / "out" / "games").iterdir()}) == 2


def test_a_game_that_fails_is_told_and_the_others_go_on(here, monkeypatch, capsys):
    with ModelServer() as server:
        monkeypatch.setenv("ENGINE", "auto")
        monkeypatch.setenv("CAPTION_API_URL", f"{server.url}/describe_image")
        server.next(Response("no", 400))
        words = ["--describe", "http", "--draw", "builtin"]
        assert main(["play", CAT, "--rounds", "1", "--runs", "2", *words]) == 1
    said, notes = capsys.readouterr()
    assert [row["run"] for row in table(said)] == ["2"]
    assert "\nrun 1: " in notes


@pytest.mark.parametrize(
    "words",
    [
        ["nix.jpg"],
        ["a dog", "--rounds", "0"],
        ["a dog", "--rounds", "50"],
        ["a dog", "--runs", "0"],
        ["a dog", "--describe", "hub:no model"],
        ["a dog", "--draw", "nobody/knows"],
        [" "],
    ],
)
def test_wrong_use_plays_nothing(here, words, capsys):
    assert main(["play", *words]) == 2
    assert not [*here.iterdir()]


def test_a_spread_is_the_mean_and_the_sample_standard_deviation():
    values = [0.2, 0.4, 0.9]
    assert spread(values).mean == pytest.approx(np.mean(values))
    assert spread(values).deviation == pytest.approx(np.std(values, ddof=1))
    assert spread([0.5]) == Spread(0.5, None, 1)


def test_runs_that_ended_early_count_as_far_as_they_came():
    found = by_round([[0.0, 0.5], [0.2], [None, 0.7]])
    assert {n: (round(s.mean, 3), s.count) for n, s in found.items()} == {1: (0.1, 2), 2: (0.6, 2)}


def test_a_story_is_lost_in_the_first_round_beyond_the_threshold():
    assert lost_in([0.1, 0.5, 0.51, 0.2], 0.5) == 3
    assert lost_in([0.1, 0.2], 0.5) is None
    assert survival([1, 3, 2]) == 2
    assert survival([1, 4]) == 2.5
    assert survival([2, None, 3]) == 3
    assert survival([2, None, None]) is None
    assert survival([2, None]) is None


def test_mcd_is_the_mean_over_the_generations():
    """As mcd-sdr.py at c1ddd67 prints it: np.mean(gen_mean_scores)."""
    means = [0.9, 0.7, 0.65, 0.6]
    assert mean_cumulative_drift(means) == pytest.approx(np.mean(means))


@pytest.mark.parametrize(("scale", "rate", "floor"), [(0.4, 0.3, 0.5), (0.8, 1.2, 0.1)])
def test_sdr_finds_the_rate_of_a_decay(scale, rate, floor):
    """The curve is the one of mcd-sdr.py at c1ddd67: a * np.exp(-b * x) + c."""
    generations = list(range(2, 21, 2))
    values = [scale * math.exp(-rate * g) + floor for g in generations]
    found = semantic_drift_rate(generations, values)
    assert found is not None
    assert (found.rate, found.floor) == pytest.approx((rate, floor), rel=0.02)


@pytest.mark.parametrize("values", [[0.9, 0.8, 0.7], [0.5] * 6])
def test_sdr_is_not_told_where_there_is_none(values):
    assert semantic_drift_rate(range(1, len(values) + 1), values) is None


def test_the_rates_are_close_enough_together():
    assert measures.RATES[1] / measures.RATES[0] < 1.01


def points(svg, kind):
    """Those of the first shape of a kind in a plot."""
    shape = next(ET.fromstring(svg).iter(f"{SVG}{kind}"))
    return [tuple(map(float, point.split(","))) for point in shape.attrib["points"].split()]


def test_a_band_is_one_standard_deviation_to_either_side():
    dials = {
        dial: {1: Spread(0.5, 0.1, 3), 2: Spread(0.6, None, 1)} for dial in ("meaning", "look")
    }
    svg = comparison([Curve("one <&> two", dials)], 2)
    band, line = points(svg, "polygon"), points(svg, "polyline")
    heights, middle = [y for _, y in band], line[0][1]
    assert heights[0] < middle < heights[-1]
    assert middle - heights[0] == pytest.approx(heights[-1] - middle, abs=0.11)
    assert heights[1] == heights[2]


def test_letters_are_drawn_without_any_font_of_the_system():
    dials = {dial: {1: Spread(0.5, None, 1)} for dial in ("meaning", "look")}

    def ink(name):
        picture = Image.open(io.BytesIO(as_png(comparison([Curve(name, dials)], 2))))
        return int((np.asarray(picture.convert("L")) < 128).sum())

    assert ink("builtin + hub:owner/model") > ink("") + 500
