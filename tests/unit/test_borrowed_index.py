"""A canary for what the page borrows from Gradio's index.html and from what its front end loads."""

import json
from pathlib import Path

import gradio as gr
import pytest
from gradio.routes import templates

from describe_draw.borrowed import api_page, index
from describe_draw.ui.page import build
from tests.support import settings

FRONTEND = Path(gr.__file__).parent / "templates" / "frontend"
GRADIOS_OWN = ("og:", "twitter:", "Click to try", "@Gradio", "@teamGradio", "githubusercontent")
"""What Gradio 6.31's templates/frontend/index.html says of itself to whoever shows a link."""


@pytest.fixture(params=["index.html", "share.html"])
def source(request):
    """That of the page, and that of the page at an address which Gradio lends."""
    return (FRONTEND / request.param).read_text("utf-8")


@pytest.fixture(scope="module")
def config():
    """The configuration of the page as Gradio puts it into the HTML."""
    whole = build(settings()).get_config_file()
    return {**whole, "current_page": ""}


def test_gradios_template_has_what_is_replaced(source):
    assert all(own in source for own in GRADIOS_OWN)
    ours = index.template(source)
    assert not any(own in ours for own in GRADIOS_OWN)
    assert ours.count("{{ head(") == 3


def test_another_template_is_noticed(source):
    with pytest.raises(ValueError, match=r"index\.html has changed"):
        index.template(source.replace('lang="en"', 'lang="de"'))


def test_gradio_takes_its_page_from_the_templates_that_are_changed():
    index.use(lambda request, config: None)
    loader = templates.env.loader
    assert loader is not None
    for name in index.NAMES:
        assert "{{ head(" in loader.get_source(templates.env, name)[0]


def test_components_that_none_of_the_page_sets_off_are_left_out(config):
    before = json.dumps(config, default=vars)
    page = index.shown(config)
    events = [each for each in config["dependencies"] if not each["targets"]]
    theirs = {number for each in events for number in (*each["inputs"], *each["outputs"])}
    kept = {each["id"]: each["type"] for each in page["components"]}
    assert theirs
    assert {kept[number] for number in theirs & kept.keys()} == {"state"}  # which shows nothing
    assert page["dependencies"] == config["dependencies"]  # "Use via API" lists them
    assert json.dumps(config, default=vars) == before  # which /config tells


def test_all_that_is_laid_out_is_told(config):
    page = index.shown(config)
    kept = {each["id"] for each in page["components"]}
    assert _members(page["layout"]) - {page["layout"]["id"]} <= kept
    assert page["layout"] == page["page"][""]["layout"]


def test_what_an_event_may_show_stays():
    with gr.Blocks() as demo:
        button = gr.Button()
        with gr.Group(visible=False) as shown:
            gr.Textbox()
        with gr.Group(visible=False):
            inner = gr.Textbox()
        with gr.Group(visible=False) as never:
            gr.Gallery()
        button.click(lambda: gr.Group(visible=True), None, shown)
        button.click(lambda: "", None, inner)
    page = index.shown({**demo.get_config_file(), "current_page": ""})
    types = [each["type"] for each in page["components"]]
    assert types.count("group") == 2
    assert types.count("textbox") == 2
    assert "gallery" not in types
    assert never._id not in _members(page["layout"])


def test_the_front_end_builds_what_is_laid_out_and_asks_for_no_more():
    """It makes nodes of the layout's numbers alone, and bears events without their components."""
    core = "".join(path.read_text("utf-8") for path in (FRONTEND / "assets").glob("core-*.js"))
    assert "Component with ID" in core
    assert ".children.map(e=>this.traverse(e,e=>this.create_node(e" in core


def test_the_endpoints_page_asks_how_often_each_was_called():
    scripts = (FRONTEND / "assets").glob("ApiDocs-*.js")
    assert any(api_page.SUMMARY in path.read_text("utf-8") for path in scripts)


def _members(node):
    return {node["id"]}.union(*(_members(child) for child in node.get("children", ())))
