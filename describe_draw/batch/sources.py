"""Files and zips become a bounded list of pictures, and of what is none and why."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from describe_draw import pictures
from describe_draw.batch.kinds import ENDINGS, begins_as_zip, is_junk, is_zip, words
from describe_draw.batch.rows import Given, Item
from describe_draw.batch.zips import Entry, TooMuch, Zip
from describe_draw.names import Distinct, harmless
from describe_draw.problems import Problem
from describe_draw.settings import Settings
from describe_draw.store import full
from describe_draw.threads import in_thread

MB = 1024 * 1024

LONGEST_TEXT = 16 * 1024
"""What a caption's own file may have, in bytes."""

ENTRIES = 5
"""How many entries zips may have for each file that a run takes: texts, folders, junk."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came in.

    Args:
        items: In the order given; those of a zip where it stood.
        junk: How many files were left out since systems put them there, and no visitor.
    """

    items: tuple[Item, ...]
    junk: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    """A file that nobody has looked into yet."""

    name: str
    path: Path | None = None
    zip: Zip | None = None
    entry: Entry | None = None
    problem: Problem | None = None
    source: str = ""

    @property
    def is_text(self) -> bool:
        return self.name.lower().endswith(".txt") and not self.problem

    @property
    def place(self) -> tuple[int, str]:
        """What a picture and its text have in common: the zip, the folders and the stem."""
        return id(self.zip), str(PurePosixPath(self.name).with_suffix(""))


class _Intake:
    """Takes files in, one piece of work after another. All methods block.

    Args:
        folder: Where pictures are unpacked.
        settings: How much there may be of all.
        check_room: See `take`.

    Attributes:
        open: The zips, until all is taken in.
        places: Where there are files that a text may belong to.
    """

    def __init__(self, folder: Path, settings: Settings, check_room: Callable[[], None]) -> None:
        self._folder, self._settings, self._check_room = folder, settings, check_room
        self._bytes = settings.max_batch_mb * MB
        self._entries = ENTRIES * settings.max_batch
        self._files = 0
        self._named = Distinct()
        self.open = ExitStack()
        self.places: set[tuple[int, str]] = set()

    def found(self, given: Given) -> list[_Found]:
        """A file, or those in a zip."""
        name = harmless(given.name)
        if given.path is None:
            problem = given.problem or Problem("picture_gone")
            return [_Found(name, problem=problem, source=given.name)]
        if not is_zip(given.path, name):
            return [_Found(name, given.path, source=given.name)]
        try:
            opened = self.open.enter_context(Zip(given.path, self._entries))
        except Problem as problem:
            return [_Found(name, problem=problem, source=given.name)]
        self._entries -= opened.listed
        inside = [(harmless(entry.name), entry) for entry in opened.entries]
        return [
            _Found(name, zip=opened, entry=entry, source=f"{given.name}/{name}")
            for name, entry in inside
        ]

    def text(self, found: _Found) -> str:
        """The words in a file, empty where it holds none that could be a caption."""
        try:
            content = self._content(found, LONGEST_TEXT)
        except (OSError, Problem, TooMuch):
            return ""
        return "" if len(content) > LONGEST_TEXT else words(content)

    def _content(self, found: _Found, most: int) -> bytes:
        if found.zip and found.entry:
            unpacking = found.zip.unpack(found.entry, most)
            try:
                return unpacking.content()
            finally:
                self._bytes -= unpacking.size
        assert found.path
        with found.path.open("rb") as file:
            return file.read(most + 1)

    def item(self, found: _Found, text: str) -> Item:
        """What a file turns out to be."""
        item = Item(self._named(found.name), text=text, source=found.source)
        try:
            return self._looked_at(found, item)
        except Problem as problem:
            return replace(item, problem=problem.told)

    def _looked_at(self, found: _Found, item: Item) -> Item:
        if found.problem:
            raise found.problem
        self._files += 1
        if self._files > self._settings.max_batch:
            raise Problem("batch_too_many", limit=self._settings.max_batch)
        path = self._unpacked(found) if found.zip else self._counted(found)
        try:
            with pictures.opened(path, self._settings) as picture:
                ending = ENDINGS[str(picture.format)]
            digest = pictures.digest(path, self._settings)
        except Problem as problem:
            if found.zip:
                path.unlink(missing_ok=True)
            if problem.name == "not_a_picture" and found.is_text:
                name = "odd_caption" if found.place in self.places else "text_alone"
                raise Problem(name, limit=LONGEST_TEXT // 1024) from None
            raise
        if found.zip:
            path = path.replace(path.with_suffix(ending))
        return replace(item, path=path, ending=ending, digest=digest or b"")

    def _counted(self, found: _Found) -> Path:
        """A file that lies where it was handed over."""
        assert found.path
        try:
            size = found.path.stat().st_size
        except OSError:
            raise Problem("picture_gone") from None
        if size <= self._settings.max_upload_mb * MB:  # what is larger is refused anyhow
            self._bytes -= size
        if self._bytes < 0:
            raise Problem("batch_too_large", limit=self._settings.max_batch_mb)
        return found.path

    def _unpacked(self, found: _Found) -> Path:
        """A file out of a zip; a picture, as far as its beginning tells."""
        assert found.zip
        assert found.entry
        self._check_room()
        limit = self._settings.max_upload_mb
        unpacking = found.zip.unpack(found.entry, min(limit * MB, max(0, self._bytes)))
        path = self._folder / f"{self._files:05}.part"
        try:
            unpacking.to(path)
            if begins_as_zip(path):
                raise Problem("zip_nested")
        except BaseException as error:
            path.unlink(missing_ok=True)
            if isinstance(error, TooMuch):
                raise self._too_much(unpacking.size) from None
            if isinstance(error, OSError):
                raise full(error) from error
            raise
        finally:
            self._bytes -= unpacking.size
        return path

    def _too_much(self, size: int) -> Problem:
        if size > self._settings.max_upload_mb * MB:
            return Problem("upload_too_big", limit=self._settings.max_upload_mb)
        return Problem("batch_too_large", limit=self._settings.max_batch_mb)


def unchecked() -> None:
    """For folders of whoever asks: the disk is theirs."""


async def take(
    given: Sequence[Given],
    folder: Path,
    settings: Settings,
    check_room: Callable[[], None] = unchecked,
) -> Taken:
    """Look into what was handed over, and unpack the pictures in zips.

    Args:
        given: Files and zips.
        folder: Where to unpack; files that are no zips stay where they are.
        settings: How many files there may be, how large each and all of them.
        check_room: Raises a Problem where the disk has no room for another file.

    Raises:
        Problem: There is nothing, or more than is taken at once.
    """
    if not given:
        raise Problem("batch_empty")
    if len(given) > settings.max_batch:
        raise Problem("batch_too_many", limit=settings.max_batch)
    intake = _Intake(folder, settings, check_room)
    with intake.open:
        found = [one for each in given for one in await in_thread(intake.found, each)]
        wanted = [one for one in found if not is_junk(one.name)]
        intake.places = {one.place for one in wanted if not one.is_text}
        texts = await _texts(wanted, intake)
        items = [
            await in_thread(intake.item, one, "" if one.is_text else texts.get(one.place, ""))
            for one in wanted
            if not (one.is_text and one.place in texts)
        ]
    if not items:
        raise Problem("batch_empty")
    return Taken(tuple(items), len(found) - len(wanted))


async def _texts(found: list[_Found], intake: _Intake) -> dict[tuple[int, str], str]:
    """The captions that came along, by where the pictures are that they belong to."""
    texts: dict[tuple[int, str], str] = {}
    for one in found:
        belongs = one.is_text and one.place in intake.places and one.place not in texts
        if belongs and (text := await in_thread(intake.text, one)):
            texts[one.place] = text
    return texts
