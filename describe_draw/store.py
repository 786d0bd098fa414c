"""What the app keeps on disk for its visitors: one folder, in which nothing grows old."""

import errno
import logging
import os
import shutil
import stat
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from describe_draw.problems import EngineProblem, Problem

log = logging.getLogger(__name__)

SECONDS = 3600
"""How long a file is kept after it was made."""

ROOM = 256 * 1024 * 1024
"""What must stay free on the disk, in bytes, for a file to come in."""

MOST = 4 * 1024**3
"""What all files may take together, in bytes; beyond it the oldest go before their time."""

UNWRITABLE = frozenset(
    getattr(errno, name)
    for name in ("ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EACCES", "EPERM", "ENOENT", "ENOTDIR")
    if hasattr(errno, name)  # Windows lacks some
)
"""What the system says where no file can be written: no room, no permission, no folder."""

PREFIX = "describe-draw-"

LEFT = 1800
"""A process that still runs has touched its folder within this time, in seconds."""


class Store:
    """A folder and the files that the app puts there.

    Args:
        root: The folder; it is made where it is missing.
    """

    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self.root = root.resolve()

    def new(self) -> Path:
        """A fresh folder, for a file to come.

        Raises:
            Problem: There is too little room for one, or nothing can be written.
        """
        self._see_room()
        folder = self.root / uuid.uuid4().hex
        try:
            folder.mkdir(parents=True)
        except OSError as error:
            raise full(error) from error
        return folder

    def held(self, path: str) -> Path | None:
        """A file of the store's by its path, None for any other and for one that is gone.

        Other paths aren't even looked at: on Windows a path may name a stranger's server, which
        would be asked, and told who asks.
        """
        if not Path(os.path.normpath(path)).is_relative_to(self.root):
            return None
        try:
            real = Path(path).resolve(strict=True)
            is_ours = real.is_relative_to(self.root) and stat.S_ISREG(real.lstat().st_mode)
            return real if is_ours else None
        except (OSError, ValueError, RuntimeError):
            return None

    def _see_room(self) -> None:
        try:
            free = shutil.disk_usage(self.root).free
        except OSError as error:
            raise full(error) from error
        if free < ROOM:
            raise Problem("disk_full")

    def sweep(self, keep: Callable[[], set[str]] = set, age: float = SECONDS) -> None:
        """Remove what is too old, what is too much, and the folders left empty. Blocking.

        Args:
            keep: The paths that stay, however old.
            age: The oldest that a file may be, in seconds.
        """
        os.utime(self.root)
        kept = keep()
        found = sorted((_age(path), path) for path in _files(self.root) if str(path) not in kept)
        total = sum(size for (_, size), _ in found)
        for (old, size), path in reversed(found):
            if old > age or total > MOST:
                try:
                    path.unlink(missing_ok=True)
                except OSError:  # Windows keeps what is open, until the next sweep
                    continue
                total -= size
        for folder, _, _ in os.walk(self.root, topdown=False):
            if folder != str(self.root) and _age(Path(folder))[0] > min(age, 60):
                try:
                    Path(folder).rmdir()
                except OSError:  # not empty
                    continue

    def remove(self, folder: Path) -> None:
        """Remove a folder of the store's with all that is in it. Blocking."""
        shutil.rmtree(folder, ignore_errors=True)


def private() -> Path:
    """Have all temporary files, Gradio's among them, made in a folder of this process alone.

    It is inside the one that `GRADIO_TEMP_DIR` names, or the system's. What earlier processes
    left there is removed. Must run before Gradio is imported.

    Raises:
        OSError: Nothing can be written there.
    """
    parent = Path(os.environ.get("GRADIO_TEMP_DIR") or tempfile.gettempdir())
    parent.mkdir(parents=True, exist_ok=True)
    for left in parent.glob(f"{PREFIX}*"):
        if _age(left)[0] > LEFT:
            shutil.rmtree(left, ignore_errors=True)
    # By its own name: macOS' is behind a link, Windows' may be shortened, and paths are compared.
    folder = str(Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent)).resolve())
    os.environ["GRADIO_TEMP_DIR"] = tempfile.tempdir = folder
    return Path(folder)


def full(error: OSError) -> Problem:
    """What to tell a visitor when a file can't be written, and the operator in the log."""
    if error.errno not in UNWRITABLE:
        return EngineProblem("unexpected")
    log.error("the temporary folder can't be written: %s", error.strerror)
    return Problem("disk_full")


def _files(root: Path) -> list[Path]:
    return [Path(folder) / name for folder, _, names in os.walk(root) for name in names]


def _age(path: Path) -> tuple[float, int]:
    """How old a file is, in seconds, and its size in bytes; of one that is gone 0."""
    try:
        found = path.lstat()
    except OSError:
        return 0, 0
    return time.time() - max(found.st_mtime, found.st_ctime), found.st_size
