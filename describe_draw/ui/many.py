"""Many pictures on their own page: they come in, are asked about, and are there again."""

import asyncio
import base64
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from functools import partial
from typing import Any

import gradio as gr

from describe_draw import pictures
from describe_draw.batch.batches import Batches
from describe_draw.batch.kept import Batch
from describe_draw.batch.question import Question
from describe_draw.batch.rows import Given, Item
from describe_draw.batch.sources import take
from describe_draw.caption_options import CaptionOptions
from describe_draw.problems import Problem, to_problem
from describe_draw.reports import Report
from describe_draw.settings import Settings
from describe_draw.store import Store
from describe_draw.texts import said_as_json
from describe_draw.threads import in_thread
from describe_draw.ui.asking import Asking
from describe_draw.ui.desk import Desk
from describe_draw.ui.events import Events, Told, problem_told
from describe_draw.ui.many_told import all_told
from describe_draw.ui.picture import Named
from describe_draw.ui.visit import Token, Visit, visit_of

SIDE = 160
"""Of the small pictures, in pixels."""

NUMBERS = re.compile(r"\d{1,5}(?:,\d{1,5}){0,23}")
"""Which small pictures are wanted."""


class Many:
    """A page's run of many pictures.

    Args:
        desk: Where calls run.
        store: Where zips are unpacked.
        batches: The runs.
    """

    def __init__(self, desk: Desk, store: Store, batches: Batches) -> None:
        self._desk, self._store, self._batches = desk, store, batches
        self._events = Events(desk)

    async def take(
        self, files: list[Named], request: gr.Request, token: Token
    ) -> AsyncIterator[Told]:
        """A new run of the files that were sent."""
        visit = visit_of(request, token)

        async def taken(report: Report) -> Batch:
            folder = self._store.new()
            try:
                given = [await self._given(named) for named in files]
                settings = self._desk.studio.settings
                found = await take(given, folder, settings, self._store.check_room)
                return await self._batches.begin(folder, found, visit.caller.address)
            except BaseException:
                await asyncio.to_thread(self._store.remove, folder)
                raise

        async for told in self._events.follow(visit, "take", taken, all_told):
            yield told

    async def _given(self, named: Named) -> Given:
        """A file that was sent; pictures by their addresses are no part of this page."""
        if named.address:
            return Given(named.name, None, Problem("picture_gone"))
        try:
            return Given(named.name, await self._desk.picture(named))
        except Problem as problem:
            return Given(named.name, None, problem)

    async def open(self, name: str, request: gr.Request, token: Token) -> AsyncIterator[Told]:
        """A run as it is."""
        async for told in self.follow(name, visit_of(request, token), _same, all_told):
            yield told

    async def drop(self, name: str, request: gr.Request, token: Token) -> AsyncIterator[Told]:
        """The run is wanted no more."""

        async def drop(batch: Batch, report: Report) -> None:
            await self._batches.remove(batch.name)

        async for told in self.follow(name, visit_of(request, token), drop, lambda _: {}):
            yield told

    async def thumbs(
        self, name: str, numbers: str, request: gr.Request, token: Token
    ) -> AsyncIterator[Told]:
        """Small pictures, for who has not the large ones."""

        async def made(batch: Batch, report: Report) -> dict[str, str]:
            wanted = NUMBERS.fullmatch(numbers) if isinstance(numbers, str) else None
            if not wanted:
                raise Problem("batch_row")
            rows = [batch.check(int(number)) for number in wanted[0].split(",")]
            return {str(number): await self._thumb(batch.items[number]) for number in rows}

        visit = visit_of(request, token)
        async for told in self.follow(name, visit, made, lambda thumbs: {"thumbs": thumbs}):
            yield told

    async def _thumb(self, item: Item) -> str:
        """A small picture's address, empty where there is none."""
        try:
            jpeg = await in_thread(_small, item, self._desk.studio.settings)
        except Problem:
            return ""
        return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"

    async def follow(
        self,
        name: str,
        visit: Visit,
        does: Callable[[Batch, Report], Awaitable[Any]],
        tell: Callable[[Any], Told],
        doing: str = "keep",
    ) -> AsyncIterator[Told]:
        """How something goes that is done with a run.

        Args:
            name: The run's.
            visit: Who asks.
            does: Does it, and reports how that goes.
            tell: Makes of what comes of it what the page is told.
            doing: What it is, a key of `desk.TASK_OF`.
        """
        try:
            batch = await self._batches.open(name)
        except Problem as problem:
            yield {"state": "failed", **problem_told(problem)}
            return

        async def done(report: Report) -> Any:
            return await does(batch, report)

        async for told in self._events.follow(visit, doing, done, tell, begun=True):
            yield told

    async def describe(
        self,
        name: str,
        style: str,
        model: str,
        language: str,
        instruction: str,
        min_words: int,
        max_words: int,
        failed: bool,
        request: gr.Request,
        token: Token,
    ) -> AsyncIterator[Told]:
        """The rows as they are done: of pictures that nobody was asked about, or that failed."""
        visit = visit_of(request, token)
        try:
            visit.check()
            asked = CaptionOptions(
                style, language, instruction, min_words=min_words, max_words=max_words
            ).checked(self._desk.studio.settings)
            self._desk.studio.captioner(asked, model, visit.caller)
            batch = await self._batches.open(name)
            if asked.language != batch.language:
                batch.speak(asked.language)
            question = Question(asked, model)
            asking = Asking(self._desk, self._store, batch, question, failed=failed is True)
            async with aclosing(asking.rows(partial(asking.ask, visit=visit))) as told:
                async for changed in told:
                    yield {"state": "writing", **changed}
            if asking.over:
                stopped = asking.over.key == "problem.stopped"
                problem = said_as_json(asking.over)
                yield {"state": "failed", "problem": problem, "stopped": stopped}
            else:
                yield {"state": "done"}
        except Exception as error:
            problem = error if isinstance(error, Problem) else to_problem(error, "describe")
            yield {"state": "failed", **problem_told(problem)}


async def _same(batch: Batch, report: Report) -> Batch:
    return batch


def _small(item: Item, settings: Settings) -> bytes:
    """A small picture. Blocking."""
    return pictures.jpeg(pictures.load(item.path, settings, SIDE), SIDE)
