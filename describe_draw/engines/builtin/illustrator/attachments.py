"""What is worn or held: where it sits on who wears or holds it."""

import math
from dataclasses import replace

from .actions import does
from .crowds import MOST_HELD
from .placement import Placement, aspect
from .scene import Scene, Thing
from .tables import traits

# Width of what is on the head and where its foot is, in widths of the head.
_ON_HEAD = {"headphone": (1.25, 0.72), "ribbon": (0.6, 0.2), "crown": (0.84, 0.24)}
_HAT = (1.02, 0.26)
_ON_NECK = {"scarf": 0.94, "prayer-beads": 0.8}
_TIE = 0.46
_WORN_AS = {"scarf": "scarf-wrap"}
_LONG = 2.5
_BUNCH = ("red", "blue", "yellow", "green", "pink")


def dressed(scene: Scene, host: Placement) -> Placement:
    """The host in the colour of the clothes that the prompt gives it."""
    for other in scene.things:
        clothes = traits().is_a(other.art, "clothes") and other.art != "cape"
        if other.relation == "wearing" and other.to == host.thing and clothes:
            return replace(host, colour=other.colour or host.colour)
    return host


def worn(other: Thing, host: Placement) -> Placement | None:
    """An accessory on its wearer; None for clothes, which are a colour of the drawing."""
    left, top, width = host.head()
    middle = left + width / 2
    art = _WORN_AS.get(other.art, other.art)
    if art == "cape":
        middle, foot, across = host.x, host.base - host.height * 0.1, host.height * 0.5
    elif traits().is_a(other.art, "head"):
        share, foot = _ON_HEAD.get(art, _HAT)
        across, foot = width * share, top + foot * width
    elif traits().is_a(other.art, "eyes"):
        across = width * 0.86
        eyes = 0.4 if host.art in traits().heads else 0.62
        foot = top + width * eyes + across / aspect(art) / 2
    elif art == "beard":
        across = width * 0.8
        foot = top + width * 0.62 + across / aspect(art)
    elif traits().is_a(other.art, "neck"):
        middle, chin = host.neck()
        across = width * _ON_NECK.get(other.art, _TIE)
        foot = chin + across / aspect(art) * 0.9
    else:
        return None
    return Placement(
        art,
        middle,
        foot,
        across / aspect(art),
        other.colour,
        flip=host.flip,
        haze=host.haze,
        shadow=False,
        grounded=host.grounded,
    )


def held(scene: Scene, index: int, host: Placement, before: int) -> list[Placement]:
    """What is in the hand: on strings, over the head, before the chest, at the feet.

    Args:
        scene: What the prompt asks for.
        index: Number of the thing that is held.
        host: Who holds it.
        before: How many other things are held already.
    """
    other, own = scene.things[index], scene.things[host.thing]
    side = (-1 if host.flip else 1) * (-1 if before % 2 else 1)
    hand_x, hand_y = _hand(host, side)
    one = Placement(
        other.art, hand_x, hand_y, host.height, other.colour, thing=index, shadow=False,
        grounded=host.grounded,
    )  # fmt: skip
    if other.art == "umbrella":
        height = host.height * 0.95
        return [replace(one, x=hand_x, base=hand_y + height * 0.06, height=height)]
    if traits().is_a(other.art, "airborne"):
        return _on_strings(one, host, side, min(MOST_HELD, other.count))
    if does(own, "juggling"):
        return _in_an_arc(one, host, max(3, min(MOST_HELD, other.count)))
    return _in_hand(one, other, own, host, side)


def _in_hand(
    one: Placement, other: Thing, own: Thing, host: Placement, side: int
) -> list[Placement]:
    real = traits().height(other.art) / traits().height(own.art)
    height = host.height * min(0.62, max(0.16, real**0.75))
    paws = traits().is_a(own.art, "people") or traits().is_a(own.art, "paws")
    if not paws or does(own, "springing"):
        x, y = _mouth(host)
        if not traits().is_a(own.art, "people") and not does(own, "at-feet"):
            height = max(height, host.height * 0.26)
            away = 0.0 if traits().is_a(own.art, "frontal") else 0.3 * height * aspect(other.art)
            x += away if host.flip else -away
            return [replace(one, x=x, base=y + height / 2, height=height)]
    if does(own, "at-feet") and traits().is_a(other.art, "balls"):
        x = host.x + side * (host.width * 0.3 + height * 0.5)
        return [replace(one, x=x, base=host.base + height * 0.12, height=height, shadow=True)]
    if aspect(other.art) > _LONG:  # upright, under the arm
        height = host.height * 0.95 / aspect(other.art)
        x = host.x + side * host.width * 0.42
        return [replace(one, x=x, base=host.base - host.height * 0.4, height=height, tilt=82)]
    if traits().is_a(other.art, "in_front") and aspect(host.art) < 1:
        height = min(height * 1.1, host.width * 0.8 / aspect(other.art))
        base = max(one.base + height * 0.42, host.neck()[1] + height)
        return [replace(one, x=host.x, base=base, height=height)]
    if other.count > 1 and height < host.height * 0.4:
        return _armful(replace(one, x=host.x, height=height * 0.9), other.count)
    x = one.x + side * height * aspect(other.art) * 0.22
    grip = 0.3 if height < host.height * 0.3 else 0.16
    return [replace(one, x=x, base=one.base + height * grip, height=height)]


# Where hands are on a figure, from the middle in widths and from the top in heights, by its body.
_HANDS = {"": (0.27, 0.65), "seated": (0.17, 0.73), "crossed": (0.23, 0.86)}


def _hand(host: Placement, side: int) -> tuple[float, float]:
    away, down = _HANDS.get(host.art.partition("@")[2], _HANDS[""])
    return host.x + side * away * host.width, host.top + down * host.height


def _mouth(host: Placement) -> tuple[float, float]:
    """Of an animal, whose face looks at us or to the side."""
    left, top, width = host.head()
    if traits().is_a(host.art, "frontal"):
        return left + width * (0.75 if host.flip else 0.25), top + width * 0.9
    return left + (width if host.flip else 0.0), top + width * 0.7


def _armful(one: Placement, count: int) -> list[Placement]:
    """Some of a kind, side by side before the body."""
    count = min(3, count)
    step = one.height * aspect(one.art) * 0.8
    return [replace(one, x=one.x + (n - (count - 1) / 2) * step) for n in range(count)]


def _in_an_arc(one: Placement, host: Placement, count: int) -> list[Placement]:
    """Above the head, from hand to hand."""
    found, height = [], host.height * 0.15
    for n in range(count):
        turn = math.pi * (n + 0.5) / count
        x = host.x - math.cos(turn) * host.height * 0.36
        base = host.top + host.height * 0.22 - math.sin(turn) * host.height * 0.3
        colour = one.colour or (_BUNCH[n % len(_BUNCH)] if one.art == "sphere" else None)
        found.append(replace(one, x=x, base=base, height=height, colour=colour))
    return found


def _on_strings(one: Placement, host: Placement, side: int, count: int) -> list[Placement]:
    """Balloons above the hand, a kite farther off."""
    hand = _hand(host, side)
    away = 0.34 if one.art == "balloon" else 0.6
    height = host.height * (0.42 if count == 1 else 0.36)
    found = []
    for n in range(count):
        spread = (n - (count - 1) / 2) * height * 0.62
        drop = abs(n - (count - 1) / 2) * height * 0.2
        x = host.x + side * host.height * away + spread
        base = host.top + height * 0.3 + drop
        colour = one.colour or (_BUNCH[n % len(_BUNCH)] if count > 1 else None)
        found.append(replace(one, x=x, base=base, height=height, colour=colour, string=hand))
    return found
