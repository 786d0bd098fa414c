"""What a detailed caption adds: what else was seen, and where."""

from collections import defaultdict

from .boxes import Sighting
from .observation import MANY, Observation
from .tables import least, seeing

_MOST = 3


def also(observation: Observation) -> list[tuple[str, int, str]]:
    """What was sighted but is not said yet.

    Returns:
        Each noun, how many there are, and where one of them is ("" for several).
    """
    said = {thing.noun for thing in observation.things}
    said |= {str(thing.general) for thing in observation.things}
    said |= set(" ".join(filter(None, (observation.whole, observation.setting))).split())
    if observation.medium == "illustration":
        unsaid = [one for one in observation.sighted if one.label not in said]
        return [(one.label, 1, one.place) for one in unsaid[:_MOST]]
    busy = {thing.doing for thing in observation.things}
    for row in seeing()["doings"]:
        if row["words"] in busy:
            said |= set(row["seen"])
    alone = observation.whole and not observation.scenery  # a page, or the dark
    if alone or observation.medium not in ("photo", "black and white photo"):
        return []
    others: dict[str, list[Sighting]] = defaultdict(list)
    for sighted in observation.sighted:
        sure = sighted.score >= least("also") and sighted.area < least("again")
        if sure and not any(noun.endswith(sighted.label) for noun in said):
            others[sighted.label].append(sighted)
    return [
        (noun, min(len(many), MANY), many[0].place if len(many) == 1 else "")
        for noun, many in list(others.items())[:_MOST]
    ]


def unsaid_looks(observation: Observation) -> tuple[str, str]:
    """What isn't said yet of a drawing of one kind of thing: its colour, and its side; or ""."""
    if observation.medium != "illustration" or len(observation.things) != 1:
        return "", ""
    thing, seen = observation.things[0], next(iter(observation.sighted), None)
    if seen is None:
        return "", ""
    colour = seen.colour if not thing.colour and seen.colour != "grey" else None
    side = seen.place if thing.count == 1 and seen.place in ("left", "right") else ""
    return colour or "", side


def unsaid_scenery(observation: Observation) -> list[str]:
    """Surroundings that are worth a word and are not said yet."""
    nouns = (noun for thing in observation.things for noun in (thing.noun, thing.general))
    said = " ".join(filter(None, (observation.whole, observation.setting, *nouns)))
    known = seeing()["implied"]
    return [
        words
        for words in observation.scenery
        if words not in said and not any(other in said for other in known.get(words, ()))
    ]
