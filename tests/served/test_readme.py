"""What README, docs/api.md and SKILL.md tell people and agents to paste does what it says."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.support import ROOT

SKILL = "describe_draw/ui/page/static/describe-and-draw/SKILL.md"
PRINTED = {
    "README.md": ("cat", ".png 42"),
    "docs/api.md": ("cat", ".png 42", "espresso", "'engine': 'builtin'"),
    SKILL: ("cat", "a-dog-in-a-park-42.png", "a-dog-42.png', 42)"),
}
PAGES = {name: (ROOT / name).read_text("utf-8") for name in PRINTED}
CURL = {
    "README.md": "a-sailboat-on-the-sea-at-sunset-42.png",
    SKILL: "cat",
}


def snippets(language, pages=tuple(PAGES)):
    """The blocks of code in a language on some pages."""
    block = re.compile(rf"^```{language}\n(.*?)^```", re.MULTILINE | re.DOTALL)
    return [code for page in pages for code in block.findall(PAGES[page])]


@pytest.mark.parametrize("page", PAGES)
def test_python_examples(app, page):
    (code,) = snippets("python", [page])
    code = code.replace("http://127.0.0.1:7860", app.url)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for printed in PRINTED[page]:
        assert printed in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="for a shell that Windows hasn't")
@pytest.mark.parametrize("page", CURL)
def test_curl_example(app, page):
    (code,) = (code for code in snippets("bash", [page]) if "curl" in code)
    code = code.replace("http://127.0.0.1:7860", app.url)
    done = subprocess.run(
        ["bash", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "event: complete" in done.stdout, done.stdout + done.stderr
    assert CURL[page] in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="for a shell that Windows hasn't")
def test_examples_for_the_shell(tmp_path):
    (code,) = (code for code in snippets("bash") if "describe-draw caption" in code)
    command = tmp_path / "bin" / "describe-draw"  # as pip makes it
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m describe_draw "$@"\n')
    command.chmod(0o755)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    done = subprocess.run(
        ["bash", "-e", "-c", code],
        cwd=tmp_path,
        env={
            **os.environ,
            "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("examples/cat.jpg\ta cat\n")
    assert "Seed: 4" in done.stdout
    assert (tmp_path / "examples" / "cat.txt").read_text().startswith("my photos, ")
    rows = (tmp_path / "captions.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == 1 + len([*(ROOT / "examples").glob("*.jpg")])
    assert len([*(tmp_path / "cars").glob("*.png")]) == 4
    assert (tmp_path / "drift" / "drift.png").exists()
