"""A run in a file: entry after entry as things happen, so that whoever reads it knows where it is.

Each entry begins on a line of its own: of one that was broken off, no other is lost.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from describe_draw.batch.rows import Item, Row
from describe_draw.batch.wording import Wording
from describe_draw.engines.base import Credit
from describe_draw.store import full
from describe_draw.texts import Message, said_as_json

NAME = "run.jsonl"
Entry = dict[str, Any]


def write(path: Path, entries: Iterable[Entry]) -> None:
    """Add entries: a line or two, which take less time than a thread would to hear of them.

    Raises:
        Problem: There is no room, or the run was removed.
    """
    lines = "".join(f"\n{json.dumps(entry, separators=(',', ':'))}" for entry in entries)
    try:
        with path.open("a", encoding="ascii") as file:
            file.write(lines)
    except OSError as error:
        raise full(error) from error


def read(path: Path) -> Iterator[Entry]:
    """All entries that are whole. Blocking.

    Raises:
        OSError: There is no such file.
    """
    with path.open(encoding="ascii") as file:
        for line in file:
            with suppress(ValueError):
                entry = json.loads(line)
                if isinstance(entry, dict):
                    yield entry


def item_told(item: Item, root: Path) -> Entry:
    """An item, with its picture's place in the store's folder."""
    return {
        "name": item.name,
        "path": item.path.relative_to(root).as_posix() if item.path else None,
        "ending": item.ending,
        "text": item.text,
        "digest": item.digest.hex(),
        "problem": said_as_json(item.problem),
    }


def item_of(told: Entry, root: Path) -> Item:
    """The same, read back."""
    return Item(
        told["name"],
        root / told["path"] if told["path"] else None,
        told["ending"],
        told["text"],
        bytes.fromhex(told["digest"]),
        _message_of(told["problem"]),
    )


def row_told(number: int, row: Row) -> Entry:
    """What an engine said of an item, or why it didn't."""
    told = {"row": number, "caption": row.caption, "problem": said_as_json(row.problem)}
    if by := row.credit:
        told["credit"] = {"engine": by.engine, "model": by.model, "provider": by.provider}
    return told


def row_of(told: Entry, item: Item) -> Row:
    """The same, read back."""
    credit = Credit(**told["credit"]) if told.get("credit") else None
    return Row(item, told["caption"], credit, _message_of(told["problem"]))


def wording_told(wording: Wording) -> Entry:
    """What is done to the captions."""
    return {"wording": asdict(wording)}


def wording_of(told: Entry) -> Wording:
    """The same, read back."""
    said = told["wording"]
    return Wording(**said | {"without": tuple(said["without"]), "tags": tuple(said["tags"])})


def _message_of(told: Any) -> Any:
    if isinstance(told, dict):
        return Message(told["key"], {n: _message_of(value) for n, value in told["values"].items()})
    return tuple(map(_message_of, told)) if isinstance(told, list) else told
