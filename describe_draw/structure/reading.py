"""Numbers out of a file's bytes."""

import mmap
import struct
from typing import Any

Data = bytes | mmap.mmap


def numbers(layout: str, data: Data, at: int) -> tuple[Any, ...] | None:
    """What a `struct` layout finds at an offset, None where the data ends before."""
    if at < 0 or at + struct.calcsize(layout) > len(data):
        return None
    return struct.unpack_from(layout, data, at)
