"""The ways by which a picture comes to the page: each is described at once."""

import base64

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import answered, attach, example, words
from tests.support import EXAMPLES

COFFEE = base64.b64encode((EXAMPLES / "coffee.jpg").read_bytes()).decode()

FILE = """async (picture) => {
    const answer = await fetch(`data:image/jpeg;base64,${picture}`)
    return new File([await answer.blob()], "coffee.jpg", {type: "image/jpeg"})
}"""

DROP = """async (picture) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(await (%s)(picture))
    const told = {dataTransfer, clipboardData: dataTransfer, bubbles: true, cancelable: true}
    const target = document.querySelector("#prompt")
    target.dispatchEvent(%s)
}"""

COPY = """async (picture) => {
    const bitmap = await createImageBitmap(await (%s)(picture))
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    canvas.getContext("2d").drawImage(bitmap, 0, 0)
    const png = await canvas.convertToBlob({type: "image/png"})
    await navigator.clipboard.write([new ClipboardItem({"image/png": png})])
}"""

CAMERA = """async (picture) => {
    const bitmap = await createImageBitmap(await (%s)(picture))
    const canvas = document.createElement("canvas")
    Object.assign(canvas, {width: bitmap.width, height: bitmap.height})
    const brush = canvas.getContext("2d")
    setInterval(() => brush.drawImage(bitmap, 0, 0), 30)
    navigator.mediaDevices.getUserMedia = async () => (window.camera = canvas.captureStream(30))
}"""
"""A camera that sees a picture, since the machine has none."""


def is_described(page):
    answered(page)
    expect(words(page)).to_contain_text("espresso")
    expect(page.locator("#attached")).to_be_visible()


def test_by_a_file_or_an_example(app, open_page):
    page = open_page(app.url)
    example(page, 0)
    expect(answered(page)).to_contain_text("cat")
    attach(page, EXAMPLES / "coffee.jpg")
    is_described(page)


@pytest.mark.parametrize(
    "event", ['new DragEvent("drop", told)', 'new ClipboardEvent("paste", told)']
)
def test_by_dropping_or_pasting_it(app, open_page, event):
    page = open_page(app.url)
    page.evaluate(DROP % (FILE, event), COFFEE)
    expect(page.locator("#attached")).to_be_visible()
    is_described(page)


def test_by_the_clipboards_button(app, open_page):
    page = open_page(app.url, permissions=["clipboard-read", "clipboard-write"])
    page.locator("#paste").click()
    expect(page.locator("#problem")).to_contain_text("no picture in the clipboard")
    page.evaluate(COPY % FILE, COFFEE)
    page.locator("#paste").click()
    expect(page.locator("#attached")).to_be_visible()
    is_described(page)


def test_by_the_camera_which_is_off_afterwards(app, open_page):
    page = open_page(app.url)
    page.evaluate(CAMERA % FILE, COFFEE)
    page.locator("#camera").click()
    page.wait_for_function("document.querySelector('#viewfinder').videoWidth > 0")
    page.get_by_role("button", name="Take the photo").click()
    expect(page.locator("#attached")).to_be_visible()
    is_described(page)
    assert page.evaluate("window.camera.getTracks().map((track) => track.readyState)") == ["ended"]
