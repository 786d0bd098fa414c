"""What is worn or held: where it sits on who wears or holds it."""

from dataclasses import replace

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


def held(index: int, other: Thing, host: Placement) -> list[Placement]:
    """What is in the hand: over the head, on strings, or beside the body."""
    side = -1 if host.flip else 1
    one = Placement(
        other.art, host.x, host.base, host.height, other.colour, thing=index, shadow=False,
        grounded=host.grounded,
    )  # fmt: skip
    if other.art == "umbrella":
        x = host.x + side * host.width * 0.18
        return [replace(one, x=x, base=host.base - host.height * 0.37, height=host.height * 0.95)]
    if traits().is_a(other.art, "airborne"):
        return _on_strings(one, host, side, min(MOST_HELD, other.count))
    tall = min(1.4, max(0.6, traits().height(other.art) / 0.5) ** 0.3)
    height = host.height * 0.36 * tall
    x = host.x + side * (host.width * 0.42 + height * aspect(other.art) * 0.22)
    return [replace(one, x=x, base=host.base - host.height * 0.24, height=height)]


def _on_strings(one: Placement, host: Placement, side: int, count: int) -> list[Placement]:
    """Balloons above the hand, a kite farther off."""
    hand = host.x + side * host.width * 0.27, host.base - host.height * 0.36
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
