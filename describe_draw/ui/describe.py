"""The tab that turns a picture into words."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from describe_draw.engines.base import BUILTIN, STYLES
from describe_draw.problems import Problem
from describe_draw.ui.components import (
    QUIET,
    example_pictures,
    instead_button,
    models,
    run_and_stop,
    runs,
    stops,
    text,
    upload,
)
from describe_draw.ui.desk import PROGRESS, Desk, credit_line, notice
from describe_draw.ui.picture import Named
from describe_draw.ui.visit import Token, Visit, visit_of


class DescribeTab:
    """Picture in, caption out.

    Args:
        desk: Where its events are answered.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        with gr.Row(equal_height=False):
            with gr.Column():
                picture = upload("describe-picture")
                self.style = gr.Radio(
                    _named(STYLES), label=text("style"), visible=False, elem_id="describe-style"
                )
                self.model = models("describe-model")
                buttons = run_and_stop("describe_button", "describe-run")
                examples = example_pictures(picture)
            with gr.Column():
                caption = gr.Textbox(
                    label=text("caption"),
                    placeholder=text("caption_placeholder"),
                    lines=4,
                    interactive=False,
                    buttons=["copy"],
                    elem_id="describe-caption",
                    elem_classes="answer",
                )
                details = gr.HTML(elem_id="describe-details")
                instead = instead_button("describe-instead")
        event: dict[str, Any] = {
            "outputs": [caption, details, instead],
            "show_progress_on": caption,
            "scroll_to_output": True,
            **desk.concurrency("describe"),
        }
        asked = {"fn": self.describe, "inputs": [picture, self.style, self.model]}
        triggers = [buttons[0].click, examples.load_input_event.then]
        running = runs(triggers, buttons, {**event, **asked})
        builtin = {"fn": self.describe_instead, "inputs": [picture, self.style]}
        running += runs([instead.click], buttons, {**event, **builtin})
        stops(buttons[1], running, desk.stops("describe"))
        self.model.change(self.styles, [self.model, self.style], self.style, **QUIET)

    async def choices(self, request: gr.Request, token: Token) -> tuple[Any, Any]:
        """The styles and models that this visitor can choose from."""
        visit = visit_of(request, token)
        return self._styles("", None, visit), self._desk.models("describe", visit)

    async def styles(
        self, model: str, style: str | None, request: gr.Request, token: Token
    ) -> gr.Radio:
        """The styles that a model has; the chosen one stays where it has that too."""
        return self._styles(model, style, visit_of(request, token))

    def _styles(self, model: str, style: str | None, visit: Visit) -> gr.Radio:
        try:
            _, can = self._desk.studio.engines.captioner(visit.caller, model)
        except Problem:  # told when it is asked
            return gr.Radio(visible=False)
        chosen = style if style in can.styles else can.styles[0]
        return gr.Radio(choices=_named(can.styles), value=chosen, visible=len(can.styles) > 1)

    async def describe(
        self,
        image: Named | None,
        style: str,
        model: str,
        request: gr.Request,
        token: Token,
        progress: gr.Progress = PROGRESS,
    ) -> tuple[Any, str, Any]:
        """The caption and who answered; a problem leaves the last caption where it is."""
        visit = visit_of(request, token)
        report = self._desk.reports(visit, progress)
        call = self._desk.described(image, style or "short", model, visit, report)
        try:
            caption = await self._desk.run(visit, "describe", call, report)
        except Problem as problem:
            return gr.skip(), notice(problem, visit), self._desk.instead(problem)
        return caption.text, credit_line(caption.credit, visit), gr.Button(visible=False)

    async def describe_instead(
        self, image: Named | None, style: str, request: gr.Request, token: Token
    ) -> tuple[Any, str, Any]:
        """The same with the built-in engine."""
        return await self.describe(image, style, BUILTIN, request, token)


def _named(styles: Sequence[str]) -> list[tuple[Any, str]]:
    """Styles with their names on the page."""
    return [(text(f"style_{style.replace(' ', '_')}"), style) for style in styles]
