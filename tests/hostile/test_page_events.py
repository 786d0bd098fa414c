"""The page's own events, called by anybody: odd values end in sentences, and open nothing."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from describe_draw.game.rounds import LONGEST
from describe_draw.texts import Message
from tests.hostile.test_files import secret, spellings
from tests.soak.page import API, Page
from tests.support import Puppet, page_of, tracebacks
from tests.visitors import upload, visitor
from tests.waiting import until

__all__ = ["secret"]
SMALL = ("", 4, 1, 64, 64, 1)
VALUES: dict[str, tuple[Any, ...]] = {
    "describe": ("picture", "short", "builtin", "en", "", "informative", "", 0, 0),
    "draw": ("a dog", "builtin", "", False, False, *SMALL),
    "edit": ("picture", "at night", 0.6, "builtin", "", False, *SMALL),
    "expand": ("a {red|blue} car", 1, 2, False, 1),
    "begin": ("picture", "", "mine"),
    "step": (None, "", "builtin", "en", "mine"),
    "keep": (None, "en", "mine"),
    "ask": ("hello",),
    "read": ("picture",),
    "many_take": ("picture",),
    "many_open": ("run",),
    "many_thumbs": ("run", "0"),
    "many_describe": ("run", "short", "builtin", "en", "", 0, 0, False),
    "many_edit": ("run", 0, "a dog"),
    "many_word": ("run", "", "", "", "", "", "keep"),
    "many_replace": ("run", "dog", "cat", False, True, True),
    "many_keep": ("run", "en"),
    "many_push": ("run", "cats", True),
    "many_drop": ("run",),
}
"""What the pages' scripts hand over; `picture` stands for one that was uploaded, and `run` for the
name of a run that was begun with it."""


def page_with(event: str) -> str:
    """The page whose script asks for an event."""
    return "/many" if event.startswith("many_") else "/"


ODD: dict[str, Any] = {
    "a dict": {"path": "/etc/passwd"},
    "a list": [["a"]],
    "not a number": float("nan"),
    "more than any number": float("inf"),
    "huge": 10**400,
    "negative": -1,
    "true": True,
    "half a character": "\ud800",
    "NUL": "\0",
    "a long text": "x" * 300_000,
    "nothing": None,
}


def said(problem: Any) -> Any:
    """A problem's sentence, made of what the page is told as the page makes it."""
    if isinstance(problem, dict):
        values = {name: said(value) for name, value in problem["values"].items()}
        return Message(problem["key"], values).say()
    return tuple(map(said, problem)) if isinstance(problem, list) else problem


def sentence(told: dict[str, Any]) -> str:
    """What a call came to in words, where it came to a problem; none is unexpected.

    Raises:
        AssertionError: It is no sentence.
    """
    if told.get("state") in ("done", "offered"):
        return ""
    words = told["error"] if "error" in told else str(said(told["problem"]))
    assert words.endswith(".")
    assert not words.startswith("Something went wrong")
    return words


@pytest.mark.parametrize("event", VALUES)
async def test_odd_values_end_in_an_answer_or_a_sentence(app, event):
    async with visitor(app.url) as http, Page.opened(http, page_with(event)) as page:
        picture = await upload(http)
        known = {"picture": picture}
        if "run" in VALUES[event]:
            known["run"] = (await page.told("many_take", picture))["batch"]
        usual = [known.get(str(value), value) for value in VALUES[event]]
        for position in range(len(usual)):
            for name, odd in ODD.items():
                if event == "step":
                    await page.told("begin", picture, "", "mine")
                values = [*usual]
                values[position] = odd
                assert "x" * 99 not in sentence(await page.told(event, *values)), (position, name)
    assert tracebacks(app) == 0


@pytest.mark.parametrize("event", VALUES)
async def test_too_few_values_and_too_many_end_in_a_sentence(app, event):
    async with visitor(app.url) as http, Page.opened(http, page_with(event)) as page:
        for values in ((), (*VALUES[event], 1)):
            told = await page.told(event, *values)
            assert told["error"].startswith("This call takes "), values


async def test_nothing_is_opened_that_a_caller_only_names(app, secret):
    async with visitor(app.url) as http, Page.opened(http) as page:
        for name, named in spellings(secret, app).items():
            for event in ("describe", "edit", "begin", "read"):
                told = await page.told(event, named, *VALUES[event][1:])
                assert told["problem"]["key"] == "problem.picture_gone", (event, name)
        named = {"path": str(secret), "meta": {"_type": "gradio.FileData"}}
        for event in ("draw", "ask"):
            told = await page.told(event, named, *VALUES[event][1:])
            assert sentence(told).startswith("One of the values is neither text nor a number")


RUNS = [event for event, values in VALUES.items() if values[0] == "run"]


@pytest.mark.parametrize("event", RUNS)
async def test_a_run_is_opened_by_its_whole_name_alone(app, event):
    async with visitor(app.url) as http, Page.opened(http, "/many") as page:
        picture = await upload(http)
        name = (await page.told("many_take", picture))["batch"]
        uploads = Path(picture["path"]).parents[1]
        odd = ("", ".", "..", "0" * 32, name[:-1], name.upper() + " ", f"../{name}", f"{name}/")
        for other in (*odd, f"{name}\0", "/etc", str(uploads.parent / name), uploads.name):
            told = await page.told(event, other, *VALUES[event][1:])
            assert told["problem"]["key"] == "problem.batch_gone", other


async def test_a_run_takes_no_file_that_a_caller_only_names(app, secret):
    async with visitor(app.url) as http, Page.opened(http, "/many") as page:
        for name, named in spellings(secret, app).items():
            told = await page.told("many_take", [named])
            assert told["rows"][0]["problem"]["key"] == "problem.picture_gone", name


async def test_no_caller_hands_over_a_game(app):
    """It is the server's own: what comes in its place says nothing."""
    smuggled = {"links": [{"path": "/etc/passwd"}], "drift": []}
    async with visitor(app.url) as http, Page.opened(http) as page:
        for event, values in (("step", ("", "", "en", "mine")), ("keep", ("en", "mine"))):
            for handed_over in (smuggled, ["mine", smuggled], "mine", None):
                told = await page.told(event, handed_over, *values)
                assert told["problem"]["key"] == "problem.game_gone"


async def test_another_page_does_not_have_ones_game(app):
    async with visitor(app.url) as http, Page.opened(http) as mine, Page.opened(http) as other:
        await mine.told("begin", None, "a dog", "the same name")
        told = await other.told("keep", None, "en", "the same name")
        assert told["problem"]["key"] == "problem.game_gone"
        assert (await mine.told("keep", None, "en", "the same name"))["state"] == "done"


async def test_a_games_name_is_kept_no_longer_than_pages_make_them(app):
    async with visitor(app.url) as http, Page.opened(http) as page:
        await page.told("begin", None, "a dog", "x" * 200_000)
        assert (await page.told("keep", None, "en", "x" * 64))["state"] == "done"


async def test_stop_takes_no_values_and_ends_nobody_elses_call(app):
    async with visitor(app.url) as http, Page.opened(http) as page:
        for data in ([1], [{"path": "/etc/passwd"}] * 3):
            body = {"data": data, "fn_index": page.events["stop"], "session_hash": page.session}
            answer = await http.post(f"{API}/run/stop", json=body)
            assert answer.status_code >= 400
            assert answer.json()["error"].endswith(".")
        drawing = asyncio.create_task(page.told("draw", *VALUES["draw"]))
        for session in ("", "somebody", page.session[:-1]):
            body = {"data": [], "fn_index": page.events["stop"], "session_hash": session}
            await http.post(f"{API}/run/stop", json=body)
        assert (await drawing)["state"] == "done"


class Gated(Puppet):
    """An engine that answers nobody until it is told to."""

    opened = False

    async def _work(self) -> None:
        await until(lambda: self.opened)


async def steps(url: str, gated: Gated, pages: int, *, begun: bool, busy: int) -> list[str]:
    """What becomes of a step in each of some pages of one visitor, all at once."""
    gated.opened = False
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(visitor(url))
        opened = [await stack.enter_async_context(Page.opened(http)) for _ in range(pages)]
        for page in opened if begun else ():
            assert (await page.told("begin", None, "a dog", "mine"))["state"] == "done"
        values = (None, "" if begun else "a dog", "", "en", "mine")
        asked = [asyncio.create_task(page.told("step", *values)) for page in opened]
        await until(lambda: sum(task.done() for task in asked) == busy)
        gated.opened = True
        told = await asyncio.gather(*asked)
    return sorted(one["problem"]["key"] if "problem" in one else one["state"] for one in told)


def test_steps_of_games_are_no_way_around_the_turns():
    """What goes on with a game may wait where nothing may begin, but not without end."""
    gated, busy = Gated(), "problem.visitor_busy"
    with page_of(gated, concurrency=2, queue_size=2, max_side=64) as url:  # two calls a visitor
        said = asyncio.run(steps(url, gated, 6, begun=False, busy=4))
        assert said == ["done"] * 2 + [busy] * 4
        said = asyncio.run(steps(url, gated, 9, begun=True, busy=5))
        assert said == ["done"] * 4 + [busy] * 5


async def grown(url: str) -> tuple[int, dict[str, Any]]:
    """A game that is asked for one link after the other, until there is no more."""
    async with visitor(url) as http, Page.opened(http) as page:
        told = await page.told("begin", None, "a dog", "mine")
        length = 0
        while told["state"] == "done" and length < 2 * LONGEST:
            length = told["length"]
            told = await page.told("step", None, "", "", "en", "mine")
        kept = await page.told("keep", None, "en", "mine")
        assert kept["state"] == "done"
        assert (await http.get(kept["file"])).status_code == httpx.codes.OK
    return length, told


def test_a_game_does_not_grow_without_end():
    with page_of(Puppet(), max_side=64) as url:
        length, told = asyncio.run(grown(url))
    assert length == LONGEST
    assert sentence(told) == (
        "This game has as many cards as a game can have (100): start a new one."
    )
