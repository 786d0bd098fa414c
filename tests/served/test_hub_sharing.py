"""Who may spend whose token on a Space, and that no token ever leaves by another door."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from describe_draw.gate.visitors import TOKEN
from tests.standin import OPERATOR, VISITOR, StandIn, faults
from tests.standin.endpoints import endpoint_url
from tests.support import EXAMPLES, App, serving, together
from tests.visitors import upload

CAT = EXAMPLES / "cat.jpg"
CALLS: list[tuple[str, dict[str, object]]] = [("caption", {}), ("draw", {"prompt": "a dog"})]
EVERYTHING = [
    faults.bad_request(f"header Bearer {OPERATOR} is bad"),
    faults.token_invalid(),
    faults.credits_used_up(),
    faults.no_permission(),
    faults.not_found(),
    faults.too_large(),
    faults.rate_limited(retry_after=100),
    faults.server_error(),
    faults.loading("m", 100),
    faults.hangs(),
    faults.cut(),
    faults.not_json(),
    faults.empty_list(),
    faults.error_in_list(),
    faults.error_as_list(),
    faults.html(),
]


@pytest.fixture(scope="module")
def apps(
    running_standin: StandIn, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, App]]:
    """The app as several operators set it up, all with a token."""
    setups = {
        "unshared": {
            "SHARE_TOKEN": "false",
            "SYSTEM": "spaces",
            "HF_API_ITT_BASE": endpoint_url("itt-json"),
        },
        "limited": {"VISITOR_LIMIT": "1/hour", "SYSTEM": "spaces"},
        "endpoints": {
            "HF_API_ITT_BASE": endpoint_url("itt-json"),
            "HF_API_TTI_BASE": endpoint_url("tti-base64"),
        },
    }
    own = running_standin.environment()
    begun = {
        name: serving(tmp_path_factory.mktemp(name), **own, **setup)
        for name, setup in setups.items()
    }
    with together(**begun) as running:
        yield running


@pytest.fixture
def unshared(apps: dict[str, App]) -> App:
    """A Space that keeps the operator's token from visitors, and has an endpoint for captions."""
    return apps["unshared"]


@pytest.fixture
def hub(running_standin: StandIn) -> StandIn:
    running_standin.reset()
    return running_standin


def test_a_token_that_is_not_shared_is_never_used(unshared: App, hub: StandIn) -> None:
    client = Client(unshared.url, verbose=False)
    status = client.predict(api_name="/status")
    assert (status["describe"]["engine"], status["draw"]["engine"]) == ("endpoint", "builtin")
    assert "without a token (SHARE_TOKEN=false)" in status["describe"]["missing"]
    for task in ("draw", "write"):
        assert "sign in or pass a token of your own" in status[task]["missing"]
    with pytest.raises(AppError, match="SHARE_TOKEN=false keeps the operator's from visitors"):
        client.predict(handle_file(CAT), api_name="/caption")
    client.predict("a dog", api_name="/draw")
    signed_in = Client(unshared.url, verbose=False, oauth_token=VISITOR)
    assert signed_in.predict(api_name="/status")["draw"]["payer"] == "visitor"
    signed_in.predict("a dog", api_name="/draw")
    assert {call.token for call in hub.calls if call.route != "picture"} == {None, VISITOR}


async def drawn_over_mcp(app: App, **headers: str) -> str:
    """What an agent is told that sends these headers; empty where it got its picture."""
    async with (
        httpx.AsyncClient(headers=headers, timeout=60, follow_redirects=True) as http,
        streamable_http_client(f"{app.url}/gradio_api/mcp/", http_client=http) as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        model = "black-forest-labs/FLUX.1-dev"
        answer = await session.call_tool("draw", {"prompt": "a dog", "model": model})
        return str(answer.content[0]) if answer.isError else ""


@pytest.mark.parametrize(
    "headers",
    [
        {"X-HF-Authorization": f"Bearer {VISITOR}"},
        {"Authorization": f"Bearer {VISITOR}"},
        {"X-HF-Authorization": f"Bearer {VISITOR}", "Authorization": f"Bearer {OPERATOR}"},
        {"x-hf-authorization": f"bearer {VISITOR}", "authorization": "Basic c29tZWJvZHk6c2VjcmV0"},
    ],
)
async def test_an_agents_own_token_pays(
    unshared: App, hub: StandIn, headers: dict[str, str]
) -> None:
    """The Hub's own MCP server sends both headers (github.com/huggingface/hf-mcp-server)."""
    assert not await drawn_over_mcp(unshared, **headers)
    assert {call.token for call in hub.calls} == {VISITOR}


@pytest.mark.parametrize(
    ("headers", "sentence"),
    [
        ({}, "choose one of builtin"),
        ({"Authorization": "Bearer of another kind"}, "choose one of builtin"),
        ({"X-HF-Authorization": "Bearer of another kind"}, "Your Hub token is not valid"),
        ({"Authorization": "Bearer hf_odd+token"}, "Your Hub token is not valid"),
        ({TOKEN: f"guessed {VISITOR}"}, "choose one of builtin"),
    ],
)
async def test_an_agent_without_a_token_has_nobodys(
    unshared: App, hub: StandIn, headers: dict[str, str], sentence: str
) -> None:
    """Gradio answers agents by a call of its own, with the operator's token among its headers."""
    assert sentence in await drawn_over_mcp(unshared, **headers)
    assert not hub.calls


def test_a_token_for_the_space_itself_pays_for_nothing(unshared: App, hub: StandIn) -> None:
    """gradio_client's `token` opens private Spaces, and counts for ZeroGPU: a header to the app."""
    status = Client(unshared.url, verbose=False, token=VISITOR).predict(api_name="/status")
    assert status["draw"]["payer"] == "nobody"


def test_visitors_are_limited_by_address(apps: dict[str, App], hub: StandIn) -> None:
    def visitor(address: str, **more: str) -> Client:
        headers = {"x-forwarded-for": address}
        return Client(apps["limited"].url, verbose=False, headers=headers, **more)

    visitor("192.0.2.1").predict("a dog", api_name="/draw")
    with pytest.raises(AppError, match="come back in 60 minutes, sign in"):
        visitor("192.0.2.1").predict("a dog", api_name="/draw")
    visitor("192.0.2.2").predict("a dog", api_name="/draw")
    visitor("192.0.2.1", oauth_token=VISITOR).predict("a dog", api_name="/draw")
    visitor("192.0.2.1").predict("a dog", model="builtin", api_name="/draw")


def test_without_a_token_the_built_in_engine_answers(
    running_standin: StandIn, tmp_path: Path
) -> None:
    running_standin.reset()
    with serving(tmp_path, **running_standin.environment(token=None)) as app:
        client = Client(app.url, verbose=False)
        status = client.predict(api_name="/status")
        assert (status["draw"]["engine"], status["write"]["engine"]) == ("builtin", "")
        assert "HF_TOKEN" in status["draw"]["missing"]
        assert "HF_TOKEN" in status["write"]["missing"]
        client.predict("a dog", api_name="/draw")
        client.predict(handle_file(CAT), api_name="/caption")
    assert not running_standin.tunnel.hosts, "not even its libraries call home"


def test_dedicated_endpoints_come_first(apps: dict[str, App], hub: StandIn) -> None:
    client = Client(apps["endpoints"].url, verbose=False)
    assert client.predict(api_name="/status")["describe"]["engine"] == "endpoint"
    assert "picture of" in client.predict(handle_file(CAT), api_name="/caption")
    assert client.predict("a dog", api_name="/draw")
    assert {call.route for call in hub.calls} == {"endpoint"}
    with pytest.raises(AppError, match="choose one of short"):
        client.predict(handle_file(CAT), style="tags", api_name="/caption")
    client.predict("a dog", model="builtin", api_name="/draw")


def test_no_token_reaches_a_client_the_log_or_the_disk(
    running_standin: StandIn, tmp_path: Path
) -> None:
    running_standin.reset()
    environment = running_standin.environment() | {"REQUEST_TIMEOUT": "1"}
    with serving(tmp_path, **environment) as app:
        seen = asyncio.run(everything_said(app.url, running_standin))
    assert sum("Reference" in answer for answer in seen) >= 2 * 2 * len(EVERYTHING) - 4
    tokens_sent = {call.token for call in running_standin.calls}
    assert tokens_sent == {OPERATOR, VISITOR}
    everywhere = [answer.encode() for answer in seen]
    everywhere += [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert any(b"failed [" in content for content in everywhere), "the log was read"
    for secret in (OPERATOR, VISITOR):
        assert not any(secret.encode() in content for content in everywhere)


async def everything_said(url: str, standin: StandIn) -> list[str]:
    """What raw HTTP clients get to see of the app, and of models that fail in every way."""
    async with httpx.AsyncClient(base_url=url, timeout=30) as http:
        seen = [(await http.get(path)).text for path in ("/", "/config", "/gradio_api/info")]
        for fault in EVERYTHING:
            for route in ("chat", "fal"):
                standin.script_always(route, fault)
            of_each = [called(http, *call, token) for token in (None, VISITOR) for call in CALLS]
            seen += await asyncio.gather(*of_each)
        return [*seen, await called(http, "status", {})]


async def called(
    http: httpx.AsyncClient, name: str, body: dict[str, object], token: str | None = None
) -> str:
    """Everything that is answered to a call, of the operator or of a visitor with a token."""
    if name == "caption":
        body = {"image": await upload(http)}
    sent = body | ({"oauth_token": token} if token else {})
    event = (await http.post(f"/gradio_api/call/v2/{name}", json=sent)).json()["event_id"]
    return (await http.get(f"/gradio_api/call/{name}/{event}")).text
