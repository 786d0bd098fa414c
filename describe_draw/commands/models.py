"""Which engine and model a command asks: `hub:owner/name`, `builtin`, or a model that is set up."""

from typing import Any, get_args

from describe_draw.commands.misuse import Misuse
from describe_draw.engines.base import Task
from describe_draw.settings import MODEL, EngineName, Settings

ENGINES = tuple(name for name in get_args(get_args(EngineName)[0]) if name != "auto")

HELP = (
    "who is asked: an engine and one of its models, as hub:owner/name, local:owner/name, "
    "local:./folder or http:name; an engine alone (builtin); or a model that is set up"
)

VARIABLES: dict[tuple[str, Task], tuple[str, ...]] = {
    ("hub", "describe"): ("caption_model", "vision_model"),
    ("hub", "draw"): ("image_models",),
    ("hub", "edit"): ("edit_models",),
    ("local", "describe"): ("local_caption_model",),
    ("local", "draw"): ("local_image_model",),
    ("local", "edit"): ("local_image_model",),
    ("http", "describe"): ("caption_api_model",),
    ("http", "draw"): ("image_api_model",),
    ("http", "edit"): ("image_api_model",),
}
"""The settings that name an engine's model for a task."""

SEVERAL = frozenset({"vision_model", "image_models", "edit_models"})


def chosen(settings: Settings, task: Task, asked: str) -> tuple[Settings, str]:
    """Settings by which a task asks whom the command line names, and the model to name.

    Args:
        settings: Those of the command.
        task: `describe`, `draw` or `edit`.
        asked: See `HELP`; empty for whoever answers by default.

    Raises:
        Misuse: That engine has no such choice.
    """
    engine, colon, model = asked.partition(":")
    if engine not in ENGINES:
        return settings, asked
    update: dict[str, Any] = {f"{_kind(task)}_engine": engine}
    if colon:
        names = VARIABLES.get((engine, task), ())
        if not names or not model or (engine == "hub" and not MODEL.fullmatch(model)):
            raise Misuse(f"{asked} is no model: {HELP}")
        update |= {name: (model,) if name in SEVERAL else model for name in names}
    return settings.model_copy(update=update), ""


def _kind(task: Task) -> str:
    return "caption" if task == "describe" else "image"
