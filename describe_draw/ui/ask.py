"""A model is asked in words, on the page."""

from collections.abc import AsyncIterator

import gradio as gr

from describe_draw.problems import Problem
from describe_draw.texts import said_as_json
from describe_draw.ui.credits import credit_parts
from describe_draw.ui.desk import Desk
from describe_draw.ui.events import Told, problem_told
from describe_draw.ui.visit import Token, visit_of


class Ask:
    """Question in, answer out, shown as it is being written.

    Args:
        desk: Where calls run.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def ask(self, question: str, request: gr.Request, token: Token) -> AsyncIterator[Told]:
        """The answer so far, and in the end who gave it; a problem keeps what was said."""
        visit = visit_of(request, token)
        written = self._desk.studio.write(question, visit.caller)
        writing = None
        try:
            async for writing in self._desk.stream(visit, "write", written):
                yield {"state": "writing", "answer": writing.text.lstrip()}
        except Problem as problem:
            yield {"state": "failed", **problem_told(problem)}
            return
        if writing:
            credit = said_as_json(credit_parts(writing.credit))
            answer = writing.text.strip()
            yield {"state": "done", "answer": answer, "credit": credit}
