"""One zip of pictures and captions, as trainers, spreadsheets, browsers and programs read them.

`datasets.load_dataset("imagefolder", data_dir=…)` loads what it unpacks to.
"""

import json
import re
import uuid
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from PIL import Image

from describe_draw.batch.listing import page, table
from describe_draw.batch.rows import Row
from describe_draw.names import Distinct, safe
from describe_draw.problems import Problem
from describe_draw.store import full
from describe_draw.threads import in_thread

ZIP = "describe-draw-captions.zip"

SPLIT = "train"
"""The folder of the pictures: datasets looks for splits in names, and takes all of this one."""

SPLITS = re.compile(
    r"(?<![^-._ 0-9])(validation|valid|val|dev|testing|test|evaluation|eval)(?![^-._ 0-9])",
    re.IGNORECASE,
)
"""Words in a folder's name by which datasets takes it for another split."""

METADATA = f"{SPLIT}/metadata.jsonl"


def placed(rows: Iterable[Row]) -> list[tuple[Row, str]]:
    """The rows that have a caption, each with its picture's name in the dataset."""
    distinct = Distinct(by_stem=True)  # each has a text beside it
    return [(row, distinct(_name(row))) for row in rows if row.caption and row.item.path]


def beside(name: str) -> str:
    """The text beside a picture."""
    return str(PurePosixPath(name).with_suffix(".txt"))


def metadata(pictures: Iterable[tuple[Row, str]]) -> str:
    """What datasets reads: a line of JSON for each picture."""
    lines = (
        json.dumps(
            {"file_name": name.removeprefix(f"{SPLIT}/"), "text": row.caption}, ensure_ascii=False
        )
        for row, name in pictures
    )
    return "".join(f"{line}\n" for line in lines)


async def pack(rows: Sequence[Row], folder: Path, language: str = "en") -> Path:
    """Write a dataset, one picture at a time.

    Args:
        rows: All rows, with their captions as they are wanted.
        folder: Where to write; the zip that is there already is replaced.
        language: Which the page's title and the problems are told in.

    Returns:
        The zip: pictures with a text beside each, `train/metadata.jsonl`, `captions.csv`,
        `captions.html`.

    Raises:
        Problem: A picture is gone, or there is no room.
    """
    partial = folder / f"{uuid.uuid4().hex}.part"
    pictures = placed(rows)
    try:
        kept = await in_thread(zipfile.ZipFile, partial, "w", strict_timestamps=False)
        for row, name in pictures:
            await in_thread(_add, kept, row, name)
        await in_thread(_end, kept, rows, pictures, language)
        return partial.replace(folder / ZIP)
    except OSError as error:
        is_gone = isinstance(error, FileNotFoundError)
        raise (Problem("picture_gone") if is_gone else full(error)) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)  # a part of a zip is none


def _add(kept: zipfile.ZipFile, row: Row, name: str) -> None:
    assert row.item.path
    kept.write(row.item.path, name)  # pictures are packed already
    kept.writestr(beside(name), f"{row.caption}\n".encode("utf-8", "replace"))


def _end(
    kept: zipfile.ZipFile, rows: Sequence[Row], pictures: list[tuple[Row, str]], language: str
) -> None:
    texts = {
        METADATA: metadata(pictures),
        "captions.csv": table(rows, language),
        "captions.html": page(pictures, language),
    }
    with kept:
        for name, text in texts.items():
            kept.writestr(name, text.encode("utf-8", "replace"), zipfile.ZIP_DEFLATED)


def _name(row: Row) -> str:
    """A picture's path, whose ending is one of its format's."""
    path = PurePosixPath(safe(row.item.name))
    folders = (SPLITS.sub(r"(\1)", folder) for folder in path.parent.parts)
    known = Image.registered_extensions()
    fits = known.get(path.suffix.lower()) == known.get(row.item.ending)
    name = path.name if fits else f"{path.stem}{row.item.ending}"
    return str(PurePosixPath(SPLIT, *folders, name))
