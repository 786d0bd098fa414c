"""Models of one's own by their HTTP APIs, against servers that speak them."""

import asyncio
import base64
import io
import json
import socket

import pytest
from PIL import Image
from starlette.responses import JSONResponse, RedirectResponse, Response

from describe_draw.access import ANONYMOUS
from describe_draw.caption_options import CaptionOptions
from describe_draw.engines import Engines
from describe_draw.engines.base import Call
from describe_draw.engines.model_api import ModelApi
from describe_draw.problems import Problem
from describe_draw.recipe import Recipe
from describe_draw.settings import SettingsError
from describe_draw.store import Store
from describe_draw.studio import Studio
from tests.apis import MODEL, TOKEN, ModelServer
from tests.apis.openai import OLDER
from tests.support import settings

RED = Image.new("RGB", (80, 60), (205, 40, 40))
SEEN = "a red picture of 80 by 60"
RECIPE = Recipe("a blue dog", "trees", 20, 6.5, 128, 64, 42)
CALL = Call("")


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


async def caption(style="short", language="", instruction="", **values):
    asked = CaptionOptions(style, language, instruction)
    return await with_api(lambda api: api.caption(RED, asked, CALL), **values)


async def generate(recipe=RECIPE, **values):
    return await with_api(lambda api: api.generate(recipe, CALL), **values)


async def write(prompt="hello", system="", **values):
    async def pieces(api):
        return [piece async for piece in api.write(prompt, CALL, system=system)]

    return await with_api(pieces, **values)


async def problem(call):
    with pytest.raises(Problem) as caught:
        await call
    return caught.value.message.say()


async def test_the_defaults_fit_the_tutorials_api(server):
    said = await caption(caption_api_url=f"{server.url}/describe_image")
    assert said.text == SEEN
    assert (said.credit.engine, said.credit.model) == ("http", "http")
    [call] = server.calls
    assert list(call.json) == ["image"]
    with Image.open(io.BytesIO(base64.b64decode(call.json["image"]))) as sent:
        assert (sent.format, sent.size) == ("JPEG", (80, 60))


async def test_the_defaults_write_as_the_tutorials_api_does(server):
    assert await write("hi", text_api_url=f"{server.url}/generate") == ["You said: hi"]
    assert server.calls[0].json == {"prompt": "hi"}


async def test_a_data_url_by_the_template(server):
    request = '{"image": "{image_url}", "ask": "{prompt}", "kind": "{style}"}'
    server.next(JSONResponse({"description": "seen"}))
    said = await caption(
        "tags", caption_api_url=f"{server.url}/describe_image", caption_api_request=request
    )
    assert said.text == "seen"
    asked = server.calls[0].json
    assert asked["image"].startswith("data:image/jpeg;base64,/9j/")
    assert "tags" in asked["ask"]
    assert asked["kind"] == "tags"


@pytest.mark.parametrize(
    ("request_", "asked", "notes"),
    [
        ('{"image": "{image}", "ask": "{prompt}"}', "Write it in Simplified Chinese.", []),
        ('{"image": "{image}", "ask": "{language}"}', "zh", []),
        ('{"image": "{image}", "ask": "{style}"}', "short", ["note.only_english"]),
    ],
)
async def test_an_api_is_told_the_language_if_it_can_be(server, request_, asked, notes):
    said = await caption(
        language="zh",
        caption_api_url=f"{server.url}/describe_image",
        caption_api_request=request_,
    )
    assert server.calls[0].json["ask"].endswith(asked)
    assert [note.key for note in said.credit.notes] == notes


async def test_an_api_that_is_asked_in_words_is_given_an_instruction_as_it_is(server):
    await caption(
        instruction="How many people? Answer with a number.",
        caption_api_url=f"{server.url}/describe_image",
        caption_api_request='{"image": "{image}", "ask": "{prompt}"}',
    )
    assert server.calls[0].json["ask"] == "How many people? Answer with a number."


@pytest.mark.parametrize(
    ("request_", "instructs"),
    [('{"image": "{image}", "ask": "{prompt}"}', True), ('{"image": "{image}"}', False)],
)
def test_where_there_is_no_place_for_words_no_instruction_is_taken(request_, instructs):
    values = {"caption_api_url": "http://127.0.0.1:9", "caption_api_request": request_}
    (can,) = ModelApi(settings(**values)).capabilities("describe", ANONYMOUS)
    assert can.instructs is instructs


@pytest.mark.parametrize(
    ("encoding", "kind"),
    [("form", "application/x-www-form-urlencoded"), ("multipart", "multipart/form-data")],
)
async def test_forms(server, encoding, kind):
    url = f"{server.url}/describe_image"
    request = '{"image": "{image}", "style": "{style}", "options": {"n": 3}}'
    said = await caption(
        caption_api_url=url, caption_api_encoding=encoding, caption_api_request=request
    )
    assert said.text == SEEN
    [call] = server.calls
    assert call.headers["content-type"].startswith(kind)
    if encoding == "multipart":
        assert b'name="image"; filename="picture.jpg"' in call.body
        assert b'name="options"\r\n\r\n{"n": 3}' in call.body
    else:
        assert b"options=%7B%22n%22" in call.body


async def test_get_asks_in_the_query(server):
    assert await write("a & b", text_api_url=f"{server.url}/generate", text_api_method="get") == [
        "You said: a & b"
    ]
    assert server.calls[0].query == {"prompt": "a & b"}


@pytest.mark.parametrize("form", ["base64", "data", "bytes", "url"])
async def test_pictures_come_back_in_any_form(server, form):
    generated = await generate(
        image_api_url=f"{server.url}/draw",
        image_api_request=json.dumps({"prompt": "{prompt}", "as": form}),
    )
    assert generated.picture.size == (64, 64)
    assert generated.credit.ignored == (
        "negative_prompt",
        "steps",
        "guidance",
        "width",
        "height",
        "seed",
    )


@pytest.mark.parametrize("path", ["", "/api/chat", "/api/generate"])
async def test_ollama(server, path):
    values = {"caption_api": "ollama", "caption_api_model": MODEL}
    said = await caption("detailed", **values, caption_api_url=server.url + path)
    assert said.text == SEEN
    assert said.credit.model == MODEL
    call = server.calls[0]
    assert call.path == (path or "/api/chat")
    assert call.json["stream"] is True


@pytest.mark.parametrize("path", ["", "/api/generate"])
async def test_ollama_streams(server, path):
    pieces = await write(
        "hello you", text_api="ollama", text_api_model=MODEL, text_api_url=server.url + path
    )
    assert pieces == ["You ", "said: ", "hello ", "you "]
    assert server.calls[0].json["stream"] is True


@pytest.mark.parametrize("path", ["", "/v1", "/v1/chat/completions"])
async def test_openai_sees(server, path):
    values = {"caption_api": "openai", "caption_api_model": MODEL}
    said = await caption("alt text", **values, caption_api_url=server.url + path)
    assert said.text == SEEN
    [call] = server.calls
    content = call.json["messages"][0]["content"]
    assert content[0]["image_url"]["url"].startswith("data:image/jpeg;base64,")
    assert "alternative text" in content[1]["text"]


async def test_openai_streams(server):
    pieces = await write(
        "hello", system="Be kind.", text_api="openai", text_api_model=MODEL, text_api_url=server.url
    )
    assert "".join(pieces) == "You said: Be kind.\n\nhello "
    assert len(pieces) > 3


@pytest.mark.parametrize("form", ["b64_json", "url"])
async def test_openai_draws(server, form):
    model = MODEL if form == "b64_json" else OLDER
    values = {"image_api": "openai", "image_api_model": model, "image_api_url": server.url}
    generated = await generate(**values)
    assert generated.picture.size == ((128, 64) if form == "b64_json" else (64, 64))
    assert {"steps", "seed"} <= set(generated.credit.ignored)
    sent = {"model": model, "prompt": "a blue dog", "n": 1, "size": "128x64"}
    assert server.calls[0].json == sent


async def test_automatic1111(server):
    generated = await generate(image_api="automatic1111", image_api_url=server.url)
    assert generated.picture.size == (128, 64)
    assert generated.credit.ignored == ()
    assert server.calls[0].json == {
        "prompt": "a blue dog",
        "negative_prompt": "trees",
        "steps": 20,
        "cfg_scale": 6.5,
        "width": 128,
        "height": 64,
        "seed": 42,
        "override_settings": {},
    }
    said = await caption(caption_api="automatic1111", caption_api_url=server.url)
    assert said.text == SEEN


@pytest.mark.parametrize("preset", ["ollama", "openai"])
async def test_what_their_own_clients_would_not_send_is_refused_here(server, preset):
    """So that every other test holds the presets against the published types."""
    request = '{"model": "{model}", "stream": true, "messages": [{"role": "user", "content": 7}]}'
    odd = '{"model": "{model}", "messages": [{"role": "user", "content": "a"}], "streams": true}'
    values = {"text_api": preset, "text_api_model": MODEL, "text_api_url": server.url}
    for wrong in (request, odd):
        said = await problem(write(**values, text_api_request=wrong))
        assert "rejected the request (" in said


async def test_a_part_of_a_preset_can_be_changed(server):
    await generate(
        image_api="automatic1111",
        image_api_url=server.url,
        image_api_request='{"prompt": "{prompt}", "steps": "{steps}", "width": "{width}", '
        '"height": "{height}", "seed": "{seed}"}',
    )
    assert server.calls[0].path == "/sdapi/v1/txt2img"
    assert "cfg_scale" not in server.calls[0].json


async def test_only_its_own_token_is_sent(server, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "hf_ambient000")
    url = f"{server.url}/describe_image"
    await caption(hf_token="hf_operator000", caption_api_url=url)
    await caption(hf_token="hf_operator000", caption_api_url=url, caption_api_token=f"{TOKEN}\n")
    sent = [call.headers.get("authorization") for call in server.calls]
    assert sent == [None, f"Bearer {TOKEN}"]


async def test_a_password_in_the_address_goes_along_and_is_never_told(server, caplog):
    """AUTOMATIC1111's web UI with `--api-auth user:pa ss` asks for HTTP's basic authentication."""
    url = server.url.replace("http://", "http://user:pa%20ss@")
    await generate(image_api="automatic1111", image_api_url=url)
    sent = server.calls[0].headers["authorization"]
    assert sent == f"Basic {base64.b64encode(b'user:pa ss').decode()}"
    for text in ("pa ss", "pa%20ss", sent, url):
        server.next(JSONResponse({"detail": f"{text} is odd"}, 400))
        said = await problem(generate(image_api="automatic1111", image_api_url=url))
        assert said.startswith("automatic1111 rejected the request (")
        assert "pa%20ss" not in said + caplog.text
        assert "pa ss" not in said + caplog.text
        assert sent.removeprefix("Basic ") not in said + caplog.text


async def test_where_an_api_is_leaves_the_machine_with_nothing(server, tmp_path):
    chosen = settings(image_api_url=f"{server.url}/draw")
    house = Engines(chosen)
    drawn = await Studio(chosen, house, Store(tmp_path)).draw(Recipe("a dog", seed=1))
    assert "127.0.0.1" not in f"{house.status(ANONYMOUS)} {drawn.credit}"
    assert b"127.0.0.1" not in drawn.path.read_bytes()
    assert drawn.recipe.model == "http"
    await house.close()


@pytest.mark.parametrize("path", ["/home/jane/models/tiny.gguf", r"D:\jane\tiny.gguf"])
async def test_where_a_model_is_leaves_the_machine_with_nothing(server, path):
    """llama.cpp's server, vLLM and `transformers serve` may name a model by its path."""
    values = {"text_api": "openai", "text_api_model": path, "text_api_url": server.url}
    api = ModelApi(settings(**values))
    (can,) = api.capabilities("write", ANONYMOUS)
    assert can.model == "tiny.gguf"
    said = await problem(write(**values))
    assert server.calls[0].json["model"] == path
    assert "The model `tiny.gguf` does not exist." in said
    assert "jane" not in said


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"description": None}, "The model API returned an empty answer: try again"),
        ({"description": base64.b64encode(bytes(range(256))).decode()}, "data instead of words"),
    ],
)
async def test_what_is_no_caption_is_told(server, answer, sentence):
    server.next(JSONResponse(answer))
    assert sentence in await problem(caption(caption_api_url=f"{server.url}/describe_image"))


@pytest.mark.parametrize(
    ("preset", "limit"),
    [("openai", ("max_completion_tokens",)), ("ollama", ("options", "num_predict"))],
)
async def test_presets_limit_what_a_caption_may_cost(server, preset, limit):
    await caption(caption_api=preset, caption_api_model=MODEL, caption_api_url=server.url)
    asked = server.calls[0].json
    for step in limit:
        asked = asked[step]
    assert asked == 80 + 1024


async def test_a_redirect_on_the_same_host_is_followed(server):
    said = await caption(caption_api_url=f"{server.url}/moved")
    assert said.text == SEEN


@pytest.mark.parametrize("where", ["http://localhost:9/", "https://example.com/", "file:///etc/"])
async def test_a_redirect_to_another_host_is_refused(server, where):
    server.next(RedirectResponse(where, 307))
    said = await problem(caption(caption_api_url=f"{server.url}/describe_image"))
    assert "another host" in said or "can't be reached" in said
    assert "CAPTION_API_URL" in said
    assert len(server.calls) == 1


async def test_a_picture_on_another_host_is_refused(server):
    server.next(JSONResponse({"image": "http://localhost:9/a.png"}))
    said = await problem(generate(image_api_url=f"{server.url}/draw"))
    assert (
        said == "The model API points to another host, which is not followed: check IMAGE_API_URL."
    )


class Slow(Response):
    async def __call__(self, scope, receive, send):
        await asyncio.sleep(3)


CUT_PNG = Response(b"\x89PNG\r\n\x1a\n\0\0", media_type="image/png")
FAULTS = {
    "token": (JSONResponse({"error": "no such key token-of-the-model-server"}, 401), "_TOKEN"),
    "address": (
        Response("nothing", 404),
        "nothing at that address (HTTP 404): check IMAGE_API_URL",
    ),
    "request": (JSONResponse({"detail": [{"msg": "Field required"}]}, 422), "(Field required)"),
    "server": (
        JSONResponse({"error": {"message": "out of memory"}}, 500),
        "failed (out of memory)",
    ),
    "html": (
        Response("<html>", media_type="text/html"),
        "text/html instead of JSON: check IMAGE_API_URL",
    ),
    "path": (
        JSONResponse({"img": "", "seed": 1}),
        "has no image in its answer, only img, seed: check IMAGE_API_RESPONSE",
    ),
    "error": (JSONResponse({"error": "no VRAM"}), "failed (no VRAM)"),
    "exception": (
        JSONResponse({"error": "ValueError", "detail": "", "errors": "no VRAM"}, 500),
        "failed (no VRAM)",
    ),
    "object": (JSONResponse({"error": {"type": "ValueError"}}, 500), "failed (HTTP 500)"),
    "text": (JSONResponse({"image": "a fine picture"}), "can't be decoded"),
    "none": (JSONResponse({"image": None}), "can't be decoded"),
    "cut": (CUT_PNG, "can't be decoded"),
    "elsewhere": (JSONResponse({"image": "/a\u0001.png"}), "an answer that can't be read"),
    "packed": (
        Response(b"no gzip", headers={"content-encoding": "gzip"}),
        "an answer that can't be read",
    ),
    "slow": (Slow(), "did not answer within 1 s"),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_what_goes_wrong_is_one_sentence_that_names_the_setting(server, name):
    response, says = FAULTS[name]
    server.next(response)
    values = {"image_api_url": f"{server.url}/draw", "image_api_token": TOKEN}
    seconds = 1 if name == "slow" else 30
    said = await problem(generate(**values, request_timeout=seconds))
    assert says in said
    assert "IMAGE_API" in said
    assert TOKEN not in said
    assert "\n" not in said


@pytest.mark.slow
async def test_an_api_that_is_down(server):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/describe_image"
        heard = []
        call = Call("", report=lambda said, _=None: heard.append(said.say()))
        asked = with_api(lambda api: api.caption(RED, CaptionOptions(), call), caption_api_url=url)
        said = await problem(asked)
    assert all("The model API can't be reached; trying again in" in report for report in heard)
    assert heard
    assert said == "The model API can't be reached: start it, or check CAPTION_API_URL."


async def test_a_fault_that_passes_is_tried_again(server):
    server.next(Response("", 503, headers={"retry-after": "0"}))
    assert (await caption(caption_api_url=f"{server.url}/describe_image")).text == SEEN
    assert len(server.calls) == 2


async def test_a_model_that_is_not_there_is_told_in_the_servers_words(server):
    values = {"caption_api": "ollama", "caption_api_model": "llava", "caption_api_url": server.url}
    said = await problem(caption(**values))
    assert 'model "llava" not found, try pulling it first' in said
    assert "CAPTION_API_MODEL" in said


async def test_an_error_within_a_stream_is_told(server):
    lines = '{"response": "so"}\n{"error": "the runner died"}\n'
    server.next(Response(lines, media_type="application/x-ndjson"))
    values = {"text_api": "ollama", "text_api_model": MODEL, "text_api_url": server.url}
    said = await problem(write(**{**values, "text_api_url": f"{server.url}/api/generate"}))
    assert "the runner died" in said


NDJSON, EVENTS = "application/x-ndjson", "text/event-stream"
OLLAMA = {"text_api": "ollama", "text_api_model": MODEL}


async def broken(server, **values):
    """What was written, and how it ended."""
    url = f"{server.url}/api/generate"
    api = ModelApi(settings(**{**OLLAMA, "text_api_url": url, "request_timeout": 2, **values}))
    text = ""
    with pytest.raises(Problem) as caught:
        async for piece in api.write("hello", CALL):
            text += piece
    await api.close()
    return text, caught.value


class CutStream(Response):
    """Announces more than it sends."""

    def init_headers(self, headers=None):
        super().init_headers({"content-length": "1000"})

    async def __call__(self, scope, receive, send):
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        await send({"type": "http.response.body", "body": self.body, "more_body": True})
        raise ConnectionAbortedError


@pytest.mark.parametrize(
    ("response", "says"),
    [
        (Response('{"response": "so"}\n{"oops\n', media_type=NDJSON), "can't be read"),
        (Response('data: {"response": "so"}\n\ndata: {x\n', media_type=EVENTS), "can't be read"),
        (
            Response('{"response": "so"}\n' + '{"a":' * 99_999 + "\n", media_type=NDJSON),
            "can't be read",
        ),
        (CutStream('{"response": "so"}\n', media_type=NDJSON), "broke off in the middle"),
    ],
    ids=["lines", "events", "deep", "cut"],
)
async def test_a_stream_that_dies_keeps_its_pieces_and_is_not_asked_again(server, response, says):
    server.next(response)
    text, problem = await broken(server)
    assert text == "so"
    assert says in problem.message.say()
    assert "TEXT_API" in problem.message.say() or "its own log" in problem.message.say()
    assert "picture" not in problem.message.say()
    assert len(server.calls) == 1


@pytest.mark.parametrize(
    "response",
    [Response("{oops", media_type=NDJSON), Response("no gzip", headers={"content-encoding": "br"})],
)
@pytest.mark.parametrize("verb", [caption, write], ids=["caption", "write"])
async def test_only_a_drawing_is_told_to_be_a_broken_picture(server, verb, response):
    server.next(response)
    url = f"{server.url}/describe_image"
    said = await problem(verb(caption_api_url=url, text_api_url=url))
    assert "picture" not in said


async def test_a_stream_that_ends_before_its_first_piece_is_asked_for_again(server):
    server.next(CutStream("", media_type=NDJSON))
    values = {**OLLAMA, "text_api_url": f"{server.url}/api/generate"}
    assert "".join(await write(**values)) == "You said: hello "
    assert len(server.calls) == 2


async def test_a_stream_without_lines_is_given_up(server):
    server.next(Response('{"response": "' + "a" * 3_000_000, media_type=NDJSON))
    text, problem = await broken(server)
    assert (text, problem.name) == ("", "api_too_long")
    assert "more than 1 MB" in problem.message.say()


async def test_a_stream_without_an_end_is_given_up(server, monkeypatch):
    monkeypatch.setattr("describe_draw.engines.model_api.calling.MAX_ANSWER", 100_000)
    server.next(Response('{"response": "a"}\n' * 50_000, media_type=NDJSON))
    text, problem = await broken(server)
    assert problem.name == "api_too_long"
    assert 0 < len(text) < 50_000


async def test_a_line_ends_where_servers_end_it(server):
    said = "one\u2028two\x85three"
    line = json.dumps({"response": said}, ensure_ascii=False)
    server.next(Response(f"data: {line}\r\n\r\n", media_type=EVENTS))
    pieces = await write(**{**OLLAMA, "text_api_url": f"{server.url}/api/generate"})
    assert "".join(pieces) == said


CODE = "\n```python\ndef __init__(self):\n    x = 2 ** 3\n```\n"


@pytest.mark.parametrize("whole", [True, False])
async def test_a_text_comes_as_it_was_written_but_for_the_thought_before_it(server, whole):
    said = f"<think>\nhm\n</think>\n{CODE}"
    if whole:
        server.next(JSONResponse({"response": said}))
    else:
        lines = [json.dumps({"response": said[i : i + 3]}) for i in range(0, len(said), 3)]
        server.next(Response("\n".join(lines) + "\n", media_type=NDJSON))
    pieces = await write(**{**OLLAMA, "text_api_url": f"{server.url}/api/generate"})
    assert "".join(pieces) == CODE[1:]


@pytest.mark.parametrize("streams", [True, False])
async def test_ollamas_thoughts_alone_are_an_empty_answer(server, streams):
    """https://docs.ollama.com/capabilities/thinking, at the end of its tokens."""
    thought = {"message": {"role": "assistant", "content": "", "thinking": "Well, the picture"}}
    end = {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "length"}
    if streams:
        lines = "".join(json.dumps(piece) + "\n" for piece in (thought, thought, end))
        server.next(Response(lines, media_type=NDJSON))
        asked = write(**OLLAMA, text_api_url=server.url)
    else:
        server.next(JSONResponse({**end, **thought}))
        values = {"caption_api": "ollama", "caption_api_model": MODEL}
        asked = caption(**values, caption_api_url=server.url)
    assert "_API_MODEL to a model that answers without thinking first" in await problem(asked)


async def test_thoughts_alone_are_an_empty_answer(server):
    server.next(JSONResponse({"response": "<think>hm</think>\n"}))
    assert "empty answer" in await problem(write(text_api_url=f"{server.url}/generate"))


async def test_an_empty_answer_is_told(server):
    server.next(JSONResponse({"description": " "}), JSONResponse({"response": ""}))
    said = await problem(caption(caption_api_url=f"{server.url}/describe_image"))
    assert "empty answer" in said
    assert "empty answer" in await problem(write(text_api_url=f"{server.url}/generate"))


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"caption_api": "ollama"}, "CAPTION_API_URL is not set"),
        ({"text_api": "ollama", "text_api_url": "http://h"}, "set TEXT_API_MODEL too"),
        (
            {"text_api": "automatic1111", "text_api_url": "http://h"},
            "it can't write; choose one of ollama, openai",
        ),
        (
            {"image_api_url": "http://h", "image_api_request": '{"p": "{promt}"}'},
            r'IMAGE_API_REQUEST=\{"p": "\{promt\}"\}: there is no \{promt\} here',
        ),
    ],
)
def test_settings_that_do_not_fit_stop_the_start(values, says):
    with pytest.raises(SettingsError, match=says):
        ModelApi(settings(**values))


def test_an_offer_has_what_the_request_has_a_place_for():
    api = ModelApi(
        settings(
            caption_api_url="http://h/describe",
            image_api="automatic1111",
            image_api_url="http://h:7861",
            image_api_token="secret",
        )
    )
    (describe,), (draw,) = (api.capabilities(task, ANONYMOUS) for task in ("describe", "draw"))
    assert describe
    assert draw
    assert describe.styles == ("short",)
    assert (describe.payer, draw.payer) == ("nobody", "operator")
    assert len(draw.options) == 6
    assert not api.capabilities("write", ANONYMOUS)
