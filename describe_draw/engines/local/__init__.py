"""Models in this process: transformers describe, diffusers draw; on ZeroGPU too."""

import logging
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from PIL.Image import Image

from describe_draw.access import Caller
from describe_draw.caption_options import STYLES, CaptionOptions
from describe_draw.engines.base import (
    Call,
    Capability,
    Caption,
    Credit,
    GeneratedImage,
    Source,
    Task,
    only_english,
)
from describe_draw.engines.calling.model_text import plain
from describe_draw.engines.local import gpu
from describe_draw.engines.local.kinds import SHORT, can_do, options_of, shown, styles_of
from describe_draw.engines.local.pace import Stopwatch, megapixels, pace_of
from describe_draw.engines.local.problems import again, at_start, problem_of
from describe_draw.engines.local.results import Drawn
from describe_draw.engines.local.runs import Runs
from describe_draw.problems import EngineProblem, Problem
from describe_draw.recipe import Edit, Recipe
from describe_draw.settings import Settings
from describe_draw.texts import listed, message
from describe_draw.turns import Turns

if TYPE_CHECKING:
    from describe_draw.engines.local.describing import CaptionModel

log = logging.getLogger(__name__)
NEEDS: dict[Task, tuple[str, ...]] = {
    "describe": ("torch", "transformers"),
    "draw": ("torch", "transformers", "diffusers"),
    "edit": ("torch", "transformers", "diffusers"),
}
REQUIREMENTS = "requirements-local.txt"
ON_A_SPACE = f"append the lines of {REQUIREMENTS} to requirements.txt"
"""Which is the only file that a Space's build sees."""


class Local:
    """Describes and draws with local models.

    Args:
        settings: Which models, and on which device.
    """

    name = "local"

    def __init__(self, settings: Settings) -> None:
        self._device = settings.local_device
        self._on_space = settings.system == "spaces"
        self._models: dict[Task, str] = {
            "describe": settings.local_caption_model,
            "draw": settings.local_image_model,
            "edit": settings.local_image_model,
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
        if self._is_installed(task):
            return ""
        return ON_A_SPACE if self._on_space else f"install {REQUIREMENTS}"

    def capabilities(self, task: Task, caller: Caller) -> tuple[Capability, ...]:
        """Set up where requirements-local.txt is installed."""
        model = self._models.get(task, "")
        if not model or not self._is_installed(task) or not can_do(task, model):
            return ()
        can = Capability(
            engine=self.name,
            model=shown(model),
            styles=styles_of(model) if task == "describe" else (),
            instructs=task == "describe" and styles_of(model) == STYLES,
            options=options_of(task, model),
            payer="visitor" if gpu.IS_ZERO else "nobody",
        )
        return (can,)

    async def caption(self, picture: Image, asked: CaptionOptions, call: Call) -> Caption:
        """Describe a picture, in one of the styles that the model has once it is loaded."""
        model = self._models["describe"]
        if asked.style not in SHORT:
            styles = (await self._describer(model)).styles
            if asked.style not in styles:
                raise Problem("unknown_style", styles=listed(styles))
        if asked.instruction and not (await self._describer(model)).chats:
            raise Problem("no_instruction", model=shown(model))
        values = (model, self._device, picture, asked)
        said = await self._run("describe", gpu.describe, values, call)
        text = plain(said, lines=asked.has_lines)
        if not text:
            raise EngineProblem("empty_answer", model=shown(model))
        chats = (await self._describer(model)).chats
        notes = () if chats else only_english(asked)
        ignored = () if chats else asked.told
        credit = Credit(engine=self.name, model=shown(model), ignored=ignored, notes=notes)
        return Caption(text, credit)

    async def generate(self, recipe: Recipe, call: Call) -> GeneratedImage:
        """Draw a recipe; every step is told, where the model tells it."""
        asked = (self._models["draw"], self._device, recipe)
        return self._drawing(await self._run("draw", gpu.draw, asked, call, recipe), recipe)

    async def edit(self, recipe: Edit, source: Source, call: Call) -> GeneratedImage:
        """As `generate`, from a picture, by what else draws with the parts of the same model."""
        asked = (self._models["edit"], self._device, recipe, source.picture)
        return self._drawing(await self._run("edit", gpu.edit, asked, call, recipe), recipe)

    def _drawing(self, drawn: Drawn, recipe: Recipe) -> GeneratedImage:
        model, notes = self._models["draw"], []
        if drawn.steps < recipe.steps:
            notes.append(message("note.few_steps", steps=drawn.steps))
        if not drawn.tells_steps:
            notes.append(message("note.unstoppable", model=shown(model)))
        credit = Credit(
            engine=self.name, model=shown(model), ignored=drawn.ignored, notes=tuple(notes)
        )
        return GeneratedImage(drawn.picture, credit, recipe.prompt)

    def _is_installed(self, task: Task) -> bool:
        return self._device != "none" and all(find_spec(name) for name in NEEDS[task])

    def _load_all(self) -> None:
        """On ZeroGPU models must be there before the app is launched; none is loaded later."""
        loads: dict[Task, Any] = {"describe": gpu.describer, "draw": gpu.drawer}
        for task, load in loads.items():
            model = self._models[task]
            if self._is_installed(task):
                try:
                    load(model, self._device)
                except Exception as error:  # the app starts, and tells it when it is asked
                    failed = self._failed[task] = at_start(error, task, shown(model))
                    log.warning(
                        "%s could not be loaded [%s] %s: %s",
                        shown(model),
                        failed.reference,
                        failed.name,
                        type(error).__name__,
                    )

    async def _describer(self, model: str) -> "CaptionModel":
        """The model that describes, loaded."""
        self._check_start("describe")
        try:
            return await self._runs.blocking(lambda: gpu.describer(model, self._device))
        except Exception as error:
            raise problem_of(error, "describe", shown(model)) from error

    def _check_start(self, task: Task) -> None:
        if failed := self._failed.get("draw" if task == "edit" else task):
            raise again(failed)

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
                call.report(message("report.loading_local", model=shown(self._models[task])))
            return await self._result(task, run, asked, call, recipe)

    async def _result(
        self, task: Task, run: Any, asked: tuple[Any, ...], call: Call, recipe: Recipe | None
    ) -> Any:
        watch = Stopwatch()

        def heard(step: int) -> None:
            watch.step(step)
            if recipe:
                steps = gpu.steps(self._models[task], self._device, recipe)
                call.report(message("report.step", step=step, steps=steps), step / steps)

        try:
            return await self._runs.result(run, asked, heard)
        except Exception as error:
            raise problem_of(error, task, shown(self._models[task])) from error
        finally:
            if seconds := watch.seconds():
                size = megapixels(recipe.width, recipe.height) if recipe else 1
                pace_of(task, self._models[task]).remember(seconds / size)
