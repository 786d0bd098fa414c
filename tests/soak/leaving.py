"""Callers who go before they have their answer."""

import asyncio
import itertools
from contextlib import suppress

import httpx

from tests.soak.callers import LEFT, Callers, Kind, began
from tests.soak.page import API, Page
from tests.standin import faults

_cancelled = itertools.cycle(("begin", "describe"))


class Leaving(Callers):
    """Callers who begin something and go, or stop it."""

    def kinds(self) -> dict[Kind, str]:
        left: list[Kind] = [self.unfetched, self.breaks_off, self.half_an_upload, self.watches]
        left += [self.leaves, self.stops, self.cancels, self.says_nothing]
        return dict.fromkeys(left, LEFT)

    async def unfetched(self) -> str:
        """A call whose answer nobody fetches."""
        async with self._stranger() as http:
            await began(http, "draw", self._recipe("builtin"))
        return LEFT

    async def breaks_off(self) -> str:
        """A call whose caller goes while it waits for the answer."""
        self._standin.script("fal", faults.slow(0.5))
        async with self._stranger() as http:
            event = await began(http, "draw", self._recipe())
            with suppress(httpx.TimeoutException):
                await http.get(f"{API}/call/draw/{event}", timeout=0.2)
            return LEFT

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
        return LEFT

    async def leaves(self) -> str:
        """A page that is closed while it waits."""
        self._standin.script("fal", faults.slow(0.5))
        async with self._visitor() as http, Page.opened(http) as page:
            await page.join("draw", *self._drawing())
            with suppress(TimeoutError):
                await asyncio.wait_for(page.answers(), 0.2)
        return LEFT

    async def stops(self) -> str:
        """A page whose visitor presses Stop while it draws."""
        self._standin.script("fal", faults.slow(0.5))
        async with self._visitor() as http, Page.opened(http) as page:
            await page.join("draw", *self._drawing())
            answers = asyncio.create_task(page.answers())
            await asyncio.sleep(0.1)
            await page.stop()
            await answers
        return LEFT

    async def cancels(self) -> str:
        """A page whose call is cancelled while it waits, by its own name or oddly."""
        async with self._visitor() as http, Page.opened(http) as page:
            picture = await self._uploaded(http)
            event = await page.join("begin", picture, "", "mine")
            answers = asyncio.create_task(page.answers())
            await asyncio.sleep(0.3)
            await page.cancel(next(_cancelled), event)
            await answers
        return LEFT

    async def watches(self) -> str:
        """Waits for an upload that never comes."""
        async with self._visitor() as http:
            with suppress(httpx.TimeoutException):
                watched = {"upload_id": f"u{self._number()}"}
                await http.get(f"{API}/upload_progress", params=watched, timeout=0.2)
        return LEFT

    async def says_nothing(self) -> str:
        host, port = self._app.url.removeprefix("http://").split(":")
        _, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GET / HTTP/1.1\r\nX-Never: ")
        await writer.drain()
        await asyncio.sleep(0.1)
        writer.close()
        return LEFT
