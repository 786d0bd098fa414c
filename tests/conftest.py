"""The app, the browser and the Hub's stand-in that the tests share."""

import os
import shutil
import ssl
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from httpx import create_ssl_context
from huggingface_hub import close_session, set_async_client_factory
from huggingface_hub.inference._providers._common import _fetch_inference_provider_mapping
from huggingface_hub.inference._providers.hf_inference import _check_supported_task
from huggingface_hub.utils._http import default_async_client_factory
from playwright.sync_api import expect, sync_playwright

from describe_draw.borrowed import huggingface
from describe_draw.engines.hub.clients import certificates
from tests.browser.visitor import settled
from tests.space import build
from tests.standin import StandIn
from tests.support import serving

TESTS = Path(__file__).parent
UNIT = TESTS / "unit"
STARTED = {"app", "browser", "running_standin"}
"""Fixtures of what runs beside the tests."""

INSTALLS = {"node": build.node, "space_python": build.space_python}
"""What is installed before its fixture is asked for."""

INSTALLED = {*INSTALLS, "violations"}
"""Fixtures that install packages."""

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # the app starts often, and is compiled once
expect.set_options(timeout=60_000)  # a busy machine is no fault
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the soak be as long as there is time."""
    parser.addoption("--requests", type=int, default=256, help="how many the soak makes")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """The whole suite waits more than it works, so a process a core runs it; few tests need one."""
    is_whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return max(2, min(4, os.cpu_count() or 1)) if is_whole else 0


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Folders without a quick test needn't even be imported for them: PyTorch takes its time."""
    is_quick = config.option.markexpr == "quick"
    return (
        True
        if is_quick and collection_path.is_dir() and not _may_be_quick(collection_path)
        else None
    )


def _may_be_quick(path: Path) -> bool:
    return UNIT.is_relative_to(path) or path.is_relative_to(UNIT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Set the marks that follow from where a test is and what it uses."""
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        if used & INSTALLED:
            item.add_marker("registry")
        is_slow = item.get_closest_marker("slow") is not None
        if item.path.is_relative_to(UNIT) and not used & STARTED and not is_slow:
            item.add_marker("quick")


@pytest.fixture(scope="session", autouse=True)
def installs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, testrun_uid: str
) -> Iterator[dict[str, Future[Path]]]:
    """What is installed for the tests that run, by its fixture's name.

    It begins with the first test, in the background: much of it is waiting for downloads.
    """
    used = {name for item in request.session.items for name in getattr(item, "fixturenames", ())}
    shared = tmp_path_factory.getbasetemp().parent / f"installs-{testrun_uid}"
    with ThreadPoolExecutor(1) as one_by_one:
        yield {
            name: one_by_one.submit(_installed_once, install, shared / name)
            for name, install in INSTALLS.items()
            if name in used
        }
        one_by_one.shutdown(cancel_futures=True)


def _installed_once(install: Callable[[Path], Path], folder: Path) -> Path:
    """Install, or wait for the other process of these tests that does."""
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / "done"
    with FileLock(folder / "lock"):
        if not done.exists():
            done.write_text(str(install(folder)), "utf-8")
    return Path(done.read_text("utf-8"))


@pytest.fixture(scope="session", autouse=True)
def certificates_are_read_once() -> Iterator[None]:
    """Every client of httpx's reads all authorities anew, 20 ms; gradio_client makes one a step."""
    read = cache(lambda *_: create_ssl_context())

    def context(verify: Any = True, cert: Any = None, trust_env: bool = True) -> ssl.SSLContext:
        if (verify, cert, trust_env) != (True, None, True):
            return create_ssl_context(verify, cert, trust_env)
        return read(*map(os.environ.get, ("SSL_CERT_FILE", "SSL_CERT_DIR")))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("httpx._transports.default.create_ssl_context", context)
        yield


@pytest.fixture(scope="session")
def app(tmp_path_factory):
    """The unmodified app with nothing configured, for all tests that leave it as it is."""
    with serving(tmp_path_factory.mktemp("app")) as running:
        yield running


@pytest.fixture(scope="module")  # its event loop must be gone before other modules run theirs
def browser():
    """Chromium; where there is none, browser tests are skipped, but never in CI."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("browser tests need Chromium: apt-get install chromium")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser):
    """Opens pages as a visitor would: `open_page(url, width=390, scheme="dark")`."""
    contexts = []

    def visit(url, width=1280, height=900, scheme="light", locale="en-US", **options):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale=locale,
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(url)
        page.wait_for_selector("[data-ready]")
        settled(page)
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def running_standin() -> Iterator[StandIn]:
    """The stand-in for the Hub, started once."""
    with StandIn() as standin:
        yield standin


@pytest.fixture
def standin(running_standin: StandIn, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """The stand-in as new, and this process led to it."""
    running_standin.reset()
    for name, value in running_standin.environment(token=None).items():
        monkeypatch.setenv(name, value)
    huggingface.forget_all()
    _fetch_inference_provider_mapping.cache_clear()
    _check_supported_task.cache_clear()
    set_async_client_factory(default_async_client_factory)
    certificates.cache_clear()
    close_session()
    yield running_standin
    close_session()
