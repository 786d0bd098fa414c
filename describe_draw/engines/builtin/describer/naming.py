"""What the classifier names."""

from dataclasses import replace

from . import scenes
from .colours import STRONG
from .counting import Number
from .evidence import (
    Evidence,
    how_many,
    is_borne_out,
    name_of,
    seen_thing,
    unworthy,
    witnessed,
)
from .fusion import Named
from .observation import SURE, ObservedThing
from .people import Found, is_speck, person
from .tables import least, seeing


def named_thing(evidence: Evidence) -> Found | None:
    """What the classifier names, where nothing speaks against it."""
    named = evidence.named
    if named is None or named.kind == "page" or not is_borne_out(evidence, named):
        return None
    vague = named.kind == "furniture" and named.group and not named.general
    inside = evidence.is_indoors() and named.kind != "room"
    heard = named.kind == "food" and evidence.around.label("Food") >= seeing()["dishes"]["heard"]
    if inside and named.noun == named.kind and not heard:
        return None
    if (named.certainty < SURE or vague) and (inside or scenes.open_air(evidence)):
        return None  # surfaces are surer than a guess
    return _with_named(evidence, named)


def _with_named(evidence: Evidence, named: Named) -> Found:
    furniture = (*seeing()["furniture"], "dining table")
    pieces = [evidence.found[label] for label in furniture if label in evidence.found]
    if named.noun == "piece of furniture" and pieces:
        return (seen_thing(evidence, max(pieces, key=lambda s: s.score)),), "with"
    colour = colour_on_backdrop(evidence) if named.kind == "clothing" else None
    noun, general = _plain(evidence, named), named.general
    agreed = evidence.around.label(noun.capitalize(), str(general).capitalize())
    seen = [s for s in evidence.found.values() if s.label in (named.noun, named.general)]
    number = how_many(evidence, seen[0]) if seen else Number()
    main = ObservedThing(noun, max(named.certainty, agreed), 1, colour, general, kind=named.kind)
    main = replace(main, **vars(number))
    if named.kind in seeing()["view_kinds"] and evidence.people and not is_speck(evidence.people):
        return (main, person(evidence, evidence.people)), "with"
    return (main, *_beside(evidence, named)), "with"


def colour_on_backdrop(evidence: Evidence) -> str | None:
    """The colour of what stands before a plain background."""
    strong = {c: s for c, s in evidence.layout.palette.items() if c in STRONG and s > 0.12}
    return max(strong, key=lambda c: strong[c], default=None) if evidence.layout.backdrop else None


def _plain(evidence: Evidence, named: Named) -> str:
    """The classifier's word, or the labeler's where that is nearer ("house" for "palace")."""
    for label, (noun, kind, enough) in seeing()["labels"].items():
        nearer = kind == named.kind and evidence.around.label(label) >= enough
        if nearer and named.certainty < 0.62 and noun not in ("building", "food"):
            return str(noun)
    unsure = named.certainty < least("precise")
    if unsure and (named.kind == "building" or (named.kind == "room" and named.group is None)):
        return "room" if evidence.is_indoors() else "building"
    narrow = named.certainty >= least("narrow")
    return named.noun if narrow else str(seeing()["wider"].get(named.noun, named.noun))


def _beside(evidence: Evidence, named: Named) -> list[ObservedThing]:
    """What else is worth a word beside the thing that the classifier named."""
    if named.kind in ("food", "room", "building", "landscape") or named.certainty < 0.4:
        return []
    again = str(named.group and named.group.seen_as)
    worth = [
        s
        for s in witnessed(evidence, least("with"), unworthy() | {again})
        if s.area < least("again") and s.label.split()[-1] not in named.noun
    ]
    return [
        ObservedThing(name_of(evidence, s.label), s.score, **vars(how_many(evidence, s)))
        for s in worth[:1]
    ]
