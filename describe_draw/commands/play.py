"""Play the game many times, and measure how far stories drift.

A round is a description and a drawing, or a drawing and a description where a sentence begins. Each
round is compared with the start. Two dials are always there, 0 for the same and 1 for nothing in
common: meaning, between the first words and the latest, and look, between the first picture and the
latest. --describe and --draw may be given several times: every pair of them plays.
"""

from argparse import ArgumentParser, Namespace
from contextlib import AsyncExitStack
from pathlib import Path

from PIL import Image

from describe_draw.access import ANONYMOUS
from describe_draw.caption_options import CaptionOptions
from describe_draw.commands import models
from describe_draw.commands.misuse import Misuse, misused
from describe_draw.commands.playing import Pair, Playing
from describe_draw.commands.results import Results
from describe_draw.commands.shell import opened, own_settings
from describe_draw.game.embedders import CLIP
from describe_draw.game.measures import THRESHOLD
from describe_draw.game.rounds import LONGEST, Game
from describe_draw.game.scoring import Scoring
from describe_draw.options import check_language
from describe_draw.recipe import check_prompt, check_seed
from describe_draw.settings import Settings
from describe_draw.threads import in_thread

MOST = (LONGEST - 1) // 2

EXAMPLES = f"""\
examples:
  describe-draw play photo.jpg --rounds 5 --runs 10 --out drift --seed 1
  describe-draw play "a penguin on a bicycle" --rounds 3 > drift.csv
  describe-draw play photo.jpg --describe hub:Qwen/Qwen3-VL-30B-A3B-Instruct --describe builtin \\
      --draw hub:black-forest-labs/FLUX.1-schnell --draw builtin --runs 5 --out pairs

--out gets drift.csv (a line for each round), means.csv (each round's mean over the runs and its
sample standard deviation), summary.json, drift.svg and drift.png (the means, and one standard
deviation to either side), and games/ with all pictures and captions.

How long a story survives: the first round whose meaning is further than --threshold from the
start, the median over the runs; none where half of them outlive the game.

A game is over before its rounds are where its story has come to rest: the next caption is one that
it had before, also when more was asked for.

MCD and SDR are those of arXiv 2509.04438: the mean nearness to the start, and b of a·exp(-b·g) + c
fitted to its mean over the generations g (two a round; four rounds at least). They are computed of
both dials, and of each embedder that is installed, with its name: {CLIP}
(requirements-local.txt, once it is downloaded) and all-MiniLM-L6-v2 (requirements-meaning.txt)."""


def add(parser: ArgumentParser) -> None:
    """Take a start, how often and how long, and who plays."""
    parser.add_argument("start", metavar="PICTURE|SENTENCE", help="a picture file, or words")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help=f"1 to {MOST} (3)")
    parser.add_argument("--runs", type=int, default=1, metavar="K", help="how many games (1)")
    parser.add_argument(
        "--describe", action="append", metavar="MODEL", help=f"repeatable; {models.HELP}"
    )
    parser.add_argument("--draw", action="append", metavar="MODEL", help="repeatable, likewise")
    parser.add_argument(
        "--seed",
        type=int,
        default=-1,
        help="the first drawing's; each next one of a run has one more, each run 100 more (random)",
    )
    parser.add_argument("--language", default="", help="the captions', e.g. en, zh or pt-BR")
    parser.add_argument(
        "--threshold",
        type=float,
        default=THRESHOLD,
        help=f"the drift in meaning at which a story is lost ({THRESHOLD})",
    )
    parser.add_argument(
        "--clip", default=CLIP, metavar="MODEL", help="another CLIP: its name, or a folder"
    )
    parser.add_argument(
        "--at-once", type=int, default=1, metavar="N", help="how many games are played at once (1)"
    )
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where all is kept")
    parser.add_argument("--json", action="store_true", help="lines of JSON: rounds, then pairs")


async def run(arguments: Namespace) -> int:
    """Play all games; 1 where one failed."""
    if not 1 <= arguments.rounds <= MOST:
        raise Misuse(f"--rounds is 1 to {MOST}")
    if arguments.runs < 1 or arguments.at_once < 1:
        raise Misuse("--runs and --at-once are 1 or more")
    settings = own_settings().model_copy(update={"remember": False})
    picture = _picture(arguments.start)
    with misused():
        sentence = "" if picture else check_prompt(arguments.start, settings)
        language, seed = check_language(arguments.language), check_seed(arguments.seed)
    async with AsyncExitStack() as stack:
        pairs = [
            await _pair(stack, settings, describer, drawer)
            for describer in dict.fromkeys(arguments.describe or [""])
            for drawer in dict.fromkeys(arguments.draw or [""])
        ]
        begins = "picture" if picture else "sentence"
        scoring = await in_thread(Scoring, begins, arguments.clip, settings.local_device)
        results = Results(
            [pair.name for pair in pairs],
            arguments.rounds,
            scoring,
            arguments.threshold,
            arguments.out,
            is_json=arguments.json,
        )
        playing = Playing(pairs, scoring, results, arguments.rounds, language)
        return await playing.run(picture, sentence, seed, arguments.runs, arguments.at_once)


async def _pair(stack: AsyncExitStack, settings: Settings, describer: str, drawer: str) -> Pair:
    """Two models that play with each other."""
    settings, describes = models.chosen(settings, "describe", describer)
    settings, draws = models.chosen(settings, "draw", drawer)
    shell = await stack.enter_async_context(opened(settings))
    with misused():
        _, one = shell.studio.captioner(CaptionOptions(), describes, ANONYMOUS)
        _, other = shell.engines.image_generator(ANONYMOUS, draws)
    game = Game(shell.studio, shell.engines.features, shell.store)
    name = f"{_name(one.engine, one.model)} + {_name(other.engine, other.model)}"
    return Pair(name, game, describes, draws)


def _name(engine: str, model: str) -> str:
    return model if model == engine else f"{engine}:{model}"


def _picture(start: str) -> Path | None:
    """The file that a start names, None where it is words."""
    path = Path(start)
    try:
        if path.is_file():
            return path
    except (OSError, ValueError):  # longer than any path
        return None
    if path.suffix.lower() in Image.registered_extensions() and " " not in start:
        raise Misuse(f"there is no file {start}")
    return None
