"""Answers about the picture as a whole: what it is, its light, its place, its parts."""

from collections.abc import Callable

from ..observation import Observation
from ..tables import seeing
from .kinship import closure
from .looking import PHOTOS, Found, Look
from .question import Question, Subject, table
from .speaking import English

_OUTSIDE = 0.5
_LONGEST_TEXT = 600


def _style(asked: Question, look: Look, speaker: English) -> str:
    return speaker.caption(asked.value, look.seen)


def _what(asked: Question, look: Look, speaker: English) -> str:
    if not look.seen.things and not look.seen.whole and look.seen.medium in PHOTOS:
        return speaker.say("nothing")
    return speaker.caption("detailed", look.seen)


def _text(asked: Question, look: Look, speaker: English) -> str:
    text, more = look.seen.lettering.quoted(_LONGEST_TEXT)
    if not text:
        return speaker.say("text_unsure" if more else "text_none")
    return speaker.say("text_more" if more else "text", text=text)


def _who(asked: Question, look: Look, speaker: English) -> str:
    people = look.found(Subject("person"))
    return speaker.say("who", content=speaker.things(people)) if people else speaker.say("nobody")


def doing(look: Look, speaker: English) -> str:
    """What goes on, where that is seen."""
    seen = look.seen
    if not seen.things:
        return speaker.say("nothing")
    if seen.things[0].doing or (seen.relation == "riding" and len(seen.things) > 1):
        return speaker.caption("alt text", look.seen)
    return speaker.say("doing_unknown", content=speaker.things(look.all_found()[:2]))


def _medium(asked: Question, look: Look, speaker: English) -> str:
    medium = look.seen.kind
    sentence = speaker.say("medium", medium=speaker.medium(medium))
    if not asked.value:
        return sentence
    alike = asked.value in (medium, look.seen.medium, medium.split()[-1])
    alike |= asked.value == "photo" and medium in PHOTOS
    return speaker.say("agrees" if alike else "differs", sentence=sentence)


def _colours(asked: Question, look: Look, speaker: English) -> str:
    if look.layout.grey and look.seen.medium in PHOTOS:
        return speaker.say("colour_grey")
    colours = [c for c, share in look.layout.palette.items() if share > 0.12][:3]
    if not colours:
        return speaker.say("colours_unknown")
    key = "colours" if len(colours) > 1 else "colours_one"
    return speaker.say(key, colours=speaker.words("colours", colours))


def is_outside(seen: Observation) -> bool | None:
    """Whether a picture was taken outdoors; None where that doesn't show."""
    drawn = seen.medium == "illustration"
    if drawn and (seen.setting is None or seen.setting in table()["rooms"]["neither"]):
        return None
    if drawn:
        return seen.setting not in table()["rooms"]["drawn"]
    if seen.things and seen.things[0].kind == "room":
        return False
    surfaces = seeing()["surfaces"]
    inside = sum(seen.areas.get(name, 0.0) for name in surfaces["indoor"])
    outside = sum(seen.areas.get(name, 0.0) for name in surfaces["outdoor"])
    if inside + outside < 0.15 or abs(inside - outside) < 0.1 * (inside + outside):
        return None
    if seen.areas.get("painting", 0.0) > _OUTSIDE:
        return None
    return outside > inside


def _inside(asked: Question, look: Look, speaker: English) -> str:
    outside = is_outside(look.seen)
    if outside is None:
        return speaker.say("place_unknown")
    found = "outside" if outside else "inside"
    return _checked(found, asked, speaker)


def _checked(found: str, asked: Question, speaker: English) -> str:
    """A sentence, with yes or no before it where something was supposed."""
    sentence = speaker.say(found)
    if not asked.value:
        return sentence
    return speaker.say("agrees" if found == asked.value else "differs", sentence=sentence)


def _time(asked: Question, look: Look, speaker: English) -> str:
    seen = look.seen
    light = table()["lights"].get(seen.light or "", "")
    outside = is_outside(seen)
    sunset = look.layout.sky == "sunset" and seen.medium in PHOTOS
    if light == "night" or (seen.whole or "").endswith("at night"):
        return _checked("night", asked, speaker)
    if light == "sunset" or sunset:
        return _checked("sunset", asked, speaker)
    if outside is None or (not outside and not look.layout.dark):
        return speaker.say("time_unknown")
    if look.is_dark:
        return speaker.say("dark")
    return _checked("day", asked, speaker) if outside else speaker.say("time_unknown")


def _weather(asked: Question, look: Look, speaker: English) -> str:
    light = table()["lights"].get(look.seen.light or "", "")
    found = light if light in ("rain", "fog", "snow") else ""
    if not found and is_outside(look.seen) and not look.is_dark:
        snow = "snow" in (look.seen.setting or "") or "snow" in (look.seen.whole or "")
        found = "snow" if snow else table()["skies"].get(look.layout.sky, "")
    if found not in ("rain", "fog", "snow", "sunny", "cloudy"):
        return speaker.say("weather_unknown")
    return _checked(found, asked, speaker)


def _side(asked: Question, look: Look, speaker: English) -> str:
    if asked.value == "background":
        return _background(look, speaker)
    left, top, right, bottom = table()["sides"][asked.value]
    there = []
    for found in look.all_found():
        middles = (s.middle for s in found.sighted)
        count = sum(left <= x <= right and top <= y <= bottom for x, y in middles)
        there += [Found(found.noun, count)] if count else []
    where = speaker.words("places", [asked.value])
    if there:
        return speaker.say("side", things=speaker.things(there[:3]), places=where)
    surfaces = look.surfaces_at((left, top, right, bottom))
    if surfaces:
        return speaker.say("side", things=speaker.surfaces(surfaces[:2]), places=where)
    return speaker.say("side_none", places=where)


def _background(look: Look, speaker: English) -> str:
    if look.seen.scenery:
        return speaker.say("background", things=speaker.words("scenery", look.seen.scenery))
    wide = [n for n in table()["surfaces"] if look.has_surface(n) and n in closure(n)]
    behind = [n for n in wide if look.surface(n) >= 0.1 and look.seen.areas.get(n)]
    if behind:
        return speaker.say("background", things=speaker.surfaces(behind[:3]))
    return speaker.say("background_colours", colours=_colours_behind(look, speaker))


def _behind(asked: Question, look: Look, speaker: English) -> str:
    if look.layout.grey and look.seen.medium in PHOTOS:
        return speaker.say("colour_grey")
    return speaker.say("background_is", colours=_colours_behind(look, speaker))


def _colours_behind(look: Look, speaker: English) -> str:
    """The colours at both sides of the upper half."""
    sides = ((0.0, 0.0, 0.15, 0.5), (0.85, 0.0, 1.0, 0.5))
    colours = dict.fromkeys(c for side in sides for c in look.colours_in(side))
    return speaker.words("colours", list(colours)[:2])


ANSWERS: dict[str, Callable[[Question, Look, English], str]] = {
    "style": _style,
    "what": _what,
    "text": _text,
    "who": _who,
    "medium": _medium,
    "colours": _colours,
    "inside": _inside,
    "time": _time,
    "weather": _weather,
    "side": _side,
    "behind": _behind,
}
"""Kinds of questions that ask about no thing."""
