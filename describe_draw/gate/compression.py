"""Texts leave compressed: the page, and what is told of its endpoints."""

import gzip
import re
from collections.abc import Callable
from functools import lru_cache

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SMALLEST, LARGEST = 500, 2 * 1024**2
"""In bytes: less isn't worth it, and more would keep everybody waiting."""

TEXT = re.compile(r"text/(?!event-stream)|application/([\w.-]+\+)?json\b")
ACCEPTED = re.compile(r"\s*(br|gzip)\s*(?:;\s*q\s*=\s*(?P<weight>[\d.]+)\s*)?", re.IGNORECASE)
CODINGS: dict[str, Callable[[bytes, bool], bytes]] = {
    "br": lambda body, lasts: brotli.compress(
        body, mode=brotli.MODE_TEXT, quality=10 if lasts else 6
    ),
    "gzip": lambda body, lasts: gzip.compress(body, 9 if lasts else 6, mtime=0),
}
"""By their names; on what is the same for ever more time may be spent, once."""


class Compressed:
    """ASGI middleware: what comes in one piece and is text, is compressed.

    Gradio does so by the ends of paths, and so leaves out the page itself. Files stay as they are,
    with their ranges, and so do streams, of which each piece is to arrive at once.

    Args:
        app: What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        held: Message | None = None

        async def compress(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start" and _is_text(message):
                held = message  # until it is known how long the answer is
                return
            if held is not None:
                start, held = held, None
                _in_one(scope, start, message)
                await send(start)
            await send(message)

        await self._app(scope, receive, compress)


def _is_text(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    is_done = {*headers} & {"content-encoding", "accept-ranges", "etag"}
    return bool(TEXT.match(headers.get("content-type", ""))) and not is_done


def _in_one(scope: Scope, start: Message, message: Message) -> None:
    """Compress an answer, if it is all there."""
    body = message.get("body", b"")
    if message.get("more_body") or not SMALLEST <= len(body) <= LARGEST:
        return
    start["headers"] = [*start["headers"]]  # the answer's own stay as they are
    headers = MutableHeaders(raw=start["headers"])
    headers.add_vary_header("Accept-Encoding")
    coding = accepted(Headers(scope=scope).get("accept-encoding", ""))
    if coding:
        lasts = "immutable" in headers.get("cache-control", "")
        message["body"] = _compressed(body, coding, lasts)
        headers["content-encoding"] = coding
        headers["content-length"] = str(len(message["body"]))


def accepted(header: str) -> str:
    """The best coding that an Accept-Encoding header allows (RFC 9110, 12.5.3), or none."""
    found = [match for part in header[:1000].split(",") if (match := ACCEPTED.fullmatch(part))]
    wanted = {match[1].lower() for match in found if _is_wanted(match["weight"])}
    return next((coding for coding in CODINGS if coding in wanted), "")


def _is_wanted(weight: str | None) -> bool:
    return weight is None or bool(weight.strip("0."))


@lru_cache(maxsize=32)
def _compressed(body: bytes, coding: str, lasts: bool) -> bytes:
    """The page is the same for nearly all who open it: remembered, it costs nothing."""
    return CODINGS[coding](body, lasts)
