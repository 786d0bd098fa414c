"""Connections that say nothing, or too much before they ask, are closed: uvicorn waits for ever."""

import asyncio
from typing import Any

import uvicorn.config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

SECONDS = 15
"""How long a request's head may take to come, and the rest of a body that was refused."""

HEAD = 64 * 1024
"""How large a head may be, in bytes."""


class Connection(HttpToolsProtocol):
    """An HTTP connection whose requests have a bounded head."""

    _head = 0
    _is_head = True
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        if self._timer is None and (self.cycle is None or self.cycle.response_complete):
            self._wait()
        self._head += len(data)
        super().data_received(data)
        if self._is_head and self._head > HEAD:
            self._close()

    def on_headers_complete(self) -> None:
        self._is_head = False
        self._wait_no_more()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._is_head, self._head = True, 0
        self._wait_no_more()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._timer = self.loop.call_later(SECONDS, self._close)

    def _wait_no_more(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _close(self) -> None:
        self._wait_no_more()
        if not self.transport.is_closing():
            self.transport.close()


def use() -> None:
    """Have uvicorn make its connections of this kind."""
    protocols: dict[str, Any] = uvicorn.config.HTTP_PROTOCOLS
    protocols["auto"] = f"{__name__}:{Connection.__name__}"
