"""The drawings: Noto Emoji, our own, and figures made of both, as SVG fragments."""

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from PIL import Image

from .beasts import beast, stance_of
from .bodies import Body, Point, body, is_pose, poses
from .colours import NAMED, RGB, hue, luminance, repaint, tint, to_hex
from .sleep import curled, lids
from .tables import traits
from .words import DATA, nature, noto, read_toml

HEAD_OF = "head-of-"
# Behind a figure's name: how its body is.
SEATED, CROSSED, LYING, UPPER = "@seated", "@crossed", "@lying", "@upper"
Box = tuple[float, float, float]
_METAL = ("robot-body", "skeleton-body")
"""Bodies without clothes: a colour is that of all of them."""

_CHIN = 66
_BACK = "M18 62C18 14 110 14 110 62C110 100 96 113 64 113S18 100 18 62z"
_HAIR = ("#543930", "#9e9e9e", "#bdbdbd")
_SHADED_SKIN = "#e59600"
_PLAIN = {"legs": "#4a5568", "shoes": "#33302c", "hands": "#ffca28", "skin": "#ffca28"}
_SHOWN, _BELOW_CHIN = 0.6, 0.12
"""Shares of the height of who is inside something that show: at least, and below the head."""

_ID = re.compile(r'(id="|url\(#|href="#)')
_PAINT = re.compile(r"\{(\w+)(?::([^}]*))?\}")
"""What a body leaves open, and how it is where a figure doesn't say."""
# Skin and hair of the set's people: a colour word means their clothes.
_SKIN_HUES = (0.08, 0.145)


@dataclass(frozen=True)
class Drawing:
    """A drawing in its own coordinates.

    Attributes:
        svg: The elements, without the outer <svg>.
        width: Of its box.
        height: Of its box.
        head: Left, top and width of the head in the box, where one is known.
        person: Whether skin must keep its colour.
        hands: Left and right, where it has a pose; of an animal its mouth.
    """

    svg: str
    width: float
    height: float
    head: tuple[float, float, float] | None = None
    person: bool = False
    hands: tuple[Point, ...] = ()


@cache
def figures() -> dict[str, dict[str, Any]]:
    made = {name: table for name, table in nature().items() if "body" in table}
    return made | read_toml("figures.toml")


@cache
def costumes() -> dict[str, dict[str, Any]]:
    return read_toml("costumes.toml")


@cache
def _own(name: str) -> Drawing | None:
    """A drawing of data/drawings."""
    path = DATA / "drawings" / f"{name}.svg"
    if not path.is_file():
        return None
    text = path.read_text(encoding="utf-8")
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', text)
    body = re.search(r"<svg[^>]*>(.*)</svg>", text, re.DOTALL)
    if not box or not body:
        raise ValueError(f"{path.name} is not a drawing with a viewBox from 0 0.")
    return Drawing(body[1].strip(), float(box[1]), float(box[2]))


def exists(name: str) -> bool:
    return name in noto() or name in figures() or _own(name) is not None


@lru_cache(maxsize=256)
def drawing(name: str, colour: str | None = None) -> Drawing:
    """A drawing by name, in its own colours or in the colour asked for."""
    for end, made in ((UPPER, _upper), (LYING, _lying)):
        if name.endswith(end):
            return made(name.removesuffix(end), colour)
    if name.startswith(HEAD_OF):
        return _head(name.removeprefix(HEAD_OF))
    own = _own(name)
    if stance := stance_of(name):
        posed = beast(name.partition("@")[0], stance)
        own = Drawing(posed.svg, *posed.size, head=posed.head, hands=posed.hands)
    elif "@" in name or name in figures():
        return _figure(name, colour)
    if own is None:
        entry = noto()[name]
        svg, width, height = entry["b"], entry["w"], entry["h"]
        if traits().is_a(name, "spilling"):
            svg = f'<svg width="{width}" height="{height}">{svg}</svg>'  # cuts what is outside
        own = Drawing(svg, width, height, person=entry["g"] == 1)
    if colour is None:
        return own
    return replace(own, svg=tint(own.svg, colour, _keeper(own)))


def _figure(name: str, colour: str | None) -> Drawing:
    """A body with a head on it, and what goes over both."""
    name, _, pose = name.partition("@")
    table = {"head": name if name in noto() else ""} | figures()[name]
    if pose:
        table |= {"pose": pose} if is_pose(pose) else {"body": pose}
    return assembled(table, colour)


def assembled(table: dict[str, Any], colour: str | None = None) -> Drawing:
    """A figure by such a table as figures.toml has; `under` is behind its body, `pose` how."""
    person = "top" in table and table["body"] not in _METAL
    paints = {key: value for key, value in table.items() if isinstance(value, str)}
    if colour and person:
        paints["top"] = to_hex(NAMED[colour])
    paints = {"sleeves": paints.get("top", "")} | paints
    skin = table.get("skin", _PLAIN["skin"]), table.get("skin", _SHADED_SKIN)

    def painted(svg: str) -> str:
        svg = _PAINT.sub(lambda m: paints.get(m[1]) or m[2] or _PLAIN.get(m[1], m[0]), svg)
        return svg.replace(_PLAIN["skin"], skin[0]).replace(_SHADED_SKIN, skin[1])

    over = table.get("over", ())
    if "pose" in table:  # the hands let go of what they hold else
        build = table["body"] if table["body"] in poses()["builds"] else "person"
        own = body(build, table["pose"], table["at"])
        hidden = ("weapons", "facial") if "away" in table["pose"] else ("weapons",)
        over = [one for one in over if not any(one[0] in traits().kinds[kind] for kind in hidden)]
    else:
        own = _upright(table)
    svg = painted(own.svg).replace("<under/>", _insets(table.get("under", ()), "u"))
    left, top, width = table["at"] if "pose" in table else own.head
    away = "away" in table.get("pose", "").split("+")
    face = lids(table["head"]) if table["body"] == "curled" else _nape(table["head"]) * away
    head = _inset(table["head"], left, top, width, "h-", face)
    svg = svg.replace("<head/>", head + _insets((part for part in over if part[2] < _CHIN), "o"))
    chest = [] if away else [part for part in over if part[2] >= _CHIN]
    svg = svg.replace("<chest/>", _insets(chest, "c"))
    whole = Drawing(svg, *own.size, own.head if width else None, person, own.hands)
    if colour and not person:
        whole = replace(whole, svg=tint(whole.svg, colour, _keeper(whole)))
    return whole


def _nape(head: str) -> str:
    """The hair over the face of who turns the back to us."""
    fills = re.findall(r'fill="(#\w{6})"', noto()[head]["b"]) if head in noto() else []
    hair = next((fill for fill in _HAIR if fill in fills), _HAIR[0])
    return f'<path d="{_BACK}" fill="{hair}"/>'


def _upright(table: dict[str, Any]) -> Body:
    """A body that is a drawing."""
    own = _own(f"body-{table['body']}") or drawing(table["body"], table.get("tint"))
    left, top, width = table.get("at", (0.0, 0.0, 0.0))
    svg = f"<under/>{own.svg}<head/><chest/>"
    return Body(svg, (own.width, own.height), (left, top, width), ())


def can_sit(name: str) -> bool:
    """Whether a figure has clothes that another body can wear."""
    return {"top", "at"} <= figures().get(name, {}).keys()


def has_face(name: str) -> bool:
    """Whether there is a drawing of somebody's head and no more."""
    return _face(name) in noto()


def _face(name: str) -> str:
    table = figures().get(name)
    usual = costumes()["faces"].get(name, f"{name}-face")
    return str(table.get("head", name)) if table else usual


def _head(name: str) -> Drawing:
    """The head alone: of who looks out of a window, of who wears the clothes of another."""
    if has_face(name):
        entry = noto()[_face(name)]
        return Drawing(entry["b"], entry["w"], entry["h"], person=can_sit(name))
    own, box = drawing(name), traits().heads.get(name)
    if box is None:
        return own
    left, top, width = box
    size = width * 1.24
    moved = f"translate({(size - width) / 2 - left:.1f} {(size - width) / 2 - top:.1f})"
    disc = f'<clipPath id="c"><circle cx="{size / 2}" cy="{size / 2}" r="{size / 2}"/></clipPath>'
    svg = f'{disc}<g clip-path="url(#c)"><g transform="{moved}">{own.svg}</g></g>'
    return Drawing(svg, size, size)


def can_lie(name: str) -> bool:
    """Whether there is a lying body: people on their backs, animals curled up, asleep."""
    return can_sit(name) or name in curled()


def _lying(name: str, colour: str | None) -> Drawing:
    if name in curled():
        table = figures().get(name, {}) | curled()[name]
        return assembled(table, colour or table.get("colour"))
    return _figure(f"{name}{LYING}", colour)


def _upper(name: str, colour: str | None) -> Drawing:
    """What shows of who is inside something: the head at least."""
    return upper(drawing(name, colour), traits().heads.get(name))


def upper(whole: Drawing, head: Box | None = None) -> Drawing:
    _, top, width = head or whole.head or (0.0, 0.0, 0.0)
    return _cut(whole, min(1.0, max(_SHOWN, (top + width) / whole.height + _BELOW_CHIN)))


def _cut(upright: Drawing, share: float) -> Drawing:
    """The upper share of a drawing."""
    height = upright.height * share
    box = f'x="-40" y="-40" width="{upright.width + 80}" height="{height + 40}" rx="30"'
    svg = f'<clipPath id="lie"><rect {box}/></clipPath><g clip-path="url(#lie)">{upright.svg}</g>'
    return replace(upright, svg=svg, height=height)


def _insets(parts: Iterable[tuple[str, float, float, float]], prefix: str) -> str:
    """Drawings, each with its left, top and width."""
    return "".join(_inset(*part, f"{prefix}{n}-") for n, part in enumerate(parts))


def _inset(name: str, left: float, top: float, width: float, prefix: str, over: str = "") -> str:
    """A drawing as part of another; no name, none."""
    if not name:
        return ""
    own = _own(name) or (None if name in noto() else drawing(name))
    svg, across = (own.svg, own.width) if own else (noto()[name]["b"], noto()[name]["w"])
    place = f"translate({left} {top}) scale({width / across:.4f})"
    return f'<g transform="{place}">{unique(svg, prefix)}{over}</g>'


def _keeper(art: Drawing) -> Callable[[RGB], bool]:
    """Which colours of a drawing stay when it is tinted: those unlike its main colour."""
    main_hue, main_saturation = main_colour(art.svg, art.width, art.height, art.person)

    def keep(rgb: RGB) -> bool:
        h, s = hue(rgb)
        light = luminance(rgb)
        if light < 0.2:
            return True
        if art.person and _SKIN_HUES[0] < h < _SKIN_HUES[1] and s > 0.5:
            return True
        if main_saturation < 0.18:
            return s > 0.35
        if s < 0.16:
            return light > 0.9 or light < 0.75
        apart = abs(h - main_hue)
        return min(apart, 1 - apart) > 0.14

    return keep


@lru_cache(maxsize=256)
def main_colour(svg: str, width: float, height: float, person: bool) -> tuple[float, float]:
    """Hue and saturation that cover most of the drawing; of people, most of their clothes."""
    counts: Counter[tuple[int, bool]] = Counter()
    raw = _thumbnail(svg, width, height).tobytes()
    for r, g, b, a in zip(raw[::4], raw[1::4], raw[2::4], raw[3::4], strict=True):
        if a > 128 and luminance((r, g, b)) > 0.2:
            h, s = hue((r, g, b))
            if person and (s < 0.5 or _SKIN_HUES[0] < h < _SKIN_HUES[1]):
                continue
            counts[round(h * 20) % 20 if s >= 0.18 else -1, s >= 0.18] += 1
    if not counts:
        return 0.0, 0.0
    (bin_, coloured), _ = counts.most_common(1)[0]
    return (bin_ / 20, 1.0) if coloured else (0.0, 0.0)


def _thumbnail(svg: str, width: float, height: float) -> Image.Image:
    import resvg_py  # noqa: PLC0415  (loaded with the first picture, not with the app)

    text = document(svg, width, height, 32, 32)
    png = resvg_py.svg_to_bytes(svg_string=text, width=32, height=32, skip_system_fonts=True)
    return Image.open(io.BytesIO(png)).convert("RGBA")


@lru_cache(maxsize=512)
def crest(own: Drawing) -> float:
    """How far below the top of its box a drawing begins in its middle, as a share of the height."""
    middle = _thumbnail(own.svg, own.width, own.height).crop((11, 0, 21, 32)).getchannel("A")
    box = middle.point(lambda alpha: 255 * (alpha > 128)).getbbox()
    return box[1] / 32 if box else 0.0


def document(body: str, width: float, height: float, across: int, down: int, top: float = 0) -> str:
    """A whole SVG file around elements."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 {top} {width} {height}" width="{across}" height="{down}">{body}</svg>'
    )


def unique(svg: str, prefix: str) -> str:
    """The drawing with its ids made its own, so that many fit in one file."""
    return _ID.sub(lambda match: match[1] + prefix, svg) if "id=" in svg else svg


def relit(svg: str, change: Callable[[RGB], RGB]) -> str:
    """The drawing under another light; elements without a colour of their own included."""
    return f'<g fill="{to_hex(change((0, 0, 0)))}">{repaint(svg, change)}</g>'
