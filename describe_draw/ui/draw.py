"""The tab that turns words into a picture."""

from html import escape
from itertools import zip_longest
from typing import Any

import gradio as gr
from gradio.components import Component

from describe_draw.engines.base import BUILTIN
from describe_draw.options import Option
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
from describe_draw.ui.desk import PROGRESS, Desk, credit_line, notice, options_named
from describe_draw.ui.restore import Restore
from describe_draw.ui.visit import Token, visit_of

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
            "outputs": [picture, details, options.recipe["seed"], keep, instead],
            "show_progress_on": picture,
            "scroll_to_output": True,
            **desk.concurrency("draw"),
        }
        told = [prompt, options.improve, options.private, options.random]
        chosen = [*told, *options.recipe.values()]
        triggers = [buttons[0].click, prompt.submit, examples.load_input_event.then]
        asked = {"fn": self.draw, "inputs": [self.model, *chosen]}
        builtin = {"fn": self.draw_instead, "inputs": chosen}
        running = runs(triggers, buttons, {**event, **asked})
        running += runs([instead.click], buttons, {**event, **builtin})
        stops(buttons[1], running, desk.stops("draw"))
        keep.click(None, None, options.random, js="() => false", **PRIVATE)
        filled = {"prompt": prompt, **options.recipe, "model": self.model}
        restore.fills(filled, options.random)
        self.model.change(self.ignored, self.model, self.ignores, **QUIET)

    async def choices(self, request: gr.Request, token: Token) -> tuple[Any, str, Any]:
        """The models this visitor can choose from, what goes unused, whether prompts get help."""
        visit = visit_of(request, token)
        writer = self._desk.studio.engines.capability("write", visit.caller)
        ignored = await self.ignored("", request, token)
        return self._desk.models("draw", visit), ignored, gr.Checkbox(visible=writer is not None)

    async def draw(
        self, request: gr.Request, token: Token, progress: gr.Progress = PROGRESS, *chosen: Any
    ) -> tuple[Any, str, Any, Any, Any]:
        """The picture, who drew it, its seed; a problem leaves the last picture where it is."""
        visit = visit_of(request, token)
        model, prompt, improve, private, random, *values = chosen
        options = dict(zip(OPTIONS, values, strict=True))
        if random:
            options["seed"] = RANDOM_SEED
        recipe = Recipe(prompt, **options, model=model)
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
        return await self.draw(request, token, progress, BUILTIN, *chosen)

    async def ignored(self, model: str, request: gr.Request, token: Token) -> str:
        """Which options the model that answers leaves out."""
        visit = visit_of(request, token)
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
        self._settings = settings
        self.recipe: dict[str, Component] = {}
        self.improve = gr.Checkbox(
            False, label=text("improve"), info=text("improve_hint"), visible=False
        )
        with gr.Accordion(text("advanced"), open=False, elem_id="draw-advanced"):
            self.ignores = gr.HTML(elem_id="draw-ignores")
            for name, option in OPTIONS.items():
                if option.type is str:
                    self.recipe[name] = gr.Textbox(**_labels(name), max_lines=3)
            numbers = [o for o in OPTIONS.values() if o.type is not str and o.name != "seed"]
            for pair in zip_longest(numbers[::2], numbers[1::2]):
                with gr.Row():
                    self.recipe |= {option.name: self._slider(option) for option in pair if option}
            self._shapes()
            self.random = self._seed()
            self.private = gr.Checkbox(
                False, label=text("private"), info=text("private_hint"), elem_id="draw-private"
            )
        self.recipe = {name: self.recipe[name] for name in OPTIONS}

    def _slider(self, option: Option) -> gr.Slider:
        return gr.Slider(
            option.low,
            option.most(self._settings),
            option.begins(self._settings),
            step=option.step,
            **_labels(option.name),
            min_width=200,
        )

    def _shapes(self) -> None:
        """Buttons for common shapes."""
        sides = [self.recipe["width"], self.recipe["height"]]
        with gr.Row(elem_classes="shapes"):
            for name, shape in SHAPES.items():
                within = [min(side, self._settings.max_side) for side in shape]
                button = gr.Button(text(name), size="sm", min_width=90)
                button.click(None, None, sides, js=f"() => {within}", **PRIVATE)
            swap = gr.Button(text("swap"), size="sm", min_width=90)
            swap.click(None, sides, sides, js="(w, h) => [h, w]", **PRIVATE)

    def _seed(self) -> gr.Checkbox:
        """The seed, and whether a random one is taken instead."""
        with gr.Row():
            random = gr.Checkbox(True, **_labels("random_seed"))
            self.recipe["seed"] = gr.Number(
                0, **_labels("seed"), precision=0, minimum=0, maximum=MAX_SEED
            )
        return random


def _labels(name: str) -> dict[str, Any]:
    return {"label": text(name), "info": text(f"{name}_hint")}
