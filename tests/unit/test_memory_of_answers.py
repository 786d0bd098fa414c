"""Equal requests are answered once: together, and one after the other."""

import asyncio
import weakref
from dataclasses import dataclass, replace

import pytest

from describe_draw.memory import LEAST, Memory, key_of
from describe_draw.problems import EngineProblem, Problem
from describe_draw.reports import ignore_progress
from describe_draw.texts import message

KEY = key_of("describe", "a cat")


@dataclass
class Said:
    """An answer of a size."""

    text: str
    size: int = 1
    lasts: bool = True


class Model:
    """Answers when it is told to, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = self.charged = self.cancelled = 0
        self.may_answer = asyncio.Event()
        self.answer: Said | Exception = Said("a cat")

    async def ask(self, report) -> Said:
        self.asked += 1
        report(message("report.step", step=1, steps=2), 0.5)
        try:
            await self.may_answer.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def charge(self) -> None:
        self.charged += 1


@pytest.fixture
async def model():
    return Model()


async def told(memory, model, key=KEY, report=ignore_progress):
    return await memory.answer(key, model.ask, report, model.charge)


async def begun(*calls):
    """Calls on their way."""
    tasks = [asyncio.create_task(call) for call in calls]
    for _ in range(5):
        await asyncio.sleep(0)
    return tasks


async def test_equal_requests_at_a_time_are_made_and_charged_once(model):
    memory = Memory[Said]()
    calls = await begun(*(told(memory, model) for _ in range(50)))
    model.may_answer.set()
    answers = await asyncio.gather(*calls)
    assert [was_anothers for _, was_anothers in answers] == [False] + [True] * 49
    assert {answer.text for answer, _ in answers} == {"a cat"}
    assert (model.asked, model.charged) == (1, 1)


async def test_an_answer_is_remembered_and_costs_nothing(model):
    memory = Memory[Said]()
    model.may_answer.set()
    assert await told(memory, model) == (Said("a cat"), False)
    assert await told(memory, model) == (Said("a cat"), True)
    assert await told(memory, model, key_of("describe", "a dog")) == (Said("a cat"), False)
    assert (model.asked, model.charged) == (2, 2)


async def test_what_would_not_be_the_same_again_is_neither_kept_nor_shared(model):
    memory = Memory[Said]()
    model.answer = Said("a cat, perhaps", lasts=False)
    calls = await begun(told(memory, model), told(memory, model))
    model.may_answer.set()
    assert [was for _, was in await asyncio.gather(*calls)] == [False, False]
    assert await told(memory, model) == (model.answer, False)
    assert (model.asked, model.charged) == (3, 3)


async def test_an_engines_failure_is_told_to_all_and_not_remembered(model):
    memory = Memory[Said]()
    model.answer = EngineProblem("too_slow", seconds=30)
    calls = await begun(told(memory, model), told(memory, model))
    model.may_answer.set()
    failures = await asyncio.gather(*calls, return_exceptions=True)
    assert failures == [model.answer, model.answer]
    model.answer = Said("a cat")
    assert await told(memory, model) == (Said("a cat"), False)


async def test_what_is_wrong_with_one_visitor_is_not_told_to_another(model):
    memory, other = Memory[Said](), Model()
    model.answer = Problem("signed_out")
    first, second = await begun(told(memory, model), told(memory, other))
    model.may_answer.set()
    other.may_answer.set()
    with pytest.raises(Problem, match="sign-in"):
        await first
    assert await second == (Said("a cat"), False)
    assert (other.asked, other.charged) == (1, 1)


async def test_who_may_not_have_an_answer_keeps_nobody_from_it(model):
    memory = Memory[Said]()

    def refuse() -> None:
        raise Problem("visitor_limit", wait="an hour")

    with pytest.raises(Problem, match="an hour"):
        await memory.answer(KEY, model.ask, ignore_progress, refuse)
    model.may_answer.set()
    assert await told(memory, model) == (Said("a cat"), False)
    assert await memory.answer(KEY, model.ask, ignore_progress, refuse) == (Said("a cat"), True)


async def test_who_leaves_takes_nothing_from_who_waits(model):
    memory = Memory[Said]()
    first, second = await begun(told(memory, model), told(memory, model))
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    model.may_answer.set()
    assert await second == (Said("a cat"), True)
    assert model.cancelled == 0


async def test_a_request_ends_with_the_last_who_waits(model):
    memory = Memory[Said]()
    calls = await begun(told(memory, model), told(memory, model))
    for call in calls:
        call.cancel()
    await asyncio.wait(calls)
    assert model.cancelled == 1
    model.may_answer.set()
    assert await told(memory, model) == (Said("a cat"), False)


async def test_who_comes_while_a_request_is_ended_has_one_of_their_own(model, caplog):
    memory, ended = Memory[Said](), asyncio.Event()

    async def slow_to_end(report):
        try:
            await asyncio.sleep(60)
        finally:
            await ended.wait()

    (leaving,) = await begun(memory.answer(KEY, slow_to_end, ignore_progress, model.charge))
    leaving.cancel()
    await asyncio.sleep(0)
    model.may_answer.set()
    assert await told(memory, model) == (Said("a cat"), False)
    ended.set()
    await asyncio.wait([leaving])
    assert await told(memory, model) == (Said("a cat"), True)
    assert not caplog.records


async def test_all_who_wait_are_told_how_it_goes(model):
    heard: list[str] = []
    report = lambda said, fraction: heard.append(f"{said.say()} {fraction}")  # noqa: E731
    memory = Memory[Said]()
    calls = [told(memory, model, report=report) for _ in range(3)]
    running = await begun(*calls)
    assert heard == ["Step 1 of 2 0.5"] * 3
    model.may_answer.set()
    await asyncio.gather(*running)


async def test_memory_is_bounded_in_bytes_and_in_number(model):
    model.may_answer.set()
    memory = Memory[Said](most=10 * LEAST)
    for number in range(100):
        await told(memory, model, key_of(number))
    known = [number for number in range(100) if memory.recall(key_of(number))]
    assert known == list(range(90, 100))
    model.answer = replace(Said("a film"), size=10 * LEAST + 1)
    assert (await told(memory, model))[0].text == "a film"
    assert memory.recall(KEY) is None


async def test_an_answer_is_forgotten_in_time(model):
    memory = Memory[Said](seconds=0.01)
    model.may_answer.set()
    await told(memory, model)
    await asyncio.sleep(0.02)
    assert memory.recall(KEY) is None


async def test_what_is_too_old_takes_no_room_though_nothing_new_comes():
    memory = Memory[Said](seconds=0.01)

    async def ask(report):
        return Said("a cat")

    kept = weakref.ref((await memory.answer(KEY, ask, ignore_progress, lambda: None))[0])
    await asyncio.sleep(0.02)
    assert kept() is not None
    memory.tidy()
    assert kept() is None


def test_keys_tell_apart_whatever_is_asked():
    asked = [("a", "b"), ("ab",), ("a", "b", ""), ("a", b"b"), (1, "b"), ("\ud800",)]
    assert len({key_of(*parts) for parts in asked}) == len(asked)
    assert key_of("a", "b") == key_of("a", "b")
