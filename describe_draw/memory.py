"""Equal requests are answered once: while the first is answered, and for an hour after it."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from contextvars import Context, copy_context
from typing import Generic, Protocol, TypeVar

from cachetools import TTLCache

from describe_draw.problems import EngineProblem
from describe_draw.reports import Report
from describe_draw.texts import Message

SECONDS = 3600
"""How long an answer is remembered."""

MOST = 128 * 1024**2
"""What all of them may take together, in bytes; beyond it the least recently used go."""

LEAST = 16 * 1024
"""What each of them counts as at least, in bytes, which bounds their number."""


class Answer(Protocol):
    """What can be remembered."""

    @property
    def size(self) -> int:
        """How much room it takes, in bytes."""

    @property
    def lasts(self) -> bool:
        """Whether it would be the same for anybody who asks the same later."""


T = TypeVar("T", bound=Answer)


def key_of(*asked: object) -> bytes:
    """What answers are found again by: a digest of texts, numbers and bytes, which tells nothing.

    Args:
        *asked: All that an answer depends on, who pays among it.
    """
    return hashlib.sha256(repr(asked).encode("utf-8", "surrogatepass")).digest()


class Memory(Generic[T]):
    """The answers to what was asked, and to what is being asked. One event loop only.

    Args:
        seconds: How long an answer is remembered.
        most: What all answers may take, in bytes.
    """

    def __init__(self, seconds: float = SECONDS, most: int = MOST) -> None:
        self._answers: TTLCache[bytes, T] = TTLCache(
            most, seconds, getsizeof=lambda answer: max(answer.size, LEAST)
        )
        self._asked: dict[bytes, _Question[T]] = {}

    def recall(self, key: bytes) -> T | None:
        """The answer to an equal request, None where there is none."""
        return self._answers.get(key)

    async def answer(
        self,
        key: bytes,
        ask: Callable[[Report], Awaitable[T]],
        report: Report,
        begin: Callable[[], None],
    ) -> tuple[T, bool]:
        """The answer to a request, which is made only where an equal one isn't on its way.

        Who waits for another's request shares its answer, and an engine's failure; whatever else
        goes wrong with it is the other's own, and they ask for themselves.

        Args:
            key: What is asked, see `key_of`.
            ask: Makes the request, and is handed whom to tell how it goes.
            report: Told how it goes.
            begin: Called before the request is made; what it raises keeps it from being made.

        Returns:
            The answer, and whether it was another's.

        Raises:
            Problem: The request failed.
        """
        if (known := self.recall(key)) is not None:
            return known, True
        question = self._asked.get(key)
        if question is None or question.is_given_up:
            begin()
            question = self._asked[key] = _Question(ask)
            question.task.add_done_callback(lambda _: self._ended(key, question))
            return await question.answer(report), False
        if (shared := await _shared(question, report)) is not None:
            return shared, True
        begin()
        return await ask(report), False

    def tidy(self) -> None:
        """Let go of what is too old, which else waits until there is something new."""
        self._answers.expire()

    def _ended(self, key: bytes, question: "_Question[T]") -> None:
        if self._asked.get(key) is question:
            del self._asked[key]
        if question.task.cancelled() or question.task.exception():
            return
        answer = question.task.result()
        if answer.lasts and answer.size <= self._answers.maxsize:
            self._answers[key] = answer


class _Question(Generic[T]):
    """A request on its way: it goes on for as long as anybody waits for its answer."""

    def __init__(self, ask: Callable[[Report], Awaitable[T]]) -> None:
        self._waiting: list[tuple[Context, Report]] = []
        self.is_given_up = False
        self.task: asyncio.Task[T] = asyncio.create_task(self._run(ask))

    async def _run(self, ask: Callable[[Report], Awaitable[T]]) -> T:
        return await ask(self._report)

    async def answer(self, report: Report) -> T:
        """Wait for the answer; whoever stops waiting last ends the request."""
        one = (copy_context(), report)
        self._waiting.append(one)
        try:
            return await asyncio.shield(self.task)
        finally:
            self._waiting.remove(one)
            if not self._waiting and not self.task.done():
                self.is_given_up = True  # whoever asks while it ends begins anew
                self.task.cancel()
                await asyncio.wait({self.task})

    def _report(self, message: Message, fraction: float | None = None) -> None:
        for context, report in self._waiting:  # each in its own context, by which a page knows it
            context.run(report, message, fraction)


async def _shared(question: _Question[T], report: Report) -> T | None:
    """What another's request comes to, None where that is nothing to share."""
    try:
        answer = await question.answer(report)
    except EngineProblem:
        raise
    except Exception:  # it is told to whose it is
        return None
    return answer if answer.lasts else None
