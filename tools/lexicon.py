"""English words that have no drawing: lexicon.json.xz.

Run `python -m tools.lexicon FOLDER` with WordNet 3.0's `dict` folder, as for tools/nouns.py. The
file's source and licence stand in the built-in engine's NOTICE.

It has three lists: adjectives and adverbs of which a picture shows nothing, so that nobody misses
them (those that would be seen stand in lexicon.toml); nouns for what can be touched; and nouns of
several words that are no kind of what their last word is drawn as.
"""

import argparse
import json
import lzma
import tomllib
from pathlib import Path

from describe_draw.engines.builtin.illustrator.verbs import verbs
from describe_draw.engines.builtin.illustrator.words import DATA, Meaning, vocabulary
from describe_draw.english import singular
from tools.kinds import usual_sense
from tools.nouns import WordNet, _senses

LEXICON = DATA / "lexicon.json.xz"
_NOUN, _ADJECTIVES, _ADVERB = "1", ("3", "5"), "4"
_TYING = frozenset(
    ("in", "the", "and", "a", "an", "to", "at", "on", "of", "off", "for", "by", "de", "la", "or")
) | {"with", "up", "down", "out", "over"}
_TOUCHED = ("05", "06", "08", "13", "17", "18", "20")
_ANIMAL, _ARTIFACT, _PEOPLE = "05", "06", "18"
"""Lexicographer files: animals, artefacts, bodies, food, objects, people, plants."""

SENSES = 3
"""Of a noun; for what can be touched is any of its first ones."""

LONGEST = 3
"""Words that a phrase may have."""


def silent(net: WordNet, folder: Path) -> set[str]:
    """Adjectives and adverbs that change nothing in a picture."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    seen = set(table["seen"].split())
    adjectives = dict(_senses(folder / "index.adj")) | dict(_senses(folder / "index.adv"))
    found = {*table["silent"].split(), *table["phrases"].split(", ")}
    for word in adjectives:
        words = word.split()
        if len(words) > LONGEST or not all(w.isalpha() and w.isascii() for w in words):
            continue
        if vocabulary().find(word) or verbs().plain(word) or seen.intersection(words):
            continue
        if len(words) > 1 and (_TYING.intersection(words) or _is_of_nouns(words)):
            continue
        if singular(word) != word and singular(word) in net.senses:
            continue
        described = sum(net.times(word, part) for part in (*_ADJECTIVES, _ADVERB))
        if word not in net.senses or described > net.times(word, _NOUN):
            found.add(word)
    return found


def _is_of_nouns(words: list[str]) -> bool:
    """Whether nouns may meet where nobody means the adjective: "old hat", "man made"."""
    first, last = vocabulary().find(words[0]), vocabulary().find(words[-1])
    drawn = _is_drawn(first) or _is_drawn(last) or (first and first.kind == "count")
    return bool(drawn) or (words[-1] == "made" and words[0] not in ("hand", "home"))


def nouns(net: WordNet) -> set[str]:
    """Single words for what can be touched, those that are drawn excepted."""
    return {
        word
        for word in net.senses
        if word.isalpha()
        and word.isascii()
        and len(word) > 2
        and not vocabulary().find(word)
        and any(_is_touched(net, synset) for synset in net.senses[word][:SENSES])
    }


def _is_touched(net: WordNet, synset: int) -> bool:
    return net.fields[synset] in _TOUCHED and synset not in net.named


def compounds(net: WordNet, silent: set[str]) -> set[str]:
    """Nouns of several words that would be drawn as something that they are no kind of."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    found = {phrase for phrase in net.senses if " " in phrase and _misleads(net, phrase, silent)}
    return found | set(table["compounds"].split(", "))


def _misleads(net: WordNet, phrase: str, silent: set[str]) -> bool:
    words = phrase.split()
    plain = len(words) <= LONGEST and all(w.isalpha() and len(w) > 1 for w in words)
    if not plain or _TYING.intersection(words) or vocabulary().find(phrase):
        return False
    if words[0] in silent:  # a "remote control", but no "dark horse"
        return not vocabulary().find(words[-1]) and _field(net, phrase) == _ARTIFACT
    first, last = vocabulary().find(words[0]), vocabulary().find(words[-1])
    common = all(net.times(word, _NOUN) or vocabulary().find(word) for word in words)
    if not common or _describes(first) or verbs().plain(words[0]) or not (first or last):
        return False
    usual = usual_sense(net, phrase)
    kind = net.fields.get(usual or 0)
    if usual is None or kind == _PEOPLE or (kind == _ANIMAL == _field(net, words[-1])):
        return False
    heads = set(net.senses.get(words[-1], ()))
    return not (_is_drawn(last) and heads & _above(net, usual))


def _field(net: WordNet, noun: str) -> str:
    return net.fields[net.senses[noun][0]] if noun in net.senses else ""


def _above(net: WordNet, synset: int) -> set[int]:
    found, level = {synset}, [synset]
    while level:
        level = [up for one in level for up in net.broader[one] if up not in found]
        found.update(level)
    return found


def _is_drawn(meaning: Meaning | None) -> bool:
    return meaning is not None and meaning.kind in ("thing", "feature", "place")


def _describes(meaning: Meaning | None) -> bool:
    return meaning is not None and meaning.kind not in ("thing", "feature", "place")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    net = WordNet(folder)
    quiet = silent(net, folder)
    lists = {"silent": quiet, "nouns": nouns(net), "compounds": compounds(net, quiet)}
    data = json.dumps({name: ", ".join(sorted(words)) for name, words in lists.items()})
    LEXICON.write_bytes(lzma.compress(data.encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main()
