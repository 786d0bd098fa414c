"""The picture's geometry: its size, its horizon, what the ground is."""

from dataclasses import dataclass
from random import Random

from .scene import Scene

# Share of the height above the horizon.
_HORIZONS = {
    "sea": 0.5, "beach": 0.46, "city": 0.62, "tokyo": 0.62, "paris": 0.62, "vienna": 0.62,
    "venice": 0.56, "favela": 0.66, "forest": 0.56, "bamboo-forest": 0.56,
    "room": 0.68, "kitchen": 0.66,
    "library": 0.7, "tabletop": 0.56, "stage": 0.68, "castle-hall": 0.68, "sky": 1.0,
    "space": 1.0, "underwater": 0.84, "abstract": 1.0, "mountain": 0.62, "lunar": 0.62,
    "studio": 0.64, "blank": 0.6, "mars": 0.6, "desert": 0.56, "savanna": 0.56, "lakeside": 0.5,
}  # fmt: skip

INDOORS = frozenset(
    {"room", "kitchen", "library", "tabletop", "stage", "castle-hall", "blank", "studio"}
)
AFLOAT = frozenset({"sea"})
WEIGHTLESS = frozenset({"space", "underwater"})
ALOFT = frozenset({"sky", "space", "underwater"})
AIRLESS = frozenset({"space", "lunar", "underwater"})
SHORE = 0.5
"""How near a shore is where something floats: 0 the horizon, 1 the foot of the picture."""

_SHORES = {"sea": 1.0, "lakeside": SHORE, "beach": 0.34}


def shore(scene: Scene) -> float:
    """How near the water comes; 0 where there is none."""
    if "shore" in scene.features:
        return SHORE
    lake = scene.features & {"lake", "river"} - scene.without
    return _SHORES.get(scene.place, 0.2 if lake else 0.0)


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
    share = _HORIZONS.get(scene.place, 0.58)
    if share < 1 and scene.place not in ("underwater",):
        share += rng.uniform(-0.025, 0.025)
    return Frame(width, height, height * share, light_left=rng.random() < 0.5)
