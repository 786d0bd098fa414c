"""What is wrong with how a command was called."""

from collections.abc import Iterator
from contextlib import contextmanager

from describe_draw.problems import Problem


class Misuse(Exception):
    """A command that was called in a way that it can't follow, told in one sentence."""


@contextmanager
def misused() -> Iterator[None]:
    """For what was named on the command line: a problem with it is a misuse."""
    try:
        yield
    except Problem as problem:
        raise Misuse(problem.told.say()) from None
