"""A scene and words become another scene: "at night", "add a dragon", "without the dog"."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from .changes import Change, changes, tables
from .guesses import settle
from .overlay import overlaid
from .parser import forbidden, meanings, parse
from .reader import Reader
from .retying import joined
from .scene import Scene, Thing
from .targets import Said, Words, coloured, found, main_thing, said_of
from .ties import kept
from .verbs import verbs
from .words import Meaning

THEN = "→"
"""Stands between a prompt and the words that changed its picture, each with its own."""

_SAID_OF_SCENES = ("time", "weather", "season", "style", "place", "feature", "colour", "phrase")

Answer = tuple[Scene, list[str]]
"""A scene, and the words that changed nothing in it."""


def understood(prompt: str, negative_prompt: str = "") -> Scene:
    """The scene of a prompt, and of whatever it was changed by.

    Args:
        prompt: As `parse` has it, with changes after `THEN`.
        negative_prompt: As `parse` has it.

    Returns:
        The scene; what was not understood is that of the last change.
    """
    first, *more = prompt.split(THEN)
    scene = parse(first, "" if more else negative_prompt)
    for words in more:
        scene = edited(scene, words)
    if more and negative_prompt:
        scene = _without(scene, forbidden(negative_prompt))
    return scene


def edited(scene: Scene, words: str) -> Scene:
    """A scene as words change it.

    Args:
        scene: What there is.
        words: What is to change, in English or Chinese; any text is accepted.

    Returns:
        What there is then; its `unknown` are those of the words that changed nothing.
    """
    unknown: list[str] = []
    for change in changes(words):
        scene, left = _CHANGES[change.kind](scene, change)
        unknown += left
    if scene.place == "abstract" and scene.things:
        scene = settle(replace(scene, place=""))
    return replace(scene, unknown=tuple(dict.fromkeys(unknown)))


def _words(text: str) -> Words:
    """Words with their meanings, those that only changes have by others."""
    for word, usual in tables()["says"].items():
        text = re.sub(rf"\b{word}\b" if word.isascii() else word, usual, text)
    return meanings(text)


def _remove(scene: Scene, change: Change) -> Answer:
    out = forbidden(change.what)
    meant = found(scene, change.what, _words(change.what))
    colour = said_of(_words(change.what)).colour
    if colour and any(scene.things[n].colour == colour for n in meant):
        return _only(scene, set(range(len(scene.things))) - set(meant)), []
    gone = {scene.things[n].art for n in meant}
    there = gone or out & (scene.features | {scene.place, scene.weather, scene.season})
    return _without(scene, out | gone), [] if there or out else [change.what]


def _without(scene: Scene, out: frozenset[str] | set[str]) -> Scene:
    """A scene in which nothing of that is, nor comes by itself."""
    left = (n for n, thing in enumerate(scene.things) if thing.art not in out)
    scene = _only(scene, left)
    scene = replace(
        scene,
        without=scene.without | out,
        features=scene.features - out,
        weather="clear" if scene.weather in out else scene.weather,
        season="summer" if scene.season in out else scene.season,
    )
    return settle(replace(scene, place="")) if scene.place in out else scene


def _only(scene: Scene, numbers: Iterable[int]) -> Scene:
    """A scene with these things alone, and what they wear and hold."""
    stay = set(numbers)
    stay -= {
        n
        for n, thing in enumerate(scene.things)
        if thing.relation in ("wearing", "holding") and thing.to not in stay
    }
    return replace(scene, things=tuple(kept(list(scene.things), sorted(stay))))


def _replace(scene: Scene, change: Change) -> Answer:
    said = said_of(_words(change.new))
    meant = found(scene, change.what, _words(change.what))
    if not said.arts:
        return _make(scene, change.what, change.new, meant)
    if not meant:
        scene, left = _remove(scene, change)
        scene, more = _add(scene, Change("add", new=change.new))
        return scene, left + more
    new, left = _alone(change.new)
    first, *others = new.things or (Thing(said.arts[0]),)
    things = list(scene.things)
    for n in meant:
        old = things[n]
        count = first.count if first.count > 1 or said.count else old.count
        things[n] = replace(
            old, art=first.art, colour=first.colour, count=count, ghostly=first.ghostly,
            size=old.size * first.size,
        )  # fmt: skip
    scene = replace(scene, things=tuple(things), without=scene.without - {first.art})
    for other in others:
        scene = joined(scene, [*scene.things, replace(other, relation=None, to=None)], adds=True)
    return overlaid(scene, new, _words(change.new)), left


def _alone(text: str) -> tuple[Scene, list[str]]:
    """What words say by themselves, nothing guessed, and what of them is unknown."""
    reader = Reader(frozenset(), scene=Scene(place="", time="", season=""))
    reader.read(_words(text))
    return replace(reader.scene, things=tuple(reader.things)), list(reader.unknown)


def _make(scene: Scene, what: str, new: str, meant: list[int]) -> Answer:
    """Properties for what is meant; whatever else is said is said of the scene."""
    words = _words(new)
    said = said_of(words)
    unknown: list[str] = []
    if said.says_something:
        if meant:
            scene = coloured(scene, meant, said)
        elif said.colour and not scene.things and not what:
            scene = replace(scene, mood=said.colour)
        else:
            unknown.append(what or new)
    scene, left = _over(scene, said.rest)
    return scene, unknown + left


def _give(scene: Scene, change: Change) -> Answer:
    meant = found(scene, change.what, _words(change.what)) if change.what else main_thing(scene)
    new, left = _alone(change.new)
    for thing in new.things:
        things = [*scene.things, replace(thing, relation="given", to=meant[0] if meant else None)]
        scene = joined(scene, things, adds=True)
    return overlaid(scene, new, _words(change.new)), left


def _add(scene: Scene, change: Change) -> Answer:
    words = _words(change.new)
    said = said_of(words)
    if not said.arts and not said.says_something:
        return _over(scene, said.rest)
    if not said.arts and said.count:  # "add two more"
        main = main_thing(scene)
        more = replace(said, count=said.count + sum(scene.things[n].count for n in main))
        return _over(coloured(scene, main, more), said.rest)
    return _over(scene, words, adds=True)


def _more(scene: Scene, change: Change) -> Answer:
    """Words that say what there is: more of what is there, or what is there, otherwise."""
    words = _words(change.new)
    said = said_of(words)
    meant = found(scene, " ".join(said.names), words) if said.names else main_thing(scene)
    if set(tables()["more"]["words"]) & {phrase for phrase, _ in words} and said.names:
        return _over(scene, words, adds=True)
    knows_all = said.arts and len({scene.things[n].art for n in meant}) >= len(set(said.arts))
    if said.says_something and (knows_all or not said.arts):
        return _make(scene, "", change.new, meant) if not said.arts else _as_said(scene, said, meant)
    return _over(scene, words)


def _as_said(scene: Scene, said: Said, meant: list[int]) -> Answer:
    return _over(coloured(scene, meant, said), said.rest_without_things)


def _make_it(scene: Scene, change: Change) -> Answer:
    words = _words(change.what)
    said = said_of(words)
    meant = found(scene, change.what, words)
    if not said.arts:
        return _make(scene, "", change.what, meant or main_thing(scene))
    if said.says_something:
        return _more(scene, Change("more", new=change.what))
    return _over(scene, _doing(words))


def _put(scene: Scene, change: Change) -> Answer:
    """In the order of Chinese: where something comes to be, after what it is."""
    words = _words(f"{change.what}在{change.new}")
    return _over(scene, words, adds=not found(scene, change.what, _words(change.what)))


def _become(scene: Scene, change: Change) -> Answer:
    """ "Make the cat a dog" replaces it; "make the cat ride a dog" doesn't."""
    kinds = {meaning.kind if meaning else "" for _, meaning in _words(change.what)}
    if kinds <= {"thing", "ignored", "colour"}:
        return _replace(scene, change)
    return _make_it(scene, Change("make", f"{change.what} a {change.new}"))


def _doing(words: Words) -> Words:
    """The first verb after who it is said of, as one: "the dog fly"."""
    done = []
    subject = False
    for phrase, meaning in words:
        kind = meaning.kind if meaning else ""
        if subject and kind not in _SAID_OF_SCENES and verbs().plain(phrase) == phrase:
            done.append((phrase, Meaning("verb", phrase)))
            return done + words[len(done) :]
        subject = subject or kind == "thing"
        done.append((phrase, meaning))
    return words


def _known(words: Words) -> frozenset[str]:
    """The drawings that are said to be there: "the dog"."""
    known, is_known = set(), False
    for phrase, meaning in words:
        kind = meaning.kind if meaning else ""
        if kind == "ignored" or not meaning:
            is_known = phrase in ("the", "this", "that", "his", "her", "its")
        elif kind == "thing" and meaning and is_known:
            known.add(meaning.value)
        elif kind == "relation":
            is_known = False
    return frozenset(known)


def _over(scene: Scene, words: Words, *, adds: bool = False) -> Answer:
    """The words drawn over the scene, as more of its prompt."""
    words = _on_tables(scene, words)
    named = {meaning.value for _, meaning in words if meaning}
    reader = Reader(
        scene.without - named,
        things=list(scene.things),
        scene=Scene(place="", time="", season=""),
    )
    reader.read(words)
    if reader.without - scene.without:  # "without" amid the words
        scene = _without(scene, reader.without)
    else:
        scene = replace(scene, without=reader.without)
        scene = joined(scene, reader.things, adds=adds, known=_known(words))
    said = replace(reader.scene, things=())
    scene = replace(scene, flying=scene.flying or said.flying)
    return overlaid(scene, said, words), list(reader.unknown)


def _on_tables(scene: Scene, words: Words) -> Words:
    """On the table is a still life's place, but where a scene is elsewhere, a table is there."""
    if scene.place in ("tabletop", "abstract") or not scene.things:
        return words
    table = [("on", Meaning("relation", "on")), ("table", Meaning("thing", "table"))]
    return [
        new
        for word in words
        for new in (table if word[1] == Meaning("place", "tabletop") else [word])
    ]


_CHANGES: dict[str, Callable[[Scene, Change], Answer]] = {
    "replace": _replace,
    "give": _give,
    "remove": _remove,
    "add": _add,
    "make": _make_it,
    "put": _put,
    "become": _become,
    "more": _more,
}
