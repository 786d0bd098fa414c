"""A whole game in one file to keep: a zip that needs nothing else."""

import csv
import io
import json
import uuid
import zipfile
from dataclasses import asdict, astuple, fields
from pathlib import Path

from describe_draw.game.chain import Chain, Picture
from describe_draw.game.drift import Drift


def file_names(chain: Chain) -> dict[Path, str]:
    """What each of the chain's pictures is called in the zip, in their order."""
    return {
        link.path: f"pictures/{number:02}-{'drawing' if link.recipe else 'start'}.png"
        for number, link in enumerate(chain.links)
        if isinstance(link, Picture)
    }


def pack(chain: Chain, page: str, folder: Path) -> Path:
    """Write a game's pictures, captions, recipes, drift and page. Blocking: call it in a thread.

    Args:
        chain: The game.
        page: The HTML page that shows it, with the pictures by their `file_names`.
        folder: Where to write; the game's archive that is there already is replaced.

    Returns:
        The zip: `index.html`, `captions.txt`, `recipes.json`, `drift.csv` and `pictures/`.
    """
    partial = folder / f"{uuid.uuid4().hex}.part"
    try:
        _write(chain, page, partial)
        return partial.replace(folder / "describe-draw-game.zip")
    finally:
        partial.unlink(missing_ok=True)  # a part of an archive is none


def _write(chain: Chain, page: str, path: Path) -> None:
    with zipfile.ZipFile(path, "w") as kept:  # PNG is packed already
        kept.writestr("index.html", page)
        kept.writestr("captions.txt", "".join(f"{w.text}\n" for w in chain.words))
        kept.writestr("recipes.json", json.dumps(_recipes(chain), ensure_ascii=False, indent=2))
        kept.writestr("drift.csv", _table(chain.drift))
        for file, name in file_names(chain).items():
            kept.write(file, name)


def _recipes(chain: Chain) -> list[dict[str, object]]:
    names = file_names(chain)
    return [
        {
            "file": names[picture.path],
            "caption": words.text,
            "described_by": words.credit.model if words.credit else "",
            "engine": picture.credit.engine if picture.credit else "",
            "recipe": asdict(picture.recipe) if picture.recipe else {},
        }
        for picture, words in chain.drawings
    ]


def _table(drift: tuple[Drift, ...]) -> str:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(field.name for field in fields(Drift))
    writer.writerows(map(_cell, astuple(drifted)) for drifted in drift)
    return table.getvalue()


def _cell(value: object) -> object:
    """Things in a row as people read them."""
    return "; ".join(map(str, value)) if isinstance(value, tuple) else value
