"""The app with local models and nothing else, through its endpoints and its page."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from PIL import Image
from playwright.sync_api import expect

from tests.browser.visitor import answered, attach, do, open_options, refused, words, write
from tests.support import EXAMPLES, serving, together


@pytest.fixture(scope="module")
def apps(blip, vision_language, stable_diffusion, tmp_path_factory):
    """One app that describes with BLIP, and one with a model that chats; both draw.

    They start side by side, and so they load their describers: that is importing PyTorch, mostly.
    """
    describers = {"blip": blip, "chat": vision_language}
    environment = {
        "LOCAL_DEVICE": "cpu",
        "LOCAL_IMAGE_MODEL": stable_diffusion,
        "HF_HUB_OFFLINE": "1",
    }
    begun = {
        name: serving(tmp_path_factory.mktemp(name), **environment, LOCAL_CAPTION_MODEL=model)
        for name, model in describers.items()
    }
    with together(**begun) as running, ThreadPoolExecutor() as threads:
        assert all(threads.map(caption, running.values()))
        yield running


def caption(app):
    return Client(app.url, verbose=False).predict(
        handle_file(EXAMPLES / "cat.jpg"), api_name="/caption"
    )


@pytest.fixture(scope="module")
def app(apps):
    return apps["blip"]


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


def test_they_draw_from_pictures(client):
    picture = handle_file(EXAMPLES / "cat.jpg")
    path, _ = client.predict(
        picture, "a dog", strength=0.5, steps=2, width=128, height=64, seed=7, api_name="/edit"
    )
    with Image.open(path) as drawn:
        assert drawn.size == (128, 64)
        assert "Denoising strength: 0.5, " in drawn.info["parameters"]
        assert "Model: tiny-diffusion" in drawn.info["parameters"]


def test_a_style_for_models_that_chat_is_refused_by_blip(client):
    with pytest.raises(AppError, match="choose one of short"):
        client.predict(handle_file(EXAMPLES / "cat.jpg"), style="tags", api_name="/caption")


def test_blip_describes_on_the_page_and_has_no_styles_to_choose(app, open_page):
    page = open_page(app.url)
    attach(page, EXAMPLES / "cat.jpg")
    answer = answered(page)
    expect(answer.locator(".credit")).to_contain_text("local model · tiny-blip · ")
    expect(words(page)).not_to_be_empty()
    expect(answer.locator("input[name=style]")).to_have_count(0)
    page.locator("#about-open").click()
    expect(page.locator("#who dd").first).to_have_text("local model · tiny-blip")


def test_a_vision_language_model_describes_on_the_page_in_every_style(apps, open_page):
    page = open_page(apps["chat"].url)
    attach(page, EXAMPLES / "cat.jpg")
    answered(page)
    for style in ("detailed", "alt text", "tags", "short"):
        page.locator(f"input[name=style][value='{style}']").check()
        answer = answered(page)
        expect(answer.locator("input[name=style]:checked")).to_have_value(style)
        expect(answer.locator(".credit")).to_contain_text("local model · tiny-llava · ")
        expect(words(page)).not_to_be_empty()


def draw_in(page, steps):
    """Draw a dog in so many steps."""
    if page.locator("#options").is_hidden():
        open_options(page)
    page.locator("#steps").fill(str(steps))
    write(page, "a dog")
    do(page, "draw")


def test_who_draws_later_sees_how_many_are_before_them(app, open_page):
    first, second = open_page(app.url), open_page(app.url)
    draw_in(first, 100)
    expect(first.locator("#doing")).to_contain_text("of 100")
    draw_in(second, 100)
    expect(second.locator("#doing")).to_contain_text("Waiting in the queue; 1 before you")
    first.locator("#stop").click()
    expect(second.locator("#doing")).to_contain_text("of 100")
    second.locator("#stop").click()
    expect(refused(second)).to_contain_text("Stopped")


def test_steps_reach_the_page_and_stop_ends_them(app, open_page):
    page = open_page(app.url)
    draw_in(page, 100)
    expect(page.locator("#doing")).to_contain_text("of 100", timeout=60_000)
    page.locator("#stop").click()
    expect(refused(page)).to_contain_text("Stopped")
    draw_in(page, 2)
    expect(answered(page).locator(".credit")).to_contain_text("local model · tiny-diffusion")
