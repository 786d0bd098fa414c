"""What the page of many pictures is told, by its handlers in this process."""

import asyncio
import zipfile
from pathlib import Path

import gradio as gr
import pytest
from huggingface_hub import constants
from PIL import Image

from describe_draw.batch.batches import Batches
from describe_draw.engines.base import BUILTIN, Caption, Credit
from describe_draw.problems import Problem
from describe_draw.store import Store
from describe_draw.ui import many
from describe_draw.ui.desk import EACH
from describe_draw.ui.many import Many
from describe_draw.ui.many_out import ManyOut
from describe_draw.ui.many_words import ManyWords
from describe_draw.ui.picture import Named
from tests.standin import OPERATOR, VISITOR
from tests.support import Puppet, asked_by, desk_of
from tests.waiting import until


class Gated(Puppet):
    """An engine that answers as many as it is let."""

    let = 0

    async def _work(self):
        self.begun += 1
        number = self.begun
        try:
            await until(lambda: self.let >= number)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise


class Page:
    """The page's handlers, and what they tell."""

    def __init__(self, folder: Path, engine, **values):
        store = Store(folder)
        self.store, self.desk = store, desk_of(folder, engine, **values)
        self.many = Many(self.desk, store, Batches(store, self.desk.studio.settings))
        self.words = ManyWords(self.many, self.desk.studio.settings)
        self.out = ManyOut(self.many, store, self.desk.studio.engines)

    def named(self, count):
        """Pictures among the store's files."""
        folder = self.store.new()
        for number in range(count):
            path = folder / f"{number}.png"
            Image.new("RGB", (32, 32), (number, 9, 9)).save(path)
            yield Named(str(path), name=path.name)

    async def taken(self, count):
        """A run of so many pictures."""
        told = await last(self.many.take([*self.named(count)], asked_by(), None))
        return told["batch"]

    def described(self, name, *, failed=False, session="mine", instruction=""):
        values = (name, "short", "", "en", instruction, 0, 0, failed)
        return self.many.describe(*values, asked_by(session), None)


async def last(messages):
    """The last message."""
    return [told async for told in messages][-1]


async def captions(page, name):
    told = await last(page.many.open(name, asked_by(), None))
    return [row.get("caption", "") for row in told["rows"]]


async def test_each_row_is_told_once_as_it_comes(tmp_path):
    page = Page(tmp_path, Puppet())
    name = await page.taken(40)
    messages = [told async for told in page.described(name)]
    assert messages[-1] == {"state": "done"}
    told = [row["n"] for message in messages[:-1] for row in message["rows"]]
    assert sorted(told) == [*range(40)]
    assert len(messages) < 10


async def test_stop_leaves_the_others_open_and_what_is_done_is_never_asked_again(tmp_path):
    page, engine = Page(tmp_path, gated := Gated()), gated
    name = await page.taken(12)
    engine.let = 3
    running = asyncio.create_task(last(page.described(name)))
    await until(lambda: engine.begun == 11)  # 3, and 8 at once
    await page.desk.stop(asked_by())
    told = await running
    assert (told["state"], told["stopped"]) == ("failed", True)
    assert engine.cancelled == 8
    assert [bool(caption) for caption in await captions(page, name)].count(True) == 3
    engine.let = 100
    assert await last(page.described(name)) == {"state": "done"}
    assert engine.begun == 11 + 9
    assert all(await captions(page, name))


async def test_a_closed_page_asks_no_more(tmp_path):
    page, engine = Page(tmp_path, gated := Gated()), gated
    name = await page.taken(12)
    engine.let = 2
    running = asyncio.create_task(last(page.described(name)))
    await until(lambda: engine.begun == 10)
    await page.desk.leave(asked_by())
    await asyncio.wait({running})
    assert engine.cancelled == 8
    assert len([*filter(None, await captions(page, name))]) == 2


async def test_whoever_waits_for_no_message_any_more_keeps_nobody_from_asking(tmp_path):
    """Gradio leaves a call's generator where it is when its page is closed."""
    page, engine = Page(tmp_path, gated := Gated()), gated
    name = await page.taken(9)
    engine.let = 1
    left = page.described(name)
    assert (await anext(left))["state"] == "writing"
    await page.desk.leave(asked_by())
    await until(lambda: engine.cancelled == 8)
    engine.let = 100
    assert await last(page.described(name, session="another")) == {"state": "done"}
    assert all(await captions(page, name))
    await left.aclose()


class Picky(Puppet):
    """An engine that fails with one picture in two, and the second time not."""

    seen = 0

    async def caption(self, picture, style, call):
        self.seen += 1
        self.fails = self.seen in (2, 4)
        await self._work()
        return Caption(f"number {self.seen}", Credit(engine=self.name, model=call.model))


async def test_only_what_failed_is_tried_again(tmp_path):
    page, engine = Page(tmp_path, picky := Picky(), concurrency=2), picky
    name = await page.taken(5)
    assert await last(page.described(name)) == {"state": "done"}
    before = await captions(page, name)
    assert before.count("") == 2
    assert await last(page.described(name)) == {"state": "done"}
    assert engine.begun == 5  # "go on" leaves what failed
    assert await last(page.described(name, failed=True)) == {"state": "done"}
    assert engine.begun == 7
    after = await captions(page, name)
    assert all(after)
    assert [a for a, b in zip(after, before, strict=True) if b] == [b for b in before if b]


async def test_another_session_with_the_name_has_the_rows_and_small_pictures(tmp_path):
    page = Page(tmp_path, Puppet())
    name = await page.taken(2)
    told = await last(page.many.open(name, asked_by("other"), None))
    assert told["names"] == ["0.png", "1.png"]
    told = await last(page.many.thumbs(name, "0,1", asked_by("other"), None))
    assert {*told["thumbs"]} == {"0", "1"}
    assert told["thumbs"]["0"].startswith("data:image/jpeg;base64,")


@pytest.mark.parametrize("numbers", ["", "2", "-1", "0,", "1;2", "9" * 9, ",".join("0" * 25), None])
async def test_small_pictures_are_of_the_runs_own_rows(tmp_path, numbers):
    page = Page(tmp_path, Puppet())
    name = await page.taken(2)
    told = await last(page.many.thumbs(name, numbers, asked_by(), None))
    assert told["problem"]["key"] == "problem.batch_row"


async def test_a_run_has_one_zip_at_a_time_which_goes_with_it(tmp_path):
    page = Page(tmp_path, Puppet())
    name = await page.taken(1)
    await last(page.described(name))
    for _ in range(3):
        told = await last(page.out.keep(name, "en", asked_by(), None))
        assert name not in told["file"]  # who is given the zip hasn't the run
        assert len([*tmp_path.rglob("*.zip")]) == 1
    await last(page.many.drop(name, asked_by(), None))
    assert not [*tmp_path.rglob("*.zip")]


@pytest.fixture
def hub(standin, monkeypatch):
    """The stand-in, as in test_batch_push."""
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
    return standin


SIGNED_IN = gr.OAuthToken(VISITOR, scope="contribute-repos", expires_at=2**40)


async def test_a_signed_in_visitor_makes_a_data_set_of_their_own(hub, tmp_path):
    page = Page(tmp_path, Puppet())
    name = await page.taken(2)
    await last(page.described(name))
    told = await last(page.out.push(name, "cats", True, asked_by(), SIGNED_IN))
    assert told == {"state": "done", "address": "https://huggingface.co/datasets/visitor/cats"}
    assert hub.data_sets["visitor/cats"].is_private


@pytest.mark.parametrize("pushes", [True, False])
async def test_the_operators_token_makes_one_only_where_they_let_it(hub, tmp_path, pushes):
    page = Page(tmp_path, Puppet(), hf_token=OPERATOR, operator_pushes=pushes)
    name = await page.taken(1)
    await last(page.described(name))
    told = await last(page.out.push(name, "cats", True, asked_by(), None))
    assert bool(hub.data_sets) is pushes
    if not pushes:
        assert told["problem"]["key"] == "problem.push_nobody"


async def test_an_instruction_names_each_file(tmp_path):
    page = Page(tmp_path, Puppet())
    name = await page.taken(2)
    instruction = "Write a caption for {name}."
    assert await last(page.described(name, instruction=instruction)) == {"state": "done"}
    assert await captions(page, name) == ["Write a caption for 0.", "Write a caption for 1."]


async def test_an_instruction_that_is_not_followed_is_refused_before_any_is_asked(tmp_path):
    page = Page(tmp_path, Puppet())
    name = await page.taken(1)
    asked = page.many.describe(
        name, "short", BUILTIN, "en", "List the clothes.", 0, 0, False, asked_by(), None
    )
    told = await last(asked)
    assert told["problem"]["key"] == "problem.only_questions"


async def test_few_of_one_visitors_runs_are_unpacked_at_once(tmp_path, monkeypatch):
    """Each may fill a part of the disk, whatever else one visitor may have running."""
    page = Page(tmp_path, Puppet())
    gate, inside = asyncio.Event(), []

    async def unpacked(given, folder, settings, check_room):
        inside.append(folder)
        await gate.wait()
        raise Problem("batch_empty")

    monkeypatch.setattr(many, "take", unpacked)
    taking = [
        asyncio.create_task(last(page.many.take([*page.named(1)], asked_by(), None)))
        for _ in range(2 * EACH + 1)
    ]
    refused, _ = await asyncio.wait(taking, timeout=30, return_when=asyncio.FIRST_COMPLETED)
    assert [task.result()["problem"]["key"] for task in refused] == ["problem.visitor_busy"]
    assert len(inside) == EACH
    gate.set()
    told = await asyncio.gather(*taking)
    assert [one["problem"]["key"] for one in told].count("problem.batch_empty") == 2 * EACH


async def test_nothing_is_unpacked_where_there_is_no_room(tmp_path, monkeypatch):
    page = Page(tmp_path, Puppet())
    (named,) = page.named(1)
    zipped = Path(named.path).with_name("a.zip")
    with zipfile.ZipFile(zipped, "w") as file:
        file.write(named.path, "1.png")

    def full():
        raise Problem("disk_full")

    folder = page.store.new()  # it fills up when the zip is looked into
    monkeypatch.setattr(page.store, "new", lambda: folder)
    monkeypatch.setattr(page.store, "check_room", full)
    told = await last(page.many.take([Named(str(zipped), name="a.zip")], asked_by(), None))
    assert [row["problem"]["key"] for row in told["rows"]] == ["problem.disk_full"]
