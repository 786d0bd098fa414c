"""Which pages may act in a visitor's name: the app's own and the Hub's; all others without it."""

import os
from collections.abc import Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

Headers = list[tuple[bytes, bytes]]
HUB = frozenset({"https://huggingface.co", "https://hf.co"})
LOCAL = frozenset({"localhost", "127.0.0.1", "0.0.0.0", "::1"})
CORS = (
    b"access-control-allow-origin",
    b"access-control-allow-credentials",
    b"access-control-allow-private-network",
)


class Origins:
    """What a request may do for the page that it comes from."""

    def __init__(self, scope: MutableMapping[str, Any]) -> None:
        headers = dict(scope["headers"])
        self._origin = _text(headers.get(b"origin"))
        self._host = _text(headers.get(b"host"))
        self._site = _text(headers.get(b"sec-fetch-site"))
        self._mode = _text(headers.get(b"sec-fetch-mode"))

    @property
    def trusted(self) -> bool:
        """Whether the visitor's cookies go along: a page of the app's or the Hub's asks, or none.

        Without an Origin, browsers still tell that another site's page embeds something; who
        follows a link there arrives as themselves.
        """
        if self._origin:
            return self._origin in HUB or _host(self._origin) in self._own()
        return self._site != "cross-site" or self._mode == "navigate"

    def without_cookies(self, headers: Iterable[tuple[bytes, bytes]]) -> Headers:
        """A request's headers as a page that isn't trusted may send them."""
        return [(key, value) for key, value in headers if key != b"cookie"]

    def answered(self, headers: Iterable[tuple[bytes, bytes]]) -> Headers:
        """An answer's headers: any page may read it, only a trusted one with credentials.

        On this machine itself only its own pages may: a web page has no business there.
        """
        kept = [(key, value) for key, value in headers if key.lower() not in CORS]
        if not self._origin:
            return kept
        kept.append((b"vary", b"Origin"))
        if self.trusted:
            kept.append((b"access-control-allow-origin", self._origin.encode("latin-1")))
            kept.append((b"access-control-allow-credentials", b"true"))
        elif urlsplit(f"//{self._host}").hostname not in LOCAL:
            kept.append((b"access-control-allow-origin", b"*"))
        return kept

    def _own(self) -> set[str]:
        named = os.environ.get("SPACE_HOST", "").split(",")
        return {self._host.lower(), *(host.strip().lower() for host in named if host.strip())}


def _text(value: bytes | None) -> str:
    return (value or b"").decode("latin-1")


def _host(origin: str) -> str:
    """An origin's host and port, as a Host header says them."""
    scheme, _, host = origin.partition("://")
    return host.lower() if scheme in ("http", "https") else ""
