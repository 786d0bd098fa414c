"""Many visitors at once, against an app that only sleeps, and against the course's way."""

import asyncio
import io
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from itertools import count, product
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from tests.benchmarks import course, sleeper
from tests.benchmarks.engine import resident
from tests.standin import StandIn, art, faults
from tests.standin.endpoints import endpoint_url
from tests.support import EXAMPLES, App, serving
from tests.visitors import called, upload, visitor

RUNS = 9
VISITORS = (50, 200)
COURSE_VISITORS = 10
DRAWERS, DRAWINGS, SIDE = 100, 5, 64

NUMBERS = count()
"""No two calls are alike, but where they should be: equal ones would be answered together."""

Prepared = Callable[[], Awaitable[tuple[str, Any]]]
Prepare = Callable[[httpx.AsyncClient, int], Awaitable[Prepared]]
"""Makes a visitor ready for a call, which a number makes unlike any other."""


def measure() -> dict[str, str]:
    """Seconds until the last visitor is answered; then drawings by the hundred."""
    with StandIn() as standin, tempfile.TemporaryDirectory() as name:
        environment = standin.environment() | {
            "HF_API_ITT_BASE": endpoint_url("itt-json"),
            "HF_API_TTI_BASE": endpoint_url("tti-bytes"),
        }
        with (
            _served(name, "app.py", **environment, QUEUE_SIZE="1000") as app,
            _served(name, sleeper.__file__) as sleeping,
            _served(name, course.__file__, **environment) as theirs,
        ):
            results = asyncio.run(_compared(app.url, sleeping.url, standin))
            results |= asyncio.run(_course(theirs.url, standin))
            results |= asyncio.run(_equal(app.url, standin))
        with _served(name, "app.py") as app:
            return results | asyncio.run(_drawn(app))


def _served(folder: str, script: str, **environment: str) -> Any:
    return serving(Path(tempfile.mkdtemp(dir=folder)), str(script), **environment)


def _answers(body: object, kind: str = "application/json") -> faults.Fault:
    """An upstream that takes its time and does nothing in it."""
    return faults.Fault(200, body, content_type=kind, delay=sleeper.SECONDS)


CAPTION = _answers([{"generated_text": "a cat on a sofa"}])


async def _compared(ours: str, sleeping: str, standin: StandIn) -> dict[str, str]:
    flat = _answers(art.draw("a red door", 512, 512, 1), "image/png")
    photo = _answers(_photo(), "image/jpeg")
    calls = {
        "/caption": (CAPTION, _caption, _caption),
        "/generate": (flat, _generate, _sleep),
        "/generate, photo": (photo, _generate, _sleep),
    }
    results = {}
    for visitors, (name, (upstream, call, sleeps)) in product(VISITORS, calls.items()):
        standin.script_always("endpoint", upstream)
        pairs = [
            (
                await _together(sleeping, visitors, sleeps),
                await _together(ours, visitors, call),
            )
            for _ in range(RUNS)
        ][1:]  # the first warms up
        idle, app = (statistics.median(times) for times in zip(*pairs, strict=True))
        ratio = f"{app / idle:.2f} × an app that only sleeps ({idle:.2f} s)"
        results[f"{visitors} × {name}"] = f"{app:.2f} s, {ratio}"
    return results


async def _course(url: str, standin: StandIn) -> dict[str, str]:
    standin.script_always("endpoint", CAPTION)
    seconds = await _together(url, COURSE_VISITORS, _course_caption)
    return {f"{COURSE_VISITORS} × course": f"{seconds:.2f} s: one after the other"}


def _photo() -> bytes:
    buffer = io.BytesIO()
    with Image.open(EXAMPLES / "astronaut.jpg") as picture:
        picture.convert("RGB").resize((512, 512)).save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


async def _together(url: str, visitors: int, prepare: Prepare) -> float:
    """Seconds until all visitors have their answers, each at an address of its own."""
    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(visitor(url, n + 1, timeout=600))
            for n in range(visitors)
        ]
        calls = [await prepare(http, next(NUMBERS)) for http in clients]
        start = time.perf_counter()
        answers = await asyncio.gather(*(call() for call in calls))
        seconds = time.perf_counter() - start
    assert all(event == "complete" for event, _ in answers), answers
    return seconds


async def _equal(url: str, standin: StandIn) -> dict[str, str]:
    """Fifty visitors with the same picture, and one who comes later."""
    standin.calls.clear()
    seconds = await _together(url, VISITORS[0], _same_caption)
    asked = len(standin.calls_to("endpoint"))
    later = await _together(url, 1, _same_caption)
    return {
        f"{VISITORS[0]} × the same": f"{seconds:.2f} s, {asked} call upstream",
        "the same again": f"{later:.3f} s, from memory",
    }


async def _drawn(app: App) -> dict[str, str]:
    """Drawings of the built-in engine, and the memory after each batch of them."""
    seconds, memory = [], []
    for _ in range(4):
        start = time.perf_counter()
        await _together(app.url, DRAWERS, _drawings)
        seconds.append(time.perf_counter() - start)
        memory.append(f"{resident(app.process.pid):.0f} MB")
    batch = f"{DRAWERS * DRAWINGS}"
    return {
        f"{batch} × built-in, {SIDE} px": f"{statistics.median(seconds):.1f} s",
        f"memory after each {batch}": ", ".join(memory),
    }


async def _caption(http: httpx.AsyncClient, number: int) -> Prepared:
    picture = await _uploaded(http, number)
    return lambda: called(http, "caption", picture, "short", "")


async def _course_caption(http: httpx.AsyncClient, number: int) -> Prepared:
    picture = await _uploaded(http, number)
    return lambda: called(http, "caption", picture)


async def _same_caption(http: httpx.AsyncClient, number: int) -> Prepared:
    picture = await upload(http)
    return lambda: called(http, "caption", picture, "short", "")


async def _uploaded(http: httpx.AsyncClient, number: int) -> dict[str, Any]:
    """A photo unlike any other."""
    buffer = io.BytesIO()
    with Image.open(EXAMPLES / "cat.jpg") as cat:
        cat.save(buffer, "JPEG", quality=85, comment=str(number).encode())
    answer = await http.post("/gradio_api/upload", files={"files": buffer.getvalue()})
    path = answer.raise_for_status().json()[0]
    return {"path": path, "meta": {"_type": "gradio.FileData"}}


async def _generate(http: httpx.AsyncClient, number: int) -> Prepared:
    await http.get("/robots.txt")  # the connection is there, as it is with an upload
    recipe = (f"{number} cats", "", 25, 7, 512, 512, number, "")
    return lambda: called(http, "generate", *recipe)


async def _drawings(http: httpx.AsyncClient, number: int) -> Prepared:
    async def draw() -> tuple[str, Any]:
        for _ in range(DRAWINGS):
            recipe = ("a dog in a park", "", 25, 7, SIDE, SIDE, -1, "")
            answer = await called(http, "generate", *recipe)
        return answer

    return draw


async def _sleep(http: httpx.AsyncClient, number: int) -> Prepared:
    await http.get("/robots.txt")
    return lambda: called(http, "generate", f"{number} cats", number)
