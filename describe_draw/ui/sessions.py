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
        self._stopped: set[asyncio.Task[Any]] = set()

    async def run(self, session: str, doing: str, call: Coroutine[Any, Any, T]) -> T:
        """Run a call for a session; it ends with its caller or when the session leaves.

        Raises:
            Problem: `stopped`, by the session itself.
        """
        task = asyncio.create_task(call, name=doing)
        self._running[session].add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if task in self._stopped:
                raise Problem("stopped") from None
            raise
        finally:
            self._stopped.discard(task)
            self._running[session].discard(task)
            if not self._running[session]:
                del self._running[session]

    async def stop(self, session: str, doing: str) -> bool:
        """Cancel one kind of call that a session has running, and wait for its end.

        Returns:
            Whether there was any.
        """
        tasks = [task for task in self._running.get(session, ()) if task.get_name() == doing]
        self._stopped.update(tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        return bool(tasks)

    def leave(self, session: str) -> None:
        """Cancel what a session has running."""
        for task in tuple(self._running.get(session, ())):
            task.cancel()

    def __len__(self) -> int:
        return sum(len(tasks) for tasks in self._running.values())
