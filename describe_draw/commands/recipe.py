"""Print what a picture was drawn with, as its file says it.

Files of this app are read, and those of AUTOMATIC1111, Forge, SD.Next, Fooocus, SwarmUI, ComfyUI,
InvokeAI and NovelAI. Each recipe is fitted into what can be drawn here; what had to change is told.
"""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from describe_draw.commands.saying import as_json, shown
from describe_draw.commands.shell import own_settings
from describe_draw.problems import Problem
from describe_draw.reading import Fitted, read
from describe_draw.settings import Settings

EXAMPLES = """\
examples:
  describe-draw recipe drawing.png
  describe-draw recipe --json *.png > recipes.jsonl"""


def add(parser: ArgumentParser) -> None:
    """Take pictures."""
    parser.add_argument("pictures", metavar="PICTURE", nargs="+", help="a picture file")
    parser.add_argument("--json", action="store_true", help="a line of JSON for each picture")


def run(arguments: Namespace) -> int:
    """Print each recipe."""
    settings, failed = own_settings(), 0
    for name in arguments.pictures:
        try:
            found = _found(Path(name), settings)
        except Problem as problem:
            failed = 1
            _fail(name, problem.told.say(), is_json=arguments.json)
            continue
        if arguments.json:
            print(as_json({"file_name": name, "recipe": found.options(), **found.details()}))
        else:
            head = f"{shown(name)} ({found.format})\n" if len(arguments.pictures) > 1 else ""
            print(f"{head}{found.recipe.parameters()}{_changes(found.changed)}")
    return failed


def _found(path: Path, settings: Settings) -> Fitted:
    if not path.exists():
        raise Problem("no_such_file")
    if found := read(path, settings, AnyModel()):
        return found
    raise Problem("no_recipe")


class AnyModel(list[str]):
    """Models of which each may be named: nobody is asked to draw."""

    def __contains__(self, name: object) -> bool:
        return True


def _changes(changed: dict[str, Any]) -> str:
    return "".join(f"\n{name} is {value} in the file" for name, value in changed.items())


def _fail(name: str, sentence: str, *, is_json: bool) -> None:
    if is_json:
        print(as_json({"file_name": name, "problem": sentence}))
    else:
        print(f"{shown(name)}: {sentence}", file=sys.stderr)
