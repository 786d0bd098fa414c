"""The pages and the endpoints: how they are put together, and served."""

import os
from functools import partial
from typing import Any

import gradio as gr

from describe_draw.borrowed import index
from describe_draw.borrowed.blocks import Blocks
from describe_draw.borrowed.frontend import HIDDEN, upload_folder
from describe_draw.engines import Engines
from describe_draw.fetching import Fetcher
from describe_draw.game import Game
from describe_draw.serving import Serving
from describe_draw.settings import Settings
from describe_draw.store import Store
from describe_draw.studio import Studio
from describe_draw.texts import LANGUAGES, catalog
from describe_draw.ui.api import Endpoints
from describe_draw.ui.desk import Desk
from describe_draw.ui.game_api import GameEndpoints
from describe_draw.ui.many_api import ManyEndpoint
from describe_draw.ui.page.events import events, many_events
from describe_draw.ui.page.front import HERE, script
from describe_draw.ui.page.markup import styles
from describe_draw.ui.page.pages import FIRST, MANY
from describe_draw.ui.page.preview import head
from describe_draw.ui.page.theme import theme
from describe_draw.ui.picture import Intake

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
        ManyEndpoint(desk, store)
        gr.HTML(gr.I18n()("app_language"), visible=HIDDEN, elem_id="gradio-language")
        numbers = events(desk, game)
        if os.environ.get("OAUTH_CLIENT_ID"):  # elsewhere it keeps the app from starting
            gr.LoginButton(visible=False)  # which has Gradio serve the sign-in
        demo.unload(desk.leave)
    with demo.route(MANY.name, MANY.path, show_in_navbar=False):
        many_numbers = many_events(desk, store)
    passing = settings.queue_size + PASSING
    demo.queue(max_size=passing, default_concurrency_limit=None, api_open=False)
    demo.desk, demo.store = desk, store
    demo.made = {}
    for page, asked in ((FIRST, numbers), (MANY, many_numbers)):
        demo.made[f"{page.name}.js"] = script(page, settings, asked)
        demo.made[f"{page.name}.css"] = styles(page)
    return demo


def launch(demo: Blocks, settings: Settings, **more: Any) -> Serving:
    """Serve the page in a thread of its own."""
    serving = Serving(demo, settings)
    index.use(partial(head, made=demo.made))
    demo.launch(
        **serving.options(),
        prevent_thread_lock=True,
        theme=theme(),
        i18n=gr.I18n(**{language: {"app_language": language} for language in LANGUAGES}),
        state_session_capacity=SESSIONS,
        footer_links=["api", "settings"],  # unseen: the page's own buttons press them
        favicon_path=HERE / "favicon.svg",
        **more,
    )
    return serving
