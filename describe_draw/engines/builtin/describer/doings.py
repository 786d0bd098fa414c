"""What people and dogs do and where they are, by a head that was fitted to sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

from .boxes import touches
from .evidence import Evidence, how_many
from .fusion import Seen
from .observation import ObservedThing
from .tables import least, seeing


def is_dog(thing: ObservedThing) -> bool:
    """Whether it is a dog, of whatever breed."""
    return "dog" in (thing.noun, thing.general)


def doing_of(evidence: Evidence, who: str) -> str | None:
    """What somebody does, the surest of what is sure enough.

    Args:
        evidence: what is known of the photo.
        who: a list of doings: "people", "resting" ones, or "dogs".
    """
    likely, doings = evidence.around.words, seeing()["told"][who]
    spare = {
        doing: (likely.get(doing, 0.0) - enough) / (1 - enough) for doing, enough in doings.items()
    }
    best = max(spare, key=lambda doing: spare[doing])
    return best if spare[best] >= 0 else None


def what_people_do(evidence: Evidence, people: Seen) -> str | None:
    """What people do, if that is sure, or shows in what they have where they are not far."""
    near = people.area > least("far")
    return doing_of(evidence, "people") or (_doing_with(evidence, people) if near else None)


def _doing_with(evidence: Evidence, people: Seen) -> str | None:
    """What people do with what the detector finds beside them, faint though it be."""
    for doing in seeing()["doings"]:
        if not _may_be_done(evidence, people, doing):
            continue
        named = evidence.is_named(doing["named"])
        if doing.get("must") and not named:
            continue
        score = doing.get("score", least("beside_named" if named else "beside"))
        rival = max(map(evidence.score, doing.get("rather", ())), default=0.0)
        beside = evidence.faint(doing["seen"], max(score, rival + least("rather")))
        if any(touches(s.box, box) for s in beside for box in people.boxes):
            return str(doing["words"])
        if named and evidence.is_named(doing["named"], doing.get("least", 0.6)):
            return str(doing["words"])
        if doing.get("hinted") and _is_hinted(evidence, doing):
            return str(doing["words"])
    return None


def _may_be_done(evidence: Evidence, people: Seen, doing: Mapping[str, Any]) -> bool:
    """Whether people can do that where they are."""
    if doing.get("several") and how_many(evidence, people).count == 1:
        return False
    if "on" in doing and evidence.around.area(*doing["on"]) < 0.1:
        return False
    elsewhere = evidence.around.area(*doing.get("off", ())) > 0.5
    elsewhere = elsewhere or bool(evidence.faint(doing.get("without", ()), 0.45))
    return not (elsewhere or ("off" in doing and evidence.layout.backdrop))


def _is_hinted(evidence: Evidence, doing: Mapping[str, Any]) -> bool:
    """Whether the head is nearly sure, and another network sees or names what it is done with."""
    enough = least("nearly") * seeing()["told"]["people"][doing["words"]]
    if evidence.around.words.get(doing["words"], 0.0) < enough:
        return False
    seen = evidence.faint(doing["seen"], least("beside_named"))
    return bool(seen) or evidence.is_named(doing["named"], least("hardly_named"))


def mount_of(evidence: Evidence, riders: int) -> ObservedThing | None:
    """What people ride where the detector has found no mount."""
    mounts, likely = seeing()["told"]["mounts"], evidence.around.words
    if any(noun in evidence.found for noun in mounts):
        return None
    certainty = {noun: likely.get(f"riding a {noun}", 0.0) for noun in mounts}
    best = max(mounts, key=lambda noun: certainty[noun])
    animal = evidence.animal.noun if evidence.animal else "horse"
    if best == "horse" and animal not in ("horse", "animal"):
        return None
    return ObservedThing(best, certainty[best], riders) if certainty[best] >= mounts[best] else None


def _may_be_told(evidence: Evidence, main: ObservedThing, place: Mapping[str, Any]) -> bool:
    """Whether a place that was learnt from people holds for an animal."""
    named = main.kind == "animal" and evidence.is_named(place.get("named", ()), least("place"))
    return named or (place.get("dogs", False) and is_dog(main))


def place_of(evidence: Evidence, things: Sequence[ObservedThing]) -> str | None:
    """Where people or dogs are, by the first place that is sure enough."""
    likely, main = evidence.around.words, things[0]
    said = {thing.noun for thing in things}
    for place in seeing()["told"]["places"]:
        if (
            (main.kind == "person" or _may_be_told(evidence, main, place))
            and all(likely.get(word, 0.0) >= sure for word, sure in place["likely"].items())
            and main.doing not in place.get("not", ())
            and said.isdisjoint(place["words"].split())
            and (place.get("inside") or not evidence.is_indoors())
        ):
            return str(place["words"])
    return None
