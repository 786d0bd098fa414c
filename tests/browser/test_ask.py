"""The tab that asks the operator's own model."""

import asyncio
import json
import re

import pytest
from playwright.sync_api import expect
from starlette.responses import JSONResponse, StreamingResponse

from describe_draw.engines.model_api import ModelApi
from tests.apis import MODEL, ModelServer
from tests.browser.test_access import faults
from tests.browser.visitor import settled, tab
from tests.support import page_of, settings


@pytest.fixture(scope="module")
def server():
    with ModelServer() as running:
        yield running


@pytest.fixture(scope="module")
def url(server):
    values = {"text_api": "openai", "text_api_model": MODEL, "text_api_url": server.url}
    with page_of(ModelApi(settings(**values)), **values) as address:
        yield address


def ask(page, question="What is a cat?"):
    tab(page, "Ask the model")
    page.get_by_label("Question").fill(question)
    page.keyboard.press("Enter")


def answer(page):
    return page.locator("#ask-answer textarea")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_question_is_answered(url, open_page, width):
    page = open_page(url, width)
    ask(page)
    expect(answer(page)).to_have_value("You said: What is a cat? ")
    expect(page.locator("#ask-details")).to_contain_text(f"model API · {MODEL} · ")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


async def slowly():
    for word in ("It", " is", " a"):
        yield f"data: {json.dumps({'choices': [{'delta': {'content': word}}]})}\n\n"
    await asyncio.sleep(60)


def test_the_answer_shows_as_it_is_written_and_stop_keeps_it(url, server, open_page):
    page = open_page(url)
    server.next(StreamingResponse(slowly(), media_type="text/event-stream"))
    ask(page)
    expect(answer(page)).to_have_value("It is a")
    page.locator("#ask-run-stop").click()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    expect(answer(page)).to_have_value("It is a")


def test_a_failure_is_told_on_the_page(url, server, open_page):
    page = open_page(url)
    server.next(JSONResponse({"error": {"message": "out of memory"}}, 500))
    ask(page)
    expect(page.get_by_role("alert")).to_contain_text(
        re.compile(r"failed \(out of memory\): .* TEXT_API_REQUEST.*Reference")
    )


def test_an_example_is_asked_by_a_click(url, open_page):
    page = open_page(url)
    tab(page, "Ask the model")
    page.get_by_role("button", name=re.compile("lighthouse")).click()
    expect(answer(page)).to_have_value(re.compile("lighthouse in a storm"))


def test_there_is_no_such_tab_where_no_model_is_set(app, open_page):
    page = open_page(app.url)
    expect(page.get_by_role("tab", name="Ask the model")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_fault_on_the_tab(url, open_page, width, scheme):
    page = open_page(url, width, scheme=scheme)
    ask(page)
    page.wait_for_selector("#ask-details .credit")
    settled(page)
    assert faults(page) == {}


def test_it_speaks_chinese(url, open_page):
    page = open_page(url, locale="zh-CN")
    tab(page, "问模型")
    page.get_by_role("button", name="提问").click()
    expect(page.get_by_role("alert")).to_contain_text("问题是空的")
