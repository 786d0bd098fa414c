"""The app's two verbs: check what came in, ask the engine whose turn it is, keep the answer."""

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PIL.Image import Image

from describe_draw import __version__, pictures, prompts
from describe_draw.access import ANONYMOUS, Caller
from describe_draw.engines import Engines
from describe_draw.engines.base import (
    Call,
    Capability,
    Caption,
    Credit,
    Engine,
    GeneratedImage,
    Task,
)
from describe_draw.options import check_text
from describe_draw.problems import EngineProblem, Problem
from describe_draw.recipe import Recipe
from describe_draw.reports import Report, ignore_progress
from describe_draw.settings import Settings
from describe_draw.store import Store, full
from describe_draw.texts import Message, listed, message
from describe_draw.threads import in_thread

log = logging.getLogger(__name__)
Answer = TypeVar("Answer", Caption, GeneratedImage)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn picture, and the PNG file of it, whose text chunks hold the recipe."""

    path: Path
    picture: Image
    recipe: Recipe
    credit: Credit


@dataclass(frozen=True, slots=True)
class Writing:
    """A text as far as it is written."""

    text: str
    credit: Credit


class Studio:
    """Describes and draws for anybody: the page, the endpoints and the game.

    Args:
        settings: The operator's settings.
        engines: Who answers.
        store: Where drawings are written.
    """

    def __init__(self, settings: Settings, engines: Engines, store: Store) -> None:
        self.settings = settings
        self.engines = engines
        self._store = store

    async def describe(
        self,
        image: str | Path | Image | None,
        style: str = "short",
        model: str = "",
        caller: Caller = ANONYMOUS,
        report: Report = ignore_progress,
    ) -> Caption:
        """Describe a picture, by its file or as an upright RGB picture.

        Raises:
            Problem: The picture can't be used, the style or model isn't there, or the engine
                failed.
        """
        engine, can = self.engines.captioner(caller, model)
        if style not in can.styles:
            raise Problem("unknown_style", styles=listed(can.styles))
        if isinstance(image, Image):
            picture = await in_thread(pictures.within, image)
        else:
            picture = await in_thread(pictures.load, image, self.settings)
        call = self._call("describe", can, caller, report)
        return await self._answer(engine, can, caller, lambda: engine.caption(picture, style, call))

    async def draw(
        self,
        recipe: Recipe,
        caller: Caller = ANONYMOUS,
        report: Report = ignore_progress,
        *,
        improve: bool = False,
        private: bool = False,
    ) -> Drawing:
        """Draw a recipe, which need not be checked yet, into a PNG file.

        Args:
            recipe: What to draw.
            caller: Who asks.
            report: Told what is happening meanwhile.
            improve: Whether a writing model may enrich the prompt first.
            private: Whether the recipe stays out of the file and its name.

        Raises:
            Problem: The recipe is out of its limits, the model isn't there, or the engine failed.
        """
        recipe = recipe.checked(self.settings)
        asked = recipe.prompt
        engine, can = self.engines.image_generator(caller, recipe.model)
        recipe = replace(recipe, model=can.model)
        notes: tuple[Message, ...] = ()
        if improve:
            suggestion = await prompts.improve(asked, self.engines, self.settings, caller, report)
            recipe, notes = replace(recipe, prompt=suggestion.prompt), (suggestion.note,)
        call = self._call("draw", can, caller, report)
        generated = await self._answer(engine, can, caller, lambda: engine.generate(recipe, call))
        credit = replace(generated.credit, notes=notes + generated.credit.notes)
        prompt = generated.final_prompt or recipe.prompt
        recipe = replace(recipe, prompt=prompt, model=credit.model)
        path = await self._kept(generated, recipe, asked, private)
        return Drawing(path, generated.picture, recipe, credit)

    async def _kept(
        self, generated: GeneratedImage, recipe: Recipe, asked: str, private: bool
    ) -> Path:
        """The file that a drawn picture was written to."""
        name = "drawing.png" if private else pictures.file_name(recipe.prompt, recipe.seed)
        path = self._store.new() / name
        chunks = recipe.chunks(
            engine=generated.credit.engine,
            provider=generated.credit.provider,
            asked=asked,
            ignored=generated.credit.ignored,
            version=__version__,
        )
        try:
            await in_thread(pictures.save_png, generated.picture, path, {} if private else chunks)
        except OSError as error:
            raise full(error) from error
        return path

    async def write(
        self, prompt: str, caller: Caller = ANONYMOUS, report: Report = ignore_progress
    ) -> AsyncIterator[Writing]:
        """Answer a prompt in words: all that is written so far, again and again.

        Raises:
            Problem: The prompt is empty or too long, nobody writes here, or the engine failed.
        """
        prompt = check_text("prompt", prompt, self.settings)
        if not prompt:
            raise Problem("no_question")
        engine, can = self.engines.writer(caller)
        credits = [Credit(engine=engine.name, model=can.model)]
        call = Call(can.model, caller, report, credited=credits.append)
        start, text = time.perf_counter(), ""
        with self._asking(engine, can, caller):
            async for piece in engine.write(prompt, call):
                text += piece
                yield Writing(text, replace(credits[-1], seconds=time.perf_counter() - start))
        log.info("%s writing in %.2f s", engine.name, time.perf_counter() - start)

    def _call(self, task: Task, can: Capability, caller: Caller, report: Report) -> Call:
        """A call of a model; the page sends the default's name too, which nobody chose."""
        english = partial(prompts.in_english, engines=self.engines, caller=caller, report=report)
        default = self.engines.capability(task, caller)
        is_chosen = default is not None and can.model != default.model
        return Call(can.model, caller, report, english, is_chosen)

    async def _answer(
        self, engine: Engine, can: Capability, caller: Caller, ask: Callable[[], Awaitable[Answer]]
    ) -> Answer:
        """An engine's answer, with how long it took."""
        start = time.perf_counter()
        with self._asking(engine, can, caller):
            answer = await ask()
        seconds = time.perf_counter() - start
        kind = "caption" if isinstance(answer, Caption) else "picture"
        log.info("%s %s in %.2f s", engine.name, kind, seconds)
        return replace(answer, credit=replace(answer.credit, seconds=seconds))

    @contextmanager
    def _asking(self, engine: Engine, can: Capability, caller: Caller) -> Iterator[None]:
        """For a call that is charged before it is made; what goes wrong is the engine's problem."""
        try:
            self.engines.charge(caller, can)
            yield
        except Problem as problem:
            problem.engine = problem.engine or engine.name
            raise
        except Exception as error:
            who = message(f"engine.{engine.name}")
            raise EngineProblem("engine_failed", engine.name, who=who) from error
