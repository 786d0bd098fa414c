"""The light of a scene: its sky, and what it does to every colour under it."""

from dataclasses import dataclass
from typing import Any

from .colours import RGB, mix, parse_hex, to_hex
from .frame import INDOORS
from .scene import Scene
from .words import read_toml


@dataclass(frozen=True)
class Light:
    """How a scene is lit.

    Attributes:
        sky: Colours from the top to the horizon.
        ambient: What each channel is multiplied by.
        cast: What is added to each channel.
        haze: The colour of distance.
        sun: The colour of the sun or the moon.
        cloud: The lit and the shaded colour of clouds.
        dark: Whether lamps are lit.
    """

    sky: tuple[RGB, ...]
    ambient: RGB
    cast: RGB
    haze: RGB
    sun: RGB
    cloud: tuple[RGB, RGB]
    dark: bool

    def on(self, rgb: RGB, haze: float = 0.0) -> RGB:
        """A colour under this light, `haze` (0 to 1) far away."""
        r, g, b = (
            channel * factor + extra
            for channel, factor, extra in zip(rgb, self.ambient, self.cast, strict=True)
        )
        return mix((r, g, b), self.haze, haze) if haze else (r, g, b)

    def hex(self, colour: str, haze: float = 0.0) -> str:
        return to_hex(self.on(parse_hex(colour), haze))


def _lights() -> dict[str, dict[str, Any]]:
    return read_toml("light.toml")


def light_of(scene: Scene) -> Light:
    name = scene.time
    weather = scene.weather if scene.weather in _lights() else None
    if scene.place in ("space", "lunar"):
        name, weather = "space", None
    elif scene.place == "underwater":
        name, weather = "underwater", None
    elif scene.place in INDOORS:
        name, weather = "indoors", None
    elif scene.place == "mars" and scene.time == "day":
        name = "mars"
    light = _read(name, dark=scene.time == "night")
    return _blend(light, _read(weather, dark=light.dark), 0.62) if weather else light


def _read(name: str, dark: bool) -> Light:
    table = _lights()[name]
    lit, shaded = map(parse_hex, table["cloud"])
    sky, haze, sun = map(parse_hex, table["sky"]), parse_hex(table["haze"]), parse_hex(table["sun"])
    ambient, cast = tuple(table["ambient"]), tuple(table["cast"])
    return Light(tuple(sky), ambient, cast, haze, sun, (lit, shaded), dark)


def _blend(time: Light, weather: Light, share: float) -> Light:
    """The weather's sky, kept in the time's darkness and warmth."""
    if time is not None and not time.dark and time.ambient == (1.0, 1.0, 1.0):
        return weather
    if time.dark:
        share = 0.3
    stops = max(len(time.sky), len(weather.sky))
    sky = tuple(
        mix(_at(time.sky, n / (stops - 1)), _at(weather.sky, n / (stops - 1)), share)
        for n in range(stops)
    )
    r, g, b = (a * w for a, w in zip(time.ambient, weather.ambient, strict=True))
    haze, sun = mix(time.haze, weather.haze, share), mix(time.sun, weather.sun, share)
    lit, shaded = (mix(a, b, share) for a, b in zip(time.cloud, weather.cloud, strict=True))
    return Light(sky, (r, g, b), time.cast, haze, sun, (lit, shaded), time.dark)


def _at(stops: tuple[RGB, ...], share: float) -> RGB:
    place = share * (len(stops) - 1)
    index = min(len(stops) - 2, int(place))
    return mix(stops[index], stops[index + 1], place - index)
