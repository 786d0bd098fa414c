"""How a call tells what is happening while it runs."""

from typing import Protocol

from describe_draw.texts import Message


class Report(Protocol):
    """Told what is happening while a call runs, e.g. that a model is loading."""

    def __call__(self, message: Message, fraction: float | None = None, /) -> None:
        """Tell it, with how much is done, from 0 to 1, where that is known."""


def ignore_progress(message: Message, fraction: float | None = None) -> None:
    """Nobody listens."""
