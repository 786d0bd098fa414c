"""Who a request comes from: what the trusted proxies saw, and nothing that callers say."""

import ipaddress
import secrets
from collections.abc import MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
HEADER = "x-describe-draw-visitor"
"""Carries the visitor's name to the handlers, through MCP's own call to this server too."""


class Visitors:
    """Names visitors by their network address, IPv6 by its /64, which is one household's.

    Args:
        proxies: How many trusted proxies stand before the app; each adds the address that it saw
            to the end of X-Forwarded-For, which counts for nothing where there is none.
    """

    def __init__(self, proxies: int) -> None:
        self._proxies = proxies
        self._secret = secrets.token_hex(16)

    def name(self, scope: Scope) -> str:
        """The visitor's name, which is written into the request's headers too."""
        headers = scope["headers"]
        peer = scope["client"][0] if scope.get("client") else ""
        name = self._known(headers) or self._forwarded(headers) or canonical(peer) or "unknown"
        kept = [(key, value) for key, value in headers if key != HEADER.encode()]
        scope["headers"] = [*kept, (HEADER.encode(), f"{self._secret} {name}".encode())]
        return name

    def _known(self, headers: list[tuple[bytes, bytes]]) -> str:
        """The name that this process gave the request before: only it knows the secret."""
        for key, value in headers:
            if key == HEADER.encode():
                secret, _, name = value.decode("latin-1").partition(" ")
                if secrets.compare_digest(secret.encode(), self._secret.encode()):
                    return name
        return ""

    def _forwarded(self, headers: list[tuple[bytes, bytes]]) -> str:
        if not self._proxies:
            return ""
        said = b",".join(value for key, value in headers if key == b"x-forwarded-for")
        hops = said.decode("latin-1").split(",")
        return canonical(hops[-self._proxies]) if len(hops) >= self._proxies else ""


def visitor_of(headers: Any, peer: str = "") -> str:
    """The name that `Visitors` wrote into a request, its peer's address where nobody did."""
    return str(headers.get(HEADER, "")).partition(" ")[2] or canonical(peer)


def canonical(address: str) -> str:
    """One spelling for each visitor's address, empty for what is none."""
    address = address.strip().strip("[]")
    if address.count(":") == 1:  # IPv4 with a port
        address = address.partition(":")[0]
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)
