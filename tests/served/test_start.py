"""How the app starts, and how it doesn't."""

import os
import subprocess
import sys

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from tests.support import ROOT, page_of

NEEDED = {"PATH", "SYSTEMROOT", "GRADIO_TEMP_DIR"}
"""Of the environment; without the second Windows opens no socket."""


@pytest.mark.parametrize(
    ("variable", "value"), [("MAX_SIDE", "1000"), ("ENGINE", "magic"), ("QUEUE_SIZE", "-1")]
)
def test_an_invalid_setting_stops_the_start_with_one_line(variable, value):
    done = subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env={name: os.environ[name] for name in NEEDED & os.environ.keys()} | {variable: value},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(f"{variable}={value}: ")


def test_limits_are_the_operators():
    with page_of(max_side=256, max_prompt_chars=10) as url:
        client = Client(url, verbose=False)
        assert client.predict("a dog", api_name="/draw")
        with pytest.raises(AppError, match="64 to 256"):
            client.predict("a dog", width=512, api_name="/draw")
        with pytest.raises(AppError, match="shorten it to 10"):
            client.predict("a dog in a park", api_name="/draw")


def test_importing_the_app_loads_no_network():
    heavy = "onnxruntime", "resvg_py", "torch"
    code = f"import app, sys; sys.exit(' '.join(m for m in {heavy} if m in sys.modules) or 0)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
