"""Who answered, and what of the wishes went unheard: in words."""

from html import escape

from describe_draw.engines.base import Credit
from describe_draw.texts import Message, message
from describe_draw.ui.visit import Visit


def credit_parts(credit: Credit, *more: Message) -> list[Message]:
    """Who answered and how long it took, what went unused, and what else a person should know.

    Args:
        credit: Who answered.
        *more: What is said after who it was.
    """
    seconds = f"{credit.seconds:.2f}" if credit.seconds < 10 else f"{credit.seconds:.0f}"
    named = credit.model != credit.engine
    key = "page.answered_model" if named else "page.answered"
    model = f"{credit.model} ({credit.provider})" if credit.provider else credit.model
    engine = message(f"engine.{credit.engine}")
    parts = [message(key, engine=engine, model=model, seconds=seconds), *more]
    if credit.ignored:
        parts.append(message("page.ignored", options=options_named(credit.ignored)))
    return [*parts, *credit.notes]


def credit_line(credit: Credit, visit: Visit) -> str:
    """The same as a line of HTML, in the visitor's language."""
    parts = [part.say(visit.language) for part in credit_parts(credit)]
    return f'<p class="credit">{escape(" · ".join(parts))}</p>'


def options_named(names: tuple[str, ...]) -> tuple[Message, ...]:
    """Drawing options by the names that people read."""
    return tuple(message(f"option.{name}") for name in names)
