"""Waiting for what happens elsewhere: it comes, or the test fails and says what did not."""

import asyncio
import inspect
import time
from collections.abc import Callable

SECONDS = 30
"""How long the slowest of machines may take."""


def wait_until(holds: Callable[[], object], seconds: float = SECONDS) -> None:
    """Wait until a condition holds.

    Raises:
        AssertionError: It has not, within `seconds`; its source tells what was awaited.
    """
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(_missed(holds, seconds))
        time.sleep(0.02)


async def until(holds: Callable[[], object], seconds: float = SECONDS) -> None:
    """Wait until a condition holds, which may be a coroutine function; the event loop goes on.

    Raises:
        AssertionError: As `wait_until`.
    """
    deadline = time.monotonic() + seconds
    while True:
        held = holds()
        if await held if inspect.isawaitable(held) else held:
            return
        if time.monotonic() > deadline:
            raise AssertionError(_missed(holds, seconds))
        await asyncio.sleep(0.01)


def _missed(holds: Callable[[], object], seconds: float) -> str:
    what = inspect.getsource(holds).strip() if inspect.isroutine(holds) else repr(holds)
    return f"not within {seconds:g} s: {what}"
