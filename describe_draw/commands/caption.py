"""Describe pictures: files, folders with all that is in them, globs, and zips.

Each picture is answered for by one line, a tab between its path and its caption, or by a line of
JSON; what is no picture is told with the reason. With --out or --txt nothing is asked twice:
whatever ended a run, the same command goes on with what is missing or failed. A caption that lies
beside its picture as a text of the same name came along with it, see --along.
"""

from argparse import ArgumentParser, Namespace
from dataclasses import fields
from pathlib import Path

from describe_draw.access import ANONYMOUS
from describe_draw.batch.question import Question
from describe_draw.batch.run import AT_ONCE
from describe_draw.batch.wording import ALONG, Wording, words_of
from describe_draw.caption_options import PURPOSES, STYLES, CaptionOptions
from describe_draw.commands import models, paths
from describe_draw.commands.beside import Texts
from describe_draw.commands.captioning import Captioning
from describe_draw.commands.kept import Kept
from describe_draw.commands.misuse import Misuse, misused
from describe_draw.commands.shell import opened, own_settings

EXAMPLES = """\
examples:
  describe-draw caption photo.jpg
  describe-draw caption photos/ "more/**/*.png" old.zip --out captions.jsonl
  describe-draw caption photos/ --txt --style tags --trigger "my style"
  find . -name "*.jpg" -newer last | describe-draw caption - --json

--out:
  captions.jsonl  a line of JSON each: file_name, caption or problem, model, sha256; with wording,
                  said has the model's own words
  captions.csv    the same as a table for spreadsheets
  folder          both, and with --txt the texts"""

ASKED = fields(CaptionOptions)


def add(parser: ArgumentParser) -> None:
    """Take paths, how to describe, where to keep it, and how captions are worded."""
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        help="a picture, a zip, a folder, a glob (quoted, ** goes into folders), or - for a list "
        "of paths at the standard input",
    )
    parser.add_argument("--style", default="short", help=f"one of: {', '.join(STYLES)}")
    parser.add_argument(
        "--instruction",
        default="",
        metavar="TEXT",
        help="what to say in the place of a style, for models that chat; builtin answers plain "
        "questions; {name} is the file's, without its ending",
    )
    parser.add_argument("--language", default="", help="a code such as en, zh or pt-BR")
    parser.add_argument(
        "--purpose",
        default=PURPOSES[0],
        choices=PURPOSES,
        help="what the picture of an alt text is for: it informs, is a link (or button), shows "
        "text, or is complex (a chart, a map)",
    )
    parser.add_argument(
        "--context", default="", metavar="TEXT", help="what the page says where the picture stands"
    )
    for bound in ("min", "max"):
        parser.add_argument(
            f"--{bound}-words",
            type=int,
            default=0,
            metavar="N",
            help=f"{bound}imum length of captions in words, for models that chat (0: any)",
        )
    parser.add_argument("--model", default="", help=models.HELP)
    parser.add_argument(
        "--at-once", type=int, default=AT_ONCE, metavar="N", help="how many are asked at once (8)"
    )
    parser.add_argument("--out", type=Path, help="where captions are kept, see below")
    parser.add_argument(
        "--txt", action="store_true", help="a .txt beside each picture, or in the folder --out"
    )
    parser.add_argument("--json", action="store_true", help="lines of JSON, failures among them")
    wording = parser.add_argument_group("wording, in this order")
    wording.add_argument(
        "--leave-out", default="", metavar="WORDS", help="words to leave out, by commas"
    )
    wording.add_argument(
        "--tags", default="", metavar="TAGS", help="the only tags that stay, by commas"
    )
    wording.add_argument(
        "--along",
        choices=ALONG,
        default="keep",
        help="what becomes of a caption that came along: keep it and ask nobody, append the new "
        "one to it, prepend it, or replace it (keep)",
    )
    wording.add_argument(
        "--prefix", default="", help="what comes before; {name} is the file's, without its ending"
    )
    wording.add_argument("--suffix", default="", help="what comes after, likewise")
    wording.add_argument("--trigger", default="", help="what comes first, unless it is there")


async def run(arguments: Namespace) -> int:
    """Describe them all; 1 where one failed."""
    settings, model = models.chosen(own_settings(), "describe", arguments.model)
    with misused():
        asked = CaptionOptions(**{f.name: getattr(arguments, f.name) for f in ASKED})
        asked = asked.checked(settings)
        wording = Wording(
            words_of(arguments.leave_out),
            words_of(arguments.tags),
            arguments.along,
            arguments.prefix,
            arguments.suffix,
            arguments.trigger,
        ).checked(settings)
    if arguments.at_once < 1:
        raise Misuse("--at-once is 1 or more")
    async with opened(settings) as shell:
        with misused():
            shell.studio.captioner(asked, model, ANONYMOUS)
        files = paths.found(arguments.paths, _own(arguments))
        if not any(not file.is_text for file in files):
            raise Misuse("there are no pictures")
        kept, texts = _keeping(arguments, files)
        question = Question(asked, model)
        captioning = Captioning(shell, question, wording, kept, texts, is_json=arguments.json)
        return await captioning.run(files, arguments.at_once)


def _keeping(arguments: Namespace, files: list[paths.Found]) -> tuple[Kept | None, Texts | None]:
    """Where captions go to."""
    is_folder = arguments.out and (arguments.out.is_dir() or not arguments.out.suffix)
    if arguments.txt and not arguments.out and arguments.along != "keep":
        raise Misuse(f"--txt with --along {arguments.along} needs --out, to know what is done")
    if arguments.txt and not is_folder and any(file.is_zip for file in files):
        raise Misuse("no texts can lie beside pictures in a zip: name a folder by --out")
    texts = Texts(arguments.out if is_folder else None) if arguments.txt else None
    return Kept(arguments.out) if arguments.out else None, texts


def _own(arguments: Namespace) -> frozenset[Path]:
    """What the command writes, which is none of the pictures."""
    if not arguments.out:
        return frozenset()
    out = arguments.out
    names = [out, *(out.with_name(f"{out.name}{ending}") for ending in (".part", ".new"))]
    names += [out / f"captions.{ending}" for ending in ("jsonl", "csv")]
    roots = {Path(word).resolve() for word in arguments.paths}
    return frozenset(name.resolve() for name in names) - roots
