"""A run's life on the server: kept as it goes, found again by its name alone, and bounded."""

import time
from pathlib import Path

import pytest
from PIL import Image

from describe_draw.batch import journal, kept
from describe_draw.batch.batches import EACH, Batches
from describe_draw.batch.rows import Item, Row
from describe_draw.batch.sources import Taken
from describe_draw.batch.wording import Wording
from describe_draw.engines.base import Credit
from describe_draw.problems import EngineProblem, Problem
from describe_draw.store import AWAY, Store, page
from tests.support import settings

CREDIT = Credit(
    engine="hub", model="Salesforce/blip-image-captioning-base", provider="hf-inference"
)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "files")


@pytest.fixture
def batches(store):
    return Batches(store, settings())


def pictures(folder, count=4):
    """Items with pictures, and at the end one that is none."""
    items = []
    for number in range(count):
        path = folder / f"{number}.png"
        Image.new("RGB", (8, 8), (number, 0, 0)).save(path)
        items.append(Item(f"cats/{number}.png", path, ".png", digest=bytes([number])))
    return (*items, Item("x.pdf", problem=Problem("not_a_picture").told))


async def begun(store, batches, visitor="me", **along):
    folder = store.new()
    items = [*pictures(folder)]
    for number, text in along.items():
        n = int(number.removeprefix("n"))
        items[n] = Item(items[n].name, items[n].path, ".png", text)
    return await batches.begin(folder, Taken(tuple(items), 3), visitor)


async def test_a_run_is_found_again_as_it_was_by_another_process(store, batches):
    batch = await begun(store, batches)
    failed = Row(batch.items[1], problem=EngineProblem("engine_failed", who="tiny").told)
    batch.note(0, Row(batch.items[0], "a cat", CREDIT))
    batch.note(1, failed)
    batch.edit({2: "mine, 我的"}, settings())
    batch.word(Wording(without=("a",), trigger="ohwx", along="keep"))
    batch.speak("zh")
    again = await Batches(Store(store.root), settings()).open(batch.name)
    assert again.rows() == batch.rows()
    assert [row.caption for row in again.rows()] == ["ohwx, cat", "", "mine, 我的", "", ""]
    assert again.row(0).credit == CREDIT
    assert again.row(1).problem == failed.problem
    assert (again.junk, again.language, again.wording) == (3, "zh", batch.wording)
    assert again.left(failed=False) == [3]
    assert again.left(failed=True) == [1]


async def test_what_was_written_before_a_torn_line_and_after_it_is_there(store, batches):
    batch = await begun(store, batches)
    batch.note(0, Row(batch.items[0], "a cat", CREDIT))
    with (batch.folder / journal.NAME).open("a") as file:
        file.write('\n{"row":1,"caption":"a d')  # the process was killed here
    batch.note(2, Row(batch.items[2], "a bird", CREDIT))
    again = await Batches(store, settings()).open(batch.name)
    assert [row.caption for row in again.rows()] == ["a cat", "", "a bird", "", ""]


async def test_nobody_is_asked_for_what_is_there(store, batches):
    batch = await begun(store, batches, n1="came along")
    assert batch.left(failed=False) == [0, 2, 3]  # one came along, one is no picture
    batch.edit({0: "by hand"}, settings())
    assert batch.left(failed=False) == [2, 3]
    batch.word(Wording(along="append"))
    assert batch.left(failed=False) == [1, 2, 3]
    batch.note(1, Row(batch.items[1], "a dog", CREDIT))
    assert batch.row(1).caption == "came along, a dog"
    batch.word(Wording(tags=("nothing of this",)))
    assert batch.row(1).caption == ""
    assert batch.left(failed=False) == [2, 3]  # it was answered, whatever is left of the answer


async def test_an_edit_outlives_another_wording_and_can_be_taken_back(store, batches):
    batch = await begun(store, batches)
    batch.note(0, Row(batch.items[0], "a cat", CREDIT))
    batch.edit({0: "mine"}, settings())
    batch.word(Wording(prefix="photo of"))
    assert batch.row(0).caption == "mine"
    batch.edit({0: "  "}, settings())
    assert batch.row(0).caption == "photo of a cat"
    with pytest.raises(Problem) as caught:
        batch.edit({0: "x" * 20_001}, settings())
    assert caught.value.name == "text_too_long"


async def test_a_journal_does_not_grow_with_every_edit(store, batches):
    batch = await begun(store, batches)
    known = settings()
    for number in range(3000):
        batch.edit({0: f"caption {number}"}, known)
    lines = (batch.folder / journal.NAME).read_text().splitlines()
    assert len(lines) < 600
    again = await Batches(store, settings()).open(batch.name)
    assert again.row(0).caption == "caption 2999"


@pytest.mark.parametrize(
    "name", ["", ".", "..", "0" * 31, "0" * 32, "G" * 32, "../" + "0" * 29, None, 7, ["a"]]
)
async def test_no_other_name_opens_anything(store, batches, name):
    await begun(store, batches)
    with pytest.raises(Problem) as caught:
        await batches.open(name)
    assert caught.value.name == "batch_gone"


async def test_what_is_no_run_is_none_even_where_it_lies_like_one(store, batches):
    for content in ("", "[]", '{"row": 1}', '{"items": 7}', '{"items": [{}], "junk": 0}', "\0"):
        folder = store.new()
        (folder / journal.NAME).write_text(content)
        with pytest.raises(Problem, match="no longer kept"):
            await batches.open(folder.name)


async def test_a_run_outlives_its_page_and_goes_when_it_is_not_used(store, batches, monkeypatch):
    token = page.set("mine")
    batch = await begun(store, batches)
    page.reset(token)
    store.closed("mine")
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 2 * AWAY)
    store.sweep()
    assert (await batches.open(batch.name)) is batch
    store.sweep(age=-1)  # as if its hour had gone by
    assert not batch.paths[0].exists()
    name = batch.name
    del batch
    with pytest.raises(Problem, match="no longer kept"):
        await Batches(store, settings()).open(name)


async def test_a_visitors_oldest_run_gives_way(store, batches):
    names = [(await begun(store, batches)).name for _ in range(EACH)]
    await begun(store, batches, "somebody else")
    await batches.open(names[0])
    await begun(store, batches)
    with pytest.raises(Problem, match="no longer kept"):
        await batches.open(names[0])
    await batches.open(names[1])


async def test_a_visitors_runs_are_bounded_in_size(store):
    batches = Batches(store, settings(max_batch_mb=1))
    names = []
    for _ in range(4):
        folder = store.new()
        (folder / "large.png").write_bytes(bytes(900_000))
        names.append((await batches.begin(folder, Taken(pictures(folder)), "me")).name)
    assert [(store.root / name).exists() for name in names] == [False, False, True, True]


async def test_two_pages_do_not_ask_for_the_same(store, batches, monkeypatch):
    monkeypatch.setattr(kept, "PATIENCE", 0.01)
    batch = await begun(store, batches)
    async with batch.asking():
        with pytest.raises(Problem) as caught:
            async with (await batches.open(batch.name)).asking():
                pass
        assert caught.value.name == "batch_running"
    async with batch.asking():
        pass


async def test_a_run_that_was_removed_says_so(store, batches):
    batch = await begun(store, batches)
    await batches.remove(batch.name)
    assert not Path(batch.folder).exists()
    with pytest.raises(Problem):
        batch.edit({0: "mine"}, settings())
    with pytest.raises(Problem, match="no longer kept"):
        await batches.open(batch.name)
