"""Equal batches of mixed requests: after each of them there is no more than after the first."""

import asyncio
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from tests.soak.entry import AGE
from tests.soak.figures import figures, files, grown, table
from tests.soak.mix import Mix
from tests.support import App, serving, tracebacks
from tests.waiting import wait_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="glibc and /proc tell the figures")

BATCHES = 4
"""The first warms up: what is made once, is made then."""

SETTINGS = {
    "CONCURRENCY": "8",
    "CPU_CORES": "2",
    "GRADIO_ANALYTICS_MAX_EVENTS": "12",
    "REQUEST_TIMEOUT": "10",
    "VISITOR_LIMIT": "1000/second",
}
"""Pools of few threads, which are soon full, and limits under which everything runs."""


def test_nothing_is_left_of_requests(running_standin, tmp_path, request):
    running_standin.reset()
    requests = request.config.getoption("requests") // BATCHES
    measured = []
    census = {"CENSUS": str(tmp_path / "census.json")}
    environment = running_standin.environment() | SETTINGS | census
    with serving(tmp_path, "tests/soak/entry.py", **environment) as app:
        mix = Mix(app, running_standin, tmp_path)
        own = files(app)
        for _ in range(BATCHES):
            asyncio.run(mix.batch(requests))
            running_standin.hang_up()
            asyncio.run(mix.last())
            rest(app, own)
            measured.append(figures(app, tmp_path))
        assert tracebacks(app) == 0
    print(table(measured))
    assert mix.odd() == {}
    left = grown(measured, requests, len(mix.kinds))
    assert not left, "\n".join(f"{name}: {numbers}" for name, numbers in left.items())


def rest(app: App, own: set[Path]) -> None:
    """Wait until the app has tidied up, and once more: it forgets the folders that are gone."""
    with suppress(AssertionError):  # what is never removed is told by the figures
        wait_until(lambda: files(app) <= own, 8 * AGE)
    (folder,) = app.files.iterdir()
    for _ in range(2):
        tidied = folder.stat().st_mtime
        wait_until(partial(_changed, folder, tidied))


def _changed(folder: Path, since: float) -> bool:
    return folder.stat().st_mtime != since
