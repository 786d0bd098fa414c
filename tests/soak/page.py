"""A visit as Gradio's page makes it over HTTP: a heartbeat for as long as it is open, and calls.

The protocol is that of the page's own client, gradio 6.31, client/js/src: `open_stream` (utils/
stream.ts), `submit` (utils/submit.ts) and `heartbeat` (client.ts).
"""

import asyncio
import json
import re
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Self, cast

import httpx

API = "/gradio_api"
SCRIPT = re.compile(r'<script type="module" src="(page/[^"]+)"')
FACTS = "const FACTS = "
JSON = {"content-type": "application/json"}


@dataclass
class Page:
    """An open page.

    Args:
        http: Whose it is.
        events: The numbers of the events that its script may ask for.
        session: Its session.
    """

    http: httpx.AsyncClient
    events: dict[str, int]
    session: str = field(default_factory=lambda: uuid.uuid4().hex[:11])

    @classmethod
    @asynccontextmanager
    async def opened(cls, http: httpx.AsyncClient, path: str = "/") -> AsyncIterator[Self]:
        """Open a page, and close it when the block is left, whatever it has running."""
        html = (await http.get(path)).raise_for_status().text
        script = (await http.get(f"/{SCRIPT.findall(html)[0]}")).raise_for_status().text
        page = cls(http, facts(script)["events"])
        beating = asyncio.create_task(page._beat())
        try:
            await page.told("offered")
            yield page
        finally:
            beating.cancel()
            with suppress(asyncio.CancelledError):
                await beating

    async def join(self, name: str, *values: object) -> str:
        """Begin one of the events of the page's script, with the values that it hands over.

        Args:
            name: The event, as the scripts `ask` for it.
            *values: Its values; what the server keeps for itself is None.
        """
        body = {
            "data": values,
            "event_data": None,
            "fn_index": self.events[name],
            "trigger_id": None,
            "session_hash": self.session,
        }
        answer = await self.http.post(f"{API}/queue/join", content=json.dumps(body), headers=JSON)
        return str(answer.raise_for_status().json()["event_id"])

    async def told(self, name: str, *values: object) -> dict[str, Any]:
        """Run one of the events to its end.

        Returns:
            What the page is told last, or `error` with the sentence where its call is refused.
        """
        await self.join(name, *values)
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
        body = {
            "session_hash": self.session,
            "fn_index": self.events[name],
            "event_id": event_id,
        }
        await self.http.post(f"{API}/cancel", json=body)

    async def stop(self) -> None:
        """The Stop button: it waits in no queue."""
        body = {"data": [], "fn_index": self.events["stop"], "session_hash": self.session}
        await self.http.post(f"{API}/run/predict", json=body)

    async def _beat(self) -> None:
        async with self.http.stream("GET", f"{API}/heartbeat/{self.session}") as beats:
            async for _ in beats.aiter_raw():
                pass


def facts(script: str) -> dict[str, Any]:
    """What a page's script knows of the app."""
    known, _ = json.JSONDecoder().raw_decode(script.partition(FACTS)[2])
    return cast("dict[str, Any]", known)
