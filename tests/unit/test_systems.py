"""What macOS and Windows do otherwise, as far as another system can play it."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from describe_draw import store
from describe_draw.ending import told_to_stop
from describe_draw.gate.uploads import _safe
from describe_draw.serving import CONNECTIONS, _allow_connections
from describe_draw.store import Store
from tests import visitors
from tests.support import ROOT

NO_POSIX = """
import os, sys, tempfile
for name in ("fcntl", "grp", "pwd", "resource", "uvloop"):
    sys.modules[name] = None
for name in ("sched_getaffinity", "killpg", "fork", "getuid", "geteuid"):
    if hasattr(os, name):
        delattr(os, name)
import app
from gradio_client import Client, handle_file
from describe_draw.ui.page import launch
launch(app.demo, app.settings, quiet=True)
client = Client(app.demo.local_url, verbose=False)
print(client.predict(handle_file("examples/cat.jpg"), api_name="/caption"))
print(client.predict("a dog", width=64, height=64, api_name="/draw"))
os._exit(0)
"""


@pytest.mark.slow
def test_it_serves_without_what_only_posix_systems_have(tmp_path):
    done = subprocess.run(
        [sys.executable, "-u", "-c", NO_POSIX],
        cwd=ROOT,
        env={**os.environ, "GRADIO_TEMP_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    said = done.stdout + done.stderr
    assert re.search(r"^[\w ,]*\bcat\b[\w ,]*\n.*\.png$", done.stdout, re.MULTILINE), said


@pytest.mark.parametrize(("most", "allowed"), [(10_240, 8192), (CONNECTIONS, CONNECTIONS)])
def test_as_many_connections_are_allowed_as_the_system_lets(monkeypatch, most, allowed):
    limits = (256, 2**63 - 1)

    def setrlimit(_: int, wanted: tuple[int, int]) -> None:
        nonlocal limits
        if wanted[0] > most:  # macOS allows less than getrlimit says
            raise ValueError("current limit exceeds maximum limit")
        limits = wanted

    played = SimpleNamespace(
        RLIMIT_NOFILE=8, RLIM_INFINITY=2**63 - 1, getrlimit=lambda _: limits, setrlimit=setrlimit
    )
    monkeypatch.setitem(sys.modules, "resource", played)
    _allow_connections()
    assert limits == (allowed, 2**63 - 1)


def test_no_limit_is_raised_where_none_can_be(monkeypatch):
    monkeypatch.setitem(sys.modules, "resource", None)
    _allow_connections()


@pytest.mark.skipif(not hasattr(signal, "SIGUSR1"), reason="which plays the part of SIGBREAK")
def test_closing_the_console_on_windows_ends_the_app(monkeypatch):
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    monkeypatch.setattr(signal, "SIGBREAK", signal.SIGUSR1, raising=False)
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    try:
        told = told_to_stop()
        assert not told.is_set()
        signal.raise_signal(signal.SIGUSR1)
        assert told.is_set()
    finally:
        for number, handler in {**before, signal.SIGUSR1: signal.SIG_DFL}.items():
            signal.signal(number, handler)


def test_a_file_that_is_open_stays_until_it_can_be_removed(tmp_path, monkeypatch):
    files = Store(tmp_path / "files")
    paths = [files.new() / name for name in ("one.png", "open.png", "two.png")]
    for path in paths:
        path.write_bytes(b"a")
    remove: Any = Path.unlink

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if path.name == "open.png":
            raise PermissionError(13, "it is being used by another process")
        remove(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    files.sweep(age=-1)
    assert [path.exists() for path in paths] == [False, True, False]
    monkeypatch.undo()
    files.sweep(age=-1)
    assert not paths[1].exists()


@pytest.mark.parametrize(
    "path", ["//evil.example/share/a.png", "\\\\evil.example\\share\\a.png", "/dev/tty", "a.png"]
)
def test_a_path_elsewhere_is_not_even_looked_at(tmp_path, monkeypatch, path):
    files = Store(tmp_path / "files")
    monkeypatch.setattr(Path, "resolve", lambda *_, **__: pytest.fail("it was looked at"))
    assert files.held(path) is None
    assert files.held(f"{files.root}/../../{path}") is None


def test_the_folder_for_files_is_known_by_its_own_name(tmp_path, monkeypatch):
    """As on macOS, where the way to temporary files leads through a link."""
    (tmp_path / "real").mkdir()
    try:
        (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    except OSError:
        pytest.skip("this user may make no links")
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "link"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    folder = store.private()
    assert folder.parent == tmp_path / "real"
    assert os.environ["GRADIO_TEMP_DIR"] == tempfile.tempdir == str(folder)


@pytest.mark.parametrize("name", ["con.png", "NUL", "Aux.tar.gz", "com1", "lpt9.x.png", "COM¹.png"])
def test_no_file_is_named_as_a_device_of_windows(name):
    assert _safe(name) == f"_{name}"


@pytest.mark.parametrize("name", ["cone.png", "com10.png", "null.png", "a.con.png"])
def test_other_files_keep_their_names(name):
    assert _safe(name) == name


@pytest.mark.slow
def test_where_text_has_few_characters_the_check_still_ends():
    done = subprocess.run(
        [sys.executable, "-m", "describe_draw", "check"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "a picture of 512 ? 512 pixels" in done.stdout, done.stderr
    assert done.returncode == 0


def test_who_needs_addresses_that_a_machine_lacks_is_skipped(monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(49, "Can't assign requested address")

    monkeypatch.setattr(socket, "create_server", refuse)
    visitors._is_here.cache_clear()
    try:
        with pytest.raises(pytest.skip.Exception, match=r"127\.0\.0\.2 is not this machine's"):
            visitors.visitor("http://127.0.0.1", 2)
    finally:
        visitors._is_here.cache_clear()
