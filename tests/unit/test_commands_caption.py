"""`describe-draw caption`, as people and scripts run it."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from describe_draw.commands import main
from describe_draw.commands.beside import Texts
from describe_draw.commands.paths import Found, pieces
from describe_draw.problems import Problem
from tests.apis import ModelServer
from tests.support import EXAMPLES, ROOT
from tests.waiting import wait_until

AT_ONCE = 2


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """The folder in which the command runs, which finds the built-in engine."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ENGINE", "builtin")
    return tmp_path


def cat(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((EXAMPLES / "cat.jpg").read_bytes())


def dots(folder, count):
    """Small pictures, no two alike."""
    folder.mkdir(exist_ok=True)
    for number in range(count):
        Image.new("RGB", (16, 16), (number * 6, 255 - number * 6, number * 37 % 256)).save(
            folder / f"{number:03}.png"
        )


def rows(text):
    return [json.loads(line) for line in text.splitlines()]


def test_a_line_for_each_picture(here, capsys):
    cat(here / "a" / "cat.jpg")
    assert main(["caption", "a"]) == 0
    assert capsys.readouterr() == (f"{Path('a', 'cat.jpg')}\ta cat\n", "")


def test_files_folders_globs_lists_and_zips(here, capsys, monkeypatch):
    for name in ("x/deep/one.jpg", "x/.hidden.jpg", "x/Thumbs.db", "[1].jpg", "g/two.jpg"):
        cat(here / name)
    with zipfile.ZipFile(here / "three.zip", "w") as file:
        file.write(here / "[1].jpg", "in/side.jpg")
    listed = io.TextIOWrapper(io.BytesIO(b"g/two.jpg\ng/two.jpg\n"))
    monkeypatch.setattr(sys, "stdin", listed)
    assert main(["caption", "--json", "three.zip", "x", "[1].jpg", "**/t*.jpg", "-"]) == 0
    said = [row["file_name"].replace(os.sep, "/") for row in rows(capsys.readouterr().out)]
    assert said == ["three.zip/in/side.jpg", "x/deep/one.jpg", "[1].jpg", "g/two.jpg"]


def hostile(folder):
    """Thirty files that no caption can be had for."""
    whole = (EXAMPLES / "cat.jpg").read_bytes()
    for number in range(9):
        (folder / f"cut-{number}.jpg").write_bytes(whole[: 2000 + number])
        (folder / f"none-{number}.png").write_bytes(b"nothing" * number)
        (folder / f"notes-{number}.pdf").write_bytes(b"%PDF-1.7\n")
    broken = b"PK\3\4" + bytes(50)
    (folder / "broken.zip").write_bytes(broken)
    with zipfile.ZipFile(folder / "outside.zip", "w") as file:
        file.writestr("../../outside.png", whole)
    with zipfile.ZipFile(folder / "nested.zip", "w") as file:
        file.writestr("inner.zip", broken)


def test_every_good_picture_is_captioned_and_every_bad_file_named(here, capsys):
    dots(here / "mixed", 30)
    hostile(here / "mixed")
    assert main(["caption", "mixed", "--json"]) == 1
    said = rows(capsys.readouterr().out)
    good = [row for row in said if "caption" in row]
    bad = [row for row in said if "problem" in row]
    assert (len(good), len(bad)) == (30, 30)
    assert {row["file_name"].replace(os.sep, "/") for row in good} == {
        f"mixed/{number:03}.png" for number in range(30)
    }
    assert not (here.parent / "outside.png").exists()


def test_a_failure_is_told_with_its_reason(here, capsys):
    assert main(["caption", "nix.jpg", "--json"]) == 1
    (row,) = rows(capsys.readouterr().out)
    assert row == {"file_name": "nix.jpg", "problem": Problem("no_such_file").sentence()}


@pytest.mark.parametrize(
    "words",
    [
        ["--style", "rhyme"],
        ["--language", "klingon"],
        ["--model", "nobody/knows"],
        ["--out", "captions.txt"],
        ["--at-once", "0"],
        ["--txt", "--along", "append"],
    ],
)
def test_wrong_use_asks_nobody(here, words, capsys):
    cat(here / "cat.jpg")
    assert main(["caption", "cat.jpg", *words]) == 2
    assert "error: " in capsys.readouterr().err


def test_a_folder_without_pictures_is_a_wrong_use(here, capsys):
    (here / "empty").mkdir()
    assert main(["caption", "empty"]) == 2
    assert "there are no pictures" in capsys.readouterr().err


def test_texts_lie_beside_their_pictures_and_keep_them_from_being_asked_about(here, capsys):
    cat(here / "photos" / "cat.jpg")
    assert main(["caption", "photos", "--txt", "--trigger", "sks"]) == 0
    text = here / "photos" / "cat.txt"
    assert text.read_text() == "sks, a cat\n"
    text.write_text("my own words")
    assert main(["caption", "photos", "--txt", "--json"]) == 0
    assert rows(capsys.readouterr().out)[-1]["caption"] == "my own words"


def test_a_text_is_no_picture_when_its_picture_is_done(here, capsys):
    cat(here / "photos" / "cat.jpg")
    Image.new("RGB", (16, 16)).save(here / "photos" / "cat.png")
    for _ in range(2):
        assert main(["caption", "photos", "--txt", "--out", "c.jsonl", "--along", "append"]) == 0
    assert (here / "photos" / "cat.txt").read_text() == "a cat\n"
    assert (here / "photos" / "cat.png.txt").exists()
    (here / "photos" / "cat.txt").unlink()
    assert main(["caption", "photos", "--txt", "--out", "c.jsonl"]) == 0
    assert (here / "photos" / "cat.txt").read_text() == "a cat\n"
    assert "2 captioned, 2 of them before" in capsys.readouterr().err


def test_what_is_no_picture_takes_no_pictures_text(here):
    cat(here / "photos" / "cat.jpg")
    (here / "photos" / "cat.doc").write_text("a letter")
    assert main(["caption", "photos", "--txt", "--out", "done"]) == 1
    assert [path.name for path in (here / "done").glob("*.txt")] == ["cat.txt"]


def test_a_folder_has_lines_a_table_and_texts(here):
    cat(here / "photos" / "deep" / "cat.jpg")
    assert main(["caption", "photos", "--txt", "--out", "done"]) == 0
    assert (here / "done" / "deep" / "cat.txt").read_text() == "a cat\n"
    assert rows((here / "done" / "captions.jsonl").read_text())[0]["caption"] == "a cat"
    assert (here / "done" / "captions.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_pictures_that_differ_in_their_endings_have_a_text_each():
    texts = Texts(None)
    assert texts.place("a/cat.jpg", "cat.jpg").name == "cat.txt"
    assert texts.place("a/cat.png", "cat.png").name == "cat.png.txt"


def test_captions_that_came_along_are_kept_or_worded(here):
    cat(here / "photos" / "cat.jpg")
    (here / "photos" / "cat.txt").write_text("Tom")
    for along, said in (("keep", "Tom"), ("append", "Tom, a cat"), ("replace", "a cat")):
        out = f"{along}.jsonl"
        assert main(["caption", "photos", "--out", out, "--along", along]) == 0
        assert rows((here / out).read_text())[0]["caption"] == said


def test_rows_are_in_the_order_given_whichever_run_they_are_of(here):
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        cat(here / "photos" / name)
    assert main(["caption", str(Path("photos", "b.jpg")), "--out", "c.jsonl"]) == 0
    assert main(["caption", "photos", "--out", "c.jsonl"]) == 0
    names = [Path(row["file_name"]).name for row in rows((here / "c.jsonl").read_text())]
    assert names == ["a.jpg", "b.jpg", "c.jpg"]


def test_wording(here):
    cat(here / "my cat.jpg")
    words = ["--prefix", "{name}:", "--suffix", "indoors", "--leave-out", "a,the"]
    assert main(["caption", "my cat.jpg", "--out", "c.jsonl", *words]) == 0
    (row,) = rows((here / "c.jsonl").read_text())
    assert (row["caption"], row["said"]) == ("my cat: cat indoors", "a cat")


def test_a_table_is_safe_and_gone_on_with(here):
    """OWASP, CSV injection: a quote before these signs; Excel knows UTF-8 by its mark."""
    cat(here / "-cat.jpg")
    cat(here / "other.jpg")
    assert main(["caption", "--out", "c.csv", "--prefix", "=", "--", "-cat.jpg"]) == 0
    text = (here / "c.csv").read_text("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["file_name"], row["caption"]) == ("'-cat.jpg", "'= a cat")
    (here / "c.csv").write_text(text.replace("a cat", "a dog"), "utf-8-sig")
    assert main(["caption", "--out", "c.csv", "--", "-cat.jpg", "other.jpg"]) == 0
    first, second = csv.DictReader(io.StringIO((here / "c.csv").read_text("utf-8-sig")))
    assert (first["caption"], second["caption"]) == ("'= a dog", "a dog")  # it is the same picture
    assert not (here / "c.csv.part").exists()


@pytest.mark.parametrize(
    ("name", "content"), [("mine.jsonl", '{"name": 1}\n'), ("mine.csv", "a,b\n1,2\n")]
)
def test_a_file_of_something_else_is_left_as_it_is(here, name, content, capsys):
    cat(here / "cat.jpg")
    (here / name).write_text(content)
    assert main(["caption", "cat.jpg", "--out", name]) == 2
    assert (here / name).read_text() == content
    assert "name another file" in capsys.readouterr().err


def test_no_picture_is_parted_from_its_text():
    files = [Found(*2 * [path]) for n in range(700) for path in _named(f"{n:03}")]
    parts = list(pieces(files))
    assert sum(map(len, parts)) == len(files)
    assert all(part[0].path.suffix == ".jpg" for part in parts)
    assert len(parts) > 1


def _named(stem):
    return [Path(f"{stem}{ending}") for ending in (".jpg", ".png", ".txt")]


class Shell:
    """The command in a process of its own, whose captions a model server writes."""

    def __init__(self, server, folder):
        self._environment = {
            **os.environ,
            "ENGINE": "auto",
            "CAPTION_API_URL": f"{server.url}/describe_image",
        }
        self._words = [sys.executable, "-m", "describe_draw", "caption", "photos"]
        self._words += ["--at-once", str(AT_ONCE), "--out"]
        self._folder = folder

    def start(self, out):
        environment = self._environment | {"PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            [*self._words, out],
            cwd=self._folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


def lines_in(path):
    return path.read_bytes().count(b"\n") if path.exists() else 0


def asked(server):
    """The pictures that the server was asked about, as they came."""
    return [call.json["image"] for call in server.calls]


def hold_after(server, count):
    """Let a server answer so many calls, and hold the next."""

    def watch():
        wait_until(lambda: len(server.calls) >= count)
        server.holds = True

    threading.Thread(target=watch, daemon=True).start()


def interrupted(server, shell, out, journal):
    """A run in whose middle the server has fallen silent."""
    hold_after(server, 5)
    running = shell.start(out)
    wait_until(lambda: server.holds and len(server.calls) == lines_in(journal) + AT_ONCE)
    return running


@pytest.fixture
def server():
    with ModelServer() as running:
        yield running
        running.holds = False


def test_nothing_in_a_zip_is_asked_for_again(here, server, monkeypatch):
    dots(here / "photos", 3)
    with zipfile.ZipFile(here / "photos.zip", "w") as file:
        for path in sorted((here / "photos").iterdir()):
            file.write(path, path.name)
    monkeypatch.setenv("ENGINE", "auto")
    monkeypatch.setenv("CAPTION_API_URL", f"{server.url}/describe_image")
    words = ["caption", "photos.zip", "--out", "done", "--txt"]
    assert main([*words, "--prefix", "so:"]) == 0
    kept = (here / "done" / "captions.jsonl").read_text()
    assert main(words) == 0
    assert len(server.calls) == 3
    assert (here / "done" / "captions.jsonl").read_text() == kept
    texts = sorted((here / "done" / "photos").iterdir())
    assert [path.name for path in texts] == ["000.txt", "001.txt", "002.txt"]
    assert texts[0].read_text().startswith("so: ")


def test_an_instruction_has_each_files_name(here, server, monkeypatch):
    dots(here / "shop", 2)
    monkeypatch.setenv("ENGINE", "auto")
    monkeypatch.setenv("CAPTION_API_URL", f"{server.url}/describe_image")
    monkeypatch.setenv("CAPTION_API_REQUEST", '{"image": "{image}", "ask": "{prompt}"}')
    assert main(["caption", "shop", "--instruction", "Sell {name}."]) == 0
    assert {call.json["ask"] for call in server.calls} == {"Sell 000.", "Sell 001."}


def test_an_engine_that_takes_no_instruction_is_a_wrong_use(here, capsys):
    cat(here / "cat.jpg")
    assert main(["caption", "cat.jpg", "--instruction", "Is there a dog?"]) == 2
    assert "builtin takes no instruction" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("out", ["captions.jsonl", "captions.csv", "captions"])
def test_what_a_killed_run_had_is_never_asked_for_again(here, server, out):
    dots(here / "photos", 40)
    cat(here / "photos" / "first.jpg")
    cat(here / "photos" / "same.jpg")
    journal = {
        "captions.jsonl": here / "captions.jsonl",
        "captions.csv": here / "captions.csv.part",
        "captions": here / "captions" / "captions.jsonl",
    }[out]
    shell = Shell(server, here)
    running = interrupted(server, shell, out, journal)
    running.kill()
    running.communicate()
    had, first = lines_in(journal), asked(server)
    assert 0 < had < 40
    with journal.open("ab") as file:
        file.write(b'{"file_name": "photos/0')  # as a kill in the middle of writing leaves it
    server.reset()

    again = shell.start(out)
    assert again.communicate()[1].splitlines()[-1] == f"42 captioned, {had} of them before"
    assert again.returncode == 0
    second = asked(server)
    assert not set(first[:-AT_ONCE]) & set(second)  # the last had no answer yet
    assert len(set(second)) == len(second) == 41 - had  # two of 42 are the same
    final = here / ("captions/captions.jsonl" if out == "captions" else out)
    text = final.read_text("utf-8-sig")
    told = list(csv.DictReader(io.StringIO(text))) if out.endswith("csv") else rows(text)
    names = [row["file_name"] for row in told]
    assert names == sorted(names)
    assert len(names) == 42
    assert all(row["caption"] for row in told)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_whoever_ends_a_run_it_ends_in_order(here, server, monkeypatch, sent):
    monkeypatch.setenv("TMPDIR", str(here / "temporary"))
    (here / "temporary").mkdir()
    dots(here / "photos", 20)
    out = here / "captions.csv"
    running = interrupted(server, Shell(server, here), "captions.csv", here / "captions.csv.part")
    running.send_signal(sent)
    _, said = running.communicate()
    assert running.returncode == 130
    assert "Traceback" not in said
    had = len(list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig")))))
    assert had == len(server.calls) - AT_ONCE
    assert not (here / "captions.csv.part").exists()
    assert not list((here / "temporary").iterdir())
