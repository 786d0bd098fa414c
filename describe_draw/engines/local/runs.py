"""Runs the device's generators, each in one thread from its beginning to its end.

None is closed before: on ZeroGPU that stops whatever its worker is at, and once the last item is
on its way the worker may be at another visitor's drawing.
"""

import asyncio
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from typing import Any, TypeVar

from describe_draw.engines.local import gpu
from describe_draw.engines.local.results import Done

T = TypeVar("T")
Generating = Callable[..., Generator[Any, None, None]]


class EndedEarlyError(Exception):
    """A generator came to its end without a result."""


class Runs:
    """Calls that run on the device, and the threads that wait for it. One event loop only.

    Args:
        threads: How many calls run side by side; others wait.
    """

    def __init__(self, threads: int) -> None:
        self._threads = ThreadPoolExecutor(threads, "device")
        self._places: asyncio.Queue[int] = asyncio.Queue()
        for place in range(gpu.CALLS):
            self._places.put_nowait(place)

    async def result(
        self, generating: Generating, asked: tuple[Any, ...], heard: Callable[[int], None]
    ) -> Any:
        """What a generator of `gpu` comes to; where nobody waits any more, it ends at a step.

        Args:
            generating: The generator function.
            asked: Its arguments, but for the last: the place of the call.
            heard: Told the number of steps that are done, again and again.

        Raises:
            EndedEarlyError: It ended without a result.
        """
        place = await self._places.get()
        gpu.stops.clear(place)
        loop, news = asyncio.get_running_loop(), asyncio.Queue[Any]()

        def tell(item: Any) -> None:
            with suppress(RuntimeError):  # the app has ended
                loop.call_soon_threadsafe(news.put_nowait, item)

        def run_out() -> None:
            try:
                for item in generating(*asked, place):
                    tell(item)
                tell(EndedEarlyError())
            except Exception as error:
                tell(error)

        running = loop.run_in_executor(self._threads, copy_context().run, run_out)
        running.add_done_callback(lambda _: self._places.put_nowait(place))
        try:
            while not isinstance(item := await news.get(), Done):
                if isinstance(item, Exception):
                    raise item
                heard(item)
        finally:
            gpu.stops.set(place)
        return item.value

    async def blocking(self, work: Callable[[], T]) -> T:
        """Do work in a thread of the device's."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)
