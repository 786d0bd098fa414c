"""What a page is told when it opens, reads from files, and hands over."""

import json
import re
from html import escape

import gradio as gr
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from describe_draw.caption_options import STYLES
from describe_draw.problems import Problem
from describe_draw.recipe import EDIT_OPTIONS
from describe_draw.texts import LANGUAGES, catalog
from describe_draw.ui.about import About
from describe_draw.ui.page import build, markup
from describe_draw.ui.page.events import Field, PictureField
from describe_draw.ui.page.front import HERE
from describe_draw.ui.page.pages import PAGES
from describe_draw.ui.picture import Named
from describe_draw.ui.recipes import Recipes
from tests.soak.page import facts
from tests.support import Puppet, asked_by, desk_of, settings


@pytest.fixture(scope="module")
def demo():
    return build(settings())


async def test_a_page_is_told_who_answers_and_what_they_can(tmp_path):
    told = await About(desk_of(tmp_path, Puppet("hub"))).offered(asked_by(), None)
    assert told["state"] == "offered"
    first, second = told["describe"]
    assert first["model"] == "hub/model"
    assert first["named"]
    assert first["engine"] == {"key": "engine.hub", "values": {}}
    assert first["styles"] == ["short", "tags"]
    assert (second["model"], second["named"]) == ("builtin", False)
    assert second["styles"] == list(STYLES)
    assert (first["instructs"], first["answers"]) == (True, False)
    assert (second["instructs"], second["answers"]) == (False, True)
    assert told["edit"][0]["options"] == sorted(EDIT_OPTIONS)
    assert (told["account"], told["signed_out"], told["problem"]) == ("", False, None)
    assert json.loads(json.dumps(told)) == told


async def test_what_a_better_answer_needs_is_told_once(tmp_path):
    told = await About(desk_of(tmp_path)).offered(asked_by(), None)
    assert [missing["key"] for missing in told["missing"]] == ["missing.large_model"]


async def test_a_token_that_is_none_is_told(tmp_path):
    odd = gr.OAuthToken(token="hf_é", scope="", expires_at=0)
    told = await About(desk_of(tmp_path)).offered(asked_by(), odd)
    assert told["problem"]["key"] == "problem.token_invalid_visitor"


async def read(desk, named):
    return [told async for told in Recipes(desk).read(named, asked_by(), None)][-1]


def kept(desk, parameters):
    info = PngInfo()
    if parameters:
        info.add_text("parameters", parameters)
    path = desk.studio._store.new() / "drawing.png"
    Image.new("RGB", (64, 64)).save(path, pnginfo=info)
    return Named(path=str(path))


async def test_a_pictures_file_fills_the_options(tmp_path):
    """In the text that AUTOMATIC1111's web UI writes: its wiki, Features, "PNG info"."""
    desk = desk_of(tmp_path)
    text = "a red fox\nNegative prompt: snow\nSteps: 20, CFG scale: 7.5, Seed: 5, Size: 512x4096"
    told = await read(desk, kept(desk, text))
    recipe = told["recipe"]
    assert (recipe["prompt"], recipe["negative_prompt"]) == ("a red fox", "snow")
    assert (recipe["steps"], recipe["guidance"], recipe["seed"]) == (20, 7.5, 5)
    restored, changed = told["said"]
    assert restored["key"] == "restore.restored"
    options = {change["values"]["option"]["key"] for change in changed["values"]["options"]}
    assert "option.height" in options


async def test_a_file_without_a_recipe_says_so(tmp_path):
    desk = desk_of(tmp_path)
    told = await read(desk, kept(desk, ""))
    assert told["problem"]["key"] == "problem.no_recipe"


async def test_no_file_at_all_is_told_too(tmp_path):
    assert (await read(desk_of(tmp_path), None))["state"] == "failed"


@pytest.mark.parametrize("value", [float("nan"), 10**400, -1, True, "\ud800", "x" * 10**6, None])
async def test_a_field_hands_on_what_it_got(demo, value):
    """Whatever it is, the check of what takes it says what is wrong with it."""
    handed_on = await demo._read(Field(), value)
    assert handed_on is value


@pytest.mark.parametrize("value", [{}, [], {"path": "/etc/passwd"}, [["a"]]])
async def test_a_field_takes_nothing_that_could_name_a_file(demo, value):
    with pytest.raises(Problem) as caught:
        await demo._read(Field(), value)
    assert caught.value.name == "wrong_kind"


@pytest.mark.parametrize("value", [7, ["a"], {"path": 7}, True])
async def test_what_names_no_picture_is_a_problem_of_the_handlers(demo, value):
    named = await demo._read(PictureField(), value)
    assert named.problem.name == "not_a_picture"


async def test_a_picture_is_named_and_not_opened(demo):
    assert await demo._read(PictureField(), {"path": "/etc/passwd"}) == Named(path="/etc/passwd")
    assert await demo._read(PictureField(), None) is None


@pytest.mark.parametrize("count", [0, 1, 3, 5, 50])
async def test_a_wrong_count_of_values_is_told(demo, count):
    describes = next(fn for fn in demo.fns.values() if fn.api_name == "describe")
    with pytest.raises(Problem) as caught:
        await demo.preprocess_data(describes, [None] * count, None)
    assert (caught.value.name, caught.value.message.values["given"]) == ("wrong_values", count)


def test_every_event_of_the_script_has_its_handler(demo):
    for page in PAGES.values():
        asked = {"stop"}
        for name in page.scripts:
            code = (HERE / f"{name}.js").read_text("utf-8")
            asked |= set(re.findall(r'\bask\("(\w+)"', code))
            asked |= set(re.findall(r'\baskWith\([^"]*"(\w+)"', code))
        events = facts(demo.made[f"{page.name}.js"])["events"]
        assert asked == set(events)
        assert {demo.fns[number].api_visibility for number in events.values()} == {"private"}
        assert {demo.fns[number].page for number in events.values()} == {page.path}


def test_no_event_of_the_page_is_listed_for_programs(demo):
    named = set(demo.get_api_info()["named_endpoints"])
    assert not named & {"/describe", "/begin", "/step", "/keep", "/read", "/stop"}


def files(kind):
    """The files of a kind in the pages' folder, as they are named there."""
    return {path.relative_to(HERE).with_suffix("").as_posix() for path in HERE.rglob(f"*.{kind}")}


def test_the_parts_are_all_on_a_page():
    """Each file in the folder is part of a page, and each part is there once."""
    pages = PAGES.values()
    assert files("js") - {"static/gradio-client"} == {n for page in pages for n in page.scripts}
    assert files("html") == {name for page in pages for name in page.parts}
    assert files("css") == {name for page in pages for name in page.styles}
    for page in pages:
        ids = re.findall(r' id="([\w-]+)"', markup.html(page, "en"))
        assert len(ids) == len(set(ids))
        assert "@" not in re.sub(r"@(?:media|font)", "", markup.html(page, "en"))


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.name)
def test_what_the_script_looks_for_by_id_is_there(page):
    ids = set(re.findall(r' id="([\w-]+)"', markup.html(page, "en")))
    for name in page.scripts:
        code = (HERE / f"{name}.js").read_text("utf-8")
        assert set(re.findall(r'\$\("([\w-]+)"\)', code)) <= ids, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_there_in_each_language_before_its_script(language):
    said = markup.texts(language)
    assert catalog(language).items() <= said.items()
    assert said.keys() == markup.texts("en").keys()
    html = "".join(markup.html(page, language) for page in PAGES.values())
    for key, words in re.findall(r'data-say="([\w.]+)"[^<>]*>([^<]*)<', html):
        assert words == escape(said[key])
    for name, key, words in re.findall(r'data-say-\w+="([\w.]+)" ([\w-]+)="([^"]*)"', html):
        assert words == escape(said[name]), key
    assert f'aria-label="{escape(said["app.write"])}"' in html
