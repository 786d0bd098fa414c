"""Tokens: each call is billed to whoever made it, and no part of a token is ever told or kept."""

import asyncio
import base64
import hashlib
import io
import json
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import itsdangerous
import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from PIL import Image
from starlette.responses import JSONResponse

from tests.apis import ModelServer
from tests.space.conftest import OAUTH, SPACE
from tests.standin import OPERATOR, Fault, StandIn
from tests.standin.accounts import Account
from tests.standin.router import attached
from tests.standin.script import Call
from tests.support import App, serving, tracebacks
from tests.visitors import JSON, called, visitor

PART = 12
"""So many characters of a token in a row are too many."""

INVALID = "Your Hub token is not valid"
CALLERS = 60


def secret(number: int, letters: int) -> str:
    """Letters by chance, as tokens have them."""
    seeds = (hashlib.sha512(b"%d/%d" % (number, n)).digest() for n in range(letters // 64 + 1))
    return base64.urlsafe_b64encode(b"".join(seeds)).decode().replace("=", "")[:letters]


def access_token(number: int) -> str:
    return "hf_" + secret(number, 34).replace("-", "A").replace("_", "B")


def web_token(number: int) -> str:
    """What visitors have who signed in: a JSON Web Token, with dots, dashes and underlines."""
    head = base64.urlsafe_b64encode(b'{"alg":"EdDSA","typ":"JWT"}').decode().rstrip("=")
    return f"hf_oauth_{head}.{secret(number, 250)}-_.{secret(-number, 86)}"


SECRET = secret(7, 40)
MALFORMED = {
    "an accent": f"hf_é{SECRET}",
    "much too long": "hf_" + secret(8, 5000),
    "two lines": f"hf_{SECRET}\nx-evil: 1",
    "NUL": f"hf_{SECRET}\0",
    "half a character": f"hf_{SECRET}\ud800",
    "a space": f"hf_{SECRET} {SECRET}",
    "Base64": f"hf_oauth_{SECRET}+/==",
    "nothing more": "hf_",
    "two": f"hf_{SECRET},hf_{SECRET}",
    "full width": f"hf_{SECRET}１",
}


class Secrets:
    """Recognises any part of any of some secrets that is long enough to be of use.

    Args:
        secrets: The secrets.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        encoded = [secret.encode("utf-8", "surrogatepass") for secret in secrets]
        self._parts = {s[n : n + PART] for s in encoded for n in range(len(s) - PART + 1)}

    def part_in(self, content: str | bytes) -> bytes | None:
        """The first part that is there, None where there is none."""
        if isinstance(content, str):
            content = content.encode("utf-8", "surrogatepass")
        pieces = (content[n : n + PART] for n in range(len(content) - PART + 1))
        return next((piece for piece in pieces if piece in self._parts), None)


def test_any_part_is_recognised():
    secrets = Secrets([web_token(1)])
    for begin in range(len(web_token(1)) - PART):
        assert secrets.part_in(f"Bearer …{web_token(1)[begin : begin + PART]}")
        assert not secrets.part_in(f"Bearer {web_token(1)[begin : begin + PART - 1]}…")


@dataclass(frozen=True)
class Echo(Fault):
    """A fault whose words hold the very header by which its caller paid, in the place of {said}."""

    standin: StandIn | None = None

    def response(self) -> Any:
        assert self.standin
        said = self.standin.calls[-1].headers["authorization"]  # the stand-in answers at once
        headers = {name: value.replace("{said}", said) for name, value in self.headers.items()}
        body = json.dumps(self.body).replace("{said}", said)
        return Fault(self.status, body, headers, self.content_type).response()


def echoes(standin: StandIn) -> list[Fault]:
    """How services fail that tell everything they know."""
    ways: list[tuple[int, object, dict[str, str]]] = [
        (400, {"error": "header authorization: {said} is odd"}, {}),
        (400, {"error": {"message": "{'authorization': '{said}'} is odd"}}, {}),
        (400, {"error": "x" * 180 + " {said}"}, {}),
        (400, {"error": "x" * 1990 + " {said}"}, {}),
        (400, {"error": ["{said}", "{said}"]}, {}),
        (400, {"error": "odd"}, {"X-Error-Message": "{said}"}),
        (401, {"error": "{said} is unknown"}, {}),
        (402, {"error": "{said} has no credit"}, {}),
        (403, {"error": "{said} may not"}, {}),
        (413, {"error": "{said}"}, {}),
        (418, {"error": "{said}?x={said}"}, {}),
        (422, {"detail": [{"loc": ["header"], "msg": "{said}"}]}, {}),
        (429, {"error": "{said} is too quick"}, {"Retry-After": "100"}),
        (500, {"error": "{said}"}, {}),
        (503, {"error": "{said}", "estimated_time": 100}, {}),
        (200, {"error": "{said}"}, {}),
        (200, ["{said}"], {}),
        (200, "{said}", {}),
    ]
    return [Echo(status, body, headers, standin=standin) for status, body, headers in ways]


@pytest.fixture(scope="module")
def app(running_standin: StandIn, tmp_path_factory: pytest.TempPathFactory):
    """A Space on which visitors sign in, and which shares the operator's token."""
    folder = tmp_path_factory.mktemp("secrets")
    own = {"GRADIO_TEMP_DIR": str(folder / "files"), "REQUEST_TIMEOUT": "20"}
    with serving(folder, **running_standin.environment() | SPACE | OAUTH | own) as running:
        yield running


@pytest.fixture
def hub(running_standin: StandIn) -> StandIn:
    running_standin.reset()
    return running_standin


def cookie(token: str) -> dict[str, str]:
    """The header of a signed-in visitor, as Gradio 6.31 and Starlette make it."""
    user = {"sub": token[-8:], "preferred_username": token[-8:]}
    info = {"access_token": token, "scope": "", "expires_at": time.time() + 600, "userinfo": user}
    key = hashlib.sha256((OAUTH["OAUTH_CLIENT_SECRET"] + "-v4").encode()).hexdigest()
    data = base64.b64encode(json.dumps({"oauth_info": info}).encode())
    return {"cookie": f"session={itsdangerous.TimestampSigner(key).sign(data).decode()}"}


@dataclass(frozen=True)
class Caller:
    """Somebody who calls once; the prompt and the picture's width tell whose call arrives.

    Args:
        number: Who.
        token: Their own, None without one.
        odd: Whether it is malformed.
    """

    number: int
    token: str | None
    odd: bool = False

    @property
    def prompt(self) -> str:
        return f"a dog, number {self.number + 100}."

    @property
    def picture(self) -> bytes:
        data = io.BytesIO()
        Image.new("RGB", (self.number + 100, 64), "red").save(data, "PNG")
        return data.getvalue()

    @property
    def pays(self) -> str:
        return self.token or OPERATOR


Told = tuple[bool, str]
"""Whether a call was answered, and all that its caller saw."""


async def over_rest(app: App, caller: Caller) -> Told:
    """One of the endpoints, the token in the body or, of who signed in, in the cookie."""
    signed_in = cookie(caller.token) if caller.token and caller.number % 3 == 0 else {}
    more = {"oauth_token": caller.token} if caller.token and not signed_in else {}
    async with visitor(app.url, 2 + caller.number, headers=signed_in) as http:
        files = {"files": ("a.png", caller.picture)}
        path = (await http.post("/gradio_api/upload", files=files)).json()[0]
        picture = {"path": path, "meta": {"_type": "gradio.FileData"}}
        name, data = [
            ("draw", (caller.prompt, "", 4, 1, 64, 64, 1, "")),
            ("caption", (picture, "short", "")),
            ("describe_and_generate", (picture,)),
            ("ask", (caller.prompt,)),
            ("generate", (caller.prompt, "", 4, 1, 64, 64, 1, "")),
        ][caller.number % 5]
        event, said = await called(http, name, *data, **more)
        return event == "complete", json.dumps(said)


async def over_rest_by_names(app: App, caller: Caller) -> Told:
    """The newer way, which names the values."""
    body: dict[str, object] = {"prompt": caller.prompt, "width": 64, "height": 64}
    body |= {"oauth_token": caller.token} if caller.token else {}
    async with visitor(app.url, 2 + caller.number) as http:
        post = await http.post("/gradio_api/call/v2/draw", content=json.dumps(body), headers=JSON)
        answer = await http.get(f"/gradio_api/call/draw/{post.json()['event_id']}")
    return "event: complete" in answer.text, post.text + answer.text


async def with_client(app: App, caller: Caller) -> Told:
    def call() -> Told:
        patient = {"timeout": 120}  # sixty call at once
        client = Client(app.url, verbose=False, oauth_token=caller.token, httpx_kwargs=patient)
        try:
            if caller.number % 2:
                said = client.predict(caller.prompt, width=64, height=64, api_name="/draw")
                return True, Path(said).read_bytes().decode("latin-1")
            path = app.log.with_name(f"{caller.number}.png")
            path.write_bytes(caller.picture)
            return True, str(client.predict(handle_file(path), api_name="/caption"))
        except AppError as error:
            return False, str(error)

    return await asyncio.to_thread(call)


async def over_mcp(app: App, caller: Caller) -> Told:
    """As an agent: who signed in sends a cookie along."""
    headers = cookie(caller.token) if caller.token else {}
    async with (
        visitor(app.url, 2 + caller.number, headers=headers, follow_redirects=True) as http,
        streamable_http_client(f"{app.url}/gradio_api/mcp/", http_client=http) as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        tools = [tool.name for tool in (await session.list_tools()).tools]
        verb = next(tool for tool in tools if tool.endswith(("_ask", "_draw")[caller.number % 2]))
        small = {} if verb.endswith("_ask") else {"width": 64, "height": 64}
        answer = await session.call_tool(verb, {"prompt": caller.prompt, **small})
        return not answer.isError, str(answer.content)


Way = Callable[[App, Caller], Awaitable[Told]]
WAYS: tuple[Way, ...] = (over_rest, over_rest_by_names, with_client, over_mcp, over_rest)


def everybody() -> Iterator[tuple[Way, Caller]]:
    """All callers and their ways, of each way with tokens of both makes, odd ones and none."""
    own = (access_token, web_token, web_token)
    malformed = [token for name, token in MALFORMED.items() if name != "half a character"]
    for n in range(CALLERS):
        kind = n // len(WAYS) % 5
        if kind == 3:
            caller = Caller(n, malformed[n % len(malformed)], odd=True)
        else:
            caller = Caller(n, own[kind](n) if kind < 3 else None)
        yield WAYS[n % len(WAYS)], caller


def owner(call: Call) -> int | None:
    """Whose call arrived at the stand-in, None where nothing tells."""
    if call.route not in ("chat", "fal"):
        return None
    asked = call.json()
    for picture in attached(asked) if "messages" in asked else ():
        with Image.open(io.BytesIO(picture)) as image:
            return image.width - 100
    said = asked.get("prompt") or asked["messages"][-1]["content"]
    words = said.replace(".", " ").split()
    numbers = [int(word) for word in words if word.isdigit()]
    return numbers[0] - 100


def kept(app: App, standin: StandIn) -> Iterable[tuple[str, str | bytes]]:
    """The log, and every file that the app may have written."""
    for folder in (app.log.parent, Path(standin.environment()["HF_HOME"])):
        for path in folder.rglob("*"):
            if path.is_file():
                yield str(path), path.read_bytes()


def open_to_all(app: App) -> Iterable[tuple[str, str | bytes]]:
    """What anybody sees of the app."""
    for path in ("/", "/config", "/gradio_api/info", "/gradio_api/mcp/schema"):
        yield path, httpx.get(app.url + path).text
    yield "/status", str(Client(app.url, verbose=False).predict(api_name="/status"))


async def test_sixty_callers_each_pay_with_their_own_token(app, hub):
    callers = list(everybody())
    hub.accounts |= {c.token: Account("somebody") for _, c in callers if c.token and not c.odd}
    assert len(hub.accounts) > CALLERS / 2
    hub.script("chat", *echoes(hub))
    hub.script("fal", *echoes(hub))
    ends = await asyncio.gather(*(way(app, caller) for way, caller in callers))
    for _, caller in callers:
        billed = {call.token for call in hub.calls if owner(call) == caller.number}
        assert billed == (set() if caller.odd else {caller.pays}), caller
    assert {call.token for call in hub.calls_to("model_info")} <= {c.pays for _, c in callers}
    assert {call.token for call in hub.calls_to("picture")} == {None}
    secrets = Secrets([OPERATOR, *(caller.pays for _, caller in callers)])
    for (way, caller), (is_answer, said) in zip(callers, ends, strict=True):
        assert secrets.part_in(said) is None, (way, caller.number, said)
        assert is_answer or "." in said
        assert (INVALID in said) >= caller.odd
    answered = [is_answer for is_answer, _ in ends]
    assert answered.count(False) >= 25
    assert answered.count(True) >= 15
    for place, content in [*kept(app, hub), *open_to_all(app)]:
        assert secrets.part_in(content) is None, place
    assert "failed [" in app.log.read_text()
    assert tracebacks(app) == 0


LOOKALIKE = {
    "a header": f"Bearer hf_{SECRET}",
    "capitals": f"HF_{SECRET}",
    "a dash": f"hf-{SECRET}",
    "a space before": f" hf_é{SECRET}",
    "a line before": f"\nhf_{SECRET} {SECRET}",
    "quoted": f'"hf_{SECRET}"',
    "an invisible start": f"\ufeffhf_{SECRET}",
    "another service's": f"sk-{SECRET}",
    "half a character": "\ud800",
}
OTHER_KINDS: dict[str, object] = {
    "a list": [f"hf_{SECRET}"],
    "an object": {"token": f"hf_{SECRET}"},
    "a number": 7,
    "a truth": True,
}


async def refused(app: App, token: object, way: str = "") -> list[str]:
    """What callers are told who bring a token that is none, with each of three endpoints."""
    said = []
    async with visitor(app.url) as http:
        for name, data in (("draw", ("a dog", "", 4, 1, 64, 64, 1, "")), ("ask", ("a dog",)),
                           ("status", ())):  # fmt: skip
            values = {"prompt": "a dog"} if data else {}
            body = json.dumps({"oauth_token": token} | (values if way else {"data": data}))
            post = await http.post(f"/gradio_api/call/{way}{name}", content=body, headers=JSON)
            said.append(post.text)
            if post.status_code == 200:
                event = post.json()["event_id"]
                said[-1] = (await http.get(f"/gradio_api/call/{name}/{event}")).text
    return said


@pytest.mark.parametrize("token", MALFORMED.values(), ids=MALFORMED)
@pytest.mark.parametrize("way", ["", "v2/"])
async def test_a_malformed_token_is_refused_and_billed_to_nobody(app, hub, token, way):
    said = await refused(app, token, way)
    assert all(INVALID in answer for answer in said), said
    assert hub.calls == []
    assert Secrets([token]).part_in("".join(said)) is None


@pytest.mark.parametrize("token", LOOKALIKE.values(), ids=LOOKALIKE)
async def test_what_only_looks_like_a_token_is_not_billed_to_the_operator(app, hub, token):
    said = await refused(app, token)
    assert OPERATOR not in {call.token for call in hub.calls}
    assert all(INVALID in answer for answer in said), said


@pytest.mark.parametrize("token", OTHER_KINDS.values(), ids=OTHER_KINDS)
@pytest.mark.parametrize("way", ["", "v2/"])
async def test_a_token_that_is_no_text_ends_in_a_sentence(app, hub, token, way):
    said = await refused(app, token, way)
    assert hub.calls == []
    assert Secrets([SECRET]).part_in("".join(said)) is None
    for answer in said:
        assert json.loads(answer)["error"].endswith((".", ".)")), answer


async def test_what_is_no_call_is_refused_without_being_repeated(app):
    token = f"hf_{SECRET}"
    bodies = [{"oauth_token": token}, [token], token, {"data": token}, {"data": [], "hash": token}]
    said = []
    async with visitor(app.url) as http:
        for path in ("call/draw", "call/v2/draw", "queue/join", "run/stop", "cancel"):
            for body in bodies:
                answer = await http.post(f"/gradio_api/{path}", json=body)
                said += [answer.text] if not answer.is_success else []
    assert len(said) > 10
    assert [answer for answer in said if Secrets([token]).part_in(answer)] == []


async def test_with_a_client_too_a_malformed_token_is_refused(app, hub):
    def call(token: str) -> str:
        client = Client(app.url, verbose=False, oauth_token=token)
        with pytest.raises(AppError) as caught:
            client.predict("a dog", api_name="/draw")
        return str(caught.value)

    tokens = [token for name, token in MALFORMED.items() if name != "half a character"]
    said = await asyncio.gather(*(asyncio.to_thread(call, token) for token in tokens))
    assert all(INVALID in sentence for sentence in said)
    assert hub.calls == []


async def test_what_an_agent_says_wrongly_is_not_written_down(app):
    token = f"hf_{SECRET}"
    call = {"jsonrpc": "2.0", "id": 1}
    messages: list[dict[str, Any]] = [
        {**call, "method": "tools/call", "params": {"arguments": {"oauth_token": token}}},
        {**call, "method": "tools/call", "params": {"name": token, "arguments": {}}},
        {**call, "method": "tools/call", "params": {"name": 1, "arguments": token}},
        {**call, "method": f"tools/{token}", "params": {}},
        {**call, "method": "initialize", "params": {"authorization": token}},
        {"jsonrpc": token},
    ]
    async with visitor(app.url, follow_redirects=True) as http:
        for message in messages:
            agent = {"accept": "application/json, text/event-stream"}
            await http.post("/gradio_api/mcp/", json=message, headers=agent)
    assert Secrets([token]).part_in(app.log.read_text()) is None


ECHOED = [
    "header Bearer {token} is bad",
    "{'authorization': 'Bearer {token}'}",
    '{{"token": "{token}"}}',
    "{token}{token}",
    "x{token}x",
    "token={token}&more",
    "https://user:{token}@example.com/",
    "/{token}/",
    "x" * 190 + " {token}",
    "x" * 1990 + " {token}",
    "{token}\nBearer {token}",
    "{start}…",
    "<b>{token}</b>",
    "oops <b>{token}</b>",
]
BARE = ["the JWT {bare} has no such audience", "it ends in …{end}", "{wrapped}"]
"""What only knows what follows a token's mark."""


async def told_of(app: App, hub: StandIn, token: str, said: str) -> str:
    """What a caller learns when the service that draws complains about their token so."""
    parts = {
        "{token}": token,
        "{start}": token[:30],
        "{bare}": token.removeprefix("hf_oauth_"),
        "{end}": token[-20:],
        "{wrapped}": "\n".join(token[n : n + 76] for n in range(0, len(token), 76)),
    }
    for name, part in parts.items():
        said = said.replace(name, part)
    hub.accounts[token] = Account("somebody")
    hub.script_always("fal", Fault(400, {"error": said}))
    async with visitor(app.url) as http:
        data = ("a dog", "", 4, 1, 64, 64, 1, "")
        event, told = await called(http, "draw", *data, oauth_token=token)
    assert event == "error"
    assert "rejected the request" in told["error"]
    return str(told["error"])


@pytest.mark.parametrize("said", ECHOED)
async def test_no_complaint_repeats_a_token(app, hub, said):
    for token in (web_token(900), access_token(900)):
        assert Secrets([token]).part_in(await told_of(app, hub, token, said)) is None
    assert Secrets([web_token(900), access_token(900)]).part_in(app.log.read_text()) is None


@pytest.mark.parametrize("said", BARE)
async def test_no_complaint_repeats_what_follows_a_tokens_mark(app, hub, said):
    token = web_token(901)
    assert Secrets([token]).part_in(await told_of(app, hub, token, said)) is None


@pytest.fixture(scope="module")
def api():
    """A model API that wants a token."""
    with ModelServer(secret(902, 60)) as server:
        yield server


@pytest.fixture(scope="module")
def app_with_api(api, tmp_path_factory):
    names = {"TEXT_API": "openai", "TEXT_API_URL": api.url, "TEXT_API_MODEL": "tiny-vision"}
    with serving(tmp_path_factory.mktemp("api"), **names, TEXT_API_TOKEN=api.token) as running:
        yield running


@pytest.mark.parametrize("before", [0, 100, 150, 180, 195])
async def test_a_model_apis_complaint_repeats_no_part_of_its_token(api, app_with_api, before):
    """Wherever the token stands in what it says."""
    secrets, complaint = Secrets([api.token]), f"{'x' * before} {api.token} is odd"
    for body in ({"error": complaint}, {"detail": [{"msg": complaint}]}, {"message": complaint}):
        for status in (400, 401, 500, 200):
            api.next(JSONResponse(body, status))
            async with visitor(app_with_api.url) as http:
                event, said = await called(http, "ask", "a dog")
            assert event == "error"
            assert "x" * before in said["error"]
            assert secrets.part_in(said["error"]) is None
    assert secrets.part_in(app_with_api.log.read_text()) is None
