"""The tab where a picture becomes a sentence and the sentence a picture again, round by round."""

from collections.abc import AsyncIterator
from typing import Any

import gradio as gr

from describe_draw.borrowed.frontend import HIDDEN
from describe_draw.engines.base import BUILTIN
from describe_draw.game import Chain, Game
from describe_draw.problems import Problem
from describe_draw.recipe import MAX_ROUNDS
from describe_draw.ui.components import (
    PRIVATE,
    QUIET,
    example_pictures,
    instead_button,
    run_and_stop,
    runs,
    stops,
    text,
    upload,
)
from describe_draw.ui.desk import Desk, notice
from describe_draw.ui.picture import Named
from describe_draw.ui.playing import Playing, Seen, kept, stopped
from describe_draw.ui.visit import Token, visit_of

HOUR = 3600
DOWNLOAD = """(file) => {
  if (!file) return;
  const link = document.createElement("a");
  link.href = file.url;
  link.download = file.orig_name;
  link.click();
}"""


class GameTab:
    """A picture or a sentence goes in; the chain grows while it is watched.

    Args:
        desk: Where its events are answered.
        game: What is played.
    """

    def __init__(self, desk: Desk, game: Game) -> None:
        self._desk = desk
        self._game = game
        gr.Markdown(text("game_intro"))
        with gr.Row(equal_height=False):
            with gr.Column(scale=2, min_width=280):
                picture = upload("game-picture")
                sentence = gr.Textbox(
                    label=text("game_sentence"),
                    placeholder=text("game_sentence_placeholder"),
                    lines=1,
                    max_lines=3,
                    elem_id="game-sentence",
                )
                play = run_and_stop("play_button", "game-play")
                rounds = gr.Slider(
                    1, MAX_ROUNDS, 3, step=1, label=text("game_rounds"), elem_id="game-rounds"
                )
                pause = gr.Checkbox(
                    False,
                    label=text("game_pause"),
                    info=text("game_pause_hint"),
                    elem_id="game-pause",
                )
                examples = example_pictures(picture)
            with gr.Column(scale=5):
                status = gr.HTML(elem_id="game-status")
                instead = instead_button("game-instead")
                strip = gr.HTML(text("game_empty"), elem_id="game-chain")
                with gr.Row(elem_classes="ask", visible=False, elem_id="game-turn") as turn:
                    caption = gr.Textbox(
                        label=text("game_caption"),
                        lines=2,
                        max_lines=6,
                        scale=5,
                        elem_id="game-caption",
                        elem_classes="answer",
                    )
                    with gr.Column(scale=1, min_width=120):
                        draw = run_and_stop("game_draw", "game-draw")
                with gr.Row(equal_height=False):
                    with gr.Column(min_width=260):
                        drift = gr.HTML(elem_id="game-drift")
                        keep = gr.Button(text("game_keep"), visible=HIDDEN, elem_id="game-keep")
                        packed = gr.File(visible=False)
                    ends = gr.ImageSlider(
                        label=text("game_ends"),
                        type="filepath",
                        format="png",
                        interactive=False,
                        visible=HIDDEN,
                        elem_id="game-ends",
                    )
        chain = gr.State(None, time_to_live=HOUR)
        shown = [chain, status, strip, turn, caption, drift, ends, keep, instead]
        choices = [rounds, pause]
        event: dict[str, Any] = {
            "outputs": shown,
            "scroll_to_output": True,
            "show_progress": "hidden",
            **desk.concurrency("draw"),
        }
        begins: dict[str, Any] = {**event, "fn": self.play}
        given = {"inputs": [picture, sentence, *choices]}
        played = runs([play[0].click, sentence.submit], play, {**begins, **given})
        shown_example = {"inputs": [picture, gr.State(""), *choices]}
        played += runs([examples.load_input_event.then], play, {**begins, **shown_example})
        goes_on: dict[str, Any] = {"inputs": [chain, caption, *choices]}
        drawn = runs([draw[0].click], draw, {**event, **goes_on, "fn": self.draw})
        again: dict[str, Any] = {"inputs": [chain, picture, sentence, *choices]}
        played += runs([instead.click], play, {**event, **again, "fn": self.play_instead})
        for button, events in ((play[1], played), (draw[1], drawn)):
            waits = stops(button, events, desk.stops("play"))
            waits.change(self.stopped, chain, [status, strip, turn], **QUIET)
        keep.click(self.keep, chain, [packed, status], **QUIET).then(
            None, packed, None, js=DOWNLOAD, **PRIVATE
        )
        # A sentence is what the game begins with, unless a picture comes after it.
        picture.change(None, [picture, sentence], sentence, js="(p, s) => (p ? '' : s)", **PRIVATE)

    async def play(
        self,
        image: Named | None,
        sentence: str,
        rounds: int,
        pause: bool,
        request: gr.Request,
        token: Token,
    ) -> AsyncIterator[Seen]:
        """A new game, from the sentence if there is one."""
        visit = visit_of(request, token)
        playing = Playing(self._desk, self._game, visit, rounds, pause)
        async for seen in playing.begin(image, sentence or ""):
            yield seen

    async def draw(
        self,
        chain: Chain | None,
        caption: str,
        rounds: int,
        pause: bool,
        request: gr.Request,
        token: Token,
    ) -> AsyncIterator[Seen]:
        """The game goes on with the words as they are in the box."""
        visit = visit_of(request, token)
        playing = Playing(self._desk, self._game, visit, rounds, pause)
        async for seen in playing.say(chain, caption or ""):
            yield seen

    async def play_instead(
        self,
        chain: Chain | None,
        image: Named | None,
        sentence: str,
        rounds: int,
        pause: bool,
        request: gr.Request,
        token: Token,
    ) -> AsyncIterator[Seen]:
        """The game goes on where another engine failed, with the built-in one."""
        visit = visit_of(request, token)
        playing = Playing(self._desk, self._game, visit, rounds, pause, BUILTIN)
        going = playing.go_on(chain) if chain else playing.begin(image, sentence or "")
        async for seen in going:
            yield seen

    async def keep(self, chain: Chain | None, request: gr.Request) -> tuple[Any, Any]:
        """The game in one file, to be downloaded."""
        visit = visit_of(request)
        if chain is None:
            return None, notice(Problem("game_gone"), visit)
        packing = kept(chain, visit, self._game)
        try:
            return str(await self._desk.run(visit, "keep", packing)), gr.skip()
        except Problem as problem:
            return None, notice(problem, visit)

    async def stopped(self, chain: Chain | None, request: gr.Request) -> tuple[Any, Any, Any]:
        """A stop between two steps: what there is stays, without what was on its way."""
        return stopped(chain, visit_of(request))
