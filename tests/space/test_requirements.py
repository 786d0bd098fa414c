"""What the platform installs from requirements.txt, the only file that its build sees."""

import re
import shutil
import subprocess
import sys
from importlib.metadata import requires, version

import pytest
from packaging.requirements import Requirement

from tests.space.build import install
from tests.support import ROOT

MODELS_PAGE = (ROOT / "docs" / "model-apis.md").read_text("utf-8")
TORCH = ["2.8.0", "2.9.1", "2.10.0", "2.11.0"]
"""What ZeroGPU supports: https://huggingface.co/docs/hub/spaces-zerogpu, August 2026."""


def requirements(name):
    """The requirements of a file, without its comments."""
    lines = (line.partition(" #")[0] for line in (ROOT / name).read_text().splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def test_it_names_no_other_file():
    assert len(requirements("requirements.txt")) > 10  # `-r …` would be no requirement
    assert (ROOT / "requirements.txt").read_text().endswith("\n")


def test_what_is_tested_is_what_ships():
    files = ("requirements.txt", "requirements-local.txt", "requirements-meaning.txt")
    for required in (one for name in files for one in requirements(name)):
        if required.marker is None or required.marker.evaluate():
            installed = version(required.name)
            assert required.specifier.contains(installed), f"{required.name} {installed}"


def test_models_run_on_what_zerogpu_supports():
    (torch,) = (one for one in requirements("requirements-local.txt") if one.name == "torch")
    assert list(torch.specifier.filter([*TORCH, "2.7.1", "2.12.0"])) == TORCH


def test_torchvision_is_that_of_the_same_torch():
    """By the table in torchvision's README, and by what the installed one asks for."""
    required = {one.name: one for one in requirements("requirements-local.txt")}
    versions = ["0.22.1", "0.23.0", "0.24.1", "0.25.0", "0.26.0", "0.27.0"]
    assert list(required["torchvision"].specifier.filter(versions)) == versions[1:-1]
    (torch,) = (one for one in requires("torchvision") or () if Requirement(one).name == "torch")
    assert Requirement(torch).specifier.contains(version("torch"))


def test_what_is_borrowed_from_inside_a_library_is_pinned_to_its_patch():
    (hub,) = (one for one in requirements("requirements.txt") if one.name == "huggingface_hub")
    assert str(hub.specifier) == f"=={version('huggingface_hub')}"


@pytest.mark.registry
def test_with_the_lines_for_local_models_the_platform_installs_what_is_tested(tmp_path):
    (command,) = re.findall(r"^cat requirements-local\.txt >> .*$", MODELS_PAGE, re.MULTILINE)
    for name in ("requirements.txt", "requirements-local.txt"):
        shutil.copy(ROOT / name, tmp_path)
    subprocess.run(["bash", "-c", command], cwd=tmp_path, check=True)
    (tmp_path / "requirements-local.txt").unlink()
    said = install(sys.executable, tmp_path, "--dry-run")
    for required in requirements("requirements-local.txt"):
        assert f"Requirement already satisfied: {required}" in said
    assert not re.search(r"^Would install .*\b(torch|gradio|huggingface_hub)-", said, re.MULTILINE)
