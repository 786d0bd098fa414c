"""Every provider is asked in its own terms, and what can't be had of it is named.

The stand-in's providers take, refuse and ignore what their documentation says (sources:
tests/standin/painters.py), and the real client writes the requests.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from describe_draw.access import ANONYMOUS, Access
from describe_draw.borrowed.huggingface import PROVIDERS
from describe_draw.engines.base import Call, GeneratedImage
from describe_draw.engines.hub import Hub
from describe_draw.engines.hub.provider_options import TERMS
from describe_draw.problems import EngineProblem
from describe_draw.recipe import Recipe
from tests.standin import OPERATOR, Fault, StandIn
from tests.standin.hub import Model
from tests.support import settings

Z_IMAGE = "Tongyi-MAI/Z-Image-Turbo"
SCHNELL, DEV = "black-forest-labs/FLUX.1-schnell", "black-forest-labs/FLUX.1-dev"
SDXL = "stabilityai/stable-diffusion-xl-base-1.0"
GLM = "zai-org/GLM-Image"
RECIPE = Recipe("a red hill", "trees", 100, 20, 1024, 576, 42)
DRAW = "text-to-image"
SERVED = {
    Z_IMAGE: {
        "fal-ai": "fal-ai/z-image/turbo",
        "replicate": "prunaai/z-image-turbo",
        "wavespeed": "wavespeed-ai/z-image/turbo",
    },
    SCHNELL: {
        "fal-ai": "fal-ai/flux/schnell",
        "nscale": SCHNELL,
        "replicate": "black-forest-labs/flux-schnell",
        "together": SCHNELL,
        "wavespeed": "wavespeed-ai/flux-schnell",
    },
    DEV: {
        "fal-ai": "fal-ai/flux/dev",
        "replicate": "black-forest-labs/flux-dev",
        "together": DEV,
        "wavespeed": "wavespeed-ai/flux-dev",
    },
    SDXL: {"hf-inference": SDXL, "nscale": SDXL},
    GLM: {"zai-org": "glm-image"},
}
ROUTES = {"fal-ai": "fal", "zai-org": "zai", "hf-inference": "text_to_image"}
EVERY = [(model, provider) for model, served in SERVED.items() for provider in served]


@pytest.fixture
def _served(standin: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.inference._providers.wavespeed._POLLING_INTERVAL", 0.01)
    for model, served in SERVED.items():
        providers = {provider: (name, DRAW) for provider, name in served.items()}
        standin.models[model] = Model(DRAW, providers)


class Painter:
    """The Hub engine with one provider."""

    def __init__(self, provider: str) -> None:
        chosen = settings(
            hf_token=OPERATOR, inference_provider=provider, image_models=tuple(SERVED)
        )
        self.hub = Hub(chosen, Access(chosen))

    async def draw(self, recipe: Recipe, model: str) -> GeneratedImage:
        return await self.hub.generate(recipe, Call(model, is_chosen=True))


@pytest.fixture
async def painter(request: pytest.FixtureRequest, _served: None) -> AsyncIterator[Painter]:
    painter = Painter(request.param)
    yield painter
    await painter.hub.close()


def asked(standin: StandIn, provider: str) -> dict[str, Any]:
    """What arrived at a provider, but for the prompt and the model."""
    body = standin.calls_to(ROUTES.get(provider, provider))[-1].json()
    body = body.get("input", body)
    known = ("prompt", "model", "response_format", "inputs")
    return {name: value for name, value in body.items() if name not in known}


@pytest.mark.parametrize(("model", "painter"), EVERY, indirect=["painter"])
async def test_no_provider_refuses_what_the_sliders_can_ask(painter: Painter, model: str) -> None:
    generated = await painter.draw(RECIPE, model)
    assert generated.picture.size[0] > generated.picture.size[1], "its shape was heard"
    small = replace(RECIPE, steps=1, guidance=1, width=64, height=64)
    assert (await painter.draw(small, model)).picture


@pytest.mark.parametrize(
    ("painter", "model", "sent"),
    [
        ("nscale", SCHNELL, {"size": "1024x576"}),
        ("nscale", SDXL, {"size": "1024x576"}),
        ("zai-org", GLM, {"size": "1824x1024"}),
        ("wavespeed", SCHNELL, {"size": "1024*576", "seed": 42}),
        ("wavespeed", Z_IMAGE, {"size": "1024*576", "seed": 42}),
        (
            "wavespeed",
            DEV,
            {"size": "1024*576", "seed": 42, "num_inference_steps": 50, "guidance_scale": 10},
        ),
        (
            "replicate",
            SCHNELL,
            {
                "aspect_ratio": "16:9",
                "megapixels": "1",
                "go_fast": False,
                "num_inference_steps": 4,
                "output_format": "png",
                "seed": 42,
            },
        ),
        (
            "replicate",
            DEV,
            {
                "aspect_ratio": "16:9",
                "megapixels": "1",
                "go_fast": False,
                "guidance": 10,
                "num_inference_steps": 50,
                "output_format": "png",
                "seed": 42,
            },
        ),
        (
            "replicate",
            Z_IMAGE,
            {"width": 1024, "height": 576, "num_inference_steps": 8, "seed": 42},
        ),
        (
            "fal-ai",
            DEV,
            {
                "image_size": {"width": 1024, "height": 576},
                "num_inference_steps": 50,
                "guidance_scale": 20,
                "seed": 42,
            },
        ),
        (
            "together",
            DEV,
            {"width": 1024, "height": 576, "steps": 50, "guidance_scale": 20, "seed": 42},
        ),
    ],
    indirect=["painter"],
)
async def test_each_is_asked_in_its_own_terms(
    standin: StandIn, painter: Painter, model: str, sent: dict[str, Any]
) -> None:
    await painter.draw(RECIPE, model)
    (provider,) = {painter.hub._settings.inference_provider}
    assert asked(standin, provider) == sent


@pytest.mark.parametrize(
    ("painter", "model", "ignored"),
    [
        ("nscale", SDXL, {"negative_prompt", "steps", "guidance", "seed"}),
        ("zai-org", GLM, {"negative_prompt", "steps", "guidance", "seed", "height"}),
        ("wavespeed", SCHNELL, {"negative_prompt", "steps", "guidance"}),
        ("wavespeed", DEV, {"negative_prompt"}),
        ("replicate", DEV, {"negative_prompt", "width", "height"}),
        ("fal-ai", SCHNELL, {"negative_prompt", "guidance"}),
        ("fal-ai", DEV, {"negative_prompt"}),
        ("hf-inference", SDXL, set()),
    ],
    indirect=["painter"],
)
async def test_what_cant_be_had_is_named(painter: Painter, model: str, ignored: set[str]) -> None:
    said = set((await painter.draw(RECIPE, model)).credit.ignored)
    assert said - {"width"} == ignored - {"width"}
    can = next(c for c in painter.hub.capabilities("draw", ANONYMOUS) if c.model == model)
    known_before = ignored - {"width", "height"}
    assert known_before <= set(RECIPE.options()) - can.options, "the notice beside the sliders"


@pytest.mark.parametrize(
    ("painter", "model", "notes"),
    [
        ("fal-ai", Z_IMAGE, ["8 steps, which is all this model uses"]),
        ("fal-ai", SCHNELL, ["4 steps, which is all this model uses"]),
        ("fal-ai", DEV, ["50 steps, which is all this model uses"]),
        (
            "replicate",
            DEV,
            [
                "50 steps, which is all this model uses",
                "guidance scale 10, the highest that this provider takes",
            ],
        ),
        ("nscale", SCHNELL, []),
        ("hf-inference", SDXL, []),
    ],
    indirect=["painter"],
)
async def test_what_is_lowered_is_told(painter: Painter, model: str, notes: list[str]) -> None:
    credit = (await painter.draw(RECIPE, model)).credit
    assert [note.say() for note in credit.notes] == notes


@pytest.mark.parametrize(
    ("model", "painter"),
    [(model, provider) for model, provider in EVERY if provider not in ("nscale", "zai-org")],
    indirect=["painter"],
)
async def test_the_same_seed_draws_the_same_picture(painter: Painter, model: str) -> None:
    one, two = [(await painter.draw(RECIPE, model)).picture.tobytes() for _ in range(2)]
    assert one == two


def test_every_provider_in_the_table_draws() -> None:
    able = {name for name, tasks in PROVIDERS.items() if DRAW in tasks}
    assert set(TERMS) == able - {"hf-inference"}, (
        "a new one needs its row, or a word that it needs none"
    )


@pytest.mark.parametrize("painter", ["replicate"], indirect=True)
async def test_a_prediction_without_output_is_no_time_out(
    standin: StandIn, painter: Painter
) -> None:
    """As `ReplicateTask.get_response` of huggingface_hub 2.4 reads it, which raises at once."""
    unfinished = {"id": "x", "model": "black-forest-labs/flux-dev", "output": None}
    standin.script("replicate", Fault(201, unfinished | {"status": "processing"}))
    with pytest.raises(EngineProblem, match="returned an empty answer"):
        await painter.draw(RECIPE, DEV)
    assert len(standin.calls_to("replicate")) == 1
