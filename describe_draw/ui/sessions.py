"""What each open page has running, so that Stop, and closing the page, end it."""

import asyncio
from collections import defaultdict
from collections.abc import Coroutine
from typing import Any, TypeVar

from describe_draw.problems import Problem

T = TypeVar("T")


class Sessions:
    """The running calls of every session."""

    def __init__(self) -> None:
        self._running: defaultdict[str, set[asyncio.Task[Any]]] = defaultdict(set)
        self._ended: dict[asyncio.Task[Any], str] = {}

    async def run(self, session: str, doing: str, call: Coroutine[Any, Any, T]) -> T:
        """Run a call for a session; it ends with its caller or when the session leaves.

        Raises:
            Problem: `stopped`, by the session itself, or `closing`, by the app's end.
        """
        task = asyncio.create_task(call, name=doing)
        self._running[session].add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if reason := self._ended.get(task):
                raise Problem(reason) from None
            raise
        finally:
            self._ended.pop(task, None)
            self._running[session].discard(task)
            if not self._running[session]:
                del self._running[session]

    async def stop(self, session: str) -> None:
        """Cancel whatever a session has running, and wait for its end."""
        await self._end([*self._running.get(session, ())], "stopped")

    async def end(self, grace: float) -> None:
        """Cancel whatever still runs after `grace` seconds, since the app ends."""
        running = [task for tasks in self._running.values() for task in tasks]
        if running:
            _, late = await asyncio.wait(running, timeout=grace)
            await self._end(list(late), "closing")

    async def _end(self, tasks: list[asyncio.Task[Any]], reason: str) -> None:
        for task in tasks:
            self._ended[task] = reason
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def leave(self, session: str) -> None:
        """Cancel what a session has running."""
        for task in tuple(self._running.get(session, ())):
            task.cancel()

    def __len__(self) -> int:
        return sum(len(tasks) for tasks in self._running.values())
