"""What happens at the start on ZeroGPU, and after it: models are loaded then or never."""

import json
import os
import subprocess
import sys
import threading

import pytest
import torch
import yaml
from PIL import Image

from describe_draw.caption_options import CaptionOptions
from describe_draw.engines.base import Call
from describe_draw.engines.local import Local, drawing, gpu
from describe_draw.engines.local.results import Done
from describe_draw.problems import Problem
from describe_draw.recipe import Recipe
from tests.support import ROOT, settings
from tests.waiting import wait_until

RED = Image.new("RGB", (80, 60), "red")
RECIPE = Recipe("a dog", "cats", 3, 7, 64, 64, 42)


@pytest.fixture(autouse=True)
def _zero(monkeypatch):
    """ZeroGPU, but for its processes, and with nothing loaded."""
    monkeypatch.setattr(gpu, "IS_ZERO", True)
    monkeypatch.setattr(gpu, "_loaded", {})


def local(**values):
    return Local(settings(local_device="cpu", **values))


async def problem(call):
    with pytest.raises(Problem) as caught:
        await call
    return caught.value


async def test_a_model_that_was_missing_at_the_start_is_not_loaded_later(
    stable_diffusion, vision_language, tmp_path
):
    folder = tmp_path / "later"
    engine = local(local_image_model=str(folder), local_caption_model=vision_language)
    folder.symlink_to(stable_diffusion)
    first = await problem(engine.generate(RECIPE, Call("")))
    second = await problem(engine.generate(RECIPE, Call("")))
    assert str(first) == (
        "later can't be loaded: check LOCAL_IMAGE_MODEL, "
        "and that its files exist or can be downloaded."
    )
    assert first.sentence() == second.sentence()  # with the reference that the log has
    assert (await engine.caption(RED, CaptionOptions("tags"), Call(""))).text


async def test_a_model_of_the_wrong_kind_and_one_too_large_are_told(
    blip, stable_diffusion, monkeypatch
):
    def full(*_):
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 9 GiB")

    monkeypatch.setattr(drawing, "DiffusionModel", full)
    engine = local(local_image_model=stable_diffusion, local_caption_model=stable_diffusion)
    assert str(await problem(engine.generate(RECIPE, Call("")))).startswith("There is not enough")
    for style in ("short", "tags"):
        said = str(await problem(engine.caption(RED, CaptionOptions(style), Call(""))))
        assert "not the kind of model needed here: check LOCAL_CAPTION_MODEL" in said


async def test_a_failure_that_nobody_foresaw_says_where_to_look(
    stable_diffusion, blip, monkeypatch, caplog
):
    def broken(*_):
        raise RuntimeError("no kernel image")

    monkeypatch.setattr(drawing, "DiffusionModel", broken)
    engine = local(local_image_model=stable_diffusion, local_caption_model=blip)
    told = await problem(engine.generate(RECIPE, Call("")))
    assert str(told) == (
        "tiny-diffusion could not be loaded when the app started: "
        "ask the operator to check LOCAL_IMAGE_MODEL and the log."
    )
    assert f"[{told.reference}] local_unloaded: RuntimeError" in caplog.text


def test_looking_up_a_loaded_model_waits_for_no_lock(blip):
    """A fork may have inherited it locked."""
    loaded, found = gpu.describer(blip, "cpu"), []
    with gpu._loading:
        threading.Thread(target=lambda: found.append(gpu.describer(blip, "cpu"))).start()
        wait_until(lambda: found == [loaded])


async def test_work_that_ends_without_a_result_is_told(blip, stable_diffusion, monkeypatch):
    def ends_early(*_):
        yield 1
        yield 2

    engine = local(local_image_model=stable_diffusion, local_caption_model=blip)
    monkeypatch.setattr(gpu, "draw", ends_early)
    said = str(await problem(engine.generate(RECIPE, Call(""))))
    assert said == "tiny-diffusion stopped before it was done: try again."


async def test_what_has_a_result_is_run_to_its_end_and_not_closed(
    blip, stable_diffusion, monkeypatch
):
    ends = []

    def drawing(*_):
        try:
            yield 1
            yield Done("drawn")
            ends.append("end")
        except GeneratorExit:
            ends.append("closed")
            raise

    engine = local(local_image_model=stable_diffusion, local_caption_model=blip)
    assert await engine._run("draw", drawing, (), Call("")) == "drawn"
    wait_until(lambda: ends)
    assert ends == ["end"]


ON_ZERO = ["Qwen/Qwen3-VL-2B-Instruct", "Tongyi-MAI/Z-Image-Turbo"]
PRINT_MODELS = """
import json
from describe_draw.settings import Settings
s = Settings(_env_file=None)
print(json.dumps([s.local_caption_model, s.local_image_model]))
"""


def defaults(**environment):
    variables = {k: v for k, v in os.environ.items() if not k.startswith("LOCAL_")}
    command = [sys.executable, "-c", PRINT_MODELS]
    done = subprocess.run(
        command, cwd=ROOT, env={**variables, **environment}, capture_output=True, check=True
    )
    return json.loads(done.stdout)


def test_zerogpu_has_default_models_of_its_own_and_the_documentation_names_them():
    described = (ROOT / "docs" / "model-apis.md").read_text("utf-8")
    assert all(f"| `{model}` | Apache-2.0 |" in described for model in ON_ZERO)
    assert defaults(SPACES_ZERO_GPU="true") == ON_ZERO


def test_they_can_be_preloaded_by_uncommenting_the_readmes_header():
    """A repository, then the files to take where not all: the Hub's "spaces-config-reference"."""
    header = (ROOT / "README.md").read_text("utf-8").split("---\n")[1]
    assert "preload_from_hub" not in yaml.safe_load(header)
    lines = header.partition("# preload_from_hub:")[2].splitlines()[1:]
    preloaded = yaml.safe_load("\n".join(line.removeprefix("#") for line in lines))
    assert preloaded == ON_ZERO  # all of their files


def test_elsewhere_the_default_models_are_small():
    assert defaults() == [
        "Salesforce/blip-image-captioning-base",
        "stable-diffusion-v1-5/stable-diffusion-v1-5",
    ]
