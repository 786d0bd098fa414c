"""The drawings: Noto Emoji, our own, and figures made of both, as SVG fragments."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from .beasts import beast, stance_of
from .bodies import Body, body, is_pose, poses
from .colours import NAMED, tint, to_hex
from .fragments import Drawing, keeper, unique
from .sleep import curled, lids
from .tables import is_a, traits
from .words import DATA, nature, noto, read_toml

HEAD_OF = "head-of-"
# Behind a figure's name: how its body is.
SEATED, CROSSED, LYING, UPPER = "@seated", "@crossed", "@lying", "@upper"
WORN = ("head", "eyes", "neck", "face", "back", "feet", "clothes")
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

_PAINT = re.compile(r"\{(\w+)(?::([^}]*))?\}")
"""What a body leaves open, and how it is where a figure doesn't say."""


@cache
def figures() -> dict[str, dict[str, Any]]:
    made = {name: table for name, table in nature().items() if "body" in table}
    made |= read_toml("figures.toml")
    busts = [(name, table) for name, table in made.items() if table["body"] == "bust"]
    sexes = {f"{who}-{name}": table for name, table in busts for who in ("man", "woman")}
    return {name: table for name, table in sexes.items() if name in noto()} | made


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
        if is_a(name, "spilling"):
            svg = f'<svg width="{width}" height="{height}">{svg}</svg>'  # cuts what is outside
        own = Drawing(svg, width, height, person=entry["g"] == 1)
    if colour is None:
        return own
    return replace(own, svg=tint(own.svg, colour, keeper(own, traits().paints.get(name))))


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
        hidden = ("facial",) if "away" in table["pose"] else ()
        over = [one for one in over if not (is_tool(one[0]) or is_a(one[0], *hidden))]
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
        whole = replace(whole, svg=tint(whole.svg, colour, keeper(whole)))
    return whole


def is_tool(name: str) -> bool:
    """Whether it is in the hand of whom it belongs to, not worn."""
    return is_a(name, "handheld", "in_front", "weapons") and not is_a(name, *WORN)


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
    return {"top", "at"} <= figures().get(name.partition("@of:")[0], {}).keys()


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
