"""Which drawing options reach a model through a provider, and which get lost on the way."""

import re
from typing import Any

from describe_draw.recipe import Recipe
from describe_draw.texts import Message, message

FEW_STEPS = 4
_DISTILLED = re.compile(r"schnell|turbo|lightning|\blcm\b", re.IGNORECASE)


def never_used(model: str) -> frozenset[str]:
    """The options that a model has no use for, whoever serves it."""
    unused = set()
    if "flux" in model.lower():
        unused.add("negative_prompt")
    if _DISTILLED.search(model):
        unused.add("guidance")
    return frozenset(unused)


def options(
    recipe: Recipe, model: str, provider: str
) -> tuple[dict[str, Any], tuple[str, ...], tuple[Message, ...]]:
    """What to ask a provider for.

    Models that are made for a few steps are asked for a few: their providers refuse more.

    Returns:
        The client's keyword arguments, the recipe's options that are left out, and what a person
        should know.
    """
    unused = never_used(model)
    steps = min(recipe.steps, FEW_STEPS) if _DISTILLED.search(model) else recipe.steps
    negative = "" if "negative_prompt" in unused else recipe.negative_prompt
    asked = {
        "negative_prompt": negative or None,
        "num_inference_steps": steps,
        "guidance_scale": None if "guidance" in unused else recipe.guidance,
        "width": recipe.width,
        "height": recipe.height,
        "seed": recipe.seed,
    }
    ignored = {
        "negative_prompt": negative != recipe.negative_prompt,
        "steps": provider == "nscale",  # the client leaves them out for this one
        "guidance": "guidance" in unused,
    }
    notes = (message("note.few_steps", steps=steps),) if steps < recipe.steps else ()
    return asked, tuple(name for name, is_ignored in ignored.items() if is_ignored), notes
