"""Models in this process: transformers describe, diffusers draw; on ZeroGPU too."""

import json
import logging
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from huggingface_hub import try_to_load_from_cache
from PIL.Image import Image

from describe_draw.access import Caller
from describe_draw.engines.base import (
    STYLES,
    Call,
    Capability,
    Caption,
    Credit,
    GeneratedImage,
    Task,
)
from describe_draw.engines.calling import model_prompts
from describe_draw.engines.calling.model_text import plain
from describe_draw.engines.local import gpu
from describe_draw.engines.local.pace import Stopwatch, megapixels, pace_of
from describe_draw.engines.local.problems import again, at_start, problem_of
from describe_draw.engines.local.runs import Runs
from describe_draw.engines.model_families import never_used
from describe_draw.problems import EngineProblem, Problem
from describe_draw.recipe import OPTIONS, Recipe
from describe_draw.settings import Settings
from describe_draw.texts import listed, message
from describe_draw.turns import Turns

log = logging.getLogger(__name__)
NEEDS: dict[Task, tuple[str, ...]] = {
    "describe": ("torch", "transformers"),
    "draw": ("torch", "transformers", "diffusers"),
}
CAPTIONERS = ("blip", "blip-2", "git", "vision-encoder-decoder")
"""The types of models that caption and don't chat."""

REQUIREMENTS = "requirements-local.txt"


class Local:
    """Describes and draws with local models.

    Args:
        settings: Which models, and on which device.
    """

    name = "local"

    def __init__(self, settings: Settings) -> None:
        self._device = settings.local_device
        self._models: dict[Task, str] = {
            "describe": settings.local_caption_model,
            "draw": settings.local_image_model,
        }
        self._turns = Turns(1, each=1)
        self._runs = Runs(gpu.CALLS if gpu.IS_ZERO else 1)
        self._failed: dict[Task, EngineProblem] = {}
        if gpu.IS_ZERO:
            self._load_all()

    def lacks(self, task: Task) -> str:
        """The libraries, where they aren't installed."""
        if self._device == "none":
            return "LOCAL_DEVICE=none keeps local models from running"
        return "" if self._is_installed(task) else f"install {REQUIREMENTS}"

    def capabilities(self, task: Task, caller: Caller) -> tuple[Capability, ...]:
        """Set up where requirements-local.txt is installed."""
        if task not in self._models or not self._is_installed(task):
            return ()
        model = self._models[task]
        can = Capability(
            engine=self.name,
            model=_shown(model),
            styles=STYLES[:1] if _only_captions(model) else STYLES,
            options=frozenset(OPTIONS) - never_used(f"{model} {_kind(model)}"),
        )
        return (can,)

    async def caption(self, picture: Image, style: str, call: Call) -> Caption:
        """Describe a picture; several styles are for models that chat."""
        model, tokens = self._models["describe"], model_prompts.CAPTION_TOKENS[style]
        asked = (model, self._device, picture, model_prompts.CAPTION_PROMPTS[style], tokens)
        if style not in STYLES[:1] and not await self._chats(model, call):
            raise Problem("unknown_style", styles=listed(STYLES[:1]))
        text = plain(await self._run("describe", gpu.describe, asked, call))
        if not text:
            raise EngineProblem("empty_answer", model=_shown(model))
        return Caption(text, Credit(engine=self.name, model=_shown(model)))

    async def generate(self, recipe: Recipe, call: Call) -> GeneratedImage:
        """Draw a recipe; every step is told."""
        model = self._models["draw"]
        asked = (model, self._device, recipe)
        drawn = await self._run("draw", gpu.draw, asked, call, recipe)
        notes = []
        if drawn.steps < recipe.steps:
            notes.append(message("note.few_steps", steps=drawn.steps))
        if drawn.is_blacked:
            notes.append(message("note.blacked_out", model=_shown(model)))
        credit = Credit(
            engine=self.name, model=_shown(model), ignored=drawn.ignored, notes=tuple(notes)
        )
        return GeneratedImage(drawn.picture, credit, recipe.prompt)

    def _is_installed(self, task: Task) -> bool:
        return self._device != "none" and all(find_spec(name) for name in NEEDS[task])

    def _load_all(self) -> None:
        """On ZeroGPU models must be there before the app is launched; none is loaded later."""
        loads = {"describe": gpu.describer, "draw": gpu.drawer}
        for task, model in self._models.items():
            if self._is_installed(task):
                try:
                    loads[task](model, self._device)
                except Exception as error:  # the app starts, and tells it when it is asked
                    failed = self._failed[task] = at_start(error, task, _shown(model))
                    log.warning(
                        "%s could not be loaded [%s] %s: %s",
                        _shown(model),
                        failed.reference,
                        failed.name,
                        type(error).__name__,
                    )

    async def _chats(self, model: str, call: Call) -> bool:
        self._check_start("describe")
        try:
            describer = await self._runs.blocking(lambda: gpu.describer(model, self._device))
        except Exception as error:
            raise problem_of(error, "describe", _shown(model)) from error
        return bool(describer.chats)

    def _check_start(self, task: Task) -> None:
        if task in self._failed:
            raise again(self._failed[task])

    async def _run(
        self,
        task: Task,
        run: Any,
        asked: tuple[Any, ...],
        call: Call,
        recipe: Recipe | None = None,
    ) -> Any:
        """What a generator on the device comes to; where it draws, its steps are told."""
        self._check_start(task)
        if gpu.IS_ZERO:  # where calls run side by side
            return await self._result(task, run, asked, call, recipe)
        async with self._turns.turn(call.report):
            if not gpu.is_loaded(task, self._models[task], self._device):
                call.report(message("report.loading_local", model=_shown(self._models[task])))
            return await self._result(task, run, asked, call, recipe)

    async def _result(
        self, task: Task, run: Any, asked: tuple[Any, ...], call: Call, recipe: Recipe | None
    ) -> Any:
        watch = Stopwatch()

        def heard(step: int) -> None:
            watch.step(step)
            if recipe:
                said = message("report.step", step=step, steps=recipe.steps)
                call.report(said, min(1.0, step / recipe.steps))

        try:
            return await self._runs.result(run, asked, heard)
        except Exception as error:
            raise problem_of(error, task, _shown(self._models[task])) from error
        finally:
            if seconds := watch.seconds():
                size = megapixels(recipe.width, recipe.height) if recipe else 1
                pace_of(task, self._models[task]).remember(seconds / size)


def _shown(model: str) -> str:
    """A model by its Hub id, or by its folder's own name: paths are nobody's business."""
    return Path(model).name if Path(model).is_absolute() or Path(model).is_dir() else model


def _only_captions(model: str) -> bool:
    kind = _kind(model)
    return kind in CAPTIONERS if kind else "blip" in model.lower()


def _kind(model: str) -> str:
    """What a model's own files say it is, empty where they aren't here yet."""
    for name, key in (("config.json", "model_type"), ("model_index.json", "_class_name")):
        path: Any = Path(model) / name
        if not path.is_file():
            path = None if Path(model).is_absolute() else _cached(model, name)
        if path:
            try:
                return str(json.loads(Path(path).read_text("utf-8")).get(key, ""))
            except (OSError, ValueError):
                return ""
    return ""


def _cached(model: str, name: str) -> str | None:
    try:
        found = try_to_load_from_cache(model, name)
    except ValueError:  # no Hub id
        return None
    return found if isinstance(found, str) else None
