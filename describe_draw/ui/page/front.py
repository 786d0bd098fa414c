"""The script of a page: one module, joined from the files beside this one."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from describe_draw import languages
from describe_draw.engines.calling.model_prompts import ALT_PROMPTS, CAPTION_PROMPTS
from describe_draw.recipe import MAX_ROUNDS, OPTIONS
from describe_draw.settings import Settings
from describe_draw.texts import LANGUAGES
from describe_draw.ui.page.markup import texts
from describe_draw.ui.page.pages import Page
from describe_draw.ui.static import address

HERE = Path(__file__).parent
PICTURES = ("cat", "coffee", "rocket", "astronaut", "santa-dog", "bird", "cows")
CLIENT = address("gradio-client.js")
"""Gradio's own: `dist/browser.js` of npm's @gradio/client 2.7.0, as it comes."""


def script(page: Page, settings: Settings, events: Mapping[str, int]) -> str:
    """All that a page runs, as one module: its texts, and the scripts beside this file.

    Args:
        page: Which.
        settings: The operator's settings.
        events: What the script may ask, with the numbers by which Gradio knows it.
    """
    said = {language: texts(language) for language in LANGUAGES}
    own = {"events": events, "client": CLIENT, "title": page.title}
    told = {"TEXTS": said, "FACTS": {**_facts(settings), **own}}
    facts = [f"const {name} = {_json(value)};" for name, value in told.items()]
    scripts = [(HERE / f"{name}.js").read_text("utf-8") for name in page.scripts]
    return "\n".join([*facts, *scripts])


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
        "files": settings.max_batch,
        "examples": {name: address(f"examples/{name}.webp") for name in PICTURES},
        "space": os.environ.get("SPACE_ID") if settings.system == "spaces" else None,
        "prompts": {"styles": CAPTION_PROMPTS, "purposes": ALT_PROMPTS},
        "languages": [*languages.LANGUAGES],
        "signs_in": bool(os.environ.get("OAUTH_CLIENT_ID")),
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
