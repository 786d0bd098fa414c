"""What is handed on while it comes: only the newest of it waits to be taken."""

import asyncio
from collections.abc import AsyncIterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Newest(Generic[T]):
    """A queue of one: who takes slowly misses what is out of date."""

    def __init__(self) -> None:
        self._item: T | None = None
        self._changed = asyncio.Event()
        self._over = False

    def put(self, item: T) -> None:
        self._item = item
        self._changed.set()

    def end(self) -> None:
        self._over = True
        self._changed.set()

    async def __aiter__(self) -> AsyncIterator[T]:
        while True:
            await self._changed.wait()
            self._changed.clear()
            if (item := self._item) is not None:
                self._item = None
                yield item
            elif self._over:
                return
            if self._over:
                self._changed.set()
