"""What the page's script may ask the server: events that no other part of the page sets off."""

from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr
from gradio.components import Component

from describe_draw.game import Game
from describe_draw.recipe import OPTIONS
from describe_draw.ui.about import About
from describe_draw.ui.ask import Ask
from describe_draw.ui.describe import Describe
from describe_draw.ui.desk import Desk
from describe_draw.ui.draw import Draw
from describe_draw.ui.picture import NamesPicture
from describe_draw.ui.play import Play
from describe_draw.ui.recipes import Recipes

HOUR = 3600


class Field(gr.HTML):
    """A value that the page's script hands over or is told, never shown."""

    is_template = True

    def __init__(self) -> None:
        super().__init__(visible=False)


class PictureField(NamesPicture, Field):
    """A picture that the script names by its path on the server."""

    is_template = True


def events(desk: Desk, game: Game) -> dict[str, int]:
    """Answer the page's script.

    Args:
        desk: Where calls run.
        game: What is played.

    Returns:
        What it may ask by `ask` (server.js), with the numbers by which Gradio knows it.
    """
    picture, told = PictureField(), Field()
    words = style = model = language = improve = private = game_id = Field()
    options = [words] * len(OPTIONS)
    played = gr.State(None, time_to_live=HOUR)
    play = Play(desk, game)
    describes, draws = desk.concurrency("describe"), desk.concurrency("draw")
    numbers: dict[str, int] = {}

    def asks(
        name: str,
        answer: Callable[..., Any],
        values: Sequence[Component] = (),
        outputs: Sequence[Component] = (told,),
        **more: Any,
    ) -> None:
        """An event, what it is handed, and what it sets, of which the page is told the last."""
        event = gr.on([], answer, values, outputs, api_name=name, api_visibility="private", **more)
        numbers[name] = event["id"]

    asks("offered", About(desk).offered)
    asks("describe", Describe(desk).describe, [picture, style, model, language], **describes)
    asks("draw", Draw(desk).draw, [words, model, improve, private, *options], **draws)
    asks("begin", play.begin, [picture, words, game_id], [played, told], **draws)
    asks("step", play.step, [played, words, model, language, game_id], [played, told], **draws)
    asks("keep", play.keep, [played, language, game_id])
    asks("ask", Ask(desk).ask, [words], **desk.concurrency("write"))
    asks("read", Recipes(desk).read, [picture])
    asks("stop", desk.stop, outputs=(), queue=False)
    return numbers
