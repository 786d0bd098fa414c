"""An upload becomes a safe, upright, bounded picture; a drawing becomes a PNG."""

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.PngImagePlugin import PngInfo

from describe_draw.problems import Problem
from describe_draw.settings import Settings

LONGEST_SIDE = 1024
"""What engines are given at most, in pixels: more tells them nothing."""

UPSTREAM_SIDE = 768
"""What captions are asked with, in pixels: enough for a sentence, and quickly sent."""

SHORTEST_SIDE = 16
"""A drawing with a shorter side is none, in pixels."""

warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # sizes are checked below


class TooSmall(ValueError):
    """A picture of a few pixels."""


Image.init()
FORMATS: list[str] = [
    name
    for name in ("JPEG", "MPO", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "ICO", "PPM")
    if name in Image.OPEN  # a Pillow may be built without some
]


def load(path: str | Path | None, settings: Settings, longest: int = LONGEST_SIDE) -> Image.Image:
    """Read an upload as an upright RGB picture of at most `longest` pixels a side.

    The first frame of an animation counts; transparency becomes white. Blocking: call it in a
    thread.

    Raises:
        Problem: No picture, not a picture, damaged, or larger than the settings allow.
    """
    with opened(path, settings) as picture:
        return _decode(picture, longest)


@contextmanager
def opened(path: str | Path | None, settings: Settings) -> Iterator[Image.Image]:
    """An upload whose head was read and found to be of a decent size; nothing is decoded yet.

    Raises:
        Problem: No picture, not a picture, or larger than the settings allow.
    """
    if not path:
        raise Problem("no_picture")
    path = Path(path)
    if path.stat().st_size > settings.max_upload_mb * 1024 * 1024:
        raise Problem("upload_too_big", limit=settings.max_upload_mb)
    try:
        picture = Image.open(path, formats=FORMATS)
    except Image.DecompressionBombError:
        raise Problem("too_many_pixels", limit=settings.max_megapixels) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise Problem("not_a_picture") from None
    with picture:
        width, height = picture.size
        if width * height > settings.max_megapixels * 1_000_000:
            raise Problem("too_many_pixels", limit=settings.max_megapixels)
        yield picture


def _decode(opened: Image.Image, longest: int) -> Image.Image:
    try:
        # Palettes and bitmaps can't be scaled as they are.
        picture = opened.convert("RGBA") if opened.mode in ("P", "PA", "1") else opened
        picture.thumbnail((longest, longest))  # a JPEG decodes straight to a smaller size
        picture = ImageOps.exif_transpose(picture)
    except Exception:  # decoders raise anything on damaged data, struct.error included
        raise Problem("damaged_picture") from None
    return flattened(picture)


def flattened(picture: Image.Image) -> Image.Image:
    """The picture as RGB: 16 bits scaled to 8, transparency on white."""
    if picture.mode.startswith("I") or picture.mode == "F":
        picture = _eight_bit(picture)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, picture).convert("RGB")
    return picture.convert("RGB")


def _eight_bit(picture: Image.Image) -> Image.Image:
    """Pillow clips deep grey at 255, which leaves a white page."""
    values = np.asarray(picture, np.float32)
    full = 65535 if values.max() > 255 else 255
    return Image.fromarray((values.clip(0, full) * (255 / full)).astype(np.uint8))


def jpeg(picture: Image.Image, longest: int) -> bytes:
    """What goes upstream: an RGB picture as JPEG of at most `longest` pixels a side.

    Blocking: call it in a thread.
    """
    if max(picture.size) > longest:
        picture = picture.copy()
        picture.thumbnail((longest, longest), Image.Resampling.BICUBIC)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def whole(drawn: Image.Image | bytes) -> Image.Image:
    """A model's drawing, encoded or not decoded yet, as a whole RGB picture.

    Blocking: call it in a thread.

    Raises:
        OSError: It is no picture, or cut short; Pillow has a few more for worse damage.
        ValueError: It is too small to be one.
    """
    picture = Image.open(io.BytesIO(drawn)) if isinstance(drawn, bytes) else drawn
    picture.load()
    if min(picture.size) < SHORTEST_SIDE:
        raise TooSmall(picture.size)
    return flattened(picture)


def save_png(picture: Image.Image, path: Path, chunks: dict[str, str]) -> None:
    """Write a PNG with text chunks. Blocking: call it in a thread."""
    info = PngInfo()
    for name, text in chunks.items():
        info.add_text(name, text)
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, "PNG", pnginfo=info, compress_level=3)


def file_name(prompt: str, seed: int) -> str:
    """A download's name: what was drawn and the seed, e.g. `a-dog-in-a-park-42.png`."""
    words = re.sub(r"\W+", "-", prompt.lower()).strip("-_")[:48].rstrip("-")
    return f"{words or 'drawing'}-{seed}.png"
