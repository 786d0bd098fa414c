"""A canary for what is borrowed from Gradio's server for agents, and what it is mended in."""

import pytest
from gradio import routes

from describe_draw.borrowed import agents
from describe_draw.borrowed.agents import Agents
from describe_draw.ui.page import build
from tests.support import settings


@pytest.fixture(scope="module")
def demo():
    return build(settings())


@pytest.fixture(scope="module")
def gradios(demo):
    """Gradio's own, which `use` replaces by ours."""
    (own,) = Agents.__bases__
    return own(demo)


@pytest.fixture(scope="module")
def ours(demo):
    return Agents(demo)


def test_gradio_serves_agents_by_this():
    agents.use()
    demo = build(settings())
    routes.App.create_app(demo, mcp_server=True)
    assert type(demo.mcp_server_obj) is Agents


def described(server, tool):
    function = server.get_block_fn_from_endpoint_name(f"/{tool}")
    return server.get_fn_description(function, tool)[0]


def test_an_endpoint_that_is_not_listed_is_no_tool_at_all(gradios, ours):
    """The Hub's own server lists all that /gradio_api/mcp/schema has, whatever its type.

    See packages/app/src/server/gradio-endpoint-connector.ts in huggingface/hf-mcp-server on GitHub.
    """
    assert "generate" in gradios.tool_to_endpoint, "Gradio leaves it out: borrow no more"
    assert [tool for tool in gradios.tool_to_endpoint if tool not in ours.tool_to_endpoint] == [
        "generate"
    ]


def test_tools_that_are_not_here_are_not_spoken_of(gradios, ours):
    assert "upload_file_to_gradio" in described(gradios, "caption"), "borrow no more"
    assert described(ours, "caption") == "Describe a picture in words. Returns: The caption."


def test_what_comes_piece_by_piece_is_described_too(gradios, ours):
    assert "all drawings" not in described(gradios, "play"), "borrow no more"
    assert "Returns: After each drawing: all drawings" in described(ours, "play")


def test_every_default_is_told(gradios, ours):
    def width(server):
        return server.get_input_schema("edit")[0]["properties"]["width"]

    assert "default" not in width(gradios), "Gradio tells of 0: borrow no more"
    assert width(ours)["default"] == 0


def test_no_file_is_made_of_what_is_named(gradios, ours):
    """Gradio would decode it at once, whatever its size, in the way of everybody else."""
    named = {"image": "data:image/png;base64,aGk="}
    _, files = ours.get_input_schema("caption")
    assert gradios.convert_strings_to_filedata(named, files) != named, "borrow no more"
    assert ours.convert_strings_to_filedata(named, files) == named
