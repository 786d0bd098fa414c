"""Animals on four legs, seen from the side: a coat over their limbs, and a head, by beasts.toml."""

import cmath
import math
from functools import cache, lru_cache
from typing import Any

from .bodies import Body
from .colours import mix, parse_hex, to_hex
from .skeletons import Skeleton, skeleton
from .tubes import Tube, edge, end, outline, spot, tube
from .words import nature, read_toml

_SHADE = (20, 10, 30)
_FAR = 0.2
"""How much darker the legs on the other side are."""


def tables() -> dict[str, dict[str, Any]]:
    return read_toml("beasts.toml")


@cache
def form(name: str) -> dict[str, Any] | None:
    """How an animal is built and coloured; None where it has no body with joints."""
    own, builds = tables()["species"].get(name, {}), tables()["builds"]
    known = nature().get(name, {})
    build = builds.get(str(own.get("build", known.get("body"))))
    if build is None:
        return None
    build = {**builds.get(build.get("like", ""), {}), **build}
    if not own:  # an animal of nature.toml, of which only the colours are taken
        names = {key: build.get("names", {}).get(key, key) for key in known}
        own = {names[key]: one for key, one in known.items() if str(one).startswith("#")}
    return {**build, **own} if "coat" in own else None


def stance_of(art: str) -> str:
    """How an animal's body is; empty where its drawing is another one."""
    name, _, stance = art.partition("@")
    stance = stance.partition("@")[0]
    return stance if stance in tables()["stances"] and form(name) else ""


def share(art: str) -> float:
    """Height of an animal's drawing in those of its usual one."""
    name, stance = art.partition("@")[0], stance_of(art)
    if not stance:
        return 1.0
    grown = (form(name) or {}).get("grown", 1.0)
    return float(grown) * beast(name, stance).size[1] / beast(name, "still").size[1]


@lru_cache(maxsize=256)
def beast(name: str, stance: str) -> Body:
    """An animal in a stance, in its own colours; what it holds is at its mouth."""
    body, pose = form(name) or {}, tables()["stances"][stance]
    pose = pose | body.get("stances", {}).get(stance, {})
    paints, face = _paints(body, "asleep" in pose), tables()["heads"][body["head"]]
    tails = {kind: one for kind, one in tables()["tails"].items() if kind in paints}
    bones = skeleton(body, pose, face, tails)
    lumps = [tube([spot(bones.trunk, u, 0.2), spot(bones.trunk, u, high)], radii)
             for u, high, *radii in body.get("humps", ())]  # fmt: skip
    if wool := body.get("fleece"):
        around = (spot(bones.trunk, u / 5, v) for u in range(6) for v in (-0.9, 0.9))
        lumps += [tube([middle, middle + 0.1], [wool, wool]) for middle in around]
    near = "".join(_leg(*leg, paints, body, bones.trunk) for leg in bones.legs[::2])
    svg = "".join(_leg(*leg, paints, body, None) for leg in bones.legs[1::2])
    for kind, tail in bones.tails.items():
        svg += _path([tail], paints[kind])
        svg += _path([end(tail, tails[kind].get("tip", 0.66))], paints.get("tip", "none"))
        svg += _marks({"tail": tail}, paints, body)
    if "mane" in paints and "crest" in body:
        line = [spot(bones.neck, u, body["crest"][0]) for u in (0.1, 0.4, 0.7, 1.0)]
        svg += _path([tube(line, [body["crest"][1] * k for k in (0.6, 1, 1, 0.8)])], paints["mane"])
    whole = [bones.trunk, bones.neck, *lumps]
    coat = _marks({"on": bones.trunk, "up": bones.neck}, paints, body)
    within = f'<clipPath id="c"><path d="{outline(whole)}"/></clipPath>'
    coat = f'{_path(whole, paints["coat"])}{within}<g clip-path="url(#c)">{coat}</g>'
    svg += near + coat if wool else coat + near
    nape, size = bones.neck[-1][0], body["size"]
    place = f"translate({nape.real:.1f} {nape.imag:.1f}) rotate({bones.nod}) scale({size})"
    svg += f'<g transform="{place}">{_filled(face["svg"], paints)}</g>'
    every = [*whole, *bones.tails.values(), *(limb for leg in bones.legs for limb in leg)]
    return _boxed(svg, every, body, face, bones)


def _boxed(
    svg: str, limbs: list[Tube], body: dict[str, Any], face: dict[str, Any], bones: Skeleton
) -> Body:
    """A drawing in a box that holds all of it."""
    turn = cmath.rect(body["size"], math.radians(bones.nod))
    corners = body.get("box", face["box"])
    points = [(x, y) for x in (corners[0], corners[2]) for y in (corners[1], corners[3])]
    *ends, skull, mouth = (bones.neck[-1][0] + complex(*point) * turn
                           for point in (*points, face["skull"][:2], face["mouth"]))  # fmt: skip
    edges = [c + way * r for limb in limbs for c, r, _ in limb for way in (1, -1, 1j, -1j)]
    ends += edges
    left, top = min(one.real for one in ends), min(one.imag for one in ends)
    low = max(one.imag for one in edges)
    across = face["skull"][2] * body["size"]
    return Body(
        f'<g transform="translate({-left:.1f} {-top:.1f})">{svg}</g>',
        (max(one.real for one in ends) - left, low - top),
        (skull.real - across - left, skull.imag - across - top, 2 * across),
        ((mouth.real - left, mouth.imag - top),) * 2,
    )


def _paints(body: dict[str, Any], asleep: bool) -> dict[str, str]:
    """The colours of an animal, those that aren't said made of its coat."""
    own = {key: one for key, one in body.items() if isinstance(one, str)}
    coat = own["coat"]
    usual = {"far": _darker(coat), "dark": _darker(coat), "nose": "#2b2220", "eye": "#2a2118"}
    found = {**usual, "ears": coat, "muzzle": coat, "limbs": coat, **own}
    eyes = {"lid": "#2a2118"} if asleep else {"open": "#1d1815", "glint": "#ffffff"}
    return {key: paint for key, paint in found.items() if key != "eye" or not asleep} | eyes


def _darker(colour: str) -> str:
    return to_hex(mix(parse_hex(colour), _SHADE, _FAR))


def _filled(svg: str, paints: dict[str, str]) -> str:
    """A head with its colours; parts that an animal lacks are left away."""
    found = ""
    for part in svg.splitlines():
        name = part.partition("{")[2].partition("}")[0]
        if not name or name in paints:
            found += part.replace(f"{{{name}}}", paints.get(name, ""))
    return found


def _leg(
    leg: Tube, foot: Tube, paints: dict[str, str], body: dict[str, Any], trunk: Tube | None
) -> str:
    """A leg; one before the trunk has a shade along its edges there, one behind it is darker."""
    colour = paints["limbs"] if trunk else paints.get("farlimbs", paints["far"])
    svg = ""
    if trunk:
        lines = "".join(f"M{'L'.join(edge(leg[2:], side))}" for side in (1, -1))
        svg = f'<clipPath id="t"><path d="{outline([trunk])}"/></clipPath><path d="{lines}" '
        svg += 'clip-path="url(#t)" fill="none" stroke="#000" stroke-opacity=".13" '
        svg += 'stroke-width="2.400" stroke-linecap="round"/>'
    svg += _path([leg], colour)
    if "socks" in paints:
        colour = paints["socks"] if trunk else _darker(paints["socks"])
        svg += _path([end(leg, body.get("sock", 0.62))], colour)
    if "hoof" in paints:
        colour = paints["hoof"] if trunk else _darker(paints["hoof"])
    return svg + _path([foot], colour) + (_marks({"leg": leg}, paints, body) if trunk else "")


def _marks(limbs: dict[str, Tube], paints: dict[str, str], body: dict[str, Any]) -> str:
    """What is on limbs: a light belly, stripes, spots, patches."""
    svg, scale = "", body["girth"][1] / 14
    for slot in tables()["slots"]["order"].split():
        table = tables()["marks"].get(body.get("coated", {}).get(slot, slot), {})
        found = [tube([spot(limb, u, v), spot(limb, u2, v2)], [r * scale, r2 * scale])
                 for part, limb in limbs.items()
                 for u, v, u2, v2, r, r2 in table.get(part, ())]  # fmt: skip
        svg += _path(found, paints.get(slot, "none"))
    return svg


def _path(limbs: list[Tube], paint: str) -> str:
    return "" if paint == "none" or not limbs else f'<path d="{outline(limbs)}" fill="{paint}"/>'
