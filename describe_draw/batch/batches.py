"""Runs that outlive the page that began them, as long as the store keeps their files.

A run is a folder of the store's, whose name nobody guesses: who knows it has the run.
"""

import asyncio
import re
from contextlib import suppress
from pathlib import Path
from weakref import WeakValueDictionary

from describe_draw.batch.kept import Batch
from describe_draw.batch.sources import Taken
from describe_draw.problems import Problem
from describe_draw.settings import Settings
from describe_draw.store import Store

FOLDER = re.compile(r"[0-9a-f]{32}")

EACH = 20
"""How many runs one visitor has at a time: the oldest gives way to another."""

LARGE = 2
"""How many of the largest runs one visitor's may take up together."""

VISITORS = 1000
"""Of how many visitors it is known which runs they have."""


class Batches:
    """The runs of all visitors.

    Args:
        store: Where they are.
        settings: How long texts may be.
    """

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._open: WeakValueDictionary[str, Batch] = WeakValueDictionary()
        self._of: dict[str, dict[str, int]] = {}

    async def begin(self, folder: Path, taken: Taken, visitor: str) -> Batch:
        """A new run.

        Args:
            folder: A fresh one of the store's, in which its pictures may be.
            taken: Its pictures.
            visitor: Whose it is.
        """
        batch = Batch(folder, taken.items, taken.junk)
        await asyncio.to_thread(batch.begin)
        self._open[batch.name] = batch
        await asyncio.to_thread(self._store.outlive, batch.paths)
        runs = self._of.pop(visitor, {}) | {batch.name: await asyncio.to_thread(_size, folder)}
        self._of[visitor] = runs
        most = LARGE * self._settings.max_batch_mb * 1024 * 1024
        while len(runs) > 1 and (len(runs) > EACH or sum(runs.values()) > most):
            oldest = next(iter(runs))
            del runs[oldest]
            await self.remove(oldest)
        while len(self._of) > VISITORS:
            self._of.pop(next(iter(self._of)))
        return batch

    async def open(self, name: object) -> Batch:
        """A run by its name, which is thereby used.

        Raises:
            Problem: There is none of that name, or it is gone.
        """
        if not isinstance(name, str) or not FOLDER.fullmatch(name):
            raise Problem("batch_gone")
        batch = self._open.get(name)
        if batch is None:
            with suppress(OSError, ValueError, KeyError, TypeError):
                read = await asyncio.to_thread(Batch.read, self._store.root / name)
                batch = self._open.setdefault(name, read)
        if batch is None or not batch.folder.exists():
            raise Problem("batch_gone")
        await asyncio.to_thread(self._store.use, batch.paths)
        return batch

    async def remove(self, name: str) -> None:
        """Remove a run with all that is in its folder, and its zip."""
        with suppress(Problem):
            if packed := (await self.open(name)).packed:
                await asyncio.to_thread(self._store.remove, self._store.root / packed)
        self._open.pop(name, None)
        await asyncio.to_thread(self._store.remove, self._store.root / name)


def _size(folder: Path) -> int:
    """What the files in a folder take, in bytes. Blocking."""
    return sum(path.stat().st_size for path in folder.iterdir())
