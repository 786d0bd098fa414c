"""What callers are told to paste: JavaScript and MCP."""

import base64
import json
import subprocess
from contextlib import asynccontextmanager

import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from tests.served.test_readme import snippets
from tests.support import EXAMPLES, ROOT

TOOLS = {"caption", "generate", "draw", "describe_and_generate", "status"}


@asynccontextmanager
async def connected(url):
    async with (
        streamable_http_client(url) as (incoming, outgoing, *_),
        ClientSession(incoming, outgoing) as session,
    ):
        await session.initialize()
        yield session


def configured(app):
    """The address in README's configuration for MCP clients, led to this app."""
    (snippet,) = (code for code in snippets("json") if "mcpServers" in code)
    (server,) = json.loads(snippet)["mcpServers"].values()
    return server["url"].replace("http://127.0.0.1:7860", app.url)


@pytest.mark.parametrize("code", snippets("js"))
def test_javascript_examples(app, node, code):
    script = node / "example.mjs"
    script.write_text(code.replace("http://127.0.0.1:7860", app.url))
    (node / "examples").mkdir(exist_ok=True)
    (node / "examples" / "cat.jpg").write_bytes((EXAMPLES / "cat.jpg").read_bytes())
    done = subprocess.run(
        ["node", script.name], cwd=node, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "cat" in done.stdout
    assert ".png" in done.stdout


async def test_mcp_tools_are_named_and_described(app):
    async with connected(configured(app)) as session:
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
    assert tools.keys() >= TOOLS
    draw = tools["draw"]
    assert draw.description.startswith("Draw a picture from words.")
    properties = draw.inputSchema["properties"]
    assert "at most 2000 characters" in properties["prompt"]["description"]
    assert "steps of 64" in properties["width"]["description"]
    assert draw.inputSchema["required"] == ["prompt"]
    style = tools["caption"].inputSchema["properties"]["style"]
    assert style["enum"] == ["short", "detailed", "alt text", "tags"]


async def test_mcp_draw_returns_the_picture(app):
    async with connected(configured(app)) as session:
        answer = await session.call_tool("draw", {"prompt": "a red boat", "seed": 7})
    assert not answer.isError
    (picture,) = (part for part in answer.content if part.type == "image")
    assert picture.mimeType == "image/png"
    assert base64.b64decode(picture.data).startswith(b"\x89PNG")


async def test_mcp_caption_takes_a_picture(app):
    cat = base64.b64encode((EXAMPLES / "cat.jpg").read_bytes()).decode()
    async with connected(configured(app)) as session:
        answer = await session.call_tool("caption", {"image": f"data:image/jpeg;base64,{cat}"})
    assert not answer.isError, answer.content
    assert "cat" in answer.content[0].text


async def test_mcp_refusals_are_sentences(app):
    async with connected(configured(app)) as session:
        answer = await session.call_tool("draw", {"prompt": "a dog", "width": 5000})
    assert answer.isError
    assert "64 to 1024" in answer.content[0].text


async def test_on_a_space_its_name_comes_before_the_tools(space):
    async with connected(f"{space.url}/gradio_api/mcp/") as session:
        names = {tool.name for tool in (await session.list_tools()).tools}
    assert {f"describe_and_draw_{tool}" for tool in TOOLS} <= names


def test_the_readme_tells_both_addresses_of_a_space():
    readme = (ROOT / "README.md").read_text()
    assert "hf.space/gradio_api/mcp/" in readme
