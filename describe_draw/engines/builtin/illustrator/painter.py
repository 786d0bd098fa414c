"""Scene + layout → picture."""

from dataclasses import replace
from random import Random

from PIL import Image

from .abstract import paint_abstract
from .art import LYING
from .backdrops import BARE, bare, paint_bare, paint_plain
from .forms import forms, near, of_stuff
from .frame import INDOORS, ROOMS, Frame, framed, shore
from .layout import arrange
from .light import light_of
from .paper import Paper
from .placement import Placement
from .props import glazed, shine
from .scene import Scene
from .scenery import paint_background
from .staging import staged
from .styles import finish
from .uncovered import hidden
from .weather import paint_weather


def paint(scene: Scene, width: int, height: int, rng: Random) -> tuple[Image.Image, list[str]]:
    """Paints a scene; also the words for what of it is not seen in the picture.

    Args:
        scene: What to paint.
        width: Pixels.
        height: Pixels.
        rng: Decides all that the scene leaves open.
    """
    asked = staged(scene, rng)
    paper, placements = _composed(asked, width, height, rng)
    return finish(paper.draw(), scene, rng, paper.mask), hidden(asked, placements, paper.frame)


def compose(scene: Scene, width: int, height: int, rng: Random) -> tuple[Paper, list[Placement]]:
    """The sheet with the whole scene on it, not yet pixels, and what stands where."""
    paper, placements = _composed(staged(scene, rng), width, height, rng)
    asked = len(scene.things)
    return paper, [one if one.thing < asked else replace(one, thing=-1) for one in placements]


def _composed(scene: Scene, width: int, height: int, rng: Random) -> tuple[Paper, list[Placement]]:
    form = forms()[scene.form]
    if scene.style in BARE or form.bare:
        return _alone(scene, width, height, rng)
    frame = framed(scene, width, height, rng)
    paper = Paper(frame, light_of(scene))
    behind = Random(rng.getrandbits(64))  # of its own: another sky leaves things where they are
    placements = arrange(scene, frame, rng)
    if scene.place in ROOMS:
        placements = [glazed(scene, one) for one in placements]
    if scene.place == "backdrop":
        paint_plain(paper, behind)
    elif scene.place == "abstract":
        paint_abstract(paper, behind, scene.mood)
    else:
        paint_background(paper, scene, behind, placements)
    if form.crop:
        placements = near(placements, form, frame)
    if form.stuff:
        placements = of_stuff(placements, form.stuff)
    first = len(paper)
    for placed in placements:
        _paint_one(paper, scene, placed)
    paper.subjects = slice(first, len(paper))
    paint_weather(paper, scene, rng)
    paper.overlay(form.over)
    return paper, placements


def _alone(scene: Scene, width: int, height: int, rng: Random) -> tuple[Paper, list[Placement]]:
    """The scene's things without a landscape."""
    things = bare(scene)
    frame = framed(things, width, height, rng)
    paper = Paper(frame, light_of(things))
    placements = arrange(things, frame, rng)
    if stuff := forms()[scene.form].stuff:
        placements = of_stuff(placements, stuff)
    paint_bare(paper, scene, placements, rng)
    return paper, placements


def _paint_one(paper: Paper, scene: Scene, placed: Placement) -> None:
    frame = paper.frame
    if placed.ghostly:
        middle = placed.base - placed.height / 2
        paper.glow(placed.x, middle, placed.height * 0.85, "#dff6ff", 0.7)
    if placed.string:
        _string(paper, placed, placed.string)
    if placed.afloat:
        paper.float(placed, frame.ground(shore(scene) or 1.0))
        _ripples(paper, placed)
        return
    if placed.grounded and placed.shadow:
        _shadow(paper, scene, placed, frame)
    if paper.light.dark and placed.thing >= 0 and placed.has_head:  # told from the night
        middle, wide = placed.base - placed.height / 2, max(placed.width, placed.height)
        paper.glow(placed.x, middle, wide * 0.8, "#c4d2f6", 0.45)
    paper.place(placed)
    shine(paper, placed, 0.4)


def _shadow(paper: Paper, scene: Scene, placed: Placement, frame: Frame) -> None:
    strength = 0.5 if scene.weather in ("clear", "wind") else 0.32
    lean = 0.0 if scene.place in INDOORS else 0.12 if frame.light_left else -0.12
    width = placed.width * 0.5
    under = 0.2 if LYING in placed.art else 0.02  # the head of who lies hangs over
    foot = placed.base + placed.lift - placed.height * under
    paper.shadow(placed.x + width * lean, foot, width, width * 0.2, strength)


def _string(paper: Paper, placed: Placement, hand: tuple[float, float]) -> None:
    x, y = placed.neck() if placed.grounded else (placed.x, placed.base - placed.height * 0.04)
    bend = (x + hand[0]) / 2, max(y, hand[1]) + placed.height * 0.12
    d = f"M{x:.1f} {y:.1f}Q{bend[0]:.1f} {bend[1]:.1f} {hand[0]:.1f} {hand[1]:.1f}"
    paper.stroke(d, paper.light.hex("#f5f1e6"), max(1.0, paper.frame.unit * 0.004), 0.9)


def _ripples(paper: Paper, placed: Placement) -> None:
    """Small waves where the water meets what swims."""
    y, half = placed.waterline, placed.width * 0.5
    high = paper.frame.unit * 0.008
    d = f"M{placed.x - half:.1f} {y:.1f}"
    d += f"q{half / 6:.1f} {-high:.1f} {half / 3:.1f} 0" + f"t{half / 3:.1f} 0" * 5
    bright = paper.light.on((214, 238, 250))
    paper.stroke(d, bright, max(1.0, paper.frame.unit * 0.006), 0.85)
    d = f"M{placed.x - half * 0.7:.1f} {y + high * 2:.1f}h{half * 1.5:.1f}"
    paper.stroke(d, bright, max(1.0, paper.frame.unit * 0.004), 0.45)
