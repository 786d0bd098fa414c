"""What the pages' scripts may ask the server: events that no other part of a page sets off."""

from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr
from gradio.components import Component

from describe_draw.batch.batches import Batches
from describe_draw.game import Game
from describe_draw.recipe import OPTIONS
from describe_draw.store import Store
from describe_draw.ui.about import About
from describe_draw.ui.ask import Ask
from describe_draw.ui.describe import Describe
from describe_draw.ui.desk import Desk
from describe_draw.ui.draw import Draw
from describe_draw.ui.many import Many
from describe_draw.ui.many_out import ManyOut
from describe_draw.ui.many_words import ManyWords
from describe_draw.ui.picture import NamesFiles, NamesPicture
from describe_draw.ui.play import Play
from describe_draw.ui.recipes import Recipes
from describe_draw.ui.several import Several

HOUR = 3600


class Field(gr.HTML):
    """A value that the page's script hands over or is told, never shown."""

    is_template = True

    def __init__(self) -> None:
        super().__init__(visible=False)


class PictureField(NamesPicture, Field):
    """A picture that the script names by its path on the server."""

    is_template = True


class FilesField(NamesFiles, Field):
    """Files that the script names by their paths on the server, and as the visitor calls them."""

    is_template = True


class Asks:
    """What a page's script may ask by `ask` (server.js).

    Attributes:
        numbers: Those by which Gradio knows the events.
    """

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.told = Field()

    def __call__(
        self,
        name: str,
        answer: Callable[..., Any],
        values: Sequence[Component] = (),
        outputs: Sequence[Component] | None = None,
        **more: Any,
    ) -> None:
        """An event, what it is handed, and what it sets, of which the page is told the last."""
        outputs = [self.told] if outputs is None else outputs
        event = gr.on([], answer, values, outputs, api_name=name, api_visibility="private", **more)
        self.numbers[name] = event["id"]


def events(desk: Desk, game: Game) -> dict[str, int]:
    """Answer the first page's script.

    Args:
        desk: Where calls run.
        game: What is played.

    Returns:
        What it may ask, by numbers.
    """
    asks = Asks()
    picture, told = PictureField(), asks.told
    words = style = model = language = improve = private = strength = game_id = Field()
    seed = count = every = models = Field()
    options = [words] * len(OPTIONS)
    played = gr.State(None, time_to_live=HOUR)
    play = Play(desk, game)
    describes, draws = desk.concurrency("describe"), desk.concurrency("draw")

    asks("offered", About(desk).offered)
    asks("describe", Describe(desk).describe, [picture, *[words] * 8], **describes)
    draw = Draw(desk)
    asks("draw", draw.draw, [words, model, style, improve, private, *options], **draws)
    asks("edit", draw.edit, [picture, words, strength, model, style, private, *options], **draws)
    asks("expand", Several(desk).expand, [words, seed, count, every, models])
    asks("begin", play.begin, [picture, words, game_id], [played, told], **draws)
    asks("step", play.step, [played, words, model, language, game_id], [played, told], **draws)
    asks("keep", play.keep, [played, language, game_id])
    asks("ask", Ask(desk).ask, [words], **desk.concurrency("write"))
    asks("read", Recipes(desk).read, [picture])
    asks("stop", desk.stop, outputs=(), queue=False)
    return asks.numbers


def many_events(desk: Desk, store: Store) -> dict[str, int]:
    """Answer the script of the page of many pictures.

    Args:
        desk: Where calls run.
        store: Where its runs are.

    Returns:
        What it may ask, by numbers.
    """
    asks = Asks()
    many = Many(desk, store, Batches(store, desk.studio.settings))
    words = ManyWords(many, desk.studio.settings)
    out = ManyOut(many, store, desk.studio.engines)
    name = value = Field()
    describes = desk.concurrency("describe")

    asks("offered", About(desk).offered)
    asks("stop", desk.stop, outputs=(), queue=False)
    asks("many_take", many.take, [FilesField()], **describes)
    asks("many_open", many.open, [name], **describes)
    asks("many_drop", many.drop, [name], **describes)
    asks("many_thumbs", many.thumbs, [name, value], **describes)
    asks("many_describe", many.describe, [name, *[value] * 7], **describes)
    asks("many_edit", words.edit, [name, *[value] * 2], **describes)
    asks("many_word", words.word, [name, *[value] * 6], **describes)
    asks("many_replace", words.replace, [name, *[value] * 5], **describes)
    asks("many_keep", out.keep, [name, value], **describes)
    asks("many_push", out.push, [name, *[value] * 2], **describes)
    return asks.numbers
