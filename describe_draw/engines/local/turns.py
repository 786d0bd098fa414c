"""One device, one generation at a time: who comes later waits in a line."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import Context, copy_context
from dataclasses import dataclass, field

from describe_draw.engines.base import Report
from describe_draw.texts import message


@dataclass(eq=False, slots=True)
class _Ticket:
    report: Report
    context: Context = field(default_factory=copy_context)
    called: asyncio.Event = field(default_factory=asyncio.Event)
    before: int | None = None


class Turns:
    """A lock whose line moves in the order of arrival, and that tells everybody their place."""

    def __init__(self) -> None:
        self._line: list[_Ticket] = []

    @asynccontextmanager
    async def turn(self, report: Report) -> AsyncIterator[None]:
        """Wait for the device, and have it until the block is left."""
        ticket = _Ticket(report)
        self._line.append(ticket)
        self._move()
        try:
            await ticket.called.wait()
            yield
        finally:
            self._line.remove(ticket)
            self._move()

    def _move(self) -> None:
        for before, ticket in enumerate(self._line):
            has_moved, ticket.before = ticket.before != before, before
            if before == 0:
                ticket.called.set()
            elif has_moved:  # each in its own context, by which the page knows whose progress it is
                ticket.context.run(ticket.report, message("report.turn", count=before))
