"""What a prompt leaves open: the likeliest place, time and season."""

from dataclasses import replace

from .forms import formed
from .frame import INDOORS
from .places import looks
from .scene import Scene, Thing
from .tables import height_of, is_a, traits
from .ties import is_creature, is_person

_SMALL = 0.5
"""Metres: what is no larger is seen on a table."""


def settle(scene: Scene) -> Scene:
    """Fills what the prompt left open; what it said stays."""
    scene = formed(scene)
    arts = {_told_by(thing.art) for thing in scene.things if not _is_filling(scene, thing)}
    for worn in scene.things:
        if worn.relation == "wearing" and worn.to is not None and is_a(worn.art, "clothes"):
            host = scene.things[worn.to]
            arts -= {worn.art}
            if not is_person(host):  # in clothes it can be anywhere
                arts = arts - {host.art} | {"person"}
    season = scene.season
    if scene.weather == "snow" and not season:
        season = "winter"
    likely = scene.place or _place(scene, arts)
    place, setting = looks()[likely].place, scene.setting or likely
    if scene.without & {place, setting}:
        place = setting = "meadow" if "meadow" not in scene.without else "plain"
    time = scene.time
    if not time:
        night = scene.features & {"moon", "stars", "aurora", "fireworks"}
        time = "night" if night and "sun" not in scene.features else "day"
    setting = setting if setting != place else ""
    if place == "space" and "moon" in scene.features:  # among the stars it is a thing
        scene = replace(scene, things=(*scene.things, Thing("full-moon")))
    return replace(scene, place=place, setting=setting, time=time, season=season or "summer")


def _is_filling(scene: Scene, thing: Thing) -> bool:
    """Whether it is in something, and tells nothing of where that is; what is piled up does."""
    host = scene.things[thing.to].art if thing.relation == "inside" and thing.to is not None else ""
    fits = is_a(thing.art, "swims", "toppings") or not is_creature(thing)
    return bool(host) and fits and not is_a(host, "piles")


def _told_by(art: str) -> str:
    """The part of a drawing's name that tells where it is; in costume anybody can be anywhere."""
    base, _, clothes = art.partition("@as:")
    return (clothes if clothes == "astronaut" else "person") if clothes else base.partition("@")[0]


def _place(scene: Scene, arts: set[str]) -> str:
    outside = scene.features or scene.weather != "clear" or arts & traits().kinds["scenery"]
    dry = any(is_creature(Thing(art)) and not is_a(art, "swims") for art in arts)
    eaten = {
        a
        for a in arts
        if is_a(a, "seafood") and any(is_a(b, "dished", "plated", "tableware") for b in arts)
    }
    wares = (a for a in arts - eaten if not is_a(a, "indoors") or is_a(a, "floored"))
    close = not any(wares) and all(height_of(a) < _SMALL for a in arts)
    arts = arts | {art.rpartition("man-")[2] for art in arts}
    rules = (
        ("mountain", scene.features & {"mountains", "fuji"}),
        ("lakeside", scene.features & {"lake", "river", "waterfall"}),
        ("city", "skyline" in scene.features),
        ("sky", scene.flying and arts and all(is_a(art, "flyers") for art in arts)),
        ("tabletop", arts and not outside and close),
        ("room", "window" in arts and not (scene.features or arts & traits().kinds["scenery"])),
        *((place, arts & usual) for place, usual in traits().usual_places.items()
          if not (outside and looks()[place].place in INDOORS)
          and not (dry and place == "underwater")),
        ("studio", arts and all(is_a(art, "shapes") for art in arts)),
        ("tabletop", arts and not outside and all(is_a(art, "indoors") for art in arts)),
        ("meadow", arts or outside or scene.time or scene.season),
    )  # fmt: skip
    return next((place for place, fits in rules if fits), "abstract")
