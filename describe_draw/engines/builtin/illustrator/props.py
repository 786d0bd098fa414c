"""What stands about in a place."""

from collections.abc import Sequence
from dataclasses import replace

from .frame import INDOORS, Frame, shore
from .paper import Paper
from .placement import Placement
from .places import Prop, look_of
from .scene import Scene
from .tables import is_a, traits

OUTSIDE = {"rain": "rain", "storm": "rain", "snow": "snow"}
"""Weather that is seen through the window of a room, and as what."""

_LAMP = "#ffdf8a"
_HIDDEN = 0.2
"""Share of a prop behind what was asked for from which on it is left away."""


def paint_props(paper: Paper, scene: Scene, subjects: Sequence[Placement] = ()) -> None:
    """Paints a place's props where there is room, and more of them where nobody else is."""
    look = look_of(scene)
    asked = {thing.art for thing in scene.things}
    carrier: Placement | None = None
    for prop in (*look.props, *(() if asked else look.alone)):
        if prop.within is None:
            carrier = None
        shown = asked & traits().shows.get(prop.art, frozenset())
        if prop.art in asked | scene.without or shown or (prop.within is not None and not carrier):
            continue
        for across in prop.across:
            other = 1 - across if prop.within is None else -across
            x = other if paper.frame.light_left else across
            placed = _standing(prop, x, paper.frame, carrier)
            if any(in_the_way(placed, one, paper.frame) for one in subjects):
                continue
            _paint(paper, scene, placed, shadow=prop.within is None and prop.down > 1)
            carrier = carrier or placed


def glazed(scene: Scene, placed: Placement) -> Placement:
    """A room's window, through which the time or the weather is seen."""
    if placed.art != "window" or placed.colour:
        return placed
    snows = scene.season == "winter"
    seen = OUTSIDE.get(scene.weather) or ("snow" if snows else scene.time)
    return replace(placed, art=f"window-{seen}")


def in_the_way(prop: Placement, asked: Placement, frame: Frame) -> bool:
    """Whether a prop would stand in, or hang behind, what was asked for."""
    half = asked.width / 2 * traits().trunks.get(asked.art, 1.0)
    wide = min(prop.left + prop.width, asked.x + half) - max(prop.left, asked.x - half)
    high = min(prop.base, asked.base) - max(prop.top, asked.top)
    if min(wide, high) <= 0 or wide * high < _HIDDEN * prop.width * prop.height:
        return False
    hangs = min(prop.base, asked.base) <= frame.horizon
    level = hangs or abs(prop.base - asked.base) < 0.06 * frame.height
    return level and not is_a(prop.art, "lying")


def _standing(prop: Prop, across: float, frame: Frame, carrier: Placement | None) -> Placement:
    size = prop.height * frame.unit
    if carrier and prop.within is not None:
        base = carrier.top + carrier.height * (prop.within or traits().tops.get(carrier.art, 0.0))
        return Placement(prop.art, carrier.x + across * carrier.width, base, size)
    wall, floor = frame.horizon * prop.down, frame.ground(prop.down - 1)
    base = floor if prop.down > 1 else wall if prop.down else size
    return Placement(prop.art, frame.width * across, base, size)


def _paint(paper: Paper, scene: Scene, placed: Placement, shadow: bool) -> None:
    frame = paper.frame
    if scene.place not in INDOORS and frame.horizon < placed.base < frame.ground(0.15):
        placed = replace(placed, haze=0.12)
    water = frame.ground(shore(scene))
    wet = shadow and placed.base < water and scene.place not in INDOORS
    if wet and is_a(placed.art, "floats"):
        paper.float(placed, water)
        return
    if wet and is_a(placed.art, "scenery"):
        placed = replace(placed, base=frame.horizon + 3)  # on the other shore
    if shadow and not is_a(placed.art, "lying"):
        wide = placed.width * 0.5
        paper.shadow(placed.x, placed.base - placed.height * 0.02, wide, wide * 0.1, 0.34)
    paper.place(glazed(scene, placed))
    shine(paper, placed)


def shine(paper: Paper, placed: Placement, strength: float = 0.6) -> None:
    """Light around what is lit in the dark."""
    lamp = traits().lamps.get(placed.art)
    if paper.light.dark and lamp:
        middle = placed.base - placed.height * lamp
        paper.glow(placed.x, middle, placed.height * 0.45, _LAMP, strength)
