"""The endpoint of many pictures, as `api` has those of one."""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import gradio as gr

from describe_draw.batch.dataset import pack
from describe_draw.batch.question import Question
from describe_draw.batch.rows import Given, Item, Row
from describe_draw.batch.run import at_once, run
from describe_draw.batch.sources import Taken, take
from describe_draw.caption_options import CaptionOptions
from describe_draw.engines.base import Caption
from describe_draw.problems import Problem
from describe_draw.store import Store
from describe_draw.ui.api import Purpose, Style, caption_inputs
from describe_draw.ui.desk import Desk, refusal
from describe_draw.ui.newest import Newest
from describe_draw.ui.picture import Files, Named
from describe_draw.ui.visit import Token, Visit, visit_of

Told = dict[str, str | int]
"""A row as callers get it."""

PACE = 0.5
"""Seconds between two tables at least: each is compared with the one before."""

FETCHES = 2
"""How many pictures of one call are fetched by their addresses at once."""

USED = 600
"""Seconds after which what is not asked about yet counts as used again, and is kept."""


class ManyEndpoint:
    """An event of its own on components that are never shown.

    Args:
        desk: Where the calls are answered.
        store: Where zips are unpacked, and written.
    """

    def __init__(self, desk: Desk, store: Store) -> None:
        self._desk, self._store = desk, store
        with gr.Group(visible=False):
            gr.on(
                [],
                self.caption_many,
                [Files(file_count="multiple", label="files"), *caption_inputs()],
                [gr.JSON(label="rows"), gr.File(label="dataset")],
                api_name="caption_many",
                **desk.concurrency("describe"),
            )

    async def caption_many(
        self,
        files: list[Named],
        style: Style,
        model: str,
        language: str,
        instruction: str,
        purpose: Purpose,
        context: str,
        min_words: int,
        max_words: int,
        request: gr.Request,
        token: Token,
    ) -> AsyncIterator[tuple[list[Told], str | None]]:
        """Describe many pictures, for a data set or the alternative texts of a site.

        Args:
            files: Pictures, and zips of pictures with their folders; 500 files, 500 MB by default.
            style: short (a sentence), detailed (several), alt text (for a web page) or tags.
            model: Empty for the default, `builtin`, or a model that the page names.
            language: Empty for English, or a code such as de, fr, ja, zh or zh-TW.
            instruction: What to say in the place of a style; `{name}` is a file's, without ending.
            purpose: Of alt texts: informative, link (or button), text (in the picture), complex.
            context: What the page says where the picture stands, for models that chat.
            min_words: How long it is to be at least, 0 for any length, for models that chat.
            max_words: How long it may be, likewise.

        Yields:
            While it goes on: the rows that are done, in the order given, each with index,
            file_name, caption, and problem where there is no caption. At the end a zip too: the
            pictures with a text beside each, metadata.jsonl, which `datasets` loads as an
            imagefolder, captions.csv and captions.html.
        """
        visit = visit_of(request, token)
        try:
            visit.check()
            asked = CaptionOptions(
                style, language, instruction, purpose, context, min_words, max_words
            ).checked(self._desk.studio.settings)
            self._desk.studio.captioner(asked, model, visit.caller)
            question = Question(asked, model)
            async with self._desk.takes.turn(), self._folder() as folder:
                taken = await self._desk.run(visit, "describe", self._taken(files, folder))
                rows: list[Row] = []
                paced = self._paced(taken, rows, question, visit)
                async with aclosing(paced) as tables:
                    async for told in tables:
                        yield told, None
                packed = pack(rows, self._store.new(), visit.language)
                archive = await self._desk.run(visit, "keep", packed, begun=True)
            yield _told(rows, visit), str(archive)
        except Problem as problem:
            raise refusal(problem, visit) from None

    @asynccontextmanager
    async def _folder(self) -> AsyncIterator[Path]:
        """A folder for what is unpacked, until all of it is asked about."""
        folder = self._store.new()
        try:
            yield folder
        finally:
            await asyncio.to_thread(self._store.remove, folder)

    async def _taken(self, files: list[Named], folder: Path) -> Taken:
        """What a caller named, looked into; more than is taken isn't even fetched."""
        settings = self._desk.studio.settings
        if len(files) > settings.max_batch:
            raise Problem("batch_too_many", limit=settings.max_batch)
        fetches = asyncio.Semaphore(FETCHES)

        async def given(named: Named) -> Given:
            async with fetches:
                try:
                    return Given(named.name, await self._desk.picture(named))
                except Problem as problem:
                    return Given(named.name, None, problem)

        named = await asyncio.gather(*map(given, files))
        return await take(named, folder, settings, self._store.check_room)

    async def _paced(
        self, taken: Taken, rows: list[Row], question: Question, visit: Visit
    ) -> AsyncGenerator[list[Told], None]:
        """The rows as they are done, now and then; they are put into `rows`."""
        studio, newest = self._desk.studio, Newest[int]()

        async def ask(item: Item) -> Caption:
            asked = question.about(item)
            described = studio.describe(item.path, asked, question.model, visit.caller)
            return await self._desk.run(visit, "describe", described, begun=True)

        async def pump() -> None:
            used = time.monotonic()
            items = question.items(taken.items)
            running = run(items, ask, {}, at_once=at_once(studio.settings))
            async with aclosing(running):
                async for row in running:
                    rows.append(row)
                    newest.put(len(rows))
                    if time.monotonic() - used > USED:
                        used = time.monotonic()
                        await asyncio.to_thread(self._store.use, _paths(taken))

        pumping = asyncio.create_task(pump())
        pumping.add_done_callback(lambda _: newest.end())
        try:
            async for _ in newest:
                yield _told(rows, visit)
                await asyncio.wait({pumping}, timeout=PACE)
            await pumping
        finally:
            pumping.cancel()
            await asyncio.wait({pumping})


def _paths(taken: Taken) -> list[Path]:
    return [item.path for item in taken.items if item.path]


def _told(rows: list[Row], visit: Visit) -> list[Told]:
    return [
        {
            "index": number,
            "file_name": row.item.name,
            "caption": row.caption,
            "problem": row.problem.say(visit.language) if row.problem else "",
        }
        for number, row in enumerate(rows)
    ]
