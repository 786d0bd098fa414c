"""The image's folder, its command and its health check; no engine builds it here.

As https://docs.docker.com/reference/dockerfile/ and, for .dockerignore,
https://docs.docker.com/build/concepts/context/#dockerignore-files describe them.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

import psutil
import pytest

from tests.space.conftest import closed_port
from tests.support import ROOT, App, said, wait_for

DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", "")


def instructions(name):
    """What a kind of instruction says, each time that it is given."""
    return re.findall(rf"^{name} (.+)$", DOCKERFILE, re.MULTILINE)


def is_sent(path):
    """Whether a file of the repository reaches the build: the last pattern that fits decides."""
    sent = True
    for line in (ROOT / ".dockerignore").read_text().split():
        pattern = line.removeprefix("!")
        of_any_folder = pattern.removeprefix("**/")
        for part in (path, *path.parents):
            matched = part.name if pattern != of_any_folder else str(part)
            if pattern == "**" or fnmatch(matched, of_any_folder):
                sent = line.startswith("!")
    return sent


def variables(**more):
    """The container's environment: the image's, and what `docker run -e` adds."""
    image = dict(pair.split("=") for line in instructions("ENV") for pair in line.split())
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {**image, "PATH": path, "HOME": os.environ["HOME"], **more}


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """The folder /app, of the files that are sent and copied."""
    folder = tmp_path_factory.mktemp("app")
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    files = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    sent = [
        path for name in filter(None, files.split("\0")) if is_sent(path := PurePosixPath(name))
    ]
    for line in instructions("COPY"):
        *sources, _ = line.split()
        for source in sources:
            copied = [path for path in sent if path.is_relative_to(source)]
            assert copied, f"{source} never reaches the build"
            for path in copied:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / path, folder / path)
    return folder


@pytest.fixture(scope="module")
def container(image, tmp_path_factory):
    """The image's command, told a port as Cloud Run and Render tell it."""
    url, folder = closed_port(), tmp_path_factory.mktemp("container")
    log, files = folder / "app.log", folder / "files"
    (command,) = instructions("CMD")
    told = variables(
        PORT=url.rpartition(":")[2],
        GRADIO_SERVER_NAME="127.0.0.1",  # reached by these tests alone
        GRADIO_TEMP_DIR=str(files),
        LOCAL_DEVICE="none",
    )
    with log.open("wb") as out:
        started = subprocess.Popen(json.loads(command), cwd=image, env=told, stdout=out, stderr=out)
    app = App(url, started, log, files)
    try:
        wait_for(app)
        yield app
    finally:
        app.process.kill()
        app.process.wait()


def health(**told):
    """What the health check's command ends with: 0 is healthy."""
    (check,) = instructions("HEALTHCHECK")
    shell = ["sh", "-c", check.partition("CMD ")[2]]
    return subprocess.run(shell, env=variables(**told), capture_output=True, check=False).returncode


def test_nothing_else_is_sent(image):
    sent = {path.name for path in image.iterdir()}
    assert sent == {
        "app.py",
        "README.md",
        "LICENSE",
        "requirements.txt",
        "describe_draw",
        "examples",
    }
    assert not is_sent(PurePosixPath(".env"))
    assert not is_sent(PurePosixPath("describe_draw/ui/__pycache__/page.pyc"))


def test_it_listens_where_the_host_says_and_tells_whether_it_is_healthy(container):
    port = container.url.rpartition(":")[2]
    proxy = closed_port()  # which is not asked for what is on this machine
    assert health(PORT=port, HTTP_PROXY=proxy, http_proxy=proxy) == 0
    assert health(PORT=port, GRADIO_SERVER_PORT=closed_port().rpartition(":")[2]) == 1


def test_the_apps_own_variable_comes_first(app):
    port = app.url.rpartition(":")[2]
    assert health(GRADIO_SERVER_PORT=port, PORT=closed_port().rpartition(":")[2]) == 0
    assert variables()["PORT"] in instructions("EXPOSE")


def test_signals_reach_python_and_end_it(container):
    assert psutil.Process(container.process.pid).cmdline()[1:] == ["app.py"]
    container.process.send_signal(signal.SIGTERM)
    assert container.process.wait(30) == 0, said(container)
