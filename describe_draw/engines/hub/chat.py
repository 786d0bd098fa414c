"""The Hub's chat models: asked for a short answer, or for a text piece by piece."""

from contextlib import aclosing
from typing import Any

from huggingface_hub import ChatCompletionStreamOutput

from describe_draw.borrowed.huggingface import streaming
from describe_draw.engines.calling.failures import EmptyAnswer, NotServed
from describe_draw.engines.calling.model_text import plain
from describe_draw.engines.calling.streams import Pieces, written
from describe_draw.engines.calling.upstream import ask
from describe_draw.engines.hub.calls import HubCall
from describe_draw.engines.hub.clients import Clients, answered_by
from describe_draw.engines.hub.providers import ProviderResolver
from describe_draw.problems import EngineProblem

TASK = "conversational"
ROUTER = "auto"
"""The router chooses the provider, from the model's name where it ends in one."""


class Chat:
    """Asks chat models.

    Args:
        clients: With whose connections.
        resolver: Remembers which models aren't served.
        provider: The only provider to use; `auto` leaves the choice to the router.
    """

    def __init__(self, clients: Clients, resolver: ProviderResolver, provider: str) -> None:
        self._clients = clients
        self._resolver = resolver
        self._provider = provider

    async def answer(
        self, question: Any, tokens: int, upstream: HubCall, system: str = ""
    ) -> tuple[str, str]:
        """What a model says, plain, and the provider that ran it.

        Raises:
            EngineProblem: It can't be asked, or says nothing.
        """
        model = self._named(upstream)

        async def call() -> tuple[str, str]:
            async with self._clients.use(upstream.payer, ROUTER) as client:
                answer = await client.chat_completion(
                    _messages(system, question), model=model, max_tokens=tokens, temperature=0.2
                )
            said = answer.choices[0].message.content
            return plain(said or ""), answered_by.get() or model.partition(":")[2]

        try:
            with self._resolver.remembering(upstream.model, TASK, upstream.payer):
                text, provider = await ask(call, upstream)
        except NotServed as error:
            raise EngineProblem("not_served", model=upstream.model) from error
        if not text:
            raise upstream.problem(EmptyAnswer())
        return text, provider

    async def write(self, prompt: str, tokens: int, upstream: HubCall, system: str = "") -> Pieces:
        """What a model writes, as it is written. Close it: the connection is open until then.

        Raises:
            EngineProblem: It can't be asked, says nothing, or broke off.
        """
        model = self._named(upstream)

        async def begin() -> Pieces:
            async with (
                self._clients.use(upstream.payer, ROUTER) as client,
                streaming(client) as one,
            ):
                chunks = await one.chat_completion(
                    _messages(system, prompt),
                    model=model,
                    max_tokens=tokens,
                    temperature=0.2,
                    stream=True,
                )
                async for chunk in chunks:
                    if piece := _text(chunk):
                        yield piece

        try:
            with self._resolver.remembering(upstream.model, TASK, upstream.payer):
                async with aclosing(written(begin, upstream)) as pieces:
                    async for piece in pieces:
                        yield piece
        except NotServed as error:
            raise EngineProblem("not_served", model=upstream.model) from error

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


def _messages(system: str, question: Any) -> list[dict[str, Any]]:
    told = [{"role": "system", "content": system}] if system else []
    return [*told, {"role": "user", "content": question}]
