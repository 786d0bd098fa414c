"""What is made of a run: a zip, and a data set on the Hub."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import gradio as gr

from describe_draw.batch.dataset import pack
from describe_draw.batch.kept import Batch
from describe_draw.batch.push import push
from describe_draw.borrowed.frontend import address_of
from describe_draw.engines import Engines
from describe_draw.problems import Problem
from describe_draw.reports import Report
from describe_draw.store import Store
from describe_draw.texts import LANGUAGES
from describe_draw.ui.events import Told
from describe_draw.ui.many import Many
from describe_draw.ui.visit import Token, visit_of


class ManyOut:
    """What leaves the page.

    Args:
        many: The runs.
        store: Where zips are written.
        engines: Know whose token makes repositories.
    """

    def __init__(self, many: Many, store: Store, engines: Engines) -> None:
        self._many, self._store, self._engines = many, store, engines

    async def keep(
        self, name: str, language: str, request: gr.Request, token: Token
    ) -> AsyncIterator[Told]:
        """A zip of pictures and captions, in the language that the page speaks."""
        visit = visit_of(request, token)
        if language in LANGUAGES:
            visit = replace(visit, language=language)

        async def packed(batch: Batch, report: Report) -> Told:
            path = await pack(batch.rows(), self._store.new(), visit.language)
            before = batch.packed
            batch.pack(path.parent)
            if before:
                await asyncio.to_thread(self._store.remove, self._store.root / before)
            return {"file": address_of(path)}

        async for told in self._many.follow(name, visit, packed, dict, "take"):
            yield told

    async def push(
        self, name: str, repository: str, is_private: bool, request: gr.Request, token: Token
    ) -> AsyncIterator[Told]:
        """A data set of the visitor's on the Hub; nobody else sees it unless that is asked for."""
        visit = visit_of(request, token)

        async def pushed(batch: Batch, report: Report) -> Told:
            visit.check()
            payer = self._engines.publisher(visit.caller)
            if payer is None:
                raise Problem("push_nobody")
            said = repository.strip() if isinstance(repository, str) else ""
            if not said:
                raise Problem("push_name")
            address = await push(
                batch.rows(),
                said,
                payer.token,
                is_private=is_private is not False,
                languages=[batch.language or "en"],
                report=report,
            )
            return {"address": address}

        async for told in self._many.follow(name, visit, pushed, dict):
            yield told
