"""One visitor's caption beside another's hundred games, against the same caption alone."""

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

import httpx

from tests.support import serving
from tests.visitors import called, upload, visitor

CAPTIONS = 25
GAMES = 100


def measure() -> dict[str, str]:
    """Seconds of a caption, alone and beside the flood."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), REMEMBER="false") as app:
        return asyncio.run(_measure(app.url))


async def _measure(url: str) -> dict[str, str]:
    async with visitor(url, 1) as one, visitor(url, 2) as other:
        picture, theirs = await upload(one), await upload(other)
        await _captions(one, picture)
        alone = await _captions(one, picture)
        games = [asyncio.create_task(called(other, "play", theirs, 10, n)) for n in range(GAMES)]
        await asyncio.sleep(3)
        beside = await _captions(one, picture)
        running = sum(not game.done() for game in games)
        for game in games:
            game.cancel()
    return {
        "caption alone": f"{alone:.3f} s",
        f"caption beside {GAMES} games": f"{beside:.3f} s, {beside / alone:.2f} × alone",
        "games still running then": f"{running}",
    }


async def _captions(http: httpx.AsyncClient, picture: object) -> float:
    """The median time of a caption, in seconds."""
    seconds = []
    for _ in range(CAPTIONS):
        start = time.perf_counter()
        event, said = await called(http, "caption", picture, "short", "")
        assert event == "complete", said
        seconds.append(time.perf_counter() - start)
        await asyncio.sleep(0.05)
    return statistics.median(seconds)
