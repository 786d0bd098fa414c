"""What words say of time, weather, place and style, laid over a scene."""

from dataclasses import replace

from .changes import tables
from .frame import AIRLESS, INDOORS
from .scene import Scene
from .words import Words

_NIGHT = frozenset({"moon", "stars", "aurora", "fireworks"})


def overlaid(scene: Scene, said: Scene, words: Words) -> Scene:
    """A scene with what was said of another's background.

    Args:
        scene: What there is.
        said: What the words say, empty where they say nothing.
        words: They themselves: that the sky is clear is what nothing says, too.
    """
    if said.place and (said.place, said.setting) != (scene.place, scene.setting):
        scene = _moved(replace(scene, setting=said.setting), said.place)
    if said.style != "plain":
        scene = replace(scene, style=said.style)
    if said.form:
        scene = replace(scene, form=said.form)
    scene = _under(scene, said, words)
    return _lit(scene, said)


def _moved(scene: Scene, place: str) -> Scene:
    """What is above stays above, wherever there is a sky; what lies around stays behind."""
    above = frozenset(tables()["above"]["features"])
    if place in INDOORS or place in AIRLESS:
        return replace(scene, place=place, features=frozenset(), weather="clear")
    return replace(scene, place=place, features=scene.features & above)


def _under(scene: Scene, said: Scene, words: Words) -> Scene:
    """With another weather, or in another season."""
    weathers = {meaning.value for _, meaning in words if meaning and meaning.kind == "weather"}
    season, weather = said.season or scene.season, scene.weather
    if said.season and said.season != "winter" and weather == "snow":
        weather = "clear"
    if weathers:
        weather = said.weather
        if weather == "snow" and not said.season:
            season = "winter"
    return replace(scene, season=season, weather=weather)


def _lit(scene: Scene, said: Scene) -> Scene:
    """At another time of day, with what belongs into its sky."""
    features = scene.features | said.features
    time = said.time or scene.time
    if not said.time and said.features & _NIGHT:
        time = "night"
    elif not said.time and "sun" in said.features and time == "night":
        time = "day"
    out = frozenset(tables()["clashes"].get(time, ())) if time != scene.time else frozenset()
    return replace(scene, time=time, features=features - (out - said.features))
