"""What callers are told to paste: JavaScript and MCP."""

import base64
import json
import subprocess
from contextlib import asynccontextmanager

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from gradio_client.utils import encode_file_path
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from tests.served.test_readme import snippets
from tests.support import EXAMPLES, ROOT

TOOLS = {
    "caption",
    "caption_many",
    "draw",
    "edit",
    "describe_and_generate",
    "ask",
    "status",
    "play",
    "read_recipe",
}


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


async def test_mcp_caption_many_takes_a_list(app):
    data = [base64.b64encode((EXAMPLES / f"{n}.jpg").read_bytes()) for n in ("cat", "coffee")]
    files = [f"data:image/jpeg;base64,{one.decode()}" for one in data]
    async with connected(configured(app)) as session:
        answer = await session.call_tool("caption_many", {"files": [*files, "scan.jpg"]})
    assert not answer.isError, answer.content
    rows, dataset = (part.text for part in answer.content)
    assert "cat" in rows
    assert "espresso" in rows
    assert "not available" in rows
    assert dataset.endswith("describe-draw-captions.zip")


async def test_agents_go_on_with_what_they_were_given_at_home_too(app):
    """The address of a drawing, and of what `gradio upload-mcp` (Gradio 6.31) uploaded."""
    async with connected(configured(app)) as session:
        drawn = await session.call_tool("draw", {"prompt": "two cats in a field", "seed": 3})
        (said,) = (part.text for part in drawn.content if part.type == "text")
        image = {"image": said.splitlines()[0].removeprefix("Image URL: ")}
        assert image["image"].startswith(f"{app.url}/gradio_api/file=")
        for tool in ("caption", "describe_and_generate", "read_recipe"):
            answer = await session.call_tool(tool, image)
            assert "two cats" in answer.content[0].text, tool
        played = await session.call_tool("play", image | {"rounds": 1})
        assert not played.isError
        sent = {"files": ("cat.jpg", (EXAMPLES / "cat.jpg").read_bytes())}
        async with httpx.AsyncClient() as http:
            (path,) = (await http.post(f"{app.url}/gradio_api/upload", files=sent)).json()
        uploaded = {"image": f"{app.url}/gradio_api/file={encode_file_path(path)}"}
        assert "cat" in (await session.call_tool("caption", uploaded)).content[0].text


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/cat.png",
        "{url}/gradio_api/file=/etc/hostname",
        "{url}/gradio_api/file={app}/app.py",
        "{url}/gradio_api/file=",
        "{url}/gradio_api/file=%00",
        "http://[/gradio_api/file=/etc/hostname",
    ],
)
async def test_any_other_address_that_gives_no_picture_is_refused_in_a_sentence(app, address):
    address = address.format(url=app.url, app=ROOT)
    async with connected(configured(app)) as session:
        answer = await session.call_tool("caption", {"image": address})
    assert "This address can't be used: give the public https://" in answer.content[0].text
    client = Client(app.url, verbose=False)
    with pytest.raises(AppError, match="This address can't be used"):
        client.predict({"path": address, "meta": {"_type": "gradio.FileData"}}, api_name="/caption")


def inspected(app, node, *asked):
    """What the MCP project's own inspector gets; it knows addresses without a last slash alone."""
    inspector = node / "node_modules" / ".bin" / "mcp-inspector-cli"
    address = configured(app).removesuffix("/")
    done = subprocess.run(
        [inspector, "--cli", address, "--transport", "http", "--method", *asked],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_inspector_lists_and_calls_tools(app, node):
    listed = inspected(app, node, "tools/list")["tools"]
    assert {tool["name"] for tool in listed} == TOOLS
    called = ["tools/call", "--tool-name", "draw", "--tool-arg", "prompt=a red boat", "seed=7"]
    picture, address = inspected(app, node, *called)["content"]
    assert picture["mimeType"] == "image/webp"
    assert address["text"].startswith("Image URL: ")


def test_agents_need_no_last_slash(app):
    """Starlette's redirect would lead from https:// to http:// behind the platform's proxy."""
    client = {"name": "test", "version": "1"}
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client}
    asked = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}
    accepts = {"accept": "application/json, text/event-stream"}
    answer = httpx.post(f"{app.url}/gradio_api/mcp", json=asked, headers=accepts)
    assert answer.status_code == 200


async def unheard(*_):
    """Takes what is told of progress."""


@pytest.mark.parametrize("progress", [None, unheard], ids=["at once", "with progress"])
@pytest.mark.parametrize("values", [{}, {"image": "https://hub.example/cat.png"}])
async def test_mcp_refusals_are_one_sentence(app, values, progress):
    asked = {"prompt": "a dog", "width": 5000, **values}
    async with connected(configured(app)) as session:
        tool = "edit" if values else "draw"
        answer = await session.call_tool(tool, asked, progress_callback=progress)
    assert answer.isError
    (said,) = (part.text for part in answer.content)
    assert said.count(".") == 1
    assert ("can't be used" if values else "64 to 1024") in said


async def test_on_a_space_its_name_comes_before_the_tools(space):
    async with connected(f"{space.url}/gradio_api/mcp/") as session:
        names = {tool.name for tool in (await session.list_tools()).tools}
    assert {f"describe_and_draw_{tool}" for tool in TOOLS} <= names


def test_the_readme_tells_both_addresses_of_a_space():
    readme = (ROOT / "README.md").read_text()
    assert "hf.space/gradio_api/mcp/" in readme
