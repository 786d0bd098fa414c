"""A picture that may have been billed is asked for once more at most, and that is told."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from describe_draw.access import Access
from describe_draw.engines.base import Call, Credit
from describe_draw.engines.calling import upstream
from describe_draw.engines.hub import Hub
from describe_draw.problems import EngineProblem
from describe_draw.recipe import Recipe
from tests.standin import OPERATOR, Fault, StandIn, faults
from tests.support import settings

DEV, SCHNELL = "black-forest-labs/FLUX.1-dev", "black-forest-labs/FLUX.1-schnell"
Z_IMAGE = "Tongyi-MAI/Z-Image-Turbo"
LOST = [faults.bad_gateway(), faults.gateway_timeout(), faults.dropped(), Fault(503)]
TURNED_AWAY = [faults.rate_limited(retry_after=0), faults.loading(DEV, 0.01)]
TOLD = "asked twice, because the first answer was lost; both may be billed"


@pytest.fixture
async def hub(standin: StandIn, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hub]:
    monkeypatch.setattr(upstream, "_jittered", lambda _: 0.01)
    chosen = settings(hf_token=OPERATOR, request_timeout=5)
    hub = Hub(chosen, Access(chosen))
    yield hub
    await hub.close()


async def draw(hub: Hub, model: str = DEV) -> Credit:
    recipe = Recipe("a hill", width=512, height=512, seed=1)
    return (await hub.generate(recipe, Call(model, is_chosen=True))).credit


def told(credit: Credit) -> list[str]:
    return [note.say() for note in credit.notes if note.key == "note.asked_twice"]


@pytest.mark.parametrize("fault", LOST)
async def test_a_lost_answer_is_asked_for_once_more_and_told(
    standin: StandIn, hub: Hub, fault: Fault
) -> None:
    standin.script("together", fault)
    assert told(await draw(hub)) == [TOLD]
    assert len(standin.calls_to("together")) == 2


@pytest.mark.parametrize("fault", LOST)
async def test_it_is_not_asked_for_a_third_time(standin: StandIn, hub: Hub, fault: Fault) -> None:
    standin.script_always("together", fault)
    with pytest.raises(EngineProblem):
        await draw(hub)
    assert len(standin.calls_to("together")) == 2


@pytest.mark.parametrize("fault", TURNED_AWAY)
async def test_one_that_was_turned_away_is_tried_three_times_and_billed_once(
    standin: StandIn, hub: Hub, fault: Fault
) -> None:
    standin.script("together", fault, fault)
    assert told(await draw(hub)) == []
    assert len(standin.calls_to("together")) == 3


async def test_a_refused_connection_costs_nothing(
    standin: StandIn, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    async def connect(self: httpx2.AsyncHTTPTransport, request: httpx2.Request) -> httpx2.Response:
        tries.append(request.url.host)
        raise httpx2.ConnectError("refused", request=request)

    await draw(hub)
    monkeypatch.setattr(httpx2.AsyncHTTPTransport, "handle_async_request", connect)
    with pytest.raises(EngineProblem, match="can't be reached"):
        await draw(hub)
    assert tries == ["router.huggingface.co"] * 3


async def test_a_picture_that_is_lost_on_its_way_was_billed(standin: StandIn, hub: Hub) -> None:
    standin.script("picture", faults.dropped())
    assert told(await draw(hub, SCHNELL)) == [TOLD]
    standin.script_always("picture", faults.dropped())
    standin.calls.clear()
    with pytest.raises(EngineProblem):
        await draw(hub, SCHNELL)
    assert len(standin.calls_to("fal")) == 2


async def test_a_result_that_is_looked_for_in_vain_was_billed(
    standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.inference._providers.wavespeed._POLLING_INTERVAL", 0.01)
    chosen = settings(hf_token=OPERATOR, inference_provider="wavespeed")
    hub = Hub(chosen, Access(chosen))
    standin.script_always("result", faults.rate_limited(retry_after=0))
    with pytest.raises(EngineProblem):
        await draw(hub, Z_IMAGE)
    assert len(standin.calls_to("wavespeed")) == 2
    await hub.close()
