"""The endpoints of the game and of recipes, as `api` has the others."""

from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Any

import gradio as gr

from describe_draw.game import Chain, Game
from describe_draw.game.rest import is_at_rest
from describe_draw.options import check_language
from describe_draw.problems import Problem, to_problem
from describe_draw.recipe import RANDOM_SEED, check_rounds, check_seed
from describe_draw.ui.archive import kept, opened
from describe_draw.ui.desk import Desk, refusal
from describe_draw.ui.picture import Named, Picture
from describe_draw.ui.recipes import recipe_in
from describe_draw.ui.visit import Token, Visit, visit_of

Played = tuple[list[tuple[str, str]], list[dict[str, Any]], str | None]
"""Drawings with their captions, each round's drift, and the zip."""


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
                    gr.Textbox("", label="language"),
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
        self,
        image: Named,
        rounds: int,
        seed: int,
        language: str,
        request: gr.Request,
        token: Token,
    ) -> AsyncIterator[Played]:
        """Play describe and draw in turn, and see how far the story drifts.

        Args:
            image: The picture to begin with, a file as caption takes it.
            rounds: 1 to 10; each describes the last picture and draws what was said.
            seed: The first drawing's, each next one has one more; -1 takes random ones.
            language: Empty for English, or a code such as de, fr, ja, zh or zh-TW.

        Yields:
            After each drawing: all drawings, each with the caption it was drawn from; each
            round's drift from the start in meaning and in look, 0 (same) to 1, and the things of
            the first words that were kept, what each of those became, those that were lost,
            those that were invented, and whether the story came to rest after that round: the
            next caption was one that the game had before, also when more was asked for. Then the
            game is over. At the end, also where a later round fails, a zip too: the pictures,
            captions, recipes, drift and a page that shows them.
        """
        visit = visit_of(request, token)
        chain = None
        try:
            rounds, seed, language = (
                check_rounds(rounds),
                check_seed(seed),
                check_language(language),
            )
            chain = await self._desk.run(visit, "play", opened(self._desk, self._game, image))
            while chain.round <= rounds:
                step = self._game.step(chain, seed, caller=visit.caller, language=language)
                chain = await self._desk.run(visit, "play", step, begun=True)
                if is_at_rest(chain):
                    break
                if chain.next == "describe" and chain.round <= rounds:
                    yield *_played(chain), None
            yield *_played(chain), await self._kept(chain, visit)
        except Problem as problem:
            if chain and chain.drift:
                yield *_played(chain), await self._kept(chain, visit)
            raise refusal(problem, visit) from None

    async def _kept(self, chain: Chain, visit: Visit) -> str | None:
        """The zip, None where a picture of it is gone: the answers before stay good without."""
        try:
            return str(await kept(chain, visit, self._game))
        except Problem as problem:
            to_problem(problem, "keep")
            return None

    async def read_recipe(
        self, image: Named, request: gr.Request, token: Token
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Read what made a picture from its file: this app's and the common tools' formats.

        Args:
            image: The picture file as it was saved: PNG, JPEG or WebP.

        Returns:
            The recipe by the names of draw's parameters, and what else the file says.
        """
        visit = visit_of(request, token)
        try:
            found = await recipe_in(self._desk, image, visit)
        except Problem as problem:
            raise refusal(problem, visit) from None
        if found is None:
            return {}, {"message": visit.say("problem.no_recipe")}
        return found.options(), found.details()


def _played(chain: Chain) -> tuple[list[tuple[str, str]], list[dict[str, Any]]]:
    drawings = [(str(drawn.path), words.text) for drawn, words in chain.drawings]
    rests = is_at_rest(chain)
    return drawings, [
        {**asdict(drifted), "rests": rests and drifted is chain.drift[-1]}
        for drifted in chain.drift
    ]
