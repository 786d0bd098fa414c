"""Two drawings in one: who wears another's clothes, what a thing is made of, half and half.

Such a drawing is named by the first, the way they are mixed, and the second: "cat@as:pirate".
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from . import art
from .art import HEAD_OF, UPPER, assembled, costumes, figures
from .bodies import is_pose
from .colours import RGB, hue, luminance, mix, parse_hex, to_hex
from .fragments import Drawing, unique
from .letters import lettered
from .stuffs import HEX, made_of, ramped, stuffs
from .tables import is_a, traits
from .words import read_toml

_PLAIN = {"legs": "#4a5568", "shoes": "#33302c", "hands": "#ffca28", "top": "#7d6b5d"}
_WHITE: RGB = (255, 255, 255)


def parts(name: str) -> set[str]:
    """The drawings that one is mixed from, and itself."""
    return {name, *re.split(r"@(?:\w+:)?|=", name)}


def is_outfit(name: str) -> bool:
    """Whether somebody else can go as this."""
    return _is_costume(name) or art.can_sit(name) or not is_a(name, "people")


def can_wear(name: str) -> bool:
    """Whether there is a drawing of who it is in other clothes."""
    base = name.partition("@")[0]
    return base in figures() or not is_a(base, "people")


def joined(first: str, second: str) -> str | None:
    """Whom two nouns name together: a pirate cat, a cat pirate, a cat dragon; None: nobody."""
    if first == second:
        return None
    if _is_beast(first) and _is_beast(second):
        return f"{first}@half:{second}"
    for who, outfit in ((second, first), (first, second)):
        if _is_costume(outfit) and (_is_beast(who) or is_a(who, "anybody")):
            return f"{who}@as:{outfit}"
    if _is_costume(second) and first == "robot":
        return f"{first}@as:{second}"
    return f"{second}@as:{first}" if _is_costume(first) and art.can_sit(second) else None


def _is_costume(name: str) -> bool:
    """Whether there are clothes by which one knows somebody."""
    return name in costumes() or "over" in figures().get(name, ())


def _is_beast(name: str) -> bool:
    return is_a(name, "animals")


@lru_cache(maxsize=256)
def drawing(name: str, colour: str | None = None) -> Drawing:
    """A drawing by name, mixed or not, in its own colours or in the colour asked for."""
    one, _, way = name.rpartition("@")
    way, is_mixed, other = way.partition(":")
    if not is_mixed and ":" in one:  # how the body of a mixture is
        return art.upper(drawing(one, colour)) if f"@{way}" == UPPER else drawing(one, colour)
    if not is_mixed:
        metal = colour in stuffs() and not is_a(name, "people")
        return _of(name, colour or "", None, None) if metal else art.drawing(name, colour)
    other, _, tint = other.partition("=")
    return _WAYS[way](one, other, tint or None, colour)


def _as(who: str, outfit: str, tint: str | None, colour: str | None) -> Drawing:
    """Somebody in the clothes of another, or under the head of an animal."""
    who, _, stuff = who.partition("@of:")
    if stuff:
        return _of(f"{who}@as:{outfit}{'=' * bool(tint)}{tint or ''}", stuff, None, colour)
    base, _, pose = who.partition("@")
    if not can_wear(base):
        return drawing(who, colour)
    own, other = figures()[base] if art.can_sit(base) else {}, figures().get(outfit, {})
    costume = costumes().get(outfit, other if "over" in other or "top" in other else {})
    costume = costumes()[costume["like"]] if "like" in costume else costume
    if outfit == base:  # a beast that does as people do
        furs = read_toml("grips.toml")["beasts"]["furs"]
        fur = figures().get(base, furs).get("main") or furs.get(base) or _main(HEAD_OF + base)
        parts = dict.fromkeys(("top", "legs", "hands", "shoes", "main", "tip"), fur)
        costume = parts | {"belly": "#fff3e0"} | figures().get(base, {})
        paws = costume.get("paws", fur)
        costume |= {"body": "beast", "shoes": paws, "hands": paws, "at": [24, 0, 80]}
    elif not costume:  # a beast, or a thing that somebody is dressed up as
        fur = _main(HEAD_OF + outfit)
        costume = {"top": fur, "legs": fur, "shoes": fur, "hands": fur,
                   "under": [[HEAD_OF + outfit, 8, -36, 112]]}  # fmt: skip
    table = _PLAIN | {"body": "person", "at": [24, 0, 80]} | own | costume
    table["head"] = own.get("head", base) if own else HEAD_OF + base
    if not own:
        left, top, width = table["at"]
        skin = figures().get(base, {}).get("main") or _main(HEAD_OF + base)
        table |= {"skin": skin, "at": [left - 8, top - 10, width + 16]}
        table["hands"] = costume.get("hands", skin)
    elif own["body"] == "bust":  # its shoulders belong to the head
        table |= {"body": "bust", "at": own["at"]}
    if is_pose(pose):
        table["pose"] = pose
    whole = assembled(table, tint or colour)
    if "ramp" in costume:
        whole = replace(whole, svg=ramped(whole.svg, costume["ramp"]))
    return whole


def _main(name: str, colour: str | None = None) -> str:
    """The colour that most parts of a drawing have."""
    inks = HEX.findall(drawing(name, colour).svg)
    found = Counter(c for c in inks if luminance(parse_hex(c)) > 0.25)
    bright = Counter({c: n for c, n in found.items() if hue(parse_hex(c))[1] > 0.35})
    most = [*bright.most_common(1), *found.most_common(1), *[("#a08060", 0)] * 2]
    (vivid, some), (usual, many), *_ = most
    return str(vivid if some * 3 >= many else usual)


def _of(one: str, stuff: str, tint: str | None, colour: str | None) -> Drawing:
    """A thing of another stuff, or its shape filled with others."""
    own, table = drawing(one, colour), stuffs().get(stuff, {"fill": stuff})
    own = replace(own, svg=unique(own.svg, "o-"))
    filling = drawing(table["fill"], tint) if "fill" in table else None
    svg = made_of(own, table, filling, parse_hex(_main(one, colour)))
    width, height = own.width * table.get("wide", 1), own.height * table.get("tall", 1)
    return replace(own, svg=svg, width=width, height=height, head=_head_box(one, own))


def _head_box(name: str, own: Drawing) -> tuple[float, float, float] | None:
    return traits().heads.get(name) or own.head


def _half(one: str, other: str, tint: str | None, colour: str | None) -> Drawing:
    """Of two animals the head of one on the other; of others the left and the right half."""
    body, over = drawing(other, tint), drawing(one, colour)
    box = _head_box(other, body)
    if _is_beast(one.partition("@")[0]) and _is_beast(other) and box:
        left, top, width = box
        head = art.drawing(HEAD_OF + one.partition("@")[0])
        more = 0.3 if width < body.width * 0.45 else 0.04  # ears and mane stick out of those
        place = f"translate({left - width * more:.1f} {top - width * more:.1f}) "
        place += f"scale({width * (1 + more * 2) / head.width:.4f})"
        svg = body.svg + f'<g transform="{place}">{unique(head.svg, "h-")}</g>'
        return replace(body, svg=svg, head=box)
    scale = over.height / body.height
    width = max(over.width, body.width * scale)
    middle, at = width / 2, (width - body.width * scale) / 2
    left = (width - over.width) / 2
    cuts = "".join(
        f'<clipPath id="{name}"><rect x="{x:.1f}" y="-60" width="{middle:.1f}" '
        f'height="{over.height + 120:.1f}"/></clipPath>'
        for name, x in (("left", 0.0), ("right", middle))
    )
    svg = (
        f'{cuts}<g clip-path="url(#left)"><g transform="translate({left:.1f} 0)">'
        f'{unique(over.svg, "l-")}</g></g><g clip-path="url(#right)"><g transform="translate('
        f'{at:.1f} 0) scale({scale:.4f})">{unique(body.svg, "r-")}</g></g>'
    )
    box = _head_box(one, over)
    moved = (box[0] + left, box[1], box[2]) if box else None
    return Drawing(svg, width, over.height, moved, over.person)


def _like(one: str, other: str, tint: str | None, colour: str | None) -> Drawing:
    """A thing in the colours of another, which is its body."""
    own, form = drawing(one, colour), drawing(other, tint)
    main = parse_hex(_main(other))
    ramp = [mix(main, (0, 0, 0), 0.5), main, mix(main, _WHITE, 0.4)]
    across = own.width * 0.74
    scale = min(across / form.width, own.height * 0.74 / form.height)
    x, y = (own.width - form.width * scale) / 2, (own.height - form.height * scale) / 2
    svg = ramped(own.svg, [to_hex(one) for one in ramp])
    svg += f'<g transform="translate({x:.1f} {y:.1f}) scale({scale:.4f})">'
    return replace(own, svg=f"{svg}{unique(form.svg, 'b-')}</g>")


def _says(one: str, text: str, _: str | None, colour: str | None) -> Drawing:
    return lettered(drawing(one, colour), one.partition("@")[0], text)


_WAYS: dict[str, Callable[[str, str, str | None, str | None], Drawing]] = {
    "as": _as,
    "of": _of,
    "half": _half,
    "like": _like,
    "says": _says,
}
WAYS = frozenset(_WAYS)
"""Relations that make one thing of two."""
