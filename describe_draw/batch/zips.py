"""Zips of strangers: nothing that one says of itself is believed.

A zip may say that its files are small, or lie anywhere, or are a million; it may keep them all in
the same bytes, or in a form that unpacks to gigabytes at once.
"""

import io
import os
import stat
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import TracebackType
from typing import IO
from zipfile import ZipInfo

from describe_draw.problems import Problem

PIECE = 64 * 1024
ENTRY = 2048
"""What an entry may take in a zip's list of its files, in bytes: twice the longest usual path."""

FEWEST = 64
"""Entries for which there is room in any list."""

IN_PIECES = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What Python unpacks in pieces of a bounded size; bzip2 and LZMA it doesn't."""

ENCRYPTED, IS_UTF8 = 0x1, 0x800
SMALLEST_HEAD = 30
UNIX = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in a zip.

    Args:
        name: With the folders that it is in, as the zip says it.
        info: Where it is.
        problem: Why it isn't unpacked.
    """

    name: str
    info: ZipInfo
    problem: Problem | None = None


class Zip:
    """A stranger's zip, open. All methods block.

    Args:
        path: The file.
        most: How many files it may hold.

    Attributes:
        listed: How many entries it lists, folders among them.
        entries: The files.

    Raises:
        Problem: It is broken, holds too many, or keeps several in the same place.
    """

    def __init__(self, path: Path, most: int) -> None:
        file = _Bounded(path, max(most, FEWEST) * ENTRY)
        try:
            self._zip = zipfile.ZipFile(file)
            self.listed = len(self._zip.infolist())
            self.entries = _entries(self._zip.infolist(), most)
        except BaseException as error:
            file.close()
            if isinstance(error, _TooLong):
                raise Problem("zip_too_many") from None
            if isinstance(error, Problem) or not isinstance(error, Exception):
                raise
            raise Problem("zip_broken") from None  # zipfile raises anything on damaged data
        self._file = file

    def __enter__(self) -> "Zip":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._zip.close()
        self._file.close()

    def unpack(self, entry: Entry, most: int) -> "Unpacking":
        """The content of an entry, of which no more is unpacked than may be.

        Raises:
            Problem: Why it isn't unpacked at all.
        """
        if entry.problem:
            raise entry.problem
        return Unpacking(self._zip, entry.info, most)


class Unpacking:
    """An entry's content while it is unpacked.

    Args:
        file: The zip.
        info: The entry.
        most: What it may come to, in bytes.

    Attributes:
        size: What it came to so far.
    """

    def __init__(self, file: zipfile.ZipFile, info: ZipInfo, most: int) -> None:
        self._zip, self._info, self._most = file, info, most
        self.size = 0

    def to(self, path: Path) -> None:
        """Write it to a file.

        Raises:
            TooMuch: It comes to more than it may.
            Problem: It is damaged.
            OSError: The file can't be written.
        """
        with path.open("wb") as file:
            for piece in self._pieces():
                file.write(piece)

    def content(self) -> bytes:
        """It, as bytes.

        Raises:
            TooMuch: It comes to more than it may.
            Problem: It is damaged.
        """
        return b"".join(self._pieces())

    def _pieces(self) -> Iterator[bytes]:
        try:
            packed = self._zip.open(self._info)
        except Exception as error:  # what is damaged raises anything
            raise Problem("damaged_picture") from error
        with packed:
            while piece := _read(packed):
                self.size += len(piece)
                if self.size > self._most:
                    raise TooMuch
                yield piece


class TooMuch(Exception):
    """An entry that unpacks to more than it may."""


class _TooLong(Exception):
    """A list of files that is longer than that of a zip of so many files."""


class _Bounded(io.FileIO):
    """A file of which only so much is read at once: zipfile reads a list of any length."""

    def __init__(self, path: Path, most: int) -> None:
        super().__init__(path)
        self._most = max(most, 2 * PIECE)
        self._size = os.fstat(self.fileno()).st_size

    def read(self, size: int | None = -1) -> bytes:
        wanted = self._most + 1 if size is None or size < 0 else min(size, self._most + 1)
        content = super().read(min(wanted, self._size)) or b""  # which sets aside as much memory
        if len(content) > self._most:
            raise _TooLong
        return content


def _read(packed: IO[bytes]) -> bytes:
    try:
        return packed.read(PIECE)
    except Exception as error:  # what is damaged raises anything
        raise Problem("damaged_picture") from error


def _entries(infos: list[ZipInfo], most: int) -> tuple[Entry, ...]:
    """What a zip lists, without its folders."""
    if len(infos) > most:
        raise Problem("zip_too_many")
    if _overlap(infos):
        raise Problem("zip_bomb")
    return tuple(Entry(_name(i), i, _problem(i)) for i in infos if not i.is_dir())


def _overlap(infos: list[ZipInfo]) -> bool:
    """Whether two entries are in the same place, so that many are made of one."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            return True
        end = info.header_offset + SMALLEST_HEAD + info.compress_size
    return False


def _name(info: ZipInfo) -> str:
    """An entry's name. Without the flag for UTF-8 it is code page 437, by the standard.

    The archivers of macOS and Linux write UTF-8 all the same, which other names hardly ever are.
    """
    name = info.orig_filename
    if not info.flag_bits & IS_UTF8:
        with suppress(UnicodeError):
            return name.encode("cp437").decode("utf-8")
    return name


def _problem(info: ZipInfo) -> Problem | None:
    """Why an entry isn't unpacked, as far as its head tells."""
    kind = stat.S_IFMT(info.external_attr >> 16) if info.create_system == UNIX else 0
    if _leads_out(_name(info)):
        return Problem("zip_outside")
    if kind not in (0, stat.S_IFREG):
        return Problem("zip_link")
    if info.flag_bits & ENCRYPTED:
        return Problem("zip_encrypted")
    if info.compress_type not in IN_PIECES:
        return Problem("zip_method")
    return None


def _leads_out(name: str) -> bool:
    name = name.replace("\\", "/")
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or bool(PureWindowsPath(name).drive)
