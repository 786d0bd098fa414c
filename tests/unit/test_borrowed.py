"""A canary for each thing that the page borrows from Gradio's front end, and of its files."""

import inspect
import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path

import gradio as gr
import httpx
import pytest
from gradio.context import LocalContext
from gradio.data_classes import ImageData
from gradio.utils import get_upload_folder

from describe_draw.borrowed import files, stubs
from describe_draw.borrowed.frontend import (
    HIDDEN,
    address_of,
    upload_folder,
)
from describe_draw.store import Store
from tests.support import EXAMPLES, Puppet, page_of

BUNDLE = Path(gr.__file__).parent / "templates" / "frontend" / "assets"


@dataclass
class Page:
    """As much of a page as files need."""

    store: Store
    has_launched: bool = False
    is_running: bool = True


@pytest.fixture(scope="module")
def bundle():
    """Gradio's front end, as it is installed."""
    return "\n".join(path.read_text("utf-8") for path in BUNDLE.glob("*.js"))


def test_hidden_components_stay_on_the_page(bundle):
    assert gr.Number(visible=HIDDEN).get_config()["visible"] == "hidden"
    assert '"hidden"' in bundle


def test_files_have_the_address_that_gradio_answers():
    with page_of(Puppet()) as url:
        sent = {"files": ("cat.jpg", (EXAMPLES / "cat.jpg").read_bytes())}
        (path,) = httpx.post(f"{url}/gradio_api/upload", files=sent).json()
        answer = httpx.get(f"{url}/{address_of(Path(path))}")
    assert answer.content == sent["files"][1]


def test_gradio_looks_for_uploads_where_the_variable_says(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    assert upload_folder() == Path(get_upload_folder()) == tmp_path


async def test_files_of_the_store_are_handed_out_from_where_they_are():
    store, shown = Store(upload_folder()), gr.Image(type="filepath", format="png")
    drawing = store.new() / "a dog.png"
    drawing.write_bytes((EXAMPLES / "cows.png").read_bytes())
    LocalContext.blocks.set(Page(store))  # type: ignore[arg-type]
    value = shown.postprocess(str(drawing))
    assert isinstance(value, ImageData)
    ours = await files._in_place(value, shown, postprocess=True)
    assert ours == await files._in_place(value.model_dump(), shown, postprocess=True)
    assert ours == await files._moved(value, shown, True)
    assert ours["path"] == str(drawing)


async def test_gradio_looks_after_files_elsewhere(tmp_path):
    shown, outside = gr.Image(type="filepath", format="png"), str(EXAMPLES / "cows.png")
    LocalContext.blocks.set(Page(Store(tmp_path)))  # type: ignore[arg-type]
    handed_out = await files._in_place(shown.postprocess(outside), shown, postprocess=True)
    assert handed_out["path"] != outside


def test_gradio_asks_for_files_where_the_app_says():
    files.use()
    assert vars(gr.blocks)["processing_utils"].async_move_files_to_cache is files._in_place


def test_gradio_writes_stubs_but_for_the_app(tmp_path, monkeypatch):
    """That app.py begins so is told by test_sync.py: its copy is left without."""
    code = "import gradio as gr\n\n\nclass Mine(gr.HTML):\n    EVENTS = []\n"
    (tmp_path / "mine.py").write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    mine = import_module("mine").Mine
    monkeypatch.setattr(sys, "meta_path", [PathFinder])
    assert stubs_of(mine) == {"mine.pyi"}
    stubs.write_none()
    assert stubs_of(mine) == set()
    del sys.modules["mine"]


def stubs_of(component):
    """What the module that is found as Gradio's writes beside a component."""
    (finder, *_) = sys.meta_path
    spec = finder.find_spec(stubs.MODULE, gr.__path__)
    assert spec
    assert spec.loader
    writer = module_from_spec(spec)
    spec.loader.exec_module(writer)
    writer.create_or_modify_pyi(component, component.__name__, [])
    written = {*Path(inspect.getfile(component)).parent.glob("*.pyi")}
    for path in written:
        path.unlink()
    return {path.name for path in written}
