"""A run's pictures are asked about, and the page is told of the rows as they are done."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing

from describe_draw.batch.kept import Batch
from describe_draw.batch.question import Question
from describe_draw.batch.rows import Item, Row
from describe_draw.batch.run import Ask, at_once, run
from describe_draw.engines.base import Caption
from describe_draw.reports import without_words
from describe_draw.store import Store
from describe_draw.texts import Message, said_as_json
from describe_draw.ui.desk import Desk
from describe_draw.ui.events import Told
from describe_draw.ui.many_told import rows_told
from describe_draw.ui.visit import Visit

PACE = 0.5
"""Seconds between two messages of a run."""

USED = 600
"""Seconds after which the files of a run that goes on count as used again."""


class Asking:
    """One asking about some of a run's pictures.

    Args:
        desk: Where its calls run.
        store: Where the pictures are.
        batch: The run.
        question: What is asked.
        failed: Whether it is about those that failed, else about those that are open.

    Attributes:
        over: Why no more is asked, where that concerns all that were to come.
    """

    def __init__(
        self, desk: Desk, store: Store, batch: Batch, question: Question, *, failed: bool
    ) -> None:
        self._desk, self._store, self._batch = desk, store, batch
        self._question, self._failed = question, failed
        self._changed: dict[int, None] = {}
        self._said: Message | None = None
        self.over: Message | None = None

    async def ask(self, item: Item, *, visit: Visit) -> Caption:
        """Have an engine describe one, when it is the visitor's turn."""
        question = self._question
        report = without_words(self._report)
        described = self._desk.studio.describe(
            item.path, question.about(item), question.model, visit.caller, report
        )
        return await self._desk.run(visit, "describe", described, report, begun=True)

    def _report(self, said: Message, fraction: float | None = None) -> None:
        self._said = said

    def _tell(self, number: int, row: Row) -> None:
        self._said = None
        if row.is_left:
            self.over = self.over or row.problem
            return
        self._batch.note(number, row)
        self._changed[number] = None

    async def rows(self, ask: Ask) -> AsyncGenerator[Told, None]:
        """The rows that have changed, now and then, and how the asking goes."""
        running = asyncio.create_task(self._run(ask))
        said: Message | None = None
        try:
            while not running.done():
                await asyncio.wait({running}, timeout=PACE)
                if self._changed or said is not self._said:
                    changed, self._changed, said = [*self._changed], {}, self._said
                    yield {"rows": rows_told(self._batch, changed), "said": said_as_json(said)}
            await running
        finally:
            running.cancel()
            await asyncio.wait({running})

    async def _run(self, ask: Ask) -> None:
        """Ask, in a task that ends with its page, even where nobody takes its messages any more."""
        async with self._batch.asking():
            await self._asked(ask)

    async def _asked(self, ask: Ask) -> None:
        batch, answered = self._batch, self._batch.answered()
        wanted = {*batch.left(failed=self._failed)}
        done = {n: answered.get(n, Row(i)) for n, i in enumerate(batch.items) if n not in wanted}
        used, most = time.monotonic(), at_once(self._desk.studio.settings)
        items = self._question.items(batch.items)
        running = run(items, ask, done, at_once=most, tell=self._tell)
        async with aclosing(running):
            async for _ in running:
                if time.monotonic() - used > USED:
                    used = time.monotonic()
                    await asyncio.to_thread(self._store.use, batch.paths)
