"""The end of a stream of events, read whole, so that its connection serves the next call."""

import asyncio
from collections.abc import AsyncIterator

import httpx2

DONE = b"data: [DONE]"
"""After which the client library reads no further."""

SECONDS, BYTES = 1, 64 * 1024
"""How much of what comes after it is waited for: it should be nothing."""


def is_of_events(response: httpx2.Response) -> bool:
    """Whether a response is a stream of events."""
    return str(response.headers.get("content-type", "")).startswith("text/event-stream")


async def read_to_the_end(response: httpx2.Response) -> None:
    """Have a response's events come with all that is behind the last of them."""
    if is_of_events(response):
        response.stream = _ToItsEnd(response.stream)  # type: ignore[arg-type]


class _ToItsEnd(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        chunks = aiter(self._stream)
        async for chunk in chunks:
            yield chunk + await _rest(chunks) if DONE in chunk else chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


async def _rest(chunks: AsyncIterator[bytes]) -> bytes:
    rest = b""
    try:
        async with asyncio.timeout(SECONDS):
            async for chunk in chunks:
                rest += chunk
                if len(rest) > BYTES:
                    break
    except (TimeoutError, httpx2.TransportError):
        pass  # it said all that it had to say
    return rest
