"""What kind of file something is, by its name and by how it begins."""

from pathlib import Path, PurePosixPath

ZIP = (b"PK\3\4", b"PK\5\6")
"""How a zip begins, and an empty one."""

JUNK = frozenset({".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini"})
JUNK_FOLDER = "__macosx"
APPLE_DOUBLE = "._"
"""What systems put beside a visitor's files; the last is before the name of each."""

ENDINGS = {
    "JPEG": ".jpg",
    "MPO": ".jpg",
    "PNG": ".png",
    "WEBP": ".webp",
    "GIF": ".gif",
    "BMP": ".bmp",
    "TIFF": ".tif",
    "AVIF": ".avif",
    "ICO": ".ico",
    "PPM": ".ppm",
}
"""How files of the formats that are read end."""


def is_junk(name: str) -> bool:
    """Whether no visitor put a file there."""
    *folders, last = (part.lower() for part in PurePosixPath(name).parts)
    return last in JUNK or last.startswith(APPLE_DOUBLE) or JUNK_FOLDER in folders


def is_zip(path: Path, name: str) -> bool:
    """Whether it is to be unpacked: by its name too, since documents of many kinds are zips."""
    return name.lower().endswith(".zip") and begins_as_zip(path)


def begins_as_zip(path: Path) -> bool:
    """Whether it is a zip, whatever its name."""
    try:
        with path.open("rb") as file:
            return file.read(4) in ZIP
    except OSError:
        return False


def words(content: bytes) -> str:
    """The words in a text file, however its editor wrote them."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16").strip()
    if b"\0" in content:
        return ""
    return (_decoded(content, "utf-8-sig") or _decoded(content, "cp1252")).strip()


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return ""
