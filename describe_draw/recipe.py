"""What made a picture: its options, their limits, and the text form that travels in the PNG."""

import json
import secrets
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any, Self

from describe_draw.options import Option, check_text, check_whole, options_of
from describe_draw.problems import Problem
from describe_draw.settings import Settings

MAX_SEED = 2_147_483_647
RANDOM_SEED = -1
MAX_ROUNDS = 10
GRID = 64
SIDE = Option(does="Pixels, {low} to {high} in steps of 64.", low=GRID, high="max_side", step=GRID)
OWN_SIDE = Option(
    does="Pixels, 64 to {high} in steps of 64; 0 for the picture's own shape.",
    high="max_side",
    step=GRID,
)
LONGEST_OWN = 768
"""What the longer side has where a picture's own shape is asked for, in pixels."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What an image generator is told: the one table of drawing options.

    Sliders, the endpoints and their documentation, checks, engines' requests, and what is
    written into and read from pictures follow it. A new option is a field at the end, as callers
    count on the order; its texts; and whatever engines need to follow it.

    Args:
        prompt: What to draw, in words.
        model: `""` for the default, `builtin`, or one of the configured models.
        **options: Described by the `Option` beside each.
    """

    prompt: str
    negative_prompt: Annotated[
        str,
        Option(
            does="What must not appear.",
            aliases=("negative_prompt", "negativeprompt", "uc"),
        ),
    ] = ""
    steps: Annotated[
        int,
        Option(
            does="Inference steps, {low} to {high}.",
            low=1,
            high=100,
            upstream="num_inference_steps",
            written="Steps",
            aliases=("steps", "num_inference_steps"),
        ),
    ] = 25
    guidance: Annotated[
        float,
        Option(
            does="Guidance scale, {low} to {high}: how closely the prompt is followed.",
            low=1,
            high=20,
            step=0.5,
            upstream="guidance_scale",
            written="CFG scale",
            aliases=("guidance", "cfg_scale", "cfgscale", "guidance_scale", "scale", "cfg"),
        ),
    ] = 7
    width: Annotated[int, SIDE] = 512
    height: Annotated[int, SIDE] = 512
    seed: Annotated[
        int,
        Option(
            does="0 to {high} repeats a picture; -1 takes a random one.",
            low=RANDOM_SEED,
            high=MAX_SEED,
            written="Seed",
        ),
    ] = RANDOM_SEED
    model: str = ""

    @property
    def known(self) -> dict[str, Option]:
        """What is known of its options, by their names."""
        return OPTIONS

    def options(self) -> dict[str, Any]:
        """The options by their names."""
        return {name: getattr(self, name) for name in self.known}

    def asked(self) -> dict[str, Any]:
        """The options that say something: what is nothing by default only where it is something."""
        values = self.options()
        return {n: values[n] for n, o in self.known.items() if values[n] or o.default}

    def upstream(self) -> dict[str, Any]:
        """What is asked for, by the names that pipelines and the Hub have."""
        return {self.known[name].upstream: value for name, value in self.asked().items()}

    def checked(self, settings: Settings) -> Self:
        """The recipe within its limits, its prompts trimmed, its seed chosen.

        Raises:
            Problem: The option that is off and what it may be.
        """
        prompt = check_prompt(self.prompt, settings)
        options = self.options()
        checked = {name: self.known[name].checked(options[name], settings) for name in options}
        return replace(self, prompt=prompt, **checked | {"seed": check_seed(self.seed)})

    def parameters(self) -> str:
        """The text form that this field's tools read and write (PNG chunk `parameters`).

        Some of them take text without a sampler for no recipe.
        """
        lines = [self.prompt]
        if self.negative_prompt:
            lines.append(f"Negative prompt: {self.negative_prompt}")
        written = {self.known[name].written: value for name, value in self.asked().items()}
        pairs = {name: value for name, value in written.items() if name}
        pairs |= {"Size": f"{self.width}x{self.height}", "Model": self.model, "Sampler": "default"}
        lines.append(", ".join(f"{name}: {_written(value)}" for name, value in pairs.items()))
        return "\n".join(lines)

    def chunks(self, **details: object) -> dict[str, str]:
        """The PNG's text chunks: `parameters` for others, `describe_draw` (JSON) with all."""
        everything = json.dumps({**asdict(self), **details}, ensure_ascii=False)
        return {"parameters": self.parameters(), "describe_draw": everything}


@dataclass(frozen=True, slots=True)
class Edit(Recipe):
    """How a picture is drawn from another.

    Args:
        prompt: What to change, or what to draw in its place.
        **options: As `Recipe` has them, and `strength`.
        source: What the other picture is known again by, a SHA-256 of its file.
    """

    width: Annotated[int, OWN_SIDE] = 0
    height: Annotated[int, OWN_SIDE] = 0
    strength: Annotated[
        float,
        Option(
            does="{low} to {high}: how far to go from the picture; {low} keeps it.",
            high=1,
            step=0.05,
            written="Denoising strength",
            aliases=("strength", "denoising_strength"),
        ),
    ] = 0.6
    source: str = ""

    @property
    def known(self) -> dict[str, Option]:
        """As `Recipe.known`."""
        return EDIT_OPTIONS

    def fitted(self, size: tuple[int, int], settings: Settings) -> Self:
        """With the sides of a picture, in much its shape, where none are said."""
        if self.width and self.height:
            return self
        wide, high = size
        most = settings.max_side
        if self.width or self.height:
            scale = self.width / wide or self.height / high
        else:
            scale = min(1, min(most, LONGEST_OWN) / max(size))
        width, height = (min(max(GRID, round(s * scale / GRID) * GRID), most) for s in size)
        return replace(self, width=self.width or width, height=self.height or height)


OPTIONS = options_of(Recipe)
"""What is known of each option, by its name, in the order of `Recipe`."""

EDIT_OPTIONS = options_of(Edit)
"""As `OPTIONS`, for pictures that are drawn from others."""


def _written(value: object) -> str:
    """A value in the text form: numbers short, text quoted where it would end the value."""
    if isinstance(value, float):
        return f"{value:g}"
    return json.dumps(value) if isinstance(value, str) and set(value) & set(',:"') else str(value)


def check_prompt(prompt: object, settings: Settings) -> str:
    """The trimmed prompt; Problem where it is empty, no text or too long."""
    text = check_text("prompt", prompt, settings)
    if not text:
        raise Problem("no_prompt")
    return text


def check_seed(seed: object) -> int:
    """The seed, a fresh one for -1."""
    number = check_whole("seed", seed, RANDOM_SEED, MAX_SEED)
    return secrets.randbelow(MAX_SEED + 1) if number == RANDOM_SEED else number


def check_rounds(rounds: object) -> int:
    """How many rounds a game has."""
    return check_whole("rounds", rounds, 1, MAX_ROUNDS)
