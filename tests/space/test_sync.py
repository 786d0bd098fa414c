"""The workflow's own upload command, against the Hub's commit endpoints."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from gradio_client import Client, handle_file

from tests.space.test_workflows import CI
from tests.standin import OPERATOR
from tests.standin.spaces import SPACE_TOKEN, Space
from tests.support import EXAMPLES, ROOT, serving
from tools import smoke

NAME = "someone/describe-and-draw"
CACHES = ("__pycache__/app.pyc", "describe_draw/__pycache__/x.pyc", ".ruff_cache/0/x", ".venv/x")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The repository as a job has it, with what running things leaves behind."""
    folder = tmp_path_factory.mktemp("checkout")
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    tracked = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for path in filter(None, tracked.split("\0")):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, folder / path)
    for path in (*CACHES, ".git/HEAD"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("left behind")
    return folder


def upload(checkout, standin, **environment):
    """Run the workflow's upload step as its runner does."""
    steps = yaml.safe_load(CI.read_text())["jobs"]["sync"]["steps"]
    (command,) = (step["run"] for step in steps if step.get("name") == "Upload")
    variables = {
        **os.environ,
        **standin.environment(token=None),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "SPACE": NAME,
        "GITHUB_SHA": "f" * 40,
        "HF_TOKEN": "",
        **environment,
    }
    shell = ["bash", "-e", "-o", "pipefail", "-c", command]
    return subprocess.run(
        shell, cwd=checkout, env=variables, capture_output=True, text=True, check=False
    )


@pytest.fixture
def repository(standin):
    """The Space with an older version of the app."""
    files = {".gitattributes": b"*.onnx filter=lfs", "app.py": b"old", "old/gone.py": b"old"}
    standin.spaces[NAME] = Space(files)
    return standin.spaces[NAME]


def test_what_is_synced_is_the_repository_and_it_serves(
    standin, repository, checkout, tmp_path_factory
):
    done = upload(checkout, standin, HF_TOKEN=OPERATOR)
    assert done.returncode == 0, done.stdout + done.stderr
    (commit,) = standin.calls_to("commit")  # of half of an app no Space would be built
    assert commit.token == OPERATOR
    head, *files = map(json.loads, commit.body.splitlines())
    assert head["value"]["summary"].startswith(f"Sync {'f' * 40}")
    assert len(files) > 250
    kinds = {file["value"]["path"]: file["key"] for file in files}
    networks = [path for path in kinds if path.endswith(".onnx")]
    assert {kinds[path] for path in networks} == {"lfsFile"}

    paths = set(repository.files)
    assert "old/gone.py" not in paths
    assert repository.files["app.py"] == (ROOT / "app.py").read_bytes()
    assert not [p for p in paths if p.startswith((".git/", ".github/", ".ci/", ".venv/"))]
    assert not [p for p in paths if "__pycache__" in p or "_cache/" in p]
    kept = {p.relative_to(checkout).as_posix() for p in checkout.rglob("*") if p.is_file()}
    left_out = {p for p in kept - paths if not p.startswith((".git/", ".github/", ".ci/"))}
    assert left_out == set(CACHES)

    uploaded = tmp_path_factory.mktemp("uploaded")
    for path, content in repository.files.items():
        (uploaded / path).parent.mkdir(parents=True, exist_ok=True)
        (uploaded / path).write_bytes(content)
    with serving(tmp_path_factory.mktemp("log"), root=str(uploaded), HF_TOKEN="") as app:
        client = Client(app.url, verbose=False)
        assert "cat" in client.predict(handle_file(EXAMPLES / "cat.jpg"), api_name="/caption")


def test_a_trusted_workflow_needs_no_secret(standin, repository, checkout):
    runner = "https://huggingface.co/runner/id-token?version=2"
    done = upload(
        checkout,
        standin,
        GITHUB_ACTIONS="true",
        ACTIONS_ID_TOKEN_REQUEST_URL=runner,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN="the-runners-own",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    asked = standin.calls_to("token_exchange")[0].json()
    assert asked["resource"] == f"spaces/{NAME}"
    assert standin.calls_to("commit")[0].token == SPACE_TOKEN


def test_a_wrong_token_fails_the_job_and_changes_nothing(standin, repository, checkout):
    done = upload(checkout, standin, HF_TOKEN="hf_unknown")
    assert done.returncode != 0
    assert repository.files["app.py"] == b"old"
    assert "hf_unknown" not in done.stdout + done.stderr


def test_the_job_waits_for_the_new_commit_to_run(standin, repository):
    old, new = repository.sha, "1" * 40
    repository.sha = new
    repository.stages = [("RUNNING", old), ("BUILDING", old), ("APP_STARTING", new)]
    smoke.wait(NAME, seconds=20, pause=0.01)
    assert repository.stages == []


@pytest.mark.parametrize("stage", ["BUILD_ERROR", "RUNTIME_ERROR", "PAUSED"])
def test_the_job_fails_where_the_space_does_not_run(standin, repository, stage):
    repository.stages = [("BUILDING", repository.sha), (stage, repository.sha)]
    with pytest.raises(RuntimeError, match=f"is in stage {stage}"):
        smoke.wait(NAME, seconds=20, pause=0.01)


def test_the_job_asks_what_it_started(app):
    assert "builtin describes; /caption says: " in smoke.ask(app.url)


def test_the_job_says_how_to_roll_back():
    last = yaml.safe_load(CI.read_text())["jobs"]["sync"]["steps"][-1]
    assert last["if"] == "failure()"
    done = subprocess.run(
        ["bash", "-e", "-c", last["run"]],
        env={"SPACE": NAME, "GITHUB_SHA": "abc", "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("::error::")
    assert "git revert abc && git push" in done.stdout
