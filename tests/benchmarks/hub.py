"""A 12-megapixel photo through the served app and through the course's way, to one stand-in."""

import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from gradio_client import Client, handle_file
from PIL import Image

from tests.benchmarks import course
from tests.standin import StandIn
from tests.standin.endpoints import endpoint_url
from tests.support import EXAMPLES, App, serving

RUNS = 5


@dataclass
class Cost:
    """What one call costs, medians of several."""

    sent: float
    cpu: float
    seconds: float


def measure() -> dict[str, str]:
    """Bytes sent, CPU and latency of one call."""
    with StandIn() as standin, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        photo = _photo(folder / "photo.jpg")
        environment = standin.environment() | {"HF_API_ITT_BASE": endpoint_url("itt-json")}
        with serving(folder, str(Path(course.__file__)), **environment) as app:
            theirs = _cost(app, photo, standin)
        with serving(folder, **environment, REMEMBER="false") as app:
            ours = _cost(app, photo, standin)
    return {
        "12 MP: bytes sent": f"{ours.sent / 1024:.0f} KB, 1/{theirs.sent / ours.sent:.0f} of "
        f"the course's {theirs.sent / 1024:.0f} KB",
        "12 MP: CPU": f"{ours.cpu:.2f} s, 1/{theirs.cpu / ours.cpu:.1f} of {theirs.cpu:.2f} s",
        "12 MP: latency": f"{ours.seconds:.2f} s, 1/{theirs.seconds / ours.seconds:.1f} of "
        f"{theirs.seconds:.2f} s",
    }


def _photo(path: Path) -> Path:
    """A photo with as much detail as a phone's."""
    with Image.open(EXAMPLES / "astronaut.jpg") as picture:
        large = picture.convert("RGB").resize((4032, 3024), Image.Resampling.BICUBIC)
        noise = Image.effect_noise(large.size, 60).convert("RGB")
        Image.blend(large, noise, 0.1).save(path, quality=90)
    return path


def _cost(app: App, photo: Path, standin: StandIn) -> Cost:
    client = Client(app.url, verbose=False)
    process = psutil.Process(app.process.pid)
    costs = []
    for _ in range(RUNS + 1):  # the first warms up
        standin.reset()
        before, start = sum(process.cpu_times()[:2]), time.perf_counter()
        client.predict(handle_file(photo), api_name="/caption")
        seconds = time.perf_counter() - start
        cpu = sum(process.cpu_times()[:2]) - before
        costs.append(Cost(len(standin.calls[-1].body), cpu, seconds))
    return Cost(
        *(statistics.median(getattr(c, n) for c in costs[1:]) for n in ("sent", "cpu", "seconds"))
    )
