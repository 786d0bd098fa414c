"""The GPU time that is asked for, by the functions with which `spaces` 0.51 charges it."""

import json
from datetime import timedelta
from importlib.resources import files

import pytest
import spaces.zero
from PIL import Image
from spaces.zero import client, config

from describe_draw.caption_options import CaptionOptions
from describe_draw.engines.local import gpu
from describe_draw.engines.local.pace import RUNS, START, Stopwatch, pace_of
from describe_draw.recipe import Edit, Recipe

pytestmark = pytest.mark.filterwarnings("ignore:Error while reading infos from Nvidia")

A_DAY = 120
"""Seconds for who hasn't signed in: https://huggingface.co/docs/hub/spaces-zerogpu, 2026-08."""

HARDWARE = json.loads(files("spaces.zero").joinpath(config.CONFIGS_FILENAME).read_text())
LARGEST = Recipe("a dog", steps=100, width=1024, height=1024)
MODEL = "some/model"


@pytest.fixture(params=[None, "xlarge"])
def size(request, monkeypatch):
    monkeypatch.setattr(spaces.zero, "_default_gpu_size", request.param)
    return request.param


@pytest.fixture(params=HARDWARE, ids=lambda found: found["model"])
def hardware(request, monkeypatch):
    said = f"Model: \t\t {request.param['model']}\nIRQ: 7"
    monkeypatch.setattr(config, "_read_gpu_information", lambda: said)
    config.get_config.cache_clear()
    assert config.get_config() == request.param
    yield request.param
    config.get_config.cache_clear()


@pytest.fixture(autouse=True)
def _unmeasured():
    pace_of.cache_clear()
    yield
    pace_of.cache_clear()


def charged(seconds):
    """What a visitor's day must hold; a whole GPU costs twice as much (same page)."""
    asked = client.get_duration_seconds(timedelta(seconds=seconds), None)
    return round(asked) * (2 if spaces.zero.default_gpu_size() == "xlarge" else 1)


def drawing(**options):
    return gpu.drawing_seconds(MODEL, "cuda", Recipe("a dog", **options), 0)


def measured(task, step):
    pace_of(task, MODEL).remember(step)


def test_the_hardware_has_different_factors():
    assert {found["duration_factor"] for found in HARDWARE} == {1.0, 1.5}


def test_whoever_is_not_signed_in_can_draw_twice_a_day_and_describe(hardware, size):
    assert 0 < charged(gpu.drawing_seconds(MODEL, "cuda", LARGEST, 0)) <= A_DAY / 2
    picture = Image.new("RGB", (64, 64))
    asked = CaptionOptions("detailed", "zh")
    assert charged(gpu.describing_seconds(MODEL, "cuda", picture, asked, 0)) <= A_DAY / 2


def test_what_was_measured_is_asked_for_whatever_the_factor(hardware):
    measured("draw", 0.2)
    needed = START + 1.5 * 20 * 0.2 * 1.048576
    assert needed <= charged(drawing(steps=20, width=1024, height=1024)) < needed + 3


def test_a_slow_model_gets_what_it_takes_up_to_a_day(hardware, size):
    measured("draw", 1000)
    assert A_DAY - 4 < charged(drawing(steps=20)) <= A_DAY


def test_more_steps_and_pixels_ask_for_more_time():
    assert drawing(steps=4) < drawing(steps=25) < drawing(steps=25, width=1024)


def test_a_model_of_few_steps_asks_for_few():
    turbo = gpu.drawing_seconds("some/flux-schnell", "cuda", LARGEST, 0)
    assert turbo < gpu.drawing_seconds(MODEL, "cuda", LARGEST, 0)


def editing(folder, **options):
    recipe = Edit("a dog", steps=50, width=512, height=512, **options)
    return gpu.editing_seconds(folder, "cpu", recipe, Image.new("RGB", (512, 512)), 0)


def test_a_picture_that_is_kept_more_asks_for_less_time(stable_diffusion):
    """StableDiffusionImg2ImgPipeline does int(steps * strength) of its steps (diffusers 0.42.1)."""
    gpu.drawer(stable_diffusion, "cpu")
    little, all_of_it = (pace_of("edit", stable_diffusion).seconds(n * 0.262144) for n in (5, 50))
    assert editing(stable_diffusion, strength=0.1) == little < all_of_it
    assert editing(stable_diffusion, strength=1) == all_of_it
    assert editing(MODEL, strength=0.1) > little  # of which nothing is known


def test_only_the_last_runs_count():
    measured("draw", 100)
    slow = drawing(steps=50)
    for _ in range(RUNS):
        measured("draw", 0.01)
    assert drawing(steps=50) < slow


def test_steps_are_timed_from_the_first_to_the_end(monkeypatch):
    now = iter((10.0, 12.5))
    monkeypatch.setattr("time.monotonic", lambda: next(now))
    watch = Stopwatch()
    assert watch.seconds() is None
    for step in (1, 2, 3, 4, 5, 6):
        watch.step(step)
    assert watch.seconds() == 0.5
