"""A run as it is kept: its pictures, what was said of them, and how the captions are wanted."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from describe_draw.batch import journal
from describe_draw.batch.replacing import LONGEST
from describe_draw.batch.rows import Item, Row
from describe_draw.batch.run import worded
from describe_draw.batch.wording import Wording
from describe_draw.options import check_text
from describe_draw.problems import Problem
from describe_draw.settings import Settings

PATIENCE = 5
"""Seconds that an earlier asking of the same run has to end, whose page was just loaded anew."""

ENTRIES = 4
"""How many entries a journal may have for each of its items before it is written anew."""


class Batch:
    """One run: its pictures, what was said of them, and how the captions are wanted.

    Args:
        folder: Its own in the store.
        items: Its pictures, and what is none.
        junk: How many files were left out.

    Attributes:
        wording: What is done to what engines said.
        language: The one that was asked for last, empty for English.
        packed: The folder of its last zip in the store, empty without one.
    """

    def __init__(self, folder: Path, items: Iterable[Item], junk: int) -> None:
        self.folder, self.items, self.junk = folder, tuple(items), junk
        self.wording = Wording(along="keep")
        self.language = self.packed = ""
        self._said: dict[int, Row] = {}
        self._edits: dict[int, str] = {}
        self._asking = asyncio.Lock()
        self._entries = 0

    @property
    def name(self) -> str:
        """By which it is found again."""
        return self.folder.name

    @property
    def paths(self) -> list[Path]:
        """Its files."""
        return [self._journal, *(item.path for item in self.items if item.path)]

    @property
    def _journal(self) -> Path:
        return self.folder / journal.NAME

    def row(self, number: int) -> Row:
        """An item with its caption as it is wanted, or its problem; without both it is open."""
        item, said = self.items[number], self._said.get(number)
        if number in self._edits:
            return Row(item, self._edits[number], said.credit if said else None)
        if item.problem:
            return Row(item, problem=item.problem)
        if not self.wording.asks(item.text):
            return Row(item, item.text)
        return worded(said, self.wording) if said else Row(item)

    def rows(self) -> list[Row]:
        """All of them, in the order given."""
        return [self.row(number) for number in range(len(self.items))]

    def check(self, number: object) -> int:
        """The number of an item.

        Raises:
            Problem: There is none of that number.
        """
        if isinstance(number, int) and 0 <= number < len(self.items):
            return int(number)
        raise Problem("batch_row")

    def left(self, *, failed: bool) -> list[int]:
        """The items to ask about: those that failed, or those that nobody was asked about yet."""
        return [number for number in range(len(self.items)) if self._is_left(number, failed=failed)]

    def _is_left(self, number: int, *, failed: bool) -> bool:
        item, said = self.items[number], self._said.get(number)
        if item.problem or number in self._edits or not self.wording.asks(item.text):
            return False
        return not said.caption and failed if said else not failed

    def answered(self) -> dict[int, Row]:
        """What engines said, as they said it."""
        return {number: row for number, row in self._said.items() if row.caption}

    def note(self, number: int, row: Row) -> None:
        """Keep what an engine said, or why it didn't."""
        self._said[number] = row
        self._write([journal.row_told(number, row)])

    def edit(self, captions: dict[int, str], settings: Settings) -> None:
        """Keep captions that a person wrote; an empty one brings back what the engine said.

        Raises:
            Problem: One is too long.
        """
        for number, caption in captions.items():
            text = check_text("caption", caption, settings, LONGEST)
            self._edits[number] = text
            if not text:
                del self._edits[number]
        self._write([{"edits": {str(n): self._edits.get(n, "") for n in captions}}])

    def word(self, wording: Wording) -> None:
        """Have the captions worded otherwise."""
        self.wording = wording
        self._write([journal.wording_told(wording)])

    def speak(self, language: str) -> None:
        """Note in which language is asked."""
        self.language = language
        self._write([{"language": language}])

    def pack(self, folder: Path) -> None:
        """Note where its zip is."""
        self.packed = folder.name
        self._write([{"packed": self.packed}])

    @asynccontextmanager
    async def asking(self) -> AsyncIterator[None]:
        """For whoever asks about its pictures: nobody else does meanwhile.

        Raises:
            Problem: Somebody else is at it.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                await self._asking.acquire()
        except TimeoutError:
            raise Problem("batch_running") from None
        try:
            yield
        finally:
            self._asking.release()

    def begin(self) -> None:
        """Write its journal, anew where there is one."""
        items = [journal.item_told(item, self.folder.parent) for item in self.items]
        partial = self._journal.with_suffix(".part")
        partial.unlink(missing_ok=True)
        journal.write(partial, [{"items": items, "junk": self.junk}, *self._state()])
        partial.replace(self._journal)
        self._entries = 0

    def _state(self) -> list[journal.Entry]:
        return [
            *(journal.row_told(number, row) for number, row in self._said.items()),
            {"edits": {str(number): text for number, text in self._edits.items()}},
            journal.wording_told(self.wording),
            {"language": self.language},
            {"packed": self.packed},
        ]

    def _write(self, entries: list[journal.Entry]) -> None:
        journal.write(self._journal, entries)
        self._entries += len(entries)
        if self._entries > ENTRIES * (len(self.items) + 100):
            self.begin()

    @classmethod
    def read(cls, folder: Path) -> "Batch":
        """A run as its journal tells it. Blocking.

        Raises:
            OSError: There is no such run.
        """
        entries = journal.read(folder / journal.NAME)
        first = next(entries, {})
        if "items" not in first:
            raise FileNotFoundError
        items = [journal.item_of(told, folder.parent) for told in first["items"]]
        batch = cls(folder, items, first["junk"])
        for entry in entries:
            batch._entries += 1
            batch._take(entry)
        return batch

    def _take(self, entry: journal.Entry) -> None:
        if "row" in entry:
            number = entry["row"]
            self._said[number] = journal.row_of(entry, self.items[number])
        elif "edits" in entry:
            edits = {int(number): text for number, text in entry["edits"].items()}
            self._edits = {n: text for n, text in (self._edits | edits).items() if text}
        elif "wording" in entry:
            self.wording = journal.wording_of(entry)
        elif "language" in entry:
            self.language = entry["language"]
        elif "packed" in entry:
            self.packed = entry["packed"]
