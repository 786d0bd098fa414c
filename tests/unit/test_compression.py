"""What leaves compressed, and what must not: streams, files, and what is compressed already."""

import asyncio
import gzip
from typing import Any

import brotli
import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from describe_draw.gate import Compressed
from describe_draw.gate.compression import accepted
from tests.support import EXAMPLES

LONG = "a long text, " * 1000
ANSWERS = {
    "html": HTMLResponse(LONG),
    "json": JSONResponse({"said": LONG}),
    "manifest": JSONResponse({"said": LONG}, media_type="application/manifest+json"),
    "short": PlainTextResponse("short"),
    "picture": Response(LONG, media_type="image/png"),
    "zip": Response(LONG, media_type="application/zip"),
    "done": Response(LONG, media_type="text/css", headers={"content-encoding": "gzip"}),
    "file": FileResponse(EXAMPLES / "README.md", media_type="text/plain"),
}

DECODE = {"br": brotli.decompress, "gzip": gzip.decompress}

SCOPE: dict[str, Any] = {
    "type": "http",
    "method": "GET",
    "headers": [(b"accept-encoding", b"br, gzip")],
    "asgi": {"spec_version": "2.4"},
}


async def receive():
    return {"type": "http.request"}


async def _answer(request):
    return ANSWERS[request.path_params["name"]]


@pytest.fixture
def client():
    way = httpx.ASGITransport(
        Compressed(Starlette(routes=[Route("/{name}", _answer, methods=["GET", "POST"])]))
    )
    return httpx.AsyncClient(transport=way, base_url="http://app")


async def raw(client, name, accepts="br, gzip", method="GET", **headers):
    request = client.build_request(
        method, f"/{name}", headers={"accept-encoding": accepts, **headers}
    )
    answer = await client.send(request, stream=True)
    return answer, b"".join([piece async for piece in answer.aiter_raw()])


@pytest.mark.parametrize("name", ["html", "json", "manifest"])
@pytest.mark.parametrize(
    ("coding", "decode"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
async def test_texts_are_compressed_as_the_client_accepts(client, name, coding, decode):
    answer, body = await raw(client, name, coding)
    assert answer.headers["content-encoding"] == coding
    assert int(answer.headers["content-length"]) == len(body) < 500
    assert "Accept-Encoding" in answer.headers["vary"]
    assert DECODE[coding](body) == ANSWERS[name].body


async def test_who_accepts_nothing_gets_it_as_it_is(client):
    answer, body = await raw(client, "html", "identity")
    assert "content-encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["vary"]  # a cache between keeps both apart
    assert body == LONG.encode()


@pytest.mark.parametrize("name", ["short", "picture", "zip", "done"])
async def test_what_gains_nothing_stays_as_it_is(client, name):
    answer, body = await raw(client, name)
    assert body == ANSWERS[name].body
    assert answer.headers.get("content-encoding") == ANSWERS[name].headers.get("content-encoding")


async def test_files_keep_their_ranges(client):
    answer, body = await raw(client, "file", range="bytes=2-11")
    assert (answer.status_code, body) == (206, (EXAMPLES / "README.md").read_bytes()[2:12])
    assert "content-encoding" not in answer.headers


async def test_answers_to_calls_are_not_kept(client):
    answer, _ = await raw(client, "json", method="POST")
    assert "content-encoding" not in answer.headers


async def test_a_head_says_what_a_get_would():
    """RFC 9110, 9.3.2."""
    sent = {}
    for method in ("GET", "HEAD"):
        messages: list[Any] = []

        async def send(message, messages=messages):
            messages.append(message)

        await Compressed(HTMLResponse(LONG))({**SCOPE, "method": method}, receive, send)
        sent[method] = messages[0]["headers"]
    assert sent["GET"] == sent["HEAD"]


async def test_events_arrive_at_once():
    """The second is not even sent before the first has arrived."""
    arrived = asyncio.Event()

    async def events():
        yield "data: first\n\n" + LONG
        await asyncio.wait_for(arrived.wait(), 30)
        yield "data: second\n\n"

    async def send(message):
        if b"first" in message.get("body", b""):
            arrived.set()

    streaming = StreamingResponse(events(), media_type="text/event-stream")
    await Compressed(streaming)(SCOPE, receive, send)
    assert arrived.is_set()


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),  # Chrome, Edge, Firefox
        ("gzip, deflate, br", "br"),  # Safari
        ("gzip, deflate", "gzip"),  # Python's httpx and requests
        ("gzip;q=1.0, identity; q=0.5, *;q=0", "gzip"),  # RFC 9110's example
        ("br;q=0, gzip", "gzip"),
        ("br ; q=0.000 , GZIP", "gzip"),
        ("compress, x-gzipped", ""),
        ("", ""),
    ],
)
def test_the_best_coding_that_is_accepted(header, coding):
    assert accepted(header) == coding
