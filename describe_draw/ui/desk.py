"""Where the page's events and the endpoints meet the studio: who asks, in which language."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import dataclass
from html import escape
from typing import Any, TypeVar

import gradio as gr

from describe_draw.engines.base import BUILTIN, Asker, Credit, Report, Task
from describe_draw.problems import Problem, told
from describe_draw.studio import Studio
from describe_draw.texts import Message, listed, message, preferred
from describe_draw.ui.sessions import Sessions

T = TypeVar("T")
Token = gr.OAuthToken | None
"""The visitor's own Hub token: of who signed in, or passed by the caller."""
PROGRESS = gr.Progress()
"""As a handler's default it has Gradio hand in the progress of the event."""
LINK = re.compile(r"https://(huggingface\.co/[\w/.-]*\w)(?:\?[\w=&;.-]*\w)?")


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: who asks and the language to answer in."""

    asker: Asker
    language: str

    def say(self, key: str, **values: object) -> str:
        return message(key, **values).say(self.language)


class Desk:
    """What all handlers share.

    Args:
        studio: Who describes and draws.
    """

    def __init__(self, studio: Studio) -> None:
        self.studio = studio
        self.sessions = Sessions()

    def visit(self, request: gr.Request, token: Token = None) -> Visit:
        """Who asks; an address behind a proxy is only believed where the proxy is known."""
        headers = request.headers or {}
        address = request.client.host if request.client else ""
        if self.studio.settings.system == "spaces":
            address = headers.get("x-forwarded-for", address).split(",")[0].strip()
        own = token.token if token else None
        asker = Asker(token=own, session=request.session_hash or "", address=address)
        return Visit(asker, preferred(headers.get("accept-language")))

    async def run(self, visit: Visit, doing: str, call: Coroutine[Any, Any, T]) -> T:
        """Run a call until it ends, is stopped, or its page is closed.

        Raises:
            Problem: Whatever went wrong, ready to be told.
        """
        try:
            return await self.sessions.run(visit.asker.session, doing, call)
        except Exception as error:
            raise told(error, doing) from None

    async def stream(self, visit: Visit, doing: str, pieces: AsyncIterator[T]) -> AsyncIterator[T]:
        """As `run`, for what comes piece by piece; only the newest piece waits to be taken.

        Raises:
            Problem: Whatever went wrong, ready to be told.
        """
        newest: asyncio.Queue[T | None] = asyncio.Queue()

        async def pump() -> None:
            async for piece in pieces:
                while not newest.empty():
                    newest.get_nowait()
                newest.put_nowait(piece)

        running = asyncio.create_task(self.run(visit, doing, pump()))
        running.add_done_callback(lambda _: newest.put_nowait(None))
        try:
            while (piece := await newest.get()) is not None:
                yield piece
            await running
        finally:
            running.cancel()

    def reports(self, visit: Visit, progress: gr.Progress) -> Report:
        """Shows what an engine reports where the answer will be."""

        def report(said: Message, fraction: float | None = None) -> None:
            progress(fraction or 0, desc=said.say(visit.language))  # without a number it is hidden

        return report

    def stops(self, doing: str) -> Callable[[gr.Request], Awaitable[Any]]:
        """A handler that ends what a page has running of one kind, see `components.stops`."""

        async def stop(request: gr.Request) -> Any:
            ended = await self.sessions.stop(request.session_hash or "", doing)
            return gr.skip() if ended else time.time()

        return stop

    async def leave(self, request: gr.Request) -> None:
        """A page was closed: end what it has running."""
        self.sessions.leave(request.session_hash or "")

    def models(self, task: Task, visit: Visit) -> gr.Dropdown:
        """The models that a visitor may choose, shown where there is more than one."""
        names = self.studio.engines.models(task, visit.asker)
        labels = [(visit.say(f"engine.{n}") if n == BUILTIN else n, n) for n in names]
        return gr.Dropdown(choices=labels, value=next(iter(names), None), visible=len(names) > 1)

    def instead(self, problem: Problem) -> gr.Button:
        """The button for the built-in engine, shown where another engine failed."""
        return gr.Button(visible=problem.engine not in ("", BUILTIN))

    def concurrency(self, task: Task) -> dict[str, Any]:
        """The event options by which page and endpoints share one limit a task."""
        return {
            "concurrency_id": task,
            "concurrency_limit": self.studio.settings.concurrency,
        }


def notice(problem: Problem, visit: Visit) -> str:
    """A problem as the page shows it; a stop is none."""
    if problem.name == "stopped":
        return f'<p class="credit" role="status">{escape(problem.sentence(visit.language))}</p>'
    return f'<p class="notice" role="alert">{linked(problem.sentence(visit.language))}</p>'


def linked(sentence: str) -> str:
    """A sentence as HTML, the Hub's pages in it to be clicked."""
    return LINK.sub(r'<a href="\g<0>" target="_blank" rel="noopener">\1</a>', escape(sentence))


def refusal(problem: Problem, visit: Visit) -> gr.Error:
    """A problem as callers get it."""
    return gr.Error(problem.sentence(visit.language), print_exception=False)


def credit_line(credit: Credit, visit: Visit, *more: str) -> str:
    """Who answered and how long it took, as the page shows it."""
    engine = visit.say(f"engine.{credit.engine}")
    seconds = f"{credit.seconds:.2f}" if credit.seconds < 10 else f"{credit.seconds:.0f}"
    named = credit.model != credit.engine
    key = "page.answered_model" if named else "page.answered"
    model = f"{credit.model} ({credit.provider})" if credit.provider else credit.model
    parts = [visit.say(key, engine=engine, model=model, seconds=seconds), *more]
    if credit.ignored:
        parts.append(visit.say("page.ignored", options=options_named(credit.ignored, visit)))
    parts += [note.say(visit.language) for note in credit.notes]
    return f'<p class="credit">{escape(" · ".join(parts))}</p>'


def options_named(names: tuple[str, ...], visit: Visit) -> str:
    """Drawing options by the names that people read."""
    return listed([visit.say(f"option.{name}") for name in names], visit.language)
