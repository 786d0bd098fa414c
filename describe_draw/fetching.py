"""The picture at an address that a stranger names: fetched from public hosts only, and bounded.

The address may point into the operator's own network, at a name that resolves to one address when
it is judged and to another when it is called, or at a server that answers slowly, endlessly or in
a few bytes that unpack to millions.
"""

import asyncio
import logging
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path
from typing import Any

import httpx2

from describe_draw.engines.hub.clients import certificates
from describe_draw.problems import Problem

log = logging.getLogger(__name__)

Address = IPv4Address | IPv6Address

REDIRECTS = 5
LONGEST_URL = 2000
"""Of what a caller names, in characters; servers redirect to longer ones."""

HEADERS = {
    "Accept": "image/*",
    "Accept-Encoding": "identity",
    "Connection": "close",
    "User-Agent": "describe-draw",
}
HOST = re.compile(r"[a-z0-9._:-]+")  # no zone of an IPv6 address, nothing percent-encoded

RESERVED = [
    ip_network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # behind a carrier's NAT; Alibaba's metadata
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's host
        "169.254.0.0/16",  # link-local; metadata of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments; Oracle's metadata
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays to 6to4
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved; broadcast
        # Only 2000::/3 is global unicast. The rest, which the next three are, holds unspecified,
        # loopback, IPv4-mapped and -compatible, NAT64 (64:ff9b::/96 and 64:ff9b:1::/48), discard,
        # unique-local (AWS' metadata at fd00:ec2::254), link-local, site-local and multicast.
        "::/3",
        "4000::/2",
        "8000::/1",
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "3ffe::/16",  # 6bone, given back
        "3fff::/20",  # documentation
    )
]

_look_ups = ThreadPoolExecutor(16, "look-up")  # a stranger's slow name delays nobody else's look-up
_disk = ThreadPoolExecutor(1, "fetched")  # in order: nothing is written after it was removed


def is_public(address: Address) -> bool:
    """Whether an address is a public host's: global unicast, and leading to no other address."""
    return address.is_global and not any(address in network for network in RESERVED)


async def look_up(host: str) -> list[str]:
    """The addresses of a name, or of any spelling of an address, as the system knows them.

    Raises:
        OSError: There are none.
        ValueError: It can't be a name.
    """
    loop = asyncio.get_running_loop()
    found = await loop.run_in_executor(_look_ups, socket.getaddrinfo, host, None)
    return [str(entry[4][0]) for entry in found]


class Fetcher:
    """Downloads of what strangers name.

    Args:
        limit: How large a file may be, in bytes.
        seconds: How long one download may take, name look-ups and redirects included.
        reachable: Whether an address may be connected to.
        resolve: All addresses of a name.
    """

    def __init__(
        self,
        limit: int,
        *,
        seconds: float = 10,
        reachable: Callable[[Address], bool] = is_public,
        resolve: Callable[[str], Awaitable[Iterable[str]]] = look_up,
    ) -> None:
        self._limit = limit
        self._seconds = seconds
        self._reachable = reachable
        self._resolve = resolve
        # A client would log whole addresses, keep cookies, and share connections between names.
        self._http = httpx2.AsyncHTTPTransport(
            verify=certificates(),
            trust_env=False,
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=0),
        )

    async def fetch(self, url: str, path: Path) -> None:
        """Write what is at an address to a file, whole or not at all.

        Args:
            url: `http://` or `https://`, at most 2,000 characters.
            path: The file; its folder is made.

        Raises:
            Problem: The address must not be used, or answers too slowly, with too much, or not
                with a file.
            OSError: The file can't be written.
        """
        place = httpx2.URL()
        try:
            async with asyncio.timeout(self._seconds):
                target = url
                if len(url) > LONGEST_URL:
                    raise Problem("fetch_refused")
                for _ in range(1 + REDIRECTS):
                    place = _next(place, target)
                    async with self._asked(place) as response:
                        if not response.has_redirect_location:
                            return await self._save(response, path)
                        target = response.headers["location"]
                raise Problem("fetch_failed")
        except TimeoutError:
            problem = Problem("fetch_slow", seconds=f"{self._seconds:g}")
        except Problem as raised:
            problem = raised
        host, cause = place.raw_host.decode() or "?", problem.__cause__
        log.info(
            "fetch from %s: %s%s", host, problem.name, f" {type(cause).__name__}" if cause else ""
        )
        raise problem

    async def close(self) -> None:
        """Close every connection."""
        await self._http.aclose()

    @asynccontextmanager
    async def _asked(self, url: httpx2.URL) -> AsyncIterator[httpx2.Response]:
        """Yields: the answer of the very address that was judged, its body not read yet."""
        streams: list[Any] = []

        async def note(event: str, info: dict[str, Any]) -> None:
            if event == "connection.connect_tcp.complete":
                streams.append(info["return_value"])

        host = url.raw_host.decode()
        request = httpx2.Request(
            "GET",
            url.copy_with(host=await self._address(host)),
            headers={"Host": url.netloc.decode(), **HEADERS},
            extensions={"sni_hostname": host, "trace": note},
        )
        try:
            with _told_as("fetch_failed"):
                response = await self._http.handle_async_request(request)
            try:
                yield response
            finally:
                await response.aclose()
        finally:
            for stream in streams:  # a handshake that is cancelled leaves it open
                await stream.aclose()

    async def _address(self, host: str) -> str:
        """Where to connect to: looked up once, as a second answer may be another one."""
        with _told_as("fetch_refused"):  # an unknown name too, or strangers learn the known ones
            found = [ip_address(address) for address in await self._resolve(host)]
        if not found or not all(map(self._reachable, found)):
            raise Problem("fetch_refused")
        return str(found[0])

    async def _save(self, response: httpx2.Response, path: Path) -> None:
        encoding = response.headers.get("content-encoding", "identity")
        if response.status_code != httpx2.codes.OK or encoding.lower() != "identity":
            raise Problem("fetch_failed")
        size = 0
        self._within_limit(int(response.headers.get("content-length", 0)))
        try:
            await _on_disk(_begin, path)
            async for piece in _pieces(response):
                size += len(piece)
                self._within_limit(size)
                await _on_disk(_append, path, piece)
        except BaseException:
            await asyncio.shield(_on_disk(_remove, path))
            raise

    def _within_limit(self, size: int) -> None:
        if size > self._limit:
            raise Problem("upload_too_big", limit=f"{self._limit / 1024**2:g}")


def _next(place: httpx2.URL, target: str) -> httpx2.URL:
    """Where an address leads from a place, as far as its spelling tells.

    Raises:
        Problem: It isn't one of a web server, or holds what no such address needs.
    """
    with _told_as("fetch_refused"):
        if not target.isprintable() or "\\" in target:
            raise ValueError("control characters, surrogates or backslashes")
        url = place.join(target)
        url = url.copy_with(host=url.raw_host.decode().removesuffix("."))
    schemes = ("https",) if place.scheme == "https" else ("https", "http")
    port = 80 if url.port is None else url.port
    named = HOST.fullmatch(url.raw_host.decode())
    if url.scheme not in schemes or url.userinfo or not named or not 0 < port < 65536:
        raise Problem("fetch_refused")
    return url


async def _pieces(response: httpx2.Response) -> AsyncIterator[bytes]:
    """The body as it arrives."""
    with _told_as("fetch_failed"):
        async for piece in response.aiter_raw():
            yield piece


@contextmanager
def _told_as(name: str) -> Iterator[None]:
    """Turn whatever is raised into a problem: hostile servers make libraries raise anything."""
    try:
        yield
    except Exception as error:
        raise Problem(name) from error


def _on_disk(function: Callable[..., object], *args: object) -> asyncio.Future[object]:
    return asyncio.get_running_loop().run_in_executor(_disk, function, *args)


def _begin(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")


def _append(path: Path, piece: bytes) -> None:
    with path.open("ab") as file:
        file.write(piece)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
