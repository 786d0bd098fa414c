"""The app's two verbs: check what came in, ask the engine whose turn it is, keep the answer."""

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PIL.Image import Image

from describe_draw import pictures, prompts, reading
from describe_draw.access import ANONYMOUS, Caller
from describe_draw.caption_options import CaptionOptions
from describe_draw.drawings import Asked, Drawing, Drawn, drawn
from describe_draw.engines import Engines
from describe_draw.engines.base import (
    Call,
    Capability,
    Caption,
    Captioner,
    Credit,
    Engine,
    Source,
    Task,
)
from describe_draw.memory import Memory, key_of
from describe_draw.options import check_text
from describe_draw.problems import EngineProblem, Problem
from describe_draw.reading.fitting import Fitted
from describe_draw.recipe import Edit, Recipe
from describe_draw.reports import Report, ignore_progress
from describe_draw.settings import Settings
from describe_draw.store import Store
from describe_draw.styles import styled
from describe_draw.texts import Message, listed, message
from describe_draw.threads import in_thread

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Writing:
    """A text as far as it is written."""

    text: str
    credit: Credit


Answer = TypeVar("Answer", Caption, Drawn)
PLAIN = CaptionOptions()


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
        self._memory: Memory[Any] | None = Memory() if settings.remember else None

    async def describe(
        self,
        image: str | Path | Image | None,
        asked: CaptionOptions = PLAIN,
        model: str = "",
        caller: Caller = ANONYMOUS,
        report: Report = ignore_progress,
    ) -> Caption:
        """Describe a picture, by its file or as an upright RGB picture.

        Args:
            image: The picture.
            asked: How, which need not be checked yet.
            model: Which to ask, empty for the default.
            caller: Who asks.
            report: Told what is happening meanwhile.

        Raises:
            Problem: The picture can't be used, the style, model or language isn't there, the
                model takes no instruction, or the engine failed.
        """
        asked = asked.checked(self.settings)
        engine, can = self.captioner(asked, model, caller)
        key = None
        if self._memory and (seen := await in_thread(pictures.digest, image, self.settings)):
            key = self._key("describe", can, caller, asked, seen)
            known: Caption | None = self._memory.recall(key)
            if known:
                return _credited(known, 0, remembered=True)
        if isinstance(image, Image):
            picture = await in_thread(pictures.within, image)
        else:
            picture = await in_thread(pictures.load, image, self.settings)

        async def ask(report: Report) -> Caption:
            return await engine.caption(picture, asked, self._call("describe", can, caller, report))

        return await self._answer(engine, can, caller, ask, report, key)

    def captioner(
        self, asked: CaptionOptions, model: str, caller: Caller
    ) -> tuple[Captioner, Capability]:
        """Who describes so.

        Raises:
            Problem: The style or the model isn't there, or the model takes no instruction.
        """
        engine, can = self.engines.captioner(caller, model)
        if asked.style not in can.styles:
            raise Problem("unknown_style", styles=listed(can.styles))
        if asked.instruction and not can.instructs:
            raise Problem("no_instruction", model=can.model)
        return engine, can

    async def draw(
        self,
        recipe: Recipe,
        caller: Caller = ANONYMOUS,
        report: Report = ignore_progress,
        *,
        style: str = "",
        improve: bool = False,
        private: bool = False,
    ) -> Drawing:
        """Draw a recipe, which need not be checked yet, into a PNG file.

        Args:
            recipe: What to draw.
            caller: Who asks.
            report: Told what is happening meanwhile.
            style: One of `styles.styles`, whose words are added; empty for none.
            improve: Whether a writing model may enrich the prompt first.
            private: Whether the recipe stays out of the file and its name.

        Raises:
            Problem: The recipe is out of its limits, the style or model isn't there, or the engine
                failed.
        """
        seed, recipe = recipe.seed, recipe.checked(self.settings)
        asked = Asked(recipe.prompt, style, private)
        styled(recipe, style)  # is there one
        engine, can = self.engines.image_generator(caller, recipe.model)
        recipe = replace(recipe, model=can.model)
        notes: tuple[Message, ...] = ()
        if improve:
            prompt = recipe.prompt
            suggestion = await prompts.improve(prompt, self.engines, self.settings, caller, report)
            recipe, notes = replace(recipe, prompt=suggestion.prompt), (suggestion.note,)
        recipe = styled(recipe, style)
        forgets = private or recipe.seed != seed

        async def ask(report: Report) -> Drawn:
            call = self._call("draw", can, caller, report)
            return await drawn(await engine.generate(recipe, call), recipe)

        key = None if forgets else self._key("draw", can, caller, recipe)
        answer = await self._answer(engine, can, caller, ask, report, key)
        answer = replace(answer, credit=answer.credit.noting(*notes))
        return await in_thread(answer.kept, recipe, asked, self._store)

    async def edit(
        self,
        image: str | Path | None,
        recipe: Edit,
        caller: Caller = ANONYMOUS,
        report: Report = ignore_progress,
        *,
        style: str = "",
        private: bool = False,
    ) -> Drawing:
        """As `draw`, from a picture's file.

        Raises:
            Problem: As `draw`, or the picture can't be used.
        """
        seed, recipe = recipe.seed, recipe.checked(self.settings)
        asked, recipe = Asked(recipe.prompt, style, private), styled(recipe, style)
        engine, can = self.engines.image_editor(caller, recipe.model)
        recipe, source = await in_thread(self._source, image, replace(recipe, model=can.model))
        forgets = private or recipe.seed != seed

        async def ask(report: Report) -> Drawn:
            call = self._call("edit", can, caller, report)
            return await drawn(await engine.edit(recipe, source, call), recipe)

        key = None if forgets else self._key("edit", can, caller, recipe)
        answer = await self._answer(engine, can, caller, ask, report, key)
        return await in_thread(answer.kept, recipe, asked, self._store)

    def _source(self, image: str | Path | None, recipe: Edit) -> tuple[Edit, Source]:
        """A picture to draw from, and the recipe that knows its shape and content. Blocking."""
        picture = pictures.load(image, self.settings)
        seen = pictures.digest(image, self.settings) or b""
        told = reading.read(image, self.settings, [])
        recipe = replace(recipe.fitted(picture.size, self.settings), source=seen.hex())
        picture = pictures.filling(picture, recipe.width, recipe.height)
        if told is None or _says_a_change(told):
            return recipe, Source(picture)
        return recipe, Source(picture, told.recipe.prompt, told.recipe.seed)

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
        with _asking(engine):
            self.engines.charge(caller, can)
            async for piece in engine.write(prompt, call):
                text += piece
                yield Writing(text, replace(credits[-1], seconds=time.perf_counter() - start))
        log.info("%s writing in %.2f s", engine.name, time.perf_counter() - start)

    def tidy(self) -> None:
        """Let go of what was remembered long enough."""
        if self._memory:
            self._memory.tidy()

    def _call(self, task: Task, can: Capability, caller: Caller, report: Report) -> Call:
        """A call of a model."""
        english = partial(prompts.in_english, engines=self.engines, caller=caller, report=report)
        return Call(can.model, caller, report, english, self._is_chosen(task, can, caller))

    def _is_chosen(self, task: Task, can: Capability, caller: Caller) -> bool:
        """Whether the visitor chose a model; the page sends the default's name too."""
        default = self.engines.capability(task, caller)
        return default is not None and can.model != default.model

    def _key(self, task: Task, can: Capability, caller: Caller, *asked: object) -> bytes:
        """What an answer is remembered by: who pays for it has it, and nobody else's."""
        payer = (caller.token or caller.address) if can.payer == "visitor" else ""
        is_chosen = self._is_chosen(task, can, caller)
        return key_of(task, can.engine, can.model, is_chosen, can.payer, payer, *asked)

    async def _answer(
        self,
        engine: Engine,
        can: Capability,
        caller: Caller,
        ask: Callable[[Report], Awaitable[Answer]],
        report: Report,
        key: bytes | None,
    ) -> Answer:
        """An engine's answer, or one that is remembered, with how long it took."""
        start = time.perf_counter()

        def charge() -> None:
            with _asking(engine):
                self.engines.charge(caller, can)

        async def asked(report: Report) -> Answer:
            with _asking(engine):
                return await ask(report)

        answer: Answer
        if self._memory and key:
            answer, remembered = await self._memory.answer(key, asked, report, charge)
        else:
            charge()
            answer, remembered = await asked(report), False
        return _credited(answer, time.perf_counter() - start, remembered=remembered)


def _says_a_change(told: Fitted) -> bool:
    """Whether a recipe's prompt is what was asked of a picture, and not what is in it."""
    return bool(told.more.get("source")) and told.more.get("asked") == told.recipe.prompt


def _credited(answer: Answer, seconds: float, *, remembered: bool) -> Answer:
    """An answer with how long it took, and whether it cost anything."""
    kind = "caption" if isinstance(answer, Caption) else "picture"
    how = " remembered" if remembered else ""
    log.info("%s %s%s in %.2f s", answer.credit.engine, kind, how, seconds)
    notes = ((message("note.remembered"),) if remembered else ()) + answer.credit.notes
    return replace(answer, credit=replace(answer.credit, seconds=seconds, notes=notes))


@contextmanager
def _asking(engine: Engine) -> Iterator[None]:
    """For a call of an engine: what goes wrong with it is the engine's problem."""
    try:
        yield
    except Problem as problem:
        problem.engine = problem.engine or engine.name
        raise
    except Exception as error:
        who = message(f"engine.{engine.name}")
        raise EngineProblem("engine_failed", engine.name, who=who) from error
