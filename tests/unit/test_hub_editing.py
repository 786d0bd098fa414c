"""Pictures from pictures at the Hub: every provider is asked in its own terms.

The stand-in's providers take, refuse and ignore what their documentation says (sources:
tests/standin/editors.py), and the real client writes the requests.
"""

import base64
import io
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from describe_draw.access import ANONYMOUS, Access
from describe_draw.borrowed.huggingface import PROVIDERS
from describe_draw.engines.base import Call, GeneratedImage, Source
from describe_draw.engines.hub import Hub
from describe_draw.engines.hub.provider_options import EDIT_TERMS
from describe_draw.problems import EngineProblem
from describe_draw.recipe import Edit
from describe_draw.texts import Message
from tests.standin import OPERATOR, Fault, StandIn, faults
from tests.standin.hub import Model
from tests.support import settings
from tests.waiting import until

KONTEXT, FLUX2 = "black-forest-labs/FLUX.1-Kontext-dev", "black-forest-labs/FLUX.2-dev"
QWEN, SDXL = "Qwen/Qwen-Image-Edit-2511", "stabilityai/stable-diffusion-xl-refiner-1.0"
EDIT = "image-to-image"
SERVED = {
    KONTEXT: {
        "fal-ai": "fal-ai/flux-kontext/dev",
        "replicate": "black-forest-labs/flux-kontext-dev",
        "together": "black-forest-labs/FLUX.1-kontext-dev",
        "wavespeed": "wavespeed-ai/flux-kontext-dev",
    },
    FLUX2: {
        "fal-ai": "fal-ai/flux-2/edit",
        "replicate": "black-forest-labs/flux-2-dev",
        "together": FLUX2,
        "wavespeed": "wavespeed-ai/flux-2-dev/edit",
    },
    QWEN: {"fal-ai": "fal-ai/qwen-image-edit-plus"},
    SDXL: {"hf-inference": SDXL},
}
ROUTES = {"fal-ai": "fal_edit", "hf-inference": "image_to_image"}
EVERY = [(model, provider) for model, served in SERVED.items() for provider in served]
SIZE = (768, 512)
RED = Image.new("RGB", SIZE, (205, 40, 40))
RECIPE = Edit("make it blue", "trees", 30, 7, *SIZE, 42, strength=0.4)


@pytest.fixture(autouse=True)
def _served(standin: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    for provider in ("wavespeed", "fal_ai"):
        path = f"huggingface_hub.inference._providers.{provider}._POLLING_INTERVAL"
        monkeypatch.setattr(path, 0.01)
    for model, served in SERVED.items():
        providers = {provider: (name, EDIT) for provider, name in served.items()}
        standin.models[model] = Model(EDIT, providers)


class Editor:
    """The Hub engine with one provider."""

    def __init__(self, provider: str) -> None:
        self.provider = provider
        chosen = settings(hf_token=OPERATOR, inference_provider=provider, edit_models=tuple(SERVED))
        self.hub = Hub(chosen, Access(chosen))

    async def edit(self, recipe: Edit, model: str) -> GeneratedImage:
        source = Source(RED.resize((recipe.width, recipe.height)))
        return await self.hub.edit(recipe, source, Call(model, is_chosen=True))


@pytest.fixture
async def editor(request: pytest.FixtureRequest) -> AsyncIterator[Editor]:
    editor = Editor(request.param)
    yield editor
    await editor.hub.close()


def asked(standin: StandIn, provider: str) -> dict[str, Any]:
    """What arrived at a provider, but for the model."""
    body = standin.calls_to(ROUTES.get(provider, f"{provider}_edit"))[-1].json()
    body = body.get("input", body)
    known = ("model", "response_format")
    return {name: value for name, value in body.items() if name not in known}


def opened(url: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(url.removeprefix("data:image/jpeg;base64,"))))


def is_red_and_blue(picture: Image.Image) -> bool:
    """Half of the picture that was sent shines through the paint of the stand-in's."""
    red, green, blue = picture.getpixel((5, 5))  # type: ignore[misc]
    return red in range(112, 134) and green in range(50, 70) and blue in range(112, 134)


@pytest.mark.parametrize(("model", "editor"), EVERY, indirect=["editor"])
async def test_every_provider_edits_with_whatever_the_sliders_can_ask(
    standin: StandIn, editor: Editor, model: str
) -> None:
    edited = await editor.edit(RECIPE, model)
    if (model, editor.provider) != (FLUX2, "replicate"):
        assert edited.picture.size == SIZE
    assert edited.credit.provider == editor.provider
    assert all(call.token == OPERATOR for call in standin.calls if "edit" in call.route)
    for sliders in ((1, 1, 64, 64), (100, 20, 1024, 1024)):
        steps, guidance, width, height = sliders
        wild = replace(RECIPE, steps=steps, guidance=guidance, width=width, height=height)
        assert (await editor.edit(wild, model)).picture
    assert is_red_and_blue(edited.picture)


@pytest.mark.parametrize(
    ("editor", "model", "sent"),
    [
        ("fal-ai", KONTEXT, {"num_inference_steps": 30, "guidance_scale": 7, "seed": 42}),
        (
            "fal-ai",
            QWEN,
            {
                "negative_prompt": "trees",
                "num_inference_steps": 30,
                "guidance_scale": 7,
                "seed": 42,
                "image_size": {"width": 768, "height": 512},
            },
        ),
        (
            "fal-ai",
            FLUX2,
            {
                "num_inference_steps": 30,
                "guidance_scale": 7,
                "seed": 42,
                "image_size": {"width": 768, "height": 512},
            },
        ),
        (
            "replicate",
            KONTEXT,
            {
                "num_inference_steps": 30,
                "guidance": 7,
                "seed": 42,
                "aspect_ratio": "match_input_image",
                "go_fast": False,
                "output_format": "png",
            },
        ),
        (
            "replicate",
            FLUX2,
            {
                "seed": 42,
                "aspect_ratio": "match_input_image",
                "go_fast": False,
                "output_format": "png",
            },
        ),
        (
            "together",
            KONTEXT,
            {"steps": 30, "guidance_scale": 7, "seed": 42, "aspect_ratio": "3:2"},
        ),
        (
            "together",
            FLUX2,
            {"steps": 30, "guidance_scale": 7, "seed": 42, "width": 768, "height": 512},
        ),
        (
            "wavespeed",
            KONTEXT,
            {"num_inference_steps": 30, "guidance_scale": 7, "seed": 42, "size": "768*512"},
        ),
        ("wavespeed", FLUX2, {"seed": 42, "size": "768*512"}),
    ],
    indirect=["editor"],
)
async def test_each_is_asked_in_its_own_terms(
    standin: StandIn, editor: Editor, model: str, sent: dict[str, Any]
) -> None:
    await editor.edit(RECIPE, model)
    got = asked(standin, editor.provider)
    pictures = {
        name: value for name, value in got.items() if "image" in name and value != sent.get(name)
    }
    assert {name: value for name, value in got.items() if name not in pictures} == {
        "prompt": "make it blue",
        **sent,
    }
    for value in pictures.values():
        picture = opened(value if isinstance(value, str) else value[0])
        assert (picture.format, picture.size) == ("JPEG", SIZE)


async def test_hf_inference_takes_everything(standin: StandIn) -> None:
    editor = Editor("hf-inference")
    edited = await editor.edit(RECIPE, SDXL)
    got = asked(standin, "hf-inference")
    assert opened(got["inputs"]).size == SIZE
    assert got["parameters"] == {
        "prompt": "make it blue",
        "negative_prompt": "trees",
        "num_inference_steps": 30,
        "guidance_scale": 7,
        "target_size": {"width": 768, "height": 512},
        "seed": 42,
        "strength": 0.4,
    }
    assert edited.credit.ignored == ()
    await editor.hub.close()


@pytest.mark.parametrize(
    ("editor", "model", "ignored"),
    [
        ("fal-ai", KONTEXT, {"negative_prompt", "strength"}),
        ("fal-ai", QWEN, {"strength"}),
        ("replicate", KONTEXT, {"negative_prompt", "strength"}),
        ("replicate", FLUX2, {"negative_prompt", "strength", "steps", "guidance"}),
        ("wavespeed", FLUX2, {"negative_prompt", "strength", "steps", "guidance"}),
        ("hf-inference", SDXL, set()),
    ],
    indirect=["editor"],
)
async def test_what_cant_be_had_is_named(editor: Editor, model: str, ignored: set[str]) -> None:
    assert set((await editor.edit(RECIPE, model)).credit.ignored) == ignored
    can = next(c for c in editor.hub.capabilities("edit", ANONYMOUS) if c.model == model)
    assert set(RECIPE.options()) - can.options == ignored, "the notice beside the sliders"


@pytest.mark.parametrize(
    ("editor", "model", "steps", "notes"),
    [
        ("fal-ai", KONTEXT, 4, ["10 steps, the fewest that this provider takes"]),
        ("replicate", KONTEXT, 1, ["4 steps, the fewest that this provider takes"]),
        ("fal-ai", FLUX2, 80, ["50 steps, which is all this model uses"]),
        ("replicate", FLUX2, 80, []),
    ],
    indirect=["editor"],
)
async def test_what_is_asked_for_otherwise_is_told(
    editor: Editor, model: str, steps: int, notes: list[str]
) -> None:
    credit = (await editor.edit(replace(RECIPE, steps=steps), model)).credit
    assert [note.say() for note in credit.notes] == notes


@pytest.fixture
async def hub() -> AsyncIterator[Hub]:
    chosen = settings(hf_token=OPERATOR, request_timeout=5)
    hub = Hub(chosen, Access(chosen))
    yield hub
    await hub.close()


def test_the_models_that_edit_are_those_that_the_hub_recommends_and_serves(hub: Hub) -> None:
    """https://huggingface.co/docs/inference-providers/tasks/image-to-image, as it was in 2026."""
    assert [can.model for can in hub.capabilities("edit", ANONYMOUS)] == [KONTEXT, QWEN, FLUX2]


async def test_the_next_model_edits_where_nobody_serves_the_first(
    standin: StandIn, hub: Hub
) -> None:
    standin.models[KONTEXT] = Model(EDIT, {"fal-ai": ("fal-ai/flux-kontext/dev", "text-to-image")})
    edited = await hub.edit(RECIPE, Source(RED), Call(KONTEXT))
    assert (edited.credit.model, edited.credit.provider) == (QWEN, "fal-ai")
    assert edited.credit.notes[0].key == "note.answered_instead"
    with pytest.raises(EngineProblem, match="No enabled provider serves"):
        await hub.edit(RECIPE, Source(RED), Call(FLUX2 + ":nscale", is_chosen=True))


@pytest.mark.parametrize(("model", "prompt"), [(KONTEXT, "make it blue"), (QWEN, "把它变成蓝色")])
async def test_only_words_that_the_model_does_not_read_are_translated(
    standin: StandIn, hub: Hub, model: str, prompt: str
) -> None:
    async def english(_: str) -> tuple[str, tuple[Message, ...]]:
        return "make it blue", ()

    call = Call(model, in_english=english)
    edited = await hub.edit(replace(RECIPE, prompt="把它变成蓝色"), Source(RED), call)
    assert asked(standin, "fal-ai")["prompt"] == edited.final_prompt == prompt


async def test_a_picture_may_be_billed_twice_only_once(standin: StandIn, hub: Hub) -> None:
    standin.script("fal_edit", faults.bad_gateway())
    edited = await hub.edit(RECIPE, Source(RED), Call(KONTEXT))
    assert [note.key for note in edited.credit.notes] == ["note.asked_twice"]
    standin.script("fal_edit", faults.bad_gateway(), faults.bad_gateway())
    with pytest.raises(EngineProblem):
        await hub.edit(RECIPE, Source(RED), Call(KONTEXT))
    assert len(standin.calls_to("fal_edit")) == 4


async def test_a_picture_that_a_provider_will_not_edit_is_told_in_its_words(
    standin: StandIn, hub: Hub
) -> None:
    """https://fal.ai/docs/documentation/model-apis/errors, as the result of a task."""
    said = "The content could not be processed."
    error = {"loc": ["body", "prompt"], "msg": said, "type": "content_policy_violation"}
    standin.script("fal_result", Fault(422, {"detail": [error]}))
    with pytest.raises(EngineProblem, match=f"prompt: {said}"):
        await hub.edit(RECIPE, Source(RED), Call(KONTEXT))
    assert len(standin.calls_to("fal_edit")) == 1


async def test_a_task_that_never_ends_is_asked_after_no_longer_than_a_call_may_take(
    standin: StandIn,
) -> None:
    """`FalAIQueueTask.get_response` of huggingface_hub 2.4 would ask in its thread for ever."""
    before = set(threading.enumerate())
    standin.script_always("fal_status", Fault(200, {"status": "IN_PROGRESS"}))
    chosen = settings(hf_token=OPERATOR, request_timeout=1)
    hub = Hub(chosen, Access(chosen))
    with pytest.raises(EngineProblem, match="within 1 s"):
        await hub.edit(RECIPE, Source(RED), Call(KONTEXT))
    assert standin.calls_to("fal_status")
    await hub.close()
    asking = [t for t in threading.enumerate() if t not in before and "download" in t.name]
    await until(lambda: not any(thread.is_alive() for thread in asking))


def test_every_provider_in_the_table_edits() -> None:
    able = {name for name, tasks in PROVIDERS.items() if EDIT in tasks}
    assert set(EDIT_TERMS) == able - {"hf-inference"}, (
        "a new one needs its row, or a word that it needs none"
    )
