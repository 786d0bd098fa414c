"""Every family of diffusers' pipelines is asked in its own terms.

What they take is their own signature (diffusers 0.42.1); how their pictures follow it, tiny ones.
"""

from inspect import signature
from typing import Any

import numpy as np
import pytest
from diffusers import PNDMScheduler, StableDiffusionPipeline
from diffusers.pipelines.auto_pipeline import AUTO_TEXT2IMAGE_PIPELINES_MAPPING

from describe_draw.access import ANONYMOUS
from describe_draw.engines.base import Call
from describe_draw.engines.local import Local, gpu
from describe_draw.engines.local.kinds import WrongKind
from describe_draw.engines.local.pipelines import Asking
from describe_draw.engines.local.stepwise import Stopped
from describe_draw.problems import Problem
from describe_draw.recipe import Recipe
from tests.local import tiny_drawers
from tests.support import settings

ASKED: dict[str, Any] = {"steps": 3, "width": 128, "height": 64, "seed": 42}
AVOIDING: dict[str, Any] = {"negative_prompt": "red ball", "guidance": 5}
KNOWN = {kind.__name__: kind for kind in AUTO_TEXT2IMAGE_PIPELINES_MAPPING.values()}


async def draw(engine, report=lambda *_: None, **options):
    return await engine.generate(Recipe("a dog", **ASKED | options), Call("", report=report))


def differ(one, other):
    return not np.array_equal(one.picture, other.picture)


async def test_each_family_draws_tells_its_steps_and_follows_what_it_says(drawer):
    engine = Local(settings(local_device="cpu", local_image_model=drawer))
    (can,) = engine.capabilities("draw", ANONYMOUS)
    told = []
    drawn = await draw(engine, lambda said, *_: told.append(said.say()), **AVOIDING)
    assert drawn.picture.size == (128, 64)
    assert drawn.credit.notes == ()
    assert told[-3:] == ["Step 1 of 3", "Step 2 of 3", "Step 3 of 3"]
    assert not differ(drawn, await draw(engine, **AVOIDING))
    assert differ(drawn, await draw(engine, **AVOIDING | {"guidance": 9}))
    is_avoiding = "negative_prompt" not in drawn.credit.ignored
    assert differ(drawn, await draw(engine, guidance=5)) == is_avoiding
    assert set(drawn.credit.ignored) <= {"negative_prompt"}
    assert can.model == drawer.rpartition("/")[2]
    stopped = []

    def stop(step):
        stopped.append(step)
        raise Stopped

    with pytest.raises(Stopped):
        gpu.drawer(drawer, "cpu").draw(Recipe("a dog", **ASKED), stop)
    assert len(stopped) == 1


@pytest.mark.parametrize("name", KNOWN)
def test_whatever_diffusers_draws_with_is_asked_by_its_signature_or_refused(name):
    """All that `AutoPipelineForText2Image` may load; the weights don't matter."""
    pipeline = KNOWN[name]
    parts = signature(pipeline.__init__).parameters
    needs_more = "Control" in name or name.startswith("Helios")  # a picture; the latter films
    try:
        asking = Asking(pipeline.__call__, name, parts)
    except WrongKind:
        assert needs_more
        return
    assert not needs_more
    asked = asking.asked(Recipe("a dog", **ASKED, **AVOIDING), "generator")
    telling = asking.telling(lambda _: None, lambda: 3, 3)
    bound = signature(pipeline.__call__).bind(None, **asked, **telling).arguments
    assert bound["prompt"] == "a dog"
    assert bound["generator"] == "generator"
    assert (bound["width"], bound["height"], bound["num_inference_steps"]) == (128, 64, 3)
    assert 5 in bound.values()
    assert asking.tells_steps
    assert "scheduler" in parts  # whose rounds are counted


async def test_a_pipeline_that_needs_a_picture_is_refused_in_a_sentence(
    stable_diffusion, monkeypatch
):
    def controlled(self, prompt=None, control_image=None):
        """Draws along a picture."""

    monkeypatch.setattr(StableDiffusionPipeline, "__call__", controlled)
    engine = Local(settings(local_device="cpu", local_image_model=stable_diffusion + "/"))
    with pytest.raises(Problem, match="tiny-diffusion is not the kind of model needed here"):
        await draw(engine)


def test_guidance_is_called_what_the_pipeline_goes_by():
    """FLUX.1 takes both, and has its own as a number that it was trained with."""
    recipe = Recipe("a dog", **ASKED, **AVOIDING)

    def guided(name):
        asked = Asking(KNOWN[name].__call__, "some/model").asked(recipe, None)
        return {key: value for key, value in asked.items() if value == 5}

    assert guided("FluxPipeline") == {"guidance_scale": 5}
    assert guided("QwenImagePipeline") == {"true_cfg_scale": 5}
    assert guided("StableCascadeCombinedPipeline") == {"prior_guidance_scale": 5}
    assert guided("StableDiffusionXLPipeline") == {"guidance_scale": 5}


def test_true_guidance_is_followed_only_beside_a_negative_prompt():
    """As QwenImagePipeline's own warning says: "even an empty negative prompt like " " should"."""
    asking = Asking(KNOWN["QwenImagePipeline"].__call__, "Qwen/Qwen-Image")
    assert asking.asked(Recipe("a dog", **ASKED), None)["negative_prompt"] == " "
    assert asking.asked(Recipe("a dog", **AVOIDING), None)["negative_prompt"] == "red ball"


async def test_a_pipeline_that_says_it_is_distilled_isnt_guided(tmp_path):
    """FLUX.2-klein's own model_index.json says so, whatever its folder is called."""
    folder = tmp_path / "tiny"
    tiny_drawers.flux_2_klein(is_distilled=True).save_pretrained(folder)
    drawn = await draw(Local(settings(local_device="cpu", local_image_model=str(folder))))
    assert drawn.credit.ignored == ("guidance",)


async def test_a_scheduler_that_goes_round_more_often_doesnt_tell_more_steps(
    stable_diffusion, tmp_path
):
    """PNDMScheduler, that of stable-diffusion-v1-5: one round more than steps."""
    folder = tmp_path / "tiny-pndm"
    pipeline = StableDiffusionPipeline.from_pretrained(stable_diffusion)
    pipeline.scheduler = PNDMScheduler(skip_prk_steps=True, steps_offset=1)
    pipeline.scheduler.set_timesteps(3)
    assert len(pipeline.scheduler.timesteps) == 4
    pipeline.save_pretrained(folder)
    told = []
    engine = Local(settings(local_device="cpu", local_image_model=str(folder)))
    await draw(engine, lambda said, *_: told.append(said.say()))
    assert told[-1] == "Step 3 of 3"
    assert "Step 4 of 3" not in told


async def test_a_visitor_is_told_where_stop_cant_act(stable_diffusion, monkeypatch):
    original = StableDiffusionPipeline.__call__

    def silent(self, prompt=None, height=None, width=None, num_inference_steps=50, generator=None):
        return original(self, prompt, height, width, num_inference_steps, generator=generator)

    monkeypatch.setattr(StableDiffusionPipeline, "__call__", silent)
    folder = f"{stable_diffusion}/."  # loaded anew
    drawn = await draw(Local(settings(local_device="cpu", local_image_model=folder)))
    assert [note.say() for note in drawn.credit.notes] == [
        "tiny-diffusion doesn't tell its steps: Stop can't end it before its picture is done"
    ]
    assert drawn.credit.ignored == ("guidance",)
