"""What a prompt leaves open: the likeliest place, time and season."""

from dataclasses import replace

from .frame import INDOORS
from .scene import Scene
from .tables import traits

# The first of these that a scene's drawings meet is its place.
_USUAL_PLACES = (
    ("space", {"astronaut", "flying-saucer", "alien", "satellite", "ringed-planet", "comet",
               "globe-showing-europe-africa", "alien-monster", "rocket"}),
    ("sea", {"sailboat", "passenger-ship", "ship", "pirate-ship", "whale", "dolphin", "speedboat",
             "orca", "ferry", "motor-boat", "lighthouse", "person-surfing"}),
    ("underwater", {"fish", "tropical-fish", "octopus", "shark", "jellyfish", "squid", "blowfish",
                    "mermaid", "coral", "submarine"}),
    ("desert", {"camel", "two-hump-camel", "pyramid", "cactus"}),
    ("savanna", {"lion", "giraffe", "zebra", "elephant", "rhinoceros", "leopard",
                 "hippopotamus"}),
    ("snow", {"penguin", "polar-bear", "snowman", "skier", "snowboarder", "igloo", "sled"}),
    ("beach", {"crab", "palm-tree", "seal"}),
    ("lakeside", {"duck", "swan", "canoe", "rowboat", "duckling", "beaver"}),
    ("forest", {"bear", "wolf", "fox", "deer", "moose", "hedgehog", "owl", "elf", "fairy"}),
    ("paris", {"eiffel-tower"}),
    ("city", {"bus", "taxi", "automobile", "police-car", "fire-engine", "skyscraper", "ambulance",
              "motorcycle", "tram-car", "police-officer", "mech", "bicycle", "street-lamp",
              "superhero"}),
    ("stage", {"singer", "ballet-dancer", "woman-dancing", "man-dancing", "grand-piano", "guitar",
               "violin", "clown", "trumpet", "saxophone", "drum", "man-singer", "woman-singer"}),
    ("room", {"bed", "couch-and-lamp", "chair", "television", "christmas-tree", "teddy-bear",
              "table", "baby", "box"}),
)  # fmt: skip


def settle(scene: Scene) -> Scene:
    """Fills what the prompt left open; what it said stays."""
    arts = {thing.art for thing in scene.things}
    season = scene.season
    if scene.weather == "snow" and not season:
        season = "winter"
    place = scene.place or _place(scene, arts)
    if place in scene.without:
        place = "meadow" if "meadow" not in scene.without else "plain"
    time = scene.time
    if not time:
        night = scene.features & {"moon", "stars", "aurora", "fireworks"}
        time = "night" if night and "sun" not in scene.features else "day"
    return replace(scene, place=place, time=time, season=season or "summer")


def _place(scene: Scene, arts: set[str]) -> str:
    outside = scene.features or scene.weather != "clear"
    said = outside or scene.time or scene.season
    rules = (
        ("sky", scene.flying and arts and all(traits().is_a(art, "flyers") for art in arts)),
        ("mountain", scene.features & {"mountains", "fuji"}),
        ("lakeside", scene.features & {"lake", "river", "waterfall"}),
        ("city", "skyline" in scene.features),
        *((place, arts & usual) for place, usual in _USUAL_PLACES
          if not (outside and place in INDOORS)),
        ("studio", arts and all(traits().is_a(art, "shapes") for art in arts)),
        ("tabletop", arts and not outside and all(traits().is_a(art, "indoors") for art in arts)),
        ("meadow", arts or said),
    )  # fmt: skip
    return next((place for place, fits in rules if fits), "abstract")
