"""From process start to the first page served, against an empty `gr.Blocks`."""

import tempfile
import time
from pathlib import Path

from tests.support import serving

RUNS = 5


def seconds(script: str) -> float:
    """How long a script takes from its start to its first page."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        with serving(Path(folder), script):
            return time.perf_counter() - start


def measure() -> dict[str, str]:
    """Both in turns; the fastest of each counts, since other work only ever slows them."""
    pairs = [(seconds("tests/benchmarks/empty.py"), seconds("app.py")) for _ in range(RUNS)]
    empty, app = (min(times) for times in zip(*pairs, strict=True))
    return {"start to first page": f"{app:.2f} s, {app / empty:.2f} × an empty app ({empty:.2f} s)"}
