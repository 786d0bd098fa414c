"""A recipe in the lowest bits of the pixels ("stealth pnginfo"), which outlives a file's chunks.

Its writers are an extension of AUTOMATIC1111's web UI, Forge, SwarmUI, NovelAI and a node of
ComfyUI's. Pixels follow each other down the columns, from the left; their bits are a signature of
15 bytes, the text's length in bits (32 bits, the highest first), and the text in UTF-8.
"""

import contextlib
import math
import zlib

import numpy as np
from PIL import Image

from describe_draw import pictures

CHANNELS = {"png": slice(3, 4), "rgb": slice(0, 3)}
"""Where the bits are: in the alpha channel, or in all colours of a pixel in turn."""

SIGNATURE = 15
HEAD = SIGNATURE + 4
GZIP = 31
"""`wbits` for zlib: the text is compressed with gzip's head."""


def hidden_in(picture: Image.Image, longest: int) -> str:
    """The text that a picture's pixels hide.

    Args:
        picture: An opened one; it is decoded where it may hide any.
        longest: What a text may have, in bytes, also before it is unpacked.

    Returns:
        The text, empty where there is none or a longer one.
    """
    if not _may_hide(picture):
        return ""
    with contextlib.suppress(Exception):  # decoders raise anything on damaged data
        for where, channels in CHANNELS.items():
            text = _hidden(picture, where, channels, longest)
            if text:
                return text.decode("utf-8", "replace")
    return ""


def _may_hide(picture: Image.Image) -> bool:
    """Whether it is worth decoding. PNG has been, for its last chunks; lossy WebP keeps alpha."""
    if picture.format == "WEBP":
        return picture.mode == "RGBA" and math.prod(picture.size) <= pictures.LARGE
    return picture.format == "PNG" and picture.mode in ("RGB", "RGBA")


def _hidden(picture: Image.Image, where: str, channels: slice, longest: int) -> bytes:
    head = _lowest_bits(picture, channels, HEAD)
    signature, length = head[:SIGNATURE].decode("latin-1"), int.from_bytes(head[SIGNATURE:]) // 8
    if signature not in (f"stealth_{where}info", f"stealth_{where}comp") or length > longest:
        return b""
    text = _lowest_bits(picture, channels, HEAD + length)[HEAD:]
    if len(text) < length:
        return b""
    return text if signature.endswith("info") else _unpacked(text, longest)


def _unpacked(text: bytes, longest: int) -> bytes:
    """All of a compressed text; nothing of one that is cut short or longer than that."""
    unpacking = zlib.decompressobj(GZIP)
    unpacked = unpacking.decompress(text, longest)
    return unpacked if unpacking.eof else b""


def _lowest_bits(picture: Image.Image, channels: slice, count: int) -> bytes:
    """The first bytes that the lowest bits make; no more columns are copied than hold them."""
    bands = len(range(*channels.indices(len(picture.getbands()))))
    if not bands:
        return b""
    columns = math.ceil(8 * count / (picture.height * bands))
    left = picture.crop((0, 0, min(columns, picture.width), picture.height))
    bits = np.asarray(left)[:, :, channels].swapaxes(0, 1) & 1
    return np.packbits(bits.reshape(-1)[: 8 * count]).tobytes()
