"""/caption_many, called as programs call it."""

import csv
import io
import json
import time
import zipfile
from typing import Any

import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from PIL import Image

from describe_draw.ui.desk import EACH
from describe_draw.ui.many_api import PACE
from tests.served.test_endpoints import BROKEN, FINE, animated, png
from tests.support import EXAMPLES, Puppet, page_of, tracebacks
from tests.unit.test_batch_sources import JUNK, ODD, overlapping, with_flag, zipped
from tests.visitors import called, upload, visitor
from tests.waiting import until, wait_until

META = {"_type": "gradio.FileData"}
PHOTOS = ("cat", "coffee", "rocket", "astronaut")


@pytest.fixture(scope="module")
def client(app):
    return Client(app.url, verbose=False)


def many(client, *paths, **options):
    """All tables that came, and the zip."""
    files = [handle_file(path) for path in paths]
    job = client.submit(files, api_name="/caption_many", **options)
    rows, path = job.result()
    with zipfile.ZipFile(path) as kept:
        return (
            [table for table, _ in job.outputs()],
            rows,
            {n: kept.read(n) for n in kept.namelist()},
        )


def test_the_photos_are_described_in_the_order_given(client):
    tables, rows, kept = many(client, *(EXAMPLES / f"{name}.jpg" for name in PHOTOS))
    assert [(row["index"], row["file_name"]) for row in rows] == [
        (n, f"{name}.jpg") for n, name in enumerate(PHOTOS)
    ]
    for row, word in zip(rows, ("cat", "espresso", "rocket", "person"), strict=True):
        assert word in row["caption"]
        assert row["problem"] == ""
    assert all(table == rows[: len(table)] for table in tables)
    assert kept["train/cat.txt"].decode() == rows[0]["caption"] + "\n"
    assert kept["train/cat.jpg"] == (EXAMPLES / "cat.jpg").read_bytes()


def test_style_and_language_are_those_of_caption(client):
    photo = EXAMPLES / "coffee.jpg"
    options = {"style": "tags", "language": "zh"}
    _, (row,), _ = many(client, photo, **options)
    assert row["caption"] == client.predict(handle_file(photo), api_name="/caption", **options)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"style": "poem"}, "style is not available: choose one of short"),
        ({"model": "somebody/else"}, "model is not available: choose one of builtin"),
        ({"language": "elvish"}, "can't be written in this language"),
    ],
)
def test_what_is_not_there_is_refused_before_anything_is_asked(client, options, says):
    with pytest.raises(AppError, match=says):
        many(client, EXAMPLES / "cat.jpg", **options)


def test_no_files_end_in_a_sentence(client):
    with pytest.raises(AppError, match="no pictures yet"):
        client.predict([], api_name="/caption_many")


def of_its_own(number):
    """A picture that no other equals."""
    data = io.BytesIO()
    Image.new("RGB", (40 + number, 30), (number, 90, 200 - number)).save(data, "PNG")
    return data.getvalue()


def mixed(folder):
    """60 files of every kind; the names of those that can be described, and of all others."""
    link = zipfile.ZipInfo("link.png")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    good = {f"photo {n}.png": of_its_own(n) for n in range(18)}
    zipped_good = {f"a/b/deep {n}.png": of_its_own(20 + n) for n in range(10)}
    bad = {
        **{name: content for name, (content, _) in BROKEN.items()},
        "letter.docx": zipped({"word/document.xml": b"<w/>"}),
        "notes.txt": b"to do",
        "overlapping.zip": overlapping(),
        "cut.zip": zipped({"a.png": png()})[:-9],
        "movie.mp4": b"\0\0\0\x18ftypmp42" + b"\0" * 100,
    }
    zipped_bad = {
        **dict.fromkeys(ODD, png()),
        link: b"/etc/passwd",
        "inner.zip": zipped({"cat.png": png()}),
        "zeros.png": b"\0" * 30 * 1024**2,
    }
    archives = {
        "good.zip": zipped({**zipped_good, **dict.fromkeys(JUNK, b"junk")}),
        "bad.zip": zipped(zipped_bad, compression=zipfile.ZIP_DEFLATED),
        "secret.zip": with_flag(zipped({"secret.png": png()}), "secret.png", 1),
    }
    paths = []
    for name, content in {**FINE, **good, **bad, **archives, "last.webp": animated("WEBP")}.items():
        paths.append(folder / name)
        paths[-1].write_bytes(content)
    called_good = {*FINE, *good, *zipped_good, "last.webp"}
    called_bad = {*bad, "secret.png", "link.png", "inner.zip", "zeros.png"}
    assert len(called_good) + len(called_bad) + len(ODD) == 60
    return paths, called_good, called_bad


def test_of_a_mixed_folder_every_good_one_is_captioned_and_every_bad_one_named(
    app, client, tmp_path
):
    paths, good, bad = mixed(tmp_path)
    _, rows, kept = many(client, *paths)
    by_name = {row["file_name"]: row for row in rows}
    assert len(by_name) == len(rows) == 60
    assert {name for name, row in by_name.items() if row["caption"]} == good
    assert {name for name, row in by_name.items() if row["problem"]} > bad
    assert all(row["problem"].endswith(".") for row in rows if not row["caption"])
    for name, (_, says) in BROKEN.items():
        assert says in by_name[name]["problem"]
    listed = [*csv.DictReader(io.StringIO(kept["captions.csv"].decode("utf-8-sig")))]
    assert [row["file_name"] for row in listed] == [row["file_name"] for row in rows]
    told = [json.loads(line) for line in kept["train/metadata.jsonl"].decode().splitlines()]
    assert [one["text"] for one in told] == [row["caption"] for row in rows if row["caption"]]
    assert {f"train/{one['file_name']}" for one in told} <= kept.keys()
    assert tracebacks(app) == 0
    assert not [*app.files.rglob("0*.png")]  # what was unpacked is gone


async def test_no_file_of_the_servers_is_read(app, tmp_path):
    secret = tmp_path / "scan.jpg"
    secret.write_bytes((EXAMPLES / "cat.jpg").read_bytes())
    ways = [
        {"path": str(secret), "meta": META},
        {"path": str(secret), "meta": META, "orig_name": "../../x\u202egpj.exe"},
        {"url": f"file://{secret}"},
        {"url": f"/gradio_api/file={secret}"},
        str(secret),
        {"path": "/proc/self/environ", "meta": META},
        {"url": "http://127.0.0.1/scan.jpg", "meta": META},
        None,
        7,
        [],
        {},
    ]
    async with visitor(app.url) as http:
        event, (rows, _) = await called(http, "caption_many", [*ways, await upload(http)])
    assert event == "complete"
    assert [row["file_name"] for row in rows[:2]] == ["scan.jpg", "x_gpj.exe"]
    assert [bool(row["caption"]) for row in rows] == [False] * len(ways) + [True]
    assert all(row["problem"].endswith(".") for row in rows[:-1])


async def test_pictures_may_be_sent_along(app):
    data = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    data += "YPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
    async with visitor(app.url) as http:
        event, (rows, _) = await called(http, "caption_many", [{"url": data}, data])
    assert event == "complete"
    assert [row["file_name"] for row in rows] == ["picture", "picture (2)"]
    assert all(row["caption"] for row in rows)


async def test_odd_values_end_in_a_sentence(app):
    values: tuple[Any, ...] = (7, {}, "x" * 5000, {"path": ["a"]}, [[[]]])
    async with visitor(app.url) as http:
        for odd in values:
            event, said = await called(http, "caption_many", odd)
            assert event == "complete" or said["error"].endswith(".")
        event, said = await called(http, "caption_many", [{}] * 600)
        assert "at most 500 files" in said["error"]
    assert tracebacks(app) == 0


def pictures(folder, count):
    for number in range(count):
        (folder / f"{number}.png").write_bytes(of_its_own(number))
    return [handle_file(folder / f"{number}.png") for number in range(count)]


def test_a_cancelled_job_leaves_nothing_running(tmp_path):
    slow = Puppet(seconds=60)
    with page_of(slow) as url:
        client = Client(url, verbose=False)
        job = client.submit(pictures(tmp_path, 20), api_name="/caption_many")
        wait_until(lambda: slow.begun == 8)
        job.cancel()
        wait_until(lambda: slow.cancelled == 8)
        assert slow.begun == 8


def test_rows_come_while_others_are_waited_for_and_not_too_often(tmp_path):
    slow = Puppet(seconds=0.2)
    with page_of(slow, concurrency=4) as url:
        client = Client(url, verbose=False)
        start = time.monotonic()
        job = client.submit(pictures(tmp_path, 20), api_name="/caption_many")
        rows, _ = job.result()
        took = time.monotonic() - start
        lengths = [len(table) for table, _ in job.outputs()]
    assert len(rows) == 20
    assert lengths == sorted(lengths)
    assert 2 < len(lengths) <= 3 + took / PACE
    assert len({row["caption"] for row in rows}) == 1


async def test_who_brings_many_keeps_nobody_waiting(tmp_path):
    slow = Puppet(seconds=0.1)
    with page_of(slow, concurrency=1, remember=False) as url:
        client = Client(url, verbose=False)
        job = client.submit(pictures(tmp_path, 40), api_name="/caption_many")
        await until(lambda: slow.begun >= 2)
        async with visitor(url, 2) as http:
            before = slow.begun
            event, _ = await called(http, "caption", await upload(http), "short", "")
            assert event == "complete"
            assert slow.begun - before < 8  # its own, and what was asked while it came in
        assert not job.done()
        job.cancel()


def test_a_visitor_has_few_runs_at_once(tmp_path):
    """Each may fill a part of the disk."""
    slow = Puppet(seconds=60)
    with page_of(slow) as url:
        client = Client(url, verbose=False)
        files = pictures(tmp_path, 2)
        jobs = [client.submit(files, api_name="/caption_many") for _ in range(2 * EACH + 1)]
        wait_until(lambda: any(job.done() for job in jobs))
        (refused,) = (job for job in jobs if job.done())
        assert "already have 4 calls" in str(refused.exception())
        for job in jobs:
            job.cancel()
        wait_until(lambda: slow.cancelled == slow.begun)
