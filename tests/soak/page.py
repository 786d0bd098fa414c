"""A visit as Gradio's page makes it over HTTP: a heartbeat for as long as it is open, and calls.

The protocol is that of the page's own client, gradio 6.31, client/js/src: `open_stream` (utils/
stream.ts), `submit` (utils/submit.ts) and `heartbeat` (client.ts).
"""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Self

import httpx

API = "/gradio_api"
CONFIG = "window.gradio_config = "
JSON = {"content-type": "application/json"}


@dataclass
class Page:
    """An open page.

    Args:
        http: Whose it is.
        config: What the page is built of, as it came with it.
        session: Its session.
    """

    http: httpx.AsyncClient
    config: dict[str, Any]
    session: str = field(default_factory=lambda: uuid.uuid4().hex[:11])

    @classmethod
    @asynccontextmanager
    async def opened(cls, http: httpx.AsyncClient) -> AsyncIterator[Self]:
        """Open a page, and close it when the block is left, whatever it has running."""
        html = (await http.get("/")).raise_for_status().text
        config, _ = json.JSONDecoder().raw_decode(html.partition(CONFIG)[2])
        page = cls(http, config)
        beating = asyncio.create_task(page._beat())
        try:
            await page.load()
            yield page
        finally:
            beating.cancel()
            with suppress(asyncio.CancelledError):
                await beating

    async def load(self) -> None:
        """The events of a page that has just been opened, all at once."""
        shown = [one for one in self.config["dependencies"] if "load" in _triggers(one)]
        assert shown
        await asyncio.gather(*(self._join(one, []) for one in shown))
        await self.answers()

    async def join(self, name: str, *values: object, run: object = 1) -> str:
        """Begin one of the events of the page's script, with the values that it hands over.

        Args:
            name: The event, as ui/page/server.js `trigger`s it.
            *values: Its values; what the server keeps for itself is None.
            run: The number by which the page knows the call.
        """
        return await self._join(self._event(name), [run, *values])

    async def told(self, name: str, *values: object, run: object = 1) -> dict[str, Any]:
        """Run one of the events to its end.

        Returns:
            What the page is told last, or `error` with the sentence where its call is refused.
        """
        await self.join(name, *values, run=run)
        said = await self.answers()
        messages = [json.loads(line[6:]) for line in said.splitlines() if line.startswith("data: ")]
        output = next(m["output"] for m in messages if m["msg"] == "process_completed")
        last: dict[str, Any] = output if "error" in output else output["data"][-1]
        return last

    async def answers(self) -> str:
        """All that is said until the last of the page's events has ended."""
        said = await self.http.get(f"{API}/queue/data", params={"session_hash": self.session})
        return said.text

    async def cancel(self, name: str, event_id: str) -> None:
        """Cancel an event that was begun, as Gradio's pages do where a Stop button names it."""
        number = self._event(name)["id"]
        body = {"session_hash": self.session, "fn_index": number, "event_id": event_id}
        await self.http.post(f"{API}/cancel", json=body)

    async def stop(self) -> None:
        """The Stop button: it waits in no queue."""
        event = self._event("stop")
        body = {"data": [], "fn_index": event["id"], "session_hash": self.session}
        await self.http.post(f"{API}/run/{event['api_name']}", json=body)

    def number(self, name: str) -> int:
        """An event's number."""
        return int(self._event(name)["id"])

    def _event(self, name: str) -> dict[str, Any]:
        events: list[dict[str, Any]] = self.config["dependencies"]
        return next(one for one in events if name in _triggers(one))

    async def _join(self, event: dict[str, Any], data: list[Any]) -> str:
        body = {
            "data": data,
            "event_data": None,
            "fn_index": event["id"],
            "trigger_id": None,
            "session_hash": self.session,
        }
        answer = await self.http.post(f"{API}/queue/join", content=json.dumps(body), headers=JSON)
        return str(answer.raise_for_status().json()["event_id"])

    async def _beat(self) -> None:
        async with self.http.stream("GET", f"{API}/heartbeat/{self.session}") as beats:
            async for _ in beats.aiter_raw():
                pass


def _triggers(event: dict[str, Any]) -> set[str]:
    return {trigger for _, trigger in event["targets"]}
