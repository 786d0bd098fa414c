"""Who serves which model: asked of the Hub, and remembered for a while."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Final
from weakref import WeakValueDictionary

import httpx2
from cachetools import TLRUCache

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
from describe_draw.engines.calling.upstream import ask
from describe_draw.engines.hub.calls import HubCall
from describe_draw.engines.hub.clients import http_session
from describe_draw.problems import EngineProblem

MINUTE, HOUR = 60, 3600
LOOK_UP_SECONDS = 10
CHAT = "conversational"
ROUTER = "auto"
"""The router chooses the provider of a chat, from the model's name where it ends in one."""

HF_INFERENCE = "hf-inference"
Key = tuple[str, str, str]
log = logging.getLogger(__name__)
_UNKNOWN: Final = object()


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

    A route is remembered for an hour, and that there is none for a minute: only what the Hub itself
    said, never what a failed call seemed to say. Each token has a memory of its own.

    Args:
        provider: The only provider to use; `auto` takes the first that does the task.
        clock: Seconds, for tests that can't wait.
    """

    def __init__(self, provider: str = ROUTER, clock: Callable[[], float] = time.monotonic) -> None:
        self._provider = provider
        self._known: TLRUCache[Key, Route | None] = TLRUCache(1024, _until, clock)
        self._locks: WeakValueDictionary[Key, asyncio.Lock] = WeakValueDictionary()
        self._http: httpx2.AsyncClient | None = None

    async def find(self, model: str, task: str, payer: Payer) -> Route:
        """Who serves a model for a task, e.g. `text-to-image`.

        Raises:
            NotServed: Nobody does, or did within the last minute.
            Refusal: The Hub refuses to say; httpx2's errors where it can't be reached.
        """
        key = (payer.token, task, model)
        async with self._lock(key):  # whoever asks meanwhile waits for the same answer
            if key not in self._known:
                await self._look_up(key)
        if (route := self._known.get(key)) is None:
            raise NotServed(model)
        return route

    async def route(self, task: str, upstream: HubCall) -> Route:
        """As `find`, for a call: again where that helps, and told plainly if it fails."""
        return await ask(
            lambda: self.find(upstream.model, task, upstream.payer),
            replace(upstream, seconds=min(LOOK_UP_SECONDS, upstream.seconds)),
        )

    @asynccontextmanager
    async def confirming(self, model: str, task: str, payer: Payer) -> AsyncIterator[None]:
        """For a call of a model: where it isn't served, the Hub is asked whether that is so.

        Raises:
            NotServed: It isn't now, or wasn't within the last minute.
            EngineProblem: By the Hub's word it is: it was this call alone that failed.
        """
        key = (payer.token, task, model)
        before = self._known.get(key, _UNKNOWN)
        if before is None:
            raise NotServed(model)
        try:
            yield
        except NotServed as error:
            if await self._is_served(key, before):
                raise EngineProblem("not_there", model=model) from error
            raise

    async def close(self) -> None:
        """Close the connection to the Hub."""
        if self._http:
            await self._http.aclose()

    def _lock(self, key: Key) -> asyncio.Lock:
        return self._locks.setdefault(key, asyncio.Lock())

    async def _is_served(self, key: Key, before: object) -> bool:
        """By a look-up that is newer than `before`; not, for now, where the Hub doesn't say."""
        async with self._lock(key):
            if self._known.get(key, before) is before:
                try:
                    async with asyncio.timeout(LOOK_UP_SECONDS):
                        await self._look_up(key)
                except Exception as error:  # it may be anything that an odd answer leads to
                    log.warning("%s: not confirmed: %s", key[-1], type(error).__name__)
                    return False
        return self._known.get(key) is not None

    async def _look_up(self, key: Key) -> None:
        token, task, model = key
        self._http = self._http or http_session(LOOK_UP_SECONDS)
        name, _, provider = model.partition(":")
        response = await self._http.get(
            model_address(name),
            params={"expand": "inferenceProviderMapping"},
            headers={"authorization": f"Bearer {token}"},
        )
        mappings = []
        if response.status_code != 404:
            check(response)
            mappings = provider_mappings(response.json())
        only = provider if provider in PROVIDERS else self._provider
        self._known[key] = _choose([m for m in mappings if only in (ROUTER, m.provider)], task)


def _until(_: Key, route: Route | None, now: float) -> float:
    """Until when a route, or that there is none, is remembered."""
    return now + (HOUR if route else MINUTE)


def _choose(mappings: list[InferenceProviderMapping], task: str) -> Route | None:
    """The first route to a task; providers of chats are the router's to know."""
    for mapping in mappings:
        able = task == CHAT or task in PROVIDERS.get(mapping.provider, {})
        if able and mapping.task == task and mapping.status != "error":
            return Route("", mapping.hf_model_id) if task == CHAT else _route(mapping)
    return None


def _route(mapping: InferenceProviderMapping) -> Route:
    """Where a mapping leads, told to the library in the way that it takes without asking."""
    if mapping.provider == HF_INFERENCE:
        return Route(HF_INFERENCE, routed_address(HF_INFERENCE, mapping.provider_id))
    remember(mapping)
    return Route(mapping.provider, mapping.hf_model_id)
