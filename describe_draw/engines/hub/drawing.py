"""Which drawing options reach a model through a provider, and which get lost on the way."""

from inspect import signature
from typing import Any

from huggingface_hub import AsyncInferenceClient

from describe_draw.engines.hub.provider_options import terms_of
from describe_draw.engines.model_families import never_used, steps_of
from describe_draw.options import ignored
from describe_draw.recipe import EDIT_OPTIONS, OPTIONS, Edit, Recipe
from describe_draw.texts import Message, message

_TAKEN = signature(AsyncInferenceClient.text_to_image).parameters
SENT = frozenset(name for name, option in OPTIONS.items() if option.upstream in _TAKEN)
"""The options that the client takes along; where it edits, it takes whatever it is given."""


def followed(model: str, provider: str, *, edits: bool = False) -> frozenset[str]:
    """The options that a model follows at a provider; `auto` where that isn't known yet."""
    sent = frozenset(EDIT_OPTIONS) if edits else SENT
    return sent - never_used(model) - terms_of(provider, model, edits=edits).lost


def options(
    recipe: Recipe, model: str, provider: str
) -> tuple[dict[str, Any], tuple[str, ...], tuple[Message, ...]]:
    """What to ask a provider for, in its own terms, and no more than it doesn't refuse.

    Returns:
        The client's keyword arguments, the recipe's options that are left out, and what a person
        should know.
    """
    edits = isinstance(recipe, Edit)
    terms, taken = terms_of(provider, model, edits=edits), followed(model, provider, edits=edits)
    values = recipe.asked() | {"steps": steps_of(model, recipe.steps)}
    sent = terms.bounded({name: value for name, value in values.items() if name in taken})
    left_out = ignored(recipe.options(), taken)
    return terms.worded(sent), left_out, tuple(_notes(recipe, sent))


def _notes(recipe: Recipe, sent: dict[str, Any]) -> list[Message]:
    """What was asked for otherwise than the person did."""
    notes = []
    steps = sent.get("steps", recipe.steps)
    if steps < recipe.steps:
        notes.append(message("note.few_steps", steps=steps))
    if steps > recipe.steps:
        notes.append(message("note.more_steps", steps=steps))
    if sent.get("guidance", recipe.guidance) < recipe.guidance:
        notes.append(message("note.less_guidance", guidance=f"{sent['guidance']:g}"))
    return notes
