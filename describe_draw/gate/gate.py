"""Every request passes here first: names its visitor, bounds it, and ends what goes wrong."""

import json
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, Protocol
from urllib.parse import parse_qs

from describe_draw.gate.bodies import Bodies
from describe_draw.gate.origins import Origins
from describe_draw.gate.routes import API, Route, route_of
from describe_draw.gate.uploads import Uploads
from describe_draw.gate.visitors import Scope, Visitors
from describe_draw.problems import Problem, to_problem
from describe_draw.settings import Settings
from describe_draw.store import Store
from describe_draw.texts import preferred
from describe_draw.turns import visitor

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

OPEN = 500
"""Requests that one visitor may have open at a time; a page has one or two."""

POLICY = b"img-src 'self' blob: data:; object-src 'none'; base-uri 'self'"
"""A page shows no pictures of other hosts, which would learn who looks, whatever Gradio lets in."""

STATUS = {
    "no_such_page": 404,
    "upload_too_big": 413,
    "request_too_big": 413,
    "request_too_slow": 408,
    "too_many_requests": 429,
    "too_many_uploads": 429,
    "odd_upload": 400,
    "odd_request": 400,
    "disk_full": 507,
}


class Pages(Protocol):
    """Told which sessions have a page open."""

    def open(self, session: str) -> None:
        """A page of the session was opened."""

    def close(self, session: str) -> None:
        """It was closed."""


class Gate:
    """ASGI middleware around all of Gradio.

    Args:
        app: What answers.
        settings: The operator's limits.
        store: Where uploads go.
        pages: Told which pages are open.
    """

    def __init__(self, app: App, settings: Settings, store: Store, pages: Pages) -> None:
        self._app = app
        on_space = settings.system == "spaces" and settings.trusted_proxies is None
        self._visitors = Visitors(settings.proxies, has_inner=on_space)
        self._bodies = Bodies(settings)
        self._uploads = Uploads(settings, store)
        self._pages, self._store = pages, store
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":  # nothing here speaks it
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._http(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, whatever happens in one sentence at least."""
        origins = Origins(scope)
        if not origins.trusted:
            scope["headers"] = origins.without_cookies(scope["headers"])
        answer = _Answer(send, origins)
        name = self._visitors.name(scope)
        visitor.set(name)
        self._open[name] += 1
        try:
            await self._answer(scope, receive, answer, name)
        except Exception as error:
            await answer.refuse(scope, to_problem(error, "request"))
        finally:
            self._open[name] -= 1
            if not self._open[name]:
                del self._open[name]

    async def _answer(self, scope: Scope, receive: Receive, answer: "_Answer", name: str) -> None:
        """Hand a request on, if it may come in.

        Raises:
            Problem: There is no such route, or the visitor brings or wants too much.
        """
        route = route_of(scope["method"], scope["path"])
        if route is None:
            raise Problem("no_such_page")
        if self._open[name] > OPEN:
            raise Problem("too_many_requests")
        if route.body == "upload" and scope["method"] == "POST":
            await answer.say(200, await self._uploads.take(scope, receive))
            return
        _one_answer_each(scope, route)
        _without_detour(scope)
        async with self._bodies.read(scope, receive, route.body) as body:
            with self._page(scope):
                await self._app(scope, body, answer.send)
        answer.check()

    @contextmanager
    def _page(self, scope: Scope) -> Iterator[None]:
        """A page is open for as long as its heartbeat is asked for."""
        before, beats, session = scope["path"].partition(f"{API}/heartbeat/")
        if before or not beats:
            yield
            return
        self._pages.open(session)
        self._store.opened(session)
        try:
            yield
        finally:
            self._pages.close(session)
            self._store.closed(session)


def _one_answer_each(scope: Scope, route: Route) -> None:
    """Ask for the endpoints' description of a page.

    Gradio remembers the one of no page, with the address by which the first visitor came.
    """
    if route.path.startswith(f"{API}/(info"):
        query = parse_qs(scope["query_string"], keep_blank_values=True)
        if b"page" not in query and b"all_endpoints" not in query:
            scope["query_string"] += b"&page="


def _without_detour(scope: Scope) -> None:
    """Answer agents at the address without its last slash too.

    Starlette would send them on to http://, behind a proxy that has https:// alone.
    """
    if scope["path"] == f"{API}/mcp":
        scope["path"] += "/"
        scope["raw_path"] = scope["path"].encode()


def _better(start: Message) -> str:
    """The problem that says better what the app is about to, empty where it says it well.

    FastAPI repeats all that it was sent where it finds no call in it; Starlette has two words for
    an error that it then raises.
    """
    kinds = [value for key, value in start.get("headers", ()) if key.lower() == b"content-type"]
    if start["status"] == 422:
        return "odd_request"
    plain = any(kind.startswith(b"text/plain") for kind in kinds)
    return "unexpected" if start["status"] == 500 and plain else ""


class _Answer:
    """What is sent back, and whether it has begun."""

    def __init__(self, send: Send, origins: Origins) -> None:
        self._send, self._origins = send, origins
        self._begun = False
        self._better = ""

    async def send(self, message: Message) -> None:
        """Pass on what the app answers, unless a sentence says it better."""
        if message["type"] == "http.response.start":
            self._better = _better(message)
            if self._better:
                return
            self._begun = True
            headers = self._origins.answered(message.get("headers", ()))
            message["headers"] = [*headers, (b"content-security-policy", POLICY)]
        if self._begun:
            await self._send(message)

    def check(self) -> None:
        """Raises: Problem in place of an answer that wasn't passed on."""
        if self._better:
            raise Problem(self._better)

    async def say(self, status: int, content: object) -> None:
        """Answer with JSON."""
        await self._all(status, "application/json", json.dumps(content).encode())

    async def refuse(self, scope: Scope, problem: Problem) -> None:
        """Answer with a problem's sentence, unless an answer has begun."""
        if self._begun:
            return
        languages = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
        sentence = problem.sentence(preferred(languages))
        status = STATUS.get(problem.name, 500)
        if scope["path"] == f"{API}/upload":  # clients show what it says as it is
            await self._all(status, "text/plain; charset=utf-8", sentence.encode())
        else:
            await self.say(status, {"detail": sentence, "error": sentence})

    async def _all(self, status: int, kind: str, body: bytes) -> None:
        headers = [
            (b"content-type", kind.encode()),
            (b"content-length", str(len(body)).encode()),
        ]
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})
