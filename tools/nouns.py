"""Nouns by what they are kinds of, for the game's dial of meaning: game/nouns.json.xz.

Run `python -m tools.nouns FOLDER` with WordNet 3.0's `dict` folder, as Debian's package
wordnet-base 1:3.0-37 has it in /usr/share/wordnet. What the file holds and its licence stand in
describe_draw/game/NOTICE.

Kept are the house's own nouns, and of WordNet's those for what can be touched or seen that its
annotated texts use. A word has its commonest senses, each with all that it is a kind of.
"""

import argparse
import json
import lzma
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from describe_draw.engines.builtin.describer.tables import class_nouns, groups, labels
from describe_draw.engines.builtin.illustrator.words import noto, read_toml

GAME = Path(__file__).parent.parent / "describe_draw" / "game"
NOUNS = GAME / "nouns.json.xz"
PIECES = GAME / "wordpieces.txt.xz"

PHYSICAL = 1930
"""The synset of all that is physical."""

CONCRETE = ("06", "13", "18")
"""WordNet's lexicographer files of artifacts, food and people: their words are kept."""

SENSES = 3
RARE = 0.1
"""A sense this much rarer than the commonest is left out."""

_NOUN, _VERB = "1", "2"
OFTEN = 3
"""The least number of times that a verb is met in WordNet's texts."""

_HOUSE = ("things", "other_things", "features", "places", "times", "weathers", "seasons")


class WordNet:
    """What is read of WordNet's files; their format is in the manual page wndb(5WN)."""

    def __init__(self, folder: Path) -> None:
        self.senses = dict(_senses(folder / "index.noun"))
        self.verbs = dict(_senses(folder / "index.verb"))
        self.broader = dict(_broader(folder / "data.noun"))
        self.broader_verbs = dict(_broader(folder / "data.verb"))
        self.fields = {int(f[0]): f[1] for f in _lines(folder / "data.noun")}
        self.named = {int(f[0]) for f in _lines(folder / "data.noun") if "@i" in f}
        self.marked = {int(f[0]) for f in _lines(folder / "data.noun") if ";u" in f}  # slurs
        self.capitals = {
            word.lower()
            for f in _lines(folder / "data.noun")
            for word in f[4:-1:2]
            if word[0].isupper()
        }
        self.words = {*self.senses, *self.verbs, *dict(_senses(folder / "index.adj"))}
        self.irregular = [
            line.split()[:2] for line in (folder / "verb.exc").read_text("utf-8").splitlines()
        ]
        self.met: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
        for line in (folder / "cntlist.rev").read_text("utf-8").splitlines():
            key, number, times = line.split()
            lemma, _, rest = key.partition("%")
            self.met[lemma.replace("_", " "), rest[0]][int(number)] = int(times)

    def times(self, lemma: str, part: str) -> int:
        """How often a word is met in annotated texts as a part of speech."""
        return sum(self.met[lemma, part].values())

    def is_physical(self, synset: int) -> bool:
        return synset == PHYSICAL or any(map(self.is_physical, self.broader[synset]))

    def is_concrete(self, synset: int) -> bool:
        """Whether it is a kind of artifact, food or people, and no single one with a name."""
        return self.fields[synset] in CONCRETE and synset not in self.named

    def common_senses(self, lemma: str, part: str = _NOUN) -> list[int]:
        """The senses that people mostly mean, the commonest first."""
        found = (self.senses if part == _NOUN else self.verbs).get(lemma, [])
        met = self.met[lemma, part]
        least = RARE * max(met.values(), default=0)
        return [synset for n, synset in enumerate(found, 1) if n == 1 or met.get(n, 0) >= least][
            :SENSES
        ]


def _lines(path: Path) -> Iterator[list[str]]:
    """The lines of a file, in fields, without the licence at its top."""
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("  "):
            yield line.split("|")[0].split()


def _senses(path: Path) -> Iterator[tuple[str, list[int]]]:
    for fields in _lines(path):
        yield (
            fields[0].replace("_", " ").replace("-", " "),
            [int(f) for f in fields[-int(fields[2]) :]],
        )


def _broader(path: Path) -> Iterator[tuple[int, list[int]]]:
    """Synset → those that it is a kind or an instance of."""
    for fields in _lines(path):
        pointers = fields[4 + 2 * int(fields[3], 16) + 1 :]
        above = zip(pointers[::4], pointers[1::4], strict=False)
        yield int(fields[0]), [int(to) for sign, to in above if sign in ("@", "@i")]


def house() -> set[str]:
    """Nouns that the built-in engine says or understands."""
    tables = read_toml("vocabulary.toml")
    said = {phrase for table in _HOUSE for phrases in tables[table].values() for phrase in phrases}
    said |= {drawing["l"].lower() for drawing in noto().values()}
    said |= {name.replace("-", " ") for name in noto()}
    said |= {group.noun for group in groups()} | {*class_nouns(), *labels("detector")}
    return {phrase.lower() for phrase in said}


def chosen(net: WordNet, own: set[str]) -> dict[str, list[int]]:
    """Word → its senses."""
    common = own | set(lzma.decompress(PIECES.read_bytes()).decode().split())
    met = {lemma for lemma, part in net.met if part == _NOUN and net.times(lemma, part)}
    made = {
        lemma
        for lemma in net.senses
        if " " not in lemma and any(map(net.is_concrete, net.common_senses(lemma)))
    }
    found = {}
    for lemma in sorted((common | met | made) & net.senses.keys()):
        senses = net.common_senses(lemma)
        if lemma not in own:
            senses = [synset for synset in senses if net.is_physical(synset)]
        if senses:
            found[lemma] = senses
    return found


def table(net: WordNet) -> dict[str, Any]:
    """All that is kept: words with their senses, and what each sense is a kind of."""
    nouns = chosen(net, house())
    verbs = {
        verb: net.common_senses(verb, _VERB)
        for verb in sorted(net.verbs)
        if " " not in verb and net.times(verb, _VERB) >= OFTEN
    }
    tree = _Tree()
    return {
        "nouns": {word: tree.keep(senses, net.broader) for word, senses in nouns.items()},
        "verbs": {verb: tree.keep(senses, net.broader_verbs) for verb, senses in verbs.items()},
        "broader": tree.broader,
        "rather_verbs": [v for v in verbs if v in nouns and _rather_a_verb(net, v)],
        "irregular": {form: verb for form, verb in net.irregular if verb in verbs},
    }


class _Tree:
    """Senses, numbered so that what one is a kind of has a smaller number."""

    def __init__(self) -> None:
        self.broader: list[list[int]] = []
        self._numbers: dict[tuple[int, int], int] = {}

    def keep(self, senses: list[int], broader: dict[int, list[int]]) -> list[int]:
        """The numbers of senses; they are kept, with all that they are kinds of."""
        return [self._number(sense, broader) for sense in senses]

    def _number(self, sense: int, broader: dict[int, list[int]]) -> int:
        key = id(broader), sense
        if key not in self._numbers:
            above = self.keep(broader[sense], broader)
            self._numbers[key] = len(self.broader)
            self.broader.append(above)
        return self._numbers[key]


def _rather_a_verb(net: WordNet, word: str) -> bool:
    return net.times(word, _VERB) > net.times(word, _NOUN)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    data = json.dumps(table(WordNet(parser.parse_args().folder)), separators=(",", ":"))
    NOUNS.write_bytes(lzma.compress(data.encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main()
