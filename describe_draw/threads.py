"""CPU work off the event loop: as many threads as there are cores, shared fairly by visitors."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from contextvars import copy_context
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from describe_draw.problems import EngineProblem
from describe_draw.turns import Turns

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = 30
"""How long a piece of work may take: then its place is free again, and the visitor is told."""

LEFT_BEHIND = 16
"""Threads for work that is beyond its time: a thread can't be ended."""


def cores() -> int:
    """Cores this process may use; Spaces name theirs, which the kernel doesn't show."""
    named = os.environ.get("CPU_CORES", "")
    if named.isdecimal():
        return max(1, int(named))
    if hasattr(os, "sched_getaffinity"):  # neither macOS nor Windows has it
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


_pool = ThreadPoolExecutor(cores() + LEFT_BEHIND, thread_name_prefix="cpu")
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, Turns] = WeakKeyDictionary()


async def in_thread(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a blocking function in one of the app's threads, with the caller's context.

    Visitors have the cores in turn, and one visitor all of them but one, so that a core is left
    for the next who comes. Cancelled while it still waits for a thread, it is never run.

    Raises:
        Problem: It took longer than `SECONDS`.
    """
    context = copy_context()

    def run() -> T:
        try:
            return context.run(function, *args, **kwargs)
        except StopIteration as error:  # a future can't carry it: its caller would wait for ever
            raise RuntimeError("a blocking function ended as an iterator does") from error

    async with AsyncExitStack() as place:
        await place.enter_async_context(_turns_of(asyncio.get_running_loop()).turn())
        work = asyncio.create_task(_finish(run, place.pop_all()))
    work.add_done_callback(_seen)
    return await asyncio.shield(work)


def _turns_of(loop: asyncio.AbstractEventLoop) -> Turns:
    """The turns at the cores, the same for all who call from a loop."""
    if loop not in _turns:
        _turns[loop] = Turns(cores(), each=max(1, cores() - 1))
    return _turns[loop]


async def _finish(run: Callable[[], T], place: AsyncExitStack) -> T:
    """Run it; its place is taken until it has ended or its time is over, cancelled or not."""
    async with place:
        running = asyncio.get_running_loop().run_in_executor(_pool, run)
        running.add_done_callback(_seen)
        await asyncio.wait({running}, timeout=SECONDS)
        if not running.done():
            raise EngineProblem("too_slow", seconds=SECONDS)
        return running.result()


def _seen(work: "asyncio.Future[Any]") -> None:
    """Whoever waited for it may be gone: an error of it is no news then."""
    if not work.cancelled():
        work.exception()
