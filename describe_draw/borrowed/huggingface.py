"""What the app borrows from the insides of huggingface_hub; each has a test that names it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from copy import copy
from typing import Any

from huggingface_hub import AsyncInferenceClient, constants
from huggingface_hub.hf_api import InferenceProviderMapping, ModelInfo
from huggingface_hub.inference._common import MimeBytes
from huggingface_hub.inference._providers import PROVIDERS
from huggingface_hub.inference._providers._common import HARDCODED_MODEL_INFERENCE_MAPPING

__all__ = ["PROVIDERS", "InferenceProviderMapping"]


def with_type(content: bytes, kind: str) -> bytes:
    """Bytes that are sent with their content type; plain ones go without any."""
    return MimeBytes(content, kind)


def model_address(model: str) -> str:
    """Where the Hub tells of a model."""
    return f"{constants.ENDPOINT}/api/models/{model}"


def provider_mappings(answer: dict[str, Any]) -> list[InferenceProviderMapping]:
    """Who serves a model, from the Hub's answer."""
    info = ModelInfo(**answer)  # type: ignore[no-untyped-call]
    return info.inference_provider_mapping or []


def routed_address(provider: str, model: str) -> str:
    """Where the router takes a provider's model, in the provider's own terms."""
    return f"{constants.INFERENCE_PROXY_TEMPLATE.format(provider=provider)}/models/{model}"


def remember(mapping: InferenceProviderMapping) -> None:
    """Have the library know who serves a model, so that it doesn't ask."""
    known = HARDCODED_MODEL_INFERENCE_MAPPING.setdefault(mapping.provider, {})
    known[mapping.hf_model_id] = mapping


def forget_all() -> None:
    """Undo every `remember`."""
    for known in HARDCODED_MODEL_INFERENCE_MAPPING.values():
        known.clear()


@asynccontextmanager
async def streaming(client: AsyncInferenceClient) -> AsyncIterator[AsyncInferenceClient]:
    """Yields: the client for streams that are closed when the block is left.

    The library keeps every stream, open or read, until the client that asked is closed. This one
    has the connections of the one that is shared, and streams of its own.
    """
    await client._get_async_client()  # type: ignore[no-untyped-call]  # makes them, once
    async with AsyncExitStack() as streams:
        twin = copy(client)
        twin.exit_stack = streams
        yield twin
