"""CPU work off the event loop: as many threads as there are cores, the rest waits its turn."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def cores() -> int:
    """Cores this process may use; Spaces name theirs, which the kernel doesn't show."""
    named = os.environ.get("CPU_CORES", "")
    return max(1, int(named) if named.isdecimal() else len(os.sched_getaffinity(0)))


_pool = ThreadPoolExecutor(cores(), thread_name_prefix="cpu")


async def in_thread(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a blocking function in one of the app's threads, with the caller's context.

    Cancelled while it still waits for a thread, it is never run.
    """
    context = copy_context()
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_pool, lambda: context.run(function, *args, **kwargs))
