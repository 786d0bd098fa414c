"""The app with the operator's own model APIs."""

import base64
import hashlib
import io
import json

import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from PIL import Image
from starlette.responses import JSONResponse

from tests.apis import MODEL, TOKEN, ModelServer
from tests.support import EXAMPLES, serving


@pytest.fixture(scope="module")
def server():
    with ModelServer(token=TOKEN) as running:
        yield running


@pytest.fixture(scope="module")
def app(server, tmp_path_factory):
    environment = {
        "CAPTION_API_URL": f"{server.url}/describe_image",
        "CAPTION_API_TOKEN": TOKEN,
        "IMAGE_API": "automatic1111",
        "IMAGE_API_URL": server.url,
        "IMAGE_API_TOKEN": TOKEN,
        "TEXT_API": "ollama",
        "TEXT_API_MODEL": MODEL,
        "TEXT_API_URL": server.url,
        "TEXT_API_TOKEN": TOKEN,
        "HF_TOKEN": "hf_operatorOPERATORoperator",
        "HF_HUB_OFFLINE": "1",
    }
    with serving(tmp_path_factory.mktemp("app"), **environment) as running:
        yield running


@pytest.fixture(scope="module")
def client(app):
    return Client(app.url, verbose=False)


def test_they_answer_before_the_hub(client):
    status = client.predict(api_name="/status")
    assert {row["engine"] for row in status.values()} == {"http"}
    assert {row["payer"] for row in status.values()} == {"operator"}
    assert status["write"]["model"] == MODEL


def test_they_describe_draw_and_write(client, server):
    assert " picture of " in client.predict(handle_file(EXAMPLES / "cat.jpg"), api_name="/caption")
    assert client.predict("a red dog", steps=9, width=128, api_name="/draw").endswith(".png")
    assert server.calls[-1].json["steps"] == 9
    assert client.predict("what is a cat?", api_name="/ask") == "You said: what is a cat?"


def test_a_picture_becomes_another(client, server):
    """It goes upstream upright and in the size of the drawing, whatever its own is."""
    photo = handle_file(EXAMPLES / "astronaut.jpg")
    path, seed = client.predict(
        photo, "on the moon", strength=0.3, width=256, height=192, seed=7, api_name="/edit"
    )
    call = server.calls[-1]
    assert (call.path, seed) == ("/sdapi/v1/img2img", 7)
    asked = call.json
    assert (asked["prompt"], asked["denoising_strength"], asked["seed"]) == ("on the moon", 0.3, 7)
    with Image.open(io.BytesIO(base64.b64decode(asked["init_images"][0]))) as sent:
        assert (sent.format, sent.size) == ("JPEG", (256, 192))
    with Image.open(path) as edited:
        assert edited.size == (256, 192)
        recipe = json.loads(edited.info["describe_draw"])
    assert (recipe["engine"], recipe["strength"], recipe["ignored"]) == ("http", 0.3, [])
    assert recipe["source"] == hashlib.sha256((EXAMPLES / "astronaut.jpg").read_bytes()).hexdigest()


def test_the_hubs_token_went_to_none_of_them(server):
    assert server.calls
    assert {call.headers["authorization"] for call in server.calls} == {f"Bearer {TOKEN}"}


def test_a_style_that_the_api_has_no_place_for_is_refused(client):
    with pytest.raises(AppError, match="choose one of short"):
        client.predict(handle_file(EXAMPLES / "cat.jpg"), style="tags", api_name="/caption")


def test_nothing_that_a_visitor_sends_names_another_address(client, server):
    before = len(server.calls)
    with pytest.raises(AppError, match="model is not available"):
        client.predict("a dog", model="http://127.0.0.1:9/", api_name="/draw")
    assert len(server.calls) == before


def test_its_failure_is_one_sentence_and_neither_it_nor_the_log_holds_the_token(
    client, server, app
):
    server.next(JSONResponse({"error": f"bad key {TOKEN} at http://u:secret@host/"}, 403))
    with pytest.raises(AppError, match=r"rejected the token \(bad key … at …\)") as caught:
        client.predict("hello", api_name="/ask")
    assert "TEXT_API_TOKEN" in str(caught.value)
    log = app.log.read_text("utf-8")
    assert TOKEN not in log
    assert "secret" not in log
    assert "write failed [" in log


@pytest.mark.parametrize(("prompt", "says"), [(" ", "question is empty"), ("a" * 2001, "2001")])
def test_a_question_that_can_not_be_asked(client, prompt, says):
    with pytest.raises(AppError, match=says):
        client.predict(prompt, api_name="/ask")
