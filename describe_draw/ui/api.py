"""The endpoints that programs call: gradio_client, REST and MCP reach the same functions."""

from collections.abc import Awaitable, Callable
from dataclasses import fields
from inspect import Parameter, Signature
from typing import Any, Literal

import gradio as gr

from describe_draw.borrowed.agents import unlisted
from describe_draw.caption_options import PURPOSES, STYLES, CaptionOptions
from describe_draw.drawings import Drawing
from describe_draw.game import Round, play_round
from describe_draw.options import Option
from describe_draw.problems import Problem
from describe_draw.recipe import EDIT_OPTIONS, OPTIONS, Edit, Recipe
from describe_draw.settings import Settings
from describe_draw.ui.desk import Desk, refusal
from describe_draw.ui.picture import BY_PATH, Named, Picture
from describe_draw.ui.visit import Token, Visit, visit_of

Handler = Callable[..., Awaitable[Any]]
DRAW = tuple(field.name for field in fields(Recipe))
EDIT = ("image", "prompt", "strength", *DRAW[1:])
"""The parameters of /edit, in their order."""
Style = Literal["short", "detailed", "alt text", "tags"]
Purpose = Literal["informative", "link", "text", "complex"]


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
            told = [self.image, *caption_inputs()]
            named = self._recipe_inputs()
            recipe, prompt = [*named.values()], named["prompt"]
            caption = gr.Textbox(label="caption")
            picture = gr.Image(type="filepath", format="png", label="picture")
            seed = gr.Number(label="seed", precision=0)
            answer, status = gr.Textbox(label="answer"), gr.JSON(label="status")
            language = gr.Textbox("", label="language")
            gr.on([], self.caption, told, caption, api_name="caption", **describes)
            gr.on([], self.generate(), recipe, [picture, seed], api_name="generate", **draws)
            gr.on([], self.draw(), recipe, picture, api_name="draw", **draws)
            edited = [self.image, *self._edit_inputs(named).values()]
            gr.on([], self.edit(), edited, [picture, seed], api_name="edit", **draws)
            gr.on(
                [],
                self.describe_and_generate,
                [self.image, language],
                [caption, picture],
                api_name="describe_and_generate",
                **draws,
            )
            writes = desk.concurrency("write")
            gr.on([], self.ask, prompt, answer, api_name="ask", **writes)
            gr.on([], self.status, [], status, api_name="status")

    async def caption(
        self,
        image: Named,
        style: Style,
        model: str,
        language: str,
        instruction: str,
        purpose: Purpose,
        context: str,
        min_words: int,
        max_words: int,
        request: gr.Request,
        token: Token,
    ) -> str:
        """Describe a picture in words.

        Args:
            image: A JPEG, PNG, WebP, GIF, AVIF, BMP or TIFF file of at most 20 MB by default.
            style: short (a sentence), detailed (several), alt text (for a web page) or tags.
            model: Empty for the default, `builtin`, or a model that the page names.
            language: Empty for English, or a code such as de, fr, ja, zh or zh-TW.
            instruction: What to say of the picture in the place of a style, for models that chat.
            purpose: Of alt texts: informative, link (or button), text (in the picture), complex.
            context: What the page says where the picture stands, for models that chat.
            min_words: How long it is to be at least, 0 for any length, for models that chat.
            max_words: How long it may be, likewise.

        Returns:
            The caption.
        """
        visit = visit_of(request, token)
        asked = CaptionOptions(style, language, instruction, purpose, context, min_words, max_words)
        call = self._desk.described(image, asked, model, visit)
        try:
            return (await self._desk.run(visit, "describe", call)).text
        except Problem as problem:
            raise refusal(problem, visit) from None

    def generate(self) -> Handler:
        """The handler of /generate; agents have /draw, whose twin would confuse them."""
        handler = self._from_recipe(
            "generate",
            "Draw a picture from words, and tell the seed that was used.",
            "The picture, a PNG file whose text chunk `parameters` holds the recipe, and the seed.",
            lambda drawn: (str(drawn.path), drawn.recipe.seed),
        )
        return unlisted(handler)

    def edit(self) -> Handler:
        """The handler of /edit."""
        return self._from_recipe(
            "edit",
            "Draw a picture from another one and words. For words alone, there is draw.",
            "The picture, a PNG file whose text chunk `parameters` holds the recipe, and the seed.",
            lambda drawn: (str(drawn.path), drawn.recipe.seed),
            EDIT,
        )

    def draw(self) -> Handler:
        """The handler of /draw."""
        return self._from_recipe(
            "draw",
            "Draw a picture from words. To change a picture, or to begin with one, there is edit.",
            "The picture, a PNG file whose text chunk `parameters` holds the recipe.",
            lambda drawn: str(drawn.path),
        )

    def _from_recipe(
        self,
        name: str,
        does: str,
        returns: str,
        answer: Callable[[Drawing], Any],
        names: tuple[str, ...] = DRAW,
    ) -> Handler:
        """A handler whose parameters and documentation are those of the table of options."""
        known = EDIT_OPTIONS if names is EDIT else OPTIONS

        async def handler(*values: Any) -> Any:
            *asked, request, token = values
            said = dict(zip(names, asked, strict=True))
            return answer(await self._draw(said, visit_of(request, token)))

        types: dict[str, Any] = dict.fromkeys(names, str)
        types |= {name: option.type for name, option in known.items()}
        types |= {"image": Named} if "image" in names else {}
        types |= {"request": gr.Request, "token": Token}
        handler.__name__ = name  # which is the tool's, in MCP
        handler.__annotations__ = types
        handler.__signature__ = Signature(  # type: ignore[attr-defined]
            [Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in types]
        )
        handler.__doc__ = _documented(does, names, returns, self._desk.studio.settings)
        return handler

    async def describe_and_generate(
        self, image: Named, language: str, request: gr.Request, token: Token
    ) -> tuple[str, str]:
        """Describe a picture, then draw what was said.

        Args:
            image: A JPEG, PNG, WebP, GIF, AVIF, BMP or TIFF file of at most 20 MB by default.
            language: Empty for English, or a code such as de, fr, ja, zh or zh-TW.

        Returns:
            The caption and the picture drawn from it, a PNG file.
        """
        visit = visit_of(request, token)
        call = self._round(image, language, visit)
        try:
            played = await self._desk.run(visit, "play", call)
        except Problem as problem:
            raise refusal(problem, visit) from None
        return played.caption.text, str(played.drawing.path)

    async def ask(self, prompt: str, request: gr.Request, token: Token) -> str:
        """Ask the model that writes.

        Args:
            prompt: What to ask, at most 2000 characters by default.

        Returns:
            What the model says; where no model writes here, what the operator has to set.
        """
        visit = visit_of(request, token)
        answer = ""
        try:
            visit.check()
            engines = self._desk.studio.engines
            if engines.capability("write", visit.caller) is None:
                missing = engines.missing("write", visit.caller)
                return missing.say(visit.language) if missing else ""
            written = self._desk.studio.write(prompt, visit.caller)
            async for writing in self._desk.stream(visit, "write", written):
                answer = writing.text
        except Problem as problem:
            raise refusal(problem, visit) from None
        return answer.strip()

    async def status(self, request: gr.Request, token: Token) -> dict[str, dict[str, str]]:
        """Tell who would answer, for the caller's token.

        Returns:
            By task (describe, draw, edit, write): engine, model, payer, what is missing for better.
        """
        visit = visit_of(request, token)
        try:
            visit.check()
        except Problem as problem:
            raise refusal(problem, visit) from None
        return self._desk.studio.engines.status(visit.caller, visit.language)

    async def _round(self, image: Named, language: str, visit: Visit) -> Round:
        path = await self._desk.picture(image)
        return await play_round(self._desk.studio, path, caller=visit.caller, language=language)

    async def _draw(self, said: dict[str, Any], visit: Visit) -> Drawing:
        desk = self._desk
        if "image" in said:
            doing, call = "edit", desk.edited(said.pop("image"), Edit(**said), visit)
        else:
            doing, call = "draw", desk.studio.draw(Recipe(**said), visit.caller)
        try:
            return await desk.run(visit, doing, call)
        except Problem as problem:
            raise refusal(problem, visit) from None

    def _recipe_inputs(self) -> dict[str, gr.components.Component]:
        texts = {"prompt": gr.Textbox(label="prompt"), "model": gr.Textbox("", label="model")}
        inputs = texts | self._inputs(OPTIONS)
        return {name: inputs[name] for name in DRAW}

    def _edit_inputs(
        self, named: dict[str, gr.components.Component]
    ) -> dict[str, gr.components.Component]:
        """Those of a recipe, and what is otherwise here."""
        own = {name: option for name, option in EDIT_OPTIONS.items() if OPTIONS.get(name) != option}
        inputs = named | self._inputs(own)
        return {name: inputs[name] for name in EDIT if name in inputs}

    def _inputs(self, options: dict[str, Option]) -> dict[str, gr.components.Component]:
        settings = self._desk.studio.settings
        return {
            name: (gr.Textbox if option.type is str else gr.Number)(
                option.begins(settings), label=name
            )
            for name, option in options.items()
        }


def caption_inputs() -> list[gr.components.Component]:
    """What captions are asked with beside pictures, in the order of /caption's parameters."""
    return [
        gr.Radio(list(STYLES), value=STYLES[0], label="style"),
        gr.Textbox("", label="model"),
        gr.Textbox("", label="language"),
        gr.Textbox("", label="instruction"),
        gr.Radio(list(PURPOSES), value=PURPOSES[0], label="purpose"),
        gr.Textbox("", label="context"),
        gr.Number(0, label="min_words", precision=0),
        gr.Number(0, label="max_words", precision=0),
    ]


def _documented(does: str, names: tuple[str, ...], returns: str, settings: Settings) -> str:
    """A docstring in Google's style, from which Gradio makes the API's and MCP's documentation."""
    is_edit = names is EDIT
    known = EDIT_OPTIONS if is_edit else OPTIONS
    lines = {name: option.documented(settings) for name, option in known.items()}
    what = "What to change, or to draw in its place" if is_edit else "What to draw"
    lines["image"] = "The picture to begin with, a file as caption takes it."
    lines["prompt"] = f"{what}, at most {settings.max_prompt_chars} characters."
    lines["model"] = "Empty for the default, `builtin`, or a model that the page names."
    arguments = "\n".join(f"    {name}: {lines[name]}" for name in names)
    return f"{does}\n\nArgs:\n{arguments}\n\nReturns:\n    {returns}"
