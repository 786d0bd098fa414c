"""A visitor's game on the page: what is shown after each step."""

from collections.abc import AsyncIterator
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from describe_draw.borrowed.frontend import HIDDEN
from describe_draw.game import Chain, Game, Words, archive
from describe_draw.problems import Problem
from describe_draw.recipe import check_prompt, check_rounds
from describe_draw.store import full
from describe_draw.texts import message
from describe_draw.threads import in_thread
from describe_draw.ui import chain as html
from describe_draw.ui.desk import Desk, notice
from describe_draw.ui.picture import Named
from describe_draw.ui.visit import Visit

Seen = tuple[Any, ...]
"""New values for: chain, status, strip, turn, caption, drift, ends, keep, instead."""

SAME = gr.skip()


class Playing:
    """Plays for one visitor until the rounds are over, or it is the person's turn.

    Args:
        desk: Where calls are run.
        game: What is played.
        visit: Who plays.
        rounds: How many rounds the game has.
        pause: Whether it stops for the person to change each caption.
        model: Who answers, empty for the default.
    """

    def __init__(
        self, desk: Desk, game: Game, visit: Visit, rounds: int, pause: bool, model: str = ""
    ) -> None:
        self._desk, self._game, self._visit = desk, game, visit
        self._rounds, self._pause, self._model = rounds, pause, model
        self._note = ""

    async def begin(self, image: Named | None, sentence: str) -> AsyncIterator[Seen]:
        """A new game from a sentence, or else from a picture."""
        image = None if sentence.strip() else image
        yield SAME, self._status(self._visit.say("game.beginning"), 0), *[SAME] * 7
        try:
            self._rounds = check_rounds(self._rounds)
            beginning = opened(self._desk, self._game, image, sentence)
            chain = await self._desk.run(self._visit, "play", beginning)
        except Problem as problem:
            yield self._failed(problem)
            return
        cleared = (_turn(shown=False), "", "", gr.ImageSlider(visible=HIDDEN))
        yield chain.at_rest(), SAME, SAME, *cleared, gr.Button(visible=HIDDEN), SAME
        async for seen in self.go_on(chain):
            yield seen

    async def say(self, chain: Chain | None, caption: str) -> AsyncIterator[Seen]:
        """The game goes on with the caption as the person left it, by at least one drawing."""
        try:
            words = check_prompt(caption, self._desk.studio.settings)
            if chain is None:  # the server was restarted, or the game is too old
                self._note = self._visit.say("game.lost")
            chain = chain or Chain((Words(words),))
            chain = await in_thread(chain.said_otherwise, words)
        except Problem as problem:
            yield self._failed(problem)
            return
        self._rounds = max(self._rounds, chain.round)
        async for seen in self.go_on(chain):
            yield seen

    async def go_on(self, chain: Chain) -> AsyncIterator[Seen]:
        """What to see as the chain grows, link by link."""
        while chain.round <= self._rounds:
            yield self._running(chain)
            step = self._game.step(chain, model=self._model, caller=self._visit.caller)
            try:
                chain = await self._desk.run(self._visit, "play", step, begun=True)
            except Problem as problem:
                yield self._failed(problem, chain)
                return
            waits = self._pause and chain.next == "draw" and chain.round <= self._rounds
            yield self._grown(chain, waits)
            if waits:
                return

    def _running(self, chain: Chain) -> Seen:
        """The round and what is running, and a card for what is on its way."""
        doing = message(f"game.{chain.next}")
        said = self._visit.say("game.running", number=chain.round, rounds=self._rounds, doing=doing)
        status = self._status(said, (len(chain.links) - 1) / (2 * self._rounds))
        strip = html.strip(chain, self._visit, waiting=True)
        return (
            chain.at_rest(),
            status,
            strip,
            _turn(shown=False),
            *[SAME] * 4,
            gr.Button(visible=False),
        )

    def _grown(self, chain: Chain, waits: bool) -> Seen:
        """Everything there is to see of a chain that has one more link."""
        pictures = [str(picture.path) for picture in chain.pictures]
        over = chain.round > self._rounds
        status: Any = SAME
        if waits or over:
            key = "game.your_turn" if waits else "game.done"
            status = self._status(self._visit.say(key, rounds=len(chain.drift)))
        return (
            chain.at_rest(),
            status,
            html.strip(chain, self._visit),
            _turn(shown=waits or over),
            chain.words[-1].text if chain.words else "",
            html.dials(chain, self._rounds, self._visit),
            gr.ImageSlider((pictures[0], pictures[-1]), visible=True) if pictures[1:] else SAME,
            gr.Button(visible=True),
            SAME,
        )

    def _status(self, said: str, done: float | None = None) -> str:
        return _status(f"{self._note} {said}".strip(), done)

    def _failed(self, problem: Problem, chain: Chain | None = None) -> Seen:
        """What failed, or that it was stopped; what there was stays."""
        said, strip, turn, keep = notice(problem, self._visit), SAME, SAME, SAME
        if chain:
            status, strip, turn = stopped(chain, self._visit)
            said = status if problem.name == "stopped" else said
            if chain.pictures:  # shown already, unless a slow page missed it among what came
                keep = gr.Button(visible=True)
        return SAME, said, strip, turn, *[SAME] * 3, keep, self._desk.instead(problem)


async def opened(desk: Desk, game: Game, named: Named | None, sentence: str = "") -> Chain:
    """A game's beginning, from a picture that a caller named or a sentence.

    Raises:
        Problem: As `Intake.file` and `Game.begin`.
    """
    return await game.begin(await desk.picture(named), sentence)


async def kept(chain: Chain, visit: Visit, game: Game) -> Path:
    """A zip with all that there is of a game.

    Raises:
        Problem: A picture of it is gone, or there is no room for the zip.
    """
    page = html.page(chain, visit)

    def pack() -> Path:
        """Beside the last picture: however often it is asked for, a game has one archive."""
        game.store.check_room()
        folder = chain.pictures[-1].path.parent if chain.pictures else game.store.new()
        try:
            return archive.pack(chain, page, folder)
        except OSError as error:
            is_gone = isinstance(error, FileNotFoundError)
            raise (Problem("game_gone") if is_gone else full(error)) from error

    return await in_thread(pack)


def stopped(chain: Chain | None, visit: Visit) -> tuple[Any, Any, Any]:
    """Status, strip and turn after a stop: what there is stays, without what was on its way."""
    if chain is None:
        return SAME, SAME, SAME
    said = visit.say("game.stopped", rounds=len(chain.drift))
    return _status(said), html.strip(chain, visit), _turn(shown=bool(chain.words))


def _turn(*, shown: bool) -> gr.Row:
    """The box of words to go on from."""
    return gr.Row(visible=shown)


def _status(said: str, done: float | None = None) -> str:
    line = f'<p class="status" role="status">{escape(said)}</p>'
    return (
        line
        if done is None
        else f'{line}<progress value="{done:.2f}" aria-hidden="true"></progress>'
    )
