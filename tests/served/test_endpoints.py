"""Every endpoint, called as programs call it, against the unmodified app."""

import base64
import io
import json
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor

import httpx
import numpy as np
import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from PIL import Image

from tests.support import EXAMPLES


@pytest.fixture(scope="module")
def client(app):
    return Client(app.url, verbose=False)


def test_the_endpoints_of_the_contract_and_no_others(client):
    named = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    parameters = {
        name: {
            p["parameter_name"]: p["parameter_default"] if p["parameter_has_default"] else ...
            for p in endpoint["parameters"]
        }
        for name, endpoint in named.items()
    }
    told = {
        "style": "short",
        "model": "",
        "language": "",
        "instruction": "",
        "purpose": "informative",
        "context": "",
        "min_words": 0,
        "max_words": 0,
    }
    drawing = {
        "prompt": ...,
        "negative_prompt": "",
        "steps": 25,
        "guidance": 7,
        "width": 512,
        "height": 512,
        "seed": -1,
        "model": "",
    }
    for name in ("/generate", "/draw"):  # what came later comes at the end, and has a default
        later = dict(list(parameters[name].items())[len(drawing) :])
        assert ... not in later.values()
        parameters[name] = dict(list(parameters[name].items())[: len(drawing)])
    assert parameters == {
        "/caption": {"image": ..., **told},
        "/generate": drawing,
        "/draw": drawing,
        "/edit": {"image": ..., "prompt": ..., "strength": 0.6, **drawing, "width": 0, "height": 0},
        "/caption_many": {"files": ..., **told},
        "/describe_and_generate": {"image": ..., "language": ""},
        "/ask": {"prompt": ...},
        "/play": {"image": ..., "rounds": 3, "seed": -1, "language": ""},
        "/read_recipe": {"image": ...},
        "/status": {},
    }


@pytest.mark.parametrize(
    ("name", "word"),
    [("cat", "cat"), ("coffee", "espresso"), ("rocket", "rocket"), ("astronaut", "person")],
)
def test_the_example_photos_are_described(client, name, word):
    assert word in client.predict(handle_file(EXAMPLES / f"{name}.jpg"), api_name="/caption")


def test_every_style_says_something_of_its_own(client):
    picture = handle_file(EXAMPLES / "coffee.jpg")
    said = [
        client.predict(picture, style=style, api_name="/caption")
        for style in ("short", "detailed", "alt text", "tags")
    ]
    assert len(set(said)) == 4
    assert all(said)


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "一杯浓缩咖啡"), ("zh-Hant-HK", "一杯濃縮咖啡"), ("de", "a cup of espresso")],
)
def test_captions_come_in_the_language_that_was_asked_for(client, language, said):
    picture = handle_file(EXAMPLES / "coffee.jpg")
    assert client.predict(picture, language=language, api_name="/caption") == said


def test_a_question_is_answered(client):
    picture = handle_file(EXAMPLES / "cat.jpg")
    said = client.predict(picture, instruction="Is there a cat?", api_name="/caption")
    assert said == "Yes, I see one cat."


def test_what_the_built_in_engine_can_not_be_told_it_says(client):
    picture = handle_file(EXAMPLES / "cat.jpg")
    with pytest.raises(AppError, match="builtin answers plain questions only"):
        client.predict(picture, instruction="Write a tweet about it.", api_name="/caption")


def test_a_language_that_is_none_is_refused(client):
    with pytest.raises(AppError, match="Captions can't be written in this language: choose one of"):
        client.predict(handle_file(EXAMPLES / "cat.jpg"), language="elvish", api_name="/caption")


def test_a_round_in_chinese_is_drawn_from_chinese(client):
    caption, picture = client.predict(
        handle_file(EXAMPLES / "cat.jpg"), language="zh", api_name="/describe_and_generate"
    )
    assert caption == "一只猫"
    with Image.open(picture) as drawn:
        assert drawn.info["parameters"].startswith(caption)
    assert "cat" in client.predict(handle_file(picture), api_name="/caption")


def test_a_drawing_comes_with_its_recipe_and_seed(client):
    path, seed = client.predict(
        "a dog in a park", width=320, height=256, seed=42, api_name="/generate"
    )
    assert seed == 42
    with Image.open(path) as picture:
        assert (picture.format, picture.size) == ("PNG", (320, 256))
        assert "Seed: 42, Size: 320x256, Model: builtin" in picture.info["parameters"]
        assert json.loads(picture.info["describe_draw"])["prompt"] == "a dog in a park"


def test_the_seed_repeats_a_drawing(client):
    first, seed = client.predict("a castle", api_name="/generate")
    again = client.predict("a castle", seed=seed, api_name="/draw")
    other = client.predict("a castle", api_name="/draw")
    pixels = [np.asarray(Image.open(path)) for path in (first, again, other)]
    assert np.array_equal(pixels[0], pixels[1])
    assert not np.array_equal(pixels[0], pixels[2])


def test_what_was_drawn_is_recognised(client):
    picture = client.predict("a dog in a park", seed=1, api_name="/draw")
    assert "dog" in client.predict(handle_file(picture), api_name="/caption")


def test_describe_and_generate(client):
    caption, picture = client.predict(
        handle_file(EXAMPLES / "cat.jpg"), api_name="/describe_and_generate"
    )
    assert "cat" in caption
    with Image.open(picture) as drawn:
        assert drawn.info["parameters"].startswith(caption)


def test_status(client):
    status = client.predict(api_name="/status")
    assert list(status) == ["describe", "draw", "edit", "write"]
    assert all(set(row) == {"engine", "model", "payer", "missing"} for row in status.values())
    assert status["draw"]["engine"] == "builtin"


def test_without_a_writer_the_answer_is_what_to_set(client):
    assert "set TEXT_API_URL" in client.predict("hello", api_name="/ask")


def png(mode="RGB", size=(40, 30), colour=None, name="PNG", **options):
    data = io.BytesIO()
    picture = Image.new(mode, size, colour if colour is not None else 90)
    picture.save(data, name, **options)
    return data.getvalue()


def rotated():
    exif = Image.Exif()
    exif[0x0112] = 6
    return png(name="JPEG", exif=exif)


def animated(name):
    frames = [Image.new("RGB", (40, 30), c) for c in ("red", "blue")]
    data = io.BytesIO()
    frames[0].save(data, name, save_all=True, append_images=frames[1:])
    return data.getvalue()


FINE = {
    "rgba.png": png("RGBA", colour=(9, 9, 9, 90)),
    "grey.jpg": png("L", name="JPEG"),
    "cmyk.jpg": png("CMYK", colour=(9, 99, 9, 9), name="JPEG"),
    "deep.png": png("I;16", colour=30_000),
    "palette.png": png("P"),
    "bits.png": png("1", colour=1),
    "animation.gif": animated("GIF"),
    "animation.webp": animated("WEBP"),
    "phone.jpg": rotated(),
    "one.png": png(size=(1, 1)),
    "wide.png": png(size=(4000, 1)),
    "wrong-ending.txt": png(),
}


@pytest.mark.parametrize("name", FINE)
def test_odd_pictures_are_described(client, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(FINE[name])
    assert client.predict(handle_file(path), api_name="/caption").strip()


def bomb():
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    data = b"IHDR" + header
    chunk = struct.pack(">I", len(header)) + data + struct.pack(">I", zlib.crc32(data))
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\0\0IDAT\x35\xaf\x06\x1e"


BROKEN = {
    "text.jpg": (b"just text", "not a picture"),
    "empty.png": (b"", "not a picture"),
    "drawing.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture"),
    "cut.jpg": ((EXAMPLES / "cat.jpg").read_bytes()[:9000], "damaged or incomplete"),
    "bomb.png": (bomb(), "64 megapixels"),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("endpoint", ["/caption", "/describe_and_generate", "/play"])
def test_broken_pictures_end_in_a_sentence(client, tmp_path, name, endpoint):
    content, says = BROKEN[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(AppError, match=says):
        client.predict(handle_file(path), api_name=endpoint)


@pytest.mark.parametrize("name", ["text.jpg", "empty.png", "bomb.png"])
def test_what_is_no_picture_has_no_recipe_to_read(client, tmp_path, name):
    content, says = BROKEN[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(AppError, match=says):
        client.predict(handle_file(path), api_name="/read_recipe")


def test_no_picture_ends_in_a_sentence(client):
    with pytest.raises(AppError, match="no picture yet"):
        client.predict(None, api_name="/caption")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"prompt": ""}, "prompt is empty"),
        ({"prompt": " \n"}, "prompt is empty"),
        ({"prompt": None}, "prompt is empty"),
        ({"prompt": "a" * 2001}, "2001 characters: shorten it to 2000"),
        ({"negative_prompt": "a" * 2001}, "negative prompt has 2001 characters"),
        ({"width": 500}, "width must be a multiple of 64"),
        ({"width": 0}, "width must be a number from 64 to 1024"),
        ({"height": 2048}, "height must be a number from 64 to 1024"),
        ({"steps": 2.5}, "inference steps must be a whole number"),
        ({"steps": 101}, "inference steps must be a number from 1 to 100"),
        ({"guidance": 0}, "guidance scale must be a number from 1 to 20"),
        ({"seed": -2}, "seed must be a number from -1"),
        ({"seed": None}, "seed must be a number from -1"),
        ({"model": "somebody/else"}, "model is not available: choose one of builtin"),
    ],
)
@pytest.mark.parametrize("endpoint", ["/generate", "/draw"])
def test_options_out_of_bounds_end_in_a_sentence(client, options, says, endpoint):
    with pytest.raises(AppError, match=says):
        client.predict(**{"prompt": "a dog", **options}, api_name=endpoint)


def test_a_style_that_does_not_exist_is_refused_with_those_that_do(client):
    with pytest.raises(AppError, match="detailed"):
        client.predict(handle_file(EXAMPLES / "cat.jpg"), style="poem", api_name="/caption")


def rest(app, name, body, **headers):
    """A call over REST: what its event stream ends with."""
    headers["Content-Type"] = "application/json"
    content = body if isinstance(body, str) else json.dumps(body)
    post = httpx.post(f"{app.url}/gradio_api/call/v2/{name}", content=content, headers=headers)
    event = post.json()["event_id"]
    answer = httpx.get(f"{app.url}/gradio_api/call/{name}/{event}", timeout=60)
    return answer.text.strip().splitlines()[-2:]


def test_rest_takes_names_and_defaults(app):
    event, data = rest(app, "generate", {"prompt": "a dog", "seed": 5})
    assert event == "event: complete"
    picture, seed = json.loads(data.removeprefix("data: "))
    assert seed == 5
    assert httpx.get(picture["url"]).headers["content-type"] == "image/png"


def test_rest_takes_a_picture_as_a_data_url(app):
    data = base64.b64encode((EXAMPLES / "cat.jpg").read_bytes()).decode()
    image = {"url": f"data:image/jpeg;base64,{data}", "meta": {"_type": "gradio.FileData"}}
    event, answer = rest(app, "caption", {"image": image})
    assert event == "event: complete"
    assert "cat" in answer


@pytest.mark.parametrize(
    ("values", "ends", "says"),
    [
        (["short", ""], "complete", "a cat"),  # as it was called before it had a language
        ([], "complete", "a cat"),
        (["tags", "", "zh"], "complete", "猫、照片"),
        (["alt text", "", "", "", "text"], "complete", "cat"),
        (["short"] + [""] * 8, "error", "This call takes 9 values but got 10"),
    ],
)
def test_values_in_a_row_may_end_before_the_optional_ones(app, values, ends, says):
    data = base64.b64encode((EXAMPLES / "cat.jpg").read_bytes()).decode()
    image = {"url": f"data:image/jpeg;base64,{data}", "meta": {"_type": "gradio.FileData"}}
    url = f"{app.url}/gradio_api/call/caption"
    event = httpx.post(url, json={"data": [image, *values]}).json()["event_id"]
    ended, answer = httpx.get(f"{url}/{event}", timeout=60).text.strip().splitlines()[-2:]
    assert ended == f"event: {ends}"
    assert says in str(json.loads(answer.removeprefix("data: ")))


def test_what_has_no_default_can_not_be_left_out(app):
    url = f"{app.url}/gradio_api/call/draw"
    event = httpx.post(url, json={"data": []}).json()["event_id"]
    assert "This call takes 8 values but got 0" in httpx.get(f"{url}/{event}", timeout=60).text


def test_nan_is_refused(app):
    body = '{"prompt": "a dog", "guidance": NaN}'
    event, _ = rest(app, "draw", body)
    assert event == "event: error"


def test_a_caller_is_answered_in_its_language(app):
    event, data = rest(app, "draw", {"prompt": ""}, **{"Accept-Language": "zh-CN,zh"})
    assert event == "event: error"
    assert "提示词是空的" in json.loads(data.removeprefix("data: "))["error"]


def test_calls_can_not_go_round_the_queue(app):
    answer = httpx.post(f"{app.url}/gradio_api/run/caption", json={"data": [None, "short", ""]})
    assert answer.status_code == 404


def test_thirty_calls_at_once_are_all_answered(client):
    def call(number):
        if number % 2:
            return client.predict("a dog", width=64, height=64, api_name="/draw")
        return client.predict(handle_file(EXAMPLES / "cat.jpg"), api_name="/caption")

    with ThreadPoolExecutor(10) as callers:
        assert all(callers.map(call, range(30)))


def test_nothing_of_the_visitors_is_written_to_the_log(app, client):
    client.predict("a very private prompt", width=64, height=64, api_name="/draw")
    log = app.log.read_text("utf-8")
    assert "very private prompt" not in log  # macOS has its files in /private
    assert "builtin picture in" in log
