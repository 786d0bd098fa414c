"""The picture's geometry: its size, its horizon, what the ground is."""

from dataclasses import dataclass
from random import Random

from .places import look_of, looks
from .scene import Scene

ROOMS = frozenset(("room", "kitchen", "library", "castle-hall"))
INDOORS = ROOMS | {"tabletop", "stage", "blank", "studio", "backdrop"}
AFLOAT = frozenset({"sea"})
ALOFT = frozenset({"sky", "space", "underwater"})
AIRLESS = frozenset({"space", "lunar", "underwater"})
SHORE = 0.5
"""How near a shore is where something floats: 0 the horizon, 1 the foot of the picture."""


def shore(scene: Scene) -> float:
    """How near the water comes; 0 where there is none."""
    if "shore" in scene.features:
        return SHORE
    lake = scene.features & {"lake", "river"} - scene.without
    return max(look_of(scene).shore, looks()[scene.place].shore) or (0.2 if lake else 0.0)


@dataclass(frozen=True)
class Frame:
    """Size in pixels and where the ground begins.

    Attributes:
        width: Pixels.
        height: Pixels.
        horizon: Pixels from the top.
        light_left: Whether the light comes from the left.
    """

    width: int
    height: int
    horizon: float
    light_left: bool = True

    @property
    def unit(self) -> float:
        """What sizes are measured by: the shorter side, a little more in long pictures."""
        short, long = sorted((self.width, self.height))
        return min(long, short * 1.12)

    def ground(self, nearness: float) -> float:
        """The height on the picture of a place on the ground: 0 at the horizon, 1 at the foot."""
        return self.horizon + (self.height - self.horizon) * nearness


def framed(scene: Scene, width: int, height: int, rng: Random) -> Frame:
    share = look_of(scene).horizon
    if share < 1 and scene.place != "underwater":
        share += rng.uniform(-0.025, 0.025)
    return Frame(width, height, height * share, light_left=rng.random() < 0.5)
