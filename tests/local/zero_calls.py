"""Draws through ZeroGPU's forks with a model that takes its time; run by test_zero.py."""

import spaces  # isort: skip  # noqa: F401  # first, as in app.py

import asyncio
import os
import time
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from gradio.context import LocalContext
from PIL import Image, ImageOps
from starlette.datastructures import Headers

from describe_draw.engines.base import Call, Source
from describe_draw.engines.local import Local, gpu
from describe_draw.engines.local.results import Drawn
from describe_draw.problems import Problem
from describe_draw.recipe import Edit, Recipe
from tests.local.answers import tell
from tests.support import settings

MODEL, DEVICE = "some/model", "auto"


class Slow:
    """Draws black, and says in which process."""

    def steps(self, recipe):
        return recipe.steps

    def draw(self, recipe, step):
        for number in range(recipe.steps):
            time.sleep(0.02)
            step(number + 1)
        picture = Image.new("RGB", (recipe.width, recipe.height))
        return Drawn(picture, (str(os.getpid()),), recipe.steps, False)

    def edit(self, recipe, picture, step):
        return replace(self.draw(recipe, step), picture=ImageOps.invert(picture))


async def draw(engine, steps, stop_at=None):
    """What became of a drawing, which is stopped once so many steps are done."""
    told = []

    def report(_, fraction=None, /):
        told.append(fraction)
        if len(told) == stop_at:
            drawing.cancel()

    recipe = Recipe("a dog", steps=steps, width=1024, seed=1)
    drawing = asyncio.ensure_future(engine.generate(recipe, Call("", report=report)))
    try:
        generated = await drawing
    except asyncio.CancelledError:
        return {"stopped": True, "steps": told}
    except Problem as problem:
        return {"problem": str(problem), "steps": told}
    size, process = generated.picture.size, int(generated.credit.ignored[0])
    return {"size": size, "is_here": process == os.getpid(), "steps": told}


async def edit(engine):
    """Whether a picture was changed, and in another process."""
    recipe = Edit("a dog", steps=5, width=64, height=64, seed=1)
    source = Source(Image.new("RGB", (64, 64), "white"))
    edited = await engine.edit(recipe, source, Call(""))
    is_here = int(edited.credit.ignored[0]) == os.getpid()
    return {"colour": edited.picture.getpixel((0, 0)), "is_here": is_here}


async def main():
    request: Any = SimpleNamespace(headers=Headers({"x-ip-token": os.environ["VISITOR"]}))
    LocalContext.request.set(request)
    engine = Local(settings(local_device=DEVICE, local_image_model=MODEL))
    gpu._loaded["draw", MODEL, DEVICE] = Slow()
    tell(await draw(engine, 5))
    tell(await draw(engine, 100, stop_at=3))
    tell(await edit(engine))
    tell(await draw(engine, 101))


asyncio.run(main())
