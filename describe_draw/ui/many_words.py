"""The captions of a run: written by hand, worded anew, and replaced."""

from collections.abc import AsyncIterator

import gradio as gr

from describe_draw.batch.kept import Batch
from describe_draw.batch.replacing import Replacement
from describe_draw.batch.wording import Wording, words_of
from describe_draw.reports import Report
from describe_draw.settings import Settings
from describe_draw.threads import in_thread
from describe_draw.ui.events import Told
from describe_draw.ui.many import Many
from describe_draw.ui.many_told import rows_told
from describe_draw.ui.visit import Token, visit_of


class ManyWords:
    """What is done to the captions of a run.

    Args:
        many: The runs.
        settings: How long texts may be.
    """

    def __init__(self, many: Many, settings: Settings) -> None:
        self._many, self._settings = many, settings

    async def edit(
        self, name: str, number: int, caption: str, request: gr.Request, token: Token
    ) -> AsyncIterator[Told]:
        """A person writes a caption; an empty one brings back what the engine said."""

        async def edited(batch: Batch, report: Report) -> Told:
            found = batch.check(number)
            batch.edit({found: caption}, self._settings)
            return {"rows": rows_told(batch, [found])}

        async for told in self._many.follow(name, visit_of(request, token), edited, dict):
            yield told

    async def word(
        self,
        name: str,
        prefix: str,
        suffix: str,
        trigger: str,
        without: str,
        tags: str,
        along: str,
        request: gr.Request,
        token: Token,
    ) -> AsyncIterator[Told]:
        """The captions are wanted otherwise; those that a person wrote stay."""

        async def worded(batch: Batch, report: Report) -> Told:
            wording = Wording(
                words_of(_text(without)),
                words_of(_text(tags)),
                along,  # type: ignore[arg-type]  # which is checked
                prefix,
                suffix,
                trigger,
            ).checked(self._settings)
            before = await in_thread(batch.rows)
            batch.word(wording)
            after = await in_thread(batch.rows)
            pairs = enumerate(zip(before, after, strict=True))
            return {"rows": rows_told(batch, [n for n, (old, new) in pairs if old != new])}

        async for told in self._many.follow(name, visit_of(request, token), worded, dict):
            yield told

    async def replace(
        self,
        name: str,
        find: str,
        put: str,
        is_expression: bool,
        is_cased: bool,
        does: bool,
        request: gr.Request,
        token: Token,
    ) -> AsyncIterator[Told]:
        """How often a text is in the captions, and if it is to be done, what becomes of them."""

        async def replaced(batch: Batch, report: Report) -> Told:
            looked = await in_thread(
                Replacement,
                _text(find),
                _text(put),
                self._settings,
                is_expression=is_expression is True,
                is_cased=is_cased is True,
            )
            captions = {n: row.caption for n, row in enumerate(batch.rows()) if row.caption}
            hits = await in_thread(looked.hits, [*captions.values()])
            if does is not True:
                return {"hits": hits}
            found = await in_thread(_applied, looked, captions)
            batch.edit(found, self._settings)
            return {"hits": hits, "rows": rows_told(batch, found)}

        async for told in self._many.follow(name, visit_of(request, token), replaced, dict):
            yield told


def _text(value: object) -> str:
    """A text; what is none says nothing."""
    return value if isinstance(value, str) else ""


def _applied(replacement: Replacement, captions: dict[int, str]) -> dict[int, str]:
    """The captions that become others. Blocking."""
    changed = {number: replacement.apply(caption) for number, caption in captions.items()}
    return {number: caption for number, caption in changed.items() if caption != captions[number]}
