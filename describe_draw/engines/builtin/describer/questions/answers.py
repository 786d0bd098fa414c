"""What is answered: for every kind of question, what was seen, and how sure that is."""

from collections.abc import Callable

from PIL import Image

from ..media import SHOWING
from ..observation import MANY, Observation
from . import whole
from .kinship import closure, is_drawn, is_looked_for
from .looking import PHOTOS, Found, Look
from .question import MAIN, Question, Subject, table
from .speaking import English

_FILLS = 0.6
_SHOWING = (*SHOWING, *PHOTOS, "illustration")


def answered(asked: Question, seen: Observation, picture: Image.Image, speaker: English) -> str:
    """The answer to a question, in sentences.

    Args:
        asked: the question.
        seen: what the picture shows.
        picture: the picture itself, for its colours.
        speaker: who says it.
    """
    look = Look(seen, picture)
    if asked.kind in whole.ANSWERS:
        return whole.ANSWERS[asked.kind](asked, look, speaker)
    if seen.medium not in _SHOWING and not seen.medium.startswith("plain "):
        return speaker.say("only_medium", medium=speaker.medium(seen.medium))
    if not asked.subjects:
        return whole.doing(look, speaker)
    said = [_ANSWERS[asked.kind](asked, subject, look, speaker) for subject in asked.subjects]
    return " ".join(dict.fromkeys(said))


def _unseen(subject: Subject, look: Look, speaker: English) -> str:
    """What is said of what wasn't found."""
    if subject.noun == MAIN:
        return speaker.say("nothing")
    noun, scenery = subject.noun or "", subject.noun in table()["drawn"]["scenery"]
    if not noun or (look.is_drawn and not scenery and not is_drawn(noun)):
        return speaker.say("unknown")
    if scenery and look.seen.medium not in PHOTOS:
        return speaker.say("only_main")
    if noun in table()["surfaces"]:
        return speaker.say("none_of", thing=speaker.surfaces([noun]))
    sure = look.is_drawn or (look.seen.medium in PHOTOS and is_looked_for(noun))
    return speaker.say("none" if sure else "none_missed", things=speaker.several(noun))


def _unsure(sure: str, doubt: str, subject: Subject, look: Look, speaker: English) -> str:
    """What is said where no such thing is sure: of a surface, of what may be that, or nothing."""
    maybe, near, noun = look.maybe(subject), look.near(subject)[:1], subject.noun or ""
    if look.has_surface(noun):
        return speaker.say(sure, things=speaker.surfaces([noun]))
    if maybe and not subject.colour:
        return speaker.say(doubt, things=speaker.things(maybe))
    if doubt == "may" and look.may_have_surface(noun):
        return speaker.say("may", things=speaker.surfaces([noun]))
    if not near:
        return _unseen(subject, look, speaker)
    things = speaker.things(near)
    if near[0].count == 1:
        return speaker.say("near", things=things, asked=speaker.one(noun))
    return speaker.say("near_many", things=things, asked=speaker.several(noun))


def _count(asked: Question, subject: Subject, look: Look, speaker: English) -> str:
    found = look.found(subject)
    if found:
        return _counted(found, speaker)
    return _unsure("uncounted", "count_doubt", subject, look, speaker)


def _counted(found: tuple[Found, ...], speaker: English) -> str:
    things, number = speaker.things(found), speaker.number(sum(one.count for one in found))
    if any(one.count >= MANY for one in found):
        return speaker.say("count_many", things=things)
    if all(one.doubt for one in found):
        return speaker.say("count_doubt", things=speaker.things(_plainly(found)))
    key = "count_all" if len(found) > 1 else "count"
    key = "count_more" if any(one.more for one in found) else key
    return speaker.say(key, number=number, things=things)


def _plainly(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """The same for sentences that say the doubt themselves."""
    return tuple(Found(one.noun, one.count) for one in found)


def _exists(asked: Question, subject: Subject, look: Look, speaker: English) -> str:
    found = look.found(subject)
    if found and subject.least > 1 and sum(f.count for f in found) < subject.least:
        return speaker.say("differs", sentence=_count(asked, subject, look, speaker))
    if found:
        key = "yes_doubt" if all(one.doubt for one in found) else "yes"
        things = speaker.things(_plainly(found) if key == "yes_doubt" else found)
        return speaker.say(key, things=things)
    return _unsure("yes", "may", subject, look, speaker)


def _colour(asked: Question, subject: Subject, look: Look, speaker: English) -> str:
    if look.layout.grey and look.seen.medium in PHOTOS:
        return speaker.say("colour_grey")
    found, checked = look.found(subject) or look.near(subject) or look.maybe(subject), asked.value
    largest = found[0].largest if found else None
    if largest:
        colours, thing = look.colours_of(largest), speaker.the(found[0].noun, 1)
    elif look.has_surface(subject.noun) or look.may_have_surface(subject.noun):
        colours, thing = look.colours_of_surface(subject.noun), speaker.surface(subject.noun or "")
        if subject.noun == "sky" and not colours:
            colours = look.colours_in((0, 0, 1, 0.3))  # of a drawing
    else:
        colours, thing = (), ""
    if not colours and (found or thing):
        things = speaker.things(found) if found else thing
        return speaker.say("colour_unknown", things=things)
    if not colours:
        return _unseen(subject, look, speaker)
    said = speaker.words("colours", colours)
    if checked:
        return speaker.say("colour_is" if checked in colours else "colour_is_not", colours=said)
    if found and found[0].count > 1:
        thing = speaker.bare(found[0].noun)
        return speaker.say("colour_largest", thing=thing, colours=said)
    return speaker.say("colour", thing=thing, colours=said)


def _dress(asked: Question, subject: Subject, look: Look, speaker: English) -> str:
    people = look.found(Subject("person"))
    if not {"person", "clothes"} & closure(subject.noun or ""):
        return speaker.say("dress_unknown")
    if not people:
        return speaker.say("nobody")
    if look.layout.grey:
        return speaker.say("colour_grey")
    seen = [c for s in people[0].sighted for c in look.colours_of_dress(s.box)[:1]]
    colours = list(dict.fromkeys(seen or filter(None, [people[0].dress])))
    if not colours or look.is_drawn or len(colours) > 2:
        return speaker.say("dress_unknown")
    return speaker.say("dress", colours=speaker.words("colours", colours))


def _where(asked: Question, subject: Subject, look: Look, speaker: English) -> str:
    found = look.found(subject) or look.near(subject)
    boxes = [s for one in found for s in one.sighted]
    surface = look.place_of_surface(subject.noun) if look.has_surface(subject.noun) else None
    if not found and not surface:
        return _unseen(subject, look, speaker)
    if not boxes and not surface:
        return speaker.say("where_unknown", things=speaker.things(found))
    noun = found[0].noun if boxes else subject.noun or ""
    places = list(dict.fromkeys(s.place for s in sorted(boxes, key=lambda s: -s.area)))
    places = places or [surface.place if surface else ""]
    where = speaker.words("places", places)
    if asked.value:
        is_there = any(asked.value in place.split() or asked.value == place for place in places)
        things = speaker.things(found) if found else speaker.surfaces([noun])
        return speaker.say("place_is" if is_there else "place_is_not", things=things, places=where)
    thing = speaker.the(noun, len(boxes)) if boxes else speaker.surface(noun)
    if len(boxes) > 1:
        return speaker.say("where_several", thing=thing, places=where)
    share = look.surface(noun)
    if boxes:
        share = boxes[0].area if boxes[0] in look.seen.sighted else 0.0
    return speaker.say("where_most" if share > _FILLS else "where", thing=thing, places=where)


def _share(asked: Question, subject: Subject, look: Look, speaker: English) -> str:
    found = look.found(subject)
    boxes = [s for one in found for s in one.sighted if s in look.seen.sighted]
    if boxes and not look.is_drawn:
        share = min(sum(s.area for s in boxes), 1.0)
        thing = speaker.the(found[0].noun, len(boxes))
    elif look.may_have_surface(subject.noun):
        share, thing = look.surface(subject.noun), speaker.surface(subject.noun or "")
    elif found:
        return speaker.say("share_unknown", things=speaker.things(found))
    else:
        return _unseen(subject, look, speaker)
    key = "share_several" if len(boxes) > 1 and not look.is_drawn else "share"
    return speaker.say(key, thing=thing, percent=str(max(5 * round(20 * share), 1)))


def _kinds(asked: Question, subject: Subject, look: Look, speaker: English) -> str:
    found = look.found(subject)
    if not found:
        return _exists(asked, subject, look, speaker)
    return speaker.say("shows", content=speaker.things(found))


def _wearing(asked: Question, subject: Subject, look: Look, speaker: English) -> str:
    worn = look.found(Subject("clothes")) + look.found(Subject("hat"))
    if worn and subject.noun == "person":
        return speaker.say("wears", things=speaker.things(worn))
    return _dress(asked, subject, look, speaker)


def _doing(asked: Question, subject: Subject, look: Look, speaker: English) -> str:
    if not look.found(subject) and not look.near(subject):
        return _unseen(subject, look, speaker)
    return whole.doing(look, speaker)


_ANSWERS: dict[str, Callable[[Question, Subject, Look, English], str]] = {
    "count": _count,
    "exists": _exists,
    "colour": _colour,
    "dress": _dress,
    "where": _where,
    "share": _share,
    "kinds": _kinds,
    "wearing": _wearing,
    "doing": _doing,
}
