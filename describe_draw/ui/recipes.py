"""What made a picture, read from its file."""

from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Any

import gradio as gr

from describe_draw.problems import Problem
from describe_draw.reading import Fitted, read
from describe_draw.recipe import EDIT_OPTIONS
from describe_draw.reports import Report
from describe_draw.styles import unstyled
from describe_draw.texts import Message, message, said_as_json
from describe_draw.threads import in_thread
from describe_draw.ui.desk import Desk
from describe_draw.ui.events import Events, Told
from describe_draw.ui.picture import Named
from describe_draw.ui.visit import Token, Visit, visit_of


async def recipe_in(desk: Desk, image: Named | None, visit: Visit) -> Fitted | None:
    """What a picture's file says of how it was made, fitted for this visitor.

    Raises:
        Problem: The file can't be read as a picture.
    """
    return await desk.run(visit, "read", _found(desk, image, visit))


async def _found(desk: Desk, image: Named | None, visit: Visit) -> Fitted | None:
    path = await desk.picture(image)
    models = desk.studio.engines.models("draw", visit.caller)
    return await in_thread(read, path, desk.studio.settings, models)


class Recipes:
    """A picture fills the page's options with those that it was drawn with.

    Args:
        desk: Where calls run.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk, self._events = desk, Events(desk)

    async def read(
        self, picture: Named | None, request: gr.Request, token: Token
    ) -> AsyncIterator[Told]:
        """The options by their names, and what is said of them."""
        visit = visit_of(request, token)

        async def found(report: Report) -> Fitted:
            fitted = await _found(self._desk, picture, visit)
            if fitted is None:
                raise Problem("no_recipe")
            return fitted

        async for told in self._events.follow(visit, "read", found, _told):
            yield told


def _told(found: Fitted) -> Told:
    recipe, style = unstyled(found.recipe)
    told = asdict(recipe) | _from_picture(found.more)
    return {"recipe": told, "style": style, "said": said_as_json(_said(found))}


def _from_picture(more: dict[str, Any]) -> dict[str, Any]:
    """How far it went from another picture, where it was drawn from one here."""
    strength, option = more.get("strength"), EDIT_OPTIONS["strength"]
    if not more.get("source") or isinstance(strength, bool):
        return {}
    if isinstance(strength, int | float) and option.low <= strength <= float(option.high):
        return {"strength": strength}
    return {}


def _said(found: Fitted) -> list[Message]:
    """Whose recipe it was, and what the file said of options that had to change."""
    lines = [message("restore.restored", format=found.format)]
    if _from_picture(found.more):
        lines.append(message("restore.source"))
    if found.changed:
        changes = tuple(
            _change(name, before, found.options()) for name, before in found.changed.items()
        )
        lines.append(message("restore.changed", options=changes))
    return lines


def _change(name: str, before: Any, options: dict[str, Any]) -> Message:
    now = options[name] or "–"
    return message("restore.change", option=message(f"option.{name}"), before=before, now=now)
