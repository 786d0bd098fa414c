"""Where the limbs of an animal on four legs are in a stance; beasts.toml tells of each field.

The ground is at 0, and who does something looks left.
"""

import cmath
import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from .tubes import Tube, bent, tube, turned

Table = Mapping[str, Any]


class Skeleton(NamedTuple):
    """Limbs; of legs near and far forelegs, near and far hind legs, each with its foot.

    Attributes:
        nod: How far the head is turned, on the end of the neck.
    """

    trunk: Tube
    neck: Tube
    legs: list[tuple[Tube, Tube]]
    tails: dict[str, Tube]
    nod: float


def skeleton(body: Table, pose: Table, face: Table, tails: dict[str, Table]) -> Skeleton:
    """The limbs of an animal: how it is built, how it stands, its head and its tails."""
    fore, hind = body["legs"]
    chest, _, rump = (thick * 0.92 for thick in body["girth"])  # none is under the ground
    hip = complex(0, -max(rump, pose.get("rise", 1.0) * hind))
    high = (max(chest, fore * pose.get("front", 1.0)) + hip.imag) / body["trunk"]
    pitch = math.degrees(math.asin(max(-0.9, min(0.95, high))))
    if "pitch" in pose:
        pitch = min(pose["pitch"], pitch) if pose.get("props") else pose["pitch"]
    shoulder = hip + turned(180 - pitch, body["trunk"])
    belly = (shoulder + hip) / 2 + body.get("sway", 0.0) * 1j
    trunk = tube([shoulder, belly, hip], body["girth"])
    neck, nod = _neck(body, pose, face, shoulder)
    lean = pitch if pitch > 30 else 0.0
    found = {name: _tail(one, hip, body, pose, lean * 0.6) for name, one in tails.items()}
    legs = _legs(body, pose, (shoulder, hip))
    return Skeleton(trunk, neck, legs, found, nod)


def _neck(body: Table, pose: Table, face: Table, shoulder: complex) -> tuple[Tube, float]:
    """The neck, and how far the head is turned; of who grazes as low as its mouth needs."""
    long, angle, low, high = body["neck"]
    nod, chest = pose.get("nod", 0.0), body["girth"][0]
    mouth = complex(*face["mouth"]) * cmath.rect(body["size"], math.radians(nod))
    turn = angle + pose.get("neck", 0.0)
    if "reach" in pose:
        goal = -pose["reach"] * body["legs"][0] - mouth.imag - shoulder.imag
        turns = range(int(angle) - 40, 262, 2)
        turn = min(turns, key=lambda one: abs(turned(one, long + chest * 0.6).imag - goal))
    joints = [shoulder + turned(turn, chest * 0.2), shoulder + turned(turn, long + chest * 0.6)]
    joints.insert(1, sum(joints) / 2 + turned(turn + 90, body.get("bow", 0.0)))
    return tube(joints, [low, (low + high) / 2, high]), nod


def _legs(body: Table, pose: Table, tops: tuple[complex, complex]) -> list[tuple[Tube, Tube]]:
    thigh, knee, ankle = body["leg"]
    found = []
    for name, at, high, girth in zip(("fore", "hind"), tops, body["legs"], body["girth"][::2],
                                     strict=True):  # fmt: skip
        start, long = at + girth * 0.2j, high - girth * 0.2 - ankle
        for x, up, *more in pose[name]:
            foot = complex(at.real - x * high, -up * high - ankle)
            if name == "fore":
                ahead = more[0] if more else 1 if up > 0 else -1
                joint, last = bent(start, foot, long * 0.505, long * 0.505, ahead)
                leg = tube([start, joint, last], [thigh, knee, ankle])
            else:
                heel = turned(270 - more[0], long * 0.3)
                joint, hock = bent(start, foot - heel, long * 0.38, long * 0.38, 1)
                joints, thick = [start, joint, hock, hock + heel], body.get("thigh", 1.3)
                leg = tube(joints, [thigh * thick, thigh * 0.9, knee * 0.9, ankle])
                joint, last = hock, hock + heel
            bone = (last - joint) / (abs(last - joint) or 1)
            found.append((leg, _foot(body, last, bone, up <= 0)))
    return found


def _foot(body: Table, ankle: complex, bone: complex, stands: bool) -> Tube:
    """A paw is ahead of the ankle; a hoof is the end of the leg."""
    thick, long = body["leg"][2], body.get("foot", 0.0)
    if long:
        way = -1 if stands else bone * cmath.rect(1, 0.9)
        return tube([ankle, ankle + way * long], [thick * 1.02, thick * 0.92])
    return tube([ankle - (1j if stands else bone) * thick, ankle], [thick * 1.05, thick * 1.25])


def _tail(kind: Table, hip: complex, body: Table, pose: Table, lean: float) -> Tube:
    raised = (pose.get("tail", 0.0) - lean) * kind.get("moves", 1.0)
    first, last = (turn + raised for turn in kind["turn"])
    scale = body.get("tail_size", 1.0) * body["trunk"] / 60
    joints = [hip + turned(kind.get("root", 40.0) - lean, body["girth"][2] * 0.8)]
    for part in range(8):
        angle = first + (last - first) * part / 7
        joints.append(joints[-1] + turned(angle, kind["long"] * scale / 8))
    radii = [radius * scale for radius in kind["radii"]]
    if not pose.get("lift"):
        joints = [complex(one.real, min(one.imag, -0.7 * max(radii))) for one in joints]
    return tube(joints, radii)
