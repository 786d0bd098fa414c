"""What comes to the app: good calls, bad ones, and visits, each as often as any other.

Every request brings something of its own, so that whatever is remembered of it adds up.
"""

import asyncio
import base64
import io
import itertools
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import httpx
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.async_api import async_playwright

from tests.conftest import CHROMIUM, FLAGS
from tests.soak.page import API, JSON, Page
from tests.standin import VISITOR, Fault, StandIn, faults
from tests.support import App
from tests.visitors import called, visitor

ADDRESSES = 16
"""From which pictures come: what they may upload in an hour is kept for so long."""

TOKENS = 3
"""Which the Hub refuses: who serves a model is kept for each."""

AT_ONCE = 8
LATEST = 12
"""How many sessions and the like the app of a soak keeps."""

Ends = frozenset[str]
ANSWERED, REFUSED, LEFT = Ends({"complete"}), Ends({"error"}), Ends({"left"})
ASKS = ANSWERED | REFUSED
"""How calls end that ask upstream, where now and then something goes wrong."""

META = {"_type": "gradio.FileData"}
UPSTREAM: tuple[tuple[str, Fault], ...] = (
    ("fal", faults.server_error()),
    ("chat", faults.credits_used_up()),
    ("fal", faults.cut()),
    ("chat", faults.dropped()),
    ("picture", faults.truncated_picture()),
    ("chat", faults.not_json()),
    ("fal", faults.html()),
    ("chat", faults.token_invalid()),
    ("model_info", faults.bad_gateway()),
    ("picture", faults.not_found()),
)
"""What goes wrong behind the app, in turns."""

Kind = Callable[[], Awaitable[str]]


class Mix:
    """Makes requests, and counts what they came to.

    Args:
        app: Whom they are made to.
        standin: Who answers it.
        folder: For the files that are sent.

    Attributes:
        kinds: How each may end.
        outcomes: How often each kind ended how.
    """

    def __init__(self, app: App, standin: StandIn, folder: Path) -> None:
        self._app, self._standin, self._folder = app, standin, folder
        self._number = itertools.count(1)
        self._faults = itertools.cycle(UPSTREAM)
        self._cancelled = itertools.cycle(("play_1", "describe"))
        self.kinds: dict[Kind, Ends] = self._good() | self._bad() | self._leaving()
        self.outcomes: Counter[tuple[str, str]] = Counter()

    async def batch(self, requests: int) -> None:
        """Make so many requests, of every kind equally many, in the same order each time."""
        kinds = [*itertools.islice(itertools.cycle(self.kinds), requests)]
        kinds += [self.browse] * (requests // 200 if CHROMIUM else 0)
        Random(13).shuffle(kinds)
        places = asyncio.Semaphore(AT_ONCE)

        async def make(kind: Kind) -> None:
            async with places:
                self.outcomes[kind.__name__, await asyncio.wait_for(kind(), 60)] += 1

        await asyncio.gather(*map(make, kinds))
        self._standin.reset()

    async def last(self) -> None:
        """The last calls of a batch are always the same, and of what is kept the latest stays.

        Whoever asks upstream also closes the connections that have ended meanwhile.
        """
        for _ in range(LATEST // 4):
            for kind in (self.status, self.ask, self.describe, self.draw):
                await kind()
        self._standin.reset()

    @property
    def odd(self) -> list[tuple[str, str]]:
        """What ended as it should not, and who asked upstream and never had an answer."""
        may = {kind.__name__: ends for kind, ends in self.kinds.items()} | {"browse": ANSWERED}
        odd = [made for made in self.outcomes if made[1] not in may[made[0]]]
        answered = {name for name, end in self.outcomes if end == "complete"}
        return odd + [(n, "never") for n, e in may.items() if e == ASKS and n not in answered]

    def _good(self) -> dict[Kind, Ends]:
        here = (self.describe_here, self.generate_here, self.recipe, self.status, self.client)
        here += (self.agent, self.along, self.fetched)
        asks = (self.describe, self.draw, self.round, self.play, self.ask, self.own_token)
        asks += (self.visit, self.game)
        return dict.fromkeys(here, ANSWERED) | dict.fromkeys(asks, ASKS)

    def _bad(self) -> dict[Kind, Ends]:
        bad = (self.damaged, self.odd_values, self.long_prompt, self.foreign, self.refused_token)
        return dict.fromkeys(bad, REFUSED) | {
            self.unknown: Ends({"404"}),
            self.odd_body: Ends({"400"}),
            self.upstream: ASKS,
        }

    def _leaving(self) -> dict[Kind, Ends]:
        left = (self.unfetched, self.breaks_off, self.half_an_upload, self.leaves, self.stops)
        left += (self.cancels, self.watches, self.says_nothing)
        return dict.fromkeys(left, LEFT)

    # -- good

    async def describe(self) -> str:
        async with self._visitor() as http:
            return await said(http, "caption", await self._uploaded(http), "detailed", "")

    async def describe_here(self) -> str:
        async with self._visitor() as http:
            return await said(http, "caption", await self._uploaded(http), "tags", "builtin")

    async def draw(self) -> str:
        async with self._stranger() as http:
            return await said(http, "draw", *self._recipe())

    async def generate_here(self) -> str:
        async with self._stranger() as http:
            return await said(http, "generate", *self._recipe("builtin"))

    async def round(self) -> str:
        async with self._visitor() as http:
            return await said(http, "describe_and_generate", await self._uploaded(http))

    async def play(self) -> str:
        async with self._visitor() as http:
            return await said(http, "play", await self._uploaded(http), 2, -1)

    async def ask(self) -> str:
        async with self._stranger() as http:
            return await said(http, "ask", self._words())

    async def recipe(self) -> str:
        text = PngInfo()
        text.add_text("parameters", f"{self._words()}\nSteps: 9, Seed: 7, Size: 64x64")
        async with self._visitor() as http:
            picture = await self._uploaded(http, self._picture("PNG", pnginfo=text))
            return await said(http, "read_recipe", picture)

    async def status(self) -> str:
        async with self._stranger() as http:
            return await said(http, "status")

    async def own_token(self) -> str:
        async with self._visitor() as http:
            return await said(http, "draw", *self._recipe(), oauth_token=VISITOR)

    async def along(self) -> str:
        """A picture within the call."""
        data = base64.b64encode(self._picture()).decode()
        async with self._visitor() as http:
            named = {"url": f"data:image/jpeg;base64,{data}"}
            return await said(http, "caption", named, "short", "builtin")

    async def fetched(self) -> str:
        """A drawing that is looked at too."""
        async with self._stranger() as http:
            event, data = await called(http, "draw", *self._recipe("builtin"))
            picture = await http.get(f"{API}/file={data[0]['path']}")
            return event if picture.is_success else str(picture.status_code)

    async def client(self) -> str:
        path = self._folder / f"{next(self._number)}.jpg"
        path.write_bytes(self._picture())
        try:
            return await asyncio.to_thread(self._client, path, self._words())
        finally:
            path.unlink()

    def _client(self, path: Path, words: str) -> str:
        quick = {"timeout": 5}  # of its heartbeat too, which goes on for so long when it is closed
        client = Client(self._app.url, verbose=False, download_files=False, httpx_kwargs=quick)
        try:
            client.predict(handle_file(path), "short", "builtin", api_name="/caption")
            client.predict(words, width=64, height=64, model="builtin", api_name="/draw")
            with suppress(AppError):
                client.predict(words, width=65, api_name="/draw")
        finally:
            client.close()
        return "complete"

    async def agent(self) -> str:
        async with (
            self._visitor() as http,
            streamable_http_client(f"{self._app.url}{API}/mcp/", http_client=http) as (
                read,
                write,
                _,
            ),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            values = {"prompt": self._words(), "width": 64, "height": 64, "model": "builtin"}
            answer = await session.call_tool("draw", values)
            return "error" if answer.isError else "complete"

    async def visit(self) -> str:
        """Look at the page, describe a picture, draw another, go."""
        async with self._visitor() as http, Page.opened(http) as page:
            picture = await self._uploaded(http)
            await page.join("describe", describe_picture=picture, describe_style="short")
            described = await page.answers()
            await page.join("draw_1", draw_prompt=self._words(), draw_model="builtin")
            drawn = await page.answers()
            return succeeded(described) if "false" in described else succeeded(drawn)

    async def game(self) -> str:
        async with self._visitor() as http, Page.opened(http) as page:
            picture = await self._uploaded(http)
            await page.join("play_1", game_picture=picture, game_sentence="", game_rounds=1)
            return succeeded(await page.answers())

    async def browse(self) -> str:
        """A visit with a real browser, where there is one; it goes while a picture is drawn."""
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = await browser.new_page()
            await page.goto(self._app.url)
            await page.locator("#describe-tab img").first.click()
            await page.locator("#describe-run").click()
            await page.locator("#describe-details .credit, #describe-details .notice").wait_for()
            await page.get_by_role("tab", name="Draw", exact=True).click()
            await page.locator("#draw-prompt textarea").fill(self._words())
            await page.locator("#draw-run").click()
            await page.locator("#draw-run-stop").wait_for()
            await browser.close()
        return "complete"

    # -- bad

    async def damaged(self) -> str:
        async with self._visitor() as http:
            picture = await self._uploaded(http, self._picture("PNG")[:-200])
            return await said(http, "caption", picture, "short", "builtin")

    async def odd_values(self) -> str:
        async with self._stranger() as http:
            return await said(http, "draw", self._words(), "", 4, "many", 65, 64, 1e30, "builtin")

    async def long_prompt(self) -> str:
        async with self._visitor() as http:
            return await said(http, "draw", self._words() * 3000, *self._recipe()[1:])

    async def foreign(self) -> str:
        async with self._visitor() as http:
            named = {"path": f"/etc/{next(self._number)}", "meta": META}
            return await said(http, "caption", named, "short", "")

    async def unknown(self) -> str:
        async with self._stranger() as http:
            answer = await http.get(f"{API}/no-such-{next(self._number)}")
            return str(answer.status_code)

    async def refused_token(self) -> str:
        token = f"hf_{next(self._number) % TOKENS:034d}"
        async with self._visitor() as http:
            return await said(http, "draw", *self._recipe(), oauth_token=token)

    async def odd_body(self) -> str:
        async with self._visitor() as http:
            body = b'{"data": [' + b"[" * next(self._number)
            answer = await http.post(f"{API}/call/caption", content=body, headers=JSON)
            return str(answer.status_code)

    async def upstream(self) -> str:
        """Behind the app something goes wrong, and this or another call learns of it."""
        route, fault = next(self._faults)
        self._standin.script(route, fault)
        return await (self.ask if route == "chat" else self.draw)()

    # -- leaving

    async def unfetched(self) -> str:
        """A call whose answer nobody fetches."""
        async with self._stranger() as http:
            await began(http, "draw", self._recipe("builtin"))
        return "left"

    async def breaks_off(self) -> str:
        """A call whose caller goes while it waits for the answer."""
        self._standin.script("fal", faults.slow(0.5))
        async with self._stranger() as http:
            event = await began(http, "draw", self._recipe())
            with suppress(httpx.TimeoutException):
                await http.get(f"{API}/call/draw/{event}", timeout=0.2)
            return "left"

    async def half_an_upload(self) -> str:
        host, port = self._app.url.removeprefix("http://").split(":")
        _, writer = await asyncio.open_connection(host, int(port))
        head = f"POST {API}/upload HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n"
        head += "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
        form = '--b\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n'
        writer.write((head + form + "a" * 4000).encode())
        await writer.drain()
        await asyncio.sleep(0.1)
        writer.close()
        return "left"

    async def leaves(self) -> str:
        """A page that is closed while it waits."""
        self._standin.script("fal", faults.slow(0.5))
        async with self._visitor() as http, Page.opened(http) as page:
            await page.join("draw_1", draw_prompt=self._words())
            with suppress(TimeoutError):
                await asyncio.wait_for(page.answers(), 0.2)
        return "left"

    async def stops(self) -> str:
        """A page whose visitor presses Stop while it draws."""
        self._standin.script("fal", faults.slow(0.5))
        async with self._visitor() as http, Page.opened(http) as page:
            await page.join("draw_1", draw_prompt=self._words())
            answers = asyncio.create_task(page.answers())
            await asyncio.sleep(0.1)
            await page.stop("stop_1")
            await answers
        return "left"

    async def cancels(self) -> str:
        """A page whose game is cancelled between two of its answers, as the page does or oddly."""
        async with self._visitor() as http, Page.opened(http) as page:
            picture = await self._uploaded(http)
            values = {"game_picture": picture, "game_sentence": "", "game_rounds": 3}
            event = await page.join("play_1", **values)
            answers = asyncio.create_task(page.answers())
            await asyncio.sleep(0.3)
            await page.cancel(next(self._cancelled), event)
            await answers
        return "left"

    async def watches(self) -> str:
        """Waits for an upload that never comes."""
        async with self._visitor() as http:
            with suppress(httpx.TimeoutException):
                watched = {"upload_id": f"u{next(self._number)}"}
                await http.get(f"{API}/upload_progress", params=watched, timeout=0.2)
        return "left"

    async def says_nothing(self) -> str:
        host, port = self._app.url.removeprefix("http://").split(":")
        _, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GET / HTTP/1.1\r\nX-Never: ")
        await writer.drain()
        await asyncio.sleep(0.1)
        writer.close()
        return "left"

    # -- what they bring

    def _visitor(self) -> httpx.AsyncClient:
        """One of a few who come again and again."""
        return visitor(self._app.url, 2 + next(self._number) % ADDRESSES)

    def _stranger(self) -> httpx.AsyncClient:
        """One who has never been here before."""
        return visitor(self._app.url, 1000 + next(self._number))

    def _words(self) -> str:
        number = next(self._number)
        return f"a dog number {number} beside a house{number}"

    def _recipe(self, model: str = "") -> tuple[object, ...]:
        return self._words(), f"cats{next(self._number)}", 4, 1, 64, 64, -1, model

    def _picture(self, form: str = "JPEG", **more: Any) -> bytes:
        pixels = Random(next(self._number)).randbytes(16 * 12 * 3)
        file = io.BytesIO()
        Image.frombytes("RGB", (16, 12), pixels).resize((160, 120)).save(file, form, **more)
        return file.getvalue()

    async def _uploaded(self, http: httpx.AsyncClient, content: bytes = b"") -> dict[str, Any]:
        answer = await http.post(f"{API}/upload", files={"files": content or self._picture()})
        return {"path": answer.raise_for_status().json()[0], "meta": META}


async def said(http: httpx.AsyncClient, name: str, *data: object, **more: object) -> str:
    """What a call came to: complete, error or refused."""
    return (await called(http, name, *data, **more))[0]


async def began(http: httpx.AsyncClient, name: str, data: tuple[object, ...]) -> str:
    """The number of a call that has begun."""
    answer = await http.post(f"{API}/call/{name}", json={"data": data})
    return str(answer.raise_for_status().json()["event_id"])


def succeeded(answers: str) -> str:
    """What the last event of a page came to."""
    return "complete" if '"success":true' in answers.replace(" ", "") else "error"
