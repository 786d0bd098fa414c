"""What kind of model a Hub id or a folder holds, by what its own files say."""

import json
from pathlib import Path, PureWindowsPath
from typing import Any

from huggingface_hub import try_to_load_from_cache

from describe_draw.caption_options import STYLES
from describe_draw.engines.base import Task
from describe_draw.engines.local import siblings
from describe_draw.engines.model_families import never_used
from describe_draw.recipe import EDIT_OPTIONS, OPTIONS

SHORT = STYLES[:1]
CAPTIONERS = ("blip", "blip-2", "git", "vision-encoder-decoder")
"""The types of models that caption and can't be told anything."""

TASK_PROMPTS = {
    "florence2": {"short": "<CAPTION>", "detailed": "<DETAILED_CAPTION>"},
    "paligemma": {"short": "<image>caption en"},
}
"""Those that know a few tasks, and by which words; by the model cards of Florence-2 and PaliGemma
at the Hub."""

_NAMED = {
    "blip": "blip",
    "vit-gpt2": "vision-encoder-decoder",
    "florence-2": "florence2",
    "paligemma": "paligemma",
}
"""What names tell of models whose files aren't here yet."""


class WrongKind(Exception):
    """The model can't do the task."""


class OnlyDraws(Exception):
    """The model draws from words, and not from pictures."""


class OnlyEdits(Exception):
    """The model draws from pictures, and not from words alone."""


def shown(model: str) -> str:
    """A model by its Hub id, or by its folder's own name: paths are nobody's business."""
    if _is_hub_id(model) and not Path(model).is_dir():
        return model
    name = PureWindowsPath(model).name
    return name if name.strip(".") else PureWindowsPath(Path(model).resolve()).name


def named(model: str) -> str:
    """What tells a drawing model's family: its name and its pipeline's."""
    return f"{shown(model)} {pipeline_of(model)}"


def pipeline_of(model: str) -> str:
    """The pipeline that a drawing model's own file names, empty where it isn't here yet."""
    return _said(model, "model_index.json", "_class_name")


def can_do(task: Task, model: str) -> bool:
    """Whether a model may do a task, by all that is known before it is loaded."""
    pipeline = pipeline_of(model)
    if task == "edit":
        return siblings.edits(pipeline)
    return task != "draw" or siblings.draws(pipeline) or not siblings.edits(pipeline)


def options_of(task: Task, model: str) -> frozenset[str]:
    """As `can_do`, the drawing options that it follows."""
    options = frozenset(EDIT_OPTIONS if task == "edit" else OPTIONS) - never_used(named(model))
    return options if siblings.keeps(pipeline_of(model)) else options - {"strength"}


def styles_of(model: str) -> tuple[str, ...]:
    """The caption styles that a model has, by all that is known before it is loaded."""
    kind = _said(model, "config.json", "model_type") or next(
        (kind for name, kind in _NAMED.items() if name in shown(model).lower()), ""
    )
    return styles_of_kind(kind)


def styles_of_kind(kind: str) -> tuple[str, ...]:
    """The caption styles of a type of model; it chats where nothing else is known."""
    return SHORT if kind in CAPTIONERS else tuple(TASK_PROMPTS.get(kind, STYLES))


def _said(model: str, name: str, key: str) -> str:
    """What a file of a model says, empty where it isn't here yet."""
    path: Any = Path(model) / name
    if not path.is_file():
        path = _cached(model, name)
    try:
        return str(json.loads(Path(path).read_text("utf-8")).get(key, "")) if path else ""
    except (OSError, ValueError):
        return ""


def _is_hub_id(model: str) -> bool:
    try:
        try_to_load_from_cache(model, "config.json")
    except ValueError:
        return False
    return True


def _cached(model: str, name: str) -> str | None:
    found = try_to_load_from_cache(model, name) if _is_hub_id(model) else None
    return found if isinstance(found, str) else None
