"""On ZeroGPU, as far as `spaces` runs without its hardware: all but the GPU itself."""

import base64
import json
import os
import subprocess
import sys

import pytest
from gradio_client import Client

from describe_draw.engines.local import gpu
from describe_draw.recipe import Recipe
from tests.local.zero import ZeroApi
from tests.support import ROOT, serving

WITHOUT_TORCH = """
import sys
for name in ("torch", "transformers", "diffusers"):
    sys.modules[name] = None
"""


@pytest.fixture
def zero():
    with ZeroApi() as api:
        yield api


def environment(folder, zero):
    """Of a process on ZeroGPU; `spaces` can't be imported beside torch's CPU build."""
    (folder / "sitecustomize.py").write_text(WITHOUT_TORCH)
    return {
        "SPACES_ZERO_GPU": "true",
        "SPACES_ZERO_DEVICE_API_URL": zero.url,
        "SYSTEM": "spaces",
        "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}",
        "LOCAL_DEVICE": "auto",
    }


def test_a_space_starts_where_local_models_are_not_installed(zero, tmp_path):
    with serving(tmp_path, **environment(tmp_path, zero)) as app:
        assert zero.asked("/startup-report") == [{}]
        client = Client(app.url, verbose=False)
        assert client.predict("a dog", width=64, height=64, api_name="/draw")
        assert client.predict(api_name="/status")["draw"]["engine"] == "builtin"


def jwt(**payload):
    part = base64.urlsafe_b64encode(json.dumps(payload).encode()).decode().rstrip("=")
    return f"head.{part}.signature"


def test_calls_run_in_another_process_for_the_visitor_and_can_be_stopped(zero, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "tests.local.zero_calls"],
        cwd=ROOT,
        env={**os.environ, **environment(tmp_path, zero), "VISITOR": jwt(user="visitor")},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    assert len(lines) == 3, done.stdout + done.stderr
    drawn, stopped, refused = map(json.loads, lines)
    assert drawn == {"size": [1024, 512], "is_here": False, "steps": [0.2, 0.4, 0.6, 0.8, 1.0]}
    assert stopped["stopped"]
    assert stopped["steps"] == [0.01, 0.02, 0.03]
    assert refused["problem"].startswith("No GPU is available for this call: You have exceeded ")
    first, second, _ = zero.asked("/schedule")
    assert first["token"] == jwt(user="visitor")
    assert int(first["durationSeconds"]) == 14
    assert int(second["durationSeconds"]) == 90
    assert len(zero.asked("/release")) == 2


def test_more_steps_and_pixels_ask_for_more_time():
    def seconds(**options):
        return gpu.drawing_seconds("m", "cuda", Recipe("a dog", **options))

    assert seconds(steps=4) < seconds(steps=25) < seconds(steps=25, width=1024)
    assert seconds(steps=100, width=1024, height=1024) == 120
