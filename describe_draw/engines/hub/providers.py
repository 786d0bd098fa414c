"""Who serves which model: asked of the Hub, and remembered for an hour."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from weakref import WeakValueDictionary

import httpx2
from cachetools import TTLCache

from describe_draw.access import Payer
from describe_draw.borrowed.huggingface import (
    PROVIDERS,
    InferenceProviderMapping,
    model_address,
    provider_mappings,
    remember,
    routed_address,
)
from describe_draw.engines.calling.failures import NotServed, check
from describe_draw.engines.hub.clients import http_session

HOUR = 3600
LOOK_UP_SECONDS = 10
HF_INFERENCE = "hf-inference"
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Route:
    """Where a model is served.

    Args:
        provider: The provider's name.
        address: What to give the client as model.
    """

    provider: str
    address: str


class ProviderResolver:
    """The Hub's word on who serves a model for a task.

    The client library asks too, but blocks the event loop meanwhile, for as long as the Hub takes.
    What is found here is handed to it, so that it has nothing left to ask.

    Args:
        provider: The only provider to use; `auto` takes the first that does the task.
        clock: Seconds, for tests that can't wait an hour.
    """

    def __init__(self, provider: str = "auto", clock: Callable[[], float] = time.monotonic) -> None:
        self._provider = provider
        self._known: TTLCache[Key, Route | None] = TTLCache(1024, HOUR, clock)
        self._locks: WeakValueDictionary[Key, asyncio.Lock] = WeakValueDictionary()
        self._http: httpx2.AsyncClient | None = None

    async def find(self, model: str, task: str, payer: Payer) -> Route:
        """Who serves a model for a task, e.g. `text-to-image`.

        Raises:
            NotServed: Nobody does, or did within the last hour.
            Refusal: The Hub refuses to say; httpx2's errors where it can't be reached.
        """
        key = (payer.token, task, model)
        lock = self._locks.setdefault(key, asyncio.Lock())
        async with lock:  # whoever asks meanwhile waits for the same answer
            if key not in self._known:
                self._known[key] = self._choose(await self._look_up(model, payer), task)
        if (route := self._known.get(key)) is None:
            raise NotServed(model)
        return route

    @contextmanager
    def remembering(self, model: str, task: str, payer: Payer) -> Iterator[None]:
        """For a call of a model: that it isn't served is remembered, for an hour.

        Raises:
            NotServed: It wasn't within the last hour, or isn't now.
        """
        key = (payer.token, task, model)
        if self._known.get(key, ...) is None:
            raise NotServed(model)
        try:
            yield
        except NotServed:
            self._known[key] = None
            raise

    async def close(self) -> None:
        """Close the connection to the Hub."""
        if self._http:
            await self._http.aclose()

    async def _look_up(self, model: str, payer: Payer) -> list[InferenceProviderMapping]:
        self._http = self._http or http_session(LOOK_UP_SECONDS)
        response = await self._http.get(
            model_address(model),
            params={"expand": "inferenceProviderMapping"},
            headers={"authorization": f"Bearer {payer.token}"},
        )
        if response.status_code == 404:
            return []
        check(response)
        return provider_mappings(response.json())

    def _choose(self, mappings: list[InferenceProviderMapping], task: str) -> Route | None:
        for mapping in mappings:
            wanted = self._provider in ("auto", mapping.provider)
            able = task in PROVIDERS.get(mapping.provider, {}) and mapping.task == task
            if wanted and able and mapping.status != "error":
                return _route(mapping)
        return None


def _route(mapping: InferenceProviderMapping) -> Route:
    """Where a mapping leads, told to the library in the way that it takes without asking."""
    if mapping.provider == HF_INFERENCE:
        return Route(HF_INFERENCE, routed_address(HF_INFERENCE, mapping.provider_id))
    remember(mapping)
    return Route(mapping.provider, mapping.hf_model_id)
