"""The Hub's clients: shared by all calls of one token and provider, few and bounded."""

import asyncio
import math
import re
import ssl
import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, partial

import httpx2
from huggingface_hub import AsyncInferenceClient, get_session, set_async_client_factory

from describe_draw.access import Payer
from describe_draw.engines.hub.endings import is_of_events, read_to_the_end
from describe_draw.engines.hub.errors import answered, translated
from describe_draw.settings import Settings

CONNECT_SECONDS = 10
DOWNLOAD_SECONDS = 30
KEPT = 100
"""How many unused connections are kept for a few seconds: a burst's next calls need them again.

No longer than the library does: each holds on to the request that it was made for.
"""

_RESULT = re.compile(r"/fal-ai/.+/requests/[^/]+$")

answered_by: ContextVar[str] = ContextVar("answered_by", default="")
"""The provider that the router chose, of the last answer in this context."""

comes_as_events: ContextVar[bool] = ContextVar("comes_as_events", default=False)
"""Whether that answer is a stream of events."""
_until: ContextVar[float] = ContextVar("until", default=math.inf)
"""When the call in this context is given up, on the monotonic clock."""


@dataclass(slots=True)
class _Shared:
    client: AsyncInferenceClient
    users: int = 0


@cache
def certificates() -> ssl.SSLContext:
    """Whom to trust: read once, as that takes 20 ms each time."""
    return httpx2.create_ssl_context()


def http_session(seconds: float) -> httpx2.AsyncClient:
    """Connections to the Hub's hosts: as many as there are calls, `seconds` for each read."""
    return httpx2.AsyncClient(
        verify=certificates(),
        follow_redirects=True,
        limits=httpx2.Limits(max_keepalive_connections=KEPT),
        timeout=httpx2.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds)),
        event_hooks={"response": [_note_provider, _read_refusal, read_to_the_end]},
    )


class Clients:
    """A pool of `AsyncInferenceClient`, the least recently used first to go.

    Args:
        settings: How long a call may take, who is billed, and how many run at once.
        limit: How many unused clients are kept.
    """

    def __init__(self, settings: Settings, limit: int = 32) -> None:
        self._settings = settings
        self._limit = limit
        self._shared: OrderedDict[tuple[str, str], _Shared] = OrderedDict()
        self._threads: ThreadPoolExecutor | None = None

    @asynccontextmanager
    async def use(self, payer: Payer, provider: str) -> AsyncIterator[AsyncInferenceClient]:
        """Yields: the client for a payer's calls to a provider (`auto` lets the router choose).

        Raises:
            Refusal: The library's own errors are told so.
        """
        if self._threads is None:
            self._prepare_library()
        key = (payer.token, provider)
        shared = self._shared.setdefault(key, _Shared(self._client(payer, provider)))
        self._shared.move_to_end(key)
        shared.users += 1
        _until.set(time.monotonic() + self._settings.request_timeout)
        try:
            with translated():
                yield shared.client
        finally:
            shared.users -= 1
            await self._trim()

    def __len__(self) -> int:
        return len(self._shared)

    async def close(self) -> None:
        """Close every connection."""
        while self._shared:
            await self._shared.popitem()[1].client.close()  # type: ignore[no-untyped-call]
        if self._threads:
            self._threads.shutdown(wait=False)

    def _client(self, payer: Payer, provider: str) -> AsyncInferenceClient:
        return AsyncInferenceClient(
            provider=provider,  # type: ignore[arg-type]
            token=payer.token,
            timeout=self._settings.request_timeout,
            bill_to=self._settings.bill_to if payer.who == "operator" else None,
        )

    async def _trim(self) -> None:
        unused = [key for key, shared in self._shared.items() if not shared.users]
        surplus = [self._shared.pop(key) for key in unused[: max(0, len(self) - self._limit)]]
        for shared in surplus:  # taken out first: while one closes, others come and go
            await shared.client.close()  # type: ignore[no-untyped-call]

    def _prepare_library(self) -> None:
        """Give the library connections without a limit, and a time-out and room for downloads.

        It fetches some providers' pictures in the loop's few default threads, without a time-out.
        Name look-ups share them, so a few slow pictures would keep everybody waiting. It asks after
        fal-ai's and wavespeed's tasks there too, for as long as they aren't done, whoever has left.
        """
        set_async_client_factory(partial(http_session, self._settings.request_timeout))
        get_session().timeout = httpx2.Timeout(DOWNLOAD_SECONDS)
        hooks = get_session().event_hooks
        get_session().event_hooks = {
            "request": [*hooks["request"], _give_up],
            "response": [*hooks["response"], _check_result],
        }
        self._threads = ThreadPoolExecutor(2 * self._settings.concurrency, "download")
        asyncio.get_running_loop().set_default_executor(self._threads)


def _give_up(request: httpx2.Request) -> None:
    """Raises: ReadTimeout where nobody waits for the answer any more."""
    if time.monotonic() > _until.get():
        raise httpx2.ReadTimeout("the call was given up", request=request)


def _check_result(response: httpx2.Response) -> None:
    """Of a task of fal-ai's the library reads the result, whatever its status.

    Raises:
        Refusal: It is one.
    """
    if response.is_error and _RESULT.search(response.url.path):
        response.read()
        raise answered(response)


async def _note_provider(response: httpx2.Response) -> None:
    answered_by.set(response.headers.get("x-inference-provider", ""))
    comes_as_events.set(is_of_events(response))


async def _read_refusal(response: httpx2.Response) -> None:
    """Of an answer that would be streamed, the library doesn't read why it was refused."""
    if response.is_error:
        await response.aread()
