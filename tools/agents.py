"""The tools that agents are shown, as the app has them now: what tests/space keeps a copy of."""

import asyncio
import json

from mcp.shared.memory import create_connected_server_and_client_session

from describe_draw.borrowed.agents import Agents
from describe_draw.borrowed.blocks import Blocks


def tools(app: Blocks) -> str:
    """The answer to `tools/list`, as MCP's own client reads it.

    Args:
        app: The app, which needn't run.
    """
    return asyncio.run(_listed(Agents(app)))


async def _listed(agents: Agents) -> str:
    async with create_connected_server_and_client_session(agents.mcp_server) as session:
        return written(
            [tool.model_dump(exclude_none=True) for tool in (await session.list_tools()).tools]
        )


def written(listed: list[dict[str, object]]) -> str:
    """The file of them."""
    return json.dumps(listed, ensure_ascii=False, indent=2) + "\n"
