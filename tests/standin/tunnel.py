"""An HTTPS proxy whose every road leads to one server on this machine."""

import asyncio
import contextlib

_CHUNK = 64 * 1024


class Tunnel:
    """Answers CONNECT for any host by joining the caller with one TLS server.

    Attributes:
        hosts: Every `host:port` that was asked for, in order.
        refused: Hosts for which the connection is closed at once.
    """

    def __init__(self) -> None:
        self.hosts: list[str] = []
        self.refused: set[str] = set()
        self._callers: dict[int, asyncio.StreamWriter] = {}
        self._server: asyncio.Server | None = None

    async def start(self, target: int) -> int:
        """Lead every caller to the port `target`; returns the port that takes CONNECT."""
        self._target = target
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=512)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def reset(self) -> None:
        """Forget what was asked for and refused."""
        self.hosts.clear()
        self.refused.clear()

    def close(self) -> None:
        """Close the door and every connection."""
        if self._server:
            self._server.close()
        self.hang_up()

    def hang_up(self) -> None:
        """Break every connection."""
        for writer in list(self._callers.values()):
            writer.transport.abort()

    def drop(self, connection: int) -> None:
        """Break a caller's connection, known by the port from which the server sees it."""
        if writer := self._callers.get(connection):
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            target = head.split(b" ", 2)[1].decode()
            self.hosts.append(target)
            if head.startswith(b"CONNECT ") and target.rsplit(":", 1)[0] not in self.refused:
                await self._join(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the caller left; nobody is waiting for an answer
        finally:
            writer.close()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", self._target)
        connection: int = inner_writer.get_extra_info("sockname")[1]
        self._callers[connection] = writer
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(_pump(reader, inner_writer))
                both.create_task(_pump(inner_reader, writer))
        finally:
            del self._callers[connection]
            inner_writer.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while chunk := await reader.read(_CHUNK):
            writer.write(chunk)
            await writer.drain()
    writer.close()
