"""A Space as the platform builds and starts it, and Node's packages."""

import socket

import pytest

from tests.space.build import header
from tests.support import serving

SPACE = {
    "SYSTEM": "spaces",
    "SPACE_ID": "someone/describe-and-draw",
    "SPACE_HOST": "someone-describe-and-draw.hf.space",
    "SPACE_AUTHOR_NAME": "someone",
    "SPACE_REPO_NAME": "describe-and-draw",
    "SPACE_TITLE": "Describe & Draw",
    "SPACE_CREATOR_USER_ID": "0123456789abcdef01234567",
    "GRADIO_SSR_MODE": "true",
    "GRADIO_TEMP_DIR": "",  # the platform sets none
}
OAUTH = {
    "OAUTH_CLIENT_ID": "id",
    "OAUTH_CLIENT_SECRET": "secret",
    "OAUTH_SCOPES": "openid profile inference-api",
    "OPENID_PROVIDER_URL": "https://huggingface.co",
}


def closed_port():
    """Where nobody listens: no network."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


@pytest.fixture(scope="session")
def space_python(installs):
    """The interpreter of a fresh virtual environment, installed by the platform's own line."""
    return installs["space_python"].result()


@pytest.fixture(scope="session")
def start_space(space_python, tmp_path_factory):
    """To start the app as a Space does, e.g. with `HF_TOKEN="hf_…"`, for a `with` block."""

    def start(**environment):
        folder = tmp_path_factory.mktemp("space")
        (folder / "file").touch()
        home = {"HOME": str(folder / "file" / "home"), "HF_HOME": ""}  # no one can write there
        no_network = {"HTTPS_PROXY": closed_port(), "HTTP_PROXY": "", "HF_TOKEN": ""}
        variables = {**SPACE, **home, **no_network, "NO_PROXY": "127.0.0.1", **environment}
        return serving(folder, header()["app_file"], python=str(space_python), **variables)

    return start


@pytest.fixture(scope="session")
def space(start_space):
    """A Space with no secret, no sign-in and no network."""
    with start_space() as app:
        yield app


@pytest.fixture(scope="session")
def node(installs):
    """A folder in which Node finds its packages."""
    return installs["node"].result()
