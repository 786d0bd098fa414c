"""Downloads that strangers name, against real servers on this machine: hostile ones, mostly."""

import asyncio
import contextlib
import errno
import gzip
import itertools
import logging
import socket
import ssl
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path

import hypothesis
import pytest
import trustme
from hypothesis import strategies as st

from describe_draw import fetching
from describe_draw.engines.hub.clients import certificates
from describe_draw.fetching import Address, Fetcher, is_public, look_up
from describe_draw.problems import Problem
from tests.visitors import needs
from tests.waiting import until

BODY = b"a picture, for all that a download knows"
LIMIT = 1024**2
OTHER = "127.7.7.7"
"""This machine too, but not where its services are expected."""


def reply(body: bytes = BODY, status: str = "200 OK", *headers: str) -> bytes:
    """A whole answer."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(head).encode() + body


def moved(location: str | bytes, status: str = "302 Found") -> bytes:
    """A redirect."""
    location = location.encode() if isinstance(location, str) else location
    return b"HTTP/1.1 %b\r\nContent-Length: 0\r\nLocation: %b\r\n\r\n" % (status.encode(), location)


async def hangs(request: bytes, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def drips(request: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(1000):
        writer.write(b"x")
        await asyncio.sleep(0.02)


Answering = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


class Server:
    """A server that answers each connection's first request: with bytes, or as a function does.

    Attributes:
        requests: The requests' heads.
        names: The names asked for when a TLS connection was made.
        connections: How many were made.
        open: How many haven't been closed by the caller yet.
    """

    def __init__(self, *answers: bytes | Answering, context: ssl.SSLContext | None = None) -> None:
        self.answer_with(*(answers or (reply(),)))
        self._context = context
        self.requests: list[str] = []
        self.names: list[str | None] = []
        self.connections = 0
        self.open = 0
        if context:
            context.sni_callback = lambda _, name, __: self.names.append(name)

    def answer_with(self, *answers: bytes | Answering) -> None:
        """From now on, each in turn."""
        self._answers = itertools.cycle(answers)

    @asynccontextmanager
    async def running(self, host: str = "127.0.0.1") -> AsyncIterator["Server"]:
        if host == OTHER:
            needs(host)
        server = await asyncio.start_server(self._serve, host, 0, ssl=self._context)
        self.port = server.sockets[0].getsockname()[1]
        yield self
        server.close()

    async def closed(self) -> None:
        """Wait until the callers have closed every connection."""
        await until(lambda: not self.open, 5)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open += 1
        answering = None
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            self.requests.append(head.decode())
            answering = asyncio.create_task(self._answer(head, writer))
            while await reader.read(1000):
                pass
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self.open -= 1
            if answering:
                answering.cancel()
            writer.close()

    async def _answer(self, head: bytes, writer: asyncio.StreamWriter) -> None:
        answer = next(self._answers)
        if isinstance(answer, bytes):
            writer.write(answer)
            if writer.can_write_eof():
                writer.write_eof()
        else:
            await answer(head, writer)


Serve = Callable[..., Awaitable[Server]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Starts servers that run until the test ends."""
    async with AsyncExitStack() as stack:

        async def start(
            *answers: bytes | Answering,
            host: str = "127.0.0.1",
            context: ssl.SSLContext | None = None,
        ) -> Server:
            return await stack.enter_async_context(Server(*answers, context=context).running(host))

        yield start


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[trustme.CA]:
    """Whoever signs certificates is trusted here."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    certificates.cache_clear()
    yield authority
    certificates.cache_clear()


def identity(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


async def here(_: str) -> list[str]:
    """Every name is this machine's."""
    return ["127.0.0.1"]


def anywhere(_: Address) -> bool:
    return True


def fetcher(
    limit: int = LIMIT,
    seconds: float = 10,
    reachable: Callable[[Address], bool] = anywhere,
    resolve: Callable[[str], Awaitable[list[str]]] = here,
) -> Fetcher:
    return Fetcher(limit, seconds=seconds, reachable=reachable, resolve=resolve)


def taken(path: Path) -> bytes | None:
    """What was written, which is removed; none where there is no file."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    finally:
        path.unlink(missing_ok=True)


def begun(path: Path) -> bool:
    return path.exists()


async def fails(fetcher: Fetcher, url: str, path: Path) -> str:
    """The name of the problem that a download ends in, which leaves no file."""
    with pytest.raises(Problem) as caught:
        await fetcher.fetch(url, path)
    assert taken(path) is None
    return caught.value.name


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "picture"


# What is asked, and what is written


async def test_a_picture_is_written_to_a_file(serve: Serve, path: Path) -> None:
    server = await serve()
    fetch = fetcher()
    await fetch.fetch(f"http://Pictures.Example:{server.port}/a/b.png?size=1#part", path)
    await fetch.close()
    assert taken(path) == BODY
    head = server.requests[0].lower()
    assert head.startswith("get /a/b.png?size=1 http/1.1\r\n")
    assert f"\r\nhost: pictures.example:{server.port}\r\n" in head
    assert "\r\naccept-encoding: identity\r\n" in head
    await server.closed()


async def test_an_address_of_version_6(serve: Serve, path: Path) -> None:
    try:
        server = await serve(host="::1")
    except OSError:
        pytest.skip("this machine has no IPv6")
    await fetcher(resolve=look_up).fetch(f"http://[0:0::1]:{server.port}/", path)
    assert taken(path) == BODY
    assert f"Host: [0:0::1]:{server.port}\r\n" in server.requests[0]


async def test_what_was_there_is_replaced(serve: Serve, tmp_path: Path) -> None:
    server = await serve()
    path = tmp_path / "picture"
    path.write_bytes(b"x" * 1000)
    await fetcher().fetch(f"http://a.example:{server.port}/", path)
    assert taken(path) == BODY


async def test_the_environment_has_no_say(
    serve: Serve, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, proxy = await serve(), await serve()
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
    (tmp_path / "netrc").write_text("machine a.example login me password secret")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    await fetcher().fetch(f"http://a.example:{server.port}/", path)
    assert (server.connections, proxy.connections) == (1, 0)
    assert "authorization" not in server.requests[0].lower()


async def test_no_cookie_is_kept(serve: Serve, path: Path) -> None:
    cookie = "Set-Cookie: visitor=1; Path=/"
    server = await serve(reply(b"", "302 Found", "Location: /there", cookie), reply(BODY))
    fetch = fetcher()
    for _ in range(2):
        await fetch.fetch(f"http://a.example:{server.port}/", path)
    assert len(server.requests) == 4
    assert not any("cookie" in head.lower() for head in server.requests)


# Which addresses are public

CLOSED = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "168.63.129.16/32",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "255.255.255.255/32",
    "::/128",
    "::1/128",
    "::/96",
    "::ffff:0:0/96",
    "::ffff:8.8.8.8/128",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "64:ff9b::808:808/128",
    "100::/64",
    "2001::/32",
    "2001:2::/48",
    "2001:10::/28",
    "2001:20::/28",
    "2001:db8::/32",
    "2002::/16",
    "2002:808:808::/48",
    "3ffe::/16",
    "3fff::/20",
    "4000::/2",
    "5f00::/16",
    "8000::/1",
    "fc00::/7",
    "fd00:ec2::254/128",
    "fd20:ce::254/128",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
]

OPEN = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "168.63.129.15",
    "168.63.129.17",
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "192.167.255.255",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2001:4860:4860::8888",
    "2606:4700:4700::1111",
    "2a00:1450::1",
    "2003::1",
    "2600:1f00::1",
]


@pytest.mark.parametrize("network", CLOSED)
@pytest.mark.parametrize("python_knows", [True, False])
def test_networks_that_are_not_public(
    monkeypatch: pytest.MonkeyPatch, network: str, python_knows: bool
) -> None:
    if not python_knows:  # each release knows others
        monkeypatch.setattr(IPv4Address, "is_global", True)
        monkeypatch.setattr(IPv6Address, "is_global", True)
    known = ip_network(network)
    middle = known[known.num_addresses // 2]
    assert not any(map(is_public, (known[0], middle, known[-1])))


@pytest.mark.parametrize("address", OPEN)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@hypothesis.given(st.ip_addresses(v=4) | st.ip_addresses(v=6))
@hypothesis.settings(max_examples=300, deadline=None)
def test_public_is_never_more_than_what_python_calls_global(address: Address) -> None:
    if is_public(address):
        assert address.is_global
        assert not address.is_multicast
        assert address.version == 4 or address in ip_network("2000::/3")


# Where a name leads

PRIVATE = ("127.0.0.1", "127.8.9.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1",
           "169.254.169.254", "100.100.100.200", "168.63.129.16")  # fmt: skip
PRIVATE_6 = ("::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1",
             "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::")  # fmt: skip


def spelled(address: str) -> Iterator[str]:
    """Every way to write an IPv4 address that some library takes for it."""
    value = int(IPv4Address(address))
    parts = [value >> shift & 255 for shift in (24, 16, 8, 0)]
    for form in ("{}", "{:#x}", "0X{:08X}", "0{:o}", "000{:o}"):
        yield ".".join(form.format(part) for part in parts)
        yield form.format(value)
        yield f"{form.format(parts[0])}.{form.format(value & 0xFFFFFF)}"
        yield ".".join(form.format(part) for part in (*parts[:2], value & 0xFFFF))
    yield from (f"{address}.", "。".join(address.split(".")), address.replace(".", "%2e"))
    yield from (f"[::ffff:{address}]", f"[::{address}]", f"[64:ff9b::{address}]")
    yield f"[{IPv6Address(0xFFFF << 32 | value).exploded}]"


HOSTS = [
    *dict.fromkeys(spelling for address in PRIVATE for spelling in spelled(address)),
    *(f"[{address}]" for address in PRIVATE_6),
    *("[::1%25lo]", "[fe80::1%lo]", "localhost", "LOCALHOST", "localhost.", "loc%61lhost"),
]


async def test_no_spelling_leads_to_a_private_address(serve: Serve, path: Path) -> None:
    trap = await serve()
    fetch = Fetcher(LIMIT)
    tried = 0
    for host, scheme in itertools.product(HOSTS, ("http", "https")):
        for port in ("", f":{trap.port}", f":0{trap.port}"):
            with pytest.raises(Problem) as caught:
                await fetch.fetch(f"{scheme}://{host}{port}/picture.png", path)
            assert caught.value.name == "fetch_refused", host
            tried += 1
    assert tried > 1000
    assert trap.connections == 0


async def test_no_redirect_leads_to_a_private_address(serve: Serve, path: Path) -> None:
    trap = await serve()

    async def leads_there(head: bytes, writer: asyncio.StreamWriter) -> None:
        host = head.split()[1].removeprefix(b"/")
        writer.write(moved(b"//%b:%d/" % (host, trap.port)))

    async def resolve(host: str) -> list[str]:
        return [OTHER] if host == "front.example" else await look_up(host)

    front = await serve(leads_there, host=OTHER)
    fetch = fetcher(
        reachable=lambda found: is_public(found) or str(found) == OTHER, resolve=resolve
    )
    for host in HOSTS:
        url = f"http://front.example:{front.port}/{host}"
        assert await fails(fetch, url, path) == "fetch_refused", host
    assert front.connections == len(HOSTS)
    assert trap.connections == 0


async def test_one_private_address_of_a_name_is_one_too_many(serve: Serve, path: Path) -> None:
    server = await serve()

    async def both(_: str) -> list[str]:
        return ["127.0.0.1", "10.0.0.1"]

    fetch = fetcher(reachable=lambda address: address.is_loopback, resolve=both)
    assert await fails(fetch, f"http://a.example:{server.port}/", path) == "fetch_refused"
    assert server.connections == 0


@pytest.mark.parametrize(
    "host", ["huggingface.co", "cdn-uploads.hf.co", "metadata.google.internal"]
)
async def test_no_name_is_exempt(serve: Serve, path: Path, host: str) -> None:
    server = await serve()
    fetch = fetcher(reachable=is_public)
    assert await fails(fetch, f"http://{host}:{server.port}/", path) == "fetch_refused"
    assert server.connections == 0


async def test_a_name_is_looked_up_once(
    serve: Serve, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = await serve()
    asked: list[str] = []

    async def rebinding(host: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    def second(*args: object, **kwargs: object) -> None:
        raise AssertionError("looked up again")

    monkeypatch.setattr(socket, "getaddrinfo", second)
    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", second)
    await fetcher(resolve=rebinding).fetch(f"http://a.example:{server.port}/", path)
    assert asked == ["a.example"]
    assert taken(path) == BODY


@pytest.mark.parametrize("found", [[], ["no address"], [""], None])
async def test_a_name_that_nobody_knows(path: Path, found: list[str] | None) -> None:
    async def unknown(_: str) -> list[str]:
        if found is None:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return found

    assert await fails(fetcher(resolve=unknown), "http://a.example/", path) == "fetch_refused"


async def test_the_system_is_asked_for_names() -> None:
    assert "127.0.0.1" in await look_up("localhost")
    assert set(await look_up("2130706433")) == {"127.0.0.1"}
    for host in ("a..b", "a" * 64, "\0"):
        with pytest.raises((OSError, ValueError)):
            await look_up(host)


# What an address may look like

REFUSED = [
    *("", "/", "//a.example/", "a.example", "http:", "http://", "http:///x", "http:a.example"),
    *("ftp://a.example/", "file:///etc/passwd", "data:,x", "gopher://a.example", "ws://a.example/"),
    *("http://me@a.example/", "http://me:secret@a.example/", "http://:@a.example/"),
    *("http://a.example:0/", "http://a.example:65536/", "http://a.example:-1/"),
    *("http://a.example:80:80/", "http://a.example:x/", f"http://a.example:{'9' * 1000}/"),
    *("http://a.example\\@b.example/", "http:\\\\a.example/", "http://a.example/\\"),
    *("http://a.example/\0", "http://a.example/\n", "http://a.example\r\nX: y/", " http://a.example"),
    *("http://a.example/\u202e", "http://a\ud800.example/", "http://a.example/\udfff"),
    *("http://a.example/\x85", "http://a b.example/", "http://a%0d%0a.example/", "http://%00/"),
    *("http://[::1/", "http://::1/", "http://[a]/", "http://[]/", "http://[::1%lo]/", "http://./"),
    *("http://1.2.3.400/", "http://1.2.3.4.5:99999/", "http://ⓐ.example/", "http://a_\u200d.example/"),
    *("http://*/", "http://a.example" + "/" * 2000, "http://" + "a." * 2000),
]  # fmt: skip


@pytest.mark.parametrize("url", REFUSED, ids=[ascii(url)[:40] for url in REFUSED])
async def test_addresses_that_are_refused_unseen(path: Path, url: str) -> None:
    async def never(_: str) -> list[str]:
        raise AssertionError("looked up")

    with pytest.raises(Problem) as caught:
        await fetcher(resolve=never).fetch(url, path)
    assert caught.value.name == "fetch_refused"
    assert not isinstance(caught.value.__cause__, AssertionError)


ODD = st.text() | st.text("aä.:/?#@[]\\%0x19-。\0\n\ud800 ", max_size=30)
SCHEMES = st.sampled_from(["http://", "https://", "HTTP:", "//", "", "ftp://"])


@pytest.mark.slow
@hypothesis.given(
    st.tuples(SCHEMES, ODD, st.sampled_from(["", ":80", ":0", "/"]), ODD).map("".join)
)
@hypothesis.settings(max_examples=150, deadline=None)
def test_any_address_is_refused_with_a_problem(url: str) -> None:
    with pytest.raises(Problem):
        asyncio.run(fetcher(reachable=is_public).fetch(url, Path("never")))


NAMES = st.text(st.characters(exclude_characters="/?#\\@:[]", exclude_categories=[]))


@pytest.mark.slow
@hypothesis.given(NAMES, ODD, ODD)
@hypothesis.settings(max_examples=150, deadline=None)
def test_any_name_and_any_redirect_end_in_a_file_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, name: str, way: str, location: str
) -> None:
    path = tmp_path_factory.mktemp("fetched") / "picture"

    async def other(_: str) -> list[str]:
        return [OTHER]

    async def fetch() -> None:
        answers = (moved(location.encode("utf-8", "surrogatepass")), reply())
        async with Server(*answers).running(OTHER) as server:
            try:
                await fetcher(resolve=other).fetch(f"http://{name}:{server.port}/{way}", path)
            except Problem:
                assert taken(path) is None
            else:
                assert taken(path) == BODY

    asyncio.run(fetch())


async def test_names_of_all_languages(serve: Serve, path: Path) -> None:
    server = await serve()
    asked: list[str] = []

    async def resolve(host: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    fetch = fetcher(resolve=resolve)
    for host in ("Bücher.example", "例え.テスト", "xn--bcher-kva.example", "a.example."):
        await fetch.fetch(f"http://{host}:{server.port}/ü", path)
    assert asked == ["xn--bcher-kva.example", "xn--r8jz45g.xn--zckzah", asked[0], "a.example"]
    told = [head.split("\r\n")[1] for head in server.requests]
    assert told == [f"Host: {host}:{server.port}" for host in asked]


# TLS


async def test_a_certificate_is_held_against_the_name(
    serve: Serve, path: Path, authority: trustme.CA
) -> None:
    server = await serve(context=identity(authority, "right.example"))
    fetch = fetcher()
    for host in ("right.example", "right.example."):
        await fetch.fetch(f"https://{host}:{server.port}/", path)
        assert taken(path) == BODY
    assert await fails(fetch, f"https://wrong.example:{server.port}/", path) == "fetch_failed"
    assert server.names == ["right.example", "right.example", "wrong.example"]
    assert len(server.requests) == 2


async def test_a_certificate_is_held_against_an_address(
    serve: Serve, path: Path, authority: trustme.CA
) -> None:
    server = await serve(context=identity(authority, "127.0.0.1"))
    await fetcher().fetch(f"https://127.0.0.1:{server.port}/", path)
    assert taken(path) == BODY
    for host in ("127.1", "2130706433", "a.example"):
        assert await fails(fetcher(), f"https://{host}:{server.port}/", path) == "fetch_failed"


async def test_a_stranger_signed_it(serve: Serve, path: Path, authority: trustme.CA) -> None:
    server = await serve(context=identity(trustme.CA(), "a.example"))
    assert await fails(fetcher(), f"https://a.example:{server.port}/", path) == "fetch_failed"


async def test_two_names_at_one_address_share_no_connection(
    serve: Serve, path: Path, authority: trustme.CA
) -> None:
    async def stays_open(head: bytes, writer: asyncio.StreamWriter) -> None:
        host = head.split(b"Host: ")[1].split(b":")[0]
        there = moved(b"https://two.example:%d/" % server.port)
        writer.write(there if host == b"one.example" else reply())

    server = await serve(stays_open, context=identity(authority, "one.example"))
    fetch = fetcher()
    assert await fails(fetch, f"https://one.example:{server.port}/", path) == "fetch_failed"
    assert await fails(fetch, f"https://two.example:{server.port}/", path) == "fetch_failed"
    assert server.names == ["one.example", "two.example", "two.example"]
    assert len(server.requests) == 1
    await server.closed()


async def test_noise_after_the_handshake(serve: Serve, path: Path, authority: trustme.CA) -> None:
    async def noise(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(reply(b"x" * 100)[:-50])
        await writer.drain()
        raw = writer.get_extra_info("socket").dup()
        raw.send(b"no TLS at all")
        raw.close()

    server = await serve(noise, context=identity(authority, "a.example"))
    assert await fails(fetcher(), f"https://a.example:{server.port}/", path) == "fetch_failed"


# Redirects


@pytest.mark.parametrize("status", ["301 x", "302 x", "303 x", "307 x", "308 x"])
async def test_five_redirects_are_followed(serve: Serve, path: Path, status: str) -> None:
    ways = ("/a/b", "c?d#e", "../f", "?g", "//other.example:{}/h")
    server = await serve()
    server.answer_with(*(moved(way.format(server.port), status) for way in ways), reply())
    await fetcher().fetch(f"http://a.example:{server.port}/", path)
    assert taken(path) == BODY
    asked = [head.split()[1] for head in server.requests]
    assert asked == ["/", "/a/b", "/a/c?d", "/f", "/f?g", "/h"]
    assert f"Host: other.example:{server.port}\r\n" in server.requests[-1]
    await server.closed()


async def test_a_sixth_redirect_is_not(serve: Serve, path: Path) -> None:
    server = await serve(moved("/"))
    assert await fails(fetcher(), f"http://a.example:{server.port}/", path) == "fetch_failed"
    assert server.connections == 6


async def test_every_redirect_is_judged_anew(serve: Serve, path: Path) -> None:
    server = await serve()
    server.answer_with(moved(f"http://a.example:{server.port}/"))
    found = [["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]]

    async def rebinding(_: str) -> list[str]:
        return found[server.connections]

    fetch = fetcher(reachable=lambda address: address.is_loopback, resolve=rebinding)
    assert await fails(fetch, f"http://a.example:{server.port}/", path) == "fetch_refused"
    assert server.connections == 2


@pytest.mark.parametrize(
    "location",
    [
        *("ftp://a.example/", "file:///etc/passwd", "http://me:secret@a.example/", "https://"),
        *("http://a.example:0/", "//[::1", "\\\\a.example\\", "http://a.example:99999/"),
    ],
)
async def test_redirects_that_are_refused(serve: Serve, path: Path, location: str) -> None:
    server = await serve(moved(location))
    assert await fails(fetcher(), f"http://a.example:{server.port}/", path) == "fetch_refused"
    assert server.connections == 1


async def test_a_redirect_may_turn_to_tls_but_not_back(
    serve: Serve, path: Path, authority: trustme.CA
) -> None:
    plain = await serve()
    secure = await serve(context=identity(authority, "a.example"))
    plain.answer_with(moved(f"https://a.example:{secure.port}/"))
    await fetcher().fetch(f"http://a.example:{plain.port}/", path)
    assert taken(path) == BODY
    secure.answer_with(moved(f"http://a.example:{plain.port}/"))
    url = f"https://a.example:{secure.port}/"
    assert await fails(fetcher(), url, path) == "fetch_refused"
    assert plain.connections == 1


# How much is taken


def chunked(body: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)


@pytest.mark.parametrize("answer", [reply, chunked, lambda body: b"HTTP/1.0 200 OK\r\n\r\n" + body])
async def test_as_much_as_the_limit_and_no_byte_more(
    serve: Serve, path: Path, answer: Callable[[bytes], bytes]
) -> None:
    server = await serve(answer(b"x" * 100_000), answer(b"x" * 100_001))
    fetch = fetcher(limit=100_000)
    await fetch.fetch(f"http://a.example:{server.port}/", path)
    assert taken(path) == b"x" * 100_000
    assert await fails(fetch, f"http://a.example:{server.port}/", path) == "upload_too_big"
    await server.closed()


async def test_an_empty_file_is_one(serve: Serve, path: Path) -> None:
    server = await serve(reply(b""))
    await fetcher().fetch(f"http://a.example:{server.port}/", path)
    assert taken(path) == b""


async def test_a_length_may_be_told_twice(serve: Serve, path: Path) -> None:
    again = f"Content-Length: {len(BODY)}, {len(BODY)}"
    server = await serve(reply(BODY, "200 OK", again, again))
    await fetcher().fetch(f"http://a.example:{server.port}/", path)
    assert taken(path) == BODY


async def test_what_is_announced_as_too_much_is_not_begun(serve: Serve, path: Path) -> None:
    async def announces(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (LIMIT + 1))
        await hangs(head, writer)

    server = await serve(announces)
    url = f"http://a.example:{server.port}/"
    with pytest.raises(Problem, match="keep it under 1 MB"):
        await fetcher().fetch(url, path)
    assert not begun(path.parent)
    await server.closed()


async def test_an_endless_body_is_cut_off(
    serve: Serve, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def endless(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()

    sizes: list[int] = []
    monkeypatch.setattr(fetching, "_append", lambda path, piece: sizes.append(len(piece)))
    server = await serve(endless)
    assert await fails(fetcher(), f"http://a.example:{server.port}/", path) == "upload_too_big"
    assert sum(sizes) <= LIMIT
    assert max(sizes) <= 65536
    await server.closed()


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP", "deflate", "br", "identity, gzip"])
async def test_what_is_packed_is_not_unpacked(serve: Serve, path: Path, encoding: str) -> None:
    bomb = gzip.compress(bytes(8 * 1024**2)) * 97  # 0.8 MB, which unpack to 776
    server = await serve(reply(bomb, "200 OK", f"Content-Encoding: {encoding}"))
    url = f"http://a.example:{server.port}/"
    assert await fails(fetcher(), url, path) == "fetch_failed"
    assert not begun(path.parent)


async def test_what_is_not_packed_may_say_so(serve: Serve, path: Path) -> None:
    server = await serve(reply(BODY, "200 OK", "Content-Encoding: Identity"))
    await fetcher().fetch(f"http://a.example:{server.port}/", path)
    assert taken(path) == BODY


# How long it takes


async def silent_look_up(_: str) -> list[str]:
    await asyncio.sleep(60)
    return []


async def drips_headers(head: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(1000):
        writer.write(b"X-%d: x\r\n" % number)
        await asyncio.sleep(0.02)


async def redirects_slowly(head: bytes, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(0.12)
    writer.write(moved("/"))


@pytest.mark.parametrize("answer", [hangs, drips, drips_headers, redirects_slowly])
async def test_a_slow_server_is_given_up(serve: Serve, path: Path, answer: Answering) -> None:
    server = await serve(answer)
    start = time.monotonic()
    with pytest.raises(Problem, match=r"longer than 0\.3 seconds"):
        await fetcher(seconds=0.3).fetch(f"http://a.example:{server.port}/", path)
    assert time.monotonic() - start < 1
    assert taken(path) is None
    await server.closed()


async def test_a_handshake_that_never_ends_is_given_up_and_closed(serve: Serve, path: Path) -> None:
    server = await serve()  # waits for a request's end, which a handshake isn't
    fetch = fetcher(seconds=0.3)
    assert await fails(fetch, f"https://a.example:{server.port}/", path) == "fetch_slow"
    await server.closed()


async def test_a_slow_look_up_is_given_up(path: Path) -> None:
    fetch = fetcher(seconds=0.2, resolve=silent_look_up)
    assert await fails(fetch, "http://a.example/", path) == "fetch_slow"


@pytest.mark.parametrize(("scheme", "answer"), [("http", hangs), ("http", drips), ("https", hangs)])
async def test_a_download_can_be_cancelled(
    serve: Serve, path: Path, scheme: str, answer: Answering
) -> None:
    server = await serve(answer)
    download = asyncio.create_task(fetcher().fetch(f"{scheme}://a.example:{server.port}/", path))
    await asyncio.sleep(0.2)
    assert server.open == 1
    assert begun(path) == (answer is drips)
    download.cancel()
    with pytest.raises(asyncio.CancelledError):
        await download
    assert taken(path) is None
    await server.closed()


async def test_a_download_is_cancelled_while_it_is_written(
    serve: Serve, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = fetching._append
    writing, written = threading.Event(), threading.Event()

    def slowly(path: Path, piece: bytes) -> None:
        writing.set()
        time.sleep(0.2)
        append(path, piece)
        written.set()

    monkeypatch.setattr(fetching, "_append", slowly)
    server = await serve()
    download = asyncio.create_task(fetcher().fetch(f"http://a.example:{server.port}/", path))
    await until(writing.is_set, 5)
    download.cancel()
    await asyncio.sleep(0.05)
    download.cancel()  # again, while it cleans up
    with pytest.raises(asyncio.CancelledError):
        await download
    await until(written.is_set, 5)
    await fetching._on_disk(lambda: None)
    assert taken(path) is None


async def test_nothing_is_left_of_a_download(serve: Serve, path: Path) -> None:
    server = await serve(reply(), reply(BODY, "404 x"), moved("/"), hangs)
    fetch = fetcher(seconds=0.3)
    for _ in range(5):
        with contextlib.suppress(Problem):
            await fetch.fetch(f"http://a.example:{server.port}/", path)
    left = "Requests: 0 active, 0 queued | Connections: 0 active, 0 idle"
    assert left in repr(fetch._http._pool)
    await server.closed()


async def test_closing_ends_what_still_runs(serve: Serve, path: Path) -> None:
    server = await serve(drips)
    fetch = fetcher()
    download = asyncio.create_task(fails(fetch, f"http://a.example:{server.port}/", path))
    await asyncio.sleep(0.2)
    await fetch.close()
    assert await download == "fetch_failed"
    await server.closed()


# What else may go wrong


@pytest.mark.parametrize(
    "answer",
    [
        *(reply(BODY, status) for status in ("201 x", "206 x", "300 x", "400 x", "404 x", "500 x")),
        *(reply(b"", status) for status in ("204 x", "304 x", "302 x")),
        b"",
        b"\x00\xff" * 1000,
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        b"HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000 + b"\r\n\r\n",
        b"HTTP/9.9 999 \xff\r\n\xff: \xff\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: \xff\r\n\r\n",
    ],
    ids=itertools.count(),
)
async def test_no_picture_comes_back(serve: Serve, path: Path, answer: bytes) -> None:
    server = await serve(answer)
    assert await fails(fetcher(), f"http://a.example:{server.port}/", path) == "fetch_failed"
    await server.closed()


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_nobody_listens(path: Path, scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    assert await fails(fetcher(), f"{scheme}://a.example:{port}/", path) == "fetch_failed"


async def test_a_full_disk_is_no_fault_of_the_address(
    serve: Serve, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(fetching, "_append", full)
    server = await serve()
    with pytest.raises(OSError, match="full"):
        await fetcher().fetch(f"http://a.example:{server.port}/", path)
    assert taken(path) is None
    await server.closed()


async def test_a_folder_that_can_not_be_made(serve: Serve, tmp_path: Path) -> None:
    server = await serve()
    (tmp_path / "file").touch()
    with pytest.raises(OSError):
        await fetcher().fetch(f"http://a.example:{server.port}/", tmp_path / "file" / "picture")


async def test_a_slow_disk_keeps_nobody_waiting(
    serve: Serve, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_append", lambda *_: time.sleep(0.5))
    server = await serve()
    download = asyncio.create_task(fetcher().fetch(f"http://a.example:{server.port}/", path))
    longest = 0.0
    while not download.done():
        start = time.monotonic()
        await asyncio.sleep(0.005)
        longest = max(longest, time.monotonic() - start)
    await download
    assert longest < 0.3


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("http://a.example:{}/secret?secret#secret", "fetch from a.example: fetch_failed"),
        ("http://secret@a.example:{}/", "fetch from ?: fetch_refused"),
        (
            "http://a.example:{}/cut/secret",
            "fetch from a.example: fetch_failed RemoteProtocolError",
        ),
        ("secret", "fetch from ?: fetch_refused"),
    ],
)
async def test_the_log_names_the_host_alone(
    serve: Serve, path: Path, caplog: pytest.LogCaptureFixture, url: str, line: str
) -> None:
    server = await serve(b"" if "cut" in url else reply(b"secret", "404 Not Found"))
    with caplog.at_level(logging.INFO):
        await fails(fetcher(), url.format(server.port), path)
    assert caplog.messages == [line]


async def test_the_log_names_the_host_that_a_redirect_led_to(
    serve: Serve, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server = await serve(moved("http://b.example/secret"))

    async def resolve(host: str) -> list[str]:
        return ["10.0.0.1" if host == "b.example" else "127.0.0.1"]

    fetch = fetcher(reachable=lambda address: address.is_loopback, resolve=resolve)
    with caplog.at_level(logging.INFO):
        await fails(fetch, f"http://a.example:{server.port}/", path)
    assert caplog.messages == ["fetch from b.example: fetch_refused"]
