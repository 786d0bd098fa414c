"""Where the page's events and the endpoints meet the studio: who asks, and whose turn it is."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from typing import Any, Literal, TypeVar

import gradio as gr

from describe_draw.caption_options import CaptionOptions
from describe_draw.drawings import Drawing
from describe_draw.engines.base import Caption, Task
from describe_draw.problems import Problem, to_problem
from describe_draw.recipe import Edit
from describe_draw.reports import Report, ignore_progress
from describe_draw.settings import Settings
from describe_draw.studio import Studio
from describe_draw.turns import Turns, visitor
from describe_draw.ui.newest import Newest
from describe_draw.ui.picture import Intake, Named
from describe_draw.ui.sessions import Sessions
from describe_draw.ui.visit import Visit

T = TypeVar("T")

TASK_OF: dict[str, Task | Literal["take"]] = {
    "describe": "describe",
    "read": "describe",
    "draw": "draw",
    "edit": "draw",
    "play": "draw",
    "keep": "describe",
    "take": "take",
    "write": "write",
}
"""With which task's calls a call shares its turns; what may fill a part of the disk has its own."""

TAKES, EACH = 1000, 2
"""How many of these there are at once, in all and of one visitor."""


class Desk:
    """What all handlers share.

    Args:
        studio: Who describes and draws.
        intake: Reads the pictures that callers name.

    Attributes:
        takes: The turns of what may fill a part of the disk.
    """

    def __init__(self, studio: Studio, intake: Intake) -> None:
        self.studio = studio
        self.picture = intake.file
        self.sessions = Sessions()
        self.closing = False
        tasks: tuple[Task, ...] = ("describe", "draw", "write")  # edits are drawn
        self.takes = Turns(TAKES, each=EACH, most=2 * EACH)
        self._turns = {task: _turns(studio.settings) for task in tasks} | {"take": self.takes}

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
            begun: Whether it goes on with something, see `Turns.turn`.

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
        asked: CaptionOptions,
        model: str,
        visit: Visit,
        report: Report = ignore_progress,
    ) -> Caption:
        """The caption of a picture that a caller named.

        Raises:
            Problem: As `Intake.file` and `Studio.describe`.
        """
        image = await self.picture(named)
        return await self.studio.describe(image, asked, model, visit.caller, report)

    async def edited(
        self,
        named: Named | None,
        recipe: Edit,
        visit: Visit,
        report: Report = ignore_progress,
        *,
        style: str = "",
        private: bool = False,
    ) -> Drawing:
        """What is drawn from a picture that a caller named.

        Raises:
            Problem: As `Intake.file` and `Studio.edit`.
        """
        image = await self.picture(named)
        return await self.studio.edit(
            image, recipe, visit.caller, report, style=style, private=private
        )

    async def stream(self, visit: Visit, doing: str, pieces: AsyncIterator[T]) -> AsyncIterator[T]:
        """As `run`, for what comes piece by piece; only the newest piece waits to be taken.

        Raises:
            Problem: Whatever went wrong, ready to be told.
        """
        newest: Newest[T] = Newest()

        async def pump() -> None:
            async for piece in pieces:
                newest.put(piece)

        running = asyncio.create_task(self.run(visit, doing, pump()))
        running.add_done_callback(lambda _: newest.end())
        try:
            async for piece in newest:
                yield piece
            await running
        finally:
            running.cancel()

    async def stop(self, request: gr.Request) -> None:
        """End what a page has running."""
        await self.sessions.stop(request.session_hash or "")

    async def leave(self, request: gr.Request) -> None:
        """A page was closed: end what it has running."""
        self.sessions.leave(request.session_hash or "")

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


def refusal(problem: Problem, visit: Visit) -> gr.Error:
    """A problem as callers get it."""
    return gr.Error(problem.sentence(visit.language), print_exception=False)
