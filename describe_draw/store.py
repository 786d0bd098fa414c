"""What the app keeps on disk for its visitors: one folder, in which nothing grows old."""

import errno
import logging
import os
import shutil
import stat
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from contextvars import ContextVar
from pathlib import Path
from threading import Lock

from describe_draw.problems import EngineProblem, Problem

log = logging.getLogger(__name__)

SECONDS = 3600
"""How long a file is kept after it was last used."""

AWAY = 600
"""How long the files of a page are kept after it was closed: a phone that slept comes back."""

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


NOBODY = "nobody"
"""In the place of a page: whose folder outlives all pages; no session has such a short name."""

page: ContextVar[str] = ContextVar("page", default="")
"""The session of the page for which the running call works, empty for any other caller."""


class Store:
    """A folder and the files that the app puts there.

    What is made or used for a page goes when that page has been closed for `AWAY` seconds. All
    files go when nobody has used them for `SECONDS`.

    Args:
        root: The folder; it is made where it is missing.
    """

    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self.root = root.resolve()
        self._owners: dict[Path, str] = {}
        self._folders: defaultdict[str, set[Path]] = defaultdict(set)
        self._closed: dict[str, float] = {}
        self._lock = Lock()

    def new(self) -> Path:
        """A fresh folder, for a file to come.

        Raises:
            Problem: There is too little room for one, or nothing can be written.
        """
        self.check_room()
        folder = self.root / uuid.uuid4().hex
        try:
            folder.mkdir(parents=True)
        except OSError as error:
            raise full(error) from error
        self._claim(folder)
        return folder

    def _claim(self, folder: Path) -> None:
        """Note for whose page a folder is, for nobody's where a program calls; the first has it."""
        owner = page.get()
        with self._lock:
            if self._owners.get(folder):
                return
            self._owners[folder] = owner
            if owner:
                self._folders[owner].add(folder)

    def outlive(self, paths: Iterable[Path]) -> None:
        """Have files stay when their page is closed: they go when nobody uses them any more."""
        folders = {folder for path in paths for folder in path.parents}
        with self._lock:
            for folder in folders & self._owners.keys():
                self._folders[self._owners[folder]].discard(folder)
                self._owners[folder] = NOBODY

    def held(self, path: str) -> Path | None:
        """A file of the store's by its path, which is thereby used; None for any other.

        So it is for a file that is gone. Other paths aren't even looked at: on Windows a path may
        name a stranger's server, which would be asked, and told who asks.
        """
        try:
            if not Path(os.path.normpath(path)).is_relative_to(self.root):
                return None
            real = Path(path).resolve(strict=True)
            if not (real.is_relative_to(self.root) and stat.S_ISREG(real.lstat().st_mode)):
                return None
            os.utime(real)
        except (OSError, ValueError, RuntimeError):
            return None
        folder = self.root / real.relative_to(self.root).parts[0]
        if self._owners.get(folder) == "":  # an upload
            self._claim(folder)
        return real

    def has(self, path: str | None) -> bool:
        """Whether a path, which the app made, leads to a file of the store's."""
        return path is not None and Path(path).is_relative_to(self.root)

    def use(self, paths: Iterable[Path]) -> None:
        """Have files that are still there kept for a full time from now on."""
        for path in paths:
            with suppress(OSError):
                os.utime(path)

    def opened(self, session: str) -> None:
        """A session's page is open, perhaps again."""
        with self._lock:
            self._closed.pop(session, None)

    def closed(self, session: str) -> None:
        """A session's page was closed, or has lost its connection."""
        with self._lock:
            if session in self._folders:
                self._closed[session] = time.monotonic()

    def check_room(self) -> None:
        """Raises: Problem where there is too little room for another file."""
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
        self._remove_closed()
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

    def _remove_closed(self) -> None:
        """Remove what pages had that were closed long enough ago."""
        now = time.monotonic()
        with self._lock:
            gone = [session for session, since in self._closed.items() if now - since >= AWAY]
            folders = [folder for session in gone for folder in self._folders.get(session, ())]
            for session in gone:
                del self._closed[session]
            known = list(self._owners)
        for folder in folders:
            self.remove(folder)
        self._forget([folder for folder in known if not folder.exists()])

    def _forget(self, folders: Iterable[Path]) -> None:
        """Remember no owner of what is gone."""
        with self._lock:
            for folder in folders:
                owner = self._owners.pop(folder)
                self._folders[owner].discard(folder)
                if not self._folders[owner]:
                    del self._folders[owner]

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
