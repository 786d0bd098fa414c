"""Smooth limbs around joints, as outlines. Points are complex numbers, y down."""

import cmath
import math
from collections.abc import Iterable, Sequence

Tube = list[tuple[complex, float, complex]]
"""Along a limb: its middle, how thick it is to either side, and which way one of them is."""

_SMOOTH = 7
"""Samples between two joints."""


def tube(joints: Sequence[complex], radii: Sequence[float]) -> Tube:
    """A limb through joints, as thick as it is told along the way."""
    count = (len(joints) - 1) * _SMOOTH
    steps = [step / count for step in range(count + 1)]
    middles = [_through(joints, t) for t in steps]
    ways = [b - a for a, b in zip([middles[0], *middles[:-1]], [*middles[1:], middles[-1]],
                                  strict=True)]  # fmt: skip
    return [(c, max(0.2, _through(radii, t).real), -1j * (w or 1) / (abs(w) or 1))
            for c, t, w in zip(middles, steps, ways, strict=True)]  # fmt: skip


def _through(values: Sequence[complex], share: float) -> complex:
    """A smooth curve (Catmull and Rom's) through values."""
    at = share * (len(values) - 1)
    n = min(int(at), len(values) - 2)
    t = at - n
    a, b, c, d = (values[max(0, min(len(values) - 1, n + k))] for k in (-1, 0, 1, 2))
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))


def spot(limb: Tube, along: float, across: float) -> complex:
    """A point of a limb: 0 to 1 along it, 1 on one edge and -1 on the other."""
    middle, radius, side = limb[round(along * (len(limb) - 1))]
    return middle + side * radius * across


def end(limb: Tube, share: float) -> Tube:
    """What of a limb is beyond a share of it."""
    return limb[round(share * (len(limb) - 1)) :]


def outline(limbs: Iterable[Tube]) -> str:
    """The outlines of limbs, with round ends, as the data of one path."""
    found = ""
    for limb in limbs:
        near, far = (edge(limb, side) for side in (1, -1))
        first, last = (f"A{limb[n][1]:.1f} {limb[n][1]:.1f} 0 0 1 " for n in (0, -1))
        found += f"M{'L'.join(near)}{last}{'L'.join(far[::-1])}{first}{near[0]}z"
    return found


def edge(limb: Tube, side: int) -> list[str]:
    points = (middle + way * radius * side for middle, radius, way in limb)
    return [f"{point.real:.1f} {point.imag:.1f}" for point in points]


def turned(degrees: float, length: float = 1.0) -> complex:
    """A way to go: 0 is to the right, 90 up, 180 to the left."""
    return cmath.rect(length, -math.radians(degrees))


def bent(
    start: complex, goal: complex, upper: float, lower: float, ahead: float
) -> tuple[complex, complex]:
    """The joint between two bones, to the left where `ahead` is 1, and how far they reach."""
    way = goal - start
    long = max(0.1, min(abs(way), (upper + lower) * 0.999))
    across = (upper**2 + long**2 - lower**2) / (2 * upper * long)
    way /= abs(way) or 1.0
    corner = cmath.rect(upper, math.acos(max(-1.0, min(1.0, across))) * ahead)
    return start + way * corner, start + way * long
