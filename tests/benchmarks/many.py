"""1,000 small pictures through /caption_many, against the describer's bare speed."""

import io
import random
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from gradio_client import Client, handle_file
from PIL import Image

from describe_draw import pictures
from describe_draw.engines.builtin.describer import Describer
from tests.benchmarks.engine import resident
from tests.support import EXAMPLES, serving, settings

COUNT = 1000
BARE = 100
"""Pictures that are described bare before the run, and as many after it: machines vary."""

SIDE = 256


def measure() -> dict[str, str]:
    """Pictures a second, and the app's memory while it goes on against that of an idle app."""
    with tempfile.TemporaryDirectory() as name, serving(Path(name), MAX_BATCH=str(COUNT)) as app:
        folder = Path(name)
        files = made(folder)
        client = Client(app.url, verbose=False)
        cat = handle_file(EXAMPLES / "cat.jpg")
        client.predict(cat, api_name="/caption")  # which loads the networks
        idle = resident(app.process.pid)
        before = bare_speed(files[:BARE])
        with sampled(app.process.pid) as peak:
            start = time.perf_counter()
            job = client.submit([handle_file(folder / "many.zip")], api_name="/caption_many")
            rows, _ = job.result()
            took = time.perf_counter() - start
        bare = (before + bare_speed(files[-BARE:])) / 2
        tables = len(job.outputs())
    described = sum(bool(row["caption"]) for row in rows)
    assert described == COUNT, f"{described} described"
    return {
        "bare describer": f"{bare:.1f} pictures a second, each read from its file",
        "/caption_many": f"{COUNT / took:.1f} pictures a second, {COUNT / took / bare:.0%} of it",
        "tables told": f"{tables}, {tables / took:.1f} a second",
        "memory above idle": f"{max(peak) - idle:.0f} MB at most, of {idle:.0f} MB",
    }


def made(folder: Path) -> list[Path]:
    """Parts of the example photos, no two alike, and a zip of them all."""
    chance = random.Random(1)
    photos = [Image.open(path).convert("RGB") for path in sorted(EXAMPLES.glob("*.jpg"))]
    paths = []
    with zipfile.ZipFile(folder / "many.zip", "w") as kept:
        for number in range(COUNT):
            photo = photos[number % len(photos)]
            left, top = (chance.uniform(0, 0.3) * side for side in photo.size)
            box = (
                int(left),
                int(top),
                int(left + photo.width * 0.6),
                int(top + photo.height * 0.6),
            )
            data = io.BytesIO()
            photo.crop(box).resize((SIDE, SIDE)).save(data, "JPEG", quality=80)
            paths.append(folder / f"{number:04}.jpg")
            paths[-1].write_bytes(data.getvalue())
            kept.write(paths[-1], paths[-1].name)
    return paths


def bare_speed(files: list[Path]) -> float:
    """Pictures a second, one after the other, in this process and with nothing around it."""
    describer, chosen = Describer(), settings()
    describer.describe(pictures.load(EXAMPLES / "cat.jpg", chosen))
    start = time.perf_counter()
    for path in files:
        describer.describe(pictures.load(path, chosen))
    return len(files) / (time.perf_counter() - start)


@contextmanager
def sampled(process: int) -> Iterator[list[float]]:
    """A process's memory, ten times a second."""
    found, over = [resident(process)], threading.Event()

    def sample() -> None:
        while not over.wait(0.1):
            with suppress(psutil.Error):  # it has ended
                found.append(resident(process))

    sampler = threading.Thread(target=sample)
    sampler.start()
    try:
        yield found
    finally:
        over.set()
        sampler.join()
