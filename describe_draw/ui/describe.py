"""A picture becomes words, on the page."""

from collections.abc import AsyncIterator

import gradio as gr

from describe_draw.caption_options import STYLES, CaptionOptions
from describe_draw.engines.base import Caption
from describe_draw.texts import said_as_json
from describe_draw.ui.credits import credit_parts
from describe_draw.ui.desk import Desk
from describe_draw.ui.events import Events, Told
from describe_draw.ui.picture import Named
from describe_draw.ui.visit import Token, visit_of


class Describe:
    """Picture in, caption out.

    Args:
        desk: Where calls run.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk, self._events = desk, Events(desk)

    async def describe(
        self,
        picture: Named | None,
        style: str,
        model: str,
        language: str,
        instruction: str,
        purpose: str,
        context: str,
        min_words: int,
        max_words: int,
        request: gr.Request,
        token: Token,
    ) -> AsyncIterator[Told]:
        """How it goes, then the caption and who wrote it."""
        visit = visit_of(request, token)
        asked = CaptionOptions(
            style or STYLES[0], language, instruction, purpose, context, min_words, max_words
        )
        async for told in self._events.follow(
            visit,
            "describe",
            lambda report: self._desk.described(picture, asked, model, visit, report),
            _told,
        ):
            yield told


def _told(caption: Caption) -> Told:
    return {"caption": caption.text, "credit": said_as_json(credit_parts(caption.credit))}
