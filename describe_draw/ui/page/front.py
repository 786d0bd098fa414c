"""The script of a page: one module, joined from the files beside this one."""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from describe_draw import languages
from describe_draw.engines.calling.model_prompts import ALT_PROMPTS, CAPTION_PROMPTS
from describe_draw.options import Option
from describe_draw.recipe import EDIT_OPTIONS, MAX_ROUNDS, OPTIONS
from describe_draw.settings import Settings
from describe_draw.styles import styles
from describe_draw.texts import LANGUAGES
from describe_draw.ui.page.markup import said
from describe_draw.ui.page.pages import Page
from describe_draw.ui.several import AT_ONCE, CELLS, COUNT
from describe_draw.ui.static import address

HERE = Path(__file__).parent
PICTURES = ("cat", "coffee", "rocket", "astronaut", "santa-dog", "bird", "cows")
CLIENT = address("gradio-client.js")
"""Gradio's own: `dist/browser.js` of npm's @gradio/client 2.7.0, as it comes."""

UNREAD = re.compile(r"^ *(?://.*|/\*\*(?s:.*?)\*/)\n|^ +", re.MULTILINE)
"""What browsers needn't load: comments in lines of their own, and how far lines are moved in."""

LOOKS = "styles/all.webp"
"""The styles' pictures in a row, made by `python -m tools.styles`."""


def script(page: Page, settings: Settings, events: Mapping[str, int]) -> str:
    """All that a page runs, as one module: its texts, and the scripts beside this file.

    Args:
        page: Which.
        settings: The operator's settings.
        events: What the script may ask, with the numbers by which Gradio knows it.
    """
    keys = [*said(page, "en")]
    texts = {language: [said(page, language)[key] for key in keys] for language in LANGUAGES}
    own = {"events": events, "client": CLIENT, "title": page.title}
    told = {"KEYS": keys, "LISTS": texts, "FACTS": {**_facts(settings), **own}}
    facts = [f"const {name} = {_json(value)};" for name, value in told.items()]
    scripts = [UNREAD.sub("", (HERE / f"{name}.js").read_text("utf-8")) for name in page.scripts]
    return "\n".join([*facts, *scripts])


def _facts(settings: Settings) -> dict[str, Any]:
    """What the script must know of the app."""
    return {
        "options": {name: _bounds(option, settings) for name, option in OPTIONS.items()},
        "strength": _bounds(EDIT_OPTIONS["strength"], settings),
        "styles": {name: [s.prompt, s.negative_prompt] for name, s in styles().items()},
        "looks": address(LOOKS),
        "count": COUNT,
        "cells": CELLS,
        "at_once": AT_ONCE,
        "rounds": MAX_ROUNDS,
        "characters": settings.max_prompt_chars,
        "megabytes": settings.max_upload_mb,
        "files": settings.max_batch,
        "examples": {name: address(f"examples/{name}.webp") for name in PICTURES},
        "space": os.environ.get("SPACE_ID") if settings.system == "spaces" else None,
        "prompts": {"styles": CAPTION_PROMPTS, "purposes": ALT_PROMPTS},
        "languages": [*languages.LANGUAGES],
        "signs_in": bool(os.environ.get("OAUTH_CLIENT_ID")),
    }


def _bounds(option: Option, settings: Settings) -> dict[str, Any]:
    """What an option's box may hold, and holds first."""
    return {
        "low": option.low,
        "high": option.most(settings),
        "step": option.step,
        "value": option.begins(settings),
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
