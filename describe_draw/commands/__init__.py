"""The shell: `describe-draw`, or `python -m describe_draw`; one module a command.

A module has `add`, which names its arguments, and `run`. Only the one that is called is imported,
so that help is there at once; none imports Gradio but `serve`.
"""

import asyncio
import io
import logging
import os
import signal
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib import import_module
from inspect import getdoc, iscoroutine
from types import ModuleType

from describe_draw import __version__
from describe_draw.commands.misuse import Misuse

COMMANDS = {
    "caption": "describe pictures: files, folders, globs and zips",
    "draw": "draw a prompt, or a list of prompts",
    "play": "play the game many times, and measure how far stories drift",
    "recipe": "print what a picture was drawn with",
    "check": "try every task once, and say what is wrong",
    "serve": "serve the page and its endpoints",
}

PROGRAM = "describe-draw"
FAILED, MISUSED, INTERRUPTED = 1, 2, 130

EXIT = """\
exit status:
  0    all was done
  1    something failed, or a setting can't be used
  2    the command was used wrongly, and nothing was asked
  130  it was interrupted (Ctrl+C); what was done is kept"""

SETTINGS = """\
Who answers follows the same settings as the page: environment variables such as HF_TOKEN, or lines
in a file .env. `describe-draw check` says who would answer."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the named command.

    Args:
        arguments: The words after the program's name, those of this process by default.

    Returns:
        The exit status.
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    if arguments is None:  # a container's end is an end in order, as Ctrl-C is
        signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        return _run(words)
    except SystemExit as ended:  # by argparse, which has said why
        return ended.code if isinstance(ended.code, int) else FAILED
    except KeyboardInterrupt:
        return INTERRUPTED


def parser_of(name: str) -> ArgumentParser:
    """What a command takes."""
    return _parser(name, _module(name))


def _run(words: list[str]) -> int:
    if not words or words[0] not in COMMANDS:
        _program().parse_args(words)
    name, *rest = words
    module = _module(name)
    parser = _parser(name, module)
    chosen = parser.parse_args(rest)
    _set_up()
    from describe_draw.problems import Problem  # noqa: PLC0415  (not for help alone)
    from describe_draw.settings import SettingsError  # noqa: PLC0415

    try:
        done = module.run(chosen)
        return int(asyncio.run(done) if iscoroutine(done) else done)
    except Misuse as error:
        parser.error(str(error))
    except Problem as problem:
        print(f"{parser.prog}: {problem.told.say()}", file=sys.stderr)
        return FAILED
    except SettingsError as error:
        print(error, file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # whoever read has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        print(f"{parser.prog}: {error.filename}: {error.strerror}", file=sys.stderr)
        return FAILED


def _program() -> ArgumentParser:
    listed = "\n".join(f"  {name:9}{does}" for name, does in COMMANDS.items())
    more = f"`{PROGRAM} COMMAND --help` tells all about one."
    parser = ArgumentParser(
        PROGRAM,
        usage=f"{PROGRAM} [-h] [--version] COMMAND …",
        description=f"Pictures into words, words into pictures.\n\ncommands:\n{listed}\n\n{more}",
        epilog=f"{SETTINGS}\n\n{EXIT}",
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.add_argument("command", metavar="COMMAND", choices=COMMANDS, help="one of the above")
    return parser


def _parser(name: str, module: ModuleType) -> ArgumentParser:
    parser = ArgumentParser(
        f"{PROGRAM} {name}",
        description=getdoc(module),
        epilog=f"{module.EXAMPLES}\n\n{EXIT}",
        formatter_class=RawDescriptionHelpFormatter,
    )
    module.add(parser)
    return parser


def _module(name: str) -> ModuleType:
    return import_module(f"{__name__}.{name}")


def _set_up() -> None:
    """What holds for all commands: no calls home, any sign on any console, warnings alone."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # Windows writes a file in few characters
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
