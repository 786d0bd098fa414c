"""The page where the Hub answers: the unmodified app, led to the stand-in."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import caption, tab, upload
from tests.standin import faults
from tests.support import EXAMPLES, serving

VISION = "Qwen/Qwen3-VL-30B-A3B-Instruct"
SCHNELL, DEV = "black-forest-labs/FLUX.1-schnell", "black-forest-labs/FLUX.1-dev"


@pytest.fixture(scope="module")
def hub_url(running_standin, tmp_path_factory):
    running_standin.reset()
    folder = tmp_path_factory.mktemp("hub-page")
    own = {"REQUEST_TIMEOUT": "10", "REMEMBER": "false"}
    with serving(folder, **running_standin.environment(), **own) as app:
        yield app.url


@pytest.fixture
def hub(running_standin):
    running_standin.reset()
    return running_standin


def ask(page, prompt):
    tab(page, "Draw")
    page.get_by_label("Prompt", exact=True).fill(prompt)
    page.keyboard.press("Enter")


def test_the_page_says_that_the_hub_answers(hub, hub_url, open_page):
    page = open_page(hub_url)
    expect(page.locator("#who")).to_contain_text("Answered by: Hugging Face Hub.")


def test_the_model_and_provider_are_named_under_the_caption(hub, hub_url, open_page):
    page = open_page(hub_url)
    upload(page, "#describe-picture", EXAMPLES / "cat.jpg")
    page.get_by_role("button", name="Describe", exact=True).click()
    expect(caption(page)).to_have_value(re.compile("picture of"))
    expect(page.locator("#describe-details")).to_contain_text(
        f"Hugging Face Hub · {VISION} (novita)"
    )


def test_a_model_can_be_chosen(hub, hub_url, open_page):
    page = open_page(hub_url)
    tab(page, "Draw")
    page.locator("#draw-model input").click()
    page.get_by_role("option", name=DEV).click()
    ask(page, "a red door")
    page.wait_for_selector("#draw-picture img")
    expect(page.locator("#draw-details")).to_contain_text(DEV)
    page.locator("#draw-model input").click()
    page.get_by_role("option", name="built-in engine").click()
    ask(page, "a red door")
    expect(page.locator("#draw-details")).to_contain_text("built-in engine")


def test_a_prompt_is_improved_where_that_is_wanted(hub, hub_url, open_page):
    page = open_page(hub_url)
    tab(page, "Draw")
    page.get_by_label("Improve my prompt").check()
    ask(page, "a fox")
    better = "a fox, golden hour, highly detailed"
    expect(page.locator("#draw-details")).to_contain_text(f"improved by {VISION}: {better}")
    expect(page.locator("#draw-picture img")).to_have_attribute("alt", better)


def test_the_hubs_writer_is_asked_on_the_page_and_its_lines_stay(hub, hub_url, open_page):
    written = "A class:\n\n```python\ndef __init__(self):\n    pass\n```"

    async def write(_):
        return written

    hub.reply = write
    page = open_page(hub_url)
    tab(page, "Ask the model")
    page.get_by_label("Question").fill("How do I begin a class?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#ask-answer textarea")).to_have_value(written)
    expect(page.locator("#ask-details")).to_contain_text(f"Hugging Face Hub · {VISION}")


def test_a_model_that_is_loading_says_so_while_it_is_waited_for(hub, hub_url, open_page):
    page = open_page(hub_url)
    hub.script("together", faults.loading(DEV, 3))
    tab(page, "Draw")
    page.locator("#draw-model input").click()
    page.get_by_role("option", name=DEV).click()
    ask(page, "a red door")
    expect(page.get_by_text(re.compile("is loading; about")).first).to_be_visible()
    page.wait_for_selector("#draw-picture img")


def test_used_up_credits_leave_the_built_in_engine_one_click_away(hub, hub_url, open_page):
    page = open_page(hub_url)
    hub.script_always("chat", faults.credits_used_up())
    upload(page, "#describe-picture", EXAMPLES / "cat.jpg")
    page.get_by_role("button", name="Describe", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("credits")
    page.locator("#describe-instead").click()
    expect(caption(page)).to_have_value(re.compile("cat"))
    expect(page.locator("#describe-details")).to_contain_text("built-in engine")


def test_a_token_without_the_permission_is_sent_to_the_prefilled_page(hub, hub_url, open_page):
    page = open_page(hub_url)
    hub.script_always("chat", faults.no_permission())
    upload(page, "#describe-picture", EXAMPLES / "cat.jpg")
    page.get_by_role("button", name="Describe", exact=True).click()
    link = page.get_by_role("alert").get_by_role("link")
    expect(link).to_have_attribute(
        "href",
        "https://huggingface.co/settings/tokens/new"
        "?ownUserPermissions=inference.serverless.write&tokenType=fineGrained",
    )
