"""The texts that a picture's file carries, whatever somebody put there."""

import contextlib

from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngImageFile

from describe_draw.reading.stealth import hidden_in

LONGEST = 20_000
"""A longer text is no recipe, in characters."""

LONGEST_JSON = 500_000
"""Likewise of JSON: ComfyUI's graphs of nodes have up to 300,000."""

CAMERA = (ExifTags.Base.Make, ExifTags.Base.Model, ExifTags.Base.ImageDescription)
"""Where ComfyUI's nodes put `prompt:{…}` and `workflow:{…}` in WebP files."""

CHARACTER_CODES = {b"ASCII\0\0\0": "ascii", b"UNICODE\0": "utf-16"}


def texts_in(picture: Image.Image) -> dict[str, str]:
    """All texts of an opened picture's file by name, `parameters` for an EXIF comment."""
    return _recipes_length({**_exif(picture), **_chunks(picture)})


def hidden_texts_in(picture: Image.Image) -> dict[str, str]:
    """The text that an opened picture's pixels hide, as `parameters`."""
    return _recipes_length({"parameters": hidden_in(picture, LONGEST_JSON)})


def _recipes_length(found: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in found.items() if 0 < len(text) <= _longest(text)}


def _longest(text: str) -> int:
    return LONGEST_JSON if text[:LONGEST].lstrip().startswith("{") else LONGEST


def _chunks(picture: Image.Image) -> dict[str, str]:
    if not isinstance(picture, PngImageFile):
        return {}
    with contextlib.suppress(
        Exception
    ):  # damaged behind its head; what was read until there counts
        picture.load()  # chunks may also follow the pixels
    texts = picture.info.items()
    return {str(name): str(text) for name, text in texts if isinstance(text, str)}


def _exif(picture: Image.Image) -> dict[str, str]:
    try:
        exif = picture.getexif()
        comment = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.UserComment)
        tags = [exif.get(tag) for tag in CAMERA]
    except Exception:  # EXIF parsers raise anything on damaged data
        return {}
    found = {"parameters": _comment(comment)}
    for tag in tags:
        name, colon, text = tag.partition(":") if isinstance(tag, str) else ("", "", "")
        if colon and name in ("prompt", "workflow"):
            found[name] = text.rstrip("\0")
    return found


def _comment(value: object) -> str:
    """An EXIF comment: eight bytes name its code, and nothing tells UTF-16's byte order."""
    if isinstance(value, str):
        return value
    if not isinstance(value, bytes) or len(value) > 4 * LONGEST_JSON:
        return ""
    code, text = CHARACTER_CODES.get(value[:8].upper(), "utf-8"), value[8:]
    if code == "utf-16" and not text.startswith((b"\xfe\xff", b"\xff\xfe")):
        big_endian = text[::2].count(0) >= text[1::2].count(0)
        code = "utf-16-be" if big_endian else "utf-16-le"
    return text.decode(code, "replace").strip("\0\ufeff")
