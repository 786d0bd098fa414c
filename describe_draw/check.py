"""Tries every task once with something small: for operators, at home or in a Space's log."""

import tempfile
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from describe_draw.access import ANONYMOUS
from describe_draw.engines import Engines
from describe_draw.engines.base import TASKS, Task
from describe_draw.problems import to_problem
from describe_draw.recipe import Edit, Recipe
from describe_draw.reports import WRITTEN
from describe_draw.settings import Settings
from describe_draw.store import Store
from describe_draw.studio import Studio
from describe_draw.texts import Message, message

SIDE = 512


async def check(settings: Settings) -> int:
    """Print for each task who would answer, and what became of one try.

    Returns:
        How many tasks failed; a task that nobody answers is none of them.
    """
    engines = Engines(settings)
    with tempfile.TemporaryDirectory(prefix="describe-draw-") as folder:
        studio = Studio(settings, engines, Store(Path(folder)))
        ball = Path(folder) / "ball.png"
        _ball().save(ball)
        tried = [await _try(task, studio, ball) for task in TASKS]
    await engines.close()
    return tried.count(False)


async def _try(task: Task, studio: Studio, ball: Path) -> bool:
    can = studio.engines.capability(task, ANONYMOUS)
    if can is None:
        print(f"{task}: {message('missing.engine').say()}")
        return True
    who = message(f"engine.{can.engine}").say()
    print(f"{task}: {who}" + (f", {can.model}" if can.model != can.engine else ""))
    try:
        said = await _answer(task, studio, ball)
    except Exception as error:
        print(f"  failed: {to_problem(error, task).sentence()}")
        return False
    print(f"  {said}")
    return True


async def _answer(task: Task, studio: Studio, ball: Path) -> str:
    if task in ("draw", "edit"):
        side = min(SIDE, studio.settings.max_side)
        options: dict[str, Any] = {"steps": 4, "width": side, "height": side, "seed": 1}
        if task == "draw":
            drawing = await studio.draw(Recipe("a red ball", **options), report=_report)
        else:
            drawing = await studio.edit(ball, Edit("make it blue", **options), report=_report)
        return f"{drawing.credit.seconds:.2f} s: a picture of {side} × {side} pixels"
    if task == "describe":
        caption = await studio.describe(ball, report=_report)
        return f"{caption.credit.seconds:.2f} s: {caption.text}"
    text, seconds = "", 0.0
    async for writing in studio.write("Say hello.", report=_report):
        text, seconds = writing.text, writing.credit.seconds
    return f"{seconds:.2f} s: {' '.join(text.split())[:200]}"


def _ball() -> Image.Image:
    picture = Image.new("RGB", (SIDE, SIDE), "white")
    ImageDraw.Draw(picture).ellipse((96, 96, 416, 416), "red")
    return picture


def _report(going_on: Message, fraction: float | None = None) -> None:
    if fraction is None and going_on.key != WRITTEN:  # neither every step nor every word
        print(f"  {going_on.say()}")
