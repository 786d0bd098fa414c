"""Packages from npm, for tests of what only they can tell."""

import shutil
import subprocess
from pathlib import Path

import pytest


def install(folder: Path, *packages: str) -> Path:
    """Install packages, e.g. `axe-core@4`, and have the test skipped where there is no Node.

    Returns: the folder, in which Node finds them.
    """
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("Node is not installed")
    quiet = ["--silent", "--no-audit", "--no-fund"]
    subprocess.run(["npm", "install", *quiet, *packages], cwd=folder, check=True)
    return folder
