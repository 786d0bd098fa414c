"""Local models, as the app runs them."""

import asyncio

import numpy as np
import pytest
import torch
from PIL import Image

from describe_draw.access import ANONYMOUS
from describe_draw.caption_options import STYLES, CaptionOptions
from describe_draw.engines.base import Call
from describe_draw.engines.local import Local, describing, devices, drawing, gpu
from describe_draw.engines.model_families import steps_of
from describe_draw.problems import Problem
from describe_draw.recipe import OPTIONS, Recipe
from describe_draw.turns import Turns
from tests.support import settings

RED = Image.new("RGB", (80, 60), "red")
RECIPE = Recipe("a dog", "cats", 3, 7, 128, 64, 42)


def local(**values):
    return Local(settings(local_device="cpu", **values))


class Heard:
    """Keeps what is reported."""

    def __init__(self):
        self.said = []

    def __call__(self, message, fraction=None, /):
        self.said.append((message.say(), fraction))


async def test_blip_describes_in_a_sentence(blip):
    engine = local(local_caption_model=blip)
    (can,) = engine.capabilities("describe", ANONYMOUS)
    assert (can.engine, can.model, can.styles) == (
        "local",
        "tiny-blip",
        ("short",),
    )
    caption = await engine.caption(RED, CaptionOptions(), Call(""))
    assert caption.text
    assert caption.text == (await engine.caption(RED, CaptionOptions(), Call(""))).text


async def test_a_vision_language_model_has_all_styles(vision_language):
    engine = local(local_caption_model=vision_language)
    assert engine.capabilities("describe", ANONYMOUS)[0].styles == STYLES
    caption = await engine.caption(RED, CaptionOptions("tags"), Call(""))
    assert caption.text
    assert caption.credit.model == "tiny-llava"


@pytest.mark.parametrize(
    ("describer", "keys"), [("blip", ["note.only_english"]), ("vision_language", [])]
)
async def test_models_that_chat_are_told_the_language(describer, keys, request):
    engine = local(local_caption_model=request.getfixturevalue(describer))
    caption = await engine.caption(RED, CaptionOptions(language="zh"), Call(""))
    assert caption.text
    assert [note.key for note in caption.credit.notes] == keys


async def test_models_that_chat_follow_an_instruction(vision_language):
    engine = local(local_caption_model=vision_language)
    (can,) = engine.capabilities("describe", ANONYMOUS)
    assert can.instructs
    caption = await engine.caption(RED, CaptionOptions(instruction="List the clothes."), Call(""))
    assert caption.text


async def test_models_that_only_caption_take_no_instruction(blip):
    engine = local(local_caption_model=blip)
    (can,) = engine.capabilities("describe", ANONYMOUS)
    assert not can.instructs
    with pytest.raises(Problem, match="takes no instruction"):
        await engine.caption(RED, CaptionOptions(instruction="List the clothes."), Call(""))


async def test_every_step_is_told_and_the_seed_repeats_the_picture(stable_diffusion):
    engine = local(local_image_model=stable_diffusion)
    heard = Heard()
    first = await engine.generate(RECIPE, Call("", report=heard))
    assert first.picture.size == (128, 64)
    assert first.credit.ignored == ()
    assert heard.said[-3:] == [(f"Step {n} of 3", n / 3) for n in (1, 2, 3)]
    again = await engine.generate(RECIPE, Call(""))
    other = await engine.generate(Recipe("a dog", "cats", 3, 7, 128, 64, 43), Call(""))
    assert np.array_equal(first.picture, again.picture)
    assert not np.array_equal(first.picture, other.picture)


async def test_a_turbo_models_unused_options_are_named_and_not_passed(stable_diffusion, tmp_path):
    turbo = tmp_path / "tiny-sdxl-turbo"
    turbo.symlink_to(stable_diffusion)
    engine = local(local_image_model=str(turbo))
    assert engine.capabilities("draw", ANONYMOUS)[0].options == set(OPTIONS) - {
        "guidance",
        "negative_prompt",
    }
    heard = Heard()
    generated = await engine.generate(
        Recipe("a dog", steps=25, width=64, height=64), Call("", report=heard)
    )
    assert generated.credit.ignored == ("guidance",)
    assert [note.say() for note in generated.credit.notes] == [
        "4 steps, which is all this model uses"
    ]
    assert heard.said[-4:] == [(f"Step {n} of 4", n / 4) for n in (1, 2, 3, 4)]


@pytest.mark.parametrize("precision", [torch.bfloat16, torch.float16])
async def test_the_kinds_of_zerogpus_defaults_describe_and_draw(
    qwen_3_vl, z_image, precision, monkeypatch
):
    for module in (describing, drawing):
        monkeypatch.setattr(module, "precision_of", lambda _: precision)
    monkeypatch.setattr(gpu, "_loaded", {})
    engine = local(local_caption_model=qwen_3_vl, local_image_model=z_image)
    assert engine.capabilities("describe", ANONYMOUS)[0].styles == STYLES
    for style in STYLES:
        assert (await engine.caption(RED, CaptionOptions(style), Call(""))).text
    generated = await engine.generate(
        Recipe("a dog", steps=50, width=128, height=64, seed=1), Call("")
    )
    assert generated.picture.size == (128, 64)
    (note,) = generated.credit.notes
    assert note.values == {"steps": steps_of(f"{z_image} ZImagePipeline", 50)}


async def test_stop_ends_at_the_next_step(stable_diffusion):
    engine = local(local_image_model=stable_diffusion)
    begun = asyncio.Event()
    steps = []

    def report(message, fraction=None, /):
        if fraction:
            steps.append(message.values["step"])
            begun.set()

    long = Recipe("a dog", steps=100, width=64, height=64, seed=1)
    drawing = asyncio.ensure_future(engine.generate(long, Call("", report=report)))
    await begun.wait()
    drawing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await drawing
    after = await engine.generate(RECIPE, Call(""))  # the device is free again
    assert after.picture
    assert max(steps) < 50


async def test_one_generation_at_a_time_and_the_others_know_their_place(stable_diffusion):
    engine = local(local_image_model=stable_diffusion)
    heard = [Heard() for _ in range(3)]
    await asyncio.gather(*(engine.generate(RECIPE, Call("", report=h)) for h in heard))
    places = [[said for said, _ in h.said if "before you" in said] for h in heard]
    assert places[0] == []
    assert places[1] == ["Waiting in the queue; 1 before you…"]
    assert [said[22] for said in places[2]] == ["2", "1"]


async def test_who_leaves_the_line_lets_the_others_move_up():
    turns, order = Turns(1, each=1), []

    async def work(name):
        async with turns.turn(Heard()):
            order.append(name)
            await asyncio.sleep(0.01)

    waiting = [asyncio.ensure_future(work(name)) for name in "abcd"]
    await asyncio.sleep(0)
    waiting[1].cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert order == ["a", "c", "d"]


async def problem(call):
    with pytest.raises(Problem) as caught:
        await call
    return str(caught.value)


async def test_a_folder_that_is_missing(tmp_path):
    engine = local(local_image_model=str(tmp_path / "none"), local_caption_model="./none")
    assert await problem(engine.generate(RECIPE, Call(""))) == (
        "none can't be loaded: check LOCAL_IMAGE_MODEL, "
        "and that its files exist or can be downloaded."
    )
    assert "LOCAL_CAPTION_MODEL" in await problem(engine.caption(RED, CaptionOptions(), Call("")))


@pytest.mark.parametrize(
    ("model", "shown"),
    [
        ("Salesforce/blip-image-captioning-base", "Salesforce/blip-image-captioning-base"),
        ("gpt2", "gpt2"),
        ("/home/me/secret/model", "model"),
        ("./secret/model", "model"),
        ("../secret/model/", "model"),
        ("~/secret/model", "model"),
        ("secret/more/model", "model"),
        ("C:\\Users\\me\\secret\\model", "model"),
        ("C:/Users/me/secret/model", "model"),
        (".\\secret\\model", "model"),
    ],
)
def test_a_model_is_shown_by_its_hub_id_or_its_folders_name(model, shown):
    engine = local(local_caption_model=model, local_image_model=model)
    for task in ("describe", "draw"):
        (can,) = engine.capabilities(task, ANONYMOUS)
        assert can.model == shown


def test_a_folder_is_shown_by_its_own_name_wherever_the_app_runs(tmp_path, monkeypatch):
    (tmp_path / "secret" / "model").mkdir(parents=True)
    for at, model in (("", "secret/model"), ("secret/model", "."), ("secret/model", "../model")):
        monkeypatch.chdir(tmp_path / at)
        (can,) = local(local_image_model=model).capabilities("draw", ANONYMOUS)
        assert can.model == "model"


@pytest.mark.parametrize("path", ["~/secret/none", "C:\\secret\\none", "secret/more/none"])
async def test_a_path_that_leads_nowhere_is_told_without_it(path):
    engine = local(local_image_model=path, local_caption_model=path)
    for call in (
        engine.generate(RECIPE, Call("")),
        engine.caption(RED, CaptionOptions(), Call("")),
    ):
        assert (await problem(call)).startswith("none can't be loaded: check LOCAL_")


async def test_a_folders_place_says_nothing_of_its_family(stable_diffusion, tmp_path):
    (tmp_path / "flux-schnell").mkdir()
    inside = tmp_path / "flux-schnell" / "model"
    inside.symlink_to(stable_diffusion)
    (can,) = local(local_image_model=str(inside)).capabilities("draw", ANONYMOUS)
    assert can.options == set(OPTIONS)


async def test_a_model_of_the_wrong_kind(blip, stable_diffusion, tmp_path):
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')
    swapped = local(local_image_model=blip, local_caption_model=stable_diffusion)
    says = "not the kind of model needed here: check LOCAL_"
    assert says in await problem(swapped.generate(RECIPE, Call("")))
    assert says in await problem(swapped.caption(RED, CaptionOptions(), Call("")))
    other = local(local_caption_model=str(tmp_path))
    assert says in await problem(other.caption(RED, CaptionOptions(), Call("")))


async def test_out_of_memory(stable_diffusion, monkeypatch):
    def full(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 9 GiB")

    engine = local(local_image_model=stable_diffusion)
    await engine.generate(RECIPE, Call(""))
    with monkeypatch.context() as patch:
        patch.setattr(drawing.DiffusionModel, "draw", full)
        said = await problem(engine.generate(RECIPE, Call("")))
    assert said.startswith("There is not enough memory for tiny-diffusion: draw a smaller")
    assert (await engine.generate(RECIPE, Call(""))).picture


def test_half_precision_is_for_gpus():
    assert devices.precision_of("cpu") == torch.float32
    assert devices.precision_of("mps") == torch.float16


def test_what_is_missing_is_told_where_it_belongs(monkeypatch):
    monkeypatch.setattr("describe_draw.engines.local.find_spec", lambda _: None)
    here, on_a_space = (
        Local(settings(local_device="auto", system=system)).lacks("draw")
        for system in ("", "spaces")
    )
    assert here == "install requirements-local.txt"
    assert on_a_space == "append the lines of requirements-local.txt to requirements.txt"


def test_local_models_can_be_kept_from_running():
    engine = Local(settings(local_device="none"))
    assert not engine.capabilities("describe", ANONYMOUS)
    assert engine.lacks("describe").startswith("LOCAL_DEVICE=none")
