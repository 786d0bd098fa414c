"""A scene and words become another scene: "at night", "add a dragon", "without the dog"."""

from collections.abc import Callable
from dataclasses import replace

from .account import stand_ins, unseen
from .changes import Change, changes, tables
from .guesses import settle
from .overlay import overlaid
from .parser import forbidden, parse
from .reader import Reader
from .retying import joined, only, without
from .rewording import doing, is_of_place, known, on_tables, says_of_scenes, words_of
from .scene import Scene, Thing
from .targets import Said, coloured, found, main_thing, said_of
from .words import Words

THEN = "→"
"""Stands between a prompt and the words that changed its picture, each with its own."""

_NOTHING = Scene(place="", time="", season="")
"""What a change starts from: nothing is said yet."""

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
        scene = without(scene, forbidden(negative_prompt))
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
    instead: dict[str, str] = {}
    for change in changes(words):
        before = scene
        scene, left = _CHANGES[change.kind](scene, change)
        said = change.new or change.what
        meanings = words_of(said)
        is_nothing = scene == before and not says_of_scenes(meanings)
        unknown += left or ([said] if is_nothing and change.kind != "remove" else [])
        instead |= stand_ins(meanings, scene)
    if scene.place == "abstract" and scene.things:
        scene = settle(replace(scene, place="", setting=""))
    return replace(scene, unknown=tuple(dict.fromkeys(unknown)), instead=tuple(instead.items()))


def _remove(scene: Scene, change: Change) -> Answer:
    out = forbidden(change.what)
    meant = _meant(scene, change.what)
    colour = said_of(words_of(change.what)).colour
    if colour and any(scene.things[n].colour == colour for n in meant):
        return only(scene, set(range(len(scene.things))) - set(meant)), []
    gone = {scene.things[n].art for n in meant}
    about = {scene.place, scene.setting, scene.weather, scene.season}
    there = gone or out & (scene.features | about)
    return without(scene, out | gone), [] if there or out else [change.what]


def _replace(scene: Scene, change: Change) -> Answer:
    said = said_of(words_of(change.new))
    meant = _meant(scene, change.what)
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
        count = said.number or (old.count if old.count > 1 else first.count)
        things[n] = replace(
            old, art=first.art, colour=first.colour, count=count, ghostly=first.ghostly,
            size=old.size * first.size,
        )  # fmt: skip
    scene = replace(scene, things=tuple(things), without=scene.without - {first.art})
    for other in others:
        scene = joined(scene, [*scene.things, replace(other, relation=None, to=None)], adds=True)
    return overlaid(scene, new, words_of(change.new)), left


def _meant(scene: Scene, text: str) -> list[int]:
    return found(scene, text, words_of(text))


def _alone(text: str) -> tuple[Scene, list[str]]:
    """What words say by themselves, nothing guessed, and what of them is unknown."""
    reader = Reader(frozenset(), scene=_NOTHING)
    reader.read(words_of(text))
    return replace(reader.scene, things=tuple(reader.things)), list(reader.unknown)


def _make(scene: Scene, what: str, new: str, meant: list[int]) -> Answer:
    """Properties for what is meant; whatever else is said is said of the scene."""
    words = words_of(new)
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
    said = said_of(words_of(change.new))
    meant = _meant(scene, change.what) if change.what else main_thing(scene)
    if not said.arts:
        return _make(scene, change.what, change.new, meant)
    if not change.what and len(said.arts) > 1:  # "give the dog sunglasses"
        meant = _meant(scene, said.names[0]) or meant
    new, left = _alone(change.new)
    to = meant[0] if meant else None
    for thing in new.things:
        if change.what or to is None or thing.art != scene.things[to].art:
            given = replace(thing, relation="given", to=to)
            scene = joined(scene, [*scene.things, given], adds=True)
    return overlaid(scene, new, words_of(change.new)), left


def _add(scene: Scene, change: Change) -> Answer:
    words = words_of(change.new)
    said = said_of(words)
    if not said.arts and not said.says_something:
        return _over(scene, said.rest)
    if not said.arts and said.number:  # "add two more"
        main = main_thing(scene)
        more = replace(said, number=said.number + sum(scene.things[n].count for n in main))
        return _over(coloured(scene, main, more), said.rest)
    return _over(scene, words, adds=True)


def _more(scene: Scene, change: Change) -> Answer:
    """Words that say what there is: more of what is there, or what is there, otherwise."""
    words = words_of(change.new)
    said = said_of(words)
    if said.names and set(tables()["more"]["words"]) & {phrase for phrase, _ in words}:
        return _over(scene, words, adds=True)
    if not said.arts and said.says_something:
        return _make(scene, "", change.new, main_thing(scene))
    return _otherwise(scene, said, words)


def _make_it(scene: Scene, change: Change) -> Answer:
    """As `_more`, where it is said of what is there."""
    words = words_of(change.what)
    said = replace(said_of(words), several=False)
    if place := is_of_place(words):
        return scene, [place]
    if not said.arts and not said.says_something:
        return _over(scene, doing(words))
    if not said.arts:
        return _make(scene, "", change.what, found(scene, change.what, words) or main_thing(scene))
    return _otherwise(scene, said, doing(words))


def _otherwise(scene: Scene, said: Said, words: Words) -> Answer:
    """Things that are there as they are said to be, where all of them are there."""
    meant = found(scene, " ".join(said.names), words)
    knows_all = len({scene.things[n].art for n in meant}) >= len(set(said.arts)) > 0
    if said.says_something and knows_all:
        return _over(coloured(scene, meant, said), said.rest_without_things)
    return _over(scene, words)


def _put(scene: Scene, change: Change) -> Answer:
    """In the order of Chinese: where something comes to be, after what it is."""
    words = words_of(f"{change.what}在{change.new}")
    return _over(scene, words, adds=not _meant(scene, change.what))


def _become(scene: Scene, change: Change) -> Answer:
    """Whoever becomes something is replaced: not "make the cat ride" in front of "a dog"."""
    kinds = {meaning.kind if meaning else "" for _, meaning in words_of(change.what)}
    if kinds <= {"thing", "ignored", "colour"}:
        return _replace(scene, change)
    return _make_it(scene, Change("make", f"{change.what} a {change.new}"))


def _over(scene: Scene, words: Words, *, adds: bool = False) -> Answer:
    """The words drawn over the scene, as more of its prompt."""
    words = on_tables(scene, words)
    named = {meaning.value for _, meaning in words if meaning}
    reader = Reader(scene.without - named, things=list(scene.things), scene=_NOTHING)
    reader.read(words)
    if reader.without - scene.without:  # "without" amid the words
        scene = without(scene, reader.without)
    else:
        scene = replace(scene, without=reader.without)
        scene = joined(scene, reader.things, adds=adds, known=known(words))
    said = replace(reader.scene, things=())
    scene = replace(scene, flying=scene.flying or said.flying)
    scene = overlaid(scene, said, words)
    return scene, [*reader.unknown, *unseen(scene, words)]


_CHANGES: dict[str, Callable[[Scene, Change], Answer]] = {
    "replace": _replace, "give": _give, "remove": _remove, "add": _add,
    "make": _make_it, "put": _put, "become": _become, "more": _more,
}  # fmt: skip
