"""A text that comes piece by piece: within one deadline, as it was written, and to its end."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from describe_draw.engines.calling.failures import BrokeOff, EmptyAnswer, NotServed, kind
from describe_draw.engines.calling.model_text import WithoutThought
from describe_draw.engines.calling.upstream import UpstreamCall, as_problem, ask
from describe_draw.problems import Problem
from describe_draw.reports import WRITTEN, Report
from describe_draw.texts import message

Pieces = AsyncGenerator[str, None]

STEPS = 50
"""By one of so many parts a text has grown before it is told again: a long one isn't cleaned up
for each of its words."""


async def written(begin: Callable[[], Pieces], upstream: UpstreamCall) -> Pieces:
    """A text as the model writes it, but for the thought that it may begin with.

    It is asked for again where that helps, until the first piece has come. Close it: the
    connection stays open until then.

    Args:
        begin: Asks once.
        upstream: What is asked, and how long all of it may take.

    Raises:
        NotServed: The model isn't served.
        Problem: Anything else that went wrong, in a sentence; what was written stays.
    """
    text = WithoutThought()
    is_silent = True
    async with aclosing(_pieces(begin, upstream)) as pieces:
        async for piece in pieces:
            if said := text.add(piece):
                is_silent = is_silent and said.isspace()
                yield said
    if said := text.rest():
        is_silent = is_silent and said.isspace()
        yield said
    if is_silent:
        raise upstream.problem(EmptyAnswer())


async def whole(pieces: Pieces, report: Report, clean: Callable[[str], str]) -> str:
    """A text to its end; who waits is told what is written so far.

    Args:
        pieces: As they come, which are closed in the end.
        report: Told.
        clean: Makes of a text what may be shown of it.
    """
    text, told = "", 0
    async with aclosing(pieces):
        async for piece in pieces:
            text += piece
            if (len(text) - told) * STEPS < told:
                continue
            told = len(text)
            if so_far := clean(text):
                report(message(WRITTEN, text=so_far))
    return clean(text)


async def _pieces(begin: Callable[[], Pieces], upstream: UpstreamCall) -> Pieces:
    async def begun() -> tuple[Pieces, str | None]:
        pieces = begin()
        return pieces, await anext(pieces, None)

    deadline = asyncio.get_running_loop().time() + upstream.seconds
    pieces, piece = await ask(begun, upstream)
    async with aclosing(pieces):
        while piece is not None:
            yield piece
            try:
                async with asyncio.timeout_at(deadline):  # closed while others have the turn
                    piece = await anext(pieces, None)
            except (Problem, NotServed):
                raise
            except Exception as error:
                raise as_problem(_late(error), upstream) from error


def _late(error: Exception) -> Exception:
    """A fault as it is where a part of the answer has come."""
    return BrokeOff() if kind(error) == "unreachable" else error
