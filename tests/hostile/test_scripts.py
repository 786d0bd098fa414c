"""Whatever is said, drawn, named or failed: on the page it is text, and nothing of it runs."""

import asyncio
import json
import re
import zipfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlsplit

import gradio as gr
import httpx
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Error, FilePayload, expect

from describe_draw.engines.base import Caption, Credit, GeneratedImage
from describe_draw.problems import EngineProblem, Problem
from describe_draw.texts import listed, message
from describe_draw.ui.draw import Draw
from describe_draw.ui.events import Told
from describe_draw.ui.visit import Token
from describe_draw.zip_page import POLICY
from tests.browser.visitor import (
    answered,
    attach,
    do,
    example,
    open_options,
    refused,
    settled,
    then,
    words,
    write,
)
from tests.hostile.test_pictures import SVG
from tests.standin import Fault
from tests.standin.hub import Model
from tests.support import EXAMPLES, Puppet, page_of, serving

FOREIGN = '<img src="https://evil.example/seen.png">'
ATTACKS = [
    '<img src=x onerror="window.pwned=1;alert(1)">',
    "<script>window.pwned=1;alert(1)</script>",
    '"><svg onload=window.pwned=1>',
    "'><iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    '" autofocus onfocus="window.pwned=1" onmouseover="window.pwned=1" x="',
    "' onload='window.pwned=1",
    '<a href="javascript:window.pwned=1">press</a>',
    '<svg><a href="javascript:window.pwned=1"><text y="20">press',
    "[press](javascript:window.pwned=1)",
    "![seen](https://evil.example/markdown.png)",
    FOREIGN,
    "<style>@import url(https://evil.example/style.css)</style>",
    "</textarea></title></style></script></blockquote></li></ol><script>window.pwned=1</script>",
    "<math><mtext><table><mglyph><style><img src onerror=window.pwned=1>",
    "<details open ontoggle=window.pwned=1>",
    "<form action=https://evil.example><button autofocus onfocus=window.pwned=1>",
    'https://huggingface.co/a"onmouseover="window.pwned=1"',
    "https://huggingface.co@evil.example/",
    "{{constructor.constructor('window.pwned=1')()}} ${window.pwned=1} $(pwned) %3Cscript%3E",
    "$$\\href{javascript:window.pwned=1}{x}$$ &lt;script&gt;window.pwned=1&lt;/script&gt;",
    "<!-- ]]> <?php --> <base href=https://evil.example/>",
]
HOSTILE = " ".join(ATTACKS)
VISION = "Qwen/Qwen3-VL-30B-A3B-Instruct"
LOCALES = pytest.mark.parametrize("locale", ["zh-CN"])
"""For sentences of a text and hostile words, which the browser puts together alike in all."""

ENGLISH = pytest.mark.parametrize("locale", ["en-US"])
CHINESE = pytest.mark.parametrize("locale", ["zh-CN"])

INJECTED = r"""() => [...document.querySelectorAll("*")].filter(element =>
    [...element.attributes].some(({name, value}) =>
        (name.startsWith("on") && value.includes("pwned"))
        || (name === "srcdoc" && value.includes("pwned"))
        || (/^(src|href|srcset|action|formaction|data|poster|style)$/.test(name)
            && /^\s*javascript:|\/\/([^/]*@)?evil\.example/i.test(value)))
    || (/^(script|style)$/i.test(element.tagName) && !element.id
        && /pwned|evil\.example/.test(element.textContent))
).map(element => element.outerHTML.slice(0, 200))"""
"""What became an element or a handler of what should be text."""


class Watch:
    """Notices whatever runs on a page, becomes a part of it, or is fetched from elsewhere.

    Args:
        page: The page.
    """

    def __init__(self, page):
        self.page = page
        self.own = urlsplit(page.url).netloc
        self.noticed: list[str] = []
        page.on("dialog", self._dialog)
        page.context.route(self._is_foreign, self._asked)

    def _dialog(self, dialog):
        self.noticed.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _is_foreign(self, url):
        return urlsplit(url).scheme in ("http", "https") and urlsplit(url).netloc != self.own

    def _asked(self, route):
        self.noticed.append(route.request.url)
        route.abort()

    def all_quiet(self) -> None:
        """Nothing was noticed, also not by whoever points at everything that hostile words are in.

        Raises:
            AssertionError: What was noticed.
        """
        settled(self.page)
        for place in self.page.get_by_text("pwned").all()[:8]:
            if place.is_visible():
                place.hover(force=True)
        assert [frame.evaluate("window.pwned") for frame in self.page.frames] == [None]
        assert self.page.evaluate(INJECTED) == []
        assert self.noticed == []


def test_the_watch_notices(app, open_page):
    page = open_page(app.url)
    for attack in (FOREIGN, '<b onclick="pwned=1">', ATTACKS[0]):
        watch = Watch(page)
        watch.all_quiet()
        page.evaluate("said => { document.querySelector('#who').innerHTML = said }", attack)
        with pytest.raises(AssertionError):
            watch.all_quiet()
        page.evaluate("() => document.querySelector('#who').replaceChildren()")


class Hostile(Puppet):
    """An engine that is hostile with every word, and with the names of its models."""

    models = tuple(f"owner/{attack}" for attack in ATTACKS[:6])
    credit = Credit(
        engine="hub",
        model=HOSTILE,
        provider=HOSTILE,
        notes=(message("note.not_understood", words=HOSTILE),),
    )

    def capabilities(self, task, caller):
        missing = message("problem.no_token", link=HOSTILE)
        (can,) = super().capabilities(task, caller)
        return [replace(can, model=model, missing=missing) for model in self.models]

    async def caption(self, picture, style, call):
        await self._answer(call)
        return Caption(HOSTILE, self.credit)

    async def generate(self, recipe, call):
        await self._answer(call)
        return GeneratedImage(Image.new("RGB", (64, 64), "teal"), self.credit, recipe.prompt)

    async def edit(self, recipe, source, call):
        return await self.generate(recipe, call)

    async def write(self, prompt, call, *, system=""):
        await self._answer(call)
        yield HOSTILE

    async def _answer(self, call):
        call.report(message("report.loading", model=HOSTILE, wait=HOSTILE))
        await asyncio.sleep(self.seconds)
        if self.fails:
            raise EngineProblem("refused_request", self.name, model=HOSTILE, said=HOSTILE)


@pytest.fixture(scope="module")
def hostile():
    with page_of(Hostile()) as url:
        yield url


@pytest.fixture(scope="module")
def failing():
    with page_of(Hostile(fails=True)) as url:
        yield url


@pytest.fixture
def watched(open_page):
    """Opens a page that is watched."""

    def visit(url, locale="en-US"):
        page = open_page(url, locale=locale)
        return page, Watch(page)

    return visit


def hostile_file() -> FilePayload:
    """A picture whose name is hostile as well."""
    return {
        "name": f"{ATTACKS[0]}{ATTACKS[4]}.png".replace("/", ""),
        "mimeType": "image/png",
        "buffer": (EXAMPLES / "cows.png").read_bytes(),
    }


@LOCALES
def test_what_a_model_says_of_a_picture_is_text(hostile, watched, locale):
    page, watch = watched(hostile, locale)
    attach(page, hostile_file())
    answered(page)
    expect(words(page)).to_have_text(HOSTILE)
    for attack in ATTACKS:
        if not attack.startswith("https://huggingface.co/"):  # which is shown shorter, as a link
            expect(page.locator("#answer .credit")).to_contain_text(attack)
    watch.all_quiet()
    links = page.locator("#answer .credit a").evaluate_all("all => all.map(a => a.href)")
    assert {urlsplit(link).netloc for link in links} == {"huggingface.co"}


@CHINESE
def test_the_names_of_models_are_text(hostile, watched, locale):
    page, watch = watched(hostile, locale)
    page.reload()  # they are there from the beginning
    settled(page)
    page.locator("#about-open").click()
    expect(page.locator("#who")).to_contain_text(ATTACKS[0])
    watch.all_quiet()
    page.locator("#about .round").click()
    open_options(page)
    models = page.locator("#describe-model option")
    expect(models).to_have_count(len(Hostile.models) + 1)
    assert models.all_text_contents()[:-1] == list(Hostile.models)
    page.locator("#draw-model").select_option(Hostile.models[1])
    expect(page.locator("#draw-model")).to_have_value(Hostile.models[1])
    watch.all_quiet()


@CHINESE
def test_what_is_drawn_is_text_beside_the_picture_and_in_its_place(hostile, watched, locale):
    page, watch = watched(hostile, locale)
    write(page, HOSTILE)
    do(page, "draw")
    answered(page)
    expect(page.locator("#answer .figure img")).to_have_attribute("alt", HOSTILE)
    expect(page.locator("#answer .credit")).to_contain_text(ATTACKS[-1])
    watch.all_quiet()


@ENGLISH
def test_a_prompt_that_was_improved_is_text(hostile, watched, locale):
    page, watch = watched(hostile, locale)
    open_options(page)
    page.locator("#improve").check()
    write(page, "a dog")
    do(page, "draw")
    answered(page)
    expect(words(page)).to_have_text(HOSTILE)
    watch.all_quiet()


@LOCALES
def test_what_goes_wrong_is_told_in_text(failing, watched, locale):
    page, watch = watched(failing, locale)
    attach(page, hostile_file())
    expect(refused(page)).to_contain_text(ATTACKS[0])
    write(page, HOSTILE)
    do(page, "draw")
    expect(refused(page)).to_contain_text(ATTACKS[-1])
    do(page, "play")
    expect(page.locator(".album blockquote")).to_have_text(HOSTILE)
    expect(refused(page)).to_contain_text(ATTACKS[0])
    watch.all_quiet()
    links = page.locator("#problem-said a").evaluate_all("all => all.map(a => a.href)")
    assert {urlsplit(link).netloc for link in links} <= {"huggingface.co"}


@CHINESE
def test_an_answer_in_words_is_text(hostile, watched, locale):
    page, watch = watched(hostile, locale)
    write(page, HOSTILE)
    do(page, "ask")
    answered(page)
    expect(words(page)).to_have_text(HOSTILE)
    watch.all_quiet()


def play(page, rounds: int) -> None:
    """A game with what the composer holds."""
    open_options(page)
    page.locator("#rounds").fill(str(rounds))
    do(page, "play")
    expect(page.locator(".end")).to_be_visible()
    answered(page)


def unpacked(page, folder: Path) -> Path:
    """The page in the zip that the game is kept in."""
    with page.expect_download() as download:
        then(page, "Save the album")
    with zipfile.ZipFile(download.value.path()) as file:
        file.extractall(folder)
    return folder / "index.html"


def all_shown(page) -> bool:
    """Whether a page has pictures, and shows each of them."""
    widths = page.evaluate("() => [...document.images].map(picture => picture.naturalWidth)")
    return bool(widths) and all(widths)


@ENGLISH
def test_a_game_is_text_on_the_page_and_in_its_zip(hostile, watched, locale, tmp_path):
    page, watch = watched(hostile, locale)
    write(page, HOSTILE)
    play(page, 2)
    assert page.locator(".album blockquote").all_text_contents() == [HOSTILE] * 3
    alts = page.locator(".album img").evaluate_all("all => all.map(i => i.alt)")
    assert alts == [HOSTILE] * 2
    expect(page.locator(".turn textarea")).to_have_value(HOSTILE)
    watch.all_quiet()
    kept = unpacked(page, tmp_path)
    page.goto(kept.as_uri())
    assert page.locator("blockquote").all_text_contents() == [HOSTILE] * 3
    assert page.locator("img").evaluate_all("all => all.map(i => i.alt)") == [HOSTILE] * 2
    assert all_shown(page)
    watch.all_quiet()


@CHINESE
def test_what_the_browser_kept_is_text_when_it_comes_back(hostile, watched, locale):
    page, watch = watched(hostile, locale)
    write(page, HOSTILE)
    do(page, "draw")
    answered(page)
    expect(page.locator(".recall")).to_have_count(1)  # kept, which a page that is left gives up
    page.goto(hostile)
    expect(page.locator(".recall")).to_contain_text(ATTACKS[0])
    watch.all_quiet()
    page.locator(".recall").click()
    expect(words(page)).to_have_text(HOSTILE)
    expect(page.locator("#prompt")).to_have_value(HOSTILE)
    watch.all_quiet()


@ENGLISH
@pytest.mark.parametrize("where", ["?prompt=", "?play=", "#prompt=", "#play=", "?describe="])
def test_what_a_link_brings_is_text_and_runs_nothing(app, watched, locale, where):
    page, watch = watched(app.url, locale)
    page.goto(f"{app.url}/{where}{quote(HOSTILE)}&seed={quote(ATTACKS[0])}")
    settled(page)
    expect(page.locator("#prompt")).to_have_value(HOSTILE)
    expect(page.locator("#demo")).to_be_visible()
    watch.all_quiet()


SMUGGLED = """<script>window.pwned=1</script><img src="missing.png" onerror="window.pwned=1">
<img src="https://evil.example/seen.png"><link rel="stylesheet" href="https://evil.example/a.css">
<iframe src="https://evil.example/"></iframe><object data="https://evil.example/"></object>
<video src="https://evil.example/a.mp4" autoplay></video>
<style>@import url(https://evil.example/b.css); body {background: url(https://evil.example/c)}
</style><svg onload="window.pwned=1"></svg>"""


@pytest.mark.parametrize("policy", [True, False])
def test_the_policy_of_the_page_in_a_zip_stops_what_is_put_into_it(app, watched, tmp_path, policy):
    page, watch = watched(app.url)
    example(page)
    answered(page)
    play(page, 1)
    kept = unpacked(page, tmp_path)
    own = kept.read_text("utf-8")
    assert POLICY in own
    own = own if policy else own.replace(POLICY, "")
    page.goto(kept.as_uri())
    assert all_shown(page)
    kept.write_text(own.replace("</body>", f"{SMUGGLED}</body>"), "utf-8")
    page.goto(kept.as_uri())
    settled(page)
    assert all(
        page.evaluate("() => [...document.querySelectorAll('.chain img')].map(p => p.naturalWidth)")
    )
    ran = page.evaluate("window.pwned")
    assert (ran, len(watch.noticed) > 3) == ((None, False) if policy else (1, True))
    assert not policy or watch.noticed == []


RECIPES = {
    "this app's": {
        "describe_draw": json.dumps({"prompt": HOSTILE, "steps": HOSTILE, "model": HOSTILE})
    },
    "the web UI's": {
        "parameters": f"{HOSTILE}\nNegative prompt: {HOSTILE}\n"
        f"Steps: 20, CFG scale: 7, Seed: 5, Size: {FOREIGN}x512, Model: {json.dumps(HOSTILE)}"
    },
    "ComfyUI's": {
        "prompt": json.dumps({
            "1": {"class_type": ATTACKS[0], "inputs": {"text": HOSTILE, "ckpt_name": HOSTILE}},
            "2": {"inputs": {"positive": ["1", 0], "model": ["1", 0], "seed": 5, "steps": 500}},
        })
    },
    "InvokeAI's": {
        "invokeai_metadata": json.dumps({"positive_prompt": HOSTILE, "model": {"name": HOSTILE}})
    },
    "under hostile names": {
        "parameters": json.dumps({"prompt": HOSTILE, "model": ATTACKS[0], ATTACKS[1]: ATTACKS[2]})
    },
}  # fmt: skip


@LOCALES
def test_a_recipe_that_is_read_is_text(app, watched, tmp_path, locale):
    page, watch = watched(app.url, locale)
    open_options(page)
    for whose, chunks in RECIPES.items():
        info = PngInfo()
        for name, text in chunks.items():
            info.add_itxt(name, text)
        path = tmp_path / f"{whose}.png"
        Image.new("RGB", (64, 64)).save(path, pnginfo=info)
        write(page, "")
        page.set_input_files("#restore", path)
        expect(page.locator("#prompt")).to_have_value(HOSTILE)
        expect(page.locator("#restored")).to_contain_text(ATTACKS[0])
        watch.all_quiet()


@CHINESE
def test_what_a_call_ends_with_that_no_handler_tells_is_text(watched, locale, monkeypatch):

    async def breaks(
        self, prompt, model, improve, private, request: gr.Request, token: Token, *values
    ) -> AsyncIterator[Told]:
        raise Problem("unknown_model", models=listed(ATTACKS))
        yield {}

    monkeypatch.setattr(Draw, "draw", breaks)
    with page_of(Hostile()) as url:
        page, watch = watched(url, locale)
        write(page, "a dog")
        do(page, "draw")
        expect(refused(page)).to_contain_text("<img")
        watch.all_quiet()


def refused_files() -> Iterator[FilePayload]:
    """Files that are refused, whose names are hostile."""
    for name in (attack.replace("/", "") for attack in ATTACKS[:2]):
        yield {"name": f"{name}.png", "mimeType": "image/png", "buffer": bytes(1_200_000)}
        yield {"name": f"{name}.html", "mimeType": "text/html", "buffer": b"a page"}


@ENGLISH
def test_a_file_is_refused_harmlessly_whatever_its_name(watched, locale):
    with page_of(max_upload_mb=1) as url:
        page, watch = watched(url, locale)
        for file in refused_files():
            attach(page, file)
            expect(refused(page)).to_contain_text(re.compile("too large|not a picture"))
            watch.all_quiet()


@CHINESE
def test_what_is_told_meanwhile_is_text(watched, locale):
    with page_of(Hostile(seconds=2)) as url:
        page, watch = watched(url, locale)
        write(page, "a dog")
        do(page, "draw")
        expect(page.locator("#doing")).to_contain_text(ATTACKS[0])
        watch.all_quiet()


PAGES = {
    "page.html": b"<html><body><script>window.pwned=1;alert(1)</script></body></html>",
    "page.xhtml": b'<html xmlns="http://www.w3.org/1999/xhtml"><script>window.pwned=1</script></html>',
    "vectors.svg": SVG.replace(b"alert(1)", b"window.pwned=1"),
    "sheet.xml": b'<?xml-stylesheet href="https://evil.example/a.xsl" type="text/xsl"?><a/>',
    "page.png": b"<html><body><script>window.pwned=1;alert(1)</script></body></html>",
    "page.txt": b"<html><body><script>window.pwned=1;alert(1)</script></body></html>",
    "page.json": b"<html><body><script>window.pwned=1;alert(1)</script></body></html>",
    "page": b"<html><body><script>window.pwned=1;alert(1)</script></body></html>",
}


def test_an_upload_is_no_page_of_the_apps(app, watched):
    """Whoever is led to somebody's upload at the app's own address sees or saves it, no more."""
    page, watch = watched(app.url)
    for name, content in PAGES.items():
        files = {"files": (name, content)}
        path = httpx.post(f"{app.url}/gradio_api/upload", files=files).json()[0]
        address = f"{app.url}/gradio_api/file={path}"
        try:
            page.goto(address)
        except Error as error:
            assert "Download is starting" in error.message, name
            assert httpx.get(address).headers["content-disposition"].startswith("attachment")
        page.wait_for_timeout(100)
        assert page.evaluate("window.pwned") is None, name
    assert watch.noticed == []


@pytest.fixture(scope="module")
def hub_url(running_standin, tmp_path_factory):
    running_standin.reset()
    folder = tmp_path_factory.mktemp("hub")
    own = {"REQUEST_TIMEOUT": "10", "REMEMBER": "false"}
    with serving(folder, **running_standin.environment(), **own) as running:
        yield running.url


async def hostile_words(asked: object) -> str:
    return HOSTILE


@ENGLISH
def test_what_the_hub_says_is_text(running_standin, hub_url, watched, locale):
    """Its models, its providers' names and its errors, on the unmodified app."""
    running_standin.reset()
    running_standin.reply = hostile_words
    served = {ATTACKS[0]: (VISION.lower(), "conversational")}
    running_standin.models[VISION] = Model("image-text-to-text", served)
    page, watch = watched(hub_url, locale)
    attach(page, EXAMPLES / "cat.jpg")
    answered(page)
    expect(words(page)).to_have_text(HOSTILE)
    expect(page.locator("#answer .credit")).to_contain_text(ATTACKS[0])
    running_standin.script_always("chat", Fault(400, {"error": f"odd {HOSTILE}"}))
    do(page, "describe")
    expect(refused(page)).to_contain_text(f"odd {ATTACKS[0]}")
    running_standin.faults.clear()
    write(page, "собака в парке")
    do(page, "draw")
    answered(page)
    expect(page.locator("#answer .credit")).to_contain_text(ATTACKS[-1])
    watch.all_quiet()
