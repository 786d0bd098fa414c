"""A picture with a recipe fills the options it was drawn with."""

from html import escape
from typing import Any

import gradio as gr
from gradio.components import Component

from describe_draw.problems import Problem
from describe_draw.reading import Fitted, read
from describe_draw.recipe import RANDOM_SEED
from describe_draw.texts import listed
from describe_draw.threads import in_thread
from describe_draw.ui.components import QUIET, text
from describe_draw.ui.desk import Desk, notice
from describe_draw.ui.picture import BY_PATH, Named, Picture
from describe_draw.ui.visit import Token, Visit, visit_of

NOTHING = gr.skip()


async def recipe_in(desk: Desk, image: Named | None, visit: Visit) -> Fitted | None:
    """What a picture's file says of how it was made, fitted for this visitor.

    Raises:
        Problem: The file can't be read as a picture.
    """

    async def found() -> Fitted | None:
        path = await desk.picture(image)
        models = desk.studio.engines.models("draw", visit.caller)
        return await in_thread(read, path, desk.studio.settings, models)

    return await desk.run(visit, "read", found())


class Restore:
    """A place to drop a picture, beside the options that it fills.

    Args:
        desk: Where its events are answered.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._names: list[str] = []
        with gr.Accordion(text("restore"), open=False, elem_id="restore"):
            self._picture = Picture(
                **BY_PATH,
                label=text("restore_picture"),
                placeholder=text("restore_placeholder"),
                sources=["upload"],  # a pasted picture has lost its recipe
                height=200,
                elem_id="restore-picture",
            )
            self._said = gr.HTML(elem_id="restore-said")

    def fills(self, options: dict[str, Component], random: Component) -> None:
        """Fill components by the names of `Recipe`'s fields, and the one for a random seed."""
        self._names = list(options)
        shown = [self._said, *options.values(), random]
        self._picture.upload(self.restore, self._picture, shown, **QUIET)
        self._picture.clear(lambda: "", None, self._said, **QUIET)

    async def restore(self, image: Named | None, request: gr.Request, token: Token) -> list[Any]:
        """What is said of the recipe, and its options; they stay where there is none."""
        visit = visit_of(request, token)
        try:
            found = await recipe_in(self._desk, image, visit)
        except Problem as problem:
            return self._only(notice(problem, visit))
        if found is None:
            said = escape(visit.say("restore.none"))
            return self._only(f'<p class="notice" role="alert">{said}</p>')
        options = found.options()
        random = options["seed"] == RANDOM_SEED
        options["seed"] = 0 if random else options["seed"]
        options["model"] = options["model"] or NOTHING
        return [_said(found, visit), *(options[name] for name in self._names), random]

    def _only(self, said: str) -> list[Any]:
        """What is said, with all options as they are."""
        return [said, *[NOTHING] * len(self._names), NOTHING]


def _said(found: Fitted, visit: Visit) -> str:
    """Whose recipe it was, and what the file said of options that had to change."""
    lines = [visit.say("restore.restored", format=found.format)]
    if found.changed:
        options = found.options()
        changes = [
            f"{visit.say(f'option.{name}')} {before} → {options[name] or '–'}"
            for name, before in found.changed.items()
        ]
        lines.append(visit.say("restore.changed", options=listed(changes, visit.language)))
    return f'<p class="credit" role="status">{escape(" ".join(lines))}</p>'
