"""Styles of drawings: words that are added to a prompt, from styles.toml."""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TypeVar

from describe_draw.problems import Problem
from describe_draw.recipe import Recipe
from describe_draw.texts import listed

R = TypeVar("R", bound=Recipe)


@dataclass(frozen=True, slots=True)
class Style:
    """What a style adds.

    Args:
        says: Its name for people, by language.
        prompt: Words for the prompt, in English.
        negative_prompt: Words for the negative prompt, in English.
    """

    says: dict[str, str]
    prompt: str
    negative_prompt: str


@cache
def styles() -> dict[str, Style]:
    """All styles by their names, in the order of the page."""
    text = files(__package__).joinpath("styles.toml").read_text("utf-8")
    return {name: Style(**said) for name, said in tomllib.loads(text).items()}


def styled(recipe: R, name: str) -> R:
    """A recipe with a style's words after its own; the same recipe where no style is named.

    Raises:
        Problem: There is no such style, and which there are.
    """
    if not name:
        return recipe
    if not isinstance(name, str) or not (style := styles().get(name)):
        raise Problem("unknown_drawing_style", styles=listed([*styles()]))
    return replace(
        recipe,
        prompt=f"{recipe.prompt}, {style.prompt}",
        negative_prompt=", ".join(filter(None, (recipe.negative_prompt, style.negative_prompt))),
    )


def unstyled(recipe: R) -> tuple[R, str]:
    """A recipe without the words that a style added, and that style; as it is where none did."""
    for name, style in styles().items():
        if recipe.prompt.endswith(f", {style.prompt}"):
            prompt = recipe.prompt.removesuffix(f", {style.prompt}")
            rest = recipe.negative_prompt.removesuffix(style.negative_prompt)
            return replace(recipe, prompt=prompt, negative_prompt=rest.removesuffix(", ")), name
    return recipe, ""
