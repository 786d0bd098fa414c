"""The server itself, in a thread of its own on a free port of this machine."""

import asyncio
import json
import socket
import threading
from collections import deque
from dataclasses import dataclass
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.apis import ollama, openai, sdwebui, tutorial

MODEL = "tiny-vision"
TOKEN = "token-of-the-model-server"


@dataclass
class Call:
    """One request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, parsed."""
        return json.loads(self.body)


class ModelServer:
    """Every API at once, from `with` to the end of the block.

    Attributes:
        calls: Every request, in the order of arrival.
        token: The bearer token that requests must bring, None where they need none.
        holds: Whether answers wait until it is false again.
        url: Where it listens.
    """

    def __init__(self, token: str | None = None) -> None:
        self.token = token
        self.holds = False
        self.calls: list[Call] = []
        self._scripted: deque[Response] = deque()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="model-server", daemon=True)

    def reset(self) -> None:
        """Forget calls, and answers that nobody took; answer at once."""
        self.holds = False
        self.calls.clear()
        self._scripted.clear()

    def next(self, *responses: Response) -> None:
        """Let the next requests be answered so, one each."""
        self._scripted.extend(responses)

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(30):
            raise RuntimeError("the model server did not start")
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(30)
        if self._thread.is_alive():
            raise RuntimeError("the model server did not end")

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        routes = [
            Route(path, answer, methods=methods)
            for api in (tutorial, ollama, openai, sdwebui)
            for path, (answer, methods) in api.ROUTES.items()
        ]
        app = Starlette(routes=routes, middleware=[Middleware(_Recorded, server=self)])
        with socket.create_server(("127.0.0.1", 0), backlog=128) as door:
            door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # which asyncio forgets
            self.url = f"http://127.0.0.1:{door.getsockname()[1]}"
            config = uvicorn.Config(app, lifespan="off", log_config=None, log_level="critical")
            server = uvicorn.Server(config)
            serving = asyncio.create_task(server.serve([door]))
            while not server.started:  # noqa: ASYNC110  (uvicorn tells by a flag alone)
                await asyncio.sleep(0.005)
            self._ready.set()
            await self._stop.wait()
            server.should_exit = server.force_exit = True
            await serving

    async def answer(self, request: Request) -> Response | None:
        """Record a request; the scripted response in time, or the refusal of a wrong token."""
        body = await request.body()
        query, headers = dict(request.query_params), dict(request.headers)
        self.calls.append(Call(request.method, request.url.path, query, headers, body))
        scripted = self._scripted.popleft() if self._scripted else None
        while self.holds:  # noqa: ASYNC110  (another thread lets it go)
            await asyncio.sleep(0.01)
        if scripted:
            return scripted
        if self.token and headers.get("authorization") != f"Bearer {self.token}":
            return JSONResponse({"error": "unauthorized"}, 401)
        return None


class _Recorded:
    """Lets the server see a request before the API answers it."""

    def __init__(self, app: ASGIApp, server: ModelServer) -> None:
        self._app = app
        self._server = server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = await self._server.answer(request)
        body = await request.body()
        sent = False

        async def again() -> Any:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        await (response or self._app)(scope, again, send)
