"""Request bodies, read whole before the app sees them: bounded in size, time and number."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from describe_draw.gate import routes
from describe_draw.gate.visitors import Scope
from describe_draw.problems import Problem
from describe_draw.settings import Settings
from describe_draw.turns import Turns

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

SMALL = 64 * 1024
"""What calls without a picture in them need at most, in bytes."""

AGENTS = 4 * 1024 * 1024
"""The largest message of an agent, in bytes: a picture of 3 MB in Base64."""

SECONDS = 30
"""How long a body may take to come; twice that for one that waits for its turn."""


class Bodies:
    """Reads bodies; of the large ones, which a picture makes, few at once and one a visitor.

    Args:
        settings: How large a picture may be.
    """

    def __init__(self, settings: Settings) -> None:
        pictures = settings.max_upload_mb * 1024 * 1024
        self._most: dict[routes.Body, int] = {
            "none": 1024,
            "small": SMALL,
            "call": pictures * 4 // 3 + SMALL,  # a data: URL is Base64
            "mcp": AGENTS,
        }
        self._large: dict[routes.Body, Turns] = {
            "call": Turns(2, each=1, most=8),
            "mcp": Turns(8, each=2, most=8),
        }

    @asynccontextmanager
    async def read(
        self, scope: Scope, receive: Receive, kind: routes.Body
    ) -> AsyncIterator[Receive]:
        """A body from which the app reads what was read here; it is kept while the block lasts.

        Raises:
            Problem: It is too large, or comes too slowly.
        """
        if scope["method"] in ("GET", "HEAD", "OPTIONS"):
            yield receive
            return
        said = dict(scope["headers"]).get(b"content-length", b"")
        length = int(said) if said.isdigit() else None
        most = self._most[kind]
        if length is not None and length > most:
            raise Problem("request_too_big", limit=_size(most))
        async with AsyncExitStack() as stack:
            try:
                async with asyncio.timeout(2 * SECONDS) as deadline:
                    if kind in self._large and (length is None or length > SMALL):
                        await stack.enter_async_context(self._large[kind].turn())
                    deadline.reschedule(asyncio.get_running_loop().time() + SECONDS)
                    again = _again(await _whole(receive, most), receive)
            except TimeoutError:
                raise Problem("request_too_slow", seconds=SECONDS) from None
            yield again


async def _whole(receive: Receive, most: int) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Problem("request_broken_off")
        body += message.get("body", b"")
        if len(body) > most:
            raise Problem("request_too_big", limit=_size(most))
        if not message.get("more_body"):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """The body once, then whatever else comes: the visitor's leaving."""
    pieces = [body]

    async def first_the_body() -> MutableMapping[str, Any]:
        if pieces:
            return {"type": "http.request", "body": pieces.pop(), "more_body": False}
        return await receive()

    return first_the_body


def _size(most: int) -> str:
    return f"{most / 1024**2:.0f} MB" if most >= 1024**2 else f"{most // 1024} KB"
