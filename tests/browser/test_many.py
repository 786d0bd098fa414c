"""Many pictures on a page of their own: they come in, are described, edited, and taken away."""

import csv
import json
import re
import zipfile

import pytest
from PIL import Image
from playwright.sync_api import expect
from starlette.responses import JSONResponse

from tests.apis.held import Held
from tests.browser.visitor import ended, settled, speak
from tests.support import EXAMPLES
from tests.waiting import wait_until
from tests.wire import Wire

PICTURE = re.compile(r"data:image/[\w+]+;base64,[\w+/=]+")


def pictures(folder, count, begin=0):
    """Small pictures, each of another colour."""
    folder.mkdir(exist_ok=True)
    for number in range(begin, begin + count):
        colour = (number % 256, 40 * (number // 256), 90)
        Image.new("RGB", (24, 16), colour).save(folder / f"{number:03}.png")
    return sorted(folder.iterdir())


def many(open_page, url, **options):
    page = open_page(f"{url}/many", **options)
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def choose(page, files, where="#files"):
    """Choose files, and wait for their rows."""
    page.set_input_files(where, files)
    expect(page.locator("#rows > li").first).to_be_visible()
    ended(page)


def rows(page):
    """Each row's name, caption and problem."""
    return page.locator("#rows > li").evaluate_all(
        """(rows) => rows.map((row) => [
            row.querySelector(".file").textContent, row.querySelector("textarea").value,
            row.querySelector(".wrong").textContent])"""
    )


def captions(page):
    return [caption for _, caption, _ in rows(page) if caption]


def described(page, button="#describe"):
    page.locator(button).click()
    ended(page)


def asked(models):
    """The pictures that the model was sent, one for each call."""
    calls = [call for call in models.server.calls if call.path.endswith("/chat/completions")]
    return [PICTURE.findall(call.body.decode())[0] for call in calls]


def test_of_a_mixed_folder_each_good_one_is_described_and_each_bad_one_named(
    models, open_page, tmp_path
):
    folder = tmp_path / "cats"
    pictures(folder, 3)
    (folder / "inner").mkdir()
    (folder / "inner" / "000.png").write_bytes((folder / "000.png").read_bytes())  # the same again
    (folder / "broken.png").write_bytes((folder / "001.png").read_bytes()[:60])
    (folder / "alone.txt").write_text("a caption of nothing")
    (folder / "report.pdf").write_bytes(b"%PDF-1.7")
    (folder / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0")
    page = many(open_page, models.url)
    choose(page, folder, "#folder")
    described(page)
    expect(page.locator("#problem")).to_be_hidden()
    told = {name: (caption, problem) for name, caption, problem in rows(page)}
    good = {"cats/000.png", "cats/001.png", "cats/002.png", "cats/inner/000.png"}
    assert {name for name, (caption, _) in told.items() if caption} == good
    bad = {name: problem for name, (_, problem) in told.items() if problem}
    assert bad.keys() == {"cats/broken.png", "cats/alone.txt", "cats/report.pdf"}
    assert all(problem.endswith(".") for problem in bad.values())
    expect(page.locator("#count")).to_contain_text("Pictures: 7. With a caption: 4. Failed: 3.")
    expect(page.locator("#count")).to_contain_text("Left out: 1 ")
    assert len(asked(models)) == 3  # equal ones once


def test_after_stop_it_goes_on_without_a_second_call_for_what_is_done(models, open_page, tmp_path):
    page = many(open_page, models.url)
    choose(page, pictures(tmp_path / "few", 12))
    for number in range(4):
        models.say(f"caption {number}")
    models.server.next(*[Held("x") for _ in range(8)])
    page.locator("#describe").click()
    wait_until(lambda: len(asked(models)) == 12)
    wait_until(lambda: len(captions(page)) == 4)
    expect(page.locator("#doing")).to_have_text("Described: 4 of 12")
    page.locator("#stop").click()
    ended(page)
    assert len(captions(page)) == 4
    expect(page.locator("#problem")).to_be_hidden()
    expect(page.locator("#describe")).to_have_text("Go on")
    described(page)
    assert len(captions(page)) == 12
    before, after = asked(models)[:4], asked(models)[12:]
    assert len(after) == 8
    assert not {*before} & {*after}


def test_what_failed_is_tried_again_and_nothing_else(models, open_page, tmp_path):
    page = many(open_page, models.url)
    choose(page, pictures(tmp_path / "few", 5))
    refusal = {"error": {"message": "no such picture"}}
    models.server.next(*[JSONResponse(refusal, 400)] * 2)
    described(page)
    assert len(captions(page)) == 3
    assert sum("rejected the request" in problem for _, _, problem in rows(page)) == 2
    refused = asked(models)[:2]
    described(page, "#retry")
    assert len(captions(page)) == 5
    assert {*asked(models)[5:]} == {*refused}
    assert len(asked(models)) == 7
    expect(page.locator("#retry")).to_be_hidden()


def test_200_pictures_survive_a_reload_in_the_middle(models, open_page, tmp_path):
    page = many(open_page, models.url)
    choose(page, pictures(tmp_path / "200", 200))
    page.locator("#describe").click()
    wait_until(lambda: len(captions(page)) > 8)
    done = len(captions(page))
    page.reload()
    expect(page.locator("#rows > li")).to_have_count(200)
    page.wait_for_selector("[data-ready]")
    assert done <= len(captions(page)) <= 200
    expect(page.locator(".thumb img").first).to_be_visible()  # the server's: no file is here now
    if len(captions(page)) < 200:
        described(page)
    assert len(captions(page)) == 200
    assert len(asked(models)) <= 200 + 8  # what was on its way when the page was closed
    page.reload()
    expect(page.locator("#count")).to_contain_text("With a caption: 200.")


def unpacked(page, folder):
    with page.expect_download() as download:
        page.locator("#download").click()
    with zipfile.ZipFile(download.value.path()) as packed:
        packed.extractall(folder)
    return folder


def test_captions_are_edited_worded_and_replaced_and_leave_in_a_zip(models, open_page, tmp_path):
    page = many(open_page, models.url)
    files = pictures(tmp_path / "few", 3)
    (tmp_path / "few" / "002.txt").write_text("came along")
    choose(page, [*files, tmp_path / "few" / "002.txt"])
    assert captions(page) == ["came along"]
    models.say("a red barn")
    models.say("a red cat")
    described(page)
    assert sorted(captions(page)) == ["a red barn", "a red cat", "came along"]
    assert len(asked(models)) == 2
    box = page.get_by_label("Caption of 000.png")
    box.fill("mine, 红色 red")
    box.press("Tab")
    page.locator("#options-open").click()
    page.get_by_label("Before each caption").fill("{name}:")
    page.get_by_label("Trigger word").fill("ohwx")
    page.get_by_label("Trigger word").press("Tab")
    worded = page.get_by_label("Caption of 001.png")
    expect(worded).to_have_value(re.compile("^ohwx, 001: a red (barn|cat)$"))
    assert box.input_value() == "mine, 红色 red"
    page.get_by_label("Find").fill("r(.)d")
    page.get_by_label("Regular expression").check()
    page.get_by_label("Replace by").fill(r"bl\1d")
    expect(page.locator("#hits")).to_have_text("Found: 2")
    assert box.input_value() == "mine, 红色 red"
    page.get_by_role("button", name="Replace all").click()
    expect(box).to_have_value("mine, 红色 bled")
    page.get_by_label("Find").fill("(")
    expect(page.locator("#hits")).to_contain_text("regular expression")
    assert len(asked(models)) == 2  # nobody was asked for any of it
    folder = unpacked(page, tmp_path / "zip")
    lines = (folder / "train" / "metadata.jsonl").read_text("utf-8").splitlines()
    told = {entry["file_name"]: entry["text"] for entry in map(json.loads, lines)}
    assert told == {name: caption for name, caption, _ in rows(page)}
    assert told["002.png"] == "came along"
    assert (folder / "train" / "000.txt").read_text("utf-8").strip() == "mine, 红色 bled"
    table = [*csv.reader((folder / "captions.csv").read_text("utf-8-sig").splitlines())]
    assert len(table) == 4
    assert (folder / "train" / "001.png").read_bytes() == files[1].read_bytes()


def test_an_instruction_stands_in_the_place_of_a_style(models, open_page, tmp_path):
    page = many(open_page, models.url)
    choose(page, pictures(tmp_path / "shop", 2))
    page.locator("#options-open").click()
    page.get_by_role("textbox", name="Instruction").fill("Sell {name} in one sentence.")
    described(page)
    calls = [call.body.decode() for call in models.server.calls]
    assert all("Describe this picture" not in call for call in calls)
    for name in ("000", "001"):
        assert sum(f"Sell {name} in one sentence." in call for call in calls) == 1
    page.locator("#model").select_option("builtin")  # which answers questions
    expect(page.locator("#instructing")).to_be_visible()


def test_a_zip_comes_in_and_what_is_too_large_is_named(models, open_page, tmp_path):
    folder = tmp_path / "few"
    with zipfile.ZipFile(tmp_path / "cats.zip", "w") as packed:
        for path in pictures(folder, 2):
            packed.write(path, f"inner/{path.name}")
        packed.writestr("__MACOSX/._x.png", b"junk")
        packed.writestr("../out.png", b"x")
    large = tmp_path / "large.png"
    with large.open("wb") as file:
        file.truncate(20 * 1024**2 + 1)
    page = many(open_page, models.url)
    choose(page, [tmp_path / "cats.zip", large])
    assert [name for name, _, _ in rows(page)] == ["inner/000.png", "inner/001.png", "out.png"]
    expect(page.locator("#refused")).to_contain_text("large.png")
    expect(page.locator("#refused")).to_contain_text("20 MB")
    expect(page.locator("#count")).to_contain_text("Left out: 1 ")
    expect(page.locator(".thumb img")).to_have_count(2)


DROP = """async (stage) => {
    const dropped = new DataTransfer()
    for (const name of ["a.png", "b.png"]) {
        const canvas = new OffscreenCanvas(16, 16)
        canvas.getContext("2d").fillRect(0, 0, name === "a.png" ? 8 : 16, 8)
        dropped.items.add(new File([await canvas.convertToBlob()], name, {type: "image/png"}))
    }
    const options = {dataTransfer: dropped, bubbles: true, cancelable: true}
    stage.dispatchEvent(new DragEvent("drop", options))
}"""


def test_pictures_are_dropped_anywhere_on_the_page(app, open_page):
    page = many(open_page, app.url)
    page.locator("#stage").evaluate(DROP)
    expect(page.locator("#rows > li")).to_have_count(2)
    assert [name for name, _, _ in rows(page)] == ["a.png", "b.png"]


def test_a_page_that_lost_its_connection_finds_its_rows_again(models, open_page, tmp_path):
    with Wire.to(models.url) as wire:
        comes_back(many(open_page, wire.url), wire, models, tmp_path)


def comes_back(page, wire, models, tmp_path):
    """A visitor's connection is lost while a run goes on, and is there again."""
    choose(page, pictures(tmp_path / "few", 12))
    for number in range(4):
        models.say(f"caption {number}")
    models.server.next(*(held := [Held("x") for _ in range(8)]))
    page.locator("#describe").click()
    wait_until(lambda: len(captions(page)) == 4)
    wire.cut()
    ended(page)
    expect(page.locator("#problem")).to_contain_text("The connection to the app was lost")
    box = page.locator("#rows textarea").first
    box.fill("written meanwhile")
    box.press("Tab")
    assert all(one.left.wait(30) for one in held)  # the server asks no more
    wire.mend()
    expect(page.locator("#problem")).to_contain_text("is back now")
    expect(page.locator(".lost")).to_have_count(0)
    settled(page)
    described(page)
    assert box.input_value() == "written meanwhile"
    assert len(captions(page)) == 12, page.locator("#problem-said").inner_text()
    assert len(asked(models)) in (
        12 + 7,
        12 + 8,
    )  # but for the one that was written, if it was open
    page.reload()
    expect(page.locator("#count")).to_contain_text("With a caption: 12.")
    assert box.input_value() == "written meanwhile"


def test_one_page_leads_to_the_other_and_starting_over_forgets(app, open_page):
    page = open_page(app.url)
    page.get_by_role("link", name="Many pictures").click()
    page.wait_for_url("**/many")
    page.wait_for_selector("[data-ready]")
    page.on("dialog", lambda dialog: dialog.accept())
    choose(page, [EXAMPLES / "cat.jpg"])
    page.locator("#over").click()
    expect(page.locator("#rows > li")).to_have_count(0)
    page.reload()
    page.wait_for_selector("[data-ready]")
    expect(page.locator("#rows")).to_be_hidden()
    expect(page.locator("#problem")).to_be_hidden()
    page.get_by_role("link", name="One picture").click()
    expect(page.locator("#prompt")).to_be_visible()


def screens(page, folder):
    """What a visitor comes by: each is on the page as it is yielded."""
    yield "empty"
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    choose(page, [EXAMPLES / "cat.jpg", EXAMPLES / "coffee.jpg", folder / "broken.png"])
    yield "rows"
    described(page)
    page.locator("#options-open").click()
    page.locator("#find").fill("(")
    page.locator("#expression").check()
    expect(page.locator("#hits")).not_to_be_empty()
    settled(page)
    yield "done"


SMALL = """() => [...document.querySelectorAll(
    "#page :is(button, select, textarea, a.button, label.file, label.check, input[type=text])")]
    .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 43.5)
    .map((node) => node.outerHTML)"""


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_nothing_is_at_fault_small_or_out_of_the_view(
    app, open_page, violations, tmp_path, width, scheme
):
    page = many(open_page, app.url, width=width, scheme=scheme)
    for screen in screens(page, tmp_path):
        assert violations(page) == [], screen
        assert page.evaluate(SMALL) == [], screen
        assert page.evaluate("document.documentElement.scrollWidth") == width, screen
    expect(page.locator("#pushing")).to_be_hidden()  # nobody can push here


def test_a_switch_of_the_language_is_followed_at_once(app, open_page, tmp_path):
    page = many(open_page, app.url)
    for _ in screens(page, tmp_path):
        pass
    speak(page, "zh")
    expect(page.locator("#download")).to_have_text("全部下载")
    expect(page.locator("#count")).to_contain_text("已有描述：2")
    expect(page.get_by_label("cat.jpg 的描述")).to_be_visible()
    expect(page.locator("#rows .wrong:visible")).to_contain_text("图片")
    expect(page).to_have_title("批量描述 · 看图说话 · 看话画图")
