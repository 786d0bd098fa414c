"""Fair turns, and threads whose places come back."""

import asyncio
import threading
import time

import pytest

from describe_draw import threads
from describe_draw.problems import Problem
from describe_draw.threads import cores, in_thread
from describe_draw.turns import Turns, visitor


async def served(turns: Turns, calls: str, seconds: float = 0.001) -> str:
    """In which order the calls of visitors, a letter each, get their turns."""
    order: list[str] = []

    async def call(name: str) -> None:
        visitor.set(name)
        async with turns.turn():
            order.append(name)
            await asyncio.sleep(seconds)

    await asyncio.gather(*(call(name) for name in calls))
    return "".join(order)


async def test_one_visitors_flood_lets_others_have_every_other_turn():
    assert await served(Turns(1, each=1), "aaaaaaaaab") == "abaaaaaaaa"
    assert await served(Turns(1, each=1), "aaaaabbbcc") == "abcabcabaa"


async def test_who_comes_later_is_served_soon():
    turns = Turns(1, each=1)
    flood = asyncio.ensure_future(served(turns, "a" * 50, 0.002))
    await asyncio.sleep(0.02)
    start = time.monotonic()
    assert await served(turns, "b") == "b"
    assert not flood.done()
    assert time.monotonic() - start < 0.05
    await flood
    assert len(turns) == 0


async def test_one_visitor_never_has_all_places():
    turns = Turns(4, each=2)
    most = 0

    async def call() -> None:
        nonlocal most
        visitor.set("a")
        async with turns.turn():
            running = sum(ticket.called.is_set() for ticket in turns._line)
            most = max(most, turns._running)
            assert running == 0
            await asyncio.sleep(0.001)

    await asyncio.gather(*(call() for _ in range(20)))
    assert most == 2


async def test_too_many_calls_are_turned_away_but_not_what_was_begun():
    turns = Turns(1, each=1, most=3, waiting=4)
    gate = asyncio.Event()

    async def call(name: str, begun: bool = False) -> str:
        visitor.set(name)
        try:
            async with turns.turn(begun=begun):
                await gate.wait()
        except Problem as problem:
            return problem.name
        return "served"

    calls = [asyncio.ensure_future(call(name)) for name in "aaaabbbb"]
    calls.append(asyncio.ensure_future(call("a", begun=True)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gate.set()
    said = await asyncio.gather(*calls)
    assert said == ["served"] * 3 + ["visitor_busy"] + ["served"] * 2 + ["app_busy"] * 2 + [
        "served"
    ]


async def test_what_was_begun_goes_on_beyond_what_may_begin_but_not_without_end():
    """Whoever says that a call goes on with something has at most as many again."""
    turns = Turns(1, each=1, most=3, waiting=1)

    async def call() -> str:
        visitor.set("a")
        try:
            async with turns.turn(begun=True):
                await asyncio.sleep(0.001)
        except Problem as problem:
            return f"{problem.name} {problem.message.values['count']}"
        return "served"

    said = await asyncio.gather(*(call() for _ in range(50)))
    assert said == ["served"] * 6 + ["visitor_busy 6"] * 44
    assert await call() == "served"


async def test_who_leaves_gives_the_place_back_and_leaves_no_trace():
    turns = Turns(1, each=1)
    first, second, third = (asyncio.ensure_future(served(turns, name, 60)) for name in "abc")
    await asyncio.sleep(0)
    for leaving in (second, first, third):
        leaving.cancel()
    await asyncio.wait([first, second, third])
    assert (len(turns), turns._visitors, turns._running) == (0, {}, 0)
    assert await served(turns, "d") == "d"


async def test_everybody_hears_how_many_are_before():
    turns = Turns(1, each=1)
    heard: list[int] = []

    def report(message, fraction=None):
        heard.append(message.values["count"])

    async def call(listens: bool) -> None:
        async with turns.turn(*([report] if listens else [])):
            await asyncio.sleep(0.001)

    await asyncio.gather(call(False), call(False), call(False), call(True))
    assert heard == [3, 2, 1]


async def test_work_that_takes_too_long_is_told_and_gives_its_place_back(monkeypatch):
    monkeypatch.setattr(threads, "SECONDS", 0.05)
    gate = threading.Event()
    stuck = [asyncio.ensure_future(in_thread(gate.wait)) for _ in range(3 * cores())]
    for work in stuck:
        with pytest.raises(Problem) as caught:
            await work
        assert caught.value.name == "too_slow"
    assert await in_thread(lambda: "answered") == "answered"
    gate.set()


@pytest.mark.parametrize("error", [StopIteration, StopAsyncIteration, GeneratorExit, KeyError])
async def test_whatever_a_thread_raises_reaches_the_caller(error):
    def work():
        raise error

    async with asyncio.timeout(5):
        with pytest.raises((RuntimeError, error)):
            await in_thread(work)
        assert await in_thread(lambda: "answered") == "answered"


async def test_a_cancelled_callers_thread_has_its_place_until_it_ends():
    gate = threading.Event()
    before = [asyncio.ensure_future(in_thread(gate.wait)) for _ in range(cores())]
    await asyncio.sleep(0.01)
    for work in before:
        work.cancel()
    await asyncio.wait(before)
    later = asyncio.ensure_future(in_thread(lambda: "answered"))
    await asyncio.sleep(0.05)
    assert not later.done()
    gate.set()
    assert await later == "answered"


def test_cores_are_counted_on_any_system(monkeypatch):
    monkeypatch.delattr("os.sched_getaffinity", raising=False)
    assert cores() >= 1
    monkeypatch.setenv("CPU_CORES", "3")
    assert cores() == 3
