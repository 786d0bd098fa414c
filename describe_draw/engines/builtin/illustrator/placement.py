"""Where one drawing stands, and what is known of its shape."""

import math
from dataclasses import dataclass
from functools import lru_cache

from .mixed import drawing
from .tables import is_a, traits

_NO_HEAD = 0.2, 0.1, 0.5
"""Where a head is guessed, as shares of the box."""


@dataclass(frozen=True)
class Placement:
    """One drawing in the picture, in pixels.

    Attributes:
        art: Name of the drawing.
        x: Middle, from the left.
        base: Feet, from the top.
        height: Of the drawing's box.
        colour: Colour word or None.
        flip: Mirrored, to face right.
        tilt: Degrees, clockwise.
        haze: 0 near to 1 lost in the distance.
        thing: Index in the scene's things, -1 for what was not asked for.
        grounded: Whether it stands on something and throws a shadow.
        afloat: Whether it swims on water.
        shadow: Whether it has a shadow of its own.
        support: A drawing that carries it (a raft, a cloud), or None.
        ghostly: Translucent, like a spirit.
        rear: Whether it is behind something that was asked to be in front of it.
        lift: How far above the ground it is, in pixels.
        rim: Of what only the part before its contents is drawn: left, right and height of the
            opening's middle, and how much lower its front hangs, in shares of the drawing.
        string: Where the string that holds it ends, or None.
    """

    art: str
    x: float
    base: float
    height: float
    colour: str | None = None
    flip: bool = False
    tilt: float = 0.0
    haze: float = 0.0
    thing: int = -1
    grounded: bool = True
    afloat: bool = False
    shadow: bool = True
    support: str | None = None
    ghostly: bool = False
    rear: bool = False
    lift: float = 0.0
    string: tuple[float, float] | None = None
    rim: tuple[float, float, float, float] | None = None

    @property
    def waterline(self) -> float:
        """Where the water's surface is, for what swims."""
        return self.base - self.height * traits().sink(self.art)

    @property
    def width(self) -> float:
        return self.height * aspect(self.art)

    @property
    def has_head(self) -> bool:
        alive = is_a(self.art, "people") or is_a(self.art, "animals")
        return alive and head_of(self.art) != _NO_HEAD

    @property
    def top(self) -> float:
        return self.base - self.height

    @property
    def left(self) -> float:
        return self.x - self.width / 2

    def head(self) -> tuple[float, float, float]:
        """Left, top and width of the head, in pixels."""
        left, top, width = head_of(self.art)
        if self.flip:
            left = 1 - left - width
        return self.left + left * self.width, self.top + top * self.height, width * self.width

    def neck(self) -> tuple[float, float]:
        """Middle of the neck and the height of the chin, in pixels."""
        left, top, width = self.head()
        if ":" in self.art or self.art.partition("@")[0] not in traits().heads:
            return left + width / 2, top + width * 0.86
        towards_body = -0.1 if self.flip else 0.1  # drawings of animals face left
        return left + width * (0.5 + towards_body), top + width * 1.06


def apparent(metres: float) -> float:
    """Heights in the picture grow slower than in the world, so that a mouse can be seen."""
    return math.pow(metres, 0.42)


@lru_cache(maxsize=512)
def aspect(art: str) -> float:
    """Width over height of a drawing's box."""
    own = drawing(art)
    return own.width / own.height


@lru_cache(maxsize=512)
def head_of(art: str) -> tuple[float, float, float]:
    """Left, top and width of the head as shares of the drawing's box."""
    own = drawing(art)
    usual = None if ":" in art else traits().heads.get(art.partition("@")[0])
    box = own.head or usual if "@" in art else usual or own.head
    if box is None:
        return _NO_HEAD
    return box[0] / own.width, box[1] / own.height, box[2] / own.width
