"""Local models draw from pictures, in the terms of every family of diffusers' pipelines.

What they take is their own signature (diffusers 0.42.1); what they do with it, tiny ones show.
"""

import asyncio
from inspect import signature

import numpy as np
import pytest
from diffusers.pipelines import auto_pipeline
from PIL import Image

from describe_draw.access import ANONYMOUS
from describe_draw.engines import Engines
from describe_draw.engines.base import Call, Source
from describe_draw.engines.local import Local, gpu, siblings
from describe_draw.engines.local.kinds import WrongKind
from describe_draw.engines.local.pipelines import Asking
from describe_draw.engines.local.strength import done_of, steps_for
from describe_draw.problems import Problem
from describe_draw.recipe import EDIT_OPTIONS, Edit, Recipe
from tests.local import tiny_drawers
from tests.support import settings

WORDS = auto_pipeline.AUTO_TEXT2IMAGE_PIPELINES_MAPPING
PICTURES = auto_pipeline.AUTO_IMAGE2IMAGE_PIPELINES_MAPPING
EDITORS = {kind.__name__: kind for kind in PICTURES.values()}
NOISE = np.random.default_rng(0).integers(0, 255, (64, 128, 3), dtype=np.uint8)
PICTURE = Image.fromarray(NOISE)
CHANGING = ("tiny-sdxl", "tiny-sd3", "tiny-lcm", "tiny-flux.1", "tiny-qwen-image")


def local(model, **values):
    return Local(settings(local_device="cpu", local_image_model=str(model), **values))


async def edit(engine, report=lambda *_: None, **options):
    recipe = Edit("a dog", **{"steps": 4, "width": 128, "height": 64, "seed": 42} | options)
    return await engine.edit(recipe, Source(PICTURE), Call("", report=report))


def distance(drawn, other=PICTURE):
    return np.abs(np.asarray(drawn.picture, float) - np.asarray(other, float)).mean()


class Steps(list[tuple[int, int]]):
    """Keeps the steps that are told."""

    def __call__(self, message, fraction=None, /):
        if fraction is not None:
            self.append((message.values["step"], message.values["steps"]))


@pytest.fixture(params=[*CHANGING, "stable diffusion", "z image"])
def changing(request, tmp_path):
    if " " in request.param:
        return request.getfixturevalue(request.param.replace(" ", "_"))
    return str(tiny_drawers.saved(request.param, tmp_path))


async def test_a_model_that_draws_changes_pictures_with_the_same_parts(changing):
    engine = local(changing)
    (can,) = engine.capabilities("edit", ANONYMOUS)
    assert {"strength", "steps", "width", "height", "seed"} <= can.options
    told = Steps()
    drawn = await edit(engine, told, strength=0.5)
    assert drawn.picture.size == PICTURE.size
    assert set(drawn.credit.ignored) <= {"negative_prompt", "guidance"}
    goes_through = "lcm" in changing
    assert told == [(n, 4) for n in (1, 2, 3, 4)] if goes_through else [(1, 2), (2, 2)]
    assert np.array_equal((await edit(engine, strength=0.5)).picture, drawn.picture)
    assert distance(await edit(engine, strength=0.5, seed=43), drawn.picture) > 0
    assert distance(await edit(engine, strength=0.5, seed=42), drawn.picture) == 0
    assert distance(await edit(engine, strength=1), drawn.picture) > 0
    model = gpu.drawer(changing, "cpu")
    assert model._drawing
    assert model._editing
    parts, same = (way._pipeline.components for way in (model._drawing, model._editing))
    assert all(same[name] is part for name, part in parts.items())


async def test_the_least_strength_keeps_the_picture_and_little_does_one_step(stable_diffusion):
    """For diffusers, no steps are an error: there the words would be of no use at all."""
    engine, told = local(stable_diffusion), Steps()
    assert distance(await edit(engine, told, strength=0)) == 0
    assert told == []
    assert distance(await edit(engine, told, strength=0.01, steps=1)) > 0
    assert told == [(1, 1)]


@pytest.mark.parametrize("name", ["tiny-kandinsky-2-2", "tiny-flux.2-klein", *tiny_drawers.EDITORS])
async def test_a_picture_has_the_shape_that_was_asked_for(name, tmp_path):
    engine = local(tiny_drawers.saved(name, tmp_path))
    drawn = await edit(engine, strength=0.5, steps=2)
    assert drawn.picture.size == (128, 64)
    keeps = name == "tiny-kandinsky-2-2"
    assert ("strength" in drawn.credit.ignored) != keeps
    assert ("strength" in engine.capabilities("edit", ANONYMOUS)[0].options) == keeps


async def test_what_looks_at_a_picture_while_it_draws_does_all_of_its_steps(tmp_path):
    engine, told = local(tiny_drawers.saved("tiny-kontext", tmp_path)), Steps()
    drawn = await edit(engine, told, strength=0)
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert "strength" in drawn.credit.ignored
    generated = await engine.generate(Recipe("a dog", steps=2, width=128, height=64), Call(""))
    assert generated.picture.size == (128, 64)  # without a picture, it draws what words say


async def test_a_model_that_only_draws_is_no_editor(tmp_path):
    folder = tiny_drawers.saved("tiny-sana", tmp_path)
    chosen = settings(local_device="cpu", local_image_model=str(folder))
    engine = Local(chosen)
    assert engine.capabilities("edit", ANONYMOUS) == ()
    assert engine.capabilities("draw", ANONYMOUS)
    assert Engines(chosen, (engine,)).capability("edit", ANONYMOUS) is None
    with pytest.raises(Problem, match="tiny-sana only draws from words"):
        await edit(engine)


async def test_a_model_that_only_changes_pictures_says_so(tmp_path):
    engine = local(tiny_drawers.saved("tiny-qwen-edit", tmp_path))
    assert engine.capabilities("draw", ANONYMOUS) == ()
    assert engine.capabilities("edit", ANONYMOUS)[0].model == "tiny-qwen-edit"
    with pytest.raises(Problem, match="tiny-qwen-edit only draws from pictures"):
        await engine.generate(Recipe("a dog", width=64, height=64), Call(""))


async def test_stop_ends_an_edit_at_its_next_step(stable_diffusion):
    engine, begun, told = local(stable_diffusion), asyncio.Event(), []

    def report(message, fraction=None, /):
        if fraction:
            told.append(message.values["step"])
            begun.set()

    editing = asyncio.ensure_future(edit(engine, report, steps=100, strength=1))
    await begun.wait()
    editing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await editing
    assert (await edit(engine)).picture
    assert max(told) < 50


@pytest.mark.parametrize("name", EDITORS)
def test_whatever_diffusers_edits_with_is_asked_by_its_signature_or_refused(name):
    """All that `AutoPipelineForImage2Image` may load; the weights don't matter."""
    pipeline = EDITORS[name]
    parts = signature(pipeline.__init__).parameters
    needs_more = "Control" in name or name == "QwenImageLayeredPipeline"
    try:
        asking = Asking(pipeline.__call__, name, parts)
    except WrongKind:
        assert needs_more
        return
    assert not needs_more
    recipe = Edit("a dog", "cats", 4, 5, 128, 64, 42, strength=0.5)
    asked = asking.asked(recipe, "generator")
    telling = asking.telling(lambda _: None, lambda: 2, 2)
    bound = signature(pipeline.__call__).bind(None, **asked, image=PICTURE, **telling).arguments
    told = bound | bound.get("kwargs", {})
    assert told["prompt"] == "a dog"
    assert told["image"] is PICTURE
    assert (told["generator"], told["num_inference_steps"]) == ("generator", 4)
    assert told.get("strength", 0.5) == 0.5
    assert ("strength" in told) == siblings.keeps(name)
    assert 5 in told.values()
    assert asking.tells_steps
    assert asking.unused <= {"strength", "negative_prompt"} | asking.given


def test_the_pipelines_are_known_before_they_are_imported():
    """By the tables that diffusers itself goes by, once it is imported."""

    def linked(table, name):
        try:
            return auto_pipeline._get_task_class(table, name)
        except ValueError:
            return None

    for kind in {*WORDS.values(), *PICTURES.values(), auto_pipeline.WanPipeline}:
        name = kind.__name__
        assert siblings.draws(name) == bool(linked(WORDS, name)), name
        assert siblings.edits(name) == bool(linked(PICTURES, name)), name
    assert siblings.draws("")
    assert siblings.edits("")


@pytest.mark.parametrize("steps", [1, 4, 25, 100])
def test_every_strength_leaves_a_step_to_do(steps):
    for percent in range(1, 101):
        strength = percent / 100
        asked = steps_for(strength, steps)
        assert asked >= steps
        assert 1 <= done_of(strength, asked) <= max(1, steps)
    assert steps_for(0, steps) == 0


def test_what_is_not_loaded_yet_may_do_anything():
    (can,) = local("some/model").capabilities("edit", ANONYMOUS)
    assert can.options == set(EDIT_OPTIONS)
