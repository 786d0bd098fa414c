"""Many pictures are asked about: in order, several at once, each once, and never twice."""

import asyncio
from pathlib import Path

import pytest

from describe_draw.batch.rows import Item, Row
from describe_draw.batch.run import CONCERN_ALL, IN_A_ROW, known, run, worded
from describe_draw.batch.wording import Wording
from describe_draw.engines.base import Caption, Credit
from describe_draw.problems import EngineProblem, Problem
from describe_draw.texts import catalog
from tests.waiting import until

CREDIT = Credit(engine="test", model="test")


def items(*names):
    return [Item(name, Path(name), digest=name[:3].encode()) for name in names]


def numbered(count):
    return items(*(f"{n:03}.png" for n in range(count)))


class Asked:
    """Answers as the test lets it."""

    def __init__(self, **fails):
        self.names = []
        self.running = self.most = self.cancelled = 0
        self.fails = fails
        self.go = asyncio.Event()
        self.go.set()

    async def __call__(self, item):
        self.names.append(item.name)
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            await self.go.wait()
            await asyncio.sleep(0.001 * (len(self.names) % 3))  # they end in another order
            if problem := self.fails.get(item.name[0]):
                raise problem
            return Caption(f"caption of {item.name}", CREDIT)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.running -= 1


async def rows(items, ask, done=None, **options):
    return [row async for row in run(items, ask, {} if done is None else done, **options)]


async def test_rows_come_in_the_order_given_and_several_are_asked_at_once():
    ask = Asked()
    found = await rows(numbered(30), ask, at_once=4)
    assert [row.item.name for row in found] == [f"{n:03}.png" for n in range(30)]
    assert found[7] == Row(numbered(8)[7], "caption of 007.png", CREDIT)
    assert ask.most == 4


async def test_equal_pictures_are_asked_about_once():
    ask = Asked()
    found = await rows(items("cat.png", "cat (2).png", "dog.png", "cat (3).png"), ask)
    assert sorted(ask.names) == ["cat.png", "dog.png"]
    assert [row.caption for row in found] == [
        f"caption of {n}.png" for n in ("cat", "cat", "dog", "cat")
    ]
    assert [row.item.name for row in found][1::2] == ["cat (2).png", "cat (3).png"]


async def test_what_fails_ends_in_its_own_row_and_is_tried_again_alone():
    ask = Asked(b=Problem("damaged_picture"))
    done: dict[int, Row] = {}
    three = items("a.png", "b.png", "c.png")
    found = await rows(three, ask, done)
    assert [bool(row.caption) for row in found] == [True, False, True]
    assert found[1].problem.say() == Problem("damaged_picture").sentence()
    again = Asked()
    found = await rows(three, again, done)
    assert again.names == ["b.png"]
    assert all(row.caption for row in found)
    assert len(done) == 3


async def test_a_failure_that_nobody_foresaw_is_a_sentence_with_a_reference():
    (row,) = await rows(items("a.png"), Asked(a=KeyError("secret")))
    assert row.problem.key == "problem.with_reference"
    assert "secret" not in row.problem.say()


async def test_what_is_no_picture_keeps_its_row_and_asks_nobody():
    ask, broken = Asked(), Item("x.pdf", problem=Problem("not_a_picture").told)
    found = await rows([broken, *items("a.png")], ask)
    assert found[0] == Row(broken, problem=broken.problem)
    assert ask.names == ["a.png"]


@pytest.mark.parametrize("name", ["visitor_limit", "credits_visitor", "signed_out"])
async def test_what_concerns_all_ends_the_asking_and_can_be_gone_on_with(name):
    problem = Problem(name, wait="1 h")
    ask = Asked(b=problem)
    done: dict[int, Row] = {}
    five = items("a.png", "b.png", "c.png", "d.png", "e.png")
    found = await rows(five, ask, done, at_once=1)
    assert ask.names == ["a.png", "b.png"]
    assert [row.problem and row.problem.key for row in found] == [None, *[f"problem.{name}"] * 4]
    again = Asked()
    assert all(row.caption for row in await rows(five, again, done))
    assert again.names == ["b.png", "c.png", "d.png", "e.png"]


def test_problems_that_concern_all_are_problems():
    assert {f"problem.{name}" for name in CONCERN_ALL} <= catalog("en").keys()


async def test_an_engine_that_only_fails_is_not_asked_for_ever():
    ask = Asked(**{"0": EngineProblem("upstream_down", model="x")})
    found = await rows(numbered(50), ask, at_once=1)
    assert len(ask.names) == IN_A_ROW
    assert all(row.problem for row in found)


async def test_an_engine_that_answers_now_and_then_is_asked_on():
    ask = Asked(b=EngineProblem("upstream_down", model="x"))
    names = [f"{'ab'[n % 4 > 0]}{n:02}" for n in range(40)]
    found = await rows(items(*names), ask, at_once=1)
    assert len(ask.names) == 40
    assert sum(bool(row.caption) for row in found) == 10


async def test_stop_ends_what_is_asked_and_keeps_what_is_done():
    ask, ten = Asked(), numbered(10)
    done: dict[int, Row] = {}
    running = run(ten, ask, done, at_once=3)
    first = await anext(running)
    ask.go.clear()
    await until(lambda: ask.running == 3)
    await running.aclose()
    assert ask.running == 0
    assert ask.cancelled == 3
    assert done[0] == first
    before, again = len(done), Asked()
    found = await rows(ten, again, done)
    assert len(again.names) == 10 - before
    assert [row.caption for row in found] == [f"caption of {item.name}" for item in ten]


async def test_a_run_whose_caller_is_cancelled_leaves_nothing_running():
    ask = Asked()
    ask.go.clear()
    running = asyncio.create_task(rows(numbered(10), ask))
    await until(lambda: ask.running)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert ask.running == 0


async def test_an_ask_that_is_cancelled_ends_the_run():
    """As it is when a page is closed."""

    async def ask(item):
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await rows(numbered(10), ask)


async def test_what_is_done_is_put_down_at_once_and_a_failure_to_do_so_is_told():
    class Full(dict[int, Row]):
        def __setitem__(self, number, row):
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        await rows(numbered(10), Asked(), Full())


async def test_captions_that_came_along_and_are_kept_ask_nobody():
    two = [Item("a.png", Path("a.png"), text="mine", digest=b"a"), *items("b.png")]
    wording, ask = Wording(along="keep", prefix="new:"), Asked()
    found = await rows(two, ask, known(two, wording))
    assert ask.names == ["b.png"]
    assert [worded(row, wording).caption for row in found] == ["mine", "new: caption of b.png"]
    assert worded(Row(two[0], problem=Problem("stopped").told), wording).caption == ""
