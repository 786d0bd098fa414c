"""Waiting, answers and errors appear on the stage, and nothing there is another question's."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.inside import inside
from tests.browser.visitor import (
    answered,
    attach,
    do,
    example,
    refused,
    settled,
    then,
    words,
    write,
)
from tests.support import EXAMPLES
from tests.waiting import wait_until

DEVICES = pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800)])


def button(page):
    write(page, "a dog in a park")
    do(page, "draw")


def enter(page):
    write(page, "a dog on a beach")
    page.locator("#prompt").press("Enter")


def idea(page):
    page.locator(".idea").nth(2).click()


def upload(page):
    attach(page, EXAMPLES / "coffee.jpg")


def style(page):
    page.locator("#answer").get_by_role("radio", name="Tags").click()


def next_drawing(page):
    then(page, "Draw this")


WAYS = (button, enter, idea, upload, style, example, next_drawing)


def shows(page, part):
    """Whether a part of the stage is there and in the view, once nothing moves."""
    expect(page.locator(part)).to_be_visible()
    settled(page)
    return inside(page, part)


@DEVICES
def test_whatever_runs_is_seen_without_scrolling(models, open_page, width, height):
    page = open_page(models.url, width, height)
    for run in WAYS:
        models.server.holds = True
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        run(page)
        assert shows(page, "#waiting"), run.__name__
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        models.server.holds = False
        answered(page)
        assert shows(page, "#answer"), run.__name__


@DEVICES
def test_an_error_is_seen_without_scrolling(models, open_page, width, height):
    page = open_page(models.url, width, height)
    for run in (button, enter, idea, upload, example):
        models.fail()
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        run(page)
        expect(refused(page)).to_contain_text("out of memory")
        assert shows(page, "#problem"), run.__name__


def opacity(page):
    return float(page.locator("#answer").evaluate("(answer) => getComputedStyle(answer).opacity"))


def test_an_older_answer_dims_until_the_new_one_is_there(models, open_page):
    page = open_page(models.url)
    button(page)
    assert answered(page) and opacity(page) == 1
    models.server.holds = True
    enter(page)
    expect(page.locator("#waiting")).to_be_visible()
    wait_until(lambda: opacity(page) < 0.5)
    expect(words(page)).to_have_text("a dog in a park")
    models.server.holds = False
    answered(page)
    wait_until(lambda: opacity(page) == 1)
    expect(words(page)).to_have_text("a dog on a beach")
    expect(page.locator("#answer img")).to_have_attribute("alt", "a dog on a beach")


def test_a_failed_call_leaves_no_older_answer(models, open_page):
    page = open_page(models.url)
    button(page)
    answered(page)
    models.fail()
    upload(page)
    refused(page)
    expect(page.locator("#answer, #next, #waiting, #demo").filter(visible=True)).to_have_count(0)
    expect(page.locator("#stage")).not_to_contain_text("a dog in a park")
    expect(page.locator("#answer img")).to_have_count(0)


def test_a_cleared_picture_takes_its_caption_along(models, open_page):
    page = open_page(models.url)
    upload(page)
    expect(answered(page)).to_contain_text("picture of")
    page.get_by_role("button", name="Remove the picture").click()
    expect(page.locator("#answer, #attached").filter(visible=True)).to_have_count(0)
    expect(page.locator("#stage")).not_to_contain_text("picture of")
    expect(page.locator("#demo")).to_be_visible()


def test_a_new_upload_shows_no_older_caption_as_its_own(models, open_page):
    page = open_page(models.url)
    models.say("a cup")
    upload(page)
    expect(answered(page)).to_contain_text("a cup")
    models.server.holds = True
    models.say("a cat")
    attach(page, EXAMPLES / "cat.jpg")
    expect(page.locator("#answer")).to_have_class(re.compile(r"\bold\b"))
    models.server.holds = False
    expect(words(page)).to_have_text("a cat")
    source = "(picture) => picture.src"
    shown = page.locator("#answer img").evaluate(source)
    assert shown == page.locator("#attached-picture").evaluate(source)


def test_stop_leaves_what_was_there(models, open_page):
    page = open_page(models.url)
    button(page)
    answered(page)
    models.server.holds = True
    enter(page)
    wait_until(lambda: len(models.server.calls) == 2)
    page.locator("#stop").click()
    expect(refused(page)).to_have_text("Stopped; earlier results are kept.")
    expect(words(page)).to_have_text("a dog in a park")
    wait_until(lambda: opacity(page) == 1)
    expect(page.locator("#next")).to_be_visible()


def test_the_waiting_says_what_is_done_and_for_how_long(models, open_page):
    page = open_page(models.url)
    models.server.holds = True
    button(page)
    expect(page.locator("#doing")).to_have_text("Drawing…")
    expect(page.locator("#seconds")).to_have_text("1 s")
    expect(page.locator("#seconds")).to_have_text(re.compile(r"^[2-9] s$"))
