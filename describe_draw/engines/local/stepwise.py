"""Blocking work that counts its steps, as a generator."""

import threading
from collections.abc import Callable, Generator
from contextvars import copy_context
from queue import SimpleQueue
from typing import TypeVar

from describe_draw.engines.local.results import Done

T = TypeVar("T")


class Stopped(Exception):
    """Nobody waits for the work any more."""


def stepwise(
    work: Callable[[Callable[[int], None]], T], is_stopped: Callable[[], bool]
) -> Generator[int | Done[T], None, None]:
    """Run work in a thread of its own.

    Args:
        work: Calls what it is given with the number of steps that are done, after every one.
        is_stopped: Whether the work is to end at its next step, and all without a result.

    Yields:
        The number of steps, and in the end what the work returned.
    """
    news: SimpleQueue[int | Done[T] | BaseException] = SimpleQueue()
    closed = threading.Event()

    def step(number: int) -> None:
        if closed.is_set() or is_stopped():
            raise Stopped
        news.put(number)

    def run() -> None:
        try:
            if is_stopped():
                raise Stopped
            news.put(Done(work(step)))
        except BaseException as error:
            news.put(error)

    thread = threading.Thread(target=copy_context().run, args=(run,), daemon=True)
    thread.start()
    try:
        while isinstance(item := news.get(), int):
            yield item
        if isinstance(item, Stopped):
            return
        if isinstance(item, BaseException):
            raise item
        yield item
    finally:
        closed.set()
        thread.join()
