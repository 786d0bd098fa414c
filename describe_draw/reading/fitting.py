"""A recipe from anywhere becomes one within this app's limits."""

import math
import re
from dataclasses import asdict, dataclass, replace
from typing import Any

from describe_draw.options import Option
from describe_draw.reading.formats import Found
from describe_draw.recipe import OPTIONS, Recipe
from describe_draw.settings import Settings

MOST_DETAILS = 40
LONGEST_DETAIL = 300
UNPRINTABLE = re.compile(r"[^\n\t\x20-\ud7ff\ue000-\U0010ffff]|\x7f")


@dataclass(frozen=True, slots=True)
class Fitted:
    """A recipe that can be drawn here.

    Args:
        recipe: Within the limits.
        format: Whose format the file is in.
        changed: The options that had to change, with what the file said.
        more: What else the file said, cut to a decent length.
    """

    recipe: Recipe
    format: str
    changed: dict[str, str]
    more: dict[str, Any]

    def options(self) -> dict[str, Any]:
        """The recipe by the names of `/generate`'s parameters."""
        return asdict(self.recipe)

    def details(self) -> dict[str, Any]:
        """Everything else, ready for JSON."""
        changed = {"changed": self.changed} if self.changed else {}
        return {"format": self.format, **changed, **self.more}


def fit(found: Found, settings: Settings, models: list[str]) -> Fitted | None:
    """The recipe of a file within this app's limits; None where no prompt is left."""
    said = found.options
    options = {name: _fitted(said.get(name), option, settings) for name, option in OPTIONS.items()}
    recipe = Recipe(
        prompt=_text(said.get("prompt"), settings.max_prompt_chars),
        **options,
        model=_model(said.get("model"), models),
    )
    width, height = _sides(said, settings.max_side, OPTIONS["width"].begins(settings))
    recipe = replace(recipe, width=width, height=height)
    if not recipe.prompt:
        return None
    return Fitted(recipe, found.format, _changed(said, recipe), _decent(found.more))


def _fitted(value: object, option: Option, settings: Settings) -> Any:
    """What a file says of an option, within its limits."""
    if option.type is str:
        return _text(value, settings.max_prompt_chars)
    most = option.most(settings)
    number = _number(value, option.low, most, option.begins(settings))
    return int(number) if option.type is int else number


def _sides(said: dict[str, Any], longest: int, default: int) -> tuple[int, int]:
    """Width and height in steps of 64; too large a picture is made smaller in its proportions."""
    width = _number(said.get("width"), 1, 1e6, default)
    height = _number(said.get("height"), 1, 1e6, default)
    scale = min(1, longest / max(width, height))
    first, second = (max(64, round(side * scale / 64) * 64) for side in (width, height))
    return first, second


def _number(value: object, low: float, high: float, default: float) -> float:
    """A number in its bounds; whole ones are whole."""
    number = _parsed(value)
    if number is None:
        return default
    number = min(max(number, low), high)
    return int(number) if number == int(number) else number


def _parsed(value: object) -> float | None:
    """A number, also one written as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except OverflowError:  # an integer beyond all floats
        return math.inf
    except ValueError:
        return None
    return None if math.isnan(number) else number


def _text(value: object, longest: int) -> str:
    """A text without what can't be shown or sent on."""
    if not isinstance(value, str):
        return ""
    looked_at = value.strip()[: 2 * longest]
    return UNPRINTABLE.sub("", looked_at).strip()[:longest].rstrip()


def _model(value: object, models: list[str]) -> str:
    return value if isinstance(value, str) and value in models else ""


def _changed(said: dict[str, Any], recipe: Recipe) -> dict[str, str]:
    """The options that the file has otherwise, with its values."""
    changed = {}
    for name, now in asdict(recipe).items():
        before = said.get(name)
        same = _parsed(before) == now or (isinstance(before, str) and before.strip() == now)
        if not same and before not in (None, ""):
            changed[name] = _short_text(before)
    return changed


def _decent(values: dict[str, Any]) -> dict[str, Any]:
    """A few short values; what is nested is said as text."""
    few = list(values.items())[:MOST_DETAILS]
    return {_text(str(key), 60): _short(value) for key, value in few}


def _short(value: object) -> Any:
    if isinstance(value, list) and len(value) <= 20 and all(isinstance(v, str) for v in value):
        return [_text(v, LONGEST_DETAIL) for v in value]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float) and abs(value) <= 1e15:  # NaN and infinity aren't JSON
        return value
    return _short_text(value)


def _short_text(value: object) -> str:
    try:
        text = str(value)
    except ValueError:  # an integer of too many digits
        text = "∞"
    except RecursionError:
        text = "…"
    return _text(text[: 2 * LONGEST_DETAIL], LONGEST_DETAIL)
