"""Files as a shell names them: by path, by folder, by glob, or in a list."""

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from describe_draw.batch.kinds import is_junk
from describe_draw.batch.rows import Given
from describe_draw.problems import Problem

STDIN = "-"

PIECE = 500
"""How many files are looked into before the first of them is asked about."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file.

    Args:
        path: Where it is.
        inside: Its path in the folder that was named, else its name alone.
        exists: Whether it is there.
    """

    path: Path
    inside: Path
    exists: bool = True

    @property
    def is_text(self) -> bool:
        return self.path.suffix.lower() == ".txt"

    @property
    def is_zip(self) -> bool:
        return self.path.suffix.lower() == ".zip"

    @property
    def stem(self) -> str:
        """What a picture's path and that of its text have in common."""
        return str(self.path.with_suffix(""))

    def given(self) -> Given:
        """The same for `batch.sources`."""
        if self.exists:
            return Given(str(self.path), self.path)
        return Given(str(self.path), None, Problem("no_such_file"))


def found(words: Iterable[str], own: frozenset[Path]) -> list[Found]:
    """The files that were named, each once and in the order given; those of a folder sorted.

    Args:
        words: Paths, globs, and `-` for a list of paths at the standard input.
        own: The command's own files and folders, which are none of a folder's pictures.
    """
    files = (file for word in words for file in _named(word, own))
    # By name: of two links to the same file each is answered for.
    return list({os.path.normpath(file.path.absolute()): file for file in files}.values())


def pieces(files: Iterable[Found]) -> Iterator[list[Found]]:
    """The same in parts: each zip by itself, and no picture apart from its text."""
    piece: list[Found] = []
    for file in files:
        goes_on = len(piece) < PIECE or file.stem == piece[-1].stem
        if piece and (file.is_zip or piece[-1].is_zip or not goes_on):
            yield piece
            piece = []
        piece.append(file)
    if piece:
        yield piece


def lines() -> list[str]:
    """What stands at the standard input, a line each; `find -print0` ends them by zeros."""
    text = os.fsdecode(sys.stdin.buffer.read())
    return [line for line in (text.split("\0") if "\0" in text else text.splitlines()) if line]


def _named(word: str, own: frozenset[Path]) -> Iterator[Found]:
    if word == STDIN:
        for line in lines():
            yield from _at(Path(line), own)
    elif os.path.lexists(word) or not glob.has_magic(word):
        yield from _at(Path(word), own)
    elif matches := sorted(glob.glob(word, recursive=True)):  # noqa: PTH207  (Path takes no absolute ones)
        for match in matches:
            path = Path(match)
            if path.resolve() not in own and not is_junk(path.name):
                yield from _at(path, own)
    else:
        yield Found(Path(word), Path(word), exists=False)


def _at(path: Path, own: frozenset[Path]) -> Iterator[Found]:
    if path.is_dir():
        yield from _in(path, own)
    else:
        yield Found(path, Path(path.name), exists=path.exists())


def _in(root: Path, own: frozenset[Path]) -> Iterator[Found]:
    """The files of a folder and of those in it, but for junk and what is hidden."""
    for name, folders, files in os.walk(root):
        folder = Path(name)
        folders[:] = sorted(f for f in folders if _counts(folder / f, own))
        paths = [folder / file for file in files]
        texts = {path.with_name(f"{path.name}.txt") for path in paths}  # see `beside.Texts`
        for path in sorted(paths, key=lambda path: (str(path.with_suffix("")), path)):
            if path not in texts and _counts(path, own):
                yield Found(path, path.relative_to(root))


def _counts(path: Path, own: frozenset[Path]) -> bool:
    is_hidden = path.name.startswith(".") or is_junk(path.name) or path.name == "__MACOSX"
    return not is_hidden and path.resolve() not in own
