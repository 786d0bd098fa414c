"""The captions that a run has, kept so that none is lost and none is asked for again.

Each is a line of JSON, written as soon as it is there: whatever ends the run, the next goes on.
"""

import csv
import io
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from describe_draw.batch.listing import BOM, cell
from describe_draw.commands.misuse import Misuse
from describe_draw.commands.saying import as_json

Record = dict[str, Any]
"""A row: `file_name`, and `caption` or `problem`; `model`, who wrote the caption; `said`, the
model's own words where the caption was worded otherwise; `sha256`, the picture's."""

FIELDS = ("file_name", "caption", "problem", "model", "said", "sha256")


class Kept:
    """A file of captions: JSON lines, a table, or both in a folder.

    Args:
        out: `….jsonl`, `….csv`, or a folder, which gets `captions.jsonl` and `captions.csv`.

    Raises:
        Misuse: It holds something else, or is of another kind.
    """

    def __init__(self, out: Path) -> None:
        self.is_folder = out.is_dir() or not out.suffix
        self.table: Path | None = None
        if self.is_folder:
            out.mkdir(parents=True, exist_ok=True)
            self.journal, self.table = out / "captions.jsonl", out / "captions.csv"
        elif out.suffix.lower() == ".csv":
            self.journal, self.table = out.with_name(f"{out.name}.part"), out
        elif out.suffix.lower() == ".jsonl":
            self.journal = out
        else:
            raise Misuse("--out is a file that ends in .jsonl or .csv, or a folder")
        self._records: dict[str, Record] = {}
        self._said: dict[str, Record] = {}
        if self._is_table_alone and out.exists():
            self._note(_table(out))
        self._note(_mended(self.journal))
        self.last = next(reversed(self._records), "")
        self.journal.parent.mkdir(parents=True, exist_ok=True)
        self._file = self.journal.open("ab")

    @property
    def _is_table_alone(self) -> bool:
        return self.table is not None and not self.is_folder

    def caption(self, source: str) -> str | None:
        """The caption of a picture, None where it has none or nobody was asked yet."""
        record = self._records.get(source, {})
        return record.get("caption", "") if record.get("caption") or record.get("said") else None

    def said(self, sha256: str) -> tuple[str, str] | None:
        """What was said of an equal picture, and by which model."""
        record = self._said.get(sha256)
        return (record.get("said") or record["caption"], record["model"]) if record else None

    def add(self, record: Record) -> None:
        """Keep a row: it is with the system when this returns, and outlives the process."""
        record = {name: value for name, value in record.items() if value}
        self._file.write(f"{as_json(record)}\n".encode())
        self._file.flush()
        self._note([record])

    def end(self, order: Iterable[str]) -> None:
        """Put the rows in order, those of other runs first.

        Args:
            order: The pictures of this run.
        """
        self._file.close()
        last = {source: self._records[source] for source in order if source in self._records}
        rows = [row for source, row in self._records.items() if source not in last]
        rows += last.values()
        if self.table:
            _replace(self.table, _as_table(rows))
        if self._is_table_alone:
            self.journal.unlink(missing_ok=True)
        else:
            _replace(self.journal, "".join(f"{as_json(row)}\n" for row in rows))

    def _note(self, records: Iterable[Record]) -> None:
        for record in records:
            self._records.pop(record["file_name"], None)
            self._records[record["file_name"]] = record
            said = record.get("said") or record.get("caption")
            if said and record.get("sha256") and record.get("model"):
                self._said[record["sha256"]] = record


def _mended(path: Path) -> list[Record]:
    """The rows of a file of JSON lines; one that was cut off while it was written is taken out."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return []
    *whole, rest = content.split(b"\n")
    records = [_record(line, path, number) for number, line in enumerate(whole, 1) if line.strip()]
    if rest:
        os.truncate(path, len(content) - len(rest))
    return records


def _record(line: bytes, path: Path, number: int) -> Record:
    try:
        record = json.loads(line)
    except ValueError:
        record = None
    if not isinstance(record, dict) or not isinstance(record.get("file_name"), str):
        raise Misuse(f"{path} holds something else in line {number}: name another file by --out")
    return record


def _table(path: Path) -> list[Record]:
    try:
        text = path.read_text("utf-8-sig", errors="surrogateescape")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except csv.Error:
        rows = []
    if text and (not rows or not {"file_name", "caption"} <= rows[0].keys()):
        raise Misuse(f"{path} is no table of captions: name another file by --out")
    return [{name: _plain(row.get(name) or "") for name in FIELDS} for row in rows]


def _as_table(rows: Iterable[Record]) -> str:
    text = io.StringIO(newline="")
    text.write(BOM)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(FIELDS)
    for row in rows:
        writer.writerow([cell(row.get(name, "")) for name in FIELDS])
    return text.getvalue()


def _plain(value: str) -> str:
    """A cell as it was before it was made safe."""
    return value[1:] if value.startswith("'") and cell(value[1:]) == value else value


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(text.encode("utf-8", "surrogateescape"))
    new.replace(path)
