"""The page: its tabs, its endpoints, and how it is served."""

import os
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from describe_draw.access import ANONYMOUS
from describe_draw.borrowed.blocks import Blocks
from describe_draw.borrowed.frontend import upload_folder
from describe_draw.engines import Engines
from describe_draw.fetching import Fetcher
from describe_draw.game import Game
from describe_draw.serving import Serving
from describe_draw.settings import Settings
from describe_draw.store import Store
from describe_draw.studio import Studio
from describe_draw.texts import LANGUAGES, catalog, listed
from describe_draw.ui.api import Endpoints
from describe_draw.ui.ask import AskTab
from describe_draw.ui.components import QUIET, text
from describe_draw.ui.describe import DescribeTab
from describe_draw.ui.desk import Desk, linked
from describe_draw.ui.draw import DrawTab
from describe_draw.ui.game_api import GameEndpoints
from describe_draw.ui.picture import Intake
from describe_draw.ui.play import GameTab
from describe_draw.ui.theme import theme
from describe_draw.ui.visit import Token, Visit, visit_of

HERE = Path(__file__).parent
NEVER = str(10**9)
"""After how many calls Gradio sums up its traffic, which takes longer with each: none reads it."""

PASSING = 1000
"""Calls that may be on their way through Gradio's queue: they wait for their turn behind it."""

SESSIONS = 1000
"""How many visits are remembered; each call without a page is one."""


def build(settings: Settings, engines: Engines | None = None) -> Blocks:
    """The whole app, ready to be launched.

    Args:
        settings: The operator's settings.
        engines: Who answers; all of the app's engines by default.

    Raises:
        SettingsError: The settings force an engine that isn't there.
    """
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = NEVER
    engines, store = engines or Engines(settings), Store(upload_folder())
    studio = Studio(settings, engines, store)
    game = Game(studio, engines.features, store)
    desk = Desk(studio, Intake(store, Fetcher(settings.max_upload_mb * 1024**2)))
    demo = Blocks(title=catalog("en")["app.title"])
    with demo:
        endpoints = Endpoints(desk)  # first, so that the page's events can't take their names
        GameEndpoints(desk, game, endpoints.image)
        gr.HTML(text("hero"))
        who = gr.HTML(elem_id="who")
        _space_bar(on_space=settings.system == "spaces")
        with gr.Tabs(overflow_behavior="wrap"):
            with gr.Tab(text("describe_tab"), elem_id="describe-tab"):
                describe = DescribeTab(desk)
            with gr.Tab(text("draw_tab"), elem_id="draw-tab"):
                draw = DrawTab(desk)
            with gr.Tab(text("game_tab"), elem_id="game-tab"):
                GameTab(desk, game)
            writes = engines.capability("write", ANONYMOUS) is not None
            with gr.Tab(text("ask_tab"), elem_id="ask-tab", visible=writes) as ask_tab:
                ask = AskTab(desk)
        demo.load(_Who(desk).answers, None, who, **QUIET)
        demo.load(describe.choices, None, [describe.style, describe.model], **QUIET)
        demo.load(ask.offered, None, ask_tab, **QUIET)
        demo.load(draw.choices, None, [draw.model, draw.ignores, draw.improve], **QUIET)
        demo.unload(desk.leave)
    passing = settings.queue_size + PASSING
    demo.queue(max_size=passing, default_concurrency_limit=None, api_open=False)
    demo.desk, demo.store = desk, store
    return demo


def launch(demo: Blocks, settings: Settings, **more: Any) -> Serving:
    """Serve the page in a thread of its own."""
    serving = Serving(demo, settings)
    demo.launch(
        **serving.options(),
        prevent_thread_lock=True,
        theme=theme(),
        css_paths=[HERE / "style.css", HERE / "chain.css"],
        js=(HERE / "names.js").read_text("utf-8"),
        i18n=gr.I18n(**{language: _page_texts(language) for language in LANGUAGES}),
        state_session_capacity=SESSIONS,
        footer_links=["api", "settings"],
        favicon_path=HERE / "favicon.svg",
        **more,
    )
    return serving


def _space_bar(*, on_space: bool) -> None:
    """What only a Space can do: sign in, and be duplicated."""
    with gr.Row(equal_height=True, elem_id="space-bar"):
        if os.environ.get("OAUTH_CLIENT_ID"):  # elsewhere the button keeps the app from starting
            gr.LoginButton(size="sm", scale=0, min_width=200, elem_id="sign-in")
        if on_space:
            duplicate = text("duplicate")
            gr.DuplicateButton(duplicate, min_width=200, elem_id="duplicate")
            gr.Markdown(text("duplicate_hint"), elem_id="duplicate-hint")


class _Who:
    """Says who answers, for the visitor who opened the page."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def answers(self, request: gr.Request, token: Token) -> str:
        visit = visit_of(request, token)
        status = self._desk.studio.engines.status(visit.caller, visit.language)
        rows = [status["describe"], status["draw"]]
        engines = list(dict.fromkeys(visit.say(f"engine.{row['engine']}") for row in rows))
        missing = dict.fromkeys(linked(row["missing"]) for row in rows if row["missing"])
        line = visit.say("page.who", engines=escape(listed(engines, visit.language)))
        space = "" if visit.language == "zh" else " "
        sentences = [line, *([_signed_out(visit)] if visit.caller.signed_out else missing)]
        return f'<p class="who">{space.join(sentences)}</p>'


def _signed_out(visit: Visit) -> str:
    """That the sign-in has expired, with the way to go on without one."""
    said = escape(visit.say("page.signed_out"))
    return f'{said} <a href="/logout">{escape(visit.say("page.sign_out"))}</a>'


def _page_texts(language: str) -> dict[str, str]:
    """The `app` section under the names that Gradio's own texts don't use, and the header."""
    texts = {
        key.replace("app.", "app_"): said
        for key, said in catalog(language).items()
        if key.startswith("app.")
    }
    logo = (HERE / "favicon.svg").read_text("utf-8")
    title, tagline = escape(texts["app_title"]), escape(texts["app_tagline"])
    hero = f'<header class="hero">{logo}<div><h1>{title}</h1><p>{tagline}</p></div></header>'
    return {**texts, "app_hero": hero}
