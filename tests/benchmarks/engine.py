"""The built-in engine behind the served app: latency of both verbs, and resident memory."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from gradio_client import Client, handle_file

from tests.benchmarks import empty
from tests.support import EXAMPLES, serving

RUNS = 15
MB = 1024 * 1024


def median(call: Callable[[], object]) -> float:
    """The median of several calls, in seconds, after one to warm up."""
    call()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def resident(process: int) -> float:
    """A process's resident memory in MB, its children's included."""
    root = psutil.Process(process)
    family = [root, *root.children(recursive=True)]
    return float(sum(member.memory_info().rss for member in family) / MB)


def measure() -> dict[str, str]:
    """Latency against a call that does nothing; memory against an empty app."""
    with tempfile.TemporaryDirectory() as folder:
        with serving(Path(folder), str(Path(empty.__file__))) as app:
            bare = resident(app.process.pid)
        with serving(Path(folder), REMEMBER="false") as app:
            client = Client(app.url, verbose=False)
            idle = resident(app.process.pid)
            nothing = median(lambda: client.predict(api_name="/status"))
            picture = handle_file(EXAMPLES / "coffee.jpg")
            caption = median(lambda: client.predict(picture, api_name="/caption"))
            small = median(lambda: client.predict("a dog in a park", api_name="/draw"))
            large = median(
                lambda: client.predict("a dog in a park", width=1024, height=1024, api_name="/draw")
            )
            full = resident(app.process.pid)
    return {
        "/status": f"{nothing:.3f} s",
        "/caption": f"{caption:.3f} s, {caption / nothing:.1f} × /status",
        "/draw 512 × 512": f"{small:.3f} s, {small / nothing:.1f} × /status",
        "/draw 1024 × 1024": f"{large:.3f} s, {large / small:.1f} × 512 × 512",
        "memory at start": f"{idle:.0f} MB, {idle / bare:.2f} × an empty app ({bare:.0f} MB)",
        "memory after both": f"{full:.0f} MB, {full / bare:.2f} × an empty app",
    }
