"""The endpoints of the game and of recipes, as `api` has the others."""

from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Any

import gradio as gr

from describe_draw.game import Game
from describe_draw.problems import Problem
from describe_draw.recipe import RANDOM_SEED, check_rounds, check_seed
from describe_draw.ui.desk import Desk, Token, refusal
from describe_draw.ui.picture import Named, Picture
from describe_draw.ui.playing import kept, opened
from describe_draw.ui.restore import recipe_in


class GameEndpoints:
    """Events of their own on components that are never shown.

    Args:
        desk: Where the calls are answered.
        game: What /play plays.
        image: The picture that callers hand over.
    """

    def __init__(self, desk: Desk, game: Game, image: Picture) -> None:
        self._desk = desk
        self._game = game
        with gr.Group(visible=False):
            gr.on(
                [],
                self.play,
                [
                    image,
                    gr.Number(3, label="rounds"),
                    gr.Number(RANDOM_SEED, label="seed"),
                ],
                [
                    gr.Gallery(label="chain", format="png", type="filepath"),
                    gr.JSON(label="drift"),
                    gr.File(label="archive"),
                ],
                api_name="play",
                **desk.concurrency("draw"),
            )
            gr.on(
                [],
                self.read_recipe,
                image,
                [gr.JSON(label="recipe"), gr.JSON(label="details")],
                api_name="read_recipe",
            )

    async def play(
        self, image: Named, rounds: int, seed: int, request: gr.Request, token: Token
    ) -> AsyncIterator[tuple[list[tuple[str, str]], list[dict[str, float]], str]]:
        """Play describe and draw in turn, and see how far the story drifts.

        Args:
            image: The picture to begin with, as for /caption.
            rounds: 1 to 10; each describes the last picture and draws what was said.
            seed: The first drawing's, each next one has one more; -1 takes random ones.

        Yields:
            After each drawing: all drawings, each with the caption it was drawn from; each
            round's drift from the start in meaning and in look, 0 (same) to 1; and a zip with
            the pictures, captions, recipes, drift and a page that shows them. Where a round
            fails, what was yielded before stays good, the zip included.
        """
        visit = self._desk.visit(request, token)
        try:
            rounds, seed = check_rounds(rounds), check_seed(seed)
            chain = await self._desk.run(visit, "play", opened(self._desk, self._game, image))
            while chain.round <= rounds:
                step = self._game.step(chain, seed, caller=visit.caller)
                chain = await self._desk.run(visit, "play", step, begun=True)
                if chain.next == "describe":
                    drawings = [(str(drawn.path), words.text) for drawn, words in chain.drawings]
                    drift = [asdict(drifted) for drifted in chain.drift]
                    yield drawings, drift, await kept(chain, visit, self._game)
        except Problem as problem:
            raise refusal(problem, visit) from None

    async def read_recipe(
        self, image: Named, request: gr.Request, token: Token
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Read what made a picture from its file: this app's and the common tools' formats.

        Args:
            image: The picture as it was saved: PNG, or JPEG or WebP with the EXIF comment.

        Returns:
            The recipe, fitted into this app's limits, by the names of /generate's parameters; and
            the details: the format, what had to be changed and what the file said of it, and
            whatever else it says. Without a recipe the first is empty and the second holds a
            `message`.
        """
        visit = self._desk.visit(request, token)
        try:
            found = await recipe_in(self._desk, image, visit)
        except Problem as problem:
            raise refusal(problem, visit) from None
        if found is None:
            return {}, {"message": visit.say("restore.none")}
        return found.options(), found.details()
