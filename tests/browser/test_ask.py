"""Words to words: the page asks the operator's own model."""

import asyncio
import json
import re

import pytest
from playwright.sync_api import expect
from starlette.responses import StreamingResponse

from tests.browser.inside import inside, targets
from tests.browser.visitor import answered, do, refused, settled, then, words, write
from tests.waiting import wait_until

QUESTION = "What is a cat?"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_question_is_answered(models, open_page, width):
    page = open_page(models.url, width, 844)
    write(page, QUESTION)
    do(page, "ask")
    expect(answered(page)).to_contain_text("model API · tiny-vision · ")
    expect(words(page)).to_have_text("You said: What is a cat?")
    settled(page)
    assert inside(page, "#answer")
    assert targets(page, "#stage") == []
    page.locator("#prompt").press("Enter")  # as before
    answered(page)
    assert len(models.server.calls) == 2


async def slowly():
    for word in ("It", " is", " a"):
        yield f"data: {json.dumps({'choices': [{'delta': {'content': word}}]})}\n\n"
    await asyncio.sleep(60)


def test_the_answer_shows_as_it_is_written_and_stop_keeps_it(models, open_page):
    page = open_page(models.url, 390, 844)
    models.server.next(StreamingResponse(slowly(), media_type="text/event-stream"))
    write(page, QUESTION)
    do(page, "ask")
    expect(words(page)).to_have_text("It is a")
    wait_until(lambda: inside(page, "#answer") and inside(page, "#stop"))
    page.locator("#stop").click()
    refused(page)
    expect(words(page)).to_have_text("It is a")


def test_a_failure_is_told_on_the_stage(models, open_page):
    page = open_page(models.url)
    models.fail()
    write(page, QUESTION)
    do(page, "ask")
    expect(refused(page)).to_contain_text(
        re.compile(r"failed \(out of memory\): .* TEXT_API_REQUEST.*Reference")
    )
    expect(page.locator("#instead")).to_be_hidden()  # the built-in engine writes nothing


def test_an_answer_can_be_drawn(models, open_page):
    page = open_page(models.url)
    write(page, QUESTION)
    do(page, "ask")
    answered(page)
    then(page, "Draw this")
    expect(page.locator("#answer img")).to_have_attribute("alt", "You said: What is a cat?")


def test_nobody_is_asked_where_no_model_is_set(app, open_page):
    page = open_page(app.url)
    expect(page.locator("[data-do=draw]")).to_be_visible()
    expect(page.locator("[data-do=ask]")).to_be_hidden()


def test_an_empty_question_is_told_in_chinese(models, open_page):
    page = open_page(models.url, locale="zh-CN")
    page.get_by_role("button", name="提问").click()
    expect(refused(page)).to_contain_text("问题是空的")
