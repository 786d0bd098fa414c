"""Nouns of other languages in English, for the illustrator: foreign.json.xz.

Run `python -m tools.foreign ANNOTATIONS WORDNET` with the `annotations` folder of the npm package
cldr-annotations-full 48.2.0 (Unicode License v3), and WordNet's as for tools/nouns.py. The file's
source and licence stand in the built-in engine's NOTICE.

CLDR says of each emoji in each language what it is called and which words lead to it. A word means
the English word that leads to the same emoji most nearly; only words that are drawn are kept.
"""

import argparse
import json
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

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
    return meaning is not None and meaning.kind in _DRAWN


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


def _small_words() -> Iterator[str]:
    tables = read_toml("foreign.toml")
    for said in (*tables["words"].values(), *tables["verbs"].values()):
        for words in said.values():
            yield from words.split(", ")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("annotations", type=Path)
    parser.add_argument("wordnet", type=Path)
    given = parser.parse_args()
    table = {one: Dictionary(given.annotations, one).entries() for one in LANGUAGES + CHINESE}
    said = {word for words in table.values() for word in words} | set(_small_words())
    known = said & {word for word, _ in WordNet(given.wordnet).met}
    table["en"] = {word: word for word in sorted(known)}  # no sign of another language
    data = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    FOREIGN.write_bytes(lzma.compress(data.encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main()
