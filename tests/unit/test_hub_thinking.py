"""Models that think before they speak get room for both, and are told of where that is too little.

How their servers answer is told at `tests.standin.router.Thoughts`, with its sources.
"""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from PIL import Image

from describe_draw.access import ANONYMOUS, Access, Caller
from describe_draw.caption_options import CaptionOptions
from describe_draw.engines.base import Call
from describe_draw.engines.calling.model_prompts import CAPTION_TOKENS
from describe_draw.engines.hub import Hub
from describe_draw.problems import EngineProblem
from tests.standin import OPERATOR, VISITOR, StandIn
from tests.standin.router import Thoughts
from tests.support import settings

VISION = "Qwen/Qwen3-VL-30B-A3B-Instruct"
PICTURE = Image.new("RGB", (64, 64), (205, 40, 40))
PLACES = pytest.mark.parametrize("place", ["reasoning", "reasoning_content", "content"])


@pytest.fixture
async def hub(standin: StandIn) -> AsyncIterator[Hub]:
    chosen = settings(hf_token=OPERATOR, request_timeout=5)
    hub = Hub(chosen, Access(chosen))
    yield hub
    await hub.close()


async def describe(hub: Hub, caller: Caller = ANONYMOUS) -> str:
    return (await hub.caption(PICTURE, CaptionOptions("tags"), Call(VISION, caller))).text


async def write(hub: Hub) -> str:
    return "".join([piece async for piece in hub.write("a fox", Call(VISION), system="Be brief.")])


VERBS = pytest.mark.parametrize("verb", [describe, write])
Verb = Callable[[Hub], Awaitable[str]]


def rooms(standin: StandIn) -> list[int]:
    return [call.json()["max_tokens"] for call in standin.calls_to("chat")]


@VERBS
@PLACES
async def test_a_model_that_thinks_is_asked_once_more_with_room(
    standin: StandIn, hub: Hub, verb: Verb, place: str
) -> None:
    said = await verb(hub)
    standin.calls.clear()
    standin.thoughts = Thoughts(1000, place)
    assert await verb(hub) == said
    short, long = rooms(standin)
    assert short < 1000 < long / 2


@VERBS
async def test_it_has_room_at_once_the_next_time(standin: StandIn, hub: Hub, verb: Verb) -> None:
    standin.thoughts = Thoughts(1000)
    await verb(hub)
    standin.calls.clear()
    await verb(hub)
    assert rooms(standin) == [4096]


@VERBS
@PLACES
async def test_one_that_never_stops_thinking_is_told_of(
    standin: StandIn, hub: Hub, verb: Verb, place: str
) -> None:
    standin.thoughts = Thoughts(100_000, place)
    with pytest.raises(EngineProblem, match=r"its whole answer on thinking.*VISION_MODEL"):
        await verb(hub)
    assert len(rooms(standin)) == 2


async def test_what_a_visitors_own_calls_showed_counts_for_nobody_else(
    standin: StandIn, hub: Hub
) -> None:
    """A prompt may have any model think, or pretend to, at the visitor's own expense."""
    standin.thoughts = Thoughts(1000)
    await describe(hub, Caller(VISITOR))
    standin.calls.clear()
    standin.thoughts = Thoughts(0)
    await describe(hub)
    assert rooms(standin) == [CAPTION_TOKENS["tags"]]


async def test_one_that_speaks_is_not_taken_for_a_thinker(standin: StandIn, hub: Hub) -> None:
    standin.thoughts = Thoughts(20)
    await describe(hub)
    await describe(hub)
    assert rooms(standin) == [120, 120]
