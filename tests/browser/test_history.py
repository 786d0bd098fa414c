"""What is kept in the browser: it outlives the page, the server and its files, and stays there."""

import shutil
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.visitor import answered, attach, do, open_options, settled, then, words, write
from tests.support import EXAMPLES, serving

STORED = """() => new Promise((done) => {
    indexedDB.open("describe-draw").onsuccess = ({target}) => {
        const all = target.result.transaction("results").objectStore("results").getAllKeys()
        all.onsuccess = () => done(all.result.length)
    }
})"""
"""How many results the browser holds, shown or not."""

COPIED = """() => new Promise((done) => {
    indexedDB.open("describe-draw").onsuccess = ({target}) => {
        const store = target.result.transaction("results", "readwrite").objectStore("results")
        store.getAll().onsuccess = ({target: {result: [one]}}) => {
            for (let number = 1; number < 24; number += 1) {
                const words = `${number}`
                store.put({...one, id: words, words, time: one.time + number})
            }
            store.transaction.oncomplete = done
        }
    }
})"""
"""Fills the browser's store up with newer copies of the one result that is there."""

BLOCKED = """
    const refused = () => { throw new DOMException("not allowed", "SecurityError") }
    Object.defineProperty(window, "localStorage", {get: refused})
    Object.defineProperty(window, "sessionStorage", {get: refused})
    IDBFactory.prototype.open = refused
"""
"""A browser with all storage turned off, which answers so: https://html.spec.whatwg.org/#dom-localstorage
and https://www.w3.org/TR/IndexedDB/#dom-idbfactory-open."""


def strip(page):
    """The words of what is kept, the newest first."""
    return page.locator("#kept .recall [dir=auto]")


def describe(page, name="cat.jpg"):
    attach(page, EXAMPLES / name)
    answered(page)


def draw(page, prompt):
    write(page, prompt)
    do(page, "draw")
    answered(page)


def recall(page, said):
    strip(page).filter(has_text=said).click()
    expect(words(page)).to_contain_text(said)


def shows_pictures(page, where):
    expect(page.locator(where).first).to_be_visible()
    loaded = "(pictures) => pictures.every((picture) => picture.complete && picture.naturalWidth)"
    page.wait_for_function(
        f"(where) => ({loaded})([...document.querySelectorAll(where)])", arg=where
    )


def test_results_outlive_a_reload_a_restart_and_the_servers_files(open_page, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    with serving(first) as app:
        page = open_page(app.url)
        describe(page)
        open_options(page)
        page.get_by_label("Negative prompt").fill("trees")
        page.locator("#detach").click()  # else it would be drawn from
        page.get_by_label("Portrait").check()
        draw(page, "a castle at night")
        expect(strip(page)).to_have_count(2)
        page.reload()
        expect(words(page)).to_have_text("a castle at night")
        shows_pictures(page, "#answer .figure img, #kept img")
        expect(page.locator("#kept .recall").last).to_contain_text("built-in engine")
    shutil.rmtree(app.files)
    port = str(urlsplit(app.url).port)
    with serving(second, GRADIO_SERVER_PORT=port) as app:
        sent = []
        page.on("request", lambda request: sent.append(request.url))
        page.reload()
        expect(strip(page)).to_have_text(["a castle at night", "a cat"])
        shows_pictures(page, "#answer .figure img, #kept img")
        page.locator("#prompt").fill("")
        page.locator("#height").evaluate("(box) => { box.value = 512 }")
        recall(page, "a castle at night")
        expect(page.locator("#prompt")).to_have_value("a castle at night")
        expect(page.locator("#negative_prompt")).to_have_value("trees")
        expect(page.locator("#height")).to_have_value("768")
        recall(page, "a cat")
        shows_pictures(page, "#answer .figure img, #attached img")
        assert not [url for url in sent if "/upload" in url or "/file=" in url]
        do(page, "describe")  # the picture is sent anew
        answered(page)
        expect(words(page)).to_have_text("a cat")
        expect(strip(page)).to_have_count(3)
        assert [url for url in sent if "/upload" in url]
        recall(page, "a castle at night")
        then(page, "Describe this")
        answered(page)
        expect(words(page)).to_contain_text("castle")


def test_they_are_cleared_one_by_one_all_at_once_and_not_kept_at_all(models, open_page):
    page = open_page(models.url)
    for prompt in ("a red house", "a blue house", "a green house"):
        draw(page, prompt)
    expect(strip(page)).to_have_text(["a green house", "a blue house", "a red house"])
    page.get_by_role("button", name="Remove this result").nth(1).click()
    expect(strip(page)).to_have_text(["a green house", "a red house"])
    assert page.evaluate(STORED) == 2
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator("#kept")).to_be_hidden()
    assert page.evaluate(STORED) == 0
    draw(page, "a black house")
    expect(strip(page)).to_have_count(1)
    keeps(page, False)
    expect(page.locator("#kept")).to_be_hidden()
    draw(page, "a white house")
    page.reload()
    page.wait_for_selector("#shell[data-ready]")
    settled(page)
    expect(page.locator("#kept")).to_be_hidden()
    assert page.evaluate(STORED) == 0
    keeps(page, True)
    draw(page, "a yellow house")
    expect(strip(page)).to_have_text(["a yellow house"])


def keeps(page, is_kept):
    page.get_by_role("button", name="About").click()
    page.get_by_label("Keep my results in this browser").set_checked(is_kept)
    page.get_by_role("button", name="Close").click()


def test_the_oldest_gives_way(models, open_page):
    page = open_page(models.url)
    draw(page, "a red house")
    expect(strip(page)).to_have_count(1)
    page.evaluate(COPIED)
    draw(page, "a blue house")
    expect(strip(page)).to_have_count(24)
    expect(strip(page).first).to_have_text("a blue house")
    expect(strip(page).last).to_have_text("1")  # the red house was the oldest


def test_nothing_of_it_reaches_the_server(models, open_page):
    page = open_page(models.url)
    draw(page, "a secret garden")
    expect(strip(page)).to_have_count(1)
    page.goto("about:blank")
    sent = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data_buffer}"))
    page.goto(models.url)
    expect(strip(page)).to_have_text(["a secret garden"])
    recall(page, "a secret garden")
    settled(page)
    assert sent
    assert not [request for request in sent if "secret" in request]


def test_a_browser_that_keeps_nothing_still_works(models, open_page):
    page = open_page(models.url)
    page.context.add_init_script(BLOCKED)
    page.reload()
    page.wait_for_selector("#shell[data-ready]")
    settled(page)
    draw(page, "a red house")
    describe(page)
    then(page, "Draw this")
    answered(page)
    expect(page.locator("#kept")).to_be_hidden()
    page.locator("#language").select_option("zh")
    expect(page.locator("html")).to_have_attribute("lang", "zh")


def test_a_game_comes_back_as_it_ended(models, open_page):
    page = open_page(models.url)
    open_options(page)
    page.locator("#rounds").fill("1")
    write(page, "a red house")
    do(page, "play")
    answered(page)
    expect(strip(page)).to_have_text(["a red house → a red picture of 512 by 512"])
    draw(page, "a blue boat")
    strip(page).last.click()
    expect(page.locator(".album > .card")).to_have_count(3)
    shows_pictures(page, ".album img")
    expect(page.locator(".end")).to_be_visible()
    expect(page.locator("#prompt")).to_have_value("a red house")
    then(page, "Play again")
    answered(page)
    expect(strip(page)).to_have_count(3)
