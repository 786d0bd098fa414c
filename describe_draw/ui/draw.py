"""The tab that turns words into a picture."""

from html import escape
from typing import Any

import gradio as gr

from describe_draw.engines.base import BUILTIN
from describe_draw.problems import Problem
from describe_draw.recipe import MAX_SEED, OPTIONS, RANDOM_SEED, Recipe
from describe_draw.settings import Settings
from describe_draw.ui.components import (
    PRIVATE,
    QUIET,
    drawing,
    instead_button,
    models,
    run_and_stop,
    runs,
    stops,
    text,
)
from describe_draw.ui.desk import PROGRESS, Desk, Token, credit_line, notice, options_named
from describe_draw.ui.restore import Restore

PROMPTS = (
    "the spirit of a tamagotchi wandering in the city of Vienna",
    "a mecha robot in a favela",
    "a dog in a park",
    "a sailboat on the sea at sunset",
)
SHAPES = {"square": (512, 512), "landscape": (768, 512), "portrait": (512, 768)}


class DrawTab:
    """Prompt in, picture out.

    Args:
        desk: Where its events are answered.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        with gr.Row(elem_classes="ask"):
            prompt = gr.Textbox(
                label=text("prompt"),
                placeholder=text("prompt_placeholder"),
                lines=1,
                max_lines=4,
                scale=5,
                elem_id="draw-prompt",
            )
            with gr.Column(scale=1, min_width=120):
                buttons = run_and_stop("draw_button", "draw-run")
        with gr.Row(equal_height=False):
            with gr.Column():
                self.model = models("draw-model")
                options = _Options(desk.studio.settings)
                self.ignores, self.improve = options.ignores, options.improve
                restore = Restore(desk)
                examples = gr.Examples(
                    [[p] for p in PROMPTS], prompt, label=text("try_prompt"), cache_examples=False
                )
            with gr.Column():
                picture = drawing("draw-picture")
                details = gr.HTML(elem_id="draw-details")
                instead = instead_button("draw-instead")
                keep = gr.Button(text("lock_seed"), size="sm", visible=False, elem_id="draw-keep")
        event: dict[str, Any] = {
            "outputs": [picture, details, options.seed, keep, instead],
            "show_progress_on": picture,
            "scroll_to_output": True,
            **desk.concurrency("draw"),
        }
        chosen = [prompt, *options.inputs]
        triggers = [buttons[0].click, prompt.submit, examples.load_input_event.then]
        asked = {"fn": self.draw, "inputs": [*chosen, self.model]}
        builtin = {"fn": self.draw_instead, "inputs": chosen}
        running = runs(triggers, buttons, {**event, **asked})
        running += runs([instead.click], buttons, {**event, **builtin})
        stops(buttons[1], running, desk.stops("draw"))
        keep.click(None, None, options.random, js="() => false", **PRIVATE)
        restore.fills(prompt, *options.recipe, self.model, options.random)
        self.model.change(self.ignored, self.model, self.ignores, **QUIET)

    async def choices(self, request: gr.Request, token: Token) -> tuple[Any, str, Any]:
        """The models this visitor can choose from, what goes unused, whether prompts get help."""
        visit = self._desk.visit(request, token)
        writer = self._desk.studio.engines.capability("write", visit.caller)
        ignored = await self.ignored("", request, token)
        return self._desk.models("draw", visit), ignored, gr.Checkbox(visible=writer is not None)

    async def draw(
        self, request: gr.Request, token: Token, progress: gr.Progress = PROGRESS, *chosen: Any
    ) -> tuple[Any, str, Any, Any, Any]:
        """The picture, who drew it, its seed; a problem leaves the last picture where it is."""
        visit = self._desk.visit(request, token)
        prompt, improve, private, negative, steps, guidance, width, height, seed, random, model = (
            chosen
        )
        seed = RANDOM_SEED if random else seed
        recipe = Recipe(prompt, negative, steps, guidance, width, height, seed, model)
        report = self._desk.reports(visit, progress)
        call = self._desk.studio.draw(
            recipe, visit.caller, report, improve=bool(improve), private=bool(private)
        )
        try:
            drawn = await self._desk.run(visit, "draw", call, report)
        except Problem as problem:
            instead = self._desk.instead(problem)
            return gr.skip(), notice(problem, visit), gr.skip(), gr.skip(), instead
        used = drawn.recipe.seed
        return (
            gr.Image(str(drawn.path), alt_text=drawn.recipe.prompt),
            credit_line(drawn.credit, visit, visit.say("page.seed", seed=used)),
            used,
            gr.Button(visible=True),
            gr.Button(visible=False),
        )

    async def draw_instead(
        self, request: gr.Request, token: Token, progress: gr.Progress = PROGRESS, *chosen: Any
    ) -> tuple[Any, str, Any, Any, Any]:
        """The same with the built-in engine."""
        return await self.draw(request, token, progress, *chosen, BUILTIN)

    async def ignored(self, model: str, request: gr.Request, token: Token) -> str:
        """Which options the model that answers leaves out."""
        visit = self._desk.visit(request, token)
        try:
            _, can = self._desk.studio.engines.image_generator(visit.caller, model)
        except Problem:  # told when it is asked
            return ""
        left_out = tuple(option for option in OPTIONS if option not in can.options)
        if not left_out:
            return ""
        who = visit.say(f"engine.{can.engine}") if can.model == can.engine else can.model
        said = visit.say("page.ignores", engine=who, options=options_named(left_out, visit))
        return f'<p class="credit">{escape(said)}</p>'


class _Options:
    """The advanced options, closed until someone opens them."""

    def __init__(self, settings: Settings) -> None:
        self.improve = gr.Checkbox(
            False, label=text("improve"), info=text("improve_hint"), visible=False
        )
        with gr.Accordion(text("advanced"), open=False, elem_id="draw-advanced"):
            self.ignores = gr.HTML(elem_id="draw-ignores")
            negative = gr.Textbox(
                label=text("negative_prompt"), info=text("negative_prompt_hint"), max_lines=3
            )
            with gr.Row():
                steps = _slider("steps", 1, 100, 1, 25)
                guidance = _slider("guidance", 1, 20, 0.5, 7)
            with gr.Row():
                side = min(512, settings.max_side)
                width = _slider("width", 64, settings.max_side, 64, side)
                height = _slider("height", 64, settings.max_side, 64, side)
            with gr.Row(elem_classes="shapes"):
                for name, shape in SHAPES.items():
                    sides = [min(s, settings.max_side) for s in shape]
                    button = gr.Button(text(name), size="sm", min_width=90)
                    button.click(None, None, [width, height], js=f"() => {sides}", **PRIVATE)
                swap = gr.Button(text("swap"), size="sm", min_width=90)
                swap.click(None, [width, height], [width, height], js="(w, h) => [h, w]", **PRIVATE)
            with gr.Row():
                self.random = gr.Checkbox(
                    True, label=text("random_seed"), info=text("random_seed_hint")
                )
                self.seed = gr.Number(
                    0,
                    label=text("seed"),
                    info=text("seed_hint"),
                    precision=0,
                    minimum=0,
                    maximum=MAX_SEED,
                )
            private = gr.Checkbox(
                False, label=text("private"), info=text("private_hint"), elem_id="draw-private"
            )
        self.recipe = [negative, steps, guidance, width, height, self.seed]
        self.inputs = [self.improve, private, *self.recipe, self.random]


def _slider(name: str, low: float, high: float, step: float, value: float) -> gr.Slider:
    return gr.Slider(
        low, high, value, step=step, label=text(name), info=text(f"{name}_hint"), min_width=200
    )
