"""What visitors do on the page, and what they wait for."""

import io

import numpy as np
from PIL import Image
from playwright.sync_api import expect

AT_REST = """() => new Promise((done, failed) => {
    const limit = setTimeout(() => failed(new Error("the page moves, for 30 s now")), 30000)
    const rest = () => { watch.disconnect(); clearTimeout(limit); done() }
    let quiet = setTimeout(rest, 300)
    const watch = new MutationObserver(() => { clearTimeout(quiet); quiet = setTimeout(rest, 300) })
    watch.observe(document, {subtree: true, childList: true, attributes: true})
})"""


def settled(page):
    """Wait until nothing moves, neither parts that come and go nor the view."""
    page.evaluate(AT_REST)
    page.wait_for_function(
        "() => new Promise((done) => { const from = scrollY;"
        " setTimeout(() => done(scrollY === from), 120) })"
    )


def write(page, words):
    """Write words into the composer, in the place of those that were there."""
    page.locator("#prompt").fill(words)


def do(page, what):
    """Press one of the composer's buttons: `describe`, `draw`, `play` or `ask`."""
    page.locator(f"[data-do={what}]").click()


def attach(page, path, where="#upload"):
    """Add a picture, which is described at once."""
    shown = page.locator("#attached-picture")
    before = shown.get_attribute("src") or ""
    page.set_input_files(where, path)
    expect(shown).not_to_have_attribute("src", before)


def example(page, number=0):
    """Press one of the pictures to try, which is described at once."""
    shown = page.locator("#attached-picture")
    before = shown.get_attribute("src") or ""
    page.locator(".idea.picture").nth(number).click()
    expect(shown).not_to_have_attribute("src", before)


def ended(page):
    """Wait until nothing runs any more."""
    expect(page.locator(".running")).to_have_count(0)


def answered(page):
    """Wait until what runs has ended with an answer on the stage, and return the answer."""
    ended(page)
    answer = page.locator("#answer")
    expect(answer).to_be_visible()
    expect(page.locator("#problem")).to_be_hidden()
    return answer


def refused(page):
    """Wait until what runs has ended with a problem on the stage, and return its sentence."""
    ended(page)
    sentence = page.locator("#problem-said")
    expect(sentence).to_be_visible()
    return sentence


def then(page, what):
    """Press one of the buttons beneath an answer: "Draw this"."""
    page.locator("#next").get_by_role("button", name=what, exact=True).click()


def words(page):
    """The words of the answer on the stage."""
    return page.locator("#answer .words")


def pixels(page, where="#answer .figure img"):
    """The picture that is shown, as a NumPy array."""
    source = page.locator(where).evaluate("(picture) => picture.src")
    return np.asarray(Image.open(io.BytesIO(page.request.get(source).body())))


def open_options(page):
    """Open the options, which are closed until somebody wants them."""
    page.locator("#options-open").click()
    expect(page.locator("#options")).to_be_visible()


def speak(page, language):
    """Choose the page's language by its code."""
    page.locator("#language").select_option(language)
    expect(page.locator("html")).to_have_attribute("lang", language)
