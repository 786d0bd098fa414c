"""What is made of a run: a zip."""

from collections.abc import AsyncIterator
from dataclasses import replace

import gradio as gr

from describe_draw.batch.dataset import pack
from describe_draw.batch.kept import Batch
from describe_draw.borrowed.frontend import address_of
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
    """

    def __init__(self, many: Many, store: Store) -> None:
        self._many, self._store = many, store

    async def keep(
        self, name: str, language: str, request: gr.Request, token: Token
    ) -> AsyncIterator[Told]:
        """A zip of pictures and captions, in the language that the page speaks."""
        visit = visit_of(request, token)
        if language in LANGUAGES:
            visit = replace(visit, language=language)

        async def packed(batch: Batch) -> Told:
            path = await pack(batch.rows(), self._store.new(), visit.language)
            return {"file": address_of(path)}

        async for told in self._many.follow(name, visit, packed, dict):
            yield told
