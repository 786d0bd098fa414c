"""1,000 small pictures through `describe-draw caption`, against the describer's bare speed."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.many import BARE, COUNT, bare_speed, made, sampled
from tests.support import ROOT


def measure() -> dict[str, str]:
    """Pictures a second, the start included, and memory against a run of one picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = made(folder)
        one, _ = _run(folder, files[0].name)
        before = bare_speed(files[:BARE])
        peak, took = _run(folder, "[0-9]*.jpg")
        bare = (before + bare_speed(files[-BARE:])) / 2
        described = (folder / "captions.jsonl").read_text("utf-8").count('"caption"')
    assert described == COUNT, f"{described} described"
    return {
        "bare describer": f"{bare:.1f} pictures a second, each read from its file",
        "describe-draw caption": f"{COUNT / took:.1f} pictures a second, "
        f"{COUNT / took / bare:.0%} of it",
        "memory above one": f"{peak - one:.0f} MB at most, of {one:.0f} MB",
    }


def _run(folder: Path, pictures: str) -> tuple[float, float]:
    """The most memory that a run had, in MB, and how long it took."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "describe_draw", "caption", pictures]
    with (
        subprocess.Popen(
            [*command, "--out", "captions.jsonl"],
            cwd=folder,
            env={**os.environ, "ENGINE": "builtin", "PYTHONPATH": str(ROOT)},
            stderr=subprocess.DEVNULL,
        ) as running,
        sampled(running.pid) as found,
    ):
        running.wait()
    assert running.returncode == 0
    return max(found), time.perf_counter() - start
