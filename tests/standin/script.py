"""What the stand-in was asked, and what it was told to answer."""

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from tests.standin.faults import Fault

if TYPE_CHECKING:
    from tests.standin.server import StandIn

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass
class Call:
    """One request as it arrived.

    Attributes:
        route: The stand-in's name for what was called; "unknown" where nothing answers.
        headers: With lower-case names.
        at: `time.monotonic()` when the body was in.
        connection: The same number for calls on the same connection.
        status: What was answered; None while that is open.
        seconds: From `at` to the answer.
        left: Whether the caller hung up before it was answered; of a stream, before its end.
    """

    route: str
    method: str
    host: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    at: float
    connection: int
    status: int | None = None
    seconds: float = 0.0
    left: bool = False

    @property
    def token(self) -> str | None:
        """The bearer token, where there is one."""
        return self.headers.get("authorization", "").removeprefix("Bearer ") or None

    def json(self) -> Any:
        """Returns: the body, parsed."""
        return json.loads(self.body)


@dataclass
class Script:
    """The faults that are still to come, by route: each is used once, in order."""

    waiting: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    always: dict[str, Fault] = field(default_factory=dict)

    def next_fault(self, route: str) -> Fault | None:
        """Returns: the fault for this call of `route`, if one was scripted."""
        if self.waiting[route]:
            return self.waiting[route].popleft()
        return self.always.get(route)

    def clear(self) -> None:
        """Forget every fault."""
        self.waiting.clear()
        self.always.clear()


def scripted(route: str) -> Callable[[Endpoint], Endpoint]:
    """Record every call of an endpoint under `route`, and let the script answer first."""

    def decorate(endpoint: Endpoint) -> Endpoint:
        @wraps(endpoint)
        async def answer(request: Request) -> Response:
            standin: StandIn = request.app.state.standin
            call = await _record(standin, route, request)
            try:
                response = await _perform(standin, request, endpoint)
            except asyncio.CancelledError:
                call.left = True
                raise
            call.status, call.seconds = response.status_code, time.monotonic() - call.at
            return response

        return answer

    return decorate


async def _record(standin: "StandIn", route: str, request: Request) -> Call:
    body = await request.body()
    assert request.client is not None
    call = Call(
        route=route,
        method=request.method,
        host=request.url.hostname or "",
        path=request.url.path,
        query=request.url.query,
        headers=dict(request.headers),
        body=body,
        at=time.monotonic(),
        connection=request.client.port,
    )
    request.state.call = call
    standin.calls.append(call)
    return call


async def _perform(standin: "StandIn", request: Request, endpoint: Endpoint) -> Response:
    call: Call = request.state.call
    fault = standin.faults.next_fault(call.route)
    if fault is None:
        return await endpoint(request)
    if fault.delay and await _hangs_up(request, fault.delay):
        call.left = True
        return Response(status_code=499)
    if fault.drop:
        standin.tunnel.drop(call.connection)
        return Response(status_code=444)
    return await endpoint(request) if fault.status is None else fault.response()


async def _hangs_up(request: Request, seconds: float) -> bool:
    """Wait; returns early, and true, where the caller leaves meanwhile."""
    try:
        async with asyncio.timeout(seconds):
            while (await request.receive())["type"] != "http.disconnect":
                pass
    except TimeoutError:
        return False
    return True
