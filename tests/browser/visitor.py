"""What visitors do on a page, each step waited for until the page is at rest again."""

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
    """Wait until nothing moves: what Gradio has just shown it renders twice, with old values."""
    page.evaluate(AT_REST)


def tab(page, name):
    page.get_by_role("tab", name=name, exact=True).click()
    settled(page)


def unfold(page, name):
    """Open one of the closed parts of a tab."""
    page.get_by_role("button", name=name).click()
    settled(page)


def upload(page, where, path):
    page.set_input_files(f"{where} input[type=file]", str(path))
    page.wait_for_selector(f"{where} img")


def set_number(page, label, number):
    box = page.get_by_role("spinbutton", name=label)
    box.fill(str(number))
    box.press("Tab")
    expect(page.get_by_role("slider", name=label)).to_have_value(str(number))


def caption(page, where="#describe-caption"):
    return page.locator(f"{where} textarea")


def pixels(page, where):
    """The picture that is shown, as a NumPy array."""
    source = page.locator(f"{where} img").get_attribute("src")
    return np.asarray(Image.open(io.BytesIO(page.request.get(source).body())))
