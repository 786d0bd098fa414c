"""A canary for each name that is borrowed from huggingface_hub's insides.

Where one is missing nothing else can be imported: `pytest --noconftest` this file then tells which.
"""

import ast
import inspect
from collections.abc import Callable
from contextlib import AsyncExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import AsyncInferenceClient

SOURCES = Path(__file__).parents[2] / "describe_draw"
ADAPTER = SOURCES / "borrowed" / "huggingface.py"
DOCUMENTED = ("huggingface_hub", "huggingface_hub.errors", "huggingface_hub.utils")
"""The last for its switches: huggingface.co/docs/huggingface_hub/package_reference/utilities."""

MAPPING = {
    "provider": "together",
    "hf_model_id": "acme/art",
    "providerId": "acme/art-1",
    "status": "live",
    "task": "text-to-image",
}


def is_mapping(kind: Any) -> bool:
    made = kind(**MAPPING)
    return bool(
        (made.provider, made.provider_id, made.task) == ("together", "acme/art-1", "text-to-image")
    )


def has_mappings(kind: Any) -> bool:
    info = kind(id="acme/art", inferenceProviderMapping={"together": MAPPING})
    return bool(info.inference_provider_mapping[0].hf_model_id == "acme/art")


CANARIES: dict[str, Callable[[Any], bool]] = {
    "huggingface_hub.constants.ENDPOINT": lambda url: url.startswith("https://"),
    "huggingface_hub.constants.INFERENCE_PROXY_TEMPLATE": lambda url: (
        url.format(provider="x") == "https://router.huggingface.co/x"
    ),
    "huggingface_hub.hf_api.InferenceProviderMapping": is_mapping,
    "huggingface_hub.hf_api.ModelInfo": has_mappings,
    "huggingface_hub.inference._common.MimeBytes": lambda kind: (
        isinstance(kind(b"x", "image/jpeg"), bytes)
        and kind(b"x", "image/jpeg").mime_type == "image/jpeg"
    ),
    "huggingface_hub.inference._providers.PROVIDERS": lambda known: (
        "image-to-text" in known["hf-inference"] and "text-to-image" in known["fal-ai"]
    ),
    "huggingface_hub.inference._providers._common.HARDCODED_MODEL_INFERENCE_MAPPING": (
        lambda known: isinstance(known, dict) and all(isinstance(v, dict) for v in known.values())
    ),
    "huggingface_hub.AsyncInferenceClient._get_async_client": inspect.iscoroutinefunction,
}


@pytest.mark.parametrize("name", CANARIES)
def test_huggingface_hub_still_has_what_is_borrowed(name: str) -> None:
    module, _, member = name.rpartition(".")
    owner: Any = AsyncInferenceClient if member.startswith("_get") else import_module(module)
    borrowed = getattr(owner, member, None)
    assert borrowed is not None, f"{name} went missing: mend describe_draw/borrowed/huggingface.py"
    assert CANARIES[name](borrowed), f"{name} changed: mend describe_draw/borrowed/huggingface.py"


async def test_its_client_still_keeps_streams_where_another_can_be_put() -> None:
    client = AsyncInferenceClient(token="hf_x")
    assert isinstance(client.exit_stack, AsyncExitStack), "AsyncInferenceClient.exit_stack"
    connections = await client._get_async_client()
    assert client._async_client is connections, "AsyncInferenceClient._async_client"
    await client.close()


async def test_streams_share_connections_and_nothing_else() -> None:
    streaming = import_module("describe_draw.borrowed.huggingface").streaming
    client = AsyncInferenceClient(token="hf_x")
    async with streaming(client) as one, streaming(client) as other:
        assert one._async_client is other._async_client is client._async_client
        assert len({id(each.exit_stack) for each in (one, other, client)}) == 3
    assert not client._async_client.is_closed
    await client.close()


def borrowed_names(path: Path) -> set[str]:
    """What a module imports from huggingface_hub's insides, and the constants that it reads."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("huggingface_hub"):
            if node.module not in DOCUMENTED:
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
            found |= {name for name in names if name.startswith("huggingface_hub.")}
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "constants":
            found.add(f"huggingface_hub.constants.{node.attr}")
    return found


def test_each_borrowed_name_has_a_canary() -> None:
    assert borrowed_names(ADAPTER) <= CANARIES.keys()


def test_nobody_else_borrows() -> None:
    others = (path for path in SOURCES.rglob("*.py") if path != ADAPTER)
    assert {path.name: names for path in others if (names := borrowed_names(path))} == {}
