"""Many drawings at once through ZeroGPU's forks, each in a colour of its own; run by test_zero.py.

Prints what became of each: `right`, `wrong` (another's picture), a problem's name, or `hangs`.
"""

import spaces  # isort: skip  # noqa: F401  # first, as in app.py

import asyncio
import sys
import time
from collections import Counter

from PIL import Image

from describe_draw.engines.base import Call
from describe_draw.engines.local import Local, gpu
from describe_draw.engines.local.results import Drawn
from describe_draw.problems import Problem
from describe_draw.recipe import Recipe
from tests.local.answers import tell
from tests.support import settings

MODEL, DEVICE = "some/model", "auto"
STEPS = 3


class Painter:
    """Draws its seed."""

    def steps(self, recipe):
        return recipe.steps

    def draw(self, recipe, step):
        for number in range(recipe.steps):
            time.sleep(0.001)
            step(number + 1)
        picture = Image.new("RGB", (recipe.width, recipe.height), colour(recipe.seed))
        return Drawn(picture, (), recipe.steps, False)


def colour(seed):
    return (seed // 256, seed % 256, 7)


async def draw(engine, seed, stop_at):
    """What became of a drawing, which is stopped once so many steps are done."""

    def report(_, fraction=None, /):
        if fraction and round(fraction * STEPS) == stop_at:
            drawing.cancel()

    recipe = Recipe("a dog", steps=STEPS, width=64, height=64, seed=seed)
    drawing = asyncio.ensure_future(engine.generate(recipe, Call("", report=report)))
    done, _ = await asyncio.wait([drawing], timeout=20)
    if not done:
        return "hangs"
    if drawing.cancelled():
        return "stopped"
    error = drawing.exception()
    if error:
        return error.name if isinstance(error, Problem) else f"{type(error).__name__}: {error}"
    return "right" if drawing.result().picture.getpixel((5, 5)) == colour(seed) else "wrong"


async def main(rounds, calls, stops):
    engine = Local(settings(local_device=DEVICE, local_image_model=MODEL))
    gpu._loaded["draw", MODEL, DEVICE] = Painter()
    became: Counter[str] = Counter()
    for number in range(rounds):
        seeds = range(number * calls, (number + 1) * calls)
        stop_at = [1 + seed % STEPS if seed % calls < stops else 0 for seed in seeds]
        became.update(await asyncio.gather(*map(draw, [engine] * calls, seeds, stop_at)))
        if became["hangs"]:
            break
    tell(became)


asyncio.run(main(*map(int, sys.argv[1:])))
