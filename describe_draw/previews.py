"""A drawing as agents are shown it: a small WebP file, with the recipe in it.

What is known of the limits of those who call: Claude Desktop refuses results of more than
1,048,576 characters (github.com/PrefectHQ/fastmcp/issues/1036), and Claude Code counts Base64 as
text, of which it takes 25,000 tokens (github.com/anthropics/claude-code/issues/9152 and 31208).
"""

import io
from pathlib import Path

from PIL import ExifTags, Image

from describe_draw.pictures import flattened, within

LONGEST = 768
"""What the longer side has at most, in pixels."""

MOST = 36 * 1024
"""What the pictures of one answer take at most, in bytes: 48 KB in Base64."""

QUALITIES = (80, 60, 40)
"""Tried in this order; then the picture gets smaller."""

UNICODE = b"UNICODE\0"
"""How the EXIF comment begins in which AUTOMATIC1111's web UI keeps recipes, in UTF-16 after it."""


def preview(path: Path, among: int = 1) -> tuple[bytes, str]:
    """A drawing's small WebP file, and its recipe in the text form of this field's tools.

    Blocking: call it in a thread.

    Args:
        path: The PNG file of a drawing of this app.
        among: How many pictures share the bytes, and much the pixels, of an answer.
    """
    with Image.open(path) as opened:
        recipe = str(opened.info.get("parameters", ""))
        picture = flattened(opened)
    most, longest = MOST // among, int(LONGEST / among**0.5)
    exif = _exif(recipe) if recipe else b""
    if len(exif) > most // 2:
        exif = b""
    while True:
        small = within(picture, longest)
        for quality in QUALITIES:
            webp = _encoded(small, quality, exif)
            if len(webp) <= most:
                return webp, recipe
        longest = longest * 3 // 4


def _encoded(picture: Image.Image, quality: int, exif: bytes) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=quality, exif=exif)
    return buffer.getvalue()


def _exif(recipe: str) -> bytes:
    exif = Image.Exif()
    comment = UNICODE + recipe.encode("utf-16-be")
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = comment
    return exif.tobytes()
