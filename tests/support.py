"""What several tests need."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import httpx
from PIL import Image, ImageChops

from describe_draw.access import Caller
from describe_draw.caption_options import CaptionOptions
from describe_draw.engines import Engines
from describe_draw.engines.base import (
    Call,
    Capability,
    Caption,
    Credit,
    GeneratedImage,
    Source,
    Task,
)
from describe_draw.engines.builtin import Builtin
from describe_draw.fetching import Fetcher
from describe_draw.problems import EngineProblem
from describe_draw.recipe import EDIT_OPTIONS, Edit, Recipe
from describe_draw.settings import Settings
from describe_draw.store import Store
from describe_draw.studio import Studio
from describe_draw.ui.desk import Desk
from describe_draw.ui.page import build, launch
from describe_draw.ui.picture import Intake
from describe_draw.ui.visit import Visit, visit_of

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"


def settings(**values: Any) -> Settings:
    """Settings that no .env file of the machine has a say in."""
    return Settings(_env_file=None, **values)  # type: ignore[call-arg]


@dataclass
class App:
    """The unmodified app in a process of its own."""

    url: str
    process: "subprocess.Popen[bytes]"
    log: Path
    files: Path


@contextmanager
def serving(
    folder: Path,
    script: str = "app.py",
    *,
    python: str = sys.executable,
    root: str = str(ROOT),
    **environment: str,
) -> Iterator[App]:
    """Run a Gradio script on this machine, on a free port by itself, until the block is left.

    Args:
        folder: Where its log and files go.
        script: The script, in `root`.
        python: The interpreter, of another virtual environment perhaps.
        root: The working folder.
        **environment: More variables; an empty one counts as unset.
    """
    port = environment.get("GRADIO_SERVER_PORT") or _free_port()
    app = App(f"http://127.0.0.1:{port}", None, folder / "app.log", folder / "files")  # type: ignore[arg-type]
    variables = {
        **os.environ,
        "GRADIO_SERVER_PORT": port,
        "GRADIO_TEMP_DIR": str(app.files),
        "GRADIO_ANALYTICS_ENABLED": "False",
        **environment,
    }
    with app.log.open("wb") as log:
        app.process = subprocess.Popen(
            [python, script], cwd=root, env=variables, stdout=log, stderr=log
        )
        try:
            wait_for(app)
            yield app
        finally:
            _end(app)


@contextmanager
def together(**apps: AbstractContextManager[App]) -> Iterator[dict[str, App]]:
    """Start several apps at once, as fast as there are cores for them; they end with the block."""
    with ExitStack() as stack:
        with ThreadPoolExecutor() as threads:
            started = threads.map(stack.enter_context, apps.values())
        yield dict(zip(apps, started, strict=True))


def _end(app: App) -> None:
    app.process.terminate()
    try:
        app.process.wait(30)
    except subprocess.TimeoutExpired:
        app.process.kill()
        app.process.wait()
        raise AssertionError(f"the app was told to end and did not:\n{said(app)}") from None


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def wait_for(app: App, seconds: float = 90) -> None:
    """Wait until the app answers."""
    deadline = time.monotonic() + seconds
    with httpx.Client(timeout=5) as http:  # one: each takes as long to make as ten questions
        while time.monotonic() < deadline and app.process.poll() is None:
            try:
                http.get(app.url).raise_for_status()
                return
            except httpx.HTTPError:
                time.sleep(0.02)
    raise AssertionError(f"the app did not start:\n{said(app)}")


def said(app: App) -> str:
    """The log, in which a Windows in another language may have written a path its own way."""
    return app.log.read_text("utf-8", "replace")


def tracebacks(app: App) -> int:
    """How many tracebacks the log holds, but for those of event loops that Gradio forgets."""
    log = said(app)
    return log.count("Traceback") - log.count(
        "Exception ignored in: <function BaseEventLoop.__del__"
    )


def desk_of(folder: Path, *engines: Any, **values: Any) -> Desk:
    """Where a page's calls run, with engines of the test's own before the built-in one."""
    chosen, store = settings(**values), Store(folder)
    studio = Studio(chosen, Engines(chosen, (*engines, Builtin())), store)
    return Desk(studio, Intake(store, Fetcher(1024**2)))


def asked_by(session: str = "mine") -> gr.Request:
    """A request of a page on this machine, as Gradio hands it to handlers."""
    client = SimpleNamespace(host="127.0.0.1")
    request = SimpleNamespace(headers={}, client=client, scope={})
    return gr.Request(request, session_hash=session)  # type: ignore[arg-type]  # as much as is read


def visit_by(session: str = "mine") -> Visit:
    """Who asks with such a request."""
    return visit_of(asked_by(session))


class Puppet:
    """An engine that does as a test says, and tells what became of its calls."""

    def __init__(self, name: str = "hub", seconds: float = 0, fails: bool = False) -> None:
        self.name = name
        self.seconds = seconds
        self.fails = fails
        self.begun = 0
        self.cancelled = 0

    def lacks(self, task: Task) -> str:
        return ""

    def capabilities(self, task: Task, caller: Caller) -> tuple[Capability, ...]:
        can = Capability(
            engine=self.name,
            model=f"{self.name}/model",
            styles=("short", "tags"),
            instructs=True,
            options=frozenset(EDIT_OPTIONS),
        )
        return (can,)

    async def caption(self, picture: Image.Image, asked: CaptionOptions, call: Call) -> Caption:
        await self._work()
        said = asked.instruction or f"{asked.style} of {self.name}"
        return Caption(said, Credit(engine=self.name, model=call.model))

    async def generate(self, recipe: Recipe, call: Call) -> GeneratedImage:
        await self._work()
        picture = Image.new("RGB", (recipe.width, recipe.height), "teal")
        return GeneratedImage(picture, Credit(engine=self.name, model=call.model))

    async def edit(self, recipe: Edit, source: Source, call: Call) -> GeneratedImage:
        await self._work()
        self.source = source
        picture = ImageChops.invert(source.picture)
        return GeneratedImage(picture, Credit(engine=self.name, model=call.model))

    async def _work(self) -> None:
        self.begun += 1
        try:
            await asyncio.sleep(self.seconds)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if self.fails:
            raise EngineProblem("engine_failed", self.name, who=self.name)


@contextmanager
def page_of(*engines: Any, **values: Any) -> Iterator[str]:
    """The page served in this process, with engines of the test's own before the built-in one."""
    chosen = settings(**values)
    demo = build(chosen, Engines(chosen, (*engines, Builtin())))
    try:
        launch(demo, chosen, quiet=True)
        yield str(demo.local_url).rstrip("/")
    finally:
        demo.close(verbose=False)
