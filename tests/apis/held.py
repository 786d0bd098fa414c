"""A drawing that takes as long as a test wants."""

import asyncio
import base64
import json
import threading

from openai.types import ImagesResponse
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tests.apis.published import checked
from tests.standin import art


class Held(Response):
    """A drawing as OpenAI's API answers it, which comes when it is let go.

    Attributes:
        asked: Set once somebody waits for it.
        left: Set once nobody does any more.

    Args:
        prompt: What is drawn.
    """

    def __init__(self, prompt: str) -> None:
        png = base64.b64encode(art.draw(prompt, 512, 512, 1)).decode()
        drawn = checked(ImagesResponse, {"created": 1_760_000_000, "data": [{"b64_json": png}]})
        super().__init__(json.dumps(drawn), media_type="application/json")
        self.asked, self.left, self._free = (threading.Event() for _ in range(3))

    def let_go(self) -> None:
        """Have it come."""
        self._free.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked.set()
        leaving = asyncio.create_task(self._watch(receive))
        while not self._free.is_set() and not leaving.done():  # noqa: ASYNC110  (another thread)
            await asyncio.sleep(0.01)
        leaving.cancel()
        if self._free.is_set():
            await super().__call__(scope, receive, send)

    async def _watch(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.left.set()
