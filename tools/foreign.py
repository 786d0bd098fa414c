"""Nouns of other languages in English, for the illustrator: foreign.json.xz.

Run `python -m tools.foreign ANNOTATIONS WORDNET CHINESE` with the `annotations` folder of the npm
package cldr-annotations-full 48.2.0 (Unicode License v3), WordNet's as for tools/nouns.py, and the
Chinese Open WordNet's file wn-data-cmn.tab of github.com/omwn/omw-data
(f75be19ec590da12a7a5665e361690b5badb7a25). The file's sources and licences stand in the built-in
engine's NOTICE.

CLDR says of each emoji in each language what it is called and which words lead to it. A word means
the English word that leads to the same emoji most nearly; only words that are drawn are kept.

Chinese is written without spaces, so what isn't drawn must be known too: of the Chinese WordNet,
the things are kept with the English noun that is drawn, or with themselves where none is, and verbs
and adjectives as what needs no drawing ("").
"""

import argparse
import json
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from describe_draw.engines.builtin.chinese import simplified
from describe_draw.engines.builtin.illustrator.verbs import verbs
from describe_draw.engines.builtin.illustrator.words import DATA, read_toml, vocabulary
from tools.nouns import WordNet

FOREIGN = DATA / "foreign.json.xz"
LANGUAGES = ("de", "es", "fr", "it", "pt", "ru", "tr", "vi", "ar", "hi", "ja", "ko")
CHINESE = ("zh", "zh-Hant")

ALIKE = 0.5
"""Share of the emoji that two words may lead to and both must."""

SPELLED_ALIKE = 0.8
"""A foreign word spelled so much like an English one means that, drawn or not."""

LONGEST = 24
LONGEST_DESCRIBING = 4
"""Signs of a Chinese verb or adjective."""

_PEOPLE = tuple("人者家徒员")
"""Ends of words for people, which aren't always told as nouns."""

_DRAWN = ("thing", "feature", "place", "time", "weather", "season", "colour")

Words = dict[str, set[str]]
"""Word → the emoji that it leads to."""


def _annotations(folder: Path, language: str) -> tuple[Words, dict[str, str]]:
    """A language's words, and what each emoji is called."""
    path = folder / language / "annotations.json"
    said = json.loads(path.read_text("utf-8"))["annotations"]["annotations"]
    words, names = defaultdict(set), {}
    for emoji, one in said.items():
        names[emoji] = one.get("tts", [""])[0].lower()
        for word in {*one.get("default", ()), names[emoji]}:
            words[word.lower()].add(emoji)
    return words, names


def _is_drawn(word: str) -> bool:
    meaning = vocabulary().find(word)
    done = word.endswith("ing") and verbs().plain(word) and not verbs().is_a(word, "nouns_too")
    return meaning is not None and meaning.kind in _DRAWN and not done


class Dictionary:
    """Finds English for words of one language."""

    def __init__(self, folder: Path, language: str) -> None:
        self._words, names = _annotations(folder, language)
        self._english, english_names = _annotations(folder, "en")
        self._leading: dict[str, set[str]] = defaultdict(set)
        for word, emoji in self._english.items():
            for one in emoji:
                self._leading[one].add(word)
        self._named = Counter(names.values())
        self._names = {name: english_names.get(emoji, "") for emoji, name in names.items()}

    def entries(self) -> dict[str, str]:
        found = {}
        for word in sorted(self._words):
            if len(word) <= LONGEST and not re.search(r"[:,()\d]", word):
                english = self._meaning(word)
                if english and english != word:
                    found[word] = english
        return found

    def _meaning(self, word: str) -> str | None:
        name = self._names.get(word, "")
        name = name.removesuffix(" face")
        if self._named[word] == 1 and _is_drawn(name):
            return name
        emoji = self._words[word]
        candidates = {other for one in emoji for other in self._leading[one]}
        rated = sorted(((self._rate(word, other), other) for other in candidates), reverse=True)
        (alike, spelled), best = rated[0] if rated else ((0.0, 0.0), "")
        if any(s > SPELLED_ALIKE and not _is_drawn(w) for (_, s), w in rated):
            return None
        if alike < ALIKE or (len(emoji) == 1 and spelled < ALIKE):  # more likely an association
            return None
        return best if _is_drawn(best) else None

    def _rate(self, word: str, english: str) -> tuple[float, float]:
        mine, other = self._words[word], self._english[english]
        spelled = SequenceMatcher(None, word, english).ratio()
        return len(mine & other) / len(mine | other), spelled


def _commonly(folder: Path, net: WordNet) -> dict[int, list[str]]:
    """Things → the nouns that mostly mean them, the most frequent first."""
    found = {}
    for line in (folder / "data.noun").read_text("utf-8").splitlines():
        if not line.startswith("  ") and net.is_physical(synset := int(line.split()[0])):
            fields = line.split()
            words = [
                w.replace("_", " ").lower() for w in fields[4 : 4 + 2 * int(fields[3], 16) : 2]
            ]
            met = sorted(words, key=lambda word: -net.times(word, "1"))
            found[synset] = [word for word in met if synset in net.common_senses(word)]
    return found


def _qualities(folder: Path) -> set[str]:
    """Senses of adjectives, adverbs and verbs that tell of no thing, as "wooden" does."""
    found = set()
    for name, part in (("adj", "a"), ("adv", "r"), ("verb", "v")):
        for line in (folder / f"data.{name}").read_text("utf-8").splitlines():
            if not line.startswith("  ") and (name != "adj" or " \\ " not in line):
                found.add(f"{line[:8]}-{part}")
    return found


def chinese(path: Path, folder: Path, net: WordNet) -> dict[str, str]:
    """Chinese words of one kind → English, themselves, or nothing."""
    things, qualities, senses = _commonly(folder, net), _qualities(folder), defaultdict(set)
    for line in path.read_text("utf-8").splitlines()[1:]:
        sense, _, word = line.split("\t")[:3]
        bare = simplified(word.replace("+", "").removesuffix("的").removesuffix("地"))
        if re.fullmatch("[\u3400-\u9fff]{2,6}", bare):
            senses[bare].add(sense)
    tables = read_toml("chinese.toml")
    does = {word for words in tables["verbs"].values() for word in words.split()}
    small = {word for table in ("grammar", "after") for words in tables[table].values()
             for word in words.split()}  # fmt: skip
    found = {}
    for word, said in sorted(senses.items()):
        nouns = [int(sense[:8]) for sense in said if sense.endswith("n")]
        seen = [things[synset] for synset in nouns if synset in things]
        if said <= qualities and len(word) <= LONGEST_DESCRIBING and word[-1] not in _PEOPLE:
            if not any(word[:n] in does and word[n:] in does | small for n in (1, 2)):
                found[word] = ""
        elif len(nouns) == len(said) <= 2 * len(seen):
            drawn = [w for words in seen for w in words if _is_drawn(w)]
            met = [w for words in seen for w in words if net.times(w, "1")]
            if drawn or met:
                found[word] = max(drawn, key=lambda w: net.times(w, "1"), default=word)
    return found


def _small_words() -> Iterator[str]:
    tables = read_toml("foreign.toml")
    for said in (*tables["words"].values(), *tables["verbs"].values()):
        for words in said.values():
            yield from words.split(", ")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("annotations", type=Path)
    parser.add_argument("wordnet", type=Path)
    parser.add_argument("chinese", type=Path)
    given = parser.parse_args()
    table = {one: Dictionary(given.annotations, one).entries() for one in LANGUAGES + CHINESE}
    said = {word for words in table.values() for word in words} | set(_small_words())
    net = WordNet(given.wordnet)
    known = said & {word for word, _ in net.met}
    table["en"] = {word: word for word in sorted(known)}  # no sign of another language
    table["wordnet"] = chinese(given.chinese, given.wordnet, net)
    data = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    FOREIGN.write_bytes(lzma.compress(data.encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main()
