"""What made a picture: its options, their limits, and the text form that travels in the PNG."""

import json
import secrets
from dataclasses import asdict, dataclass, replace

from describe_draw.problems import Problem
from describe_draw.settings import Settings
from describe_draw.texts import message

MAX_SEED = 2_147_483_647
RANDOM_SEED = -1
MAX_ROUNDS = 10
OPTIONS = ("negative_prompt", "steps", "guidance", "width", "height", "seed")


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything a image_generator is told.

    Args:
        prompt: What to draw, in words.
        negative_prompt: What must not appear.
        steps: Inference steps, 1 to 100.
        guidance: Guidance scale, 1 to 20: how closely the prompt is followed.
        width: Pixels, 64 to `MAX_SIDE` in steps of 64.
        height: Pixels, 64 to `MAX_SIDE` in steps of 64.
        seed: 0 to 2147483647 repeats a picture; -1 draws a new one.
        model: `""` for the default, `builtin`, or one of the configured models.
    """

    prompt: str
    negative_prompt: str = ""
    steps: int = 25
    guidance: float = 7
    width: int = 512
    height: int = 512
    seed: int = RANDOM_SEED
    model: str = ""

    def checked(self, settings: Settings) -> "Recipe":
        """The recipe within its limits, its prompts trimmed, its seed chosen.

        Raises:
            Problem: The option that is off and what it may be.
        """
        return replace(
            self,
            prompt=check_prompt(self.prompt, settings),
            negative_prompt=check_text("negative_prompt", self.negative_prompt, settings),
            steps=_whole("steps", self.steps, 1, 100),
            guidance=_number("guidance", self.guidance, 1, 20),
            width=_side("width", self.width, settings.max_side),
            height=_side("height", self.height, settings.max_side),
            seed=check_seed(self.seed),
        )

    def parameters(self) -> str:
        """The text form that this field's tools read and write (PNG chunk `parameters`).

        Some of them take text without a sampler for no recipe.
        """
        lines = [self.prompt]
        if self.negative_prompt:
            lines.append(f"Negative prompt: {self.negative_prompt}")
        model = json.dumps(self.model) if set(self.model) & set(',:"') else self.model
        lines.append(
            f"Steps: {self.steps}, CFG scale: {self.guidance:g}, Seed: {self.seed}, "
            f"Size: {self.width}x{self.height}, Model: {model}, Sampler: default"
        )
        return "\n".join(lines)

    def chunks(self, **details: object) -> dict[str, str]:
        """The PNG's text chunks: `parameters` for others, `describe_draw` (JSON) with all."""
        everything = json.dumps({**asdict(self), **details}, ensure_ascii=False)
        return {"parameters": self.parameters(), "describe_draw": everything}


def check_prompt(prompt: object, settings: Settings) -> str:
    """The trimmed prompt; Problem where it is empty, no text or too long."""
    text = check_text("prompt", prompt, settings)
    if not text:
        raise Problem("no_prompt")
    return text


def check_seed(seed: object) -> int:
    """The seed, a fresh one for -1."""
    number = _whole("seed", seed, RANDOM_SEED, MAX_SEED)
    return secrets.randbelow(MAX_SEED + 1) if number == RANDOM_SEED else number


def check_rounds(rounds: object) -> int:
    """How many rounds a game has."""
    return _whole("rounds", rounds, 1, MAX_ROUNDS)


def _option(name: str) -> object:
    return message(f"option.{name}")


def check_text(name: str, value: object, settings: Settings) -> str:
    """The trimmed text of an option; Problem where it is none that can be sent on, or too long."""
    text = _text(name, value).strip()
    if len(text) > settings.max_prompt_chars:
        raise Problem(
            "text_too_long", option=_option(name), limit=settings.max_prompt_chars, length=len(text)
        )
    return text


def _text(name: str, value: object) -> str:
    """A text, a number as its text; lone surrogates can't be written into a file or request."""
    if value is None:
        return ""
    try:
        if isinstance(value, str):
            value.encode("utf-8")
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    except ValueError:  # of surrogates, and of an integer of too many digits
        pass
    raise Problem("odd_text", option=_option(name))


def _number(name: str, value: object, low: float, high: float) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
        return value  # NaN is in no range
    raise Problem("out_of_range", option=_option(name), low=low, high=high)


def _whole(name: str, value: object, low: int, high: int) -> int:
    number = _number(name, value, low, high)
    if number != int(number):
        raise Problem("not_whole", option=_option(name), low=low, high=high)
    return int(number)


def _side(name: str, value: object, max_side: int) -> int:
    side = _whole(name, value, 64, max_side)
    if side % 64:
        raise Problem("off_the_grid", option=_option(name), high=max_side)
    return side
