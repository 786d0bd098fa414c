"""Local files and folders, for whoever runs the app on their own machine."""

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from describe_draw.batch.rows import Given


def listed(paths: Iterable[Path], most: int) -> list[Given]:
    """The files that paths name, at most one more than a run takes. Blocking.

    Args:
        paths: Files, and folders with all that is in them but hidden folders and links to others.
        most: How many files the run takes.

    Returns:
        Files named as they are, those of a folder by their paths in it, in the order of names.
    """
    return list(islice((given for path in paths for given in _within(path)), most + 1))


def _within(path: Path) -> Iterator[Given]:
    if not path.is_dir():
        yield Given(path.name, path)
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            found = Path(folder, name)
            yield Given(found.relative_to(path).as_posix(), found)
