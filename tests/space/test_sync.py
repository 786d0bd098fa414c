"""The first deployment as README tells it, and the workflow's, against the Hub's endpoints."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from gradio_client import Client, handle_file
from huggingface_hub import metadata_load

from tests.served.test_readme import snippets
from tests.space.build import header
from tests.space.test_workflows import CI
from tests.standin import OPERATOR
from tests.standin.spaces import SPACE_TOKEN, Space
from tests.support import EXAMPLES, ROOT, serving
from tools.smoke import ask

NAME = "someone/describe-and-draw"
CACHES = ("__pycache__/app.pyc", "describe_draw/__pycache__/x.pyc", ".ruff_cache/0/x")
LEFT_BEHIND = (*CACHES, ".venv/x", ".env")
CARD = "describe_draw/ui/page/static/card.jpg"
PICTURE = f"https://huggingface.co/spaces/{NAME}/resolve/main/{CARD}"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The repository as a job has it, with what running things leaves behind."""
    folder = tmp_path_factory.mktemp("checkout")
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    tracked = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for path in filter(None, tracked.split("\0")):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, folder / path)
    for path in (*LEFT_BEHIND, ".git/HEAD"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("left behind")
    return folder


def run(command, checkout, standin, **environment):
    """Run what a shell is told, led to the stand-in."""
    variables = {
        **os.environ,
        **standin.environment(token=None),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HF_TOKEN": "",
        "HF_HUB_DISABLE_XET": "1",  # the stand-in takes large files by Git LFS
        **environment,
    }
    shell = ["bash", "-e", "-o", "pipefail", "-c", command]
    return subprocess.run(
        shell, cwd=checkout, env=variables, capture_output=True, text=True, check=False
    )


def upload(checkout, standin, **environment):
    """Run the workflow's upload step as its runner does."""
    steps = yaml.safe_load(CI.read_text())["jobs"]["sync"]["steps"]
    (command,) = (step["run"] for step in steps if step.get("name") == "Upload")
    return run(command, checkout, standin, SPACE=NAME, GITHUB_SHA="f" * 40, **environment)


def header_of(repository, tmp_path):
    """The header of the README that a Space's repository holds."""
    (tmp_path / "README.md").write_bytes(repository.files["README.md"])
    return metadata_load(tmp_path / "README.md")


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
    assert left_out == set(LEFT_BEHIND)

    uploaded = tmp_path_factory.mktemp("uploaded")
    for path, content in repository.files.items():
        (uploaded / path).parent.mkdir(parents=True, exist_ok=True)
        (uploaded / path).write_bytes(content)
    with serving(tmp_path_factory.mktemp("log"), root=str(uploaded), HF_TOKEN="") as app:
        client = Client(app.url, verbose=False)
        assert "cat" in client.predict(handle_file(EXAMPLES / "cat.jpg"), api_name="/caption")
    assert not [*uploaded.rglob("*.pyi")], "Gradio's stubs take a third of the start"


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


def test_a_free_accounts_first_deployment_as_the_readme_tells_it(standin, checkout):
    (command,) = (code for code in snippets("bash", ["README.md"]) if "hf repos create" in code)
    sign_in, *lines = command.replace("owner/name", NAME).splitlines()
    assert sign_in == "hf auth login"  # asks for a token; here HF_TOKEN has one
    done = run("\n".join(lines), checkout, standin, HF_TOKEN=OPERATOR)
    assert done.returncode == 0, done.stdout + done.stderr
    asked = [call.json() for call in standin.calls_to("repo_create")]
    assert [each.get("hardware") for each in asked] == ["zero-a10g", None]
    assert {(each["type"], each["sdk"]) for each in asked} == {("space", "gradio")}
    uploaded = standin.spaces[NAME].files
    assert uploaded["app.py"] == (ROOT / "app.py").read_bytes()
    assert uploaded.keys() >= {"requirements.txt", "describe_draw/__init__.py"}
    assert not [path for path in uploaded if path.startswith((".git/", ".venv/", ".env"))]


def test_what_is_shared_shows_a_picture_of_the_app(standin, repository, checkout, tmp_path):
    """As the Hub documents `thumbnail`: a URL; `resolve` is where it serves a file itself.

    https://huggingface.co/docs/hub/spaces-config-reference, and
    https://huggingface.co/spaces/LiquidAI/LFM2-WebGPU/discussions/2/files
    """
    for _ in range(2):
        done = upload(checkout, standin, HF_TOKEN=OPERATOR)
        assert done.returncode == 0, done.stdout + done.stderr
        assert header_of(repository, tmp_path) == {"thumbnail": PICTURE, **header()}
    assert repository.files[CARD] == (ROOT / CARD).read_bytes()


def test_the_operators_own_picture_stays(standin, repository, checkout, tmp_path):
    readme = checkout / "README.md"
    shipped = (ROOT / "README.md").read_text()
    readme.write_text(shipped.replace("---\n", "---\nthumbnail: https://example.com/a.png\n", 1))
    done = upload(checkout, standin, HF_TOKEN=OPERATOR)
    readme.write_text(shipped)
    assert done.returncode == 0, done.stdout + done.stderr
    assert header_of(repository, tmp_path)["thumbnail"] == "https://example.com/a.png"


def test_the_job_asks_what_it_started(app):
    assert "builtin describes; /caption says: " in ask(app.url)


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
