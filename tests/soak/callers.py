"""Who calls, and what they bring: to each call something of its own, so that it would add up."""

import io
import itertools
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from pathlib import Path
from random import Random
from typing import Any

import httpx
from PIL import Image

from tests.soak.page import API
from tests.standin import StandIn
from tests.support import App
from tests.visitors import called, visitor

ADDRESSES = 16
"""From which pictures come: what they may upload in an hour is kept for so long."""

META = {"_type": "gradio.FileData"}
ANSWERED, REFUSED, LEFT, ANY = "complete", "error", "left", ""
Kind = Callable[[], Coroutine[Any, Any, str]]
_numbers = itertools.count(1)


class Callers(ABC):
    """Makes requests.

    Args:
        app: Whom they are made to.
        standin: Who answers it.
        folder: For the files that are sent.
    """

    def __init__(self, app: App, standin: StandIn, folder: Path) -> None:
        self._app, self._standin, self._folder = app, standin, folder

    @abstractmethod
    def kinds(self) -> dict[Kind, str]:
        """Returns: what they do, and how each usually ends."""

    def _number(self) -> int:
        return next(_numbers)

    def _visitor(self) -> httpx.AsyncClient:
        """One of a few who come again and again."""
        return visitor(self._app.url, 2 + self._number() % ADDRESSES)

    def _stranger(self) -> httpx.AsyncClient:
        """One who has never been here before."""
        return visitor(self._app.url, 1000 + self._number())

    def _words(self) -> str:
        number = self._number()
        return f"a dog number {number} beside a house{number}"

    def _recipe(self, model: str = "") -> tuple[object, ...]:
        return self._words(), f"cats{self._number()}", 4, 1, 64, 64, -1, model

    def _drawing(self, model: str = "") -> tuple[object, ...]:
        """The same as the page's script hands it over."""
        prompt, *options, _ = self._recipe()
        return prompt, model, "", False, False, *options

    def picture(self, form: str = "JPEG", **more: Any) -> bytes:
        """Returns: a picture's file, of other colours than any before."""
        pixels = Random(self._number()).randbytes(16 * 12 * 3)
        file = io.BytesIO()
        Image.frombytes("RGB", (16, 12), pixels).resize((160, 120)).save(file, form, **more)
        return file.getvalue()

    async def _uploaded(self, http: httpx.AsyncClient, content: bytes = b"") -> dict[str, Any]:
        answer = await http.post(f"{API}/upload", files={"files": content or self.picture()})
        return {"path": answer.raise_for_status().json()[0], "meta": META}


async def said(http: httpx.AsyncClient, name: str, *data: object, **more: object) -> str:
    """What a call came to: complete, error or refused."""
    return (await called(http, name, *data, **more))[0]


async def began(http: httpx.AsyncClient, name: str, data: tuple[object, ...]) -> str:
    """The number of a call that has begun."""
    answer = await http.post(f"{API}/call/{name}", json={"data": data})
    return str(answer.raise_for_status().json()["event_id"])


def succeeded(answers: str) -> str:
    """What a page's event came to, by all that was said of it."""
    said = answers.replace(" ", "")
    return "error" if '"failed"' in said or '"success":true' not in said else "complete"
