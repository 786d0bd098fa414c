"""The endpoints that programs call: gradio_client, REST and MCP reach the same functions."""

from typing import Literal

import gradio as gr

from describe_draw.engines.base import STYLES
from describe_draw.game import Round, play_round
from describe_draw.problems import Problem
from describe_draw.recipe import RANDOM_SEED, Recipe
from describe_draw.studio import Drawing
from describe_draw.ui.desk import Desk, Token, Visit, refusal
from describe_draw.ui.picture import BY_PATH, Named, Picture

Style = Literal["short", "detailed", "alt text", "tags"]


class Endpoints:
    """Events of their own on components that are never shown.

    Args:
        desk: Where the calls are answered.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        describes, draws = desk.concurrency("describe"), desk.concurrency("draw")
        with gr.Group(visible=False):
            # Shared, since Gradio describes every component anew to every caller.
            self.image = Picture(**BY_PATH, label="image")
            style = gr.Radio(list(STYLES), value="short", label="style")
            recipe = self._recipe_inputs()
            prompt, *_, model = recipe
            caption = gr.Textbox(label="caption")
            picture = gr.Image(type="filepath", format="png", label="picture")
            seed = gr.Number(label="seed", precision=0)
            answer, status = gr.Textbox(label="answer"), gr.JSON(label="status")
            told = [self.image, style, model]
            gr.on([], self.caption, told, caption, api_name="caption", **describes)
            gr.on([], self.generate, recipe, [picture, seed], api_name="generate", **draws)
            gr.on([], self.draw, recipe, picture, api_name="draw", **draws)
            gr.on(
                [],
                self.describe_and_generate,
                self.image,
                [caption, picture],
                api_name="describe_and_generate",
                **draws,
            )
            writes = desk.concurrency("write")
            gr.on([], self.ask, prompt, answer, api_name="ask", **writes)
            gr.on([], self.status, [], status, api_name="status")

    async def caption(
        self, image: Named, style: Style, model: str, request: gr.Request, token: Token
    ) -> str:
        """Describe a picture in words.

        Args:
            image: The picture: JPEG, PNG, WebP, GIF, AVIF, BMP or TIFF, at most 20 MB and 64
                megapixels unless the operator set other limits.
            style: short (a sentence), detailed (several), alt text (for a web page) or tags.
            model: Empty for the default, `builtin` for the built-in engine, or a model that
                /status or the page names.

        Returns:
            The caption.
        """
        visit = self._desk.visit(request, token)
        call = self._desk.described(image, style, model, visit)
        try:
            return (await self._desk.run(visit, "describe", call)).text
        except Problem as problem:
            raise refusal(problem, visit) from None

    async def generate(
        self,
        prompt: str,
        negative_prompt: str,
        steps: int,
        guidance: float,
        width: int,
        height: int,
        seed: int,
        model: str,
        request: gr.Request,
        token: Token,
    ) -> tuple[str, int]:
        """Draw a picture from words, and tell the seed that was used.

        Args:
            prompt: What to draw, at most 2000 characters unless the operator set another limit.
            negative_prompt: What must not appear.
            steps: Inference steps, 1 to 100.
            guidance: Guidance scale, 1 to 20: how closely the prompt is followed.
            width: Pixels, 64 to 1024 in steps of 64.
            height: Pixels, 64 to 1024 in steps of 64.
            seed: 0 to 2147483647 repeats a picture; -1 takes a random one.
            model: Empty for the default, `builtin` for the built-in engine, or a configured
                model.

        Returns:
            The picture, a PNG file whose text chunk `parameters` holds the recipe, and the seed.
        """
        recipe = Recipe(prompt, negative_prompt, steps, guidance, width, height, seed, model)
        drawn = await self._draw(recipe, request, token)
        return str(drawn.path), drawn.recipe.seed

    async def draw(
        self,
        prompt: str,
        negative_prompt: str,
        steps: int,
        guidance: float,
        width: int,
        height: int,
        seed: int,
        model: str,
        request: gr.Request,
        token: Token,
    ) -> str:
        """Draw a picture from words.

        Args:
            prompt: What to draw, at most 2000 characters unless the operator set another limit.
            negative_prompt: What must not appear.
            steps: Inference steps, 1 to 100.
            guidance: Guidance scale, 1 to 20: how closely the prompt is followed.
            width: Pixels, 64 to 1024 in steps of 64.
            height: Pixels, 64 to 1024 in steps of 64.
            seed: 0 to 2147483647 repeats a picture; -1 takes a random one.
            model: Empty for the default, `builtin` for the built-in engine, or a configured
                model.

        Returns:
            The picture, a PNG file whose text chunk `parameters` holds the recipe.
        """
        recipe = Recipe(prompt, negative_prompt, steps, guidance, width, height, seed, model)
        drawn = await self._draw(recipe, request, token)
        return str(drawn.path)

    async def describe_and_generate(
        self, image: Named, request: gr.Request, token: Token
    ) -> tuple[str, str]:
        """Describe a picture, then draw what was said.

        Args:
            image: The picture, as for /caption.

        Returns:
            The caption and the picture drawn from it, a PNG file.
        """
        visit = self._desk.visit(request, token)
        call = self._round(image, visit)
        try:
            played = await self._desk.run(visit, "play", call)
        except Problem as problem:
            raise refusal(problem, visit) from None
        return played.caption.text, str(played.drawing.path)

    async def ask(self, prompt: str, request: gr.Request, token: Token) -> str:
        """Ask the model that writes.

        Args:
            prompt: What to ask, at most 2000 characters unless the operator set another limit.

        Returns:
            What the model says; where no model writes here, what the operator has to set.
        """
        visit = self._desk.visit(request, token)
        answer = ""
        try:
            visit.check()
            if self._desk.studio.engines.capability("write", visit.caller) is None:
                return visit.say("missing.engine")
            written = self._desk.studio.write(prompt, visit.caller)
            async for writing in self._desk.stream(visit, "write", written):
                answer = writing.text
        except Problem as problem:
            raise refusal(problem, visit) from None
        return answer.strip()

    async def status(self, request: gr.Request, token: Token) -> dict[str, dict[str, str]]:
        """Tell who would answer, for the caller's token.

        Returns:
            For each of describe, draw and write: the engine, its model, whose token pays
            (visitor, operator, nobody) and what a better answer needs.
        """
        visit = self._desk.visit(request, token)
        try:
            visit.check()
        except Problem as problem:
            raise refusal(problem, visit) from None
        return self._desk.studio.engines.status(visit.caller, visit.language)

    async def _round(self, image: Named, visit: Visit) -> Round:
        path = await self._desk.picture(image)
        return await play_round(self._desk.studio, path, caller=visit.caller)

    async def _draw(self, recipe: Recipe, request: gr.Request, token: Token) -> Drawing:
        visit = self._desk.visit(request, token)
        call = self._desk.studio.draw(recipe, visit.caller)
        try:
            return await self._desk.run(visit, "draw", call)
        except Problem as problem:
            raise refusal(problem, visit) from None

    def _recipe_inputs(self) -> list[gr.components.Component]:
        side = self._desk.studio.settings.max_side
        default = min(512, side)
        return [
            gr.Textbox(label="prompt"),
            gr.Textbox("", label="negative_prompt"),
            gr.Number(25, label="steps"),
            gr.Number(7, label="guidance"),
            gr.Number(default, label="width"),
            gr.Number(default, label="height"),
            gr.Number(RANDOM_SEED, label="seed"),
            gr.Textbox("", label="model"),
        ]
