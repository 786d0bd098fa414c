"""Nouns and the broader noun that the illustrator draws instead: kinds.json.

Run `python -m tools.kinds FOLDER` with WordNet 3.0's `dict` folder, as for tools/nouns.py. Which
broader nouns those are stands in kinds.toml; the file's source and licence stand in the built-in
engine's NOTICE.
"""

import argparse
import json
import lzma
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path

from describe_draw.engines.builtin.illustrator.verbs import verbs
from describe_draw.engines.builtin.illustrator.words import DATA, Meaning, Vocabulary
from tools.nouns import PIECES, WordNet

KINDS = DATA / "kinds.json"
_TABLE = Path(__file__).with_suffix(".toml")
_NOUN, _OTHERS = "1", ("2", "3", "4", "5")
_FOOD, _PLANT, _PEOPLE = "13", "20", "18"
_TRADES = (
    "keeper",
    "sitter",
    "maker",
    "fighter",
    "tamer",
    "walker",
    "trainer",
    "player",
    "smith",
    "ologist",
    "trician",
    "wright",
    "herd",
    "player",
    "dancer",
    "singer",
    "driver",
    "binder",
)
"""Ends of words for people's trades."""

HIGHEST = 6
"""Steps that a noun may be above another."""

LONGEST_NAME = 3
"""Words that a noun may have."""


def kinds(net: WordNet) -> dict[str, dict[str, list[str]]]:
    """Two tables: the illustrator's word → nouns for the same, and narrower ones, new to it."""
    table = tomllib.loads(_TABLE.read_text("utf-8"))
    left_out, people = set(_listed(table["not"])), set(_listed(table["people"]))
    known = Vocabulary(kinds={})
    found: dict[str, dict[str, list[str]]] = {
        "same": defaultdict(list),
        "narrower": defaultdict(list),
    }
    above: dict[int, str] = {}
    for word in filter(known.find, _listed(table["words"])):
        for synset in _as_drawn(net, word):
            above.setdefault(synset, word)
    for noun in sorted(net.senses):
        if len(noun) < 3 or noun in left_out or not _is_plain(net, noun):
            continue
        first = noun.split()[0]
        if known.find(noun) or _describes(known.find(first)) or verbs().plain(first):
            continue
        usual = _person(net, noun) if noun in people else _told(net, noun)
        if usual is not None and (broader := _broader(net, usual, above)):
            found["same" if usual in above else "narrower"][broader].append(noun)
    return {name: dict(sorted(table.items())) for name, table in found.items()}


def _person(net: WordNet, noun: str) -> int | None:
    """The first sense of a noun in which it is somebody."""
    return next((s for s in net.senses[noun] if net.fields[s] == _PEOPLE), None)


def _told(net: WordNet, noun: str) -> int | None:
    """The usual sense of a noun; None where it is a slur, or a rare word for people."""
    usual = usual_sense(net, noun)
    if usual is None or usual in net.marked:
        return None
    return None if net.fields[usual] == _PEOPLE and not _is_trade(net, noun) else usual


def _is_trade(net: WordNet, noun: str) -> bool:
    """Whether a word for people is common, no name, and means nobody and nothing else."""
    only = all(net.fields[synset] == _PEOPLE for synset in net.senses[noun])
    common = net.times(noun, _NOUN) or noun in _common() or noun.endswith(_TRADES)
    return only and bool(common) and " " not in noun and noun not in net.capitals


@cache
def _common() -> frozenset[str]:
    return frozenset(lzma.decompress(PIECES.read_bytes()).decode().split())


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.split(",")]


def _describes(first: Meaning | None) -> bool:
    """Whether a word says more of any noun: a grey wolf is a wolf that is grey."""
    return first is not None and first.kind in ("colour", "count", "phrase", "season", "weather")


def _as_drawn(net: WordNet, word: str) -> list[int]:
    """The first physical sense of a word."""
    return [s for s in net.senses.get(word, []) if net.is_physical(s)][:1]


def usual_sense(net: WordNet, noun: str) -> int | None:
    """The sense of a noun that is no name of one thing, and mostly no other part of speech."""
    others = sum(net.times(noun, part) for part in _OTHERS)
    if others > net.times(noun, _NOUN) or (noun in net.verbs and not net.times(noun, _NOUN)):
        return None
    synset = net.senses[noun][0]
    eaten = any(net.fields[other] == _FOOD for other in net.senses[noun])
    if eaten and net.fields[synset] == _PLANT:  # an almond is no tree
        return None
    return synset if synset not in net.named and net.is_physical(synset) else None


def _is_plain(net: WordNet, noun: str) -> bool:
    """Whether a noun is made of words that stand alone too, as a species' Latin name isn't."""
    words = noun.split()
    return len(words) <= LONGEST_NAME and (len(words) == 1 or all(w in net.words for w in words))


def _broader(net: WordNet, synset: int, above: dict[int, str]) -> str | None:
    level, steps = [synset], 0
    while level and steps <= HIGHEST:
        if found := next((above[one] for one in level if one in above), None):
            return found
        level, steps = [up for one in level for up in net.broader[one]], steps + 1
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    tables = kinds(WordNet(parser.parse_args().folder))
    joined = {
        name: {word: ", ".join(nouns) for word, nouns in table.items()}
        for name, table in tables.items()
    }
    KINDS.write_text(json.dumps(joined, indent=0, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
