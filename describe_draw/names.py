"""Names of files as strangers give them: harmless to show, and safe to write on any system."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 200
"""What one part of a name may have, in bytes of UTF-8: most file systems take 255."""

DEEPEST = 8
"""How many folders of a name are kept, and the file: the innermost."""

MOST = 4096
"""What is read of a name at all, in characters."""

DEVICE = re.compile(r"(con|prn|aux|nul|conin|conout|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
"""Names that Windows gives to devices, whatever the folder and the ending."""

JOINERS = "\u200c\u200d"
"""Signs that are not seen and do no harm: Persian needs them, and so do families of emoji."""

HARMFUL = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Unicode's control, format (those that turn the direction among them) and broken characters."""

RESERVED = re.compile(r'[<>:"|?*\\]')


def harmless(name: str) -> str:
    """A name with its folders, as it may be shown: no control signs, of a bounded length."""
    parts = [_part(part) for part in name[-MOST:].replace("\\", "/").split("/")]
    kept = [part for part in parts if part not in ("", ".", "..")]
    return "/".join(kept[-DEEPEST:]) or "file"


def safe(name: str) -> str:
    """A harmless name that may be written on Windows, macOS and Linux, and is not hidden there."""
    return "/".join(map(_safe, harmless(name).split("/")))


def stem_of(name: str) -> str:
    """A name without its folders and its ending."""
    return PurePosixPath(name).stem


class Distinct:
    """Makes names distinct, also where a file system takes small letters for capitals.

    Args:
        by_stem: Whether names that differ in their endings alone are made distinct too.
    """

    def __init__(self, *, by_stem: bool = False) -> None:
        self._by_stem = by_stem
        self._used: dict[str, int] = {}

    def __call__(self, name: str) -> str:
        """The name, with a number where it was there before: `cat.jpg`, `cat (2).jpg`."""
        path = PurePosixPath(name)
        first, new = self._key(path), path
        while self._key(new) in self._used:
            self._used[first] = number = self._used.get(first, 1) + 1
            new = path.with_name(f"{path.stem} ({number}){path.suffix}")
        self._used[self._key(new)] = 1
        return str(new)

    def _key(self, path: PurePosixPath) -> str:
        name = path.with_name(path.stem) if self._by_stem else path
        return unicodedata.normalize("NFKC", str(name)).casefold()


def _part(part: str) -> str:
    composed = unicodedata.normalize("NFC", part)
    said = "".join("_" if _is_harmful(sign) else sign for sign in composed).strip()
    return said if len(said.encode()) <= LONGEST else _shortened(said)


def _is_harmful(sign: str) -> bool:
    return unicodedata.category(sign) in HARMFUL and sign not in JOINERS


def _shortened(part: str) -> str:
    stem, dot, ending = part.rpartition(".")
    if not stem or len(ending) > 10:
        stem, dot, ending = part, "", ""
    room = LONGEST - len(f"{dot}{ending}".encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + dot + ending


def _safe(part: str) -> str:
    said = RESERVED.sub("_", part).rstrip(". ").lstrip(". ")
    said = re.sub(r"^__+", "_", said) or "_"
    return f"_{said}" if DEVICE.match(said) else said
