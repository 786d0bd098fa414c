"""JPEG: segments before the first scan, then scans."""

import re

from describe_draw.structure.reading import Data, numbers
from describe_draw.structure.refusal import TooComplex

MOST_SCANS = 100
"""Progressive files have 10, and a few 53."""

MOST_SCANNED = 2_500_000_000
"""Pixels in all scans together: each scan goes over the whole picture."""

ARITHMETIC_COSTS = 20
"""Arithmetic coding takes that many times longer, and hardly anybody writes it."""

MOST_SEGMENTS = 1000
"""Before the first scan. Profiles, previews and metadata take one for every 64 KB."""

MOST_EXIF = 50
"""EXIF segments, which Pillow joins one by one."""

MOST_MARKERS = 5000
LONGEST_FRAME = 1000
"""Bytes of the segment that tells width, height and components."""

MOST_OUTSIDE = 1_000_000
"""Bytes outside of any segment, which Pillow looks at one by one."""

MARKER = re.compile(rb"\xff[\x01-\xfe]", re.DOTALL)
AFTER_SCAN = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]", re.DOTALL)
"""The next marker but for those that restart a scan."""

ALONE = frozenset({0x01, *range(0xD0, 0xDA)})
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
END, SCAN, EXIF = 0xD9, 0xDA, 0xE1


def accepts(start: bytes) -> bool:
    return start.startswith(b"\xff\xd8\xff")


def check(data: Data, most_pixels: int) -> None:
    """Count what a JPEG is made of, up to the end of its first picture."""
    at, markers, scans, exif, outside, pixels, weight = 2, 0, 0, 0, 0, 0, 1
    while found := (AFTER_SCAN if scans else MARKER).search(data, at):
        marker, begin = data[found.end() - 1], found.end()
        if marker == END and scans:
            return
        size = numbers(">H", data, begin)
        markers += 1
        outside += 0 if scans else found.start() - at
        exif += marker == EXIF and data[begin + 2 : begin + 6] == b"Exif"
        if marker in FRAMES and (frame := numbers(">HH", data, begin + 3)):
            pixels = max(pixels, frame[0] * frame[1])
            weight = ARITHMETIC_COSTS if marker > 0xC8 else weight
        scans += marker == SCAN
        if (
            markers > (MOST_MARKERS if scans else MOST_SEGMENTS)
            or exif > MOST_EXIF
            or outside > MOST_OUTSIDE
            or (marker in FRAMES and size and size[0] > LONGEST_FRAME)
            or scans > MOST_SCANS
            or scans * pixels * weight > MOST_SCANNED
        ):
            raise TooComplex("a JPEG of too many parts")
        at = begin if marker in ALONE or size is None else begin + max(2, size[0])
