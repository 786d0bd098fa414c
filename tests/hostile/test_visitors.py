"""Who a caller is can't be chosen by the caller: over HTTP, over MCP, behind proxies or not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from describe_draw.gate.visitors import HEADER, Visitors, canonical, visitor_of
from tests.standin import OPERATOR, StandIn
from tests.support import serving
from tests.visitors import called, visitor


def named(visitors: Visitors, peer: str, **headers: str) -> str:
    scope: dict[str, Any] = {
        "client": (peer, 1),
        "headers": [
            (k.replace("_", "-").encode(), v.encode("latin-1")) for k, v in headers.items()
        ],
    }
    name = visitors.name(scope)
    said = {key.decode(): value.decode("latin-1") for key, value in scope["headers"]}
    assert visitor_of(said) == name
    return name


@pytest.mark.parametrize(
    ("proxies", "forwarded", "name"),
    [
        (0, "192.0.2.1", "198.51.100.7"),
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "203.0.113.9, 192.0.2.1", "192.0.2.1"),
        (1, "evil, 203.0.113.9,192.0.2.1:4711", "192.0.2.1"),
        (2, "203.0.113.9, 192.0.2.1, 10.0.0.1", "192.0.2.1"),
        (2, "192.0.2.1", "198.51.100.7"),
        (1, "", "198.51.100.7"),
        (1, "not an address", "198.51.100.7"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "[2001:db8:1:2::9]", "2001:db8:1:2::/64"),
        (1, "::ffff:192.0.2.1", "192.0.2.1"),
    ],
)
def test_the_address_is_the_one_that_the_trusted_proxies_saw(proxies, forwarded, name):
    assert named(Visitors(proxies), "198.51.100.7", x_forwarded_for=forwarded) == name


@pytest.mark.parametrize(
    ("forwarded", "name"),
    [
        ("203.0.113.9, 10.16.3.80", "203.0.113.9"),
        ("203.0.113.9, 192.0.2.1, 10.16.3.80, 100.64.1.2", "192.0.2.1"),
        ("203.0.113.9, 192.0.2.1", "192.0.2.1"),
        ("10.16.3.80", "10.16.3.80"),
        ("203.0.113.9, 2001:db8:1:2::9, fd00::1", "2001:db8:1:2::/64"),
    ],
)
def test_proxies_inside_a_platforms_network_are_no_visitors(forwarded, name):
    visitors = Visitors(1, has_inner=True)
    assert named(visitors, "10.16.0.1", x_forwarded_for=forwarded) == name


def test_a_proxy_that_nobody_told_of_is_told_to_the_operator_once(caplog):
    visitors = Visitors(0)
    for _ in range(3):
        named(visitors, "127.0.0.1", x_forwarded_for="192.0.2.1")
    assert len([line for line in caplog.messages if "TRUSTED_PROXIES is 0" in line]) == 1


@given(st.text(st.characters(codec="latin-1", exclude_characters=","), max_size=80))
def test_what_callers_put_before_the_proxys_word_changes_nothing(said):
    name = named(Visitors(1), "10.0.0.1", x_forwarded_for=f"{said}, 192.0.2.1")
    assert name == "192.0.2.1"


def test_nobody_can_name_themselves():
    visitors = Visitors(0)
    for forged in ("192.0.2.1", "secret 192.0.2.1", " 192.0.2.1", "é 1"):
        assert named(visitors, "198.51.100.7", **{HEADER: forged}) == "198.51.100.7"


def test_the_server_recognises_its_own_call_by_its_own_word():
    visitors = Visitors(0)
    scope = {"client": ("192.0.2.1", 1), "headers": []}
    visitors.name(scope)
    again = {"client": ("127.0.0.1", 2), "headers": scope["headers"]}
    assert visitors.name(again) == "192.0.2.1"
    assert Visitors(0).name(again) == "127.0.0.1"  # another process's word counts for nothing


def test_one_visitor_has_one_name():
    assert len({canonical(f"2001:db8:1:2::{n:x}") for n in range(1, 100)}) == 1
    assert canonical("2001:db8:1:3::1") != canonical("2001:db8:1:2::1")
    assert canonical("nonsense") == canonical("") == ""


@pytest.fixture(scope="module", params=["", "spaces"], ids=["own machine", "Space"])
def rationed(running_standin: StandIn, tmp_path_factory, request):
    """An app that has three drawings an hour for each visitor: no two tests come as the same."""
    running_standin.reset()
    own = {"VISITOR_LIMIT": "3/hour", "SYSTEM": request.param, "REMEMBER": "false"}
    environment = running_standin.environment(OPERATOR) | own
    with serving(tmp_path_factory.mktemp("rationed"), **environment) as app:
        yield app


async def test_the_ration_holds_whatever_a_caller_says(rationed):
    async with visitor(rationed.url) as http:
        said = []
        for number in range(6):
            http.headers["x-forwarded-for"] = f"203.0.113.{number}, 192.0.2.1"
            http.headers["x-real-ip"] = f"203.0.113.{number}"
            http.headers["forwarded"] = f"for=203.0.113.{number}"
            said.append(await called(http, "draw", "a dog", "", 4, 1, 64, 64, 1, ""))
    assert [event for event, _ in said] == ["complete"] * 3 + ["error"] * 3
    assert "come back in" in said[-1][1]["error"]


async def drawn_over_mcp(app, number: int = 1, headers: Any = None) -> str:
    """What an agent at 127.0.0.`number` is told when it asks for a drawing; empty for a drawing."""
    async with (
        visitor(app.url, number, headers=headers, follow_redirects=True) as http,
        streamable_http_client(f"{app.url}/gradio_api/mcp/", http_client=http) as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        answer = await session.call_tool("draw", {"prompt": "a dog", "width": 64, "height": 64})
        return str(answer.content) if answer.isError else ""


async def test_the_ration_holds_over_mcp(rationed):
    said = [
        await drawn_over_mcp(rationed, 2, {"x-forwarded-for": f"203.0.113.{n}, 192.0.2.2"})
        for n in range(5)
    ]
    assert said[:3] == ["", "", ""]
    assert all("come back in" in sentence for sentence in said[3:])


async def test_agents_at_other_addresses_are_other_visitors(rationed):
    """MCP calls the server itself from 127.0.0.1: whose call it is goes along."""
    refused = [bool(await drawn_over_mcp(rationed, number)) for number in (3, 3, 3, 3, 4)]
    assert refused == [False, False, False, True, False]
