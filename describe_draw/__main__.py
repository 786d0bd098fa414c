"""`python -m describe_draw check`: would it answer, and what is wrong where it wouldn't."""

import asyncio
import io
import logging
import os
import sys

os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

from describe_draw.check import check
from describe_draw.settings import SettingsError, load


def main() -> int:
    """Run the named command; the exit status is 1 where something is wrong."""
    if sys.argv[1:] != ["check"]:
        print("usage: python -m describe_draw check", file=sys.stderr)
        return 2
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # Windows writes a file in few characters
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        return min(1, asyncio.run(check(load())))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
