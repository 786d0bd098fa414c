"""How much time to ask a GPU for: as much as a model's steps took here before."""

import time
from collections import deque
from functools import lru_cache
from math import ceil, floor

START = 15
"""Seconds before a model's first step and after its last: the weights come from a disk."""

GUESSES = {"describe": 0.1, "draw": 1.0, "edit": 1.0}
"""Seconds of a step, of one megapixel where it draws, until one was measured: a large model's."""

MARGIN = 1.5
"""Times the slowest of the last runs that is asked for."""

RUNS = 8
SMALLEST = 0.25
"""In megapixels: smaller pictures take no less time."""

DAY = 120
"""Seconds of GPU time that an anonymous visitor has a day, by
https://huggingface.co/docs/hub/spaces-zerogpu."""


class Pace:
    """How long a model's steps take.

    Args:
        guess: Seconds of a step, until one was measured.
    """

    def __init__(self, guess: float) -> None:
        self._guess = guess
        self._measured: deque[float] = deque(maxlen=RUNS)

    def seconds(self, steps: float) -> int:
        """What to ask `spaces` for, for so many steps.

        No guess takes more than half of a visitor's day: they can draw again. What was measured
        may take all of it, for less would end before its last step.
        """
        from describe_draw.borrowed import zero_gpu

        step = MARGIN * max(self._measured) if self._measured else self._guess
        factor, price = zero_gpu.factor_and_price()
        most = (DAY if self._measured else DAY / 2) / price
        return min(ceil((START + steps * step) / factor), floor(most / factor))

    def remember(self, seconds: float) -> None:
        """Take account of a run, in which a step took so long."""
        self._measured.append(seconds)


@lru_cache(maxsize=16)
def pace_of(task: str, model: str) -> Pace:
    """The pace of a model at a task."""
    return Pace(GUESSES[task])


def megapixels(width: int, height: int) -> float:
    """What the time of a step grows with."""
    return max(SMALLEST, width * height / 1e6)


class Stopwatch:
    """Times one run's steps, from the first to the end: a GPU may lag behind what it was told."""

    def __init__(self) -> None:
        self._first: tuple[int, float] | None = None
        self._last = 0

    def step(self, number: int) -> None:
        """So many steps are done."""
        self._first = self._first or (number, time.monotonic())
        self._last = number

    def seconds(self) -> float | None:
        """How long a step took, now that the run has ended; None where there were too few."""
        if self._first is None or self._last <= self._first[0]:
            return None
        return (time.monotonic() - self._first[1]) / (self._last - self._first[0])
