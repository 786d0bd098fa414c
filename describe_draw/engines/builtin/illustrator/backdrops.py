"""Styles that show things alone, without a landscape: on a badge, a block, bare paper."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from .colours import NAMED, RGB, mix, parse_hex
from .forms import forms, moved
from .frame import INDOORS, Frame
from .land import ground_colours
from .paper import Paper, Point
from .placement import Placement
from .places import look_of, looks
from .scene import Scene, Thing
from .tables import traits

# Ground and rim of badges and tiles.
_BADGES = (("#1f6f78", "#f4e9cd"), ("#2b3a67", "#f7d9a6"), ("#8c2f39", "#f6e7cb"),
           ("#3f6b3a", "#f3ecd2"), ("#e07a3f", "#fff4e0"), ("#463f6e", "#f1e3f5"))  # fmt: skip
_SLOPE: Point = (0.866, 0.5)


def bare(scene: Scene) -> Scene:
    """The scene without its surroundings, which an emblem stands for if nothing else is in it."""
    form, things = forms()[scene.form], scene.things
    if form.copies:
        things = tuple(replace(thing, count=1) for thing in things)
    if scene.style in ("logo", "icon"):
        things = tuple(replace(thing, art=_sign(thing.art)) for thing in things)
    if not things and not form.under:
        about = sorted(scene.features)
        usual = form.emblem or look_of(scene).emblem or ("star",)
        signs = [traits().emblems[n] for n in about if n in traits().emblems] or [list(usual)]
        names = [sign[0] for sign in signs] if len(signs) > 1 else signs[0]
        most = len(signs) if scene.style in ("logo", "icon") else len(names)
        things = tuple(Thing(art) for art in names[:most] if art not in scene.without)
    return replace(
        scene, things=things, place="blank", setting="", time="day", weather="clear",
        season="summer", features=frozenset(), flying=False,
    )  # fmt: skip


def _sign(art: str) -> str:
    """What a shop's sign shows, else the drawing itself."""
    room = traits().interiors["at"].get(art)
    return looks()[room].emblem[0] if room else art


def centred(placements: list[Placement], frame: Frame, share: float, y: float) -> list[Placement]:
    """All of them together in a square about a point in the middle, `y` from the top."""
    if not placements:
        return []
    left, right = min(p.left for p in placements), max(p.left + p.width for p in placements)
    top, base = min(p.top for p in placements), max(p.base for p in placements)
    scale = share * frame.unit / max(right - left, (base - top) * 1.06, 1.0)
    middle = (left + right) / 2, (top + base) / 2
    return moved(placements, middle, scale, (frame.width / 2, frame.height * y))


def paint_bare(paper: Paper, scene: Scene, placements: list[Placement], rng: Random) -> None:
    """The backdrop of the scene's style or form and everything on it."""
    _BARE.get(scene.style, _bare_sheet)(paper, scene, placements, rng)


def _logo(paper: Paper, scene: Scene, placements: list[Placement], rng: Random) -> None:
    frame = paper.frame
    ground, rim = rng.choice(_BADGES)
    x, y, r = frame.width / 2, frame.height / 2, min(frame.width, frame.height) * 0.44
    paper.rect(0, 0, frame.width, frame.height, "#fbf8f1")
    paper.ellipse(x, y, r, r, ground)
    paper.ellipse(x, y, r * 0.9, r * 0.9, rim)
    paper.ellipse(x, y, r * 0.86, r * 0.86, ground)
    if "mountains" in scene.features or scene.place == "mountain":
        lit = mix(parse_hex(ground), parse_hex(rim), 0.3)
        for dx, up, half in ((-0.34, 0.42, 0.36), (0.3, 0.56, 0.44)):
            peak = [(x + (dx - half) * r, y + r * 0.36), (x + dx * r, y - up * r)]
            paper.polygon([*peak, (x + (dx + half) * r, y + r * 0.36)], lit)
    _cut_out(paper, centred(placements, frame, 0.56, 0.5), rim, 0.016)


def _icon(paper: Paper, scene: Scene, placements: list[Placement], rng: Random) -> None:
    frame = paper.frame
    ground, _ = rng.choice(_BADGES)
    side = min(frame.width, frame.height) * 0.8
    left, top = (frame.width - side) / 2, (frame.height - side) / 2
    bright = mix(parse_hex(ground), (255, 255, 255), 0.32)
    paper.rect(0, 0, frame.width, frame.height, "#f4f5f7")
    fill = paper.fade([(0.0, bright, 1.0), (1.0, ground, 1.0)])
    paper.rect(left, top, side, side, fill, f'rx="{side * 0.22:.1f}"')
    for placed in centred(placements, frame, 0.48, 0.5):
        paper.place(placed)


def _sticker(paper: Paper, scene: Scene, placements: list[Placement], rng: Random) -> None:
    frame = paper.frame
    ground = mix(parse_hex(rng.choice(_BADGES)[0]), (255, 255, 255), 0.62)
    paper.rect(0, 0, frame.width, frame.height, ground)
    spots = centred(placements, frame, 0.66, 0.5)
    off = frame.unit * 0.012
    fallen = [replace(p, x=p.x + off, base=p.base + off * 1.6) for p in spots]
    shade = mix(ground, (30, 30, 50), 0.3)
    for placed in fallen:
        paper.silhouette(placed, shade, frame.unit * 0.05)
    _cut_out(paper, spots, "#ffffff", 0.045)


def _cut_out(paper: Paper, placements: list[Placement], rim: str, share: float) -> None:
    for placed in placements:
        paper.silhouette(placed, rim, paper.frame.unit * share)
    for placed in placements:
        paper.place(placed)


def _bare_sheet(paper: Paper, scene: Scene, placements: list[Placement], rng: Random) -> None:
    """Things on bare paper, or on what their form has for paper, once or many times."""
    frame, form = paper.frame, forms()[scene.form]
    plain = mix(NAMED[scene.mood], (255, 255, 255), 0.25) if scene.mood else "#faf7f0"
    ground = rng.choice(_BADGES)[1] if form.copies else plain
    paper.rect(0, 0, frame.width, frame.height, ground)
    paper.overlay(form.under, scene.mood)
    loose = all(thing.to is None for thing in scene.things)
    kinds = sorted({placed.thing for placed in placements}) if loose else [-1]
    for n, (x, y, size, turn) in enumerate(form.copies if kinds else ()):
        kind = kinds[n % len(kinds)]
        ones = [placed for placed in placements if kind in (-1, placed.thing)]
        origin = moved(centred(ones, frame, size, 0), (frame.width / 2, 0), 1, (0, 0))
        spot = f"translate({x * frame.width:.1f} {y * frame.height:.1f}) rotate({turn:.1f})"
        paper.add(f'<g transform="{spot}">')
        for placed in origin:
            paper.place(placed)
        paper.add("</g>")
    if not form.copies:
        for placed in centred(placements, frame, form.share, form.y):
            paper.place(placed)


def _block(paper: Paper, scene: Scene, placements: list[Placement], rng: Random) -> None:
    """A slab of the place in parallel projection; things stand on it like thick boards."""
    frame = paper.frame
    sky = mix(parse_hex(rng.choice(_BADGES)[0]), (255, 255, 255), 0.72)
    paper.rect(0, 0, frame.width, frame.height, sky)
    indoors = scene.place in INDOORS
    x, y, side = frame.width / 2, frame.height * 0.6, min(frame.width, frame.height) * 0.53
    _slab(paper, scene, x, y, side)
    if indoors:
        _walls(paper, x, y, side)
    spots = centred(_packed(scene, placements), frame, 0.5, 0.6)
    low = max((p.base for p in spots), default=0)
    spots = [replace(p, base=p.base + y - low + p.height * 0.02) for p in spots]
    skew = f"matrix({_SLOPE[0]} {_SLOPE[1]} 0 1 {x * (1 - _SLOPE[0]):.1f} {-x * _SLOPE[1]:.1f})"
    thick = frame.unit * 0.1
    layers = 9 if len(spots) < 5 else 4
    paper.add(f'<g transform="{skew}">')
    for placed in sorted(spots, key=lambda one: (one.base, one.x)):
        own = min(thick, placed.height * 0.3)
        for n in range(layers, -1, -1):
            step = own * (n / layers - 0.5)
            # One step along the other axis, which the group's skew would tilt as well.
            moved = replace(placed, x=placed.x + step, base=placed.base - step * 2 * _SLOPE[1])
            paper.place(moved if n == 0 else replace(moved, haze=0.0), shade=0.42 if n else 0.0)
    paper.add("</g>")


def _packed(scene: Scene, placements: list[Placement]) -> list[Placement]:
    """Side by side without the gaps of a landscape, where nothing belongs to another."""
    if any(thing.relation for thing in scene.things) or len(placements) < 2:
        return placements
    found, left, wide = [], 0.0, max(placed.width for placed in placements)
    for n, placed in enumerate(sorted(placements, key=lambda one: -one.height)):
        row = n % 2
        step = wide * 0.4 * (1 - 2 * row)
        found.append(replace(placed, x=left + step, base=-step))
        left += wide * (0.25 + row * 0.85)
    return found


def _slab(paper: Paper, scene: Scene, x: float, y: float, side: float) -> None:
    far, near = ("#c9986a", "#b98452") if scene.place in INDOORS else ground_colours(scene)
    if scene.place in ("sea", "underwater"):
        far, near = "#6fc3e8", "#3f97cf"
    earth: RGB = mix(parse_hex(near), (70, 44, 28), 0.55)
    right, down, deep = side * _SLOPE[0], side * _SLOPE[1], side * 0.16
    paper.ellipse(x, y + down + deep, right * 0.9, down * 0.5, (40, 40, 60), 'opacity="0.12"')
    top = [(x - right, y), (x, y - down), (x + right, y), (x, y + down)]
    paper.polygon([(x - right, y), (x, y + down), (x, y + down + deep), (x - right, y + deep)],
                  mix(earth, (0, 0, 0), 0.12))  # fmt: skip
    paper.polygon([(x + right, y), (x, y + down), (x, y + down + deep), (x + right, y + deep)],
                  mix(earth, (0, 0, 0), 0.34))  # fmt: skip
    paper.polygon(top, paper.fade([(0.0, far, 1.0), (1.0, near, 1.0)]))


def _walls(paper: Paper, x: float, y: float, side: float) -> None:
    right, down, high = side * _SLOPE[0], side * _SLOPE[1], side * 0.72
    left = [(x - right, y), (x, y - down), (x, y - down - high), (x - right, y - high)]
    paper.polygon(left, "#f3dfc0")
    paper.polygon([(2 * x - px, py) for px, py in left], "#e2c59b")
    frame = [(0.3, 0.34), (0.7, 0.34), (0.7, 0.72), (0.3, 0.72)]
    pane = [(x + right * across, y - down * (1 - across) - high * up) for across, up in frame]
    paper.polygon(pane, "#a9d8f5", 'stroke="#fffaf0" stroke-width="4"')


_Backdrop = Callable[[Paper, Scene, list[Placement], Random], None]
_BARE: dict[str, _Backdrop] = {
    "logo": _logo, "icon": _icon, "sticker": _sticker, "isometric": _block,
}  # fmt: skip
BARE = frozenset({*_BARE, "origami", "blueprint", "line-art"})


def paint_plain(paper: Paper, rng: Random) -> None:
    """A painted wall behind somebody's portrait."""
    frame = paper.frame
    ground = parse_hex(rng.choice(_BADGES)[0])
    dark, light = mix(ground, (20, 20, 30), 0.35), mix(ground, (255, 255, 255), 0.28)
    paper.rect(0, 0, frame.width, frame.height, paper.fade([(0.0, ground, 1.0), (1.0, dark, 1.0)]))
    paper.glow(frame.width / 2, frame.height * 0.42, frame.unit * 0.7, light, 0.9)
