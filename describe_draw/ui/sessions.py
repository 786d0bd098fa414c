"""What each open page has running, so that closing the page ends it."""

import asyncio
from collections import defaultdict
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Sessions:
    """The running calls of every session."""

    def __init__(self) -> None:
        self._running: defaultdict[str, set[asyncio.Task[Any]]] = defaultdict(set)

    async def run(self, session: str, call: Coroutine[Any, Any, T]) -> T:
        """Run a call for a session; it ends with its caller or when the session leaves."""
        task = asyncio.create_task(call)
        self._running[session].add(task)
        try:
            return await task
        finally:
            self._running[session].discard(task)
            if not self._running[session]:
                del self._running[session]

    def leave(self, session: str) -> None:
        """Cancel what a session has running."""
        for task in tuple(self._running.get(session, ())):
            task.cancel()

    def __len__(self) -> int:
        return sum(len(tasks) for tasks in self._running.values())
