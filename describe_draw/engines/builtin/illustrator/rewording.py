"""The words of a change, as the reader of prompts takes them."""

import re

from .changes import tables
from .parser import meanings
from .scene import Scene
from .verbs import verbs
from .words import Meaning, Words

_SAID_OF_SCENES = (
    "time", "weather", "season", "style", "form", "place", "feature", "colour", "phrase",
)  # fmt: skip


def words_of(text: str) -> Words:
    """Words with their meanings, those that only changes have by others."""
    for word, usual in tables()["says"].items():
        text = re.sub(rf"\b{word}\b" if word.isascii() else word, usual, text)
    return meanings(text)


def doing(words: Words) -> Words:
    """The first verb after who it is said of, as one: "the dog fly"."""
    done: Words = []
    subject = False
    for phrase, meaning in words:
        kind = meaning.kind if meaning else ""
        if subject and kind not in _SAID_OF_SCENES and verbs().plain(phrase) == phrase:
            done.append((phrase, Meaning("verb", phrase)))
            return done + words[len(done) :]
        subject = subject or kind == "thing" or phrase in tables()["meant"]["main"]
        done.append((phrase, meaning))
    return words


def known(words: Words) -> frozenset[str]:
    """The drawings that are said to be there: "the dog"."""
    found, is_known = set(), False
    for phrase, meaning in words:
        kind = meaning.kind if meaning else ""
        if kind == "ignored" or not meaning:
            is_known = phrase in ("the", "this", "that", "his", "her", "its")
        elif kind == "thing" and meaning and is_known:
            found.add(meaning.value)
        elif kind == "relation":
            is_known = False
    return frozenset(found)


def on_tables(scene: Scene, words: Words) -> Words:
    """On the table is a still life's place, but where a scene is elsewhere, a table is there."""
    if scene.place in ("tabletop", "abstract") or not scene.things:
        return words
    table = [("on", Meaning("relation", "on")), ("table", Meaning("thing", "table"))]
    return [
        new
        for word in words
        for new in (table if word[1] == Meaning("place", "tabletop") else [word])
    ]


def says_of_scenes(words: Words) -> bool:
    """Whether any of the words says something of a scene, or more than the name of a thing."""
    return any(meaning and meaning.kind in (*_SAID_OF_SCENES, "count") for _, meaning in words)


def is_of_place(words: Words) -> str:
    """The place or part of it that is to have a colour, which it can't; empty for anything else."""
    telling = [(p, m) for p, m in words if not m or m.kind != "ignored"]
    if not telling or not any(m and m.kind == "colour" for _, m in telling):
        return ""
    phrase, meaning = telling[0]
    return phrase if meaning and meaning.kind in ("place", "feature") else ""
