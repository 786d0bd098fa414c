"""The stand-in itself: a TLS server and a proxy on 127.0.0.1, in a thread of their own."""

import asyncio
import socket
import tempfile
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Self

import trustme
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Host, Route, Router

from tests.standin import editors, painters, proxy, router, spaces
from tests.standin.accounts import OPERATOR, Account, default_accounts
from tests.standin.endpoints import DOMAIN, endpoints
from tests.standin.faults import Fault
from tests.standin.hub import Model, default_models, hub
from tests.standin.oauth import SignIn
from tests.standin.script import Call, Script, scripted
from tests.standin.spaces import Space
from tests.standin.tunnel import Tunnel

HOSTS = (
    "huggingface.co",
    "router.huggingface.co",
    *painters.HOSTS.values(),
    f"*.{DOMAIN}",
    f"*.{spaces.DOMAIN}",
)


@scripted("unknown")
async def unknown(request: Request) -> Response:
    """Whatever nothing else answers, so that a stray call is seen."""
    return JSONResponse({"error": "Not Found"}, 404)


class StandIn:
    """The Hub, its router and its endpoints, from `with` to the end of the block.

    Attributes:
        calls: Every request, in the order of arrival.
        models: What the Hub knows, by id; tests may change it.
        accounts: Who holds which token; tests may change it.
        spaces: The Spaces that can be uploaded to, by id; none, until a test adds one.
        data_sets: The repositories of data sets, by id; none, until one is made.
        sign_in: Who signs in with the Hub, and for how long.
        apps: The apps that run as Spaces, by host: their addresses on this machine.
        reply: What the chat models say: the request's JSON → text.
        thoughts: What they think before that; nothing, until a test says so.
        pause: Seconds between two pieces of what they stream.
        tunnel: The proxy, whose `hosts` names every host that was asked for.
    """

    def __init__(self) -> None:
        self.faults = Script()
        self.tunnel = Tunnel()
        self.calls: list[Call] = []
        self._folder = tempfile.TemporaryDirectory(prefix="standin-")
        self._thread = threading.Thread(target=self._run, name="standin", daemon=True)
        self._ready = threading.Event()
        self.reset()

    def reset(self) -> None:
        """Forget calls, scripts and changes: as new, for the next test."""
        self.calls.clear()
        self.faults.clear()
        self.tunnel.reset()
        self.pictures: dict[str, bytes] = {}
        self.tasks: dict[str, str] = {}
        self.thoughts: router.Thoughts | None = None
        self.models: dict[str, Model] = default_models()
        self.accounts: dict[str, Account] = default_accounts()
        self.spaces: dict[str, Space] = {}
        self.data_sets: dict[str, Space] = {}
        self.sign_in = SignIn()
        self.apps: dict[str, str] = {}
        self.reply: Callable[[dict[str, Any]], Awaitable[str]] = router.reply
        self.pause = 0.0

    def script(self, route: str, *faults: Fault) -> None:
        """Let the next calls of `route` end in these faults, one each."""
        self.faults.waiting[route].extend(faults)

    def script_always(self, route: str, fault: Fault) -> None:
        """Let every call of `route` end in this fault."""
        self.faults.always[route] = fault

    def hang_up(self) -> None:
        """Break every connection, as servers do with those that nobody uses."""
        self._loop.call_soon_threadsafe(self.tunnel.hang_up)

    def calls_to(self, route: str) -> list[Call]:
        """Returns: what arrived at `route`, in order."""
        return [call for call in self.calls if call.route == route]

    def environment(self, token: str | None = OPERATOR) -> dict[str, str]:
        """The variables that lead an unmodified program here.

        Args:
            token: What HF_TOKEN holds; none for a program that has no token.
        """
        proxy = f"http://127.0.0.1:{self.proxy_port}"
        variables = {
            "HTTPS_PROXY": proxy,
            "https_proxy": proxy,
            "NO_PROXY": "",
            "no_proxy": "",
            "SSL_CERT_FILE": str(self._certificate),
            "HF_HOME": str(Path(self._folder.name) / "hf_home"),
            "HF_HUB_DISABLE_TELEMETRY": "1",
        }
        return variables | ({"HF_TOKEN": token} if token else {})

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(30):
            raise RuntimeError("the stand-in did not start")
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(30)
        if self._thread.is_alive():
            tasks = [repr(task) for task in asyncio.all_tasks(self._loop)]
            raise RuntimeError(f"the stand-in did not end: {tasks}")
        self._folder.cleanup()

    def _run(self) -> None:
        loop = asyncio.new_event_loop()  # asyncio.run would wait for every thread of its executor
        loop.run_until_complete(self._serve())
        loop.close()

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        with socket.create_server(("127.0.0.1", 0), backlog=512) as door:
            door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # which asyncio forgets
            server = uvicorn.Server(self._configuration())
            serving = asyncio.create_task(server.serve([door]))
            while not server.started:  # noqa: ASYNC110  (uvicorn tells by a flag alone)
                await asyncio.sleep(0.005)
            self.proxy_port = await self.tunnel.start(door.getsockname()[1])
            self._ready.set()
            await self._stop.wait()
            self.tunnel.close()
            server.should_exit = server.force_exit = True
            await asyncio.wait({serving}, timeout=5)
            left = asyncio.all_tasks() - {asyncio.current_task()}
            for task in left:  # answers that are still to be given
                task.cancel()
            if left:
                await asyncio.wait(left, timeout=5)

    def _configuration(self) -> uvicorn.Config:
        authority = trustme.CA()
        self._certificate = Path(self._folder.name) / "authority.pem"
        authority.cert_pem.write_to_path(self._certificate)
        identity = Path(self._folder.name) / "identity.pem"
        authority.issue_cert(*HOSTS).private_key_and_cert_chain_pem.write_to_path(identity)
        app = Starlette(
            routes=[
                Host("huggingface.co", hub),
                Host(
                    "router.huggingface.co",
                    Router(router.routes + editors.routes + painters.routes),
                ),
                *(Host(host, painters.media) for host in painters.HOSTS.values()),
                Host(f"{{name}}.{DOMAIN}", endpoints),
                Host(f"{{subdomain}}.{spaces.DOMAIN}", proxy.pages),
                Route("/{path:path}", unknown, methods=["GET", "HEAD", "POST", "PUT"]),
            ]
        )
        app.state.standin = self
        return uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            ssl_certfile=identity,
            ssl_keyfile=identity,
        )
