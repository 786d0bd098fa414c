"""A wire between a browser and a server, which can be cut."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


class Wire:
    """Leads whoever connects to one server, while it isn't cut.

    Attributes:
        url: Where it begins.

    Args:
        url: Where it leads.
    """

    def __init__(self, url: str) -> None:
        there = urlsplit(url)
        self._there = (there.hostname or "", there.port or 0)
        self._door = socket.create_server(("127.0.0.1", 0))
        self._ends: list[socket.socket] = []
        self._is_cut = False
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._lead, daemon=True).start()

    def cut(self) -> None:
        """End all connections, and take no others until it is mended."""
        self._is_cut = True
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._ends.clear()

    def mend(self) -> None:
        """Lead on."""
        self._is_cut = False

    def _lead(self) -> None:
        with suppress(OSError):  # the door is closed at the end
            while True:
                here, _ = self._door.accept()
                if self._is_cut:
                    here.close()
                    continue
                there = socket.create_connection(self._there)
                self._ends += [here, there]
                for ways in ((here, there), (there, here)):
                    threading.Thread(target=_carry, args=ways, daemon=True).start()

    @classmethod
    @contextmanager
    def to(cls, url: str) -> "Iterator[Wire]":
        """A wire for a `with` block."""
        wire = cls(url)
        try:
            yield wire
        finally:
            wire.cut()
            wire._door.close()


def _carry(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            sink.sendall(piece)
    for end in (source, sink):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
