"""Try every task once with something small, and say who answered and what is wrong.

Nothing is kept. Where a task fails, its sentence says what to set up; a task that nobody answers
is no failure.
"""

from argparse import ArgumentParser, Namespace

from describe_draw.check import check
from describe_draw.settings import load

EXAMPLES = """\
examples:
  describe-draw check
  ENGINE=hub describe-draw check"""


def add(parser: ArgumentParser) -> None:
    """Take nothing."""


async def run(arguments: Namespace) -> int:
    """Print what became of each task."""
    return min(1, await check(load()))
