"""Loads a model of diffusers that draws, and runs it.

What is imported here takes seconds: import it in a thread, or at the start on ZeroGPU.
"""

from collections.abc import Callable

import torch

from describe_draw.engines.local.devices import kind_checked, placed, precision_of
from describe_draw.engines.local.kinds import shown
from describe_draw.engines.local.pipelines import Asking
from describe_draw.engines.local.results import Drawn
from describe_draw.options import ignored
from describe_draw.recipe import OPTIONS, Recipe

Step = Callable[[int], None]


class DiffusionModel:
    """Any of diffusers' text-to-image pipelines.

    Args:
        name: A Hub id or a folder.
        device: Where it runs.

    Raises:
        WrongKind: The model doesn't draw what words say.
        ImportError: It needs a package that isn't there.
        OSError: The model isn't there.
    """

    def __init__(self, name: str, device: str) -> None:
        from diffusers import AutoPipelineForText2Image

        with kind_checked(name):
            pipeline = AutoPipelineForText2Image.from_pretrained(name, dtype=precision_of(device))
        self._asking = Asking(
            pipeline.__call__,
            f"{shown(name)} {type(pipeline).__name__}",
            parts=pipeline.components,
            is_distilled=bool(pipeline.config.get("is_distilled")),
        )
        pipeline.set_progress_bar_config(disable=True)
        self._pipeline = placed(pipeline, device)

    def draw(self, recipe: Recipe, step: Step) -> Drawn:
        """Draw a recipe, as far as the pipeline takes its options."""
        asking, steps = self._asking, self._asking.steps(recipe)
        generator = torch.Generator("cpu").manual_seed(recipe.seed)  # the same on every device
        telling = asking.telling(step, lambda: len(self._pipeline.scheduler.timesteps), steps)
        with torch.inference_mode():
            answer = self._pipeline(**asking.asked(recipe, generator), **telling)
        return Drawn(
            picture=answer.images[0].convert("RGB"),
            ignored=ignored(recipe.options(), frozenset(OPTIONS) - asking.unused),
            steps=steps,
            tells_steps=asking.tells_steps,
        )
