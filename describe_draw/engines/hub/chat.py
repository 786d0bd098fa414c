"""The Hub's chat models: asked for a text piece by piece, or for all of it.

Some think before they say anything, in `reasoning` (huggingface_hub 2.4, vLLM since 0.11),
`reasoning_content` (vLLM before that) or between `<think>` and `</think>`. Their thoughts count as
answer: where there is no room for more, it ends without a word, and `finish_reason` is `length`.
"""

from collections.abc import Iterator
from contextlib import aclosing
from functools import partial
from typing import Any

from cachetools import LRUCache
from huggingface_hub import ChatCompletionStreamOutput

from describe_draw.borrowed.huggingface import streaming
from describe_draw.engines.calling.failures import EmptyAnswer
from describe_draw.engines.calling.model_prompts import THINKING_TOKENS
from describe_draw.engines.calling.model_text import WithoutThought, plain
from describe_draw.engines.calling.streams import Pieces, whole, written
from describe_draw.engines.hub.calls import HubCall
from describe_draw.engines.hub.clients import Clients, answered_by, comes_as_events
from describe_draw.engines.hub.providers import CHAT, ROUTER, ProviderResolver
from describe_draw.problems import EngineProblem

_OUT_OF_ROOM = "length"


class Chat:
    """Asks chat models.

    Args:
        clients: With whose connections.
        resolver: Says which models aren't served.
        provider: The only provider to use; `auto` leaves the choice to the router.
    """

    def __init__(self, clients: Clients, resolver: ProviderResolver, provider: str) -> None:
        self._clients = clients
        self._resolver = resolver
        self._provider = provider
        self._thinkers: LRUCache[tuple[str, str], bool] = LRUCache(256)

    async def answer(
        self, question: Any, tokens: int, upstream: HubCall, *, lines: bool = False
    ) -> tuple[str, str]:
        """What a model says, plain, and the provider that ran it.

        Who waits is told what is written so far.

        Args:
            question: What it is asked.
            tokens: How long its answer may be.
            upstream: The call.
            lines: Whether the answer keeps its lines.

        Raises:
            NotServed: Nobody serves it.
            EngineProblem: It can't be asked, says nothing, or broke off.
        """
        pieces = self.write(question, tokens, upstream)
        text = await whole(pieces, upstream.report, partial(plain, lines=lines))
        if not text:
            raise upstream.problem(EmptyAnswer())
        return text, answered_by.get() or self._named(upstream).partition(":")[2]

    async def write(self, prompt: Any, tokens: int, upstream: HubCall, system: str = "") -> Pieces:
        """What a model writes, as it is written. Close it: the connection is open until then.

        Raises:
            NotServed: Nobody serves it.
            EngineProblem: It can't be asked, says nothing, or broke off.
        """
        model = self._named(upstream)

        async def begin() -> Pieces:
            async with (
                self._clients.use(upstream.payer, ROUTER) as client,
                streaming(client) as one,
            ):
                for room in self._rooms(upstream, tokens):
                    heard, is_silent, end = WithoutThought(), True, None
                    chunks = await one.chat_completion(
                        _messages(system, prompt),
                        model=model,
                        max_tokens=room,
                        temperature=0.2,
                        stream=True,
                    )
                    async for chunk in chunks:
                        end = _end(chunk) or end
                        if piece := heard.add(_text(chunk)):
                            is_silent = is_silent and piece.isspace()
                            yield piece
                    if piece := heard.rest():
                        is_silent = is_silent and piece.isspace()
                        yield piece
                    if is_silent and not comes_as_events.get():  # the library read none
                        raise TypeError("no events in the answer")
                    if not is_silent or end != _OUT_OF_ROOM:
                        return
            raise EngineProblem("thought_too_long", model=upstream.model)

        async with (
            self._resolver.confirming(upstream.model, CHAT, upstream.payer),
            aclosing(written(begin, upstream)) as pieces,
        ):
            async for piece in pieces:
                yield piece

    def _rooms(self, upstream: HubCall, tokens: int) -> Iterator[int]:
        """Yields: how many tokens an answer may have, and how many where none was left to speak."""
        key = (upstream.payer.token, upstream.model)
        if key not in self._thinkers:
            yield tokens
            self._thinkers[key] = True
        yield max(tokens, THINKING_TOKENS)

    def _named(self, upstream: HubCall) -> str:
        """The model with the only provider to use."""
        is_named = self._provider == ROUTER or ":" in upstream.model
        return upstream.model if is_named else f"{upstream.model}:{self._provider}"


def _text(chunk: ChatCompletionStreamOutput) -> str:
    """What a piece says: the first, the last and those that reason say nothing."""
    text = chunk.choices[0].delta.content if chunk.choices else None
    if not isinstance(text or "", str):
        raise TypeError("no text in the answer")
    return text or ""


def _end(chunk: ChatCompletionStreamOutput) -> str | None:
    """Why the answer ends with a piece, None where it goes on."""
    return chunk.choices[0].finish_reason if chunk.choices else None


def _messages(system: str, question: Any) -> list[dict[str, Any]]:
    told = [{"role": "system", "content": system}] if system else []
    return [*told, {"role": "user", "content": question}]
