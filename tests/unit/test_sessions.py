import asyncio

import pytest

from describe_draw.problems import Problem
from describe_draw.ui.sessions import Sessions


async def forever():
    await asyncio.Event().wait()


async def test_leaving_ends_what_a_session_has_running():
    sessions = Sessions()
    mine, other = (
        asyncio.ensure_future(sessions.run(name, "draw", forever())) for name in ("a", "b")
    )
    await asyncio.sleep(0)
    sessions.leave("a")
    with pytest.raises(asyncio.CancelledError):
        await mine
    assert not other.done()
    assert len(sessions) == 1
    other.cancel()


async def test_stop_ends_all_that_a_session_has_running_and_says_so():
    sessions = Sessions()
    drawing, describing, other = (
        asyncio.ensure_future(sessions.run(name, doing, forever()))
        for name, doing in (("a", "draw"), ("a", "describe"), ("b", "draw"))
    )
    await asyncio.sleep(0)
    await sessions.stop("a")
    for mine in (drawing, describing):
        with pytest.raises(Problem, match="Stopped"):
            await mine
    assert not other.done()
    await sessions.stop("nobody")
    other.cancel()


async def test_a_cancelled_caller_cancels_the_call():
    sessions = Sessions()
    caller = asyncio.ensure_future(sessions.run("a", "draw", forever()))
    await asyncio.sleep(0)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert len(sessions) == 0


async def test_an_answer_leaves_nothing_behind():
    sessions = Sessions()
    assert await sessions.run("a", "draw", asyncio.sleep(0, "answer")) == "answer"
    assert len(sessions) == 0
    sessions.leave("a")
    sessions.leave("nobody")
