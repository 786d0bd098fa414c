"""Many pictures are asked about: several at once, equal ones once, and nothing done again."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, MutableMapping, Sequence
from dataclasses import replace

from describe_draw.batch.rows import Item, Row
from describe_draw.batch.wording import Wording
from describe_draw.engines.base import Caption
from describe_draw.problems import EngineProblem, Problem, to_problem
from describe_draw.settings import Settings
from describe_draw.texts import Message

Ask = Callable[[Item], Awaitable[Caption]]
"""Asks an engine about a picture, when it is the visitor's turn."""

Tell = Callable[[int, Row], None]
"""Told a row with its item's number."""

AT_ONCE = 8
"""How many are asked about at once, so that a provider's waiting isn't the visitor's."""

IN_A_ROW = 10
"""After so many failures of an engine without an answer between them, it isn't asked on."""

CONCERN_ALL = frozenset(
    [
        "stopped",
        "closing",
        "visitor_busy",
        "app_busy",
        "disk_full",
        "visitor_limit",
        "signed_out",
        "no_token",
        "not_shared",
        "token_invalid_visitor",
        "token_invalid_operator",
        "credits_visitor",
        "credits_operator",
        "permission_visitor",
        "permission_operator",
        "endpoint_token",
        "endpoint_withheld",
        "endpoint_needs_token",
        "nobody_answers",
        "unknown_model",
        "unknown_style",
        "unknown_language",
        "not_served",
        "not_there",
        "no_endpoint",
        "api_token",
        "api_not_found",
        "local_package",
        "local_wrong_kind",
        "local_missing",
        "local_unloaded",
    ]
)
"""Problems that the next picture would end in too."""


class Patience:
    """When asking is given up: kept by whoever has several runs of the same engine.

    Attributes:
        over: Why it is.
    """

    def __init__(self) -> None:
        self.over: Message | None = None
        self._failed = 0

    def answered(self) -> None:
        """There was an answer."""
        self._failed = 0

    def note(self, problem: Problem) -> None:
        """Ask no more where the next would fail too."""
        self._failed += isinstance(problem, EngineProblem)
        if problem.name in CONCERN_ALL or self._failed >= IN_A_ROW:
            self.over = self.over or problem.told


def at_once(settings: Settings) -> int:
    """How many may be asked about at once: no more than one visitor gets answered."""
    return min(AT_ONCE, max(1, settings.concurrency // 2))


def ignore_row(number: int, row: Row) -> None:
    """For who waits for the rows in their order."""


def known(items: Sequence[Item], wording: Wording) -> dict[int, Row]:
    """The rows of pictures that nobody is asked about, since their captions came along."""
    return {
        number: Row(item, item.text)
        for number, item in enumerate(items)
        if item.path and not wording.asks(item.text)
    }


def worded(row: Row, wording: Wording) -> Row:
    """A row with its caption as it is wanted; what an engine said is kept in the row given."""
    if not row.caption:
        return row
    return replace(row, caption=wording.apply(row.caption, row.item.name, row.item.text))


async def run(
    items: Sequence[Item],
    ask: Ask,
    done: MutableMapping[int, Row],
    *,
    at_once: int = AT_ONCE,
    patience: Patience | None = None,
    tell: Tell = ignore_row,
) -> AsyncGenerator[Row, None]:
    """Caption pictures, and tell the rows in the order given.

    Whoever leaves off ends what is being asked; what was answered is in `done`. To go on, or to
    try again what failed, run again with the same.

    Args:
        items: All of them.
        ask: Asks about one; what it raises becomes the row's problem.
        done: The captions that are there, by the items' numbers; each new one is put in at once.
            A row without a caption in it is left as it is.
        at_once: How many may be asked about at once.
        patience: That of the runs before, of its own by default.
        tell: Told each row that is new as soon as it is there, in whichever order.

    Yields:
        Each item's row.
    """
    running = _Run(items, ask, done, patience or Patience(), tell)
    workers = [asyncio.create_task(running.work()) for _ in range(min(at_once, len(items)))]
    try:
        for row in running.rows:
            yield await _told(row, workers)
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)


async def _told(row: asyncio.Future[Row], workers: list[asyncio.Task[None]]) -> Row:
    """A row, when it is there; where a worker has failed, that."""
    try:
        return await row
    except asyncio.CancelledError:
        for worker in workers:
            if worker.done() and not worker.cancelled():
                worker.result()
        raise


class _Run:
    """One run, on which several workers are at it.

    Attributes:
        rows: Each item's, to come.
    """

    def __init__(
        self,
        items: Sequence[Item],
        ask: Ask,
        done: MutableMapping[int, Row],
        patience: Patience,
        tell: Tell,
    ) -> None:
        self._items, self._ask, self._done = items, ask, done
        self._patience, self._tell = patience, tell
        self._first = {
            row.item.digest: n for n, row in done.items() if row.item.digest and row.caption
        }
        self.rows: list[asyncio.Future[Row]] = [asyncio.Future() for _ in items]
        for number, item in enumerate(items):
            if number in done:
                self.rows[number].set_result(done[number])
            elif item.problem or not item.path:
                self.rows[number].set_result(Row(item, problem=item.problem))
        self._open = iter([n for n, row in enumerate(self.rows) if not row.done()])

    async def work(self) -> None:
        """Take one item after the other, until there are none."""
        try:
            for number in self._open:
                row = await self._row(number)
                if row.caption:
                    self._done[number] = row
                self._tell(number, row)
                self.rows[number].set_result(row)
        except BaseException:
            for waited in self.rows:
                waited.cancel()  # there will be no more, which whoever waits must learn
            raise

    async def _row(self, number: int) -> Row:
        item = self._items[number]
        first = self._first.setdefault(item.digest, number) if item.digest else number
        if first != number:
            return replace(await asyncio.shield(self.rows[first]), item=item)
        if over := self._patience.over:
            return Row(item, problem=over, is_left=True)
        return await self._asked(item)

    async def _asked(self, item: Item) -> Row:
        try:
            caption = await self._ask(item)
        except Exception as error:
            problem = error if isinstance(error, Problem) else to_problem(error, "describe")
            self._patience.note(problem)
            return Row(item, problem=problem.told, is_left=problem.name in CONCERN_ALL)
        self._patience.answered()
        text = " ".join(caption.text.split())  # as data sets and the files of trainers have it
        return Row(item, text, caption.credit)
