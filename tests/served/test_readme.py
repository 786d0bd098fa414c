"""What README tells people to paste does what it says."""

import re
import subprocess
import sys

import pytest

from tests.support import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def snippets(language):
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("code", snippets("python"))
def test_python_examples(app, code):
    code = code.replace("http://127.0.0.1:7860", app.url)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "cat" in done.stdout
    assert ".png 42" in done.stdout
    assert "espresso" in done.stdout
    assert "'engine': 'builtin'" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="for a shell that Windows hasn't")
@pytest.mark.parametrize("code", [code for code in snippets("bash") if "curl" in code])
def test_curl_examples(app, code):
    code = code.replace("http://127.0.0.1:7860", app.url)
    done = subprocess.run(
        ["bash", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "event: complete" in done.stdout, done.stdout + done.stderr
    assert "a-sailboat-on-the-sea-at-sunset-42.png" in done.stdout
