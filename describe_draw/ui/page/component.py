"""The page's way to Gradio: one component by which the script asks, and is told."""

import json
import os
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.components import Component

from describe_draw.recipe import MAX_ROUNDS, OPTIONS
from describe_draw.settings import Settings
from describe_draw.texts import LANGUAGES
from describe_draw.ui.page.markup import texts
from describe_draw.ui.picture import NamesPicture
from describe_draw.ui.static import address

HERE = Path(__file__).parent
PICTURES = ("cat", "coffee", "rocket", "astronaut", "santa-dog", "bird", "cows")
SCRIPTS = (
    "texts",
    "state",
    "server",
    "picture",
    "stage",
    "composer",
    "next",
    "options",
    "play",
    "album",
    "tall",
    "links",
    "history",
    "about",
    "demo",
    "main",
)
"""In their order; they share one scope, in which `trigger`, `props` and `watch` are Gradio's."""

EVENTS = ("describe", "draw", "begin", "step", "keep", "ask", "read", "stop", "pulse")
BEGINS = """// Gradio makes listeners of what is named here: {events}.
import(new URL("{address}", document.baseURI))
  .then(({{ begin }}) => begin(document.getElementById("shell"), trigger, props, watch));
"""
ASKS = "() => window.describeAndDraw.given"
ENDED = "() => { window.describeAndDraw.ended() }"
BEATS = "() => { window.describeAndDraw.beats() }"

Handler = Callable[..., AsyncIterator[Any]]


class Field(gr.HTML):
    """A value that the page's script hands over, never shown."""

    is_template = True

    def __init__(self) -> None:
        super().__init__(visible=False)


class PictureField(NamesPicture, Field):
    """A picture that the script names by its path on the server."""

    is_template = True


class Page(gr.HTML):
    """Begins the page's script; its value is what the server told last.

    Args:
        address: The script's.
    """

    is_template = True

    def __init__(self, address: str) -> None:
        super().__init__(
            None,
            html_template="",
            js_on_load=BEGINS.format(events=", ".join(map(repr, EVENTS)), address=address),
            apply_default_css=False,
            elem_id="app",
        )
        self._run = Field()
        self.pulse(None, None, None, js=BEATS, api_visibility="private")

    def asks(
        self,
        event: str,
        answer: Handler,
        values: Sequence[Component],
        outputs: Sequence[Component] = (),
        **options: Any,
    ) -> None:
        """Have a handler answer one of the script's events.

        Args:
            event: One of `EVENTS`.
            answer: Takes the run's number and the values, and yields what the page is told, after
                the other outputs.
            values: What the script hands over, by `given` in their order.
            outputs: What else the handler sets.
            **options: Gradio's.
        """
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        inputs = [self._run, *values]
        shown = [*outputs, self]
        asked = getattr(self, event)(answer, inputs, shown, js=ASKS, **quiet, **options)
        for ends in (asked.then, asked.failure):  # Gradio doesn't tell `then` of what it rejects
            ends(None, None, None, js=ENDED, api_visibility="private")


def script(settings: Settings) -> str:
    """All that the page runs, as one module: its texts, and the scripts beside this file.

    Args:
        settings: The operator's settings.
    """
    said = {language: texts(language) for language in LANGUAGES}
    told = {"TEXTS": said, "FACTS": _facts(settings)}
    facts = [f"const {name} = {_json(value)};" for name, value in told.items()]
    scripts = [(HERE / f"{name}.js").read_text("utf-8") for name in SCRIPTS]
    scope = "element, trigger, props, watch"
    return "\n".join([*facts, f"export function begin({scope}) {{", *scripts, "}\n"])


def _facts(settings: Settings) -> dict[str, Any]:
    """What the script must know of the app."""
    return {
        "options": {
            name: {
                "low": option.low,
                "high": option.most(settings),
                "step": option.step,
                "value": option.begins(settings),
            }
            for name, option in OPTIONS.items()
        },
        "rounds": MAX_ROUNDS,
        "characters": settings.max_prompt_chars,
        "megabytes": settings.max_upload_mb,
        "examples": {name: address(f"examples/{name}.webp") for name in PICTURES},
        "space": os.environ.get("SPACE_ID") if settings.system == "spaces" else None,
        "signs_in": bool(os.environ.get("OAUTH_CLIENT_ID")),
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
