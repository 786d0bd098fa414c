"""Draw a prompt, or each line of a list of prompts, into PNG files; from a picture with --from.

Choices such as {red|blue} in a prompt are made by the seed: the same seed makes the same ones, also
where they are nested. Each file says in itself what it was drawn with (`describe-draw recipe`). The
path of each is printed as soon as it is there.
"""

import asyncio
import shutil
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from describe_draw.access import ANONYMOUS
from describe_draw.batch.run import Patience
from describe_draw.choices import lines, meant
from describe_draw.commands import models
from describe_draw.commands.in_order import in_order
from describe_draw.commands.misuse import Misuse, misused
from describe_draw.commands.progress import Progress
from describe_draw.commands.saying import as_json, in_line, shown
from describe_draw.commands.shell import UNBOUND, Shell, opened, own_settings
from describe_draw.drawings import Drawing
from describe_draw.engines.base import Task
from describe_draw.options import Option
from describe_draw.problems import Problem, to_problem
from describe_draw.recipe import EDIT_OPTIONS, OPTIONS, RANDOM_SEED, Edit, Recipe
from describe_draw.settings import Settings
from describe_draw.styles import styles
from describe_draw.texts import Message
from describe_draw.turns import visitor

EXAMPLES = """\
examples:
  describe-draw draw "a sailboat on the sea at sunset" --seed 42
  describe-draw draw "a {red|{light|dark} blue} car" --count 8 --out cars
  describe-draw draw "a lighthouse" --style watercolour
  describe-draw draw "in winter, at night" --from photo.jpg --strength 0.5
  describe-draw draw --prompts prompts.txt --width 768 --height 512 --json > drawn.jsonl

A list of prompts has one in each line; lines that begin with # are left out."""

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What became of a recipe: a file, or a problem."""

    recipe: Recipe
    path: Path | None = None
    drawing: Drawing | None = None
    problem: Message | None = None


def add(parser: ArgumentParser) -> None:
    """Take prompts, the options of `Recipe`, and where to."""
    parser.add_argument("prompt", metavar="PROMPT", nargs="?", help="what to draw, in words")
    parser.add_argument("--prompts", metavar="FILE", help="a list of them; - is standard input")
    parser.add_argument(
        "--out", type=Path, default=Path(), help="a .png file, or a folder (the current one)"
    )
    parser.add_argument(
        "--count",
        type=int,
        default=1,
        metavar="N",
        help="how many of each prompt, each with the seed after that of the one before (1)",
    )
    parser.add_argument(
        "--from", dest="source", metavar="PICTURE", type=Path, help="the picture to begin with"
    )
    parser.add_argument(
        "--style", default="", choices=["", *styles()], metavar="NAME", help=_style_help()
    )
    limits = Settings.model_construct(**UNBOUND)
    for name, option in EDIT_OPTIONS.items():
        parser.add_argument(
            f"--{name.replace('_', '-')}",
            type=option.type,
            metavar="WORDS" if option.type is str else "N",
            help=_help(OPTIONS.get(name, option), limits),
        )
    parser.add_argument("--model", default="", help=models.HELP)
    parser.add_argument(
        "--at-once", type=int, default=4, metavar="N", help="how many are drawn at once (4)"
    )
    parser.add_argument("--json", action="store_true", help="lines of JSON: path, seed, recipe")


def _help(option: Option, limits: Settings) -> str:
    default = f" ({option.default})" if option.default not in ("", -1) else ""
    if option.name in ("width", "height"):
        default = f" ({option.default}; with --from what the picture's shape makes it)"
    said = option.documented(limits) + default
    return said.replace("%", "%%")


def _style_help() -> str:
    return f"words that a style adds to the prompts: {', '.join(styles())}"


async def run(arguments: Namespace) -> int:
    """Draw them all; 1 where one failed."""
    task: Task = "edit" if arguments.source else "draw"
    settings, model = models.chosen(own_settings(), task, arguments.model)
    settings = settings.model_copy(update={"remember": False})
    prompts = _prompts(arguments)
    is_file = bool(arguments.out.suffix) and not arguments.out.is_dir()
    if arguments.at_once < 1 or arguments.count < 1:
        raise Misuse("--count and --at-once are 1 or more")
    if is_file and (arguments.out.suffix.lower() != ".png" or len(prompts) * arguments.count > 1):
        raise Misuse("--out is a file that ends in .png for one picture, else a folder")
    said = {name: getattr(arguments, name) for name in EDIT_OPTIONS}
    options = {name: value for name, value in said.items() if value is not None}
    kind = Edit if arguments.source else Recipe
    if "strength" in options and not arguments.source:
        raise Misuse("--strength goes with --from")
    if arguments.source and not arguments.source.is_file():
        raise Misuse(f"{shown(str(arguments.source))}: {Problem('no_such_file')}")
    with misused():
        first = options.pop("seed", RANDOM_SEED)
        recipes = [
            kind(prompt, seed=seed, model=model, **options).checked(settings)
            for prompt, seed in meant(prompts, first, arguments.count)
        ]
    async with opened(settings) as shell:
        with misused():
            able = shell.engines.image_editor if arguments.source else shell.engines.image_generator
            able(ANONYMOUS, model)
        (arguments.out.parent if is_file else arguments.out).mkdir(parents=True, exist_ok=True)
        place = (lambda name: arguments.out) if is_file else Places(arguments.out)
        return await _draw(shell, recipes, place, arguments)


def _prompts(arguments: Namespace) -> list[str]:
    if (arguments.prompt is None) == (arguments.prompts is None):
        raise Misuse("give either a prompt or --prompts")
    if arguments.prompt is not None:
        return [arguments.prompt]
    if arguments.prompts == STDIN:
        text = sys.stdin.read()
    else:
        text = Path(arguments.prompts).read_text("utf-8-sig", errors="replace")
    if prompts := lines(text):
        return prompts
    raise Misuse("there are no prompts in the list")


class Places:
    """Paths in a folder where nothing is yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._taken: set[Path] = set()

    def __call__(self, name: str) -> Path:
        """The name's path, numbered where there is such a file."""
        path, number = self._folder / name, 1
        while path in self._taken or path.exists():
            number += 1
            path = self._folder / f"{Path(name).stem} ({number}).png"
        self._taken.add(path)
        return path


async def _draw(
    shell: Shell, recipes: list[Recipe], place: Callable[[str], Path], arguments: Namespace
) -> int:
    patience, failed = Patience(), 0

    async def draw(recipe: Recipe) -> Drawn:
        if patience.over:
            return Drawn(recipe, problem=patience.over)
        visitor.set(str(id(recipe)))  # each has its turn at the cores
        try:
            drawing = await _drawing(shell, recipe, arguments)
        except Exception as error:
            problem = error if isinstance(error, Problem) else to_problem(error, "draw")
            patience.note(problem)
            return Drawn(recipe, problem=problem.told)
        patience.answered()
        path = place(drawing.path.name)
        await asyncio.to_thread(shutil.move, drawing.path, path)
        shell.store.remove(drawing.path.parent)
        return Drawn(recipe, path, drawing)

    with Progress(len(recipes)) as progress:
        async with aclosing(
            in_order((partial(draw, recipe) for recipe in recipes), arguments.at_once)
        ) as drawn:
            async for one in drawn:
                failed += one.problem is not None
                progress.clear()
                _tell(one, is_json=arguments.json)
                progress.step()
    return int(failed > 0)


def _drawing(shell: Shell, recipe: Recipe, arguments: Namespace) -> Awaitable[Drawing]:
    if isinstance(recipe, Edit):
        return shell.studio.edit(arguments.source, recipe, style=arguments.style)
    return shell.studio.draw(recipe, style=arguments.style)


def _tell(drawn: Drawn, *, is_json: bool) -> None:
    if not is_json:
        if drawn.path:
            print(shown(str(drawn.path)), flush=True)
        elif drawn.problem:
            print(f"{in_line(drawn.recipe.prompt)}: {drawn.problem.say()}", file=sys.stderr)
        return
    said = {"path": str(drawn.path)} if drawn.path else {}
    recipe = drawn.drawing.recipe if drawn.drawing else drawn.recipe
    if drawn.problem:
        said["problem"] = drawn.problem.say()
    ignored = {"ignored": drawn.drawing.credit.ignored} if drawn.drawing else {}
    print(as_json({**said, "seed": recipe.seed, "recipe": asdict(recipe), **ignored}), flush=True)
