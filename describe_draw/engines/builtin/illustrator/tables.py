"""What is known of the drawings: heights, kinds, where heads and backs are."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from .beasts import share as share_of_beast
from .bodies import share
from .words import nature, noto, read_toml

# Noto's groups; the third holds animals, then plants.
PEOPLE, ANIMALS, FOOD, ACTIVITIES, OBJECTS = 1, 3, 4, 6, 7
FIRST_PLANT, FIRST_PERSON = "bouquet", "baby"
_BODILY = ("flyers", "airborne", "floats", "swims", "needs_water", "rideable")


@dataclass(frozen=True)
class Traits:
    """Tables of the drawings' traits; traits.toml tells of each. Heights are in metres."""

    heights: dict[str, float]
    kinds: dict[str, frozenset[str]]
    groups: dict[str, frozenset[str]]
    broader: dict[str, str]
    as_feature: dict[str, str]
    heads: dict[str, tuple[float, float, float]]
    tops: dict[str, float]
    in_the_air: dict[str, str]
    sinks: dict[str, float]
    emblems: dict[str, list[str]]
    cabins: dict[str, tuple[float, float, float]]
    trunks: dict[str, float]
    usual_places: dict[str, frozenset[str]]
    hints: dict[str, str]
    compounds: dict[str, str]
    interiors: dict[str, dict[str, str]]
    openings: dict[str, tuple[float, float, float, float]]
    emptied: dict[str, str]
    piled: dict[str, str]
    shows: dict[str, frozenset[str]]
    supports: dict[str, str]
    lamps: dict[str, float]
    paints: dict[str, str]

    def sink(self, art: str) -> float:
        """Share of its height that is under water."""
        art = art.partition("@")[0]
        return self.sinks.get(art, 0.1 if art in self.kinds["floats"] else 0.45)


@cache
def traits() -> Traits:
    tables = read_toml("traits.toml")
    metres = read_toml("heights.toml")
    heights = {name: float(height) for height, arts in metres.items() for name in arts.split()}
    heights |= {name: one["height"] for name, one in nature().items()}
    models = {name: one["like"] for name, one in nature().items()}

    names = list(noto())
    plants = set(names[names.index(FIRST_PLANT) :])
    of_group = {group: {n for n in names if noto()[n]["g"] == group} for group in range(8)}
    parts = set(names[: names.index(FIRST_PERSON)])  # hands, ears
    people = of_group[PEOPLE] - parts | set(tables["groups"]["people"])
    animals = of_group[ANIMALS] - plants | set(tables["groups"]["animals"])

    kinds = {kind: frozenset(arts) for kind, arts in tables["kinds"].items()}
    holders = {*tables["openings"], *tables["emptied"]}
    kinds["containers"] = frozenset(holders) - kinds["topped"]
    kinds["food"] = frozenset(of_group[FOOD])
    kinds["people"] = frozenset(people | kinds["people"])
    kinds["animals"] = frozenset(animals)
    kinds["indoors"] |= of_group[FOOD] | of_group[ACTIVITIES] | of_group[OBJECTS]
    kinds["handheld"] |= of_group[FOOD] | of_group[OBJECTS] - kinds["furniture"]
    kinds["turns"] = frozenset(animals | people) | kinds["turns"] | kinds["flyers"]
    for name in ("usual_places", "shows"):
        tables[name] = {key: frozenset(arts.split()) for key, arts in tables[name].items()}
    for table in (kinds, tables["usual_places"]):
        for key, arts in table.items():
            table[key] = arts | {name for name, model in models.items() if model in arts}
    dishes = {n for n, m in models.items() if m in kinds["food"]} - tables["shows"].keys()
    for known in (tables[name] for name in ("sinks", "tops", "openings", "shows", "trunks")):
        known |= {n: known[m] for n, m in models.items() if m in known and n not in known}
    tables["shows"] |= {n: tables["shows"].get(n, frozenset()) & kinds["tableware"] for n in dishes}
    tables["heads"] |= {name: one["at"] for name, one in nature().items() if "at" in one}
    birds = [name for name, one in nature().items() if one.get("body") == "bird"]
    tables["in_the_air"] |= {name: f"{name}@flying" for name in birds}
    for name, model in models.items():
        tables["groups"].setdefault(model, []).append(name)
    groups = {word: frozenset(arts) for word, arts in tables["groups"].items()}
    groups |= dict.fromkeys(("people", "humans", "person"), kinds["people"])
    groups |= dict.fromkeys(("animals", "animal"), kinds["animals"])
    for name in ("heads", "cabins", "openings"):
        tables[name] = {art: tuple(box) for art, box in tables[name].items()}
    return Traits(**tables | {"heights": heights, "kinds": kinds, "groups": groups})


def is_a(art: str, *kinds: str) -> bool:
    """Whether a drawing is of one of the kinds."""
    if "@as:" in art:
        kinds = tuple(kind for kind in kinds if kind not in _BODILY)  # in clothes it walks
    name = art.partition("@")[0]
    return any(name in traits().kinds[kind] for kind in kinds)


def height_of(art: str) -> float:
    """Metres."""
    name, _, pose = art.partition("@")
    pose = pose.partition("@")[0]
    return traits().heights.get(name, 1.7) * share(pose) * share_of_beast(art)


def contacts() -> dict[str, dict[str, Any]]:
    """The table of how things touch."""
    return read_toml("contacts.toml")
