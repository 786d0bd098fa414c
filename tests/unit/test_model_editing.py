"""Pictures from pictures by models' HTTP APIs, and Ollama's drawings, against such servers."""

import base64
import io
import json

import pytest
from PIL import Image
from starlette.responses import JSONResponse

from describe_draw.access import ANONYMOUS
from describe_draw.engines.base import Call, Source
from describe_draw.engines.model_api import ModelApi
from describe_draw.problems import Problem
from describe_draw.recipe import EDIT_OPTIONS, OPTIONS, Edit, Recipe
from describe_draw.settings import SettingsError
from tests.apis import MODEL, ModelServer
from tests.apis.ollama import NO_LONGER, PAINTER
from tests.support import settings

SIZE = (192, 128)
SOURCE = Source(Image.new("RGB", SIZE, (205, 40, 40)))
EDIT = Edit("make it blue", "trees", 20, 6.5, *SIZE, 42, strength=0.4)
RECIPE = Recipe("a blue dog", "trees", 20, 6.5, 128, 64, 42)
SIZES = {"width", "height"}
OWN = '{"prompt": "{prompt}", "image": "{image}", "how_much": "{strength}", "steps": "{steps}"}'


@pytest.fixture(scope="module")
def running():
    with ModelServer() as server:
        yield server


@pytest.fixture
def server(running):
    running.reset()
    return running


async def with_api(doing, **values):
    api = ModelApi(settings(**values))
    try:
        return await doing(api)
    finally:
        await api.close()


async def edit(recipe=EDIT, **values):
    return await with_api(lambda api: api.edit(recipe, SOURCE, Call("")), **values)


async def generate(**values):
    return await with_api(lambda api: api.generate(RECIPE, Call("")), **values)


def opened(text):
    return Image.open(io.BytesIO(base64.b64decode(text)))


def is_red_and_blue(picture):
    """Half of the picture that was sent shines through the paint of the server's."""
    red, green, blue = picture.getpixel((picture.width - 1, 0))
    return red in range(112, 134) and green in range(50, 70) and blue in range(112, 134)


@pytest.mark.parametrize("path", ["", "/sdapi/v1", "/sdapi/v1/txt2img", "/sdapi/v1/img2img"])
async def test_automatic1111(server, path):
    edited = await edit(image_api="automatic1111", image_api_url=server.url + path)
    assert edited.picture.size == SIZE
    assert is_red_and_blue(edited.picture)
    assert edited.credit.ignored == ()
    [call] = server.calls
    assert call.path == "/sdapi/v1/img2img"
    asked = call.json
    [image] = asked.pop("init_images")
    assert (opened(image).format, opened(image).size) == ("JPEG", SIZE)
    assert asked == {
        "denoising_strength": 0.4,
        "prompt": "make it blue",
        "negative_prompt": "trees",
        "steps": 20,
        "cfg_scale": 6.5,
        "width": 192,
        "height": 128,
        "seed": 42,
        "override_settings": {},
    }


@pytest.mark.parametrize("path", ["", "/v1/", "/v1/images/generations", "/v1/images/edits"])
async def test_openai(server, path):
    values = {"image_api": "openai", "image_api_model": MODEL}
    edited = await edit(**values, image_api_url=server.url + path)
    assert edited.picture.size == SIZE
    assert is_red_and_blue(edited.picture)
    assert edited.credit.ignored == ("negative_prompt", "steps", "guidance", "seed", "strength")
    [call] = server.calls
    assert call.path == "/v1/images/edits"
    assert call.headers["content-type"].startswith("multipart/form-data")
    assert b'name="image"; filename="picture.jpg"\r\nContent-Type: image/jpeg' in call.body


@pytest.mark.parametrize("path", ["", "/api/generate"])
async def test_ollama_draws_and_edits(server, path):
    values = {"image_api": "ollama", "image_api_model": PAINTER}
    drawn = await generate(**values, image_api_url=server.url + path)
    assert (drawn.picture.size, drawn.credit.model) == ((128, 64), PAINTER)
    assert drawn.credit.ignored == ("negative_prompt", "guidance")
    sent = {
        "model": PAINTER,
        "prompt": "a blue dog",
        "width": 128,
        "height": 64,
        "steps": 20,
        "options": {"seed": 42},
        "stream": False,
    }
    assert server.calls[0].path == "/api/generate"
    assert server.calls[0].json == sent
    edited = await edit(**values, image_api_url=server.url + path)
    assert edited.picture.size == SIZE
    assert is_red_and_blue(edited.picture)
    assert edited.credit.ignored == ("negative_prompt", "guidance", "strength")
    assert opened(server.calls[1].json["images"][0]).size == SIZE


async def test_an_ollama_that_draws_no_longer_says_so(server):
    server.next(JSONResponse(NO_LONGER, 400))
    values = {"image_api": "ollama", "image_api_model": PAINTER, "image_api_url": server.url}
    with pytest.raises(Problem, match="models are not currently supported"):
        await generate(**values)


@pytest.mark.parametrize("form", ["image", "image_url"])
async def test_one_template_serves_words_alone_and_pictures(server, form):
    request = OWN.replace("{image}", f"{{{form}}}")
    values = {"image_api_url": f"{server.url}/draw", "image_api_request": request}
    edited = await edit(**values)
    assert edited.picture.size == SIZE
    assert edited.credit.ignored == ("negative_prompt", "guidance", "seed")
    asked = server.calls[0].json
    head, _, data = asked.pop("image").rpartition(",")
    assert head == ("data:image/jpeg;base64" if form == "image_url" else "")
    assert opened(data).size == SIZE
    assert asked == {"prompt": "make it blue", "how_much": 0.4, "steps": 20}
    assert (await generate(**values)).picture.size == (64, 64)
    assert server.calls[1].json == {"prompt": "a blue dog", "steps": 20}


async def test_a_form_holds_the_picture_as_a_file_where_there_is_one(server):
    values = {
        "image_api_url": f"{server.url}/draw",
        "image_api_encoding": "multipart",
        "image_api_request": OWN,
    }
    assert is_red_and_blue((await edit(**values)).picture)
    assert (await generate(**values)).picture.size == (64, 64)
    with_picture, without = (call.body for call in server.calls)
    assert b'name="image"; filename="picture.jpg"' in with_picture
    assert b'name="how_much"\r\n\r\n0.4' in with_picture
    assert b"image" not in without
    assert b"how_much" not in without


async def test_a_presets_own_way_edits_where_the_operators_template_names_no_picture(server):
    request = '{"prompt": "{prompt}", "steps": "{steps}", "width": "{width}", '
    request += '"height": "{height}", "seed": "{seed}"}'
    values = {"image_api": "automatic1111", "image_api_request": request}
    edited = await edit(**values, image_api_url=f"{server.url}/sdapi/v1/txt2img")
    assert is_red_and_blue(edited.picture)
    assert server.calls[0].json["cfg_scale"] == 6.5


@pytest.mark.parametrize(
    ("values", "options"),
    [
        ({"image_api": "automatic1111"}, set(EDIT_OPTIONS)),
        ({"image_api": "openai", "image_api_model": MODEL}, SIZES),
        ({"image_api": "ollama", "image_api_model": PAINTER}, SIZES | {"steps", "seed"}),
        ({"image_api_request": OWN}, SIZES | {"steps", "strength"}),
    ],
)
def test_it_offers_what_the_request_has_a_place_for(values, options):
    api = ModelApi(settings(**values, image_api_url="http://127.0.0.1:9"))
    (can,) = api.capabilities("edit", ANONYMOUS)
    assert can.options == options
    assert api.lacks("edit") == ""
    (draw,) = api.capabilities("draw", ANONYMOUS)
    assert draw.options <= set(OPTIONS)


def test_a_request_without_a_place_for_a_picture_edits_none():
    api = ModelApi(settings(image_api_url="http://127.0.0.1:9"))
    assert not api.capabilities("edit", ANONYMOUS)
    assert api.lacks("edit") == "name {image} in IMAGE_API_REQUEST"
    assert ModelApi(settings()).lacks("edit") == "set IMAGE_API_URL"
    assert not ModelApi(settings(text_api_url="http://h")).capabilities("edit", ANONYMOUS)


def test_what_writes_has_no_place_for_a_picture():
    with pytest.raises(SettingsError, match=r"there is no \{image\} here"):
        ModelApi(settings(text_api_url="http://h", text_api_request=json.dumps({"i": "{image}"})))
