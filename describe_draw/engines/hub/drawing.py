"""Which drawing options reach a model through a provider, and which get lost on the way."""

from inspect import signature
from typing import Any

from huggingface_hub import AsyncInferenceClient

from describe_draw.engines.model_families import never_used, steps_of
from describe_draw.options import ignored
from describe_draw.recipe import OPTIONS, Recipe
from describe_draw.texts import Message, message

_TAKEN = signature(AsyncInferenceClient.text_to_image).parameters
SENT = frozenset(name for name, option in OPTIONS.items() if option.upstream in _TAKEN)
"""The options that the client takes along."""


def options(
    recipe: Recipe, model: str, provider: str
) -> tuple[dict[str, Any], tuple[str, ...], tuple[Message, ...]]:
    """What to ask a provider for.

    Models that are made for a few steps are asked for a few: their providers refuse more.

    Returns:
        The client's keyword arguments, the recipe's options that are left out, and what a person
        should know.
    """
    steps = steps_of(model, recipe.steps)
    sent = SENT - never_used(model)
    values = recipe.options() | {"steps": steps}
    asked = {OPTIONS[name].upstream: values[name] for name in sent if values[name] != ""}
    lost = {"steps"} if provider == "nscale" else set()  # the client leaves them out for this one
    notes = (message("note.few_steps", steps=steps),) if steps < recipe.steps else ()
    return asked, ignored(recipe.options(), sent - lost), notes
