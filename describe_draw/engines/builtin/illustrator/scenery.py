"""The whole background of each place, from what is far to what is near."""

from random import Random

from .deep import paint_space, paint_underwater
from .flora import paint_trees, scatter
from .frame import INDOORS
from .indoors import paint_indoors
from .land import GREEN, LAKE_ENDS, PAVED, paint_far, paint_ground, paint_water
from .paper import Paper
from .scene import Scene
from .sky import paint_sky
from .town import paint_town


def paint_background(paper: Paper, scene: Scene, rng: Random) -> None:
    frame, place = paper.frame, scene.place
    if place in INDOORS:
        paint_indoors(paper, scene, rng)
        return
    if place == "space":
        paint_space(paper, scene, rng)
        return
    if place == "underwater":
        paint_underwater(paper, scene, rng)
        return
    if place == "lunar":
        paint_space(paper, scene, rng)
    else:
        paint_sky(paper, scene, rng)
    if place == "sky":
        return
    paint_far(paper, scene, rng)
    if place == "sea":
        paint_water(paper, scene, rng, frame.horizon, frame.height)
        return
    paint_ground(paper, scene, rng)
    if place == "beach":
        paint_water(paper, scene, rng, frame.horizon, frame.ground(0.34))
    elif place == "lakeside":
        paint_water(paper, scene, rng, frame.horizon, frame.ground(LAKE_ENDS))
    elif scene.features & {"lake", "river"} - scene.without:
        paint_water(paper, scene, rng, frame.horizon, frame.ground(0.2))
    if place in PAVED or place in ("favela", "village") or "skyline" in scene.features:
        paint_town(paper, scene, rng)
    if (
        place in GREEN
        or place in ("beach", "snow", "desert", "savanna")
        or "trees" in scene.features
    ):
        paint_trees(paper, scene, rng)
    scatter(paper, scene, rng)
