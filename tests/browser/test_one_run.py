"""One run at a time for a page: what would begin meanwhile doesn't, and Stop ends what runs."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import answered, attach, do, refused, words, write
from tests.support import EXAMPLES, Puppet, page_of
from tests.waiting import wait_until

BEGINS = "[data-do]:visible, .idea, #next button, #kept button"
"""Whatever begins something."""


def draw(page, prompt="a dog in a park"):
    write(page, prompt)
    do(page, "draw")


def test_enter_and_then_a_chip_make_one_call(models, open_page):
    page = open_page(models.url)
    draw(page)
    answered(page)
    models.server.holds = True
    page.locator("#prompt").press("Enter")
    for button in page.locator(BEGINS).all():
        expect(button).to_have_attribute("aria-disabled", "true")
        button.dispatch_event("click")
    page.locator("#prompt").press("Enter")
    page.set_input_files("#upload", EXAMPLES / "cat.jpg")
    wait_until(lambda: len(models.server.calls) == 2)
    expect(page.locator("#stop")).to_be_visible()
    models.server.holds = False
    answered(page)
    expect(page.locator("#stop")).to_be_hidden()
    expect(words(page)).to_have_text("a dog in a park")
    expect(page.locator("#prompt")).to_have_value("a dog in a park")
    expect(page.locator("#attached")).to_be_hidden()
    expect(page.locator("#kept li")).to_have_count(2)
    expect(page.locator("[aria-disabled]")).to_have_count(0)
    assert len(models.server.calls) == 2


def test_a_style_that_was_not_used_is_not_shown_as_chosen(models, open_page):
    page = open_page(models.url)
    style = page.locator("#answer input[name=style]")
    attach(page, EXAMPLES / "cat.jpg")
    answered(page)
    models.server.holds = True
    style.nth(1).click()
    wait_until(lambda: len(models.server.calls) == 2)
    style.nth(2).dispatch_event("click")  # while that runs
    expect(style.nth(1)).to_be_checked()
    page.locator("#stop").click()
    refused(page)
    expect(style.nth(0)).to_be_checked()
    assert len(models.server.calls) == 2


@pytest.fixture
def slow():
    """An engine that doesn't answer before a test is over."""
    return Puppet(seconds=60)


def test_stop_ends_the_call_and_the_next_one_is_answered(slow, open_page):
    with page_of(slow) as url:
        page = open_page(url)
        draw(page)
        wait_until(lambda: slow.begun == 1)
        page.locator("#stop").click()
        expect(refused(page)).to_have_text("Stopped; earlier results are kept.")
        expect(page.locator("#answer")).to_be_hidden()
        assert slow.cancelled == 1
        slow.seconds = 0
        page.locator("#prompt").press("Enter")
        expect(answered(page)).to_contain_text("hub/model")


def test_stop_ends_a_call_that_still_waits_for_its_turn(slow, open_page):
    with page_of(slow, concurrency=1) as url:
        first, second = open_page(url), open_page(url)
        draw(first)
        wait_until(lambda: slow.begun == 1)
        draw(second)
        expect(second.locator("#doing")).to_have_text("Waiting in the queue; 1 before you…")
        for page in (second, first):
            page.locator("#stop").click()
            refused(page)
        assert slow.begun == slow.cancelled == 1


def test_closing_the_page_ends_what_it_started(slow, open_page):
    with page_of(slow) as url:
        page = open_page(url)
        attach(page, EXAMPLES / "cat.jpg")
        wait_until(lambda: slow.begun == 1)
        page.close()
        wait_until(lambda: slow.cancelled == 1)
