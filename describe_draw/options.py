"""What is known of a drawing option, and the checks of what callers send for one.

The table of all options is `recipe.Recipe`: what is true of a field stands beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from describe_draw.languages import LANGUAGES, lookup
from describe_draw.problems import Problem
from describe_draw.settings import Settings
from describe_draw.texts import listed, message


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """What is true of a drawing option, whoever draws.

    Its name in sentences is `option.<name>` in the language files, its label on the page
    `app.<name>`.

    Args:
        does: What it does, for the documentation of the endpoints; `{low}` and `{high}` are its
            bounds.
        low: The smallest number, inclusive.
        high: The largest number, inclusive, or the setting that says it.
        step: In what steps a number is chosen on the page; whole ones must be multiples of it.
        upstream: Its name in diffusers' pipelines, huggingface_hub's client and dedicated
            endpoints; its own by default.
        written: Its name in the text that AUTOMATIC1111's web UI and its kin write and read,
            empty where the text has it in another form. What is nothing by default is written
            only where it is something.
        aliases: Its names in the JSON of other tools, in small letters; its own by default.
        name: The field's name.
        type: `str`, `int` or `float`.
        default: Its value where nothing is said.
    """

    does: str
    low: float = 0
    high: float | str = 0
    step: float = 1
    upstream: str = ""
    written: str = ""
    aliases: tuple[str, ...] = ()
    name: str = ""
    type: type = str
    default: Any = ""

    def most(self, settings: Settings) -> float:
        """The largest number that it may be here."""
        return getattr(settings, self.high) if isinstance(self.high, str) else self.high

    def begins(self, settings: Settings) -> Any:
        """Its value where nothing is said, within the operator's limits."""
        return self.default if self.type is str else min(self.default, self.most(settings))

    def documented(self, settings: Settings) -> str:
        """What it does and may be, in a line."""
        return self.does.format(low=f"{self.low:.10g}", high=f"{self.most(settings):.10g}")

    def checked(self, value: object, settings: Settings) -> Any:
        """The value, if it may be that.

        Raises:
            Problem: What it may be.
        """
        if self.type is str:
            return check_text(self.name, value, settings)
        high = self.most(settings)
        if self.type is float:
            return check_number(self.name, value, self.low, high)
        number = check_whole(self.name, value, int(self.low), int(high))
        if number % self.step:
            raise Problem("off_the_grid", option=_label(self.name), high=high)
        return number


def options_of(recipe: type) -> dict[str, Option]:
    """The options among a dataclass's fields: those that are annotated with one."""
    hints = get_type_hints(recipe, include_extras=True)
    found = {}
    for field in fields(recipe):
        hint = hints[field.name]
        if get_origin(hint) is Annotated:
            kind, option = get_args(hint)
            found[field.name] = replace(
                option,
                name=field.name,
                type=kind,
                default=field.default,
                upstream=option.upstream or field.name,
                aliases=option.aliases or (field.name,),
            )
    return found


def check_text(name: str, value: object, settings: Settings, most: int = 0) -> str:
    """The trimmed text of an option; Problem where it is none that can be sent on, or too long."""
    text = _text(name, value).strip()
    limit = most or settings.max_prompt_chars
    if len(text) > limit:
        raise Problem("text_too_long", option=_label(name), limit=limit, length=len(text))
    return text


def check_number(name: str, value: object, low: float, high: float) -> float:
    """A number in its bounds; Problem for anything else, NaN included."""
    if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
        return value
    raise Problem("out_of_range", option=_label(name), low=low, high=high)


def check_whole(name: str, value: object, low: int, high: int) -> int:
    """A whole number in its bounds; Problem for anything else."""
    number = check_number(name, value, low, high)
    if number != int(number):
        raise Problem("not_whole", option=_label(name), low=low, high=high)
    return int(number)


def check_language(value: object) -> str:
    """The language that a caption is asked for in, as `languages.LANGUAGES` has it.

    Args:
        value: A tag by BCP 47, e.g. `zh`, `de-AT` or `en`; nothing is English.

    Returns:
        Its code, empty for English.

    Raises:
        Problem: It is none of those.
    """
    tag = value.strip() if isinstance(value, str) else value
    found = lookup(tag, LANGUAGES) if isinstance(tag, str) else None
    if found is None and tag not in ("", None):
        raise Problem("unknown_language", languages=listed([*LANGUAGES]))
    return "" if found in (None, "en") else found


def ignored(asked: Mapping[str, Any], followed: frozenset[str]) -> tuple[str, ...]:
    """The options that were asked for, by their names and values, and aren't followed."""
    return tuple(name for name, value in asked.items() if value != "" and name not in followed)


def _label(name: str) -> object:
    return message(f"option.{name}")


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
    raise Problem("odd_text", option=_label(name))
