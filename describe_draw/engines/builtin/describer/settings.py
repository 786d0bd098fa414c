"""Where a photo was taken, and what it shows where nothing stands out."""

from collections.abc import Sequence

from .fusion import Named
from .layout import Layout
from .observation import ObservedThing
from .phrases import with_article

# What the detector finds together in a room tells which room it is.
_ROOMS = (
    ("in a kitchen", {"oven", "refrigerator", "microwave", "sink", "toaster"}, 2),
    ("in a bathroom", {"toilet"}, 1),
    ("in a bedroom", {"bed"}, 1),
    ("in an office", {"laptop", "keyboard", "mouse", "desk", "tv"}, 3),
    ("in a living room", {"couch", "tv", "potted plant", "chair"}, 2),
)
_STREET = {"traffic light", "stop sign", "street sign", "parking meter", "fire hydrant"}
_SKIES = {
    "blue": "under a blue sky",
    "sunset": "under an orange sky",
    "cloudy": "under a cloudy sky",
}
_TRAFFIC = {"car", "bus", "truck", "motorcycle"}


def setting_of(layout: Layout, things: Sequence[ObservedThing], labels: set[str]) -> str | None:
    """Says where things are: "on green grass", "against a blue sky", "in a kitchen"."""
    said = {thing.noun for thing in things} | {str(thing.general) for thing in things}
    kind = things[0].kind
    if layout.backdrop:
        return "on a white background" if layout.backdrop == "white" else "on a dark background"
    room = next((r for r, with_, least in _ROOMS if len(with_ & labels) >= least), None)
    if room and not any(word in room for word in said):
        return room
    if labels & _STREET and labels & _TRAFFIC:
        return "on a street"
    if layout.dark:
        return None if layout.lights else "in the dark"
    if kind in ("landscape", "plant"):
        return _SKIES.get(layout.sky or "")
    return _outdoors(layout, kind)


def _outdoors(layout: Layout, kind: str) -> str | None:
    if kind in ("food", "thing", "clothing", "page", "room", "furniture"):
        return None
    ground = {
        "grass": _on_grass(layout, kind),
        "sand": "on sand",
        "snow": "in the snow",
        "water": "on the water" if kind in ("animal", "creature", "vehicle") else "by the water",
    }.get(layout.ground or "")
    sky = _SKIES.get(layout.sky or "")
    if ground and sky:
        return f"{ground} {sky}"
    if ground and layout.ground in ("grass", "snow", "water"):
        return ground
    if sky:
        return sky
    return "among greenery" if layout.greenery else None


def _on_grass(layout: Layout, kind: str) -> str:
    """Green below is grass for what stands on the ground; else it may be leaves."""
    if kind in ("animal", "vehicle"):
        return "on green grass"
    return "among greenery" if layout.greenery or kind == "creature" else "with greenery in front"


def whole_of(layout: Layout, name: Named | None) -> str | None:
    """Says what the picture shows as a whole, where no thing stands out."""
    if name and name.kind == "page" and name.certainty > 0.3:
        looks_like = "" if name.certainty > 0.4 else "what looks like "
        sky = {"blue": " under a blue sky", "sunset": " under an orange sky"}
        return looks_like + with_article(name.noun) + sky.get(layout.sky or "", "")
    if layout.dark:
        return "lights in the dark at night" if layout.lights else "a very dark scene"
    return _open_air(layout)


def _open_air(layout: Layout) -> str | None:
    sky = {"blue": "a blue sky", "sunset": "an orange sky at sunset", "cloudy": "a cloudy sky"}
    ground = {
        "grass": "a green meadow",
        "sand": "a stretch of sand",
        "snow": "a snowy landscape",
        "water": "water",
    }
    above, below = sky.get(layout.sky or ""), ground.get(layout.ground or "")
    if above and below:
        below = "the sea" if below == "water" else below
        return f"{below} under {above}"
    if below and layout.ground != "sand":
        return below
    if above:
        blue = sum(layout.palette.get(c, 0.0) for c in ("blue", "turquoise", "white", "grey"))
        if layout.sky == "blue" and blue > 0.95:
            return f"{above} with clouds" if layout.palette.get("white", 0.0) > 0.1 else above
        return f"a view under {above}"
    return "green leaves and plants" if layout.greenery else None
