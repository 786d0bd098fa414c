"""What the tests of the page share."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from starlette.responses import JSONResponse

from describe_draw.engines.model_api import ModelApi
from tests import npm
from tests.apis import MODEL, ModelServer
from tests.browser import axe
from tests.browser.easels import FIRST, OTHER
from tests.support import page_of, settings


@pytest.fixture(scope="session")
def violations(tmp_path_factory):
    """`violations(page)`: a line for whatever axe-core finds at fault there."""
    folder = npm.install(tmp_path_factory.mktemp("axe"), "axe-core@4")
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    return partial(axe.violations, script=script.read_text("utf-8"))


@dataclass
class Models:
    """Models that describe, draw and write, and the page that asks them.

    Attributes:
        server: What answers; it holds its answers while a test wants that.
        url: The page's address.
    """

    server: ModelServer
    url: str

    def fail(self) -> None:
        """Let the next call fail, in the words of vLLM's server."""
        self.server.next(JSONResponse({"error": {"message": "out of memory"}}, 500))

    def say(self, words: str) -> None:
        """Let the next call be answered by these words, as tests/apis/openai.py documents it."""
        message = {"role": "assistant", "content": words}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        self.server.next(JSONResponse({"choices": [choice]}))


@pytest.fixture(scope="module")
def running_models() -> Iterator[Models]:
    """The models and their page, started once for a module."""
    tasks = ("caption", "image", "text")
    with ModelServer() as server:
        values: dict[str, Any] = {"remember": False}
        for task in tasks:
            values |= {f"{task}_api": "openai", f"{task}_api_model": MODEL}
            values |= {f"{task}_api_url": server.url}
        with page_of(ModelApi(settings(**values)), **values) as url:
            yield Models(server, url)


@pytest.fixture
def models(running_models: Models) -> Models:
    """The models as new."""
    running_models.server.reset()
    return running_models


@pytest.fixture(scope="module")
def running_easels() -> Iterator[str]:
    """A page where two easels draw."""
    with page_of(FIRST, OTHER, remember=False) as url:
        yield url


@pytest.fixture
def easels(running_easels: str) -> str:
    """Its address, the easels as new."""
    FIRST.reset()
    OTHER.reset()
    return running_easels
