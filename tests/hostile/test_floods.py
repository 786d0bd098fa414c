"""One visitor's flood, whatever it is of, leaves the others their turns and their answers."""

import asyncio
import json
import time
from functools import partial

import httpx
import pytest

from describe_draw.borrowed import connections
from tests.support import Puppet, page_of
from tests.visitors import called, upload, visitor
from tests.waiting import until

SMALL = ("a dog", "", 4, 1, 64, 64, -1, "")


async def test_three_hundred_games_of_one_caller_leave_room_for_everybody_else(app):
    async with visitor(app.url, 2) as flooding, visitor(app.url, 3) as other:
        theirs, mine = await upload(flooding), await upload(other)
        posts = [
            flooding.post("/gradio_api/call/play", json={"data": [theirs, 10, n]})
            for n in range(306)
        ]
        events = [post.json()["event_id"] for post in await asyncio.gather(*posts)]
        for _ in range(3):
            assert (await called(other, "caption", mine, "short", ""))[0] == "complete"
            assert (await called(other, "draw", *SMALL))[0] == "complete"
        answers = [asyncio.create_task(_fetched(flooding, "play", event)) for event in events]
        refused = 0
        async with asyncio.timeout(60):
            for answer in asyncio.as_completed(answers):
                refused += "You already have 153 calls" in await answer
                if refused == 120:  # some games are between two steps when others come
                    break
        assert refused == 120
        for answer in answers:  # enough of it: who leaves ends the calls
            answer.cancel()
        await asyncio.wait(answers)


async def _fetched(http: httpx.AsyncClient, name: str, event: str) -> str:
    return (await http.get(f"/gradio_api/call/{name}/{event}")).text


async def test_slow_answers_for_one_visitor_leave_half_of_the_places_to_others():
    slow = Puppet(seconds=60)
    with page_of(slow, concurrency=4) as url:
        async with visitor(url, 2) as flooding, visitor(url, 3) as other:
            for http, begun in ((flooding, 2), (other, 4)):
                for _ in range(6):
                    await http.post("/gradio_api/call/draw", json={"data": SMALL})
                await until(partial(_has_begun, slow, begun))
                await asyncio.sleep(0.2)
                assert slow.begun == begun
            async with visitor(url, 4) as third:
                built_in = [*SMALL[:-1], "builtin"]
                post = await third.post("/gradio_api/call/draw", json={"data": built_in})
                assert post.status_code == 200  # waits, is not turned away


def _has_begun(puppet: Puppet, calls: int) -> bool:
    return puppet.begun >= calls


async def test_open_requests_are_bounded_for_each_visitor(app):
    async with visitor(app.url, 2) as greedy, visitor(app.url, 3) as other:
        streams = [
            asyncio.create_task(greedy.get(f"/gradio_api/heartbeat/greedy{n}")) for n in range(510)
        ]
        ended = asyncio.as_completed(streams)
        refused = [await next(ended) for _ in range(10)]
        assert {answer.status_code for answer in refused} == {429}
        assert "too many open requests" in refused[0].json()["error"]
        assert (await other.get("/config")).status_code == 200
        for stream in streams:
            stream.cancel()
        await asyncio.wait(streams)

        async def answered():
            return (await greedy.get("/config")).status_code == 200

        await until(answered)  # when all are noted as closed


async def test_connections_that_ask_nothing_are_closed(monkeypatch):
    monkeypatch.setattr(connections, "SECONDS", 0.5)
    with page_of() as url:
        host, port = url.removeprefix("http://").split(":")
        idle = [await asyncio.open_connection(host, int(port)) for _ in range(50)]
        for number, (_, writer) in enumerate(idle):
            if number % 2:
                writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        start = time.monotonic()
        ends = await asyncio.gather(*(reader.read() for reader, _ in idle))
        assert ends == [b""] * 50
        assert time.monotonic() - start < 5
        for _, writer in idle:
            writer.close()


async def test_a_head_that_drips_or_is_huge_is_cut_off(monkeypatch):
    monkeypatch.setattr(connections, "SECONDS", 1)
    with page_of() as url:
        host, port = url.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nCookie: ")
        async with asyncio.timeout(20):
            with pytest.raises(ConnectionError):
                for _ in range(300):
                    writer.write(b"a" * 65536)
                    await writer.drain()
                    await asyncio.sleep(0.001)
                pytest.fail("a head of 20 MB was taken")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GET / HTTP/1.1\r\n")
        start = time.monotonic()
        dripping = asyncio.create_task(_drip(writer))
        assert await reader.read() == b""
        assert time.monotonic() - start < 4
        dripping.cancel()


async def _drip(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"X-A: b\r\n")
        await asyncio.sleep(0.2)


async def test_a_connection_that_waits_between_requests_still_serves_them(app):
    host, port = app.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    for _ in range(3):
        writer.write(b"GET /gradio_api/app_id HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = await reader.readuntil(b"}")
        assert b"200 OK" in answer
        await asyncio.sleep(0.3)
    writer.close()


async def test_a_thousand_things_to_draw_end_in_an_answer(app):
    nouns = ("dogs", "cats", "birds", "trees", "houses", "cars", "boats", "stars", "fish", "cows")
    prompts = [
        ", ".join(f"nine {noun}" for noun in nouns * 2),
        "a dog, " * 100,
        "a dog and " * 150,
        "9999999 dogs",
        "狗，" * 500,
        "🐶" * 900,
    ]
    async with visitor(app.url) as http:
        for prompt in prompts:
            async with asyncio.timeout(20):
                event, said = await called(http, "draw", prompt, *SMALL[1:])
            assert event == "complete", (prompt[:20], json.dumps(said))
