"""The app with local models and nothing else, through its endpoints and its page."""

import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from PIL import Image
from playwright.sync_api import expect

from tests.support import EXAMPLES, serving


@pytest.fixture(scope="module")
def app(blip, stable_diffusion, tmp_path_factory):
    environment = {
        "LOCAL_DEVICE": "cpu",
        "LOCAL_CAPTION_MODEL": blip,
        "LOCAL_IMAGE_MODEL": stable_diffusion,
        "HF_HUB_OFFLINE": "1",
    }
    with serving(tmp_path_factory.mktemp("app"), **environment) as running:
        yield running


@pytest.fixture(scope="module")
def client(app):
    return Client(app.url, verbose=False)


def test_they_answer_before_the_builtin_engine(client):
    status = client.predict(api_name="/status")
    assert status["describe"] == {
        "engine": "local",
        "model": "tiny-blip",
        "payer": "nobody",
        "missing": "",
    }
    assert status["draw"]["model"] == "tiny-diffusion"


def test_they_describe_and_draw(client):
    picture = handle_file(EXAMPLES / "cat.jpg")
    assert client.predict(picture, api_name="/caption")
    path, seed = client.predict(
        "a dog", steps=2, width=128, height=64, seed=7, api_name="/generate"
    )
    with Image.open(path) as drawn:
        assert drawn.size == (128, 64)
        assert "Seed: 7, Size: 128x64, Model: tiny-diffusion" in drawn.info["parameters"]
    assert seed == 7


def test_a_style_for_models_that_chat_is_refused_by_blip(client):
    with pytest.raises(AppError, match="choose one of short"):
        client.predict(handle_file(EXAMPLES / "cat.jpg"), style="tags", api_name="/caption")


def test_steps_reach_the_page_and_stop_ends_them(app, open_page):
    page = open_page(app.url)
    page.get_by_role("tab", name="Draw", exact=True).click()
    page.get_by_role("button", name="Advanced options").click()
    page.get_by_role("spinbutton", name="Inference steps").fill("100")
    page.get_by_label("Prompt", exact=True).fill("a dog")
    page.keyboard.press("Enter")
    expect(page.locator("#draw-picture")).to_contain_text("of 100", timeout=60_000)
    page.locator("#draw-run-stop").click()
    expect(page.get_by_role("button", name="Draw", exact=True)).to_be_visible()
    page.get_by_role("spinbutton", name="Inference steps").fill("2")
    page.get_by_label("Prompt", exact=True).fill("a cat")
    page.keyboard.press("Enter")
    expect(page.locator("#draw-details")).to_contain_text("local model · tiny-diffusion")
