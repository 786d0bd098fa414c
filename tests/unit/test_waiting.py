"""A wait in the tests ends in what was awaited, or in a failure that names it."""

import os
import subprocess
import sys

import pytest

from tests.support import ROOT
from tests.waiting import until, wait_until


def test_what_comes_is_waited_for():
    looks = iter([0, 0, 1])
    wait_until(lambda: next(looks), 5)
    assert next(looks, "none left") == "none left"


def test_what_does_not_come_fails_by_its_name():
    never_begun = False
    with pytest.raises(AssertionError, match=r"not within 0 s: .*never_begun"):
        wait_until(lambda: never_begun, 0)


async def test_a_coroutine_may_look():
    looks = iter([0, 0, 1])

    async def held():
        return next(looks)

    await until(held, 5)
    never_begun = False
    with pytest.raises(AssertionError, match=r"not within 0 s: .*never_begun"):
        await until(lambda: never_begun, 0)


@pytest.mark.slow
def test_the_tests_leave_nothing_among_the_temporary_files(tmp_path):
    code = "import tests, os, gradio; open(os.path.join(os.environ['HF_HOME'] + '-x'), 'w').close()"
    environment = {**os.environ, "TMPDIR": str(tmp_path), "TEMP": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=False)
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []
