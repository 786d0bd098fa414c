"""Loads a model of diffusers that draws, and runs it.

What is imported here takes seconds: import it in a thread, or at the start on ZeroGPU.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import torch
from PIL.Image import Image

from describe_draw.engines.local.devices import kind_checked, placed, placed_as, precision_of
from describe_draw.engines.local.kinds import OnlyDraws, OnlyEdits, WrongKind, shown
from describe_draw.engines.local.pipelines import Asking
from describe_draw.engines.local.results import Drawn
from describe_draw.options import ignored
from describe_draw.recipe import Edit, Recipe

Step = Callable[[int], None]


class DiffusionModel:
    """Any of diffusers' text-to-image and image-to-image pipelines.

    Args:
        name: A Hub id or a folder.
        device: Where it runs.

    Raises:
        WrongKind: The model doesn't draw what words say.
        ImportError: It needs a package that isn't there.
        OSError: The model isn't there.
    """

    def __init__(self, name: str, device: str) -> None:
        with kind_checked(name):
            pipeline, draws = _loaded(name, device)
        self._name = shown(name)
        first = _Asked(pipeline, self._name)
        pipeline = placed(pipeline, device)
        self._drawing = first if draws else None
        self._editing = _sibling(pipeline, self._name, device) if draws else first

    def steps(self, recipe: Recipe) -> int:
        """How many steps it will take."""
        asked = self._editing if isinstance(recipe, Edit) else self._drawing
        return asked.asking.done(recipe) if asked else recipe.steps

    def draw(self, recipe: Recipe, step: Step) -> Drawn:
        """Draw a recipe, as far as the pipeline takes its options.

        Raises:
            OnlyEdits: It needs a picture.
        """
        if self._drawing is None:
            raise OnlyEdits(self._name)
        return self._drawing.draw(recipe, step)

    def edit(self, recipe: Edit, picture: Image, step: Step) -> Drawn:
        """As `draw`, from a picture of the recipe's size.

        Raises:
            OnlyDraws: It has no way to.
        """
        if self._editing is None:
            raise OnlyDraws(self._name)
        return self._editing.edit(recipe, picture, step)


class _Asked:
    """A pipeline, and how it is asked.

    Attributes:
        asking: The latter.

    Raises:
        WrongKind: As `Asking`.
    """

    def __init__(self, pipeline: Any, name: str) -> None:
        self.asking = Asking(
            pipeline.__call__,
            f"{name} {type(pipeline).__name__}",
            parts=pipeline.components,
            is_distilled=bool(pipeline.config.get("is_distilled")),
        )
        pipeline.set_progress_bar_config(disable=True)
        self._pipeline = pipeline

    def edit(self, recipe: Edit, picture: Image, step: Step) -> Drawn:
        """A drawing from a picture, the picture itself where no step would change it."""
        if self.asking.keeps and not self.asking.steps(recipe):
            return Drawn(picture, ignored=(), steps=recipe.steps)
        drawn = self.draw(recipe, step, image=picture)
        sides = (recipe.width, recipe.height)
        if drawn.picture.size != sides:  # as some pipelines have sides of their own
            drawn = replace(drawn, picture=drawn.picture.resize(sides))
        return drawn

    def draw(self, recipe: Recipe, step: Step, **more: Any) -> Drawn:
        """A drawing, from whatever more the pipeline is given."""
        asking, steps = self.asking, self.asking.steps(recipe)
        done = asking.done(recipe)
        generator = torch.Generator("cpu").manual_seed(recipe.seed)  # the same on every device
        telling = asking.telling(step, lambda: self._rounds() * done // steps, done)
        with torch.inference_mode():
            answer = self._pipeline(**asking.asked(recipe, generator), **more, **telling)
        unused = asking.unused - (asking.given if more else set())
        return Drawn(
            picture=answer.images[0].convert("RGB"),
            ignored=ignored(recipe.options(), frozenset(recipe.known) - unused),
            steps=steps,
            tells_steps=asking.tells_steps,
        )

    def _rounds(self) -> int:
        return len(self._pipeline.scheduler.timesteps)


def _loaded(name: str, device: str) -> tuple[Any, bool]:
    """A model's pipeline, one that draws from words where it has any, and whether it does."""
    from diffusers import AutoPipelineForImage2Image, AutoPipelineForText2Image

    precision = precision_of(device)
    try:
        return AutoPipelineForText2Image.from_pretrained(name, dtype=precision), True
    except ValueError as error:
        with suppress(ValueError):
            return AutoPipelineForImage2Image.from_pretrained(name, dtype=precision), False
        raise error


def _sibling(pipeline: Any, name: str, device: str) -> _Asked | None:
    """What draws from pictures with a pipeline's parts: nothing is loaded twice."""
    from diffusers import AutoPipelineForImage2Image

    with suppress(ValueError, WrongKind):
        editing = AutoPipelineForImage2Image.from_pipe(pipeline)
        return _Asked(placed_as(editing, pipeline, device), name)
    return None
