"""Many games, one after the other or several at once, each round told as soon as it is there."""

from collections.abc import Coroutine, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from describe_draw.batch.run import Patience
from describe_draw.commands.in_order import in_order
from describe_draw.commands.progress import Progress
from describe_draw.commands.results import Results
from describe_draw.commands.sums import Round
from describe_draw.game import Chain, Game
from describe_draw.game.rest import is_at_rest
from describe_draw.game.scoring import Scoring
from describe_draw.problems import Problem, to_problem
from describe_draw.recipe import MAX_SEED
from describe_draw.texts import Message
from describe_draw.threads import in_thread
from describe_draw.turns import visitor

APART = 100
"""Between the seeds of two runs: no game draws as often."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Who describes and who draws.

    Args:
        name: Both, as people are told.
        game: With their engines.
        describes: The model to describe with, empty for the default.
        draws: The one to draw with.
    """

    name: str
    game: Game
    describes: str
    draws: str


@dataclass(frozen=True, slots=True)
class Played:
    """A game that has ended.

    Args:
        run: Which.
        problem: Why before its time.
    """

    run: int
    problem: Message | None = None


class Playing:
    """All games of a command.

    Args:
        pairs: Who plays.
        scoring: How each round is measured.
        results: Where the rounds go.
        rounds: How many each game has.
        language: The captions'.
    """

    def __init__(
        self, pairs: list[Pair], scoring: Scoring, results: Results, rounds: int, language: str
    ) -> None:
        self._pairs, self._scoring, self._results = pairs, scoring, results
        self._rounds, self._language = rounds, language

    async def run(
        self, picture: Path | None, sentence: str, seed: int, runs: int, at_once: int
    ) -> int:
        """Play; 1 where a game failed."""
        self._start, self._seed = (picture, sentence), seed
        failed = 0
        with Progress(len(self._pairs) * runs * self._rounds) as self._progress:
            try:
                async with aclosing(in_order(self._games(runs), at_once)) as games:
                    async for played in games:
                        if played.problem:
                            failed = 1
                            self._progress.say(f"run {played.run}: {played.problem.say()}")
            finally:
                self._progress.clear()
                self._results.end()
        return failed

    def _games(self, runs: int) -> Iterator[partial[Coroutine[Any, Any, Played]]]:
        for number, pair in enumerate(self._pairs):
            patience = Patience()
            for run in range(1, runs + 1):
                yield partial(self._play, number, pair, run, patience)

    async def _play(self, number: int, pair: Pair, run: int, patience: Patience) -> Played:
        if patience.over:
            return Played(run, patience.over)
        visitor.set(f"{number} {run}")  # each has its turn at the cores
        seed = (self._seed + APART * (run - 1)) % (MAX_SEED + 1)
        chain = None
        try:
            chain = await pair.game.begin(*self._start)
            while chain.round <= self._rounds:
                before = chain.round
                chain = await self._step(chain, pair, seed)
                if chain.round > before:
                    await self._tell(chain, number, run)
                if is_at_rest(chain):
                    self._end(chain, number, run)
                    break
        except Exception as error:
            problem = error if isinstance(error, Problem) else to_problem(error, "play")
            patience.note(problem)
            return Played(run, problem.told)
        finally:
            for picture in chain.pictures if chain else ():  # the results have copies
                pair.game.store.remove(picture.path.parent)
        patience.answered()
        return Played(run)

    async def _step(self, chain: Chain, pair: Pair, seed: int) -> Chain:
        return await pair.game.step(
            chain, seed, pair.describes, language=self._language, drawer=pair.draws
        )

    def _end(self, chain: Chain, number: int, run: int) -> None:
        played = len(chain.drift)
        self._progress.total -= self._rounds - played
        self._results.rest(number, run, played)

    async def _tell(self, chain: Chain, number: int, run: int) -> None:
        values = await in_thread(self._scoring.of, chain)
        self._results.add(Round(number, run, chain, values))
        self._progress.step()
