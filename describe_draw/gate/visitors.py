"""Who a request comes from: what the trusted proxies saw, and nothing that callers say."""

import ipaddress
import logging
import secrets
from collections.abc import MutableMapping
from typing import Any

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
HEADER = "x-describe-draw-visitor"
"""Carries the visitor's name to the handlers, through MCP's own call to this server too."""


INNER = [
    ipaddress.ip_network(network)
    for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
]
"""Networks whose addresses nobody has on the Internet (RFC 1918, 6598 and 4193)."""


class Visitors:
    """Names visitors by their network address, IPv6 by its /64, which is one household's.

    Args:
        proxies: How many trusted proxies stand before the app; each adds the address that it saw
            to the end of X-Forwarded-For, which counts for nothing where there is none.
        has_inner: Whether there may be more of them inside a private network, as on a Space:
            visitors come from outside, so addresses of such networks at the end are proxies'.
    """

    def __init__(self, proxies: int, *, has_inner: bool = False) -> None:
        self._proxies, self._has_inner = proxies, has_inner
        self._warned = False
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
        said = [value for key, value in headers if key == b"x-forwarded-for"]
        if not self._proxies:
            self._warn(is_forwarded=bool(said))
            return ""
        hops = [canonical(hop) for hop in b",".join(said).decode("latin-1").split(",")]
        seen = hops[: len(hops) + 1 - self._proxies]
        while self._has_inner and len(seen) > 1 and _is_inner(seen[-1]):
            seen.pop()
        return seen[-1] if seen else ""

    def _warn(self, *, is_forwarded: bool) -> None:
        """Tell the operator once of a proxy that nobody told the app of."""
        if is_forwarded and not self._warned:
            self._warned = True
            log.warning(
                "X-Forwarded-For comes with requests, and TRUSTED_PROXIES is 0: who comes through "
                "a proxy counts as one visitor"
            )


def visitor_of(headers: Any, peer: str = "") -> str:
    """The name that `Visitors` wrote into a request, its peer's address where nobody did."""
    return str(headers.get(HEADER, "")).partition(" ")[2] or canonical(peer)


def _is_inner(address: str) -> bool:
    try:
        known = ipaddress.ip_network(address)
    except ValueError:
        return False
    return any(known.version == n.version and known.subnet_of(n) for n in INNER)  # type: ignore[arg-type]


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
