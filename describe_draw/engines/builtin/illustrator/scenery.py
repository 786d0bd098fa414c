"""The whole background of each place, from what is far to what is near."""

from collections.abc import Sequence
from random import Random

from .deep import paint_space, paint_underwater
from .flora import paint_trees, scatter
from .frame import INDOORS, shore
from .indoors import paint_indoors
from .land import PAVED, paint_far, paint_ground, paint_water
from .paper import Paper
from .placement import Placement
from .places import look_of
from .props import paint_props
from .scene import Scene
from .sky import paint_sky
from .town import paint_town


def paint_background(
    paper: Paper, scene: Scene, rng: Random, subjects: Sequence[Placement]
) -> None:
    frame, place = paper.frame, scene.place
    if place in INDOORS:
        paint_indoors(paper, scene, rng, subjects)
        return
    if place == "space":
        paint_space(paper, scene, rng)
        return
    if place == "underwater":
        paint_underwater(paper, scene, rng)
        scatter(paper, scene, rng)
        paint_props(paper, scene, subjects)
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
    near, built = shore(scene), place in PAVED or place == "favela"
    if (built or "skyline" in scene.features) and "shore" in scene.features:
        paint_town(paper, scene, rng)
    if near and (place not in PAVED or "shore" in scene.features):
        paint_water(paper, scene, rng, frame.horizon, frame.ground(near))
    if (built or "skyline" in scene.features) and "shore" not in scene.features:
        paint_town(paper, scene, rng)
    if look_of(scene).trees or "trees" in scene.features:
        paint_trees(paper, scene, rng)
    scatter(paper, scene, rng)
    paint_props(paper, scene, subjects)
