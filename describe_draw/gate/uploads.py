"""Files come in: the app's own way in place of Gradio's, which keeps whatever is broken off."""

import asyncio
import math
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from gradio.route_utils import GradioMultiPartParser
from gradio.routes import file_upload_statuses as progress
from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartException

from describe_draw.gate.visitors import Scope
from describe_draw.names import DEVICE
from describe_draw.problems import Problem
from describe_draw.settings import Settings
from describe_draw.store import Store, full
from describe_draw.turns import Turns, visitor

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

FILES = 20
"""Files in one upload."""

PICTURES_AN_HOUR = 50
"""How many pictures of the largest size one visitor may upload within an hour."""

SECONDS = 120
"""How long an upload may take."""

ID = re.compile(r"[\w-]{1,64}")


class Uploads:
    """Takes files into the store.

    Args:
        settings: How large a file may be.
        store: Where they go.
    """

    def __init__(self, settings: Settings, store: Store) -> None:
        self._most = settings.max_upload_mb * 1024 * 1024
        self._limit = settings.max_upload_mb
        self._store = store
        self._turns = Turns(32, each=6, most=24)
        self._rate = RateLimitItemPerHour(PICTURES_AN_HOUR * settings.max_upload_mb * 1024)
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    async def take(self, scope: Scope, receive: Receive) -> list[str]:
        """The paths of a request's files, in their order.

        Raises:
            Problem: A file is too big, something else comes with them, they come too slowly, the
                visitor has sent too many, or the disk is full.
        """
        headers = Headers(scope=scope)
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > self._most + 64 * 1024:
            raise Problem("upload_too_big", limit=self._limit)
        if not self._limiter.test(self._rate, visitor.get()):
            raise Problem("too_many_uploads")
        try:
            async with asyncio.timeout(SECONDS), self._turns.turn():
                return await self._take(headers, receive, _upload_id(scope))
        except TimeoutError:
            raise Problem("request_too_slow", seconds=SECONDS) from None

    async def _take(self, headers: Headers, receive: Receive, upload_id: str | None) -> list[str]:
        folder = self._store.new()
        try:
            form = await self._parse(headers, receive, upload_id, folder)
            return await asyncio.to_thread(_named, form, folder)
        except BaseException as error:
            self._store.remove(folder)
            if isinstance(error, OSError):
                raise full(error) from error
            raise
        finally:
            if upload_id:  # who watches has a minute to see the end
                asyncio.get_running_loop().call_later(60, progress.stop_tracking, upload_id)

    async def _parse(
        self, headers: Headers, receive: Receive, upload_id: str | None, folder: Path
    ) -> FormData:
        parser = GradioMultiPartParser(
            headers,
            self._counted(receive),
            max_files=FILES,
            max_fields=0,  # they would be kept in memory, and none is needed
            upload_dir=folder,
            upload_id=upload_id,
            upload_progress=progress if upload_id else None,
            max_file_size=self._most,
        )
        try:
            form = await parser.parse()
        except MultiPartException as error:
            too_big = "size" in error.message
            name = "upload_too_big" if too_big else "odd_upload"
            raise Problem(name, limit=self._limit) from None
        except (FormParserError, KeyError, ValueError, AttributeError):
            raise Problem("odd_upload") from None
        if upload_id:
            progress.set_done(upload_id)
        return form

    async def _counted(self, receive: Receive) -> AsyncGenerator[bytes, None]:
        """The body, piece by piece, while there is less of it than of one file and its frame."""
        total = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Problem("request_broken_off")
            piece = message.get("body", b"")
            total += len(piece)
            if total > self._most + 64 * 1024:
                raise Problem("upload_too_big", limit=self._limit)
            yield piece
            if not message.get("more_body"):
                break
        self._limiter.hit(self._rate, visitor.get(), cost=max(1, math.ceil(total / 1024)))


def _upload_id(scope: Scope) -> str | None:
    said = parse_qs(scope["query_string"].decode("latin-1")).get("upload_id", [""])[0]
    return said if ID.fullmatch(said) else None


def _named(form: FormData, folder: Path) -> list[str]:
    """Give the files their names, each in a folder of its own. Blocking."""
    paths = []
    for number, (field, file) in enumerate(form.multi_items()):
        if field != "files" or not isinstance(file, UploadFile):
            raise Problem("odd_upload")
        file.file.close()
        path = folder / str(number) / _safe(file.filename)
        path.parent.mkdir()
        Path(str(file.file.name)).rename(path)
        paths.append(str(path))
    return paths


def _safe(name: str | None) -> str:
    """A file's own name without anything that a path, a page or a shell would read."""
    said = re.sub(r"[^\w.-]+", "_", Path((name or "").replace("\\", "/")).name)
    stem, dot, ending = said.strip("._")[-100:].rpartition(".")
    safe = f"{stem or 'file'}{dot}{ending}" if dot else ending or "file"
    return f"_{safe}" if DEVICE.match(safe) else safe
