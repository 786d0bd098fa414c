"""What the page is told: JSON whose texts the browser says, in whichever language is chosen."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any, TypeVar

from describe_draw.engines.base import BUILTIN
from describe_draw.problems import Problem
from describe_draw.reports import Report
from describe_draw.texts import Message, said_as_json
from describe_draw.ui.desk import Desk
from describe_draw.ui.newest import Newest
from describe_draw.ui.visit import Visit

T = TypeVar("T")
Told = dict[str, Any]
"""What the page is told at once: the state of its call, and what belongs to that."""

Ask = Callable[[Report], Coroutine[Any, Any, T]]
"""Makes a call that reports how it goes."""


class Events:
    """Runs the calls of pages.

    Args:
        desk: Where they run.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def follow(
        self,
        visit: Visit,
        doing: str,
        ask: Ask[T],
        tell: Callable[[T], Told],
        *,
        begun: bool = False,
    ) -> AsyncIterator[Told]:
        """How a call goes, then its answer, or what went wrong.

        Args:
            visit: Who asks.
            doing: What, a key of `desk.TASK_OF`.
            ask: Makes the call.
            tell: Makes of the answer what the page is told.
            begun: As in `Desk.run`.
        """
        newest: Newest[Told] = Newest()

        def report(said: Message, fraction: float | None = None) -> None:
            waits = {"said": said_as_json(said), "done": fraction}
            newest.put({"state": "waiting", **waits})

        call = self._desk.run(visit, doing, ask(report), report, begun=begun)
        running = asyncio.create_task(call)
        running.add_done_callback(lambda _: newest.end())
        try:
            async for told in newest:
                yield told
            yield {"state": "done", **tell(await running)}
        except Problem as problem:
            yield {"state": "failed", **problem_told(problem)}
        finally:
            running.cancel()


def problem_told(problem: Problem) -> Told:
    """What went wrong, and whether the built-in engine could do it instead."""
    return {
        "problem": said_as_json(problem.told),
        "stopped": problem.name == "stopped",
        "instead": problem.engine not in ("", BUILTIN),
    }
