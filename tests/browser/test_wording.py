"""How a caption is wanted: in one's own words, as an alt text for a purpose, in a length."""

import asyncio
import json
from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect
from starlette.responses import StreamingResponse

from describe_draw.engines.calling.model_prompts import ALT_PROMPTS, CAPTION_PROMPTS
from tests.browser.inside import inside, targets
from tests.browser.visitor import (
    answered,
    attach,
    do,
    ended,
    open_options,
    refused,
    settled,
    then,
    words,
    write,
)
from tests.support import EXAMPLES, Puppet, page_of
from tests.waiting import wait_until

PEOPLE = "How many people are there?"
SIGN = "What does the sign say?"
OWN, ALT = "Own words", "Alt text"
PARSED = """(html) => {
    const found = new DOMParser().parseFromString(`<!doctype html>${html}`, "text/html")
    const [image] = found.images
    return [found.images.length, image.getAttribute("src"), image.getAttribute("alt"),
        [...found.querySelectorAll("figure > figcaption > p")].map((part) => part.innerText),
        [...found.body.querySelectorAll("*")].map((part) => part.localName).join(" ")]
}"""
"""What Chromium reads in a piece of HTML: the image, what describes it, and all elements."""


def choose(page, style):
    page.locator("#answer").get_by_role("radio", name=style, exact=True).check()


def described(page, name="coffee.jpg"):
    attach(page, EXAMPLES / name)
    answered(page)


def prompt(models):
    """What the model was told last."""
    return models.server.calls[-1].json["messages"][0]["content"][1]["text"]


def question(page):
    return page.locator("#answer .question")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_ready_question_is_asked_with_one_click(models, open_page, violations, width):
    page = open_page(models.url, width, 844)
    described(page)
    choose(page, OWN)
    box = page.get_by_label("What to say about the picture")
    expect(box).to_have_value(CAPTION_PROMPTS["short"])  # what was asked, to be edited
    assert len(models.server.calls) == 1
    models.say("Two, both on the left.")
    page.get_by_role("button", name=PEOPLE).click()
    expect(answered(page)).to_contain_text("Two, both on the left.")
    expect(question(page)).to_contain_text(PEOPLE)
    assert prompt(models) == PEOPLE
    settled(page)
    assert targets(page, "#stage") == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert violations(page) == []


def test_the_built_in_engine_is_asked_questions_alone(app, open_page):
    page = open_page(app.url)
    described(page)
    choose(page, OWN)
    expect(page.get_by_label("What to say about the picture")).to_have_value("")
    expect(page.get_by_label("Start from a style")).to_have_count(0)
    page.get_by_role("button", name=PEOPLE).click()
    expect(answered(page)).to_contain_text("I don't see any people.")
    expect(question(page)).to_contain_text(PEOPLE)
    page.get_by_label("What to say about the picture").fill("Write a poem about it.")
    page.get_by_role("button", name="Ask about it").click()
    expect(refused(page)).to_contain_text("plain questions only")


def test_another_styles_instruction_is_shown_and_can_be_edited(models, open_page):
    page = open_page(models.url)
    described(page)
    choose(page, OWN)
    box = page.get_by_label("What to say about the picture")
    for style, said in {"Tags": "tags", "Detailed": "detailed"}.items():
        page.get_by_label("Start from a style").select_option(style)
        expect(box).to_have_value(CAPTION_PROMPTS[said])
    box.fill("List the colours.")
    box.press("Enter")
    answered(page)
    assert prompt(models).startswith("List the colours.")
    page.get_by_role("button", name="Ask about it").click()  # again
    answered(page)
    assert prompt(models).startswith("List the colours.")
    assert len(models.server.calls) == 3
    choose(page, "Short")
    answered(page)
    assert prompt(models).startswith(CAPTION_PROMPTS["short"])
    expect(question(page)).to_have_count(0)


def test_words_beside_a_picture_are_what_describe_asks(models, open_page):
    page = open_page(models.url)
    described(page)
    write(page, SIGN)
    do(page, "describe")
    answered(page)
    assert prompt(models).startswith(SIGN)
    expect(question(page)).to_contain_text(SIGN)
    described(page, "cat.jpg")  # and of the next picture
    assert prompt(models).startswith(SIGN)


def test_a_question_is_kept_shared_and_recalled(models, open_page):
    page = open_page(models.url, permissions=["clipboard-read", "clipboard-write"])
    described(page)
    write(page, SIGN)
    do(page, "describe")
    models.say("Open")
    answered(page)
    expect(page.locator("#kept .recall").first).to_contain_text(SIGN)
    then(page, "Share")
    expect(page.locator("#next .note")).to_have_text("Link copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert parse_qs(link.partition("#")[2]) == {"describe": [SIGN]}
    page.reload()
    expect(question(page)).to_contain_text(SIGN)
    page.locator("#kept .recall").last.click()
    expect(question(page)).to_have_count(0)
    page.locator("#kept .recall").first.click()
    expect(question(page)).to_contain_text(SIGN)
    asked = len(models.server.calls)
    do(page, "describe")
    answered(page)
    assert prompt(models).startswith(SIGN)
    assert len(models.server.calls) == asked + 1
    other = open_page(link)
    expect(other.locator("#prompt")).to_have_value(SIGN)
    described(other)
    assert prompt(models).startswith(SIGN)


class Untold(Puppet):
    """Has its styles, and is told nothing in words."""

    def capabilities(self, task, caller):
        (can,) = super().capabilities(task, caller)
        return (replace(can, styles=tuple(CAPTION_PROMPTS), instructs=False, purposes=("text",)),)


@pytest.fixture(scope="module")
def untold():
    """A page of a model that is told nothing but reads text, and of one that is told."""
    with page_of(Untold(), Puppet("endpoint")) as url:
        yield url


def test_where_no_words_are_followed_that_is_said_and_nobody_is_asked(untold, open_page):
    page = open_page(untold, 390, 844)
    described(page)
    for absent in (page.get_by_role("radio", name=OWN), page.locator(".more")):
        expect(absent).to_have_count(0)
    write(page, PEOPLE)
    do(page, "describe")
    expect(refused(page)).to_have_text(
        "hub/model takes no instruction: leave it out, or choose another model."
    )
    write(page, "")
    do(page, "describe")
    answered(page)
    choose(page, ALT)
    answered(page)
    expect(page.locator("[name=context]")).to_have_count(0)
    purposes = page.get_by_label("What the picture is there for").locator("option")
    expect(purposes).to_have_text(
        [
            "Informative picture",
            "Link or button (not with this model)",
            "Picture of text",
            "Chart, map or diagram (not with this model)",
            "Decoration only",
        ]
    )
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert targets(page, "#stage") == []


def test_of_models_that_are_compared_each_answers_or_says_why_not(untold, open_page):
    page = open_page(untold)
    open_options(page)
    page.get_by_label("Describes").select_option("endpoint/model")
    page.get_by_role("group", name="Compare its captions with").get_by_label("hub/model").check()
    attach(page, EXAMPLES / "cat.jpg")
    answered(page)
    write(page, PEOPLE)
    do(page, "describe")
    answered(page)
    told, untold_one = page.locator("#answer .cell").all()
    expect(told).to_contain_text(PEOPLE)  # which is all that the puppet says
    expect(untold_one).to_contain_text("hub/model takes no instruction")


def snippet(page):
    """What Chromium's own parser makes of the HTML to be copied."""
    return page.evaluate(PARSED, page.locator(".snippet code").inner_text())


HOSTILE = """A "quoted" 'sign' <script>alert(1)</script> &amp; <b>"""


def test_an_alt_text_comes_as_html_to_be_copied(models, open_page, violations):
    page = open_page(models.url, permissions=["clipboard-read", "clipboard-write"])
    described(page)
    models.say(HOSTILE)
    choose(page, ALT)
    answered(page)
    assert snippet(page) == [1, "coffee.jpg", HOSTILE, [], "img"]
    expect(page.locator(".snippet")).to_contain_text(f"{len(HOSTILE)} characters")
    page.get_by_role("button", name="Copy the HTML").click()
    expect(page.locator("#next .note")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".snippet code").inner_text()
    assert violations(page) == []


def test_an_alt_text_follows_what_the_picture_is_there_for(models, open_page):
    """By the W3C's decision tree, https://www.w3.org/WAI/tutorials/images/decision-tree/."""
    page = open_page(models.url)
    described(page)
    choose(page, ALT)
    answered(page)
    page.get_by_label("The page's topic").fill("Our café in Rome")
    purpose = page.get_by_label("What the picture is there for")
    for name, instruction in ALT_PROMPTS.items():
        purpose.select_option(name)
        answered(page)
        assert prompt(models).startswith(f"{instruction} The page says of it: 'Our café in Rome'.")
        expect(purpose).to_have_value(name)
        expect(purpose).to_be_focused()
    asked = len(models.server.calls)
    purpose.select_option("decorative")
    assert snippet(page) == [1, "coffee.jpg", "", [], "img"]
    expect(page.locator(".snippet")).to_contain_text("screen readers skip")
    purpose.select_option("complex")
    settled(page)
    assert len(models.server.calls) == asked  # nobody was asked anew


def test_a_complex_picture_has_its_long_description_beside_it(models, open_page):
    page = open_page(models.url)
    described(page)
    choose(page, ALT)
    answered(page)
    models.say(
        'A "bar chart" of rain.\n\nFour months.\nApril > March.\n\nIt grows <fast> & "well".'
    )
    page.get_by_label("What the picture is there for").select_option("complex")
    answered(page)
    count, _, alt, parts, elements = snippet(page)
    assert (count, alt) == (1, 'A "bar chart" of rain.')
    assert [" ".join(part.split()) for part in parts] == [
        "Four months. April > March.",
        'It grows <fast> & "well".',
    ]
    assert elements == "figure img figcaption p br p"


def test_a_length_is_told_where_it_matters(models, open_page):
    page = open_page(models.url)
    described(page)
    page.locator(".more summary").click()
    expect(page.get_by_label("Words, at least")).to_have_count(0)
    choose(page, "Detailed")
    answered(page)
    page.get_by_label("Words, at least").fill("40")
    page.get_by_label("Words, at most").fill("60")
    page.locator(".more").get_by_role("button", name="Describe again").click()
    answered(page)
    assert "Use 40 to 60 words" in prompt(models)
    page.get_by_label("Words, at least").fill("90")
    page.get_by_label("Words, at least").press("Enter")
    expect(page.locator("#next .note")).to_contain_text("above the maximum")
    page.get_by_label("Words, at least").fill("")
    page.get_by_label("Words, at least").press("Enter")
    answered(page)
    assert "Use at most 60 words" in prompt(models)


def test_a_question_that_failed_waits_in_the_box(models, open_page):
    page = open_page(models.url)
    described(page)
    choose(page, OWN)
    models.fail()
    page.get_by_role("button", name=PEOPLE).click()
    refused(page)
    expect(page.locator("#instead")).to_be_visible()  # which answers plain questions
    expect(page.locator("#prompt")).to_have_value(PEOPLE)
    do(page, "describe")
    answered(page)
    assert prompt(models) == PEOPLE
    models.fail()
    do(page, "describe")
    refused(page)
    write(page, "")
    do(page, "describe")
    answered(page)
    assert prompt(models) == CAPTION_PROMPTS["short"]


async def slowly():
    for word in ("<think>hm</think>A", " cup", " of"):
        yield f"data: {json.dumps({'choices': [{'delta': {'content': word}}]})}\n\n"
    await asyncio.sleep(60)


async def broken():
    yield f"data: {json.dumps({'choices': [{'delta': {'content': 'A cup of'}}]})}\n\n"
    await asyncio.sleep(1)
    raise ConnectionError


def streams(models, events):
    models.server.next(StreamingResponse(events, media_type="text/event-stream"))


def test_a_caption_shows_as_it_is_written_and_stop_keeps_the_one_before(models, open_page):
    page = open_page(models.url, 390, 844)
    described(page, "cat.jpg")
    before = words(page).inner_text()
    streams(models, slowly())
    do(page, "describe")
    expect(words(page)).to_have_text("A cup of")
    wait_until(lambda: inside(page, "#stop"))
    page.locator("#stop").click()
    refused(page)
    expect(words(page)).to_have_text(before)
    expect(page.locator("#kept .recall")).to_have_count(1)


def test_of_a_caption_that_breaks_off_nothing_stays(models, open_page):
    page = open_page(models.url)
    described(page, "cat.jpg")
    streams(models, broken())
    do(page, "describe")
    expect(words(page)).to_have_text("A cup of")
    expect(refused(page)).to_contain_text("broke off in the middle of its answer")
    expect(page.locator("#stage")).not_to_contain_text("A cup of")
    expect(page.locator("#kept .recall")).to_have_count(1)


def test_many_pictures_are_told_a_length_too(models, open_page):
    page = open_page(f"{models.url}/many")
    page.set_input_files("#files", [EXAMPLES / "cat.jpg"])
    ended(page)
    page.locator("#options-open").click()
    page.get_by_label("Words, at least").fill("5")
    page.get_by_label("Words, at most").fill("9")
    page.locator("#describe").click()
    ended(page)
    assert "Use 5 to 9 words" in prompt(models)
