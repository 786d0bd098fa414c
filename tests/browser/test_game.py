"""The game as visitors play it: card by card, with twists and stops, to its end and beyond."""

import re
import zipfile

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect
from starlette.responses import JSONResponse

from tests.apis import Held
from tests.browser.inside import inside
from tests.browser.visitor import answered, attach, do, ended, open_options, refused, then, write
from tests.standin.art import COLORS
from tests.support import EXAMPLES
from tests.waiting import wait_until

TIMES = """() => {
    const times = window.times = []
    let before = 0
    new MutationObserver(() => {
        const now = document.querySelectorAll(".album > .card").length
        if (now > before) times.push(performance.now())
        before = now
    }).observe(document.body, {subtree: true, childList: true})
}"""
"""Records when cards come."""


def prompts(models):
    """What was drawn, as the model got it."""
    paths = "/v1/images/generations"
    return [call.json["prompt"] for call in models.server.calls if call.path == paths]


def hold(models, prompt="something white"):
    """Have the next call wait, which is to be a drawing."""
    held = Held(prompt)
    models.server.next(held)
    return held


def drawn(models, prompt):
    """Have the next call, which is to be a drawing, come at once as if from this prompt."""
    hold(models, prompt).let_go()


def cards(page):
    return page.locator(".album > .card")


def play(page, sentence="", rounds=1, *, edits=False):
    open_options(page)
    page.locator("#rounds").fill(str(rounds))
    page.locator("#pause").set_checked(edits)
    page.locator("#options-open").click()
    if sentence:
        write(page, sentence)
    do(page, "play")


def draw_it(page, words):
    """Go on from words of one's own."""
    page.locator(".turn textarea").fill(words)
    page.get_by_role("button", name="Draw it").click()


def said(page):
    """What the page says above the words that the game can go on from."""
    return page.locator(".turn p")


def follows(page, held, number):
    """While the next card is awaited, the newest is in the view, and what is going on."""
    wait_until(held.asked.is_set)
    expect(cards(page)).to_have_count(number)
    wait_until(lambda: inside(page, ".album > .card:last-child") and inside(page, "#waiting"))


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800)])
def test_cards_come_one_by_one_and_the_page_follows(models, open_page, width, height):
    page = open_page(models.url, width, height)
    attach(page, EXAMPLES / "cows.png")
    ended(page)
    models.say("two yellow cows")
    first = hold(models, "a yellow field")
    models.say("a black boat")
    second = hold(models, "a black boat")
    page.evaluate(TIMES)
    play(page, rounds=2)
    follows(page, first, 2)
    expect(page.locator("#doing")).to_have_text("Round 1 of 2: drawing…")
    first.let_go()
    follows(page, second, 4)
    expect(page.locator("#doing")).to_have_text("Round 2 of 2: drawing…")
    second.let_go()
    answered(page)
    expect(cards(page)).to_have_count(5)
    expect(cards(page).first.locator("img")).to_have_attribute("alt", "Your picture")
    expect(cards(page).nth(3)).to_contain_text("a black boat")
    times = page.evaluate("times")
    assert len(times) == 5
    assert min(np.diff(times)) > 950  # ms, so that each can be looked at
    wait_until(lambda: inside(page, ".end"))
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_twists_reach_the_next_drawing(models, open_page):
    page = open_page(models.url)
    held = hold(models)
    models.say("a white house.")
    play(page, "a house", 2)
    wait_until(held.asked.is_set)
    page.locator("#twist").get_by_role("button", name="make it night").click()
    own = page.get_by_label("your own twist")
    own.fill("with a red door")
    held.let_go()
    expect(cards(page)).to_have_count(3)
    own.press("Enter")
    answered(page)
    twisted = "a white house, at night, with a red door"
    assert prompts(models) == ["a house", twisted]
    expect(cards(page).nth(2)).to_contain_text(re.compile(f"{twisted}.*You wrote this"))
    expect(page.locator("#twist [aria-pressed=true]")).to_have_count(0)  # it was for one drawing


def test_each_caption_is_edited_and_the_game_is_taken_home(models, open_page):
    page = open_page(models.url)
    play(page, "a red house", 2, edits=True)
    expect(said(page)).to_have_text("Next up – edit it")
    expect(page.locator(".turn textarea")).to_have_value(DESCRIBED)
    draw_it(page, " ")
    expect(refused(page)).to_contain_text("The prompt is empty")
    expect(cards(page)).to_have_count(3)
    draw_it(page, "a blue boat")
    answered(page)
    expect(cards(page).nth(2)).to_contain_text(re.compile("a blue boat.*You wrote this"))
    expect(said(page)).to_have_text("2 rounds done. Edit the words to go on.")
    draw_it(page, "a yellow boat")
    answered(page)
    expect(said(page)).to_have_text("3 rounds done. Edit the words to go on.")
    assert prompts(models) == ["a red house", "a blue boat", "a yellow boat"]
    holds_the_album(page)
    holds_the_tall_picture(page)


DESCRIBED = "a red picture of 512 by 512"
"""How `art` describes what it drew of a red thing."""


def holds_the_album(page):
    with page.expect_download() as download:
        then(page, "Save the album")
    with zipfile.ZipFile(download.value.path()) as album:
        assert album.read("captions.txt").decode().splitlines() == [
            "a red house",
            "a blue boat",
            "a yellow boat",
            "a yellow picture of 512 by 512",
        ]
        drawn = [Image.open(album.open(f"pictures/0{number}-drawing.png")) for number in (1, 3, 5)]
    assert [picture.getpixel((0, 0)) for picture in drawn] == [
        COLORS[name] for name in ("red", "blue", "yellow")
    ]


def holds_the_tall_picture(page):
    with page.expect_download() as download:
        then(page, "Share as a picture")
    with Image.open(download.value.path()) as picture:
        assert picture.format == "PNG"
        pixels = np.asarray(picture.convert("RGB"))
    height, width, _ = pixels.shape
    assert 600 < width < 1200 < height < 4000
    rows = [np.flatnonzero(amount(pixels, name) > width / 3) for name in ("red", "blue", "yellow")]
    assert min(map(len, rows)) > width / 3  # pictures as high as they are wide
    red, blue, yellow = (row[0] for row in rows)
    assert red < blue < yellow


def amount(pixels, name):
    """How much of each row has a colour."""
    return (np.abs(pixels.astype(int) - COLORS[name]).max(axis=2) < 8).sum(axis=1)


def test_the_end_says_what_survived(models, open_page):
    page = open_page(models.url)
    drawn(models, "a red house")
    models.say("a house")
    drawn(models, "a blue house")
    models.say("a house with a dragon")
    drawn(models, "a blue house")
    models.say("a house with a dragon")
    models.say("A house with a dragon.")  # asked for more
    play(page, "a house with a dog", 9)
    answered(page)
    expect(cards(page)).to_have_count(7)
    expect(cards(page).last).to_contain_text("the same as before, even when more was asked for")
    verdict = "The story has come to rest (rounds: 3). Edit the words to go on."
    expect(said(page)).to_have_text(verdict)
    faces = page.locator(".faces figure")
    expect(faces).to_have_text(["First", "Last"])
    for face, card in ((0, 1), (1, 5)):
        source = cards(page).nth(card).locator("img").get_attribute("src")
        expect(faces.nth(face).locator("img")).to_have_attribute("src", source)
    expect(page.locator(".things li")).to_have_text(
        ["Kept: house", "Lost: dog", "Invented: dragon"]
    )
    dial, verdict = page.locator(".dial.meaning").inner_text(), page.locator(".end h2").inner_text()
    meaning = int(dial.removesuffix(" %"))
    assert 0 < meaning < 100
    number = (meaning >= 30) + (meaning >= 65)
    assert (
        verdict == ["The story survived.", "Half of it got through.", "A whole new story."][number]
    )
    expect(page.locator(".dial.look")).to_have_text(re.compile(r"\d+ %"))


def test_stop_within_a_step_and_between_two_keeps_what_is_there(models, open_page):
    page = open_page(models.url)
    held = hold(models)
    play(page, "a house", 99)
    expect(page.locator("#doing")).to_have_text("Round 1 of 10: drawing…")
    wait_until(held.asked.is_set)
    page.locator("#stop").click()
    expect(refused(page)).to_have_text("Stopped after 0 full rounds. Edit the words to go on.")
    wait_until(held.left.is_set)
    expect(cards(page)).to_have_count(1)
    draw_it(page, "a blue house")
    own = page.get_by_label("your own twist")
    own.fill("on a hill")  # the game waits for who writes
    expect(cards(page)).to_have_count(3)
    page.locator("#stop").dispatch_event("click")
    answered(page)
    expect(said(page)).to_have_text("Stopped after 1 full rounds. Edit the words to go on.")
    expect(cards(page)).to_have_count(3)
    assert prompts(models) == ["a house", "a blue house"]


def test_leaving_ends_the_game(models, open_page):
    page = open_page(models.url)
    held = hold(models)
    play(page, "a house")
    wait_until(held.asked.is_set)
    page.close()
    wait_until(held.left.is_set)


def test_a_model_fails_in_the_middle_and_the_builtin_engine_goes_on(models, open_page):
    page = open_page(models.url)
    drawn(models, "a red house")
    models.server.next(JSONResponse({"error": "no"}, 400))
    play(page, "a red house", 2)
    expect(refused(page)).to_contain_text("tiny-vision rejected the request")
    wait_until(lambda: inside(page, "#problem"))
    expect(cards(page)).to_have_count(2)
    page.get_by_role("button", name="Use the built-in engine instead").click()
    answered(page)
    expect(cards(page)).to_have_count(5)
    expect(cards(page).nth(2)).to_contain_text("built-in engine")
    expect(cards(page).last).to_contain_text("built-in engine")
    assert prompts(models) == ["a red house"]


def test_one_game_at_a_time(models, open_page):
    page = open_page(models.url)
    held = hold(models)
    play(page, "a house")
    wait_until(held.asked.is_set)
    page.locator(".idea").first.click(force=True)
    do_anyway = page.locator("[data-do=play]")
    do_anyway.click(force=True)
    page.locator("#prompt").press("Enter")
    held.let_go()
    answered(page)
    expect(cards(page)).to_have_count(3)
    assert prompts(models) == ["a house"]


def test_a_game_brought_back_never_goes_on_with_another(models, open_page):
    page = open_page(models.url)
    for sentence in ("a red house", "a blue boat"):
        play(page, sentence)
        answered(page)
    page.locator(".recall").filter(has_text="a red house").click()
    expect(cards(page).first).to_contain_text("a red house")
    then(page, "Save the album")
    expect(page.locator("#next .note")).to_contain_text("This game is no longer available")
    draw_it(page, "a yellow house")
    answered(page)
    expect(said(page)).to_contain_text("The earlier rounds of this game are no longer available")
    expect(cards(page)).to_have_count(3)
    expect(cards(page).first).to_contain_text("a yellow house")
    assert prompts(models) == ["a red house", "a blue boat", "a yellow house"]
