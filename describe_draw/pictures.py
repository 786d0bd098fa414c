"""An upload becomes a safe, upright, bounded picture; a drawing becomes a PNG."""

import hashlib
import io
import math
import mmap
import os
import re
import warnings
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from threading import Lock

import numpy as np
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo, putchunk

from describe_draw import structure
from describe_draw.problems import Problem
from describe_draw.settings import Settings
from describe_draw.structure import TooComplex

LONGEST_SIDE = 1024
"""What engines are given at most, in pixels: more tells them nothing."""

UPSTREAM_SIDE = 768
"""What captions are asked with, in pixels: enough for a sentence, and quickly sent."""

SHORTEST_SIDE = 16
"""A drawing with a shorter side is none, in pixels."""

LARGEST_DRAWING = 4096 * 4096
"""What a model's drawing may have, in pixels: as many as can be asked for."""

BLACK = 3
"""The most that JPEG makes of black, of 255."""

LARGE = 16_000_000
"""A larger picture is scaled down band by band where all of it would be copied, in pixels."""

BAND = 4_000_000

PNG_HEAD = 8 + 25
"""Where a PNG's other chunks begin: after its signature and IHDR, in bytes."""

_large_ones = Lock()
"""Large pictures are decoded one at a time: one of 64 megapixels may take a gigabyte."""

warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # sizes are checked below


class TooSmall(ValueError):
    """A picture of a few pixels."""


Image.init()
FORMATS: list[str] = [
    name
    for name in ("JPEG", "MPO", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "ICO", "PPM")
    if name in Image.OPEN  # a Pillow may be built without some
]


def within(picture: Image.Image, longest: int = LONGEST_SIDE) -> Image.Image:
    """A picture of at most `longest` pixels a side: itself or a smaller copy. Blocking."""
    if max(picture.size) <= longest:
        return picture
    smaller = picture.copy()
    smaller.thumbnail((longest, longest), Image.Resampling.BICUBIC)
    return smaller


def digest(image: str | Path | Image.Image | None, settings: Settings) -> bytes | None:
    """What a picture is known again by: of a file its content, whatever its name. Blocking.

    Returns:
        None where a file can't be read or is too large, which `load` puts into words.
    """
    if isinstance(image, Image.Image):
        return hashlib.sha256(f"{image.mode} {image.size} ".encode() + image.tobytes()).digest()
    try:
        with Path(image or "").open("rb") as file:
            if os.fstat(file.fileno()).st_size > settings.max_upload_mb * 1024 * 1024:
                return None
            return hashlib.file_digest(file, "sha256").digest()
    except (OSError, ValueError):
        return None


def load(path: str | Path | None, settings: Settings, longest: int = LONGEST_SIDE) -> Image.Image:
    """Read an upload as an upright RGB picture of at most `longest` pixels a side.

    The first frame of an animation counts; transparency becomes white. Blocking: call it in a
    thread.

    Raises:
        Problem: As `opened`, or damaged.
    """
    with opened(path, settings) as picture:
        turn = _large_ones if math.prod(picture.size) > LARGE else nullcontext()
        with turn:
            return _decode(picture, longest)


@contextmanager
def opened(path: str | Path | None, settings: Settings) -> Iterator[Image.Image]:
    """An upload that was found to be of a decent size and make; nothing is decoded yet.

    Raises:
        Problem: No picture, one that is gone, not a picture, larger than the settings allow, or
            built in a way that takes too long to read.
    """
    if not path:
        raise Problem("no_picture")
    path = Path(path)
    try:
        if path.stat().st_size > settings.max_upload_mb * 1024 * 1024:
            raise Problem("upload_too_big", limit=settings.max_upload_mb)
        picture = _open(path, settings.max_megapixels * 1_000_000)
    except Problem:
        raise
    except FileNotFoundError:
        raise Problem("picture_gone") from None
    except Image.DecompressionBombError:
        raise Problem("too_many_pixels", limit=settings.max_megapixels) from None
    except TooComplex:
        raise Problem("too_complex") from None
    except Exception:  # readers raise anything on damaged data, RuntimeError included
        raise Problem("not_a_picture") from None
    with picture:
        yield picture


def _open(path: Path, most_pixels: int) -> Image.Image:
    with (
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        structure.check(content, most_pixels)
    with ExitStack() as refused:
        picture = refused.enter_context(Image.open(path, formats=FORMATS))
        _check_opened(picture, most_pixels)
        refused.pop_all()
    return picture


def _check_opened(picture: Image.Image, most_pixels: int) -> None:
    if math.prod(picture.size) > most_pixels:
        raise Image.DecompressionBombError
    structure.check_opened(picture)


def _decode(opened: Image.Image, longest: int) -> Image.Image:
    try:
        picture = _converted(opened, longest)
        picture.thumbnail((longest, longest))  # a JPEG decodes straight to a smaller size
        picture = ImageOps.exif_transpose(picture)
    except TooComplex:
        raise Problem("too_complex") from None
    except Exception:  # decoders raise anything on damaged data, struct.error included
        raise Problem("damaged_picture") from None
    return flattened(picture)


def _converted(opened: Image.Image, longest: int) -> Image.Image:
    """The picture in a mode that Pillow scales; smaller already where that takes large copies."""
    factor = max(opened.size) // longest // 2
    deep = opened.mode.startswith("I;16")
    if math.prod(opened.size) > LARGE and factor > 1:
        if deep or opened.mode in ("1", "P", "PA", "LA", "RGBA"):
            return _reduced(opened, factor, "I" if deep else "RGBA")
    elif opened.mode in ("1", "P", "PA"):
        return opened.convert("RGBA")
    return opened.convert("I") if deep and factor > 1 else opened


def _reduced(opened: Image.Image, factor: int, mode: str) -> Image.Image:
    width, height = opened.size
    rows = max(1, BAND // width // factor) * factor
    small = Image.new(mode, (math.ceil(width / factor), math.ceil(height / factor)))
    small.info = {name: value for name, value in opened.info.items() if name != "transparency"}
    for top in range(0, height, rows):
        band = opened.crop((0, top, width, min(height, top + rows))).convert(mode)
        small.paste(band.reduce(factor), (0, top // factor))
    return small


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
    buffer = io.BytesIO()
    within(picture, longest).save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def whole(drawn: Image.Image | bytes) -> Image.Image:
    """A model's drawing, encoded or not decoded yet, as a whole RGB picture.

    Blocking: call it in a thread.

    Raises:
        OSError: It is no picture, cut short, or built to take long; Pillow has a few more for
            worse damage.
        ValueError: It is too small to be one.
    """
    content = drawn if isinstance(drawn, bytes) else _encoded(drawn)
    structure.check(content, LARGEST_DRAWING)
    picture = (
        drawn if isinstance(drawn, Image.Image) else Image.open(io.BytesIO(drawn), "r", FORMATS)
    )
    if picture.format not in (None, *FORMATS):
        raise OSError(f"{picture.format} is not decoded")
    _check_opened(picture, LARGEST_DRAWING)
    picture.load()
    if min(picture.size) < SHORTEST_SIDE:
        raise TooSmall(picture.size)
    return flattened(picture)


def _encoded(picture: Image.Image) -> bytes:
    """The file in memory that a picture is yet to be decoded from, empty for any other."""
    file = getattr(picture, "fp", None)
    return file.getvalue() if isinstance(file, io.BytesIO) else b""


def filling(picture: Image.Image, width: int, height: int) -> Image.Image:
    """A picture in another size, its edges cut where the shape is another. Blocking."""
    if picture.size == (width, height):
        return picture
    return ImageOps.fit(picture, (width, height), Image.Resampling.LANCZOS)


def is_black(picture: Image.Image) -> bool:
    """Whether an RGB picture is black all over, as safety filters leave it. Blocking."""
    return bool(np.asarray(picture).max() <= BLACK)


def png(picture: Image.Image) -> bytes:
    """A picture as PNG. Blocking: call it in a thread."""
    buffer = io.BytesIO()
    # Half the time of Pillow's own way, and no larger, for photos and drawings alike.
    picture.save(buffer, "PNG", compress_type=zlib.Z_RLE)
    return buffer.getvalue()


def with_texts(png: bytes, texts: dict[str, str]) -> bytes:
    """A PNG of this app's with text chunks, which come after its head."""
    info, chunks = PngInfo(), io.BytesIO()
    for name, text in texts.items():
        info.add_text(name, text)
    for kind, content, *_ in info.chunks:
        putchunk(chunks, kind, content)
    return png[:PNG_HEAD] + chunks.getvalue() + png[PNG_HEAD:]


def file_name(prompt: str, seed: int) -> str:
    """A download's name: what was drawn and the seed, e.g. `a-dog-in-a-park-42.png`."""
    words = re.sub(r"\W+", "-", prompt.lower()).strip("-_")[:48].rstrip("-")
    return f"{words or 'drawing'}-{seed}.png"
