"""The tab where a model is asked in words."""

from collections.abc import AsyncIterator
from typing import Any

import gradio as gr

from describe_draw.problems import Problem
from describe_draw.ui.components import run_and_stop, runs, stops, text
from describe_draw.ui.desk import Desk, credit_line, notice
from describe_draw.ui.visit import Token, visit_of

QUESTIONS = (
    "What makes a good prompt for a text-to-image model?",
    "Write a prompt for a picture of a lighthouse in a storm.",
    "给一幅江南水乡的画写一段提示词。",
)


class AskTab:
    """Question in, answer out, shown as it is being written.

    Args:
        desk: Where its events are answered.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        with gr.Row(elem_classes="ask"):
            question = gr.Textbox(
                label=text("question"),
                placeholder=text("question_placeholder"),
                lines=1,
                max_lines=6,
                scale=5,
                elem_id="ask-question",
            )
            with gr.Column(scale=1, min_width=120):
                buttons = run_and_stop("ask_button", "ask-run")
        answer = gr.Textbox(
            label=text("answer"),
            placeholder=text("answer_placeholder"),
            lines=6,
            max_lines=20,
            interactive=False,
            buttons=["copy"],
            elem_id="ask-answer",
            elem_classes="answer",
        )
        details = gr.HTML(elem_id="ask-details")
        examples = gr.Examples(
            [[q] for q in QUESTIONS], question, label=text("try_question"), cache_examples=False
        )
        event: dict[str, Any] = {
            "fn": self.ask,
            "inputs": question,
            "outputs": [answer, details],
            **desk.concurrency("write"),
        }
        triggers = [buttons[0].click, question.submit, examples.load_input_event.then]
        stops(buttons[1], runs(triggers, buttons, event), desk.stops("write"))

    async def offered(self, request: gr.Request, token: Token) -> Any:
        """The tab, shown where somebody writes for this visitor."""
        visit = visit_of(request, token)
        writes = self._desk.studio.engines.capability("write", visit.caller) is not None
        return gr.Tab(visible=writes)

    async def ask(
        self, question: str, request: gr.Request, token: Token
    ) -> AsyncIterator[tuple[Any, Any]]:
        """The answer so far, and in the end who gave it; a problem keeps what was said."""
        visit = visit_of(request, token)
        written = self._desk.studio.write(question, visit.caller)
        writing = None
        try:
            async for writing in self._desk.stream(visit, "write", written):
                yield writing.text.lstrip(), ""
        except Problem as problem:
            yield gr.skip(), notice(problem, visit)
            return
        if writing:
            yield gr.skip(), credit_line(writing.credit, visit)
