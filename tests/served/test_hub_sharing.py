"""Who may spend whose token on a Space, and that no token ever leaves by another door."""

from pathlib import Path

import httpx
import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError

from tests.standin import OPERATOR, VISITOR, Fault, StandIn, faults
from tests.standin.endpoints import endpoint_url
from tests.support import EXAMPLES, serving

CAT = EXAMPLES / "cat.jpg"
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


def test_a_token_that_is_not_shared_is_never_used(running_standin: StandIn, tmp_path: Path) -> None:
    running_standin.reset()
    environment = running_standin.environment() | {"SHARE_TOKEN": "false", "SYSTEM": "spaces"}
    with serving(tmp_path, **environment) as app:
        client = Client(app.url, verbose=False)
        assert client.predict(api_name="/status")["draw"]["engine"] == "builtin"
        assert "cat" in client.predict(handle_file(CAT), api_name="/caption")
        client.predict("a dog", api_name="/draw")
        assert not running_standin.calls
        signed_in = Client(app.url, verbose=False, oauth_token=VISITOR)
        assert signed_in.predict(api_name="/status")["draw"]["payer"] == "visitor"
        signed_in.predict("a dog", api_name="/draw")
        assert OPERATOR not in {call.token for call in running_standin.calls}


def test_visitors_are_limited_by_address(running_standin: StandIn, tmp_path: Path) -> None:
    running_standin.reset()
    environment = running_standin.environment() | {"VISITOR_LIMIT": "1/hour", "SYSTEM": "spaces"}
    with serving(tmp_path, **environment) as app:

        def visitor(address: str, **more: str) -> Client:
            headers = {"x-forwarded-for": address}
            return Client(app.url, verbose=False, headers=headers, **more)

        visitor("192.0.2.1").predict("a dog", api_name="/draw")
        with pytest.raises(AppError, match="come back in 60 minutes, or sign in"):
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


def test_dedicated_endpoints_come_first(running_standin: StandIn, tmp_path: Path) -> None:
    running_standin.reset()
    bases = {
        "HF_API_ITT_BASE": endpoint_url("itt-json"),
        "HF_API_TTI_BASE": endpoint_url("tti-base64"),
    }
    with serving(tmp_path, **running_standin.environment(), **bases) as app:
        client = Client(app.url, verbose=False)
        assert client.predict(api_name="/status")["describe"]["engine"] == "endpoint"
        assert "picture of" in client.predict(handle_file(CAT), api_name="/caption")
        assert client.predict("a dog", api_name="/draw")
        assert {call.route for call in running_standin.calls} == {"endpoint"}
        with pytest.raises(AppError, match="choose one of short"):
            client.predict(handle_file(CAT), style="tags", api_name="/caption")
        client.predict("a dog", model="builtin", api_name="/draw")


def test_no_token_reaches_a_client_the_log_or_the_disk(
    running_standin: StandIn, tmp_path: Path
) -> None:
    running_standin.reset()
    environment = running_standin.environment() | {"REQUEST_TIMEOUT": "1"}
    seen: list[str] = []
    with serving(tmp_path, **environment) as app:
        for token in (None, VISITOR):
            for fault in EVERYTHING:
                seen += [
                    call(
                        app.url,
                        "caption",
                        {"image": upload(app.url)},
                        token,
                        running_standin,
                        fault,
                    ),
                    call(app.url, "draw", {"prompt": "a dog"}, token, running_standin, fault),
                ]
        seen += [
            httpx.get(f"{app.url}{path}").text for path in ("/", "/config", "/gradio_api/info")
        ]
        seen.append(str(Client(app.url, verbose=False).predict(api_name="/status")))
    assert sum("Reference" in answer for answer in seen) >= 2 * 2 * len(EVERYTHING) - 4
    tokens_sent = {call.token for call in running_standin.calls}
    assert tokens_sent == {OPERATOR, VISITOR}
    everywhere = [answer.encode() for answer in seen]
    everywhere += [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert any(b"failed [" in content for content in everywhere), "the log was read"
    for secret in (OPERATOR, VISITOR):
        assert not any(secret.encode() in content for content in everywhere)


def upload(url: str) -> dict[str, object]:
    files = {"files": ("cat.jpg", CAT.read_bytes(), "image/jpeg")}
    path = httpx.post(f"{url}/gradio_api/upload", files=files).json()[0]
    return {"path": path, "meta": {"_type": "gradio.FileData"}}


def call(
    url: str,
    name: str,
    body: dict[str, object],
    token: str | None,
    standin: StandIn,
    fault: Fault,
) -> str:
    """What a raw HTTP client gets to see when the model fails."""
    for route in ("chat", "fal"):
        standin.script_always(route, fault)
    sent = body | ({"oauth_token": token} if token else {})
    event = httpx.post(f"{url}/gradio_api/call/v2/{name}", json=sent).json()["event_id"]
    return httpx.get(f"{url}/gradio_api/call/{name}/{event}", timeout=30).text
