"""Food: what is served."""

from . import fusion
from .evidence import Evidence
from .observation import MANY, ObservedThing
from .people import Found
from .tables import least, seeing

_COUNTED = 3


def food(evidence: Evidence) -> Found | None:
    """What is served, unless people fill more of the photo."""
    dish, people = _dish(evidence), evidence.people
    if dish is None:
        return None
    size = max((s.area for s in evidence.faint((dish.noun,), 0.0)), default=0.0)
    sure = fusion.masses(evidence.probabilities, "kind")["food"] >= seeing()["dishes"]["about"]
    return None if people and size <= people.area and not sure else ((dish,), "with")


def drink(evidence: Evidence) -> Found | None:
    """What is in a glass or a cup, unless people fill more of the photo."""
    drinks, around, people = seeing()["drinks"], evidence.around, evidence.people
    if people and people.area > least("near"):
        return None
    known = evidence.named is not None and evidence.named.noun in drinks["coffee"]
    cups = not known and evidence.is_named(["cup", *drinks["coffee"]], drinks["cups"])
    if cups and evidence.is_named(drinks["coffee"], drinks["coffee_least"]):
        return (ObservedThing("cup of coffee", 0.6, kind="food"),), "with"
    if not evidence.is_named(drinks["named"], drinks["least"]):
        return None
    heard = (
        noun for label, noun in drinks["labels"].items() if around.label(label) >= drinks["label"]
    )
    noun = next(heard, "drink" if evidence.faint(drinks["seen"], drinks["score"]) else None)
    return ((ObservedThing(noun, 0.6, kind="food"),), "with") if noun else None


def _dish(evidence: Evidence) -> ObservedThing | None:
    """What is served, where more than one network knows it."""
    named, dishes = evidence.named, seeing()["dishes"]
    fruits = evidence.faint(dishes["fruits"], least("thing"))
    if len({s.label for s in fruits if s.area >= least("small")}) > 1:
        return ObservedThing("fruit", 0.6, general="food", kind="food")
    pieces = evidence.faint(dishes["detector"], least("one_of_several"))
    if len(pieces) < 2 and fusion.masses(evidence.probabilities, "kind")["food"] < 0.3:
        served = pieces and evidence.faint(("bowl",), least("unheard"))
        return _soup(evidence) or (_bowls(evidence) if served else None)
    known = named is not None and named.kind == "food" and named.certainty >= 0.45
    if named and known and named.group and named.noun not in dishes["vague"]:
        return ObservedThing(named.noun, named.certainty, general=named.group.noun, kind="food")
    for label, noun in dishes["labels"].items():
        sure, enough = evidence.around.label(label), dishes["least"]
        if evidence.is_named(dishes["agreed"].get(noun, []), 0.1):
            enough = dishes["agreed_least"]
        elif len(pieces) > 1:
            enough = dishes["beside"]
        if sure >= enough:
            return ObservedThing(noun, max(sure, 0.5), _count(evidence, noun), kind="food")
    return _soup(evidence) or _pieces(evidence) or _bowls(evidence) or _plate(evidence)


def _soup(evidence: Evidence) -> ObservedThing | None:
    """A bowl of soup, where something to eat is in it."""
    dishes = seeing()["dishes"]
    bowls = evidence.faint(("bowl",), least("with"))
    inside = evidence.faint(dishes["detector"], least("faint_thing"))
    if bowls and inside and evidence.is_named(dishes["soup"], dishes["soup_least"]):
        return ObservedThing("bowl of soup", 0.6, general="food", kind="food")
    return None


def _pieces(evidence: Evidence) -> ObservedThing | None:
    """What the detector finds: many small pieces, two alike, or one that it is sure of."""
    dishes = seeing()["dishes"]
    for label in dishes["pieces"] if evidence.around.label("Food") >= dishes["heard"] else ():
        if len(evidence.faint((label,), least("one_of_several"))) >= least("several"):
            return ObservedThing(label, 0.6, MANY, general="food", kind="food")
    alike = [s.label for s in evidence.faint(dishes["detector"], least("alone"))]
    if len(alike) > 1 and {alike[0]} == set(alike) <= set(dishes["pieces"]):
        count = _count(evidence, alike[0])
        return ObservedThing(alike[0], 0.6, count, general="food", kind="food")
    seen = evidence.faint(dishes["detector"], dishes["detector_least"])
    seen = seen or [
        s for s in evidence.faint(dishes["detector"], least("with")) if _is_heard(evidence, s.label)
    ]
    if not seen:
        return None
    best = max(seen, key=lambda s: s.score)
    sure = best.score >= dishes["detector_sure"] or _is_heard(evidence, best.label)
    noun, count = (best.label, _count(evidence, best.label)) if sure else ("food", 1)
    return ObservedThing(noun, best.score, count, kind="food")


def _is_heard(evidence: Evidence, label: str) -> bool:
    """Whether another network knows such food too."""
    return evidence.around.label(label.capitalize()) >= 0.3 or evidence.is_named([label], 0.25)


def _bowls(evidence: Evidence) -> ObservedThing | None:
    """Food in a bowl or on a plate."""
    bowls = evidence.faint(("bowl",), least("bowl"))
    if len(bowls) >= least("several") or any(s.area > 0.1 for s in bowls):
        plate, several = evidence.around.label("Plate"), len(evidence.faint(("bowl",), 0.45)) > 1
        flat = not several and plate > max(0.2, evidence.around.label("Bowl"))
        noun = "dish of food" if several else "plate of food" if flat else "bowl of food"
        return ObservedThing(noun, 0.6, MANY if several else 1, general="food", kind="food")
    return None


def _plate(evidence: Evidence) -> ObservedThing | None:
    """Food that has no name, beside a knife and a fork, or which all take for some."""
    dishes, named = seeing()["dishes"], evidence.named
    sure = named is not None and named.kind == "food" and named.certainty >= dishes["sure"]
    if sure and evidence.faint(dishes["cutlery"], least("one_of_several")):
        return ObservedThing("plate of food", 0.6, general="food", kind="food")
    vague = named is not None and named.noun == "food" and named.certainty >= least("group")
    heard = evidence.around.label("Food") >= dishes["surely_heard"]
    return ObservedThing("food", 0.6, kind="food") if vague and heard else None


def _count(evidence: Evidence, noun: str) -> int:
    """How many the detector finds; one where it has no word for it."""
    found = len(evidence.faint((noun,), 0.45))
    alike = len(evidence.faint(seeing()["dishes"]["detector"], 0.45)) > found > 1
    return MANY if alike or found >= _COUNTED else max(1, found)
