"""What counts against VISITOR_LIMIT: every answer that the operator pays for, and nothing else."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from describe_draw.access import Caller
from describe_draw.caption_options import CaptionOptions
from describe_draw.engines import Engines
from describe_draw.game import play_round
from describe_draw.problems import Problem
from describe_draw.recipe import Recipe
from describe_draw.store import Store
from describe_draw.studio import Studio
from tests.apis.server import TOKEN, ModelServer
from tests.standin import OPERATOR, VISITOR, StandIn, faults
from tests.standin.endpoints import endpoint_url
from tests.support import EXAMPLES, settings

CAT = EXAMPLES / "cat.jpg"
SOMEBODY, SIGNED_IN = Caller(address="192.0.2.1"), Caller(VISITOR, address="account 1")
Doing = Callable[[Studio, Caller], Awaitable[object]]


async def describe(house: Studio, caller: Caller) -> object:
    return await house.describe(CAT, caller=caller)


async def draw(house: Studio, caller: Caller) -> object:
    return await house.draw(Recipe("a dog", seed=1), caller)


async def improve_and_draw(house: Studio, caller: Caller) -> object:
    return await house.draw(Recipe("a dog", seed=1), caller, improve=True)


async def translate_and_draw(house: Studio, caller: Caller) -> object:
    dev = "black-forest-labs/FLUX.1-dev"  # which reads English alone
    return await house.draw(Recipe("一只狗", seed=1, model=dev), caller)


async def write(house: Studio, caller: Caller) -> object:
    return [written async for written in house.write("Hello?", caller)]


async def play(house: Studio, caller: Caller) -> object:
    return await play_round(house, CAT, caller=caller)


def studio(folder: Path, **values: object) -> Studio:
    chosen = settings(**{"hf_token": OPERATOR, "request_timeout": 5, "remember": False, **values})
    return Studio(chosen, Engines(chosen), Store(folder))


async def answers(house: Studio, doing: Doing, caller: Caller, times: int) -> int:
    """How many of so many tries are answered before the limit is reached."""
    for number in range(times):
        try:
            await doing(house, caller)
        except Problem as problem:
            assert problem.name == "visitor_limit", problem
            return number
    return times


@pytest.mark.parametrize(
    ("doing", "cost"),
    [
        (describe, 1),
        (draw, 1),
        (improve_and_draw, 2),
        (translate_and_draw, 2),
        (write, 1),
        (play, 2),
    ],
)
async def test_every_paid_answer_counts_once(
    standin: StandIn, tmp_path: Path, doing: Doing, cost: int
) -> None:
    house = studio(tmp_path, visitor_limit=f"{2 * cost}/hour")
    assert await answers(house, doing, SOMEBODY, 3) == 2
    await house.engines.close()


async def test_an_answer_counts_once_however_often_it_is_asked_for(
    standin: StandIn, tmp_path: Path
) -> None:
    standin.script("chat", faults.rate_limited(0), faults.rate_limited(0))
    house = studio(tmp_path, visitor_limit="1/hour")
    assert await answers(house, describe, SOMEBODY, 2) == 1
    await house.engines.close()


async def test_endpoints_count_whoever_calls(standin: StandIn, tmp_path: Path) -> None:
    url = endpoint_url("itt-json")
    house = studio(tmp_path, visitor_limit="1/hour", hf_api_itt_base=url)
    for caller in (SOMEBODY, SIGNED_IN):
        assert await answers(house, describe, caller, 2) == 1
    await house.engines.close()


@pytest.mark.parametrize(("token", "answered"), [(TOKEN, 1), (None, 3)])
async def test_model_apis_count_where_they_have_a_token(
    tmp_path: Path, token: str | None, answered: int
) -> None:
    with ModelServer(token) as server:
        values = {"caption_api_url": f"{server.url}/describe_image", "caption_api_token": token}
        house = studio(tmp_path, visitor_limit="1/hour", **values)
        assert await answers(house, describe, SOMEBODY, 3) == answered
        await house.engines.close()


async def test_who_pays_on_the_hub_has_no_limit(standin: StandIn, tmp_path: Path) -> None:
    house = studio(tmp_path, visitor_limit="1/hour")
    assert await answers(house, draw, SIGNED_IN, 3) == 3
    await house.engines.close()


async def test_what_is_refused_beforehand_costs_nothing(standin: StandIn, tmp_path: Path) -> None:
    house = studio(tmp_path, visitor_limit="1/hour")
    for _ in range(3):
        with pytest.raises(Problem, match="style"):
            await house.describe(CAT, CaptionOptions("loud"), caller=SOMEBODY)
        with pytest.raises(Problem, match="empty"):
            await house.draw(Recipe(" "), SOMEBODY)
        with pytest.raises(Problem, match="can be read"):
            await house.describe(__file__, caller=SOMEBODY)
    assert await answers(house, draw, SOMEBODY, 2) == 1
    await house.engines.close()


async def test_the_built_in_engine_costs_nothing_and_is_offered_instead(
    standin: StandIn, tmp_path: Path
) -> None:
    house = studio(tmp_path, visitor_limit="1/hour")
    await draw(house, SOMEBODY)
    with pytest.raises(Problem) as caught:
        await draw(house, SOMEBODY)
    assert caught.value.engine == "hub"
    assert (await house.draw(Recipe("a dog", model="builtin"), SOMEBODY)).path.exists()
    await house.engines.close()
