"""What agents are told and given, by the official clients of MCP: Python's and TypeScript's."""

import asyncio
import base64
import io
import json
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest
import trustme
from PIL import Image
from sd_parsers import ParserManager

from describe_draw.engines.hub.clients import certificates
from tests.space.test_calling import configured, connected
from tests.support import EXAMPLES, page_of
from tests.unit.test_fetching import Server, fetcher, identity, reply
from tools.agents import written
from tools.docs import COMMAND, SKILL, TOOLS

KEPT = json.loads(TOOLS.read_text("utf-8"))
CAT = (EXAMPLES / "cat.jpg").read_bytes()
IMAGE = {"image": f"data:image/jpeg;base64,{base64.b64encode(CAT).decode()}"}
CALLS = {
    "caption": IMAGE,
    "draw": {"prompt": "two cats in a field", "width": 1024, "height": 768, "seed": 7},
    "edit": {**IMAGE, "prompt": "a dog", "strength": 0.5, "seed": 7},
    "describe_and_generate": IMAGE,
    "play": {**IMAGE, "rounds": 2, "seed": 7},
    "read_recipe": IMAGE,
}
LONGEST_RESULT = 1_048_576
"""Characters that Claude Desktop takes: github.com/PrefectHQ/fastmcp/issues/1036."""

MOST_TOKENS, PER_TOKEN = 25_000, 2.5
"""What Claude Code takes, in which Base64 may count as text: github.com/anthropics/claude-code,
issues 9152 and 31208. So few characters a token has Base64; text has more."""

LONGEST_NAME = 64
"""Of a tool, in characters: github.com/anthropics/claude-code/issues/2326."""


async def asked_in_python(url):
    """Without a progress token, as this client sends one only to whom it is told to."""
    async with connected(url) as session:
        tools = (await session.list_tools()).model_dump(exclude_none=True)["tools"]
        answers = [await session.call_tool(*call) for call in CALLS.items()]
    return tools, [answer.model_dump(exclude_none=True) for answer in answers]


def asked_in_typescript(url, node):
    """With a progress token."""
    script = node / "agent.mjs"
    shutil.copy(Path(__file__).with_name("agent.mjs"), script)
    calls = [{"name": name, "arguments": values} for name, values in CALLS.items()]
    done = subprocess.run(
        ["node", script.name],
        cwd=node,
        input=json.dumps({"url": url, "calls": calls}),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert all(answer["told"] for answer in said["answers"])
    return said["tools"], said["answers"]


def pictures(answer):
    return [part for part in answer["content"] if part["type"] == "image"]


def texts(answer):
    return [part["text"] for part in answer["content"] if part["type"] == "text"]


def addresses(answer):
    lines = [line for text in texts(answer) for line in text.splitlines()]
    return [line.removeprefix("Image URL: ") for line in lines if line.startswith("Image URL: ")]


class Asked:
    """What every client must get."""

    @pytest.fixture
    def answers(self, asked):
        """By the tools' names."""
        return dict(zip(CALLS, asked[1], strict=True))

    def test_the_tools_are_those_that_were_kept(self, asked):
        assert written(asked[0]) == TOOLS.read_text("utf-8"), (
            f"run {COMMAND}, and look at the change"
        )

    def test_every_answer_is_within_the_limits_of_those_who_call(self, answers):
        for tool, answer in answers.items():
            assert not answer.get("isError"), tool
            size = len(json.dumps(answer))
            assert size < LONGEST_RESULT
            assert size / PER_TOKEN < MOST_TOKENS, tool

    def test_there_is_one_piece_for_each_thing(self, answers):
        kinds = {tool: [part["type"] for part in answers[tool]["content"]] for tool in CALLS}
        assert kinds == {
            "caption": ["text"],
            "draw": ["image", "text"],
            "edit": ["image", "text", "text"],
            "describe_and_generate": ["text", "image", "text"],
            "play": ["image", "text", "image", "text", "text", "text"],
            "read_recipe": ["text", "text"],
        }

    def test_texts_say_what_they_are(self, answers):
        assert texts(answers["caption"]) == ["a cat"]
        assert "Seed: 7, Size: 1024x768" in texts(answers["draw"])[0]
        assert texts(answers["edit"])[1] == "seed: 7"
        assert texts(answers["describe_and_generate"])[0] == "caption: a cat"
        first, second, drift, archive = texts(answers["play"])
        assert first.startswith("1. a cat\n")
        assert second.startswith("2. ")
        assert len(json.loads(drift.removeprefix("drift: "))) == 2
        assert archive.startswith("archive: http")
        assert texts(answers["read_recipe"])[0] == "recipe: {}"

    def test_pictures_are_small_and_the_address_is_the_whole_one(self, answers):
        for tool in ("draw", "edit", "describe_and_generate", "play"):
            whole = addresses(answers[tool])
            assert len(whole) == len(pictures(answers[tool])) > 0
            for part, address in zip(pictures(answers[tool]), whole, strict=True):
                assert part["mimeType"] == "image/webp"
                with Image.open(io.BytesIO(base64.b64decode(part["data"]))) as small:
                    assert small.format == "WEBP"
                    assert max(small.size) <= 768
                with Image.open(io.BytesIO(httpx.get(address).content)) as large:
                    assert large.format == "PNG"
                    assert "parameters" in large.info
        with Image.open(io.BytesIO(httpx.get(addresses(answers["draw"])[0]).content)) as drawn:
            assert drawn.size == (1024, 768)

    def test_the_small_picture_has_the_recipe(self, answers, tmp_path):
        """As the reader of the package sd-parsers (0.6) finds it."""
        (part,) = pictures(answers["draw"])
        (tmp_path / "drawn.webp").write_bytes(base64.b64decode(part["data"]))
        said = ParserManager().parse(tmp_path / "drawn.webp")
        assert said is not None
        assert [prompt.value for prompt in said.prompts] == ["two cats in a field"]
        assert said.samplers[0].parameters["seed"] == "7"


class TestInPython(Asked):
    @pytest.fixture(scope="class")
    @classmethod
    def asked(cls, app):
        return asyncio.run(asked_in_python(configured(app)))

    async def test_what_a_tool_gave_another_takes(self, app, answers):
        """The small picture too, as a data: URL."""
        small = f"data:image/webp;base64,{pictures(answers['draw'])[0]['data']}"
        async with connected(configured(app)) as session:
            for image in (small, *addresses(answers["draw"])):
                recipe, _ = (await session.call_tool("read_recipe", {"image": image})).content
                said = json.loads(recipe.text.removeprefix("recipe: "))
                assert (said["prompt"], said["seed"]) == ("two cats in a field", 7)


class TestInTypeScript(Asked):
    @pytest.fixture(scope="class")
    @classmethod
    def asked(cls, app, node):
        return asked_in_typescript(configured(app), node)


async def test_a_picture_is_fetched_by_its_address(tmp_path, monkeypatch):
    """As everything is fetched: here one name counts as a public host's."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    certificates.cache_clear()
    monkeypatch.setattr("describe_draw.ui.page.Fetcher", fetcher)
    context = identity(authority, "pictures.example")
    with page_of() as url:
        async with (
            Server(reply(CAT), context=context).running() as server,
            connected(f"{url}/gradio_api/mcp/") as session,
        ):
            image = f"https://pictures.example:{server.port}/cat.jpg"
            said = await session.call_tool("caption", {"image": image})
            many = await session.call_tool("caption_many", {"files": [image, image]})
    certificates.cache_clear()
    assert said.content[0].text == "a cat"
    assert many.content[0].text.count('"caption": "a cat"') == 2
    assert server.names == 3 * ["pictures.example"]


def test_caption_comes_first_and_one_tool_draws_from_words():
    names = [tool["name"] for tool in KEPT]
    assert names[0] == "caption"
    alone = [tool["name"] for tool in KEPT if tool["inputSchema"].get("required") == ["prompt"]]
    assert alone == ["draw", "ask"]
    told = {tool["name"]: tool["description"] for tool in KEPT}
    assert "there is edit." in told["draw"]
    assert "there is draw." in told["edit"]


@pytest.mark.parametrize("tool", KEPT, ids=lambda tool: tool["name"])
def test_a_schema_is_flat_and_whole(tool):
    schema = tool["inputSchema"]
    assert not any(f'"{word}"' in json.dumps(tool) for word in ("$ref", "$defs", "anyOf", "title"))
    assert "upload_file_to_gradio" not in tool["description"]
    assert len(f"describe_and_draw_{tool['name']}") <= LONGEST_NAME
    for name, told in schema["properties"].items():
        assert told["type"] in ("string", "number", "integer", "array"), name
        assert told["description"].endswith("."), name
        assert ("default" in told) == (name not in schema.get("required", [])), name
        if name in ("style", "purpose"):
            assert told["default"] in told["enum"]


def test_the_hubs_own_server_is_told_the_same(app):
    """It asks here in the place of `tools/list`, and knows files by their format.

    See packages/app/src/server/gradio-endpoint-connector.ts and packages/mcp/src/space/types.ts in
    github.com/huggingface/hf-mcp-server.
    """
    listed = httpx.get(f"{app.url}/gradio_api/mcp/schema").json()
    names = ("name", "description", "inputSchema")
    assert [{name: tool[name] for name in names} for tool in listed] == KEPT
    for tool in listed:
        if image := tool["inputSchema"]["properties"].get("image"):
            assert "http" in image["format"]
            assert "file" in image["format"]


def test_the_skill_is_served(app):
    answer = httpx.get(f"{app.url}/page/describe-and-draw/SKILL.md")
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert answer.text == SKILL.read_text("utf-8")
