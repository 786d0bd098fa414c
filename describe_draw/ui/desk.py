"""Where the page's events and the endpoints meet the studio: who asks, and whose turn it is."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from html import escape
from typing import Any, TypeVar

import gradio as gr

from describe_draw.engines.base import BUILTIN, Caption, Credit, Task
from describe_draw.problems import Problem, to_problem
from describe_draw.reports import Report, ignore_progress
from describe_draw.settings import Settings
from describe_draw.studio import Studio
from describe_draw.texts import Message, listed
from describe_draw.turns import Turns, visitor
from describe_draw.ui.picture import Intake, Named
from describe_draw.ui.sessions import Sessions
from describe_draw.ui.visit import Visit

T = TypeVar("T")
PROGRESS = gr.Progress()
"""As a handler's default it has Gradio hand in the progress of the event."""

LINK = re.compile(r"https://(huggingface\.co/[\w/.-]*\w)(?:\?[\w=&;.-]*\w)?")


TASK_OF: dict[str, Task] = {
    "describe": "describe",
    "read": "describe",
    "draw": "draw",
    "play": "draw",
    "keep": "describe",
    "write": "write",
}
"""With which task's calls a call shares its turns."""


class Desk:
    """What all handlers share.

    Args:
        studio: Who describes and draws.
        intake: Reads the pictures that callers name.
    """

    def __init__(self, studio: Studio, intake: Intake) -> None:
        self.studio = studio
        self.picture = intake.file
        self.sessions = Sessions()
        self.closing = False
        tasks: tuple[Task, ...] = ("describe", "draw", "write")
        self._turns = {task: _turns(studio.settings) for task in tasks}

    async def run(
        self,
        visit: Visit,
        doing: str,
        call: Coroutine[Any, Any, T],
        report: Report = ignore_progress,
        *,
        begun: bool = False,
    ) -> T:
        """Run a call when it is the visitor's turn, until it ends, is stopped, or its page closed.

        Args:
            visit: Who asks.
            doing: What, a key of `TASK_OF`.
            call: The call.
            report: Told how many are before it.
            begun: Whether it goes on with something, which isn't turned away for being too much.

        Raises:
            Problem: Whatever went wrong, ready to be told.
        """
        in_turn = self._in_turn(visit, doing, call, report, begun=begun)
        try:
            return await self.sessions.run(visit.caller.session, doing, in_turn)
        except Exception as error:
            raise to_problem(error, doing) from None
        finally:
            call.close()  # it may never have begun

    async def _in_turn(
        self, visit: Visit, doing: str, call: Coroutine[Any, Any, T], report: Report, *, begun: bool
    ) -> T:
        visit.check()
        if self.closing:
            raise Problem("closing")
        visitor.set(visit.caller.address)
        async with self._turns[TASK_OF[doing]].turn(report, begun=begun):
            return await call

    async def described(
        self,
        named: Named | None,
        style: str,
        model: str,
        visit: Visit,
        report: Report = ignore_progress,
        language: str = "",
    ) -> Caption:
        """The caption of a picture that a caller named, in a language as `Studio.describe` has it.

        Raises:
            Problem: As `Intake.file` and `Studio.describe`.
        """
        image = await self.picture(named)
        return await self.studio.describe(image, style, model, visit.caller, report, language)

    async def stream(self, visit: Visit, doing: str, pieces: AsyncIterator[T]) -> AsyncIterator[T]:
        """As `run`, for what comes piece by piece; only the newest piece waits to be taken.

        Raises:
            Problem: Whatever went wrong, ready to be told.
        """
        newest: asyncio.Queue[T | None] = asyncio.Queue()

        async def pump() -> None:
            async for piece in pieces:
                while not newest.empty():
                    newest.get_nowait()
                newest.put_nowait(piece)

        running = asyncio.create_task(self.run(visit, doing, pump()))
        running.add_done_callback(lambda _: newest.put_nowait(None))
        try:
            while (piece := await newest.get()) is not None:
                yield piece
            await running
        finally:
            running.cancel()

    def reports(self, visit: Visit, progress: gr.Progress) -> Report:
        """Shows what an engine reports where the answer will be."""

        def report(said: Message, fraction: float | None = None) -> None:
            progress(fraction or 0, desc=said.say(visit.language))  # without a number it is hidden

        return report

    def stops(self, doing: str) -> Callable[[gr.Request], Awaitable[Any]]:
        """A handler that ends what a page has running of one kind, see `components.stops`."""

        async def stop(request: gr.Request) -> Any:
            ended = await self.sessions.stop(request.session_hash or "", doing)
            return gr.skip() if ended else time.time()

        return stop

    async def leave(self, request: gr.Request) -> None:
        """A page was closed: end what it has running."""
        self.sessions.leave(request.session_hash or "")

    def models(self, task: Task, visit: Visit) -> gr.Dropdown:
        """The models that a visitor may choose, shown where there is more than one."""
        names = self.studio.engines.models(task, visit.caller)
        labels = [(visit.say(f"engine.{n}") if n == BUILTIN else n, n) for n in names]
        return gr.Dropdown(choices=labels, value=next(iter(names), None), visible=len(names) > 1)

    def instead(self, problem: Problem) -> gr.Button:
        """The button for the built-in engine, shown where another engine failed."""
        return gr.Button(visible=problem.engine not in ("", BUILTIN))

    def concurrency(self, task: Task) -> dict[str, Any]:
        """The event options of a task's calls, which wait here and not in Gradio's one line."""
        return {"concurrency_id": task, "concurrency_limit": None}


def _turns(settings: Settings) -> Turns:
    """A task's turns: one visitor has half of the places at most, and of those to wait in."""
    running, waiting = settings.concurrency, settings.queue_size
    return Turns(
        running,
        each=max(1, running // 2),
        most=max(2, (running + waiting) // 2),
        waiting=waiting,
    )


def notice(problem: Problem, visit: Visit) -> str:
    """A problem as the page shows it; a stop is none."""
    if problem.name == "stopped":
        return f'<p class="credit" role="status">{escape(problem.sentence(visit.language))}</p>'
    return f'<p class="notice" role="alert">{linked(problem.sentence(visit.language))}</p>'


def linked(sentence: str) -> str:
    """A sentence as HTML, the Hub's pages in it to be clicked."""
    return LINK.sub(r'<a href="\g<0>" target="_blank" rel="noopener">\1</a>', escape(sentence))


def refusal(problem: Problem, visit: Visit) -> gr.Error:
    """A problem as callers get it."""
    return gr.Error(problem.sentence(visit.language), print_exception=False)


def credit_line(credit: Credit, visit: Visit, *more: str) -> str:
    """Who answered and how long it took, as the page shows it."""
    engine = visit.say(f"engine.{credit.engine}")
    seconds = f"{credit.seconds:.2f}" if credit.seconds < 10 else f"{credit.seconds:.0f}"
    named = credit.model != credit.engine
    key = "page.answered_model" if named else "page.answered"
    model = f"{credit.model} ({credit.provider})" if credit.provider else credit.model
    parts = [visit.say(key, engine=engine, model=model, seconds=seconds), *more]
    if credit.ignored:
        parts.append(visit.say("page.ignored", options=options_named(credit.ignored, visit)))
    parts += [note.say(visit.language) for note in credit.notes]
    return f'<p class="credit">{escape(" · ".join(parts))}</p>'


def options_named(names: tuple[str, ...], visit: Visit) -> str:
    """Drawing options by the names that people read."""
    return listed([visit.say(f"option.{name}") for name in names], visit.language)
