"""Boxes around what is seen: left, top, right, bottom as fractions of the picture."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Box = tuple[float, float, float, float]
Found = TypeVar("Found")


class Boxed:
    """What has a `box`."""

    box: Box

    @property
    def area(self) -> float:
        """The box's share of the picture."""
        return area(self.box)

    @property
    def middle(self) -> tuple[float, float]:
        """The box's middle, across and down."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


@dataclass(frozen=True)
class Sighting(Boxed):
    """One thing that was found at a place.

    Attributes:
        label: the detector's word for it, or what it is called, in the singular.
        score: how sure that is, 0 to 1.
        box: where it is.
        colour: its colour, where that is clear.
    """

    label: str
    score: float
    box: Box
    colour: str | None = None

    @property
    def place(self) -> str:
        """Where its middle is: "left", "right", "top", "bottom", "top left", …, or "middle"."""
        x, y = self.middle
        across = "left" if x < 1 / 3 else "right" if x > 2 / 3 else ""
        down = "top" if y < 1 / 3 else "bottom" if y > 2 / 3 else ""
        return f"{down} {across}".strip() or "middle"


def area(box: Box) -> float:
    """A box's share of the picture."""
    return (box[2] - box[0]) * (box[3] - box[1])


def overlap(a: Sequence[float], b: Sequence[float]) -> float:
    """The area that two boxes share."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    return max(0.0, width) * max(0.0, height)


def likeness(a: Box, b: Box) -> float:
    """How much of what two boxes cover is in both."""
    shared = overlap(a, b)
    union = area(a) + area(b) - shared
    return shared / union if union else 1.0


def inside(a: Box, b: Box) -> float:
    """How much of the smaller of two boxes is in the other."""
    smaller = min(area(a), area(b))
    return overlap(a, b) / smaller if smaller else 1.0


def grown(box: Box, share: float) -> Box:
    """A box with more room around it, or less, on every side."""
    left, top, right, bottom = box
    across, down = (right - left) * share, (bottom - top) * share
    return left - across, top - down, right + across, bottom + down


def distinct(found: Iterable[Found], same: Callable[[Found, Found], bool]) -> list[Found]:
    """Drops what is the same as something before it (greedy non-maximum suppression)."""
    kept: list[Found] = []
    for one in found:
        if not any(same(one, other) for other in kept):
            kept.append(one)
    return kept


def touches(one: Box, other: Box) -> bool:
    """Whether two boxes overlap, or nearly do."""
    wider = (other[0] - 0.03, other[1] - 0.03, other[2] + 0.03, other[3] + 0.03)
    return overlap(one, wider) > 0
