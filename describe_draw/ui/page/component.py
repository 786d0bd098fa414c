"""The page as one component of Gradio's, put together from the files beside this one."""

import json
import os
from collections.abc import AsyncIterator, Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.components import Component

from describe_draw.recipe import MAX_ROUNDS, OPTIONS
from describe_draw.settings import Settings
from describe_draw.texts import LANGUAGES, catalog, listed
from describe_draw.ui.picture import NamesPicture
from describe_draw.ui.static import address

HERE = Path(__file__).parent
PICTURES = ("cat", "coffee", "rocket", "astronaut", "santa-dog", "bird", "cows")
PARTS = ("header", "stage", "composer", "options", "history", "about")
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
"""In their order; they share one scope, in which `element`, `trigger`, … are Gradio's."""

STYLES = ("page", "stage", "composer", "album", "history", "about", "demo")
FATES = ("kept", "lost", "invented")
EVENTS = ("describe", "draw", "begin", "step", "keep", "ask", "read", "stop", "pulse")
BEGINS = """// Gradio makes listeners of what is named here: {events}.
import(new URL("{address}", document.baseURI))
  .then(({{ begin }}) => begin(element, trigger, props, watch));
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
    """All of the page; its value is what the server told last.

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


def styles() -> list[Path]:
    """The page's style sheets."""
    return [HERE / f"{name}.css" for name in STYLES]


def script(settings: Settings) -> str:
    """All that the page runs, as one module: its texts, its HTML, and the scripts beside this file.

    Args:
        settings: The operator's settings.
    """
    told = {"TEXTS": _texts(), "FACTS": _facts(settings), "DEMO": _demo(), "HTML": _html()}
    facts = [f"const {name} = {_json(value)};" for name, value in told.items()]
    scripts = [(HERE / f"{name}.js").read_text("utf-8") for name in SCRIPTS]
    scope = "element, trigger, props, watch"
    return "\n".join([*facts, f"export function begin({scope}) {{", *scripts, "}\n"])


@cache
def _html() -> str:
    """The page's HTML, whose texts the script fills in."""
    html = "\n".join((HERE / f"{part}.html").read_text("utf-8") for part in PARTS)
    icons = {"logo": HERE / "favicon.svg", **{p.stem: p for p in (HERE / "icons").glob("*.svg")}}
    for name, path in icons.items():
        html = html.replace(f"@{name}", path.read_text("utf-8").strip())
    return f'<div id="page">{html}</div>'


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


def _texts() -> dict[str, dict[str, str]]:
    """All texts by language, those of the finished game among them."""
    said = {f"demo.{name}": words for name, words in _demo_says().items()}
    return {
        language: catalog(language)
        | {key: _listed(words.get(language, words["en"]), language) for key, words in said.items()}
        for language in LANGUAGES
    }


def _demo() -> dict[str, Any]:
    """The finished game of the first screen: its pictures, and the keys of what it says."""
    game, says = _played(), _demo_says()
    links = [
        {"words": f"demo.{number}"}
        if "words" in link
        else {**link, "picture": address(link["picture"]), "alt": f"demo.{number}"}
        for number, link in enumerate(game["links"])
    ]
    return {"links": links, **{name: f"demo.{name}" for name in FATES if name in says}}


def _demo_says() -> dict[str, Any]:
    """What it says by language: words, what its pictures show, and what became of the things."""
    game = _played()
    told: list[Any] = [link.get("words") or link.get("alt") for link in game["links"]]
    told = [said or told[number - 1] for number, said in enumerate(told)]  # drawn from the words
    fates = {name: game[name] for name in FATES if any(game[name].values())}
    return {str(number): said for number, said in enumerate(told)} | fates


@cache
def _played() -> dict[str, Any]:
    game: dict[str, Any] = json.loads((HERE / "demo.json").read_text("utf-8"))
    return game


def _listed(words: str | list[str], language: str) -> str:
    return words if isinstance(words, str) else listed(words, language)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
