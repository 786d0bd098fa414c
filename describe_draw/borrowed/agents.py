"""What the page borrows from Gradio's server for agents (MCP)."""

from collections.abc import Callable
from typing import Any, TypeVar

Handler = TypeVar("Handler", bound=Callable[..., Any])


def unlisted(handler: Handler) -> Handler:
    """Keep an endpoint out of the tools that agents are shown; who knows its name may call it."""
    handler._mcp_type = "unlisted"  # type: ignore[attr-defined]
    return handler
