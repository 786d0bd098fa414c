"""What goes wrong upstream, in the real services' own words: one function a fault."""

import asyncio
import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tests.standin.art import draw


@dataclass(frozen=True)
class Fault:
    """An answer that a route gives instead of its own.

    Attributes:
        status: HTTP status; None keeps the route's own answer (a delay alone).
        body: What is sent: text and bytes as they are, anything else as JSON.
        headers: More headers.
        content_type: Of the body; JSON where it is none.
        delay: Seconds before anything is answered.
        drop: Close the connection without a word.
        cut: Announce the whole body, send half of it, close.
        drip: Seconds between two bytes of the body.
    """

    status: int | None = None
    body: object = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str | None = None
    delay: float = 0.0
    drop: bool = False
    cut: bool = False
    drip: float = 0.0

    def response(self) -> Response:
        """Returns: the answer, for Starlette to send."""
        if isinstance(self.body, str | bytes):
            content = self.body if isinstance(self.body, bytes) else self.body.encode()
        else:
            content = json.dumps(self.body).encode()
        kind: type[Response] = _Drip if self.drip else _Cut if self.cut else Response
        response = kind(
            content, self.status or 200, dict(self.headers), self.content_type or "application/json"
        )
        if isinstance(response, _Drip):
            response.interval = self.drip
        return response


class _Cut(Response):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": self.status_code,
                "headers": self.raw_headers,
            }
        )
        half = bytes(self.body)[: len(self.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})


class _Drip(Response):
    interval = 0.1

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": self.status_code}
        await send({**start, "headers": self.raw_headers})
        for byte in bytes(self.body):
            await send({"type": "http.response.body", "body": bytes([byte]), "more_body": True})
            await asyncio.sleep(self.interval)
        await send({"type": "http.response.body", "body": b""})


def slow(seconds: float) -> Fault:
    """The route's own answer, `seconds` later."""
    return Fault(delay=seconds)


def stream(*events: str, cut: bool = False) -> Fault:
    """200 with server-sent events; `cut` closes the connection where the next would come."""
    body = "".join(events)
    return Fault(200, body * 2 if cut else body, content_type="text/event-stream", cut=cut)


def bad_request(message: str = "height must be divisible by 16") -> Fault:
    """400 with a message of the provider's."""
    return Fault(400, {"error": message})


def model_not_supported(model: str) -> Fault:
    """400 of the router for a model that no provider serves."""
    message = f"The requested model '{model}' is not supported by any provider you have enabled."
    error = {"message": message, "type": "invalid_request_error", "param": "model"}
    return Fault(400, {"error": {**error, "code": "model_not_supported"}})


def too_much(option: str, high: float) -> Fault:
    """422 of fal-ai, in pydantic's words, for a number that is too large."""
    message = f"Input should be less than or equal to {high}"
    said = {"loc": ["body", option], "msg": message, "type": "less_than_equal"}
    return Fault(422, {"detail": [said]})


def invalid_input(option: str, high: float) -> Fault:
    """422 of replicate for an input that its schema doesn't allow."""
    message = f"Must be less than or equal to {high}"
    field = {"type": "number_lte", "field": f"input.{option}", "description": message}
    detail = f"- input.{option}: {message}\n"
    title = "Input validation failed"
    return Fault(422, {"title": title, "detail": detail, "status": 422, "invalid_fields": [field]})


def token_invalid() -> Fault:
    """401: the token is unknown or was revoked."""
    return Fault(401, {"error": "Invalid username or password."})


def credits_used_up() -> Fault:
    """402: nothing is left of the month's included credits."""
    return Fault(
        402,
        {
            "error": "You have depleted your monthly included credits. Purchase pre-paid credits "
            "to continue using Inference Providers with any of our providers. Alternatively, "
            "subscribe to PRO to get 20x more included usage."
        },
    )


def no_permission(name: str = "operator") -> Fault:
    """403: the token lacks the permission to call Inference Providers."""
    return Fault(
        403,
        {
            "error": "This authentication method does not have sufficient permissions to call "
            f"Inference Providers on behalf of user {name}"
        },
    )


def not_found() -> Fault:
    """404: the model isn't there."""
    return Fault(404, {"error": "Not Found"})


def gone(model: str) -> Fault:
    """410: the model was served once."""
    return Fault(
        410,
        {"error": f"The requested model {model} is deprecated and no longer supported."},
    )


def too_large() -> Fault:
    """413 from the gateway, in HTML."""
    page = "<html><head><title>413 Request Entity Too Large</title></head></html>"
    return Fault(413, page, content_type="text/html")


def rate_limited(retry_after: int | None = None, reset: int | None = None) -> Fault:
    """429, with `Retry-After` or the `RateLimit` header (both in seconds), or neither."""
    headers = {}
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    if reset is not None:
        headers["RateLimit"] = f'"api";r=0;t={reset}'
        headers["RateLimit-Policy"] = '"fixed window";"api";q=500;w=300'
    return Fault(429, {"error": "You have been rate limited; wait a while and retry."}, headers)


def server_error() -> Fault:
    """500 with the model's complaint."""
    return Fault(500, {"error": "CUDA out of memory"})


def bad_gateway() -> Fault:
    """502 from the gateway, in HTML."""
    page = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
    return Fault(502, page, content_type="text/html")


def gateway_timeout() -> Fault:
    """504 from the gateway, without a body."""
    return Fault(504)


def loading(model: str, estimated_time: float = 20.0) -> Fault:
    """503: the model is being loaded, ready in about `estimated_time` seconds."""
    error = f"Model {model} is currently loading"
    return Fault(503, {"error": error, "estimated_time": estimated_time})


def hangs(seconds: float = 60.0) -> Fault:
    """Nothing is answered for so long that the caller gives up."""
    return Fault(504, delay=seconds)


def drips(seconds: float = 0.2) -> Fault:
    """A body of which a byte comes now and then: no read ever times out, and it never ends."""
    return Fault(200, " " * 1000, drip=seconds)


def dropped() -> Fault:
    """The connection is closed without an answer."""
    return Fault(drop=True)


def cut() -> Fault:
    """The connection is closed in the middle of the body."""
    return Fault(200, draw("red", 256, 256, 0), content_type="image/png", cut=True)


def not_json() -> Fault:
    """200 with plain text."""
    return Fault(200, "upstream says hello", content_type="text/plain")


def html() -> Fault:
    """200 with a web page."""
    page = "<!doctype html><html><body>We will be back soon</body></html>"
    return Fault(200, page, content_type="text/html")


def empty_list() -> Fault:
    """200 with `[]`."""
    return Fault(200, [])


def error_in_list() -> Fault:
    """200 with a list that holds an error where the text should be."""
    return Fault(200, [{"error": "unknown error"}])


def error_as_list() -> Fault:
    """500 whose JSON body is a list."""
    return Fault(500, ["unknown error", "worker died"])


def truncated_picture() -> Fault:
    """200 with the first half of a PNG, whole as far as HTTP knows."""
    picture = draw("blue", 512, 512, 1)
    return Fault(200, picture[: len(picture) // 2], content_type="image/png")


def tiny_picture() -> Fault:
    """200 with a picture of 4 by 4."""
    return Fault(200, draw("green", 4, 4, 2), content_type="image/png")


def picture(width: int, height: int) -> Fault:
    """A picture of a size that nobody asked for, in together's shape."""
    encoded = base64.b64encode(draw("black", width, height, 3)).decode()
    return Fault(200, {"data": [{"index": 0, "b64_json": encoded}]})
