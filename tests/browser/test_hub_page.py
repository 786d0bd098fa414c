"""The page where the Hub answers: the unmodified app, led to the stand-in."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import answered, attach, do, open_options, refused, words, write
from tests.standin import faults
from tests.support import EXAMPLES, serving

VISION = "Qwen/Qwen3-VL-30B-A3B-Instruct"
DEV = "black-forest-labs/FLUX.1-dev"


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


def draw(page, prompt="a red door"):
    write(page, prompt)
    do(page, "draw")


def test_who_answers_is_said_under_the_answer_and_in_about(hub, hub_url, open_page):
    page = open_page(hub_url)
    attach(page, EXAMPLES / "cat.jpg")
    expect(answered(page)).to_contain_text(f"Hugging Face Hub · {VISION} (novita)")
    expect(words(page)).to_contain_text("picture of")
    page.locator("#about-open").click()
    expect(page.locator("#who")).to_contain_text(f"Hugging Face Hub · {VISION}")
    expect(page.locator("#missing")).to_be_hidden()


def test_a_model_can_be_chosen(hub, hub_url, open_page):
    page = open_page(hub_url)
    open_options(page)
    for model in (DEV, "built-in engine"):
        page.get_by_label("Draws").select_option(model)
        draw(page)
        expect(answered(page).locator(".credit")).to_contain_text(model)


def test_a_prompt_is_improved_where_that_is_wanted(hub, hub_url, open_page):
    page = open_page(hub_url)
    open_options(page)
    page.get_by_label("Let a model improve my prompt").check()
    draw(page, "a fox")
    better = "a fox, golden hour, highly detailed"
    expect(answered(page)).to_contain_text(f"improved by {VISION}: {better}")
    expect(page.locator("#answer img")).to_have_attribute("alt", better)


def test_what_the_writer_says_keeps_its_lines(hub, hub_url, open_page):
    written = "A class:\n\n```python\ndef __init__(self):\n    pass\n```"

    async def write_it(_):
        return written

    hub.reply = write_it
    page = open_page(hub_url)
    write(page, "How do I begin a class?")
    do(page, "ask")
    expect(answered(page)).to_contain_text(f"Hugging Face Hub · {VISION}")
    assert words(page).evaluate("(words) => words.textContent") == written
    assert "\n\n```python\ndef" in words(page).inner_text()


def test_a_model_that_is_loading_says_so_while_it_is_waited_for(hub, hub_url, open_page):
    page = open_page(hub_url)
    hub.script("together", faults.loading(DEV, 3))
    open_options(page)
    page.get_by_label("Draws").select_option(DEV)
    draw(page)
    expect(page.locator("#doing")).to_have_text(re.compile("is loading; about"))
    answered(page)


def test_used_up_credits_leave_the_built_in_engine_one_click_away(hub, hub_url, open_page):
    page = open_page(hub_url)
    hub.script_always("chat", faults.credits_used_up())
    attach(page, EXAMPLES / "cat.jpg")
    expect(refused(page)).to_contain_text("credits")
    page.locator("#instead").click()
    expect(answered(page)).to_contain_text("built-in engine")
    expect(words(page)).to_contain_text("cat")


def test_a_token_without_the_permission_is_sent_to_the_prefilled_page(hub, hub_url, open_page):
    page = open_page(hub_url)
    hub.script_always("chat", faults.no_permission())
    attach(page, EXAMPLES / "cat.jpg")
    expect(refused(page).get_by_role("link")).to_have_attribute(
        "href",
        "https://huggingface.co/settings/tokens/new"
        "?ownUserPermissions=inference.serverless.write&tokenType=fineGrained",
    )


SAID = {
    "de": ("German", "Eine Tasse Kaffee."),
    "ja": ("Japanese", "コーヒーのカップ。"),
    "ar": ("Arabic", "فنجان من القهوة."),
    "zh-TW": ("Traditional Chinese", "一杯咖啡。"),
    "": ("English", "A cup of coffee."),  # the page's, of which models need not be told
}
"""How a model is told a language, and a caption in it."""


def test_one_picture_is_described_in_five_languages(hub, hub_url, open_page):
    async def in_the_language(asked):
        told = asked["messages"][-1]["content"][-1]["text"]
        named = (said for name, said in SAID.values() if f"Write it in {name}" in told)
        return next(named, "A cup of coffee.")

    hub.reply = in_the_language
    page = open_page(hub_url)
    attach(page, EXAMPLES / "coffee.jpg")
    answered(page)
    page.locator(".more summary").click()
    choice = page.locator(".more").get_by_label("Language")
    for code, (_, said) in SAID.items():
        choice.select_option(code)
        answered(page)
        expect(words(page)).to_have_text(said)
        expect(words(page)).to_have_attribute("lang", code or "en")
        expect(choice).to_be_focused()
    expect(choice.locator("option[value=ja]")).to_have_text("日本語")
