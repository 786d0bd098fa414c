"""Whatever is sent is bounded before it is read, and nothing that was sent stays for long."""

import asyncio
import base64
import io
import json
import socket
import time
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
import pytest
from PIL import Image

from describe_draw.gate import bodies
from describe_draw.problems import Problem
from describe_draw.store import Store
from tests.support import App, page_of, serving, settings
from tests.visitors import called, upload, visitor

MB = 1024**2
META = {"_type": "gradio.FileData"}


def sent(app: App, path: str, body, method="POST", **headers: str) -> httpx.Response:
    """A request, whose answer may come before the body has been taken."""
    headers.setdefault("content-type", "application/json")
    with httpx.Client(timeout=60) as http:
        return http.request(method, app.url + path, content=body, headers=headers)


def pieces(size: int, of: bytes = b"a"):
    """A body of unsaid length."""
    for _ in range(size // 65536):
        yield of * 65536


TAKING_JSON = [
    "/gradio_api/call/caption",
    "/gradio_api/call/v2/draw",
    "/gradio_api/queue/join",
    "/gradio_api/run/stop",
    "/gradio_api/cancel",
    "/gradio_api/reset",
    "/gradio_api/mcp/",
]


@pytest.mark.parametrize("path", TAKING_JSON)
@pytest.mark.parametrize("said", [True, False], ids=["told", "untold"])
def test_bodies_are_bounded_by_route(app, path, said):
    body = b"a" * (40 * MB) if said else pieces(40 * MB)
    try:
        answer = sent(app, path, body)
    except httpx.WriteError:  # it was cut off
        return
    assert answer.status_code == 413
    assert "too large: keep it under" in answer.json()["error"]


def test_a_body_that_claims_to_be_huge_is_refused_unread(app):
    host, port = app.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        head = f"POST /gradio_api/call/caption HTTP/1.1\r\nHost: x\r\nContent-Length: {10**12}"
        connection.sendall(f"{head}\r\n\r\n{{".encode())
        assert b" 413 " in connection.recv(1000)


def form(name: str, content: bytes, filename: str | None = "cat.jpg") -> tuple[bytes, str]:
    """A form with one part."""
    named = f'; filename="{filename}"' if filename is not None else ""
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
    return head.encode() + content + b"\r\n--x--\r\n", "multipart/form-data; boundary=x"


def files_of(app: App) -> set[Path]:
    return {path for path in app.files.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("name", "content", "filename"),
    [
        ("other", b"a" * 5000, "cat.jpg"),
        ("files", b"a" * 5000, None),  # a text, which would be kept in memory
        ("files", b"a" * (21 * MB), "big.jpg"),
        ("text", b"a" * (19 * MB), None),
    ],
)
def test_an_upload_holds_files_of_a_decent_size_and_nothing_else(app, name, content, filename):
    before = files_of(app)
    body, kind = form(name, content, filename)
    answer = sent(app, "/gradio_api/upload", body, **{"content-type": kind})
    assert answer.status_code in (400, 413)
    assert answer.text.endswith(".")
    assert files_of(app) == before


@pytest.mark.parametrize(
    "kind",
    ["application/json", "multipart/form-data", "multipart/form-data; boundary=", "", "a" * 1000],
)
def test_what_is_no_form_is_refused(app, kind):
    answer = sent(app, "/gradio_api/upload", b"--x\r\n\r\n", **{"content-type": kind})
    assert answer.status_code == 400
    assert "form field" in answer.text


@pytest.mark.parametrize(
    "name", ["../../evil.png", "/etc/evil.png", "a\\..\\evil.png", ".htaccess", "con\x01.png", "",
             "a" * 500 + ".png", "…", "<img src=x>.png", "图片.png", "-rf.png"]
)  # fmt: skip
async def test_files_are_named_by_the_app(app, name):
    async with visitor(app.url) as http:
        answer = await http.post("/gradio_api/upload", files={"files": (name or "x", b"a")})
        path = Path(answer.json()[0])
        assert path.is_relative_to(app.files)
        assert len(path.name) <= 120
        assert not set(path.name) & set('<>/\\\x01"')


async def test_a_broken_off_upload_leaves_nothing(app):
    before = files_of(app)
    body, kind = form("files", b"a" * MB)
    host, port = app.url.removeprefix("http://").split(":")
    for cut in (100, 70_000, len(body) - 5):
        _, writer = await asyncio.open_connection(host, int(port))
        head = f"POST /gradio_api/upload HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\n"
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[:cut])
        await writer.drain()
        await asyncio.sleep(0.3)
        writer.close()
    await asyncio.sleep(0.5)
    assert files_of(app) == before


def test_what_one_visitor_uploads_in_an_hour_is_bounded(tmp_path):
    """Fifty pictures of the largest size, here of 1 MB."""
    with serving(tmp_path, MAX_UPLOAD_MB="1") as app:
        with httpx.Client(base_url=app.url) as http:
            body, kind = form("files", b"a" * (MB - 1000))
            headers = {"content-type": kind}
            codes = [
                http.post("/gradio_api/upload", content=body, headers=headers).status_code
                for _ in range(55)
            ]
        assert codes.count(200) in (50, 51)
        assert set(codes[51:]) == {429}
        assert asyncio.run(other_visitor_uploads(app))


async def other_visitor_uploads(app: App) -> bool:
    async with visitor(app.url, 2) as http:
        body, kind = form("files", b"a")
        headers = {"content-type": kind}
        return (await http.post("/gradio_api/upload", content=body, headers=headers)).is_success


def noise(side: int) -> bytes:
    """A PNG that can't be made smaller."""
    data = io.BytesIO()
    Image.effect_noise((side, side), 90).save(data, "PNG", compress_level=0)
    return data.getvalue()


async def flood(app: App) -> None:
    """All at once what used to fill memory and disk."""
    picture = base64.b64encode(noise(3800)).decode()  # 19 MB of Base64
    data_url = {"url": f"data:image/png;base64,{picture}", "meta": META}
    described = json.dumps({"data": [data_url, "short", ""]}).encode()
    text = json.dumps({"data": ["a" * (15 * MB)]}).encode()
    token = json.dumps({"data": [], "oauth_token": "hf_" + "a" * (4 * MB)}).encode()
    message = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "a" * (3 * MB)}).encode()
    part, kind = form("text", b"a" * (19 * MB), None)
    async with (
        visitor(app.url, 2) as one,
        visitor(app.url, 3) as other,
        visitor(app.url, 4) as third,
    ):
        work = []
        for http in (one, other, third):
            for _ in range(6):
                work += [
                    post(http, "/gradio_api/call/caption", described, answered=True),
                    post(http, "/gradio_api/call/caption", text),
                    post(http, "/gradio_api/call/ask", text),
                    post(http, "/gradio_api/call/status", token),
                    post(http, "/gradio_api/mcp/", message),
                    post(http, "/gradio_api/upload", part, kind),
                    post(http, "/login", part, kind),
                    post(http, "/gradio_api/component_server", text),
                ]
        await asyncio.gather(*work)


async def post(
    http: httpx.AsyncClient,
    path: str,
    body: bytes,
    kind: str = "application/json",
    *,
    answered: bool = False,
) -> None:
    """Send a body in pieces: what is left of a large one asyncio copies whenever some has gone."""

    async def sent_in_pieces():
        for start in range(0, len(body), MB // 8):
            yield body[start : start + MB // 8]

    headers = {"content-type": kind, "content-length": str(len(body))}
    with suppress(httpx.HTTPError):  # it was cut off
        answer = await http.post(path, content=sent_in_pieces(), headers=headers)
        if answered and answer.is_success:
            await http.get(f"{path}/{answer.json()['event_id']}")


def test_a_flood_of_large_bodies_fills_neither_memory_nor_disk(tmp_path):
    with serving(tmp_path) as app:
        process = psutil.Process(app.process.pid)
        peak = Peak(process)
        asyncio.run(peak.during(flood(app)))
        assert peak.megabytes < 600
        kept = sum(path.stat().st_size for path in files_of(app))
        assert kept < 400 * MB
        log = app.log.read_text()
        assert len(log) < 100_000
        assert "aaaaaaaaaaaaaaaaaaaaaaaa" not in log


class Peak:
    """The most memory that a process takes while something runs."""

    def __init__(self, process: psutil.Process) -> None:
        self._process = process
        self.megabytes = 0.0

    async def during(self, work) -> None:
        running = asyncio.ensure_future(work)
        while not running.done():
            self.megabytes = max(self.megabytes, self._process.memory_info().rss / MB)
            await asyncio.sleep(0.01)
        await running


async def test_a_body_that_drips_is_given_up(monkeypatch):
    monkeypatch.setattr(bodies, "SECONDS", 0.2)
    dripping: asyncio.Queue[int] = asyncio.Queue()

    async def receive():
        await asyncio.sleep(0.1)
        await dripping.put(1)
        return {"type": "http.request", "body": b"a", "more_body": True}

    scope = {"method": "POST", "headers": [(b"content-length", b"100")]}
    with pytest.raises(Problem) as caught:
        async with bodies.Bodies(settings()).read(scope, receive, "call"):
            pass
    assert caught.value.name == "request_too_slow"
    assert dripping.qsize() < 4


def test_everything_grows_old(tmp_path):
    store = Store(tmp_path / "files")
    old, kept = store.new() / "old.png", store.new() / "kept.png"
    for path in (old, kept):
        path.write_bytes(b"a")
    stray = store.root / "tmpabc"
    stray.write_bytes(b"a")
    store.sweep(lambda: {str(kept)}, age=-1)
    assert not old.exists()
    assert not stray.exists()
    assert kept.exists()
    store.sweep(lambda: {str(kept)}, age=-1)
    assert [p.name for p in store.root.iterdir()] == [kept.parent.name]


def test_the_oldest_go_first_when_there_is_too_much(tmp_path, monkeypatch):
    monkeypatch.setattr("describe_draw.store.MOST", 25)
    store = Store(tmp_path / "files")
    paths = [store.new() / f"{number}.png" for number in range(4)]
    for path in paths:
        path.write_bytes(b"a" * 10)
        time.sleep(0.01)
    store.sweep()
    assert [path.exists() for path in paths] == [False, False, True, True]


async def test_a_data_url_costs_its_file_and_no_more(app):
    before = len(files_of(app))
    async with visitor(app.url) as http:
        named = {"url": "data:image/png;base64," + base64.b64encode(noise(64)).decode()}
        assert (await called(http, "caption", named, "short", ""))[0] == "complete"
        picture = await upload(http)
        assert (await called(http, "caption", picture, "short", ""))[0] == "complete"
    assert len(files_of(app)) == before + 2


async def test_while_the_disk_is_nearly_full_nothing_comes_in_by_any_way(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    monkeypatch.setattr("describe_draw.store.ROOM", 10**18)
    data = {"url": "data:image/png;base64," + base64.b64encode(noise(8)).decode()}
    with page_of() as url:
        async with visitor(url) as http:
            for named in (data, {"path": "https://example.com/cat.jpg"}):
                event, said = await called(http, "caption", named, "short", "")
                assert (event, said["error"][:31]) == ("error", "The server is out of disk space")
            drawn = await called(http, "draw", "a dog", "", 4, 1, 64, 64, 1, "")
            assert drawn[0] == "error"
            assert (await http.post("/gradio_api/upload", files={"files": b"a"})).status_code == 507
