"""Puts an observation into words, in each of the four styles."""

from collections.abc import Callable, Iterable

from .also import also, unsaid_looks, unsaid_scenery
from .observation import SURE, Observation, ObservedThing
from .phrases import counted, listed, plural, sentence, spelled, with_article
from .tables import seeing

_MOST_TAGS = 10
COLOURED = ("photo", "painting", "cartoon", "logo")
"""Media of which the main colours are told."""
_ALT_LENGTH = 125
LONGEST_TEXT = 120
MOST_LINES = 3


def short(observation: Observation) -> str:
    """One plain phrase: "two cows on green grass"."""
    text = _content(observation)
    if observation.medium != "photo":
        joint = " of " if observation.things or observation.whole else " "
        medium = with_article(observation.kind)
        return f"{medium}{joint}{text}" if text else medium
    return text or "a photo"


def detailed(observation: Observation) -> str:
    """A few sentences: what there is and where, what else was seen, and the main colours."""
    first = sentence(short(observation))
    extra, places = [], seeing()["places"]
    others = [
        f"{counted(noun, count, group_word=_group_word(noun))} {places.get(place, '')}".strip()
        for noun, count, place in also(observation)
    ]
    others += unsaid_scenery(observation)
    colour, side = unsaid_looks(observation)
    if colour or side:
        who = "They are" if observation.things[0].count > 1 else "It is"
        looks = " and ".join(filter(None, (colour, places.get(side))))
        extra.append(sentence(f"{who} {looks}"))
    extra += filter(None, [_written(observation, LONGEST_TEXT)])
    if others:
        extra.append(sentence(f"Also in the picture: {listed(others)}"))
    colours = [c for c in observation.colours if c != "grey"]
    if colours and observation.medium in COLOURED:
        extra.append(sentence(f"The main colours are {listed(colours)}") if len(colours) > 1
                     else sentence(f"The main colour is {colours[0]}"))  # fmt: skip
    return " ".join([first, *extra])


def alt_text(observation: Observation) -> str:
    """One sentence for someone who cannot see the picture, at most 125 characters."""
    content = _content(observation)
    text = sentence(
        f"{observation.kind} of {content}" if content else with_article(observation.kind)
    )
    if len(text) <= _ALT_LENGTH:
        room = _ALT_LENGTH - len(text) - len(_written_as("", more=True)) - 1
        return " ".join(filter(None, (text, _written(observation, room))))
    return sentence(text[: _ALT_LENGTH - 1].rsplit(" ", 1)[0].rstrip(","))


def _written(observation: Observation, length: int) -> str:
    """What is written in it, or as much of that as there is room for: "The text reads “Exit”."."""
    text, more = observation.lettering.quoted(length, MOST_LINES)
    return _written_as(text, more=more) if text else ""


def _written_as(text: str, *, more: bool) -> str:
    return f"The text reads “{text}”" + (", and there is more." if more else ".")


def tags(observation: Observation) -> str:
    """Words for what is in the picture, the most certain first."""
    ordered = sorted(observation.things, key=lambda thing: -thing.certainty)
    words: list[str] = []
    for thing in ordered:
        words.append(plural(thing.noun) if thing.count > 1 else thing.noun)
        if thing.general:
            words.append(plural(thing.general) if thing.count > 1 else thing.general)
    words.extend(
        _bare(part) for part in (observation.whole, observation.setting, observation.light) if part
    )
    words.extend(thing.doing for thing in ordered if thing.doing)
    if observation.medium != "illustration":  # of those, only what is sure
        words.extend(noun for noun, _, _ in also(observation))
    words.extend(_bare(part) for part in unsaid_scenery(observation))
    words.extend(t.colour for t in ordered if t.colour)
    words.append(observation.kind)
    return ", ".join(list(dict.fromkeys(word.lower() for word in words))[:_MOST_TAGS])


STYLES: dict[str, Callable[[Observation], str]] = {
    "short": short,
    "detailed": detailed,
    "alt text": alt_text,
    "tags": tags,
}


def _content(observation: Observation) -> str:
    """What the picture shows, without its medium."""
    parts: Iterable[str | None] = (
        observation.whole or _things(observation),
        spelled(observation.setting) if observation.setting else None,
        observation.light,
    )
    return " ".join(part for part in parts if part)


def _things(observation: Observation) -> str:
    phrases = [_thing(thing) for thing in observation.things]
    if not phrases:
        return ""
    if observation.relation == "and" or len(phrases) == 1:
        return listed(phrases)
    return f"{phrases[0]} {observation.relation} {listed(phrases[1:])}"


def _thing(thing: ObservedThing) -> str:
    noun = f"{thing.colour} {thing.noun}" if thing.colour else thing.noun
    phrase = counted(noun, thing.count, group_word=_group_word(thing.noun))
    if thing.doing:
        phrase += f" {thing.doing}"
    if thing.dress:
        phrase += f" in {thing.dress}"
    return phrase if thing.certainty >= SURE else f"what looks like {phrase}"


def _group_word(noun: str) -> str:
    return "a group of" if noun == "person" else "several"


def _bare(phrase: str) -> str:
    """A phrase without its preposition and article: "on green grass" → "green grass"."""
    words = phrase.split(" ")
    while len(words) > 1 and words[0] in (
        "a", "an", "the", "on", "in", "at", "under", "with", "against", "by", "among", "what",
        "looks", "like",
    ):  # fmt: skip
        words = words[1:]
    return " ".join(words)
