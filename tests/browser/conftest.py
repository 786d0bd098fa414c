"""What the tests of the page share."""

from functools import partial

import pytest

from tests import npm
from tests.browser import axe


@pytest.fixture(scope="session")
def violations(tmp_path_factory):
    """`violations(page)`: a line for whatever axe-core finds at fault there."""
    folder = npm.install(tmp_path_factory.mktemp("axe"), "axe-core@4")
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    return partial(axe.violations, script=script.read_text("utf-8"))
