"""Who serves a model is the Hub's word: a failed call is looked into, and forgotten in a minute."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from describe_draw.access import Access, Caller
from describe_draw.caption_options import CaptionOptions
from describe_draw.engines import Engines
from describe_draw.engines.base import Call, Credit
from describe_draw.engines.hub import Hub
from describe_draw.engines.hub.providers import ProviderResolver
from describe_draw.problems import EngineProblem
from describe_draw.recipe import Recipe
from describe_draw.settings import Settings
from describe_draw.store import Store
from describe_draw.studio import Studio
from tests.standin import OPERATOR, VISITOR, Fault, StandIn, faults
from tests.standin.hub import Model
from tests.support import settings

VISION, OTHER = "Qwen/Qwen3-VL-30B-A3B-Instruct", "google/gemma-3-27b-it"
BLIP = "Salesforce/blip-image-captioning-base"
Z_IMAGE, SCHNELL = "Tongyi-MAI/Z-Image-Turbo", "black-forest-labs/FLUX.1-schnell"
DEV = "black-forest-labs/FLUX.1-dev"
PICTURE = Image.new("RGB", (64, 64), "red")
RECIPE = Recipe("a hill", width=512, height=512, seed=1)
TURNED_AWAY = [
    faults.not_found(),
    faults.gone(DEV),
    faults.model_not_supported(DEV),
    Fault(400, {"message": "no provider has it", "code": "model_not_supported"}),
]


class Clock:
    """Time that a test sets."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def chosen(standin: StandIn) -> Settings:
    providers = {"nebius": (OTHER.lower(), "conversational")}
    standin.models[OTHER] = Model("image-text-to-text", providers)
    return settings(hf_token=OPERATOR, request_timeout=5, vision_model=(VISION, OTHER))


@pytest.fixture
async def hub(chosen: Settings, clock: Clock) -> AsyncIterator[Hub]:
    hub = Hub(chosen, Access(chosen))
    hub._resolver = ProviderResolver(clock=clock)
    hub._chat._resolver = hub._painter._resolver = hub._resolver
    yield hub
    await hub.close()


@pytest.fixture
async def house(chosen: Settings, tmp_path: Path) -> AsyncIterator[Studio]:
    engines = Engines(chosen)
    yield Studio(chosen, engines, Store(tmp_path))
    await engines.close()


def retire(standin: StandIn, model: str) -> None:
    """From now on nobody serves it."""
    standin.models[model].providers = {}


async def draw(hub: Hub, token: str | None = None) -> Credit:
    call = Call(DEV, Caller(token=token), is_chosen=True)
    return (await hub.generate(RECIPE, call)).credit


async def refused(hub: Hub, token: str | None = None) -> str:
    with pytest.raises(EngineProblem) as caught:
        await draw(hub, token)
    return caught.value.name


@pytest.mark.parametrize("fault", TURNED_AWAY)
async def test_a_call_that_is_turned_away_switches_no_model_off(
    standin: StandIn, hub: Hub, fault: Fault
) -> None:
    standin.script("together", fault)
    assert await refused(hub) == "not_there"
    assert (await draw(hub)).model == DEV


@pytest.mark.parametrize("fault", TURNED_AWAY)
async def test_a_chat_that_is_turned_away_switches_no_model_off(
    standin: StandIn, hub: Hub, fault: Fault
) -> None:
    standin.script("chat", fault)
    with pytest.raises(EngineProblem, match="turned the call away, though the Hub lists"):
        await hub.caption(PICTURE, CaptionOptions("tags"), Call(VISION))
    assert (await hub.caption(PICTURE, CaptionOptions("tags"), Call(VISION))).credit.model == VISION


@pytest.mark.parametrize("fault", TURNED_AWAY)
async def test_what_the_hub_confirms_is_remembered_for_a_minute(
    standin: StandIn, hub: Hub, clock: Clock, fault: Fault
) -> None:
    await draw(hub)
    providers = standin.models[DEV].providers
    retire(standin, DEV)
    standin.script("together", fault)
    assert await refused(hub) == "not_served"
    standin.models[DEV].providers = providers
    clock.now += 59
    assert await refused(hub) == "not_served"
    assert len(standin.calls_to("together")) == 2, "asked once more, and then no more"
    clock.now += 2
    assert (await draw(hub)).model == DEV


async def test_a_route_is_remembered_for_an_hour(standin: StandIn, hub: Hub, clock: Clock) -> None:
    for seconds in (0, 3599, 2):
        clock.now += seconds
        await draw(hub)
    assert len(standin.calls_to("model_info")) == 2


async def test_a_model_that_moved_is_found_at_its_new_provider(standin: StandIn, hub: Hub) -> None:
    await draw(hub)
    standin.models[DEV].providers = {"nscale": (DEV, "text-to-image")}
    standin.script("together", faults.not_found())
    assert await refused(hub) == "not_there"
    assert (await draw(hub)).provider == "nscale"


async def test_one_visitors_failure_is_nobody_elses(standin: StandIn, hub: Hub) -> None:
    await draw(hub)
    providers = standin.models[DEV].providers
    retire(standin, DEV)  # as it is for those who enabled no provider
    assert await refused(hub, VISITOR) == "not_served"
    assert (await draw(hub)).model == DEV
    standin.models[DEV].providers = providers
    assert await refused(hub, VISITOR) == "not_served"


@pytest.mark.parametrize("fault", [faults.server_error(), faults.not_json(), faults.dropped()])
async def test_a_look_up_that_fails_confirms_nothing(
    standin: StandIn, hub: Hub, fault: Fault
) -> None:
    await draw(hub)
    standin.script("together", faults.not_found())
    standin.script("model_info", fault)
    assert await refused(hub) == "not_served"
    assert (await draw(hub)).model == DEV


async def test_many_who_are_turned_away_share_one_look_up(standin: StandIn, hub: Hub) -> None:
    await draw(hub)
    standin.script_always("together", faults.not_found())
    standin.script_always("model_info", faults.slow(0.2))
    await asyncio.gather(*(refused(hub) for _ in range(5)))
    assert len(standin.calls_to("model_info")) == 2


async def test_the_next_model_draws_for_one_that_nobody_serves(standin: StandIn, hub: Hub) -> None:
    retire(standin, Z_IMAGE)
    for _ in range(2):
        generated = await hub.generate(RECIPE, Call(Z_IMAGE))
        assert generated.credit.model == SCHNELL
        assert generated.credit.notes[0].say() == (
            f"answered by {SCHNELL}, because {Z_IMAGE} is not available right now"
        )
    asked = [call.path for call in standin.calls_to("model_info")]
    assert len(asked) == 2, "the detour is paid once"


async def test_nobody_stands_in_for_a_model_that_was_chosen(standin: StandIn, hub: Hub) -> None:
    for model in (DEV, BLIP, VISION):
        retire(standin, model)
    assert await refused(hub) == "not_served"
    for model in (BLIP, VISION):
        with pytest.raises(EngineProblem, match=f"No enabled provider serves {model}"):
            await hub.caption(PICTURE, CaptionOptions(), Call(model, is_chosen=True))


async def test_where_no_model_is_served_the_first_is_named(standin: StandIn, hub: Hub) -> None:
    for model in standin.models:
        retire(standin, model)
    with pytest.raises(EngineProblem, match=f"No enabled provider serves {Z_IMAGE}"):
        await hub.generate(RECIPE, Call(Z_IMAGE))


async def test_the_next_vision_model_sees_for_one_that_nobody_serves(
    standin: StandIn, hub: Hub
) -> None:
    retire(standin, VISION)
    for style, first in (("tags", VISION), ("short", BLIP)):
        caption = await hub.caption(PICTURE, CaptionOptions(style), Call(BLIP))
        assert (caption.credit.model, caption.credit.provider) == (OTHER, "nebius")
        assert f"because {first} is not" in caption.credit.notes[0].say()
    assert [call.json()["model"] for call in standin.calls_to("chat")] == [VISION, OTHER, OTHER]


async def test_the_next_vision_model_writes_for_one_that_nobody_serves(
    standin: StandIn, hub: Hub
) -> None:
    retire(standin, VISION)
    credits: list[Credit] = []
    call = Call(VISION, credited=credits.append)
    assert [piece async for piece in hub.write("a fox", call)]
    assert [(credit.model, len(credit.notes)) for credit in credits] == [(OTHER, 1)]


async def test_a_text_model_has_the_vision_models_behind_it(standin: StandIn) -> None:
    chosen = settings(hf_token=OPERATOR, text_model="acme/poet")
    hub = Hub(chosen, Access(chosen))
    assert [can.model for can in hub.capabilities("write", Caller())] == ["acme/poet", VISION]
    assert [piece async for piece in hub.write("a fox", Call("acme/poet"))]
    await hub.close()


@pytest.mark.parametrize("named", ["", Z_IMAGE], ids=["no model", "the page's first choice"])
async def test_the_recipe_in_a_picture_names_the_model_that_drew_it(
    standin: StandIn, house: Studio, named: str
) -> None:
    retire(standin, Z_IMAGE)
    drawn = await house.draw(replace(RECIPE, model=named))
    with Image.open(drawn.path) as picture:
        everything = json.loads(picture.info["describe_draw"])
        assert f"Model: {SCHNELL}" in picture.info["parameters"]
    assert everything["model"] == drawn.recipe.model == drawn.credit.model == SCHNELL


async def test_a_model_of_the_visitors_choice_is_missed(standin: StandIn, house: Studio) -> None:
    retire(standin, DEV)
    with pytest.raises(EngineProblem, match=f"No enabled provider serves {DEV}"):
        await house.draw(replace(RECIPE, model=DEV))


async def test_a_text_is_credited_to_the_model_that_wrote_it(
    standin: StandIn, house: Studio
) -> None:
    retire(standin, VISION)
    written = [writing async for writing in house.write("a fox")]
    assert {writing.credit.model for writing in written} == {OTHER}
    assert len(written[-1].credit.notes) == 1
