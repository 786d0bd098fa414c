import asyncio

import pytest

from describe_draw.ui.sessions import Sessions


async def forever():
    await asyncio.Event().wait()


async def test_leaving_ends_what_a_session_has_running():
    sessions = Sessions()
    mine, other = (asyncio.ensure_future(sessions.run(name, forever())) for name in ("a", "b"))
    await asyncio.sleep(0)
    sessions.leave("a")
    with pytest.raises(asyncio.CancelledError):
        await mine
    assert not other.done()
    assert len(sessions) == 1
    other.cancel()


async def test_a_cancelled_caller_cancels_the_call():
    sessions = Sessions()
    caller = asyncio.ensure_future(sessions.run("a", forever()))
    await asyncio.sleep(0)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert len(sessions) == 0


async def test_an_answer_leaves_nothing_behind():
    sessions = Sessions()
    assert await sessions.run("a", asyncio.sleep(0, "answer")) == "answer"
    assert len(sessions) == 0
    sessions.leave("a")
    sessions.leave("nobody")
