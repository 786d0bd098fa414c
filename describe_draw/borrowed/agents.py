"""What the page borrows from Gradio's server for agents (MCP), whose answers are for browsers."""

import asyncio
import inspect
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar, cast

import gradio.mcp
from anyio.to_thread import run_sync
from gradio.block_function import BlockFunction
from gradio.mcp import GradioMCPServer
from gradio.route_utils import get_root_url
from gradio_client.client import Job
from gradio_client.exceptions import AppError
from mcp import types
from mcp.server import Server

from describe_draw.gate.visitors import visitor_of
from describe_draw.problems import to_problem
from describe_draw.texts import preferred
from describe_draw.threads import in_thread
from describe_draw.turns import visitor
from describe_draw.ui.shown import content

Handler = TypeVar("Handler", bound=Callable[..., Any])

SECTION = re.compile(r"\n\n(Args|Returns|Yields):\n")
PICTURES = {"image", "gallery"}
NAMES = "An https:// address, one that a tool here returned, or a data: URL."
"""How agents name a file."""

SMALL = "Pictures are shown as small WebP files; the address below each is the whole PNG's."


def unlisted(handler: Handler) -> Handler:
    """Keep an endpoint out of the tools that agents are given."""
    handler._mcp_type = "unlisted"  # type: ignore[attr-defined]
    return handler


class Agents(GradioMCPServer):
    """Gradio's server, with tools that are described whole, and answers that agents can take.

    Its own keeps text that is empty and numbers that are 0 out of the defaults, tells agents of a
    tool that isn't here, gives several outputs as one text, and sends pictures as they are.
    """

    def get_tool_to_endpoint(self) -> dict[str, str]:
        """The tools, all of which the Hub's own server lists, whatever else is said of them."""
        endpoints = super().get_tool_to_endpoint()
        return {
            tool: endpoint
            for tool, endpoint in endpoints.items()
            if getattr(self._function(endpoint).fn, "_mcp_type", "tool") == "tool"
        }

    def get_fn_description(
        self, block_fn: BlockFunction, tool_name: str
    ) -> tuple[str, dict[str, str]]:
        """What a tool does and returns, and what its parameters mean."""
        _, parameters = super().get_fn_description(block_fn, tool_name)
        summary, *sections = SECTION.split(inspect.getdoc(block_fn.fn) or "")
        told = dict(zip(sections[::2], sections[1::2], strict=True))
        returns = told.get("Returns") or told.get("Yields", "")
        said = f"{summary} Returns: {returns}"
        if any(block.get_block_name() in PICTURES for block in block_fn.outputs):
            said += f" {SMALL}"
        return " ".join(said.split()), parameters

    def get_input_schema(
        self, tool_name: str, parameters: dict[str, str] | None = None
    ) -> tuple[dict[str, Any], list[list[str | int]]]:
        """A tool's parameters, without what only Gradio knows, and with every default."""
        schema, files = super().get_input_schema(tool_name, parameters)
        for known in self._info(self.tool_to_endpoint[tool_name])["parameters"]:
            told = schema["properties"][known["parameter_name"]]
            told.pop("title", None)
            if "items" in told:
                told["items"] = {name: told["items"][name] for name in ("type", "format")}
            if "format" in told or "items" in told:
                told["description"] = f"{told.get('description', '')} {NAMES}".strip()
            if known["parameter_has_default"]:
                told["default"] = known["parameter_default"]
        return schema, files

    def convert_strings_to_filedata(self, value: Any, filedata_positions: Any) -> Any:
        """The values as they came: the app reads addresses and data: URLs itself, and bounded."""
        return value

    def create_mcp_server(self) -> "Server[Any]":
        """The server, whose calls are answered here."""
        server: Server[Any] = super().create_mcp_server()
        server.call_tool()(self._call)
        return server

    async def _call(self, name: str, arguments: dict[str, Any]) -> types.CallToolResult:
        """Answer one call; what is raised here, an agent gets as an error's text."""
        endpoint, values, headers, _ = self._prepare_tool_call_args(name, arguments)
        visitor.set(visitor_of(headers))
        client = await run_sync(self._get_or_create_client)
        job = client.submit(*values, api_name=endpoint, headers=headers)
        try:
            outputs = await self._outputs(job, endpoint)
            root, store = self._root(), cast("Any", self.blocks).store
            shown = await in_thread(content, outputs, root, store)
        except AppError:  # which holds a sentence
            raise
        except Exception as error:
            language = preferred(headers.get("accept-language"))
            raise RuntimeError(to_problem(error, "call").sentence(language)) from None
        return types.CallToolResult(content=[*shown])

    async def _outputs(self, job: Job, endpoint: str) -> list[tuple[str, Any]]:
        """What a call gives, each with its name; meanwhile who wants to know is told how it goes.

        Raises:
            AppError: The call was refused, or failed.
        """
        meta = self.mcp_server.request_context.meta
        if meta and meta.progressToken is not None:
            with suppress(Exception):  # the result tells better what went wrong
                await self._execute_tool_with_progress(job, meta.progressToken)
        result = await asyncio.wrap_future(job.future)  # which keeps no thread waiting
        labels = [told["label"] for told in self._info(endpoint)["returns"]]
        values = result if isinstance(result, tuple) else [result]  # as Gradio's client has several
        return [*zip(labels, values, strict=True)]

    def _root(self) -> str:
        """The app's address, as the one who calls has it."""
        request: Any = self.mcp_server.request_context.request
        return get_root_url(request, self.get_route_path(request), self.root_path)

    def _function(self, endpoint: str) -> BlockFunction:
        function = self.get_block_fn_from_endpoint_name(endpoint)
        assert function is not None
        return function

    def _info(self, endpoint: str) -> dict[str, Any]:
        return cast("dict[str, Any]", self.api_info["named_endpoints"][endpoint])


def use() -> None:
    """Have Gradio serve agents by this."""
    gradio.mcp.GradioMCPServer = Agents  # type: ignore[misc]
