"""What a process has, seen from outside and by its own census, and whether it grows."""

import json
import os
import signal
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import psutil

from tests.support import App
from tests.waiting import wait_until

Figures = dict[str, int]

MB = 1024 * 1024


@dataclass(frozen=True)
class Bound:
    """How much a figure may grow.

    Args:
        each: For each request.
        once: Besides, for what comes and goes: an allocator's holes, a pool's thread.
    """

    each: float
    once: float

    def holds(self, growth: float, requests: int) -> bool:
        """Whether a growth over so many requests is none."""
        return growth <= self.each * requests + self.once


BOUNDS = {
    "memory: resident": Bound(4096, 4 * MB),
    "memory: asked of malloc": Bound(2048, 0.25 * MB),
    "memory: Python's blocks": Bound(4, 1000),
    "threads": Bound(0, 2),
    "descriptors": Bound(0, 4),
    "sockets": Bound(0, 4),
    "files and folders": Bound(0, 0),
}
"""A picture of 64 × 64 takes 12 KB, and so much is kept of a session, while it is kept: 10 KB."""


def figures(app: App, folder: Path) -> Figures:
    """Everything that could grow, by name."""
    path = folder / "census.json"
    path.unlink(missing_ok=True)
    os.kill(app.process.pid, signal.SIGUSR1)
    wait_until(path.exists)
    census = json.loads(path.read_text())
    process = psutil.Process(app.process.pid)
    seen = {
        "memory: resident": process.memory_info().rss,
        "threads": process.num_threads(),
        "descriptors": process.num_fds(),
        "sockets": len(process.net_connections("all")),
        "files and folders": len(files(app)),
    }
    for kind, counted in census.items():
        seen |= {f"{kind}: {name}": number for name, number in counted.items()}
    return seen


def files(app: App) -> set[Path]:
    """All that lies in the app's temporary folder, empty folders too."""
    found = os.walk(app.files)  # which bears with what goes meanwhile
    return {Path(folder) / name for folder, inner, names in found for name in (*inner, *names)}


def grown(measured: list[Figures], requests: int, kinds: int) -> dict[str, list[int]]:
    """What has grown beyond its bound after every batch: what comes and goes has not.

    Args:
        measured: The figures after each batch.
        requests: How many requests made a batch.
        kinds: Of how many kinds they were: what is left of a tenth of one kind is too much.

    Returns:
        By name what was measured, the most grown first.
    """
    growth = {name: _growth([one.get(name, 0) for one in measured]) for name in measured[-1]}
    beyond = [n for n, more in growth.items() if not _bound(n, kinds).holds(more, requests)]
    beyond.sort(key=lambda name: -growth[name])
    return {name: [one.get(name, 0) for one in measured] for name in beyond}


def _bound(name: str, kinds: int) -> Bound:
    """A tenth of what one kind of requests would leave, of lists and the like that have no name."""
    nameless = name.startswith(("objects: builtins.", "objects: weakref."))
    return BOUNDS.get(name) or (Bound(1 / kinds, 20) if nameless else Bound(0.1 / kinds, 1.5))


def _growth(values: list[int]) -> int:
    return min(after - before for before, after in pairwise(values))


def table(measured: list[Figures]) -> str:
    """The figures as they are told: those with a bound of their own, and sums of the others."""
    rows = {name: [one.get(name, 0) for one in measured] for name in BOUNDS}
    for kind in ("objects", "containers"):
        rows[kind] = [
            sum(n for name, n in one.items() if name.startswith(kind)) for one in measured
        ]
    return "\n".join(
        f"{name:26}" + "".join(f"{number:14,}" for number in numbers)
        for name, numbers in rows.items()
    )
