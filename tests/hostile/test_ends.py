"""The app's end, a disk without room, and odd values: each in a sentence, and a line in the log."""

import asyncio
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import gradio as gr
import httpx
import pytest

from describe_draw.ui.page import build
from tests.standin import OPERATOR, StandIn, faults
from tests.support import ROOT, said, serving, settings, together, tracebacks
from tests.visitors import JSON, called, upload, visitor
from tests.waiting import until

SMALL = ("a dog", "", 4, 1, 64, 64, 1, "")
DEV = "black-forest-labs/FLUX.1-dev"


@pytest.fixture(scope="module")
def apps(running_standin: StandIn, tmp_path_factory):
    """One for each test that ends it, and `fragile`; all begin at once."""
    hub = running_standin.environment(OPERATOR)
    setups = {"sigterm": hub, "sigint": hub, "nearly": hub, "idle": {}, "fragile": {}}
    begun = {
        name: serving(tmp_path_factory.mktemp(name), **setup) for name, setup in setups.items()
    }
    with together(**begun) as apps:
        yield apps


async def test_told_to_stop_it_answers_what_runs_or_says_why_not(running_standin: StandIn, apps):
    """Told in either way, while a model hangs or the picture that it drew."""
    running_standin.reset()
    for route in ("together", "picture"):
        running_standin.script_always(route, faults.hangs())
    told = [
        stopped(apps["sigterm"], signal.SIGTERM, DEV, lambda: running_standin.calls_to("together")),
        stopped(apps["sigint"], signal.SIGINT, "", lambda: running_standin.calls_to("picture")),
    ]
    await asyncio.gather(*told)


async def stopped(app, number, model, hangs):
    """Tell an app to stop once a drawing hangs."""
    async with visitor(app.url) as http:
        picture = await upload(http)
        assert picture
        hanging = asyncio.create_task(called(http, "draw", *SMALL[:-1], model))
        await until(hangs)
        start = time.monotonic()
        app.process.send_signal(number)
        others = []

        async def refused():
            others.append(await called(http, "draw", *SMALL[:-1], "builtin"))
            return others[-1][0] == "error"

        await until(refused, 5)  # it looks once a second
        for event, said in (others[-1], await hanging):
            assert (event, said["error"]) == (
                "error",
                "The app is restarting: try again in a minute.",
            )
    assert await asyncio.to_thread(app.process.wait, 15) == 0
    assert time.monotonic() - start < 10  # then a container is killed
    assert [path for path in app.files.rglob("*") if path.is_file()] == []
    assert tracebacks(app) == 0


async def test_what_is_nearly_done_is_still_answered(running_standin: StandIn, apps):
    running_standin.reset()
    running_standin.script_always("fal", faults.slow(2.5))
    app = apps["nearly"]
    async with visitor(app.url) as http:
        running = asyncio.create_task(called(http, "draw", *SMALL))
        await until(lambda: running_standin.calls_to("fal"))
        app.process.terminate()
        assert (await running)[0] == "complete"
    assert await asyncio.to_thread(app.process.wait, 15) == 0


async def test_without_anything_to_do_it_stops_at_once(apps):
    app, start = apps["idle"], time.monotonic()
    app.process.terminate()
    assert await asyncio.to_thread(app.process.wait, 15) == 0
    assert time.monotonic() - start < 5
    assert list(app.files.iterdir()) == []


@pytest.fixture(scope="module")
def fragile(apps):
    """An app whose files, folder and log no other module's tests need."""
    return apps["fragile"]


NO_ROOM = "The server is out of disk space: try again in a few minutes."


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux limits other processes")
async def test_a_full_disk_ends_in_sentences_until_there_is_room_again(fragile):
    """As far as a process can tell: its files may not grow any more."""
    async with visitor(fragile.url) as http:
        picture = await upload(http)
        most = resource.prlimit(fragile.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(fragile.process.pid, resource.RLIMIT_FSIZE, (20_000, most[1]))
        answer = await http.post("/gradio_api/upload", files={"files": b"a" * 100_000})
        assert (answer.status_code, answer.text) == (507, NO_ROOM)
        large = ("a castle in a forest", "", 4, 1, 512, 512, 1, "")
        assert (await called(http, "draw", *large))[1]["error"] == NO_ROOM
        assert (await called(http, "play", picture, 1, 1))[1]["error"] == NO_ROOM
        data = {"url": "data:image/png;base64," + "aaaa" * 20_000}
        assert (await called(http, "caption", data, "short", ""))[1]["error"] == NO_ROOM
        assert (await called(http, "caption", picture, "short", ""))[0] == "complete"
        resource.prlimit(fragile.process.pid, resource.RLIMIT_FSIZE, most)
        assert (await called(http, "draw", *large))[0] == "complete"
        assert (await called(http, "play", await upload(http), 1, 1))[0] == "complete"
    assert "the temporary folder can't be written: File too large" in said(fragile)
    assert tracebacks(fragile) == 0


async def test_a_temporary_folder_that_is_gone_ends_in_sentences(fragile):
    async with visitor(fragile.url) as http:
        picture = await upload(http)
        (folder,) = fragile.files.iterdir()
        shutil.rmtree(folder)
        folder.write_bytes(b"")  # nobody can write in there, root neither
        answer = await http.post("/gradio_api/upload", files={"files": b"a"})
        assert (answer.status_code, answer.text) == (507, NO_ROOM)
        assert (await called(http, "draw", *SMALL))[1]["error"] == NO_ROOM
        told = (await called(http, "caption", picture, "short", ""))[1]["error"]
        assert told == "This picture is not available: upload it again."
        folder.unlink()
        folder.mkdir()
        assert (await called(http, "draw", *SMALL))[0] == "complete"
        assert (await called(http, "caption", await upload(http), "short", ""))[0] == "complete"
    assert tracebacks(fragile) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="where /proc is")
def test_a_folder_that_can_not_be_written_stops_the_start_with_one_line():
    done = subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env={**os.environ, "GRADIO_TEMP_DIR": "/proc/nowhere"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("GRADIO_TEMP_DIR: files can't be written there (")
    assert len(done.stderr.strip().splitlines()) == 1


async def test_an_upload_that_is_gone_ends_in_a_sentence(app):
    async with visitor(app.url) as http:
        picture = await upload(http)
        Path(picture["path"]).unlink()
        for endpoint, more in {"caption": ("short", ""), "play": (1, 1), "read_recipe": ()}.items():
            event, said = await called(http, endpoint, picture, *more)
            assert (event, said["error"].endswith("upload it again.")) == ("error", True)


@pytest.mark.parametrize("position", [0, 1, 7])
@pytest.mark.parametrize(
    "text", ["\ud800", "a dog \udfff", "\0", "a\0b", "\ufffe", "\u202edog", "\x1b[2J"]
)
async def test_odd_texts_end_in_an_answer_or_a_sentence(app, position, text):
    data = [*SMALL]
    data[position] = text
    async with visitor(app.url) as http:
        event, said = await called(http, "draw", *data)
    assert event == "complete" or said["error"].endswith(".")
    assert tracebacks(app) == 0


@pytest.mark.parametrize(
    "token", ["hf_é", "hf_a b", "hf_" + "a" * 5000, "hf_\n", "hf_\ud800", "hf_"]
)
async def test_a_token_of_other_letters_is_not_valid(app, token):
    async with visitor(app.url) as http:
        for endpoint, data in {"draw": SMALL, "status": (), "ask": ("hello",)}.items():
            event, said = await called(http, endpoint, *data, oauth_token=token)
            assert event == "error", endpoint
            assert said["error"].startswith("Your Hub token is not valid")


ODD = "x" * 300_000
REFUSED: list[tuple[str, list[Any]]] = [
    ("caption", [{"path": ODD}, "short", ""]),
    ("caption", [None, ODD, ""]),
    ("caption", [None, "short", ODD]),
    ("caption", [ODD]),
    ("caption", []),
    ("caption", [None] * 50),
    ("draw", [ODD, ODD, ODD, ODD, ODD, ODD, ODD, ODD]),
    ("draw", ["a dog", "", "many", 7, 64, 64, 1, ""]),
    ("draw", ["a dog", "", 10**400, 7, 64, 64, 1, ""]),
    ("draw", ["a dog", "", float("nan"), 7, 64, 64, 1, ""]),
    ("draw", ["a dog", "", True, 7, 64, 64, 1, ""]),
    ("play", [None, ODD, 1]),
    ("play", [None, 1e999, 1]),
    ("read_recipe", [{"path": "/etc/passwd"}]),
    ("nothing", [1]),
    ("status", [1, 2, 3]),
]


async def test_a_refused_call_is_a_short_line_in_the_log_and_a_sentence_to_the_caller(fragile):
    async with visitor(fragile.url) as http:
        for name, data in REFUSED:
            event, told = await called(http, name, *data)
            assert event in ("error", "refused"), name
            assert (told["error"] or "").endswith(".") or event == "refused"
        bodies = [
            "",
            "[]",
            "{",
            '{"data": 1}',
            "null",
            '{"data": [' + "[" * 50_000,
            "\xff",
            ODD,
        ]
        for body in bodies:
            for path in ("call/caption", "call/v2/caption", "queue/join", "cancel", "run/x"):
                await http.post(f"/gradio_api/{path}", content=body.encode("latin-1"), headers=JSON)
        for number in range(200):
            odd = {"data": [], "fn_index": number - 50, "session_hash": "a"}
            await http.post("/gradio_api/queue/join", json=odd)
    log = said(fragile)
    assert tracebacks(fragile) == 0
    assert "xxxxxxxx" not in log
    assert max(map(len, log.splitlines())) < 1000


async def test_whatever_goes_wrong_in_the_house_is_a_line_and_a_sentence(monkeypatch, caplog):
    demo = build(settings())

    async def breaks(*_, **__):
        raise RuntimeError("secret details")

    monkeypatch.setattr(demo, "call_function", breaks)
    status = next(fn for fn in demo.fns.values() if fn.api_name == "status")
    with pytest.raises(gr.Error, match="Something went wrong") as caught:
        await demo.process_api(block_fn=status, inputs=[])
    assert "secret" not in str(caught.value)
    assert "secret" not in caplog.text
    assert caught.value.print_exception is False


def test_a_request_that_breaks_the_server_is_answered_with_a_sentence(app):
    answer = httpx.get(f"{app.url}/gradio_api/queue/data")  # without a session
    assert answer.status_code == 400
    answer = httpx.get(f"{app.url}/gradio_api/file=%00")
    assert answer.status_code in (403, 404, 500)
    assert json.loads(answer.text)
