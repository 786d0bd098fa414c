"""What every route of the server does, and that all the others of Gradio's are shut."""

import re

import httpx
import pytest
from gradio import routes as gradio_routes

from describe_draw.gate.routes import ROUTES, route_of
from describe_draw.ui.page import build
from tests.standin import OPERATOR, StandIn
from tests.support import serving, settings

SHUT = {
    "/gradio_api/runs": "run history: acts with the operator's token",
    "/gradio_api/run-history/connect": "creates buckets on the Hub with the operator's token",
    "/gradio_api/run-history/buckets": "lists them",
    "/gradio_api/run-history/records": "lists what is in them",
    "/gradio_api/run-history/records/a/b/assets/c": "reads what is in them",
    "/gradio_api/deep_link": "writes 100 KB and more a request, which nobody deletes",
    "/gradio_api/dev/reload": "a stream without an end",
    "/gradio_api/vibe-edit": "edits the app's source",
    "/gradio_api/undo-vibe-edit": "likewise",
    "/gradio_api/vibe-code": "tells the app's source",
    "/gradio_api/vibe-starter-queries": "asks a model on the operator's token",
    "/gradio_api/process_recording": "runs ffmpeg on what is sent",
    "/gradio_api/component_server": "calls components' functions",
    "/gradio_api/proxy=https://evil.hf.space/x": "fetches addresses",
    "/gradio_api/file=http://127.0.0.1/x": "fetches addresses",
    "/gradio_api/file=HTTPS://example.com/x": "fetches addresses",
    "/gradio_api/file/http://127.0.0.1/x": "fetches addresses",
    "/gradio_api/stream/a": "media streams, of which there are none",
    "/gradio_api/stream/a/close": "likewise",
    "/gradio_api/stream/a/b/1/playlist.m3u8": "likewise",
    "/gradio_api/stream/a/b/1/playlist-file": "likewise",
    "/gradio_api/custom_component/a/client/b/c": "components of others, of which there are none",
    "/gradio_api/token": "tells a cookie",
    "/gradio_api/profiling/traces": "tells who called what",
    "/login": "reads a form of any size",
    "/openapi.json": "FastAPI's own list of routes",
    "/monitoring": "traffic",
    "/monitoring/key": "likewise",
    "/pwa_icon/100000": "makes a picture as large as is asked for",
}


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
def test_what_the_app_does_not_need_is_shut(app, method):
    with httpx.Client(base_url=app.url) as http:
        for path in SHUT:
            answer = http.request(method, path, content=b"{}" if method == "POST" else None)
            assert answer.status_code == 404, path
            if method == "GET":
                assert answer.json()["error"].startswith("There is nothing here"), path


def test_every_route_of_gradios_is_open_for_a_reason_or_shut():
    """A Gradio that brings a new route fails here: then it is looked at, and listed or shut."""
    demo = build(settings())
    app = gradio_routes.App.create_app(demo, mcp_server=True)
    routes = [*app.routes]
    for route in app.routes:  # FastAPI keeps what is included as it was
        routes += getattr(getattr(route, "original_router", None), "routes", [])
    paths = sorted({str(route.path) for route in routes if hasattr(route, "path")})
    assert len(paths) > 60
    unlisted = []
    for path in filter(None, paths):
        concrete = re.sub(r"\{[^}]*\}", "a1", path.replace("={path_or_url:path}", "=/tmp/x"))
        is_open = any(route_of(method, concrete) for method in ("GET", "POST", "DELETE"))
        is_shut = any(re.fullmatch(_like(path), shut) for shut in SHUT)
        if not is_open and not is_shut:
            unlisted.append(path)
    assert unlisted == []
    assert not any(route_of(method, shut) for shut in SHUT for method in ("GET", "POST"))


def _like(path: str) -> str:
    """An expression for the addresses of a route."""
    return re.sub(r"\\\{[^}]*\\\}", ".+", re.escape(path.rstrip("/")))


def test_each_open_route_says_what_it_does():
    assert all(route.does and route.methods for route in ROUTES)
    assert len({route.does for route in ROUTES}) == len(ROUTES)


@pytest.mark.parametrize(
    "path",
    [
        "//gradio_api/runs",
        "/gradio_api//runs",
        "/x/../gradio_api/runs",
        "/gradio_api/runs%2f",
        "/GRADIO_API/runs",
        "/gradio_api/%72uns",
    ],
)
def test_no_spelling_opens_what_is_shut(app, path):
    host, port = app.url.removeprefix("http://").split(":")
    with httpx.Client() as client:
        request = client.build_request("GET", app.url)
        request.url = httpx.URL(scheme="http", host=host, port=int(port), raw_path=path.encode())
        assert client.send(request).status_code in (404, 307)


def test_no_route_acts_with_the_operators_token(running_standin: StandIn, tmp_path):
    running_standin.reset()
    with (
        serving(tmp_path, **running_standin.environment(OPERATOR)) as app,
        httpx.Client(base_url=app.url) as http,
    ):
        for path in SHUT:
            for method in ("GET", "POST"):
                http.request(method, path, json={"bucket_id": "a/b"})
        for path in ("/", "/config", "/gradio_api/info", "/gradio_api/startup-events"):
            assert http.get(path).is_success
    assert running_standin.calls == []


def test_descriptions_hold_the_address_by_which_each_visitor_came(app):
    for path in ("/gradio_api/info", "/gradio_api/openapi.json", "/config", "/"):
        evil = {"host": "evil.example", "x-forwarded-host": "worse.example"}
        httpx.get(app.url + path, headers=evil)
        evil_call = {**evil, "x-gradio-server": "https://bad.example"}
        httpx.post(f"{app.url}/gradio_api/call/v2/status", json={}, headers=evil_call)
        said = httpx.get(app.url + path).text
        assert not re.search(r"evil\.example|worse\.example|bad\.example", said), path


def test_a_deep_link_shows_nobody_anything(app):
    said = httpx.get(f"{app.url}/config?deep_link=abc").json()
    assert said["deep_link_state"] == "invalid"
