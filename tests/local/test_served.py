"""The app with local models and nothing else, through its endpoints and its page."""

import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from PIL import Image
from playwright.sync_api import expect

from tests.browser.visitor import caption, set_number, tab, unfold, upload
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


def test_blip_describes_on_the_page_and_has_no_styles_to_choose(app, open_page):
    page = open_page(app.url)
    expect(page.locator("#who")).to_contain_text("Answered by: local model.")
    upload(page, "#describe-picture", EXAMPLES / "cat.jpg")
    expect(page.get_by_label("Alt text")).to_have_count(0)
    page.get_by_role("button", name="Describe", exact=True).click()
    expect(page.locator("#describe-details")).to_contain_text("local model · tiny-blip · ")
    expect(caption(page)).not_to_have_value("")


def test_a_vision_language_model_describes_on_the_page_in_every_style(
    vision_language, tmp_path, open_page
):
    environment = {"LOCAL_DEVICE": "cpu", "LOCAL_CAPTION_MODEL": vision_language}
    with serving(tmp_path, **environment, HF_HUB_OFFLINE="1") as running:
        page = open_page(running.url)
        upload(page, "#describe-picture", EXAMPLES / "cat.jpg")
        for style in ("Short", "Detailed", "Alt text", "Tags"):
            page.get_by_label(style, exact=True).check()
            page.get_by_role("button", name="Describe", exact=True).click()
            expect(page.locator("#describe-details")).to_contain_text("local model · tiny-llava · ")
            expect(page.get_by_role("button", name="Describe", exact=True)).to_be_visible()
            expect(caption(page)).not_to_have_value("")


def test_who_draws_later_sees_how_many_are_before_them(app, open_page):
    first, second = open_page(app.url), open_page(app.url)
    for page in (first, second):
        tab(page, "Draw")
        unfold(page, "Advanced options")
        set_number(page, "Inference steps", 100)
        page.get_by_label("Prompt", exact=True).fill("a dog")
    first.get_by_role("button", name="Draw", exact=True).click()
    expect(first.locator("#draw-picture")).to_contain_text("of 100")
    second.get_by_role("button", name="Draw", exact=True).click()
    expect(second.locator("#draw-picture")).to_contain_text("Waiting in the queue; 1 before you")
    first.locator("#draw-run-stop").click()
    expect(second.locator("#draw-picture")).to_contain_text("of 100")
    second.locator("#draw-run-stop").click()
    expect(second.locator("#draw-details")).to_contain_text("Stopped")


def test_steps_reach_the_page_and_stop_ends_them(app, open_page):
    page = open_page(app.url)
    tab(page, "Draw")
    unfold(page, "Advanced options")
    set_number(page, "Inference steps", 100)
    page.get_by_label("Prompt", exact=True).fill("a dog")
    page.keyboard.press("Enter")
    expect(page.locator("#draw-picture")).to_contain_text("of 100", timeout=60_000)
    page.locator("#draw-run-stop").click()
    expect(page.get_by_role("button", name="Draw", exact=True)).to_be_visible()
    expect(page.locator("#draw-details")).to_contain_text("Stopped")
    set_number(page, "Inference steps", 2)
    page.get_by_label("Prompt", exact=True).fill("a cat")
    page.keyboard.press("Enter")
    expect(page.locator("#draw-details")).to_contain_text("local model · tiny-diffusion")
