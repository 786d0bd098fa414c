"""Many visitors at once, leaving visitors, and a full queue, with engines that take their time."""

import asyncio
from contextlib import AsyncExitStack

import httpx
import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError

from tests.support import EXAMPLES, Puppet, page_of
from tests.visitors import called, upload, visitor
from tests.waiting import until, wait_until


async def call(client, url, body):
    event = (await client.post(f"{url}/gradio_api/call/v2/draw", json=body)).json()["event_id"]
    answer = await client.get(f"{url}/gradio_api/call/draw/{event}")
    return "event: complete" in answer.text


async def test_slow_calls_run_side_by_side():
    slow = Puppet(seconds=1)
    with page_of(slow) as url:
        async with httpx.AsyncClient(timeout=60) as client:
            calls = [
                call(client, url, {"prompt": "a dog", "width": 64, "height": 64}) for _ in range(20)
            ]
            running = asyncio.gather(*calls)
            await until(lambda: slow.begun == 20)
            assert not running.done()  # all begin before the first has ended: none waits
            assert all(await running)


async def test_many_visitors_with_the_same_picture_are_answered_by_one_call():
    slow = Puppet(seconds=1)
    with page_of(slow) as url:
        async with AsyncExitStack() as stack:
            visitors = [await stack.enter_async_context(visitor(url, n + 1)) for n in range(20)]
            uploads = [await upload(http) for http in visitors]  # each a file of its own
            first, *others = zip(visitors, uploads, strict=True)
            calls = [asyncio.create_task(caption(*each)) for each in others]
            await until(lambda: slow.begun == 1)
            answers = [*await asyncio.gather(*calls), await caption(*first)]
    assert answers == [("complete", ["short of hub"])] * 20
    assert slow.begun == 1


async def caption(http, picture):
    return await called(http, "caption", picture, "short", "")


def test_a_visitor_with_too_many_calls_is_told_so():
    slow = Puppet(seconds=5)
    with page_of(slow, queue_size=1, concurrency=1) as url:
        client = Client(url, verbose=False)
        jobs = [client.submit("a dog", api_name="/draw") for _ in range(6)]
        wait_until(lambda: sum(job.done() for job in jobs) >= 3)
        refused = [job for job in jobs if job.done() and job.exception()]
        for job in jobs:
            job.cancel()
    assert refused
    assert all("waiting" in str(job.exception()) for job in refused)


def test_a_cancelled_job_ends_its_call():
    slow = Puppet(seconds=60)
    with page_of(slow) as url:
        client = Client(url, verbose=False)
        job = client.submit(handle_file(EXAMPLES / "cat.jpg"), api_name="/caption")
        wait_until(lambda: slow.begun == 1)
        job.cancel()
        wait_until(lambda: slow.cancelled == 1)


def test_another_engine_answers_only_when_it_is_asked():
    with page_of(Puppet(fails=True)) as url:
        client = Client(url, verbose=False)
        with pytest.raises(AppError, match=r"hub failed: try again.*Reference: [0-9a-f]{6}"):
            client.predict("a dog", api_name="/draw")
        assert client.predict("a dog", model="builtin", api_name="/draw")
