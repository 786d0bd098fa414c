"""How far a command is, on a terminal's standard error output and nowhere else."""

import sys
import time
from types import TracebackType
from typing import Self

from describe_draw.texts import duration

PACE = 0.1
"""Seconds between two lines at least."""

CLEAR = "\r\x1b[K"


class Progress:
    """One line that is written over: count, rate, time left.

    Args:
        total: How many there are.
    """

    def __init__(self, total: int) -> None:
        self.total = total
        self._done = self._asked = 0
        self._start, self._next = time.monotonic(), 0.0
        self._is_on = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.clear()

    def step(self, *, asked: bool = True) -> None:
        """One more is done.

        Args:
            asked: Whether it took time now; else it was there already.
        """
        self._done += 1
        self._asked += asked
        now = time.monotonic()
        if self._is_on and now >= self._next:
            self._next = now + PACE
            sys.stderr.write(f"{CLEAR}{self.line(now - self._start)}")
            sys.stderr.flush()

    def line(self, seconds: float) -> str:
        """How far it is after some seconds."""
        said = f"{self._done} of {self.total}"
        if not self._asked or seconds <= 0:
            return said
        rate = self._asked / seconds
        left = duration((self.total - self._done) / rate).say()
        shown = f"{rate:.1f} a second" if rate >= 1 else f"{1 / rate:.1f} s each"
        return f"{said}, {shown}, {left} left"

    def say(self, line: str) -> None:
        """Write a line that stays."""
        self.clear()
        print(line, file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the line away, for what is said next."""
        if self._is_on:
            sys.stderr.write(CLEAR)
            sys.stderr.flush()
