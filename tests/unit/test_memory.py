"""What Gradio remembers: a canary for each name that is borrowed from its insides."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from gradio.queueing import Queue
from gradio.route_utils import FileUploadProgress

from describe_draw.borrowed.sessions import (
    Mailboxes,
    Session,
    Sessions,
    forget_watchers,
)
from describe_draw.engines import Engines
from describe_draw.engines.builtin import Builtin
from describe_draw.gate import Gate
from describe_draw.texts import message
from describe_draw.ui.page import build, launch
from tests.soak.page import Page
from tests.support import Puppet, settings
from tests.visitors import upload, visitor
from tests.waiting import until


@pytest.fixture(scope="module")
def demo():
    return build(settings())


@pytest.fixture
def sessions(demo):
    demo.state_session_capacity = 100
    remembered = Sessions()
    remembered.set_blocks(demo)
    return remembered


def chain(demo):
    """The game's state, by its number."""
    return next(number for number, block in demo.blocks.items() if block.stateful)


def test_empty_calls_can_not_make_an_open_pages_game_forgotten(demo, sessions):
    sessions.open("page")
    sessions["page"][chain(demo)] = "a game"
    for number in range(1100):
        sessions[f"call {number}"]
    assert sessions["page"][chain(demo)] == "a game"
    assert len(sessions.session_data) == len(sessions.time_last_used) == 100


def test_a_call_is_answered_however_many_pages_are_open(demo, sessions):
    for number in range(100):
        sessions.open(f"page {number}")
        sessions[f"page {number}"]
    assert sessions["call"] is sessions.session_data["call"]
    assert len(sessions.session_data) == len(sessions.time_last_used) == 100


def test_a_page_that_was_closed_is_forgotten_in_its_turn(demo, sessions):
    sessions.open("page")
    sessions["page"]
    sessions.close("page")
    for number in range(100):
        sessions[f"call {number}"]
    assert "page" not in sessions
    assert sessions._pages == {}


def test_a_session_keeps_its_states_and_nothing_of_what_calls_bring(demo, sessions):
    session = sessions["page"]
    assert type(session) is Session
    for number in demo.blocks:
        session._update_value_in_config(number, "a" * 1000)
        session._update_config(number)
    session[chain(demo)] = "a game"
    assert session.config_values == {}
    assert session.state_data == {chain(demo): "a game"}
    assert [value for _, value, _ in session.state_components] == ["a game"]


def event(session: str) -> Any:
    return SimpleNamespace(session_hash=session)


def boxes() -> Mailboxes:
    queue = SimpleNamespace(event_ids_to_events={}, pending_event_ids_session={})
    return Mailboxes(queue)  # type: ignore[arg-type]


def test_answers_wait_for_who_asked_through_any_number_of_other_calls():
    made = boxes()
    made["waiting"] = "an answer"
    made._queue.event_ids_to_events["1"] = event("waiting")
    for number in range(5000):
        made[f"{number}"] = "fetched never"
        made._queue.pending_event_ids_session[f"{number}"] = {"2"}
    made.tidy()
    assert len(made) == 5001
    made.tidy(age=-1)
    assert list(made) == ["waiting"]
    assert made._queue.pending_event_ids_session == {}
    assert list(made._used) == ["waiting"]


def test_an_answer_waits_from_when_it_came_however_long_its_call_took(monkeypatch):
    now = 0.0
    clock = SimpleNamespace(monotonic=lambda: now)
    monkeypatch.setattr("describe_draw.borrowed.sessions.time", clock)
    made = boxes()
    made["caller"] = ["an answer"]
    now = 3600.0
    assert made["caller"]  # as `Queue.send_message` takes it
    now += 599
    made.tidy()
    assert "caller" in made
    now += 2
    made.tidy()
    assert not made
    assert not made._used


def test_of_who_left_while_a_call_ran_nothing_is_kept_once_it_has_ended():
    """What Gradio 6.31 leaves where a caller goes: routes.py, `queue_data_helper`."""
    made = boxes()
    made["gone"] = "an answer"
    made._queue.pending_event_ids_session["gone"] = {"1"}
    made._queue.event_ids_to_events["1"] = event("gone")
    del made["gone"]
    made.tidy()
    assert made._queue.pending_event_ids_session == {"gone": {"1"}}
    del made._queue.event_ids_to_events["1"]
    made.tidy()
    assert made._queue.pending_event_ids_session == {}


def test_far_too_many_answers_are_forgotten_before_their_time(monkeypatch):
    monkeypatch.setattr("describe_draw.borrowed.sessions.ANSWERS", 10)
    made = boxes()
    for number in range(25):
        made[f"{number}"] = "an answer"
    made.tidy()
    assert list(made) == [f"{number}" for number in range(15, 25)]


def test_a_served_page_remembers_in_this_way():
    chosen = settings()
    served = build(chosen)
    try:
        launch(served, chosen, quiet=True)
        assert type(served.app.state_holder) is Sessions
        assert served.state_holder is served.app.state_holder
        assert isinstance(served._queue.pending_messages_per_session, Mailboxes)
        assert type(served.app.middleware_stack) is Gate
        assert served._queue.server_app is served.app
        assert served.app.iterators_to_reset == set()
        assert served._queue.ANAYLTICS_CACHE_FREQUENCY == 10**9
    finally:
        served.close(verbose=False)


def test_gradios_queue_still_has_what_is_borrowed(demo):
    queue = Queue(True, 1, 1.0, None, demo)
    assert isinstance(queue.event_ids_to_events, dict)
    assert isinstance(queue.pending_event_ids_session, dict)
    assert queue.pending_messages_per_session.max_size == 2000
    assert isinstance(demo.temp_file_sets, list)


class Telling(Puppet):
    """An engine that says how it goes before it answers."""

    async def caption(self, picture, asked, call):
        call.report(message("report.loading_local", model="mine"))
        return await super().caption(picture, asked, call)


async def test_of_runs_that_are_cancelled_under_another_number_nothing_is_kept(monkeypatch):
    """With Gradio's own /cancel: its queue can't find the run any more when that ends."""
    monkeypatch.setattr("describe_draw.serving.MINUTE", 0.1)
    demo = build(settings(), Engines(settings(), (Telling(seconds=1), Builtin())))
    launch(demo, settings(), quiet=True)
    try:
        async with visitor(str(demo.local_url)) as http, Page.opened(http) as page:
            picture = await upload(http)
            asked = ("short", "", "", "", "informative", "", 0, 0)
            run = await page.join("describe", picture, *asked)
            answers = asyncio.create_task(page.answers())
            await until(lambda: demo.pending_diff_streams)
            await page.cancel("draw", run)
            await answers
        await until(lambda: not demo._queue.event_ids_to_events)
        await until(lambda: not demo.pending_diff_streams, 10)
        await until(lambda: not demo.app.iterators_to_reset, 10)
    finally:
        demo.close(verbose=False)


def test_watchers_of_uploads_that_never_began_are_forgotten():
    progress = FileUploadProgress()

    async def watch() -> None:
        for number in range(5):
            task = asyncio.ensure_future(progress.is_tracked(str(number)))
            await asyncio.sleep(0)
            task.cancel()

    asyncio.run(watch())
    progress.track("begun")
    forget_watchers(progress)
    assert list(progress._signals) == ["begun"]
