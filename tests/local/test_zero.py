"""On ZeroGPU, as far as `spaces` runs without its hardware: all but the GPU itself."""

import base64
import json
import os
import subprocess
import sys

import pytest
from gradio_client import Client

from tests.local.answers import told
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


def run(module, folder, zero, *arguments, **environ):
    """What a module of these tests tells on ZeroGPU, by the installed `spaces`."""
    answers = folder / "answers"
    answers.touch()
    done = subprocess.run(
        [sys.executable, "-m", f"tests.local.{module}", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment(folder, zero), "ANSWERS": str(answers), **environ},
        capture_output=True,
        encoding="utf-8",
        errors="replace",  # `spaces` prints while it forks: a worker's half of a buffer is garbage
        timeout=300,
        check=False,
    )
    assert answers.stat().st_size, done.stdout + done.stderr
    return told(answers)


def test_calls_run_in_another_process_for_the_visitor_and_can_be_stopped(zero, tmp_path):
    zero.places = 3
    visitor = jwt(user="visitor")
    drawn, stopped, edited, refused = run("zero_calls", tmp_path, zero, VISITOR=visitor)
    assert drawn == {"size": [1024, 512], "is_here": False, "steps": [0.2, 0.4, 0.6, 0.8, 1.0]}
    assert stopped["stopped"]
    assert stopped["steps"] == [0.01, 0.02, 0.03]
    assert edited == {"colour": [0, 0, 0], "is_here": False}
    assert refused["problem"].startswith("No GPU is available for this call: You have exceeded ")
    first, second, third, fourth = zero.asked("/schedule")
    assert first["token"] == visitor
    assert int(first["durationSeconds"]) == 18  # a guess
    assert int(second["durationSeconds"]) < 60  # by how long the first one took
    assert int(third["durationSeconds"]) == 17  # a guess, for five steps of a quarter of it
    assert int(fourth["durationSeconds"]) < 60
    ends = zero.asked("/release")
    assert [end["fail"] for end in ends] == ["false"] * 3  # the worker is used again


@pytest.mark.slow
def test_in_a_crowd_nobody_hangs_stops_another_or_has_anothers_picture(tmp_path):
    with ZeroApi(gpus=8) as zero:
        (became,) = run("zero_crowd", tmp_path, zero, 20, 30, 10)
    assert became == {"stopped": 20 * 10, "right": 20 * 20}
    ends = zero.asked("/release")
    assert [end["fail"] for end in ends] == ["false"] * 600
    assert len(zero.asked("/allow")) == 8  # one process each, used again and again


def test_no_worker_is_forked_while_a_client_is_made(zero, tmp_path):
    """OpenSSL's lock of random numbers would be inherited locked: seen with spaces 0.51.3."""
    (forked,) = run("zero_forks", tmp_path, zero)
    assert forked == {"while_a_client_was_made": False, "afterwards": True}


def test_workers_are_forked_one_after_another(zero, tmp_path):
    """A crowd met it: filelock 3.32 refuses a fork beside another one."""
    (became,) = run("zero_workers", tmp_path, zero)
    assert became == ["ran", "ran"]
