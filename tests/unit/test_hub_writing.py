"""What the Hub's models write: as written, piece by piece, and to its end in every case."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from describe_draw.access import Access
from describe_draw.engines.base import Call
from describe_draw.engines.calling import upstream
from describe_draw.engines.hub import Hub
from describe_draw.problems import EngineProblem
from tests.standin import OPERATOR, Fault, StandIn, faults
from tests.standin.router import chunks, event
from tests.support import settings
from tests.waiting import until

VISION = "Qwen/Qwen3-VL-30B-A3B-Instruct"
CODE = "Try this:\n\n```python\ndef __init__(self):\n    self.x = 2 ** 3\n```\n\n* **one**\n"
SOME, *MORE = chunks({"id": "1"}, "some more words")


@pytest.fixture
async def hub(standin: StandIn, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hub]:
    monkeypatch.setattr(upstream, "_jittered", lambda _: 0.01)
    chosen = settings(hf_token=OPERATOR, request_timeout=2)
    hub = Hub(chosen, Access(chosen))
    yield hub
    await hub.close()


def say(standin: StandIn, text: str) -> None:
    async def reply(_: object) -> str:
        return text

    standin.reply = reply


async def write(hub: Hub, system: str = "") -> list[str]:
    return [piece async for piece in hub.write("a fox", Call(VISION), system=system)]


async def broken(hub: Hub) -> tuple[str, EngineProblem]:
    """What was written, and how it ended."""
    text = ""
    with pytest.raises(EngineProblem) as caught:
        async for piece in hub.write("a fox", Call(VISION)):
            text += piece
    return text, caught.value


async def test_a_text_comes_as_it_was_written(standin: StandIn, hub: Hub) -> None:
    say(standin, CODE)
    pieces = await write(hub)
    assert "".join(pieces) == CODE
    assert len(pieces) > 5


async def test_the_thought_before_it_is_left_out(standin: StandIn, hub: Hub) -> None:
    say(standin, f"<think>\nA fox? <b>\n</think>\n\n{CODE}")
    assert "".join(await write(hub)) == CODE


async def test_pieces_come_as_they_are_written(standin: StandIn, hub: Hub) -> None:
    standin.pause = 0.2
    say(standin, "one two three four")
    loop = asyncio.get_running_loop()
    start = loop.time()
    came = [loop.time() - start async for _ in hub.write("a fox", Call(VISION))]
    assert came[-1] - came[0] > 0.4


async def test_it_has_room(standin: StandIn, hub: Hub) -> None:
    await write(hub)
    await write(hub, system="Improve the prompt.")
    first, second = [call.json() for call in standin.calls_to("chat")]
    assert (first["stream"], first["max_tokens"]) == (True, 2048)
    assert second["max_tokens"] == 400


@pytest.mark.parametrize("how", ["closed", "cancelled"])
async def test_who_stops_listening_ends_the_stream(standin: StandIn, hub: Hub, how: str) -> None:
    standin.pause = 0.1
    say(standin, "word " * 1000)
    begun = asyncio.Event()

    async def listen() -> None:
        async with aclosing(hub.write("a fox", Call(VISION))) as pieces:  # type: ignore[type-var]
            async for _ in pieces:
                begun.set()
                if how == "closed":
                    break

    task = asyncio.create_task(listen())
    await begun.wait()
    if how == "cancelled":
        task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await until(lambda: standin.calls_to("chat")[0].left)


async def test_no_stream_is_kept(standin: StandIn, hub: Hub) -> None:
    for _ in range(3):
        await write(hub)
    standin.script("chat", faults.server_error())
    await broken(hub)
    ((client, users),) = [(one.client, one.users) for one in hub._clients._shared.values()]
    assert users == 0
    kept = client.exit_stack._exit_callbacks  # type: ignore[attr-defined]
    assert len(kept) == 1, "the connections alone"


@pytest.mark.parametrize(
    "fault", [faults.dropped(), faults.bad_gateway(), faults.loading("m", 0.01)]
)
async def test_a_fault_before_the_first_piece_is_not_noticed(
    standin: StandIn, hub: Hub, fault: Fault
) -> None:
    standin.script("chat", fault, fault)
    assert "".join(await write(hub)) == "a fox, golden hour, highly detailed"
    assert len(standin.calls_to("chat")) == 3


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        (faults.stream(SOME, cut=True), "broke_off"),
        (faults.stream(SOME, event({"error": {"message": "worker died"}})), "upstream_failed"),
        (faults.stream(SOME, event({"error": "worker died"})), "upstream_failed"),
        (faults.stream(SOME, "data: {oops\n\n"), "odd_answer"),
        (faults.stream(SOME, "data: [1]\n\n"), "odd_answer"),
        (faults.stream(SOME, event({"choices": [{"delta": {"content": 7}}]})), "odd_answer"),
    ],
)
async def test_a_stream_that_dies_keeps_its_pieces_and_is_not_asked_again(
    standin: StandIn, hub: Hub, fault: Fault, name: str
) -> None:
    standin.script_always("chat", fault)
    text, problem = await broken(hub)
    assert (text, problem.name) == ("some", name)
    assert "picture" not in problem.message.say()
    assert len(standin.calls_to("chat")) == 1


async def test_a_stream_that_takes_too_long_keeps_its_pieces(standin: StandIn, hub: Hub) -> None:
    standin.pause = 0.5
    say(standin, "one two three four five six seven")
    text, problem = await broken(hub)
    assert text.startswith("one two")
    assert problem.name == "timed_out"


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        (faults.bad_request("too long"), "refused_request"),
        (faults.token_invalid(), "token_invalid_operator"),
        (faults.credits_used_up(), "credits_operator"),
        (faults.rate_limited(retry_after=90), "busy"),
        (faults.server_error(), "upstream_failed"),
        (faults.error_as_list(), "upstream_failed"),
        (faults.hangs(), "timed_out"),
        (faults.html(), "odd_answer"),
        (faults.stream(event({"error": "worker died"})), "upstream_failed"),
        (faults.stream("data: {oops\n\n"), "odd_answer"),
        (faults.stream("data: [DONE]\n\n"), "empty_answer"),
        (faults.stream(event({"choices": []}), "data: [DONE]\n\n"), "empty_answer"),
    ],
)
async def test_faults_are_told(standin: StandIn, hub: Hub, fault: Fault, name: str) -> None:
    standin.script_always("chat", fault)
    text, problem = await broken(hub)
    assert (text, problem.name) == ("", name)
    assert len(standin.calls_to("chat")) == 1


async def test_what_the_server_says_is_told_though_it_was_to_be_streamed(
    standin: StandIn, hub: Hub
) -> None:
    standin.script_always("chat", faults.bad_request("prompt is too rude"))
    _, problem = await broken(hub)
    assert "(prompt is too rude)" in problem.message.say()


async def test_thoughts_alone_are_an_empty_answer(standin: StandIn, hub: Hub) -> None:
    say(standin, "<think>What is there to say?</think>\n")
    text, problem = await broken(hub)
    assert (text, problem.name) == ("", "empty_answer")
