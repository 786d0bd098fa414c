"""Fair turns: a few places that many visitors share, however many calls one of them makes."""

from asyncio import Event
from bisect import insort
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import Context, ContextVar, copy_context
from dataclasses import dataclass, field

from describe_draw.problems import Problem
from describe_draw.reports import Report, ignore_progress
from describe_draw.texts import message

visitor: ContextVar[str] = ContextVar("visitor", default="")
"""For whom the running call works, by which turns are shared out."""


@dataclass(eq=False, slots=True)
class _Ticket:
    round: int
    visitor: str
    report: Report
    context: Context = field(default_factory=copy_context)
    called: Event = field(default_factory=Event)
    before: int | None = None


@dataclass(slots=True)
class _Visitor:
    """What a visitor has waiting and running, and the round of the last that came."""

    calls: int = 0
    running: int = 0
    last: int = 0


class Turns:
    """Places that visitors have in turn: the n-th call of each before the (n+1)-th of any.

    Who waits is told how many are before them. One event loop only.

    Args:
        places: How many run at once.
        each: How many of one visitor run at once.
        most: How many calls one visitor may have waiting and running, None for any number.
        waiting: How many may wait in all, None for any number.
    """

    def __init__(
        self, places: int, each: int, *, most: int | None = None, waiting: int | None = None
    ) -> None:
        self._places, self._each, self._most, self._waiting = places, each, most, waiting
        self._line: list[_Ticket] = []
        self._visitors: dict[str, _Visitor] = {}
        self._running = 0
        self._round = 0

    @asynccontextmanager
    async def turn(
        self, report: Report = ignore_progress, *, begun: bool = False
    ) -> AsyncIterator[None]:
        """Wait for a place, and have it until the block is left.

        Args:
            report: Told how many are before.
            begun: Whether this goes on with something that was let in: then it's turned away only
                where the visitor has twice as many calls as may begin.

        Raises:
            Problem: The visitor, or everybody together, has too many calls waiting.
        """
        self._let_in(visitor.get(), begun=begun)
        who = self._visitors.setdefault(visitor.get(), _Visitor())
        who.calls += 1
        who.last = max(who.last + 1, self._round)
        ticket = _Ticket(who.last, visitor.get(), report)
        insort(self._line, ticket, key=lambda waiting: waiting.round)
        self._move()
        try:
            await ticket.called.wait()
            yield
        finally:
            self._leave(ticket, who)

    def __len__(self) -> int:
        """How many wait or run."""
        return self._running + len(self._line)

    def _let_in(self, name: str, *, begun: bool) -> None:
        who = self._visitors.get(name)
        most = (self._most or 0) * (2 if begun else 1)
        if most and who and who.calls >= most:
            raise Problem("visitor_busy", count=most)
        if not begun and self._waiting is not None and len(self._line) >= self._waiting:
            raise Problem("app_busy")

    def _leave(self, ticket: _Ticket, who: _Visitor) -> None:
        who.calls -= 1
        if ticket.called.is_set():
            who.running -= 1
            self._running -= 1
        else:
            self._line.remove(ticket)
        if not who.calls:
            del self._visitors[ticket.visitor]
        self._move()

    def _move(self) -> None:
        """Call those whose turn it is, and tell the others their place."""
        waiting = []
        for ticket in self._line:
            who = self._visitors[ticket.visitor]
            if self._running < self._places and who.running < self._each:
                self._running += 1
                who.running += 1
                self._round = ticket.round
                ticket.called.set()
            else:
                waiting.append(ticket)
        self._line = waiting
        for before, ticket in enumerate(waiting, 1):
            if ticket.before != before:  # each in its own context, by which the page knows it
                ticket.before = before
                ticket.context.run(ticket.report, message("report.turn", count=before))
