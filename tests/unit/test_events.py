"""What a page is told of its calls, from their beginning to their end."""

import asyncio
import json

import gradio as gr
import pytest

from describe_draw.engines.base import BUILTIN, Credit
from describe_draw.problems import EngineProblem, Problem
from describe_draw.texts import message, said_as_json
from describe_draw.ui.credits import credit_parts
from describe_draw.ui.events import Events, problem_told
from describe_draw.ui.newest import Newest
from tests.support import desk_of, visit_by
from tests.waiting import until


@pytest.fixture
def events(tmp_path):
    return Events(desk_of(tmp_path))


def follow(events, ask, session="mine", **more):
    visit = visit_by(session)
    return events.follow(visit, "draw", ask, lambda answer: {"answer": answer}, **more)


async def all_of(told):
    return [one async for one in told]


async def test_an_answer_is_told_as_done(events):
    async def ask(report):
        return "a dog"

    assert await all_of(follow(events, ask)) == [{"state": "done", "answer": "a dog"}]


async def test_on_the_way_the_page_is_told_how_it_goes(events):
    async def ask(report):
        report(message("report.step", step=1, steps=4), 0.25)
        await asyncio.sleep(0.01)
        return "a dog"

    waiting, done = await all_of(follow(events, ask))
    said = {"key": "report.step", "values": {"step": 1, "steps": 4}}
    assert waiting == {"state": "waiting", "said": said, "done": 0.25}
    assert done["state"] == "done"


async def test_who_takes_slowly_hears_the_newest_only(events):
    async def ask(report):
        for step in range(1, 51):
            report(message("report.step", step=step, steps=50))
            await asyncio.sleep(0)
        return "a dog"

    told = []
    async for one in follow(events, ask):
        told.append(one)
        await asyncio.sleep(0.05)
    steps = [one["said"]["values"]["step"] for one in told[:-1]]
    assert len(steps) < 5
    assert steps[-1] == 50
    assert told[-1]["state"] == "done"


async def test_what_goes_wrong_is_told_by_its_key(events):
    async def ask(report):
        raise Problem("out_of_range", option=message("option.width"), low=64, high=1024)

    (failed,) = await all_of(follow(events, ask))
    values = {"option": {"key": "option.width", "values": {}}, "low": 64, "high": 1024}
    assert failed["state"] == "failed"
    assert failed["problem"] == {"key": "problem.out_of_range", "values": values}
    assert (failed["stopped"], failed["instead"]) == (False, False)


async def test_what_nobody_expected_is_told_without_its_words(events):
    async def ask(report):
        raise RuntimeError("secret")

    (failed,) = await all_of(follow(events, ask))
    assert failed["problem"]["values"]["sentence"]["key"] == "problem.unexpected"
    assert "secret" not in json.dumps(failed)


async def test_stop_is_told_as_such(events):
    async def ask(report):
        await asyncio.Event().wait()

    told = asyncio.create_task(all_of(follow(events, ask)))
    await until(lambda: len(events._desk.sessions))
    await events._desk.stop(gr.Request(session_hash="mine"))
    (failed,) = await told
    assert (failed["state"], failed["stopped"]) == ("failed", True)
    assert failed["problem"]["key"] == "problem.stopped"


async def test_a_page_that_leaves_ends_its_call(events):
    ended = []

    async def ask(report):
        report(message("report.turn", count=1))
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    told = follow(events, ask)
    assert (await anext(told))["state"] == "waiting"
    await told.aclose()
    await until(lambda: ended)
    await until(lambda: not len(events._desk.sessions))


async def test_who_leaves_before_anything_is_told_ends_its_call(events):
    begun, ended = [], []

    async def ask(report):
        begun.append(True)
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    waiting = asyncio.create_task(all_of(follow(events, ask)))
    await until(lambda: begun)
    waiting.cancel()
    await until(lambda: ended)


@pytest.mark.parametrize(
    ("engine", "instead"), [("hub", True), ("local", True), (BUILTIN, False), ("", False)]
)
def test_the_built_in_engine_is_offered_where_another_failed(engine, instead):
    assert problem_told(EngineProblem("unreachable", engine, model="m"))["instead"] is instead


def test_messages_are_told_by_key_with_all_that_is_in_them():
    said = message("page.ignored", options=(message("option.seed"), message("option.steps")))
    keys = [{"key": f"option.{name}", "values": {}} for name in ("seed", "steps")]
    assert said_as_json(said) == {"key": "page.ignored", "values": {"options": keys}}
    assert said_as_json((said, 1, None, 0.5)) == [said_as_json(said), 1, None, 0.5]
    assert said_as_json(Problem("no_prompt")) == str(Problem("no_prompt"))


def keys(parts):
    return [part.key for part in parts]


def test_a_credit_tells_who_answered_and_what_went_unheard():
    credit = Credit(
        engine="hub",
        model="owner/model",
        provider="fal",
        seconds=12.3456,
        ignored=("seed", "steps"),
        notes=(message("note.remembered"),),
    )
    parts = credit_parts(credit, message("page.seed", seed=7))
    assert keys(parts) == ["page.answered_model", "page.seed", "page.ignored", "note.remembered"]
    assert [part.say() for part in parts] == [
        "Hugging Face Hub · owner/model (fal) · 12 s",
        "seed 7",
        "not used: seed, inference steps",
        "remembered from an equal request, at no cost",
    ]
    assert parts[2].say("zh").endswith("种子、推理步数")


def test_a_credit_names_no_model_where_the_engine_is_one():
    (part,) = credit_parts(Credit(engine=BUILTIN, model=BUILTIN, seconds=0.5))
    assert part.say() == "built-in engine · 0.50 s"


async def test_the_newest_is_handed_on_to_its_end():
    newest: Newest[int] = Newest()
    newest.put(1)
    newest.put(2)
    newest.end()
    assert [item async for item in newest] == [2]


async def test_whoever_waits_gets_what_comes_and_hears_of_the_end():
    newest: Newest[int] = Newest()
    taking = aiter(newest)
    for item in range(3):
        waiting = asyncio.ensure_future(anext(taking))
        await asyncio.sleep(0)
        newest.put(item)
        assert await waiting == item
    waiting = asyncio.ensure_future(anext(taking))
    await asyncio.sleep(0)
    newest.end()
    with pytest.raises(StopAsyncIteration):
        await waiting


async def test_an_end_without_anything_is_an_end():
    newest: Newest[int] = Newest()
    newest.end()
    assert [item async for item in newest] == []
