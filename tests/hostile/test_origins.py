"""A visitor's sign-in works from the app's own pages and the Hub's; from any other it stays out."""

import base64
import hashlib
import json
import time

import httpx
import itsdangerous
import pytest

from describe_draw.gate.origins import Origins
from tests.space.conftest import OAUTH, SPACE
from tests.standin import VISITOR, StandIn
from tests.support import serving

HOST = SPACE["SPACE_HOST"]
OWN = f"https://{HOST}"
FOREIGN = ["https://evil.example", "null", f"https://{HOST}.evil.example", f"https://evil-{HOST}",
           "https://huggingface.co.evil.example", "http://huggingface.co", "https://x.hf.space",
           f"file://{HOST}", "https://huggingface.co:444", "x" * 2000]  # fmt: skip


def cookie() -> str:
    """A signed-in session as Gradio 6.31 (oauth.py) and Starlette's SessionMiddleware make it."""
    info = {
        "access_token": VISITOR,
        "scope": "openid profile inference-api",
        "expires_at": time.time() + 3600,
        "userinfo": {"sub": "0123", "preferred_username": "somebody"},
    }
    secret = hashlib.sha256((OAUTH["OAUTH_CLIENT_SECRET"] + "-v4").encode()).hexdigest()
    data = base64.b64encode(json.dumps({"oauth_info": info}).encode())
    return f"session={itsdangerous.TimestampSigner(secret).sign(data).decode()}"


@pytest.fixture(scope="module")
def space(running_standin: StandIn, tmp_path_factory):
    """A Space on which somebody has signed in, behind one proxy."""
    environment = running_standin.environment(None) | SPACE | OAUTH | {"GRADIO_TEMP_DIR": ""}
    with serving(tmp_path_factory.mktemp("space"), **environment) as running:
        yield running


def payer(app, **headers):
    """Who would pay for a call with the signed-in visitor's cookie."""
    headers = {"host": HOST, "cookie": cookie(), "content-type": "application/json", **headers}
    with httpx.Client(base_url=app.url, headers=headers) as http:
        post = http.post("/gradio_api/call/status", content='{"data": []}')
        answer = http.get(f"/gradio_api/call/status/{post.json()['event_id']}").text
    return json.loads(answer.strip().splitlines()[-1].removeprefix("data: "))[0]["draw"]["payer"]


@pytest.mark.parametrize("origin", [OWN, "https://huggingface.co", None])
def test_the_apps_own_pages_and_the_hubs_act_for_the_visitor(space, origin):
    assert payer(space, **({"origin": origin} if origin else {})) == "visitor"


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_foreign_page_acts_for_nobody(space, origin):
    assert payer(space, origin=origin) == "nobody"


def test_a_foreign_page_can_not_make_itself_the_apps_own_by_a_header(space):
    forged = {"x-forwarded-host": "evil.example", "x-gradio-server": "https://evil.example"}
    assert payer(space, origin="https://evil.example", **forged) == "nobody"


def test_what_a_foreign_page_embeds_comes_without_the_visitor(space):
    assert payer(space, **{"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}) == "nobody"


def test_who_follows_a_link_arrives_as_themselves():
    scope = {"headers": [(b"sec-fetch-site", b"cross-site"), (b"sec-fetch-mode", b"navigate")]}
    assert Origins(scope).trusted


@pytest.mark.parametrize("path", ["/config", "/gradio_api/info", "/gradio_api/none", "/"])
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_only_trusted_pages_may_read_with_credentials(space, path, method):
    asks = {"host": HOST, "access-control-request-method": "POST"}
    with httpx.Client(base_url=space.url, headers=asks) as http:
        for origin in [*FOREIGN, OWN, "https://huggingface.co"]:
            answer = http.request(method, path, headers={"origin": origin})
            allowed = answer.headers.get("access-control-allow-origin")
            may = answer.headers.get("access-control-allow-credentials")
            told = ("*", None) if origin in FOREIGN else (origin, "true")
            assert (allowed, may) == told, origin


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_an_app_on_ones_own_machine_is_read_by_its_own_pages_only(app, origin):
    answer = httpx.get(f"{app.url}/config", headers={"origin": origin})
    assert "access-control-allow-origin" not in answer.headers
    own = httpx.get(f"{app.url}/config", headers={"origin": app.url})
    assert own.headers["access-control-allow-origin"] == app.url
