"""`pip install .`: everything that the command needs is inside, wherever it runs."""

import os
import shutil
import subprocess
import sys
import sysconfig
from importlib.metadata import distributions
from pathlib import Path

import httpx
import pytest
from packaging.requirements import Requirement

from describe_draw import __version__
from tests.space.test_requirements import requirements
from tests.support import EXAMPLES, ROOT, serving

pytestmark = pytest.mark.registry

BUILT = [
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "requirements.txt",
    "requirements-local.txt",
    "requirements-meaning.txt",
]
BIN = "Scripts" if sys.platform == "win32" else "bin"
SERVE = "from describe_draw.commands import main\n\nmain(['serve'])\n"


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A fresh virtual environment with the package, and what the tests run with to depend on."""
    source = tmp_path_factory.mktemp("source")
    for name in BUILT:
        shutil.copy(ROOT / name, source)
    unbuilt = shutil.ignore_patterns("__pycache__", "*.pyi")
    shutil.copytree(ROOT / "describe_draw", source / "describe_draw", ignore=unbuilt)
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / BIN / "python"
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder)}))
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "-q"]
    subprocess.run([*pip, str(source)], check=True)
    return folder, site


def run(environment, folder, *words):
    return subprocess.run(
        [environment[0] / BIN / "describe-draw", *words],
        cwd=folder,
        env={**os.environ, "ENGINE": "builtin"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_captions_a_picture_in_another_folder(environment, tmp_path):
    shutil.copy(EXAMPLES / "cat.jpg", tmp_path)
    done = run(environment, tmp_path, "caption", "cat.jpg")
    assert (done.stdout, done.stderr, done.returncode) == ("cat.jpg\ta cat\n", "", 0)


def test_it_reads_the_settings_beside_which_it_runs(environment, tmp_path):
    (tmp_path / ".env").write_text("ENGINE=endpoint\n")
    shutil.copy(EXAMPLES / "cat.jpg", tmp_path)
    done = subprocess.run(
        [environment[0] / BIN / "describe-draw", "caption", "cat.jpg"],
        cwd=tmp_path,
        env={**os.environ, "ENGINE": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "ENGINE=endpoint can't describe" in done.stderr


def test_it_plays(environment, tmp_path):
    done = run(environment, tmp_path, "play", "a dog", "--rounds", "1", "--out", "out")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "drift.png").stat().st_size > 5000


def test_it_serves_the_page(environment, tmp_path):
    (tmp_path / "serve.py").write_text(SERVE)
    python = str(environment[0] / BIN / "python")
    with serving(tmp_path, "serve.py", python=python, root=str(tmp_path)) as app:
        page = httpx.get(app.url).text
        assert "Describe &amp; Draw" in page
        assert httpx.get(f"{app.url}/page/examples/cat.webp").status_code == 200
    assert app.process.returncode == 0


def test_every_file_of_the_package_is_inside(environment):
    def files(root):
        found = (path for path in (root / "describe_draw").rglob("*") if path.is_file())
        kept = (path for path in found if "__pycache__" not in path.parts)
        return {path.relative_to(root).as_posix() for path in kept if path.suffix != ".pyi"}

    assert files(environment[1]) == files(ROOT)


def test_it_asks_for_what_is_tested(environment):
    (mine,) = (one for one in distributions(path=[str(environment[1])]) if one.name != "pip")
    asked = [Requirement(line) for line in mine.requires or ()]
    own = [one for one in asked if "extra" not in str(one.marker)]
    assert {map_of(one) for one in own} == {map_of(one) for one in requirements("requirements.txt")}
    extras = {
        extra: [one for one in asked if f'"{extra}"' in str(one.marker)]
        for extra in ("local", "meaning")
    }
    for extra, listed in extras.items():
        names = {one.name for one in requirements(f"requirements-{extra}.txt")}
        assert {one.name for one in listed} == names
    assert mine.version == __version__
    assert mine.metadata["Requires-Python"] == ">=3.11"


def map_of(one):
    """A requirement, however it is written."""
    return one.name, frozenset(one.extras), str(one.specifier), str(one.marker or "")
