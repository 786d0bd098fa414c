"""Several pieces of work at a time, whose answers come in the order given."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


async def in_order(
    jobs: Iterable[Callable[[], Awaitable[T]]], at_once: int
) -> AsyncGenerator[T, None]:
    """Do them all; whoever leaves off ends those that run.

    Args:
        jobs: Each begins a piece of work.
        at_once: How many run at once.

    Yields:
        What each comes to.
    """
    running: deque[asyncio.Task[T]] = deque()
    try:
        for job in jobs:
            running.append(asyncio.create_task(_do(job)))
            if len(running) == at_once:
                yield await running.popleft()
        while running:
            yield await running.popleft()
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _do(job: Callable[[], Awaitable[T]]) -> T:
    return await job()
