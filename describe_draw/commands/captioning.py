"""Many pictures through an engine, each kept and told as soon as it is described."""

import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import aclosing

from describe_draw.batch.question import Question
from describe_draw.batch.rows import Item, Row
from describe_draw.batch.run import Patience, known, run, worded
from describe_draw.batch.sources import take
from describe_draw.batch.wording import Wording
from describe_draw.commands.beside import Texts
from describe_draw.commands.kept import Kept, Record
from describe_draw.commands.paths import Found, pieces
from describe_draw.commands.progress import Progress
from describe_draw.commands.saying import as_json, in_line, shown
from describe_draw.commands.shell import Shell
from describe_draw.engines.base import Caption, Credit
from describe_draw.settings import Settings
from describe_draw.store import ROOM
from describe_draw.turns import visitor

MB = 1024 * 1024


class _Done(dict[int, Row]):
    """The captions of a piece, each told on as soon as it is there."""

    def __init__(self, rows: dict[int, Row], told: Callable[[Row], None]) -> None:
        super().__init__(rows)
        self._told = told

    def __setitem__(self, number: int, row: Row) -> None:
        super().__setitem__(number, row)
        self._told(row)


class Captioning:
    """One run of the command.

    Args:
        shell: Who describes.
        question: How they are described.
        wording: What becomes of captions.
        kept: Where they are kept, None for nowhere.
        texts: Where their texts go, None for nowhere.
        is_json: Whether rows are told as JSON.
    """

    def __init__(
        self,
        shell: Shell,
        question: Question,
        wording: Wording,
        kept: Kept | None,
        texts: Texts | None,
        *,
        is_json: bool,
    ) -> None:
        self._shell, self._question, self._wording = shell, question, wording
        self._kept, self._texts, self._is_json = kept, texts, is_json
        self._patience, self._order = Patience(), list[str]()
        self._new: set[str] = set()
        self._told = self._there = self._failed = 0

    async def run(self, files: Sequence[Found], at_once: int) -> int:
        """Describe all that was named.

        Returns:
            0, or 1 where one failed.
        """
        with Progress(sum(not file.is_text for file in files)) as self._progress:
            try:
                for piece in pieces(files):
                    await self._piece(piece, at_once)
            finally:
                if self._kept:
                    self._kept.end(self._order)
        if self._kept or self._texts:
            print(self._summary(), file=sys.stderr)
        return int(self._failed > 0)

    def _summary(self) -> str:
        there = f", {self._there} of them before" if self._there else ""
        failed = f"; {self._failed} failed, run it again to retry" if self._failed else ""
        return f"{self._told - self._failed} captioned{there}{failed}"

    async def _piece(self, files: list[Found], at_once: int) -> None:
        """Describe what is not described yet."""
        is_zip = files[0].is_zip
        self._order += [str(file.path) for file in files]
        todo = files if is_zip else self._todo(files)
        folder = self._shell.store.new()
        try:
            if todo:
                taken = await take([f.given() for f in todo], folder, self._limits(is_zip=is_zip))
                await self._items(list(taken.items), todo, at_once)
        finally:
            self._shell.store.remove(folder)

    def _todo(self, files: list[Found]) -> list[Found]:
        """The pictures that nobody has described, and the texts of these alone."""
        pictures = [file for file in files if not file.is_text]
        todo = [file for file in pictures if not self._is_done(file)]
        done = {file.stem for file in pictures} - {file.stem for file in todo}
        left = {file.path for file in todo}
        return [f for f in files if (f.stem not in done if f.is_text else f.path in left)]

    def _limits(self, *, is_zip: bool) -> Settings:
        """Of a zip no more is unpacked than leaves the disk some room."""
        settings = self._shell.settings
        if not is_zip:
            return settings
        free = shutil.disk_usage(self._shell.store.root).free - ROOM
        return settings.model_copy(update={"max_batch_mb": max(1, free // MB)})

    async def _items(self, items: list[Item], files: list[Found], at_once: int) -> None:
        inside = {str(file.path): str(file.inside) for file in files}
        if self._texts:
            for item in (item for item in items if not item.problem):
                name = inside.get(item.source) or f"{files[0].path.stem}/{item.name}"
                self._texts.place(item.source, name)
        if files[0].is_zip:
            self._order += [item.source for item in items]
        self._progress.total += len(items) - sum(not file.is_text for file in files)
        done = _Done(known(items, self._wording), self._keep)
        asked = self._question.items(items)
        rows = run(asked, self._ask, done, at_once=at_once, patience=self._patience)
        async with aclosing(rows):
            async for row in rows:
                self._keep(row)
                self._tell(row)

    async def _ask(self, item: Item) -> Caption:
        """Ask, unless an equal picture was described by this run or one before."""
        equal = item.digest.hex()
        if self._kept and equal and (said := self._kept.said(equal)):
            return Caption(said[0], Credit(engine="", model=said[1]))
        visitor.set(item.source)  # each has its turn at the cores: there are no others to wait
        question = self._question
        return await self._shell.studio.describe(item.path, question.about(item), question.model)

    def _is_done(self, file: Found) -> bool:
        """Whether a run before described a file; its text is mended where it is missing."""
        source = str(file.path)
        caption = self._before(source)
        if self._kept is None or caption is None:
            return False
        if self._texts:
            self._texts.place(source, str(file.inside))
            if self._texts.lacks(source) or source == self._kept.last:
                self._texts.write(source, caption)
        self._told += 1
        self._there += 1
        self._progress.step(asked=False)
        return True

    def _keep(self, row: Row) -> None:
        """Keep a row, once."""
        source = row.item.source
        if source in self._new or not (self._kept or self._texts):
            return
        self._new.add(source)
        before, said = self._before(source), self._said(row)
        self._there += before is not None
        if self._kept and before is None:
            self._kept.add(_record(row, said))
        is_new = row.credit and before is None
        if self._texts and row.caption and (is_new or self._texts.lacks(source)):
            self._texts.write(source, said)

    def _before(self, source: str) -> str | None:
        """The caption that is kept, by this run or one before."""
        return self._kept.caption(source) if self._kept else None

    def _said(self, row: Row) -> str:
        """A row's caption as it is wanted, or as it was."""
        before = self._before(row.item.source)
        return worded(row, self._wording).caption if before is None else before

    def _tell(self, row: Row) -> None:
        self._told += 1
        self._failed += not row.caption
        record = _record(row, self._said(row))
        self._progress.clear()
        if self._is_json:
            print(as_json({name: value for name, value in record.items() if value}), flush=True)
        elif row.problem:
            self._progress.say(f"{shown(row.item.source)}: {record['problem']}")
        elif not (self._kept or self._texts):
            print(f"{shown(row.item.source)}\t{in_line(record['caption'])}", flush=True)
        self._progress.step(asked=row.credit is not None)


def _record(row: Row, said: str) -> Record:
    """A row as it is kept.

    Args:
        row: With what the model said.
        said: The caption as it is wanted.
    """
    return {
        "file_name": row.item.source,
        "caption": said,
        "problem": row.problem.say() if row.problem else "",
        "model": row.credit.model if row.credit else "",
        "said": row.caption if row.credit and row.caption != said else "",
        "sha256": row.item.digest.hex(),
    }
