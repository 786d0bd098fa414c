"""Who a request comes from: what the trusted proxies saw, and nothing that callers say.

Agents (MCP) bring a token in a header. It is taken from their own request only: Gradio then calls
this server on their behalf, with the operator's token in the same headers.
"""

import ipaddress
import logging
import secrets
from collections.abc import MutableMapping
from typing import Any

from describe_draw.gate.routes import API

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Headers = list[tuple[bytes, bytes]]
HEADER = "x-describe-draw-visitor"
"""Carries the visitor's name to the handlers, through MCP's own call to this server too."""

TOKEN = "x-describe-draw-token"
"""Carries the agent's token in the same way."""

MARKS = (HEADER, TOKEN)
AGENTS = f"{API}/mcp"
BEARER = "bearer "

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
        """The visitor's name, which is written into the request's headers with an agent's token."""
        headers = scope["headers"]
        peer = scope["client"][0] if scope.get("client") else ""
        known = self._known(headers, HEADER)
        name = known or self._forwarded(headers) or canonical(peer) or "unknown"
        is_agents = not known and scope.get("path", "").startswith(AGENTS)
        token = _brought(headers) if is_agents else self._known(headers, TOKEN)
        told = {HEADER: name} | ({TOKEN: token} if token else {})
        kept = [(key, value) for key, value in headers if key.decode("latin-1") not in MARKS]
        marks = [(key.encode(), f"{self._secret} {said}".encode()) for key, said in told.items()]
        scope["headers"] = [*kept, *marks]
        return name

    def _known(self, headers: Headers, mark: str) -> str:
        """What this process wrote into the request before: only it knows the secret."""
        for key, value in headers:
            if key == mark.encode():
                secret, _, said = value.decode("latin-1").partition(" ")
                if secrets.compare_digest(secret.encode("latin-1"), self._secret.encode()):
                    return said
        return ""

    def _forwarded(self, headers: Headers) -> str:
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


def token_of(headers: Any) -> str | None:
    """The token that an agent brought, None without one."""
    return str(headers.get(TOKEN, "")).partition(" ")[2] or None


def _brought(headers: Headers) -> str:
    """The Hub token in an agent's headers.

    It is in the one that the Hub's own MCP server sends (github.com/huggingface/hf-mcp-server), or
    in the common one, which may also hold what a proxy asks for.
    """
    said = {key: value.decode("latin-1") for key, value in headers}
    own, common = (
        _bearer(said.get(name, "")) for name in (b"x-hf-authorization", b"authorization")
    )
    return own or (common if common.startswith("hf_") else "")


def _bearer(value: str) -> str:
    return value[len(BEARER) :].strip() if value.lower().startswith(BEARER) else ""


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
