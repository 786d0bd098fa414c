"""Five rounds of the game with the built-in engine, against one of its drawings."""

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from describe_draw.access import ANONYMOUS
from describe_draw.engines import Engines
from describe_draw.game import Chain, Game, archive
from describe_draw.game.meaning import compare, told_apart
from describe_draw.game.things import read
from describe_draw.recipe import Recipe
from describe_draw.store import Store
from describe_draw.studio import Studio
from describe_draw.ui import chain as html
from describe_draw.ui.visit import Visit
from tests.support import EXAMPLES, settings

ROUNDS = 5
RUNS = 5
COMPARISONS = 50
CAPTIONS = (
    "two brown cows in a green meadow with a lake and snowy mountains in the background",
    "a herd of cattle grazing beside a river under a cloudy sky, a red barn behind them",
)


def measure() -> dict[str, str]:
    """Seconds of a game, its CPU time, its first step, and its archive."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> dict[str, str]:
    chosen = settings()
    engines = Engines(chosen)
    store = Store(folder)
    game = Game(Studio(chosen, engines, store), engines.features, store)
    start = time.perf_counter()
    await _played(game)
    first = time.perf_counter() - start
    games = [await _timed(game) for _ in range(RUNS)]
    drawing = statistics.median([await _drawn(game) for _ in range(RUNS)])
    wall, cpu, step, chain = (list(values) for values in zip(*games, strict=True))
    start = time.perf_counter()
    kept = archive.pack(chain[-1], html.page(chain[-1], Visit(ANONYMOUS, "en")), folder)
    packing = time.perf_counter() - start
    game_s, step_s = statistics.median(wall), statistics.median(step)
    return {
        "first game": f"{first:.2f} s, networks loaded",
        f"game of {ROUNDS}": f"{game_s:.2f} s, {game_s / drawing:.1f} × a drawing",
        f"game of {ROUNDS}, CPU": f"{statistics.median(cpu):.2f} s",
        "first step of a game": f"{step_s:.2f} s, {step_s / game_s:.0%} of it",
        **_meaning(drawing),
        "archive": f"{packing:.3f} s, {kept.stat().st_size / 1e6:.1f} MB",
    }


def _meaning(drawing: float) -> dict[str, str]:
    """A comparison of two captions, with the sentence model where it is installed, and without."""
    measured = {}
    for name, function in (("things", told), ("things and sentences", compare)):
        function(*CAPTIONS)
        start = time.perf_counter()
        for number in range(COMPARISONS):
            function(f"{CAPTIONS[0]} {number}", f"{CAPTIONS[1]} {number}")  # none is remembered
        took = (time.perf_counter() - start) / COMPARISONS
        measured[f"meaning by {name}"] = f"{1e3 * took:.1f} ms, {took / drawing:.4f} × a drawing"
    return measured


def told(first: str, last: str) -> float:
    return told_apart(read(first), read(last))


async def _played(game: Game) -> tuple[float, Chain]:
    start = time.perf_counter()
    chain = await game.step(await game.begin(EXAMPLES / "cows.png"), 1)
    first = time.perf_counter() - start
    while chain.round <= ROUNDS:
        chain = await game.step(chain, 1)
    return first, chain


async def _timed(game: Game) -> tuple[float, float, float, Chain]:
    wall, cpu = time.perf_counter(), time.process_time()
    first, chain = await _played(game)
    return time.perf_counter() - wall, time.process_time() - cpu, first, chain


async def _drawn(game: Game) -> float:
    start = time.perf_counter()
    await game.studio.draw(Recipe("a cow in a field with a lake", seed=1))
    return time.perf_counter() - start
