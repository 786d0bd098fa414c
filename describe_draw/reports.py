"""How a call tells what is happening while it runs."""

from typing import Protocol

from describe_draw.texts import Message


class Report(Protocol):
    """Told what is happening while a call runs, e.g. that a model is loading."""

    def __call__(self, message: Message, fraction: float | None = None, /) -> None:
        """Tell it, with how much is done, from 0 to 1, where that is known."""


WRITTEN = "report.written"
"""The key of what a model has written so far, which is for those who show it as it is written."""


def without_words(report: Report) -> Report:
    """A report that is told all but what is written so far."""

    def tell(message: Message, fraction: float | None = None) -> None:
        if message.key != WRITTEN:
            report(message, fraction)

    return tell


def ignore_progress(message: Message, fraction: float | None = None) -> None:
    """Nobody listens."""
