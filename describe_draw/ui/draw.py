"""Words become a picture, on the page."""

from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Any

import gradio as gr

from describe_draw.borrowed.frontend import address_of
from describe_draw.drawings import Drawing
from describe_draw.recipe import OPTIONS, Edit, Recipe
from describe_draw.styles import unstyled
from describe_draw.texts import message, said_as_json
from describe_draw.ui.credits import credit_parts
from describe_draw.ui.desk import Desk
from describe_draw.ui.events import Events, Told
from describe_draw.ui.picture import Named
from describe_draw.ui.visit import Token, visit_of


class Draw:
    """Prompt in, picture out.

    Args:
        desk: Where calls run.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk, self._events = desk, Events(desk)

    async def draw(
        self,
        prompt: str,
        model: str,
        style: str,
        improve: bool,
        private: bool,
        request: gr.Request,
        token: Token,
        *values: Any,
    ) -> AsyncIterator[Told]:
        """How it goes, then the picture, its recipe, and who drew it.

        Args:
            prompt: What to draw.
            model: Who draws, empty for the default.
            style: One of `styles.styles`, empty for none.
            improve: Whether a writing model may enrich the prompt first.
            private: Whether the recipe stays out of the file and its name.
            request: The request.
            token: The visitor's own.
            *values: The options, in the order of `OPTIONS`.
        """
        visit = visit_of(request, token)
        recipe = Recipe(prompt, **dict(zip(OPTIONS, values, strict=True)), model=model)
        studio = self._desk.studio
        async for told in self._events.follow(
            visit,
            "draw",
            lambda report: studio.draw(
                recipe,
                visit.caller,
                report,
                style=style or "",
                improve=bool(improve),
                private=bool(private),
            ),
            _told,
        ):
            yield told

    async def edit(
        self,
        picture: Named | None,
        prompt: str,
        strength: float,
        model: str,
        style: str,
        private: bool,
        request: gr.Request,
        token: Token,
        *values: Any,
    ) -> AsyncIterator[Told]:
        """As `draw`, from a picture; `strength` is as `Edit` has it."""
        visit = visit_of(request, token)
        options = dict(zip(OPTIONS, values, strict=True))
        recipe = Edit(prompt, **options, strength=strength, model=model)
        async for told in self._events.follow(
            visit,
            "edit",
            lambda report: self._desk.edited(
                picture, recipe, visit, report, style=style or "", private=bool(private)
            ),
            _told,
        ):
            yield told


def _told(drawing: Drawing) -> Told:
    recipe, style = unstyled(drawing.recipe)
    seed = message("page.seed", seed=drawing.recipe.seed)
    return {
        "picture": address_of(drawing.path),
        "name": drawing.path.name,
        "recipe": asdict(recipe),
        "style": style,
        "credit": said_as_json(credit_parts(drawing.credit, seed)),
    }
