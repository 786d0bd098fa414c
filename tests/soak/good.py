"""What the app is there for, in every way that it can be called."""

import asyncio
import base64
from contextlib import suppress
from pathlib import Path

from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from PIL.PngImagePlugin import PngInfo
from playwright.async_api import async_playwright

from tests.conftest import CHROMIUM, FLAGS
from tests.soak.callers import ANSWERED, REFUSED, Callers, Kind, said, succeeded
from tests.soak.page import API, Page
from tests.standin import VISITOR
from tests.visitors import called


class Good(Callers):
    """Callers who want something, and wait for it."""

    def kinds(self) -> dict[Kind, str]:
        good: list[Kind] = [self.describe_here, self.generate_here, self.along, self.fetched]
        good += [self.recipe, self.status, self.client, self.agent, self.visit, self.game]
        good += [self.describe, self.draw, self.round, self.play, self.ask, self.own_token]
        return dict.fromkeys(good, ANSWERED)

    async def describe(self) -> str:
        async with self._visitor() as http:
            return await said(http, "caption", await self._uploaded(http), "detailed", "")

    async def describe_here(self, picture: bytes = b"") -> str:
        async with self._visitor() as http:
            uploaded = await self._uploaded(http, picture)
            return await said(http, "caption", uploaded, "tags", "builtin")

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
            picture = await self._uploaded(http, self.picture("PNG", pnginfo=text))
            return await said(http, "read_recipe", picture)

    async def status(self) -> str:
        async with self._stranger() as http:
            return await said(http, "status")

    async def own_token(self) -> str:
        async with self._visitor() as http:
            return await said(http, "draw", *self._recipe(), oauth_token=VISITOR)

    async def along(self) -> str:
        """A picture within the call."""
        data = base64.b64encode(self.picture()).decode()
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
        path = self._folder / f"{self._number()}.jpg"
        path.write_bytes(self.picture())
        try:
            return await asyncio.to_thread(self._client, path, self._words())
        finally:
            path.unlink()

    def _client(self, path: Path, words: str) -> str:
        quick = {"timeout": 5}  # of its heartbeat too, which goes on for so long when it is closed
        client = Client(self._app.url, verbose=False, download_files=False, httpx_kwargs=quick)
        try:
            with suppress(AppError):
                client.predict(words, width=65, api_name="/draw")
            client.predict(handle_file(path), "short", "builtin", api_name="/caption")
            client.predict(words, width=64, height=64, model="builtin", api_name="/draw")
        except AppError:
            return REFUSED
        finally:
            client.close()
        return ANSWERED

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
            return REFUSED if answer.isError else ANSWERED

    async def visit(self) -> str:
        """Look at the page, describe a picture, draw another, go."""
        async with self._visitor() as http, Page.opened(http) as page:
            picture = await self._uploaded(http)
            await page.join("describe", picture, "short", "", "en", "", "informative", "", 0, 0)
            described = await page.answers()
            await page.join("draw", *self._drawing("builtin"))
            drawn = await page.answers()
            return max(succeeded(described), succeeded(drawn))

    async def game(self) -> str:
        async with self._visitor() as http, Page.opened(http) as page:
            picture = await self._uploaded(http)
            await page.join("begin", picture, "", "mine")
            said = await page.answers()
            for _ in range(2):
                await page.join("step", None, "", "", "zh", "mine")
                said += await page.answers()
            await page.join("keep", None, "en", "mine")
            return succeeded(said + await page.answers())

    async def browse(self) -> str:
        """A visit with a real browser, where there is one; it goes while a picture is drawn."""
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = await browser.new_page()
            await page.goto(self._app.url)
            await page.locator(".idea.picture").first.click()
            await page.locator("#answer .credit, #problem").filter(visible=True).first.wait_for()
            await page.locator("#prompt").fill(self._words())
            await page.locator("[data-do=draw]").click()
            await page.locator("#stop").wait_for()
            await browser.close()
        return ANSWERED
