"""Prompt → scene description."""

from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache

from . import chinese, foreign
from .account import stand_ins, unseen
from .emoji import spelled_out
from .forms import forms
from .ideas import halves, rephrased, stood_for
from .letters import quoted, written
from .lexicon import lexicon
from .reader import Reader
from .scene import Scene
from .tables import traits
from .words import LONGEST_PHRASE, OWNER, Meaning, Words, split, vocabulary

LONGEST = 10_000
"""What of a prompt is read, in characters."""

MOST_NAMED = 100
"""Words that are named as not drawn."""

LONGEST_NAMED = 60

_REWORDED = 500
"""What of a prompt is compared with how it was read, in characters."""

_ANYWHERE = frozenset(
    {("feature", "stars"), *(("time", time) for time in ("day", "night", "sunset", "sunrise"))}
)
"""What nobody misses in space or under water."""

_SEEN = ("thing", "famous", "feature", "place")


def parse(prompt: str, negative_prompt: str = "") -> Scene:
    """Understands a prompt.

    Args:
        prompt: What to draw, in English, Chinese or emoji; nouns of other languages too.
        negative_prompt: What must not appear; its words win over the prompt's.

    Returns:
        The scene; it never raises, whatever the text.
    """
    (said, more), (refused, more_refused) = _cut(prompt), _cut(negative_prompt)
    said, texts = quoted(said)
    words = _words(said)
    found = _meanings(words)
    translated = split(_english(said), OWNER) != split(said, OWNER)
    words, shown = stood_for(words, "trades" if _is_emblem(found) else "sayings")
    if not shown and not any(meaning and _is_seen(meaning) for _, meaning in found):
        words, shown = stood_for(words, "scenes")
    if shown:
        found = _meanings(words) + meanings(shown)
    scene = Reader(forbidden(refused), foreign=translated).read(found)
    scene, unwritten = written(scene, texts)
    hidden = unseen(scene, [(p, m) for p, m in found if m and (m.kind, m.value) not in _ANYWHERE])
    unknown, instead = [*scene.unknown, *hidden], scene.instead[:MOST_NAMED]
    if shown:
        instead = tuple((word, art) for word, art in instead if word in said.lower())
    instead += tuple(_kinds(said, scene).items())
    told = {*unknown, *(word for word, _ in instead), *(one.said for one in scene.things)}
    as_said = {word: _short(_as_said(word, said)) for word in told}
    instead = tuple((as_said[word], chinese.called(art, said)) for word, art in instead)
    instead = tuple(pair for pair in instead if pair[0] != pair[1])
    unknown = _whole_names([as_said[word] for word in unknown], said)
    things = tuple(replace(one, said=as_said[one.said]) for one in scene.things)
    unknown = [*unknown, *unwritten, *more, *more_refused]
    return replace(scene, things=things, unknown=_named(unknown), instead=instead)


def sides(prompt: str) -> list[str]:
    """The prompts of the pictures that a prompt sets against each other; else it alone."""
    parts = halves(_english(prompt[:LONGEST]))
    return parts if len(parts) > 1 else [prompt]


def _kinds(said: str, scene: Scene) -> dict[str, str]:
    """Compounds of another language, each with what is drawn of whose kind it is."""
    kinds = foreign.kinds(said) | chinese.kinds(said)
    found = [(word, vocabulary().find(english)) for word, english in kinds.items()]
    return stand_ins(
        [(w, replace(m, near=True)) for w, m in found if m and m.kind == "thing"], scene
    )


def _as_said(word: str, prompt: str) -> str:
    """A word in the prompt's own language."""
    if not word or word in prompt.lower():
        return word
    parts = (word, word.rpartition(" ")[2])
    translated = (way.said_as(part, prompt) for part in parts for way in (chinese, foreign))
    return next(filter(None, translated), None) or _reworded(word, prompt) or word


def _reworded(word: str, prompt: str) -> str:
    """What an English prompt says for words that it is read as: a trunk for a travel trunk."""
    said, read = (
        split(text[:_REWORDED], OWNER) for text in (prompt, rephrased(prompt[:_REWORDED]))
    )
    if kept := " ".join(part for part in word.split() if part in said):
        return kept
    same = SequenceMatcher(None, said, read, autojunk=False).get_opcodes()
    return next(
        (" ".join(said[i:j]) for _, i, j, k, m in same if word.split()[-1:] == read[k:m][-1:]), ""
    )


def _whole_names(words: list[str], prompt: str) -> list[str]:
    """Words with names of several parts as one: Neil Armstrong."""
    found: list[str] = []
    for word in words:
        both = f"{found[-1]} {word}" if found else "\0"
        at = prompt.lower().find(both)
        whole = at >= 0 and all(prompt[n].isupper() for n in (at, at + both.rfind(" ") + 1))
        found[len(found) - whole :] = [both if whole else word]
    return found


def _is_seen(meaning: Meaning) -> bool:
    """Whether it can be drawn, so that nothing needs to stand for it."""
    return meaning.kind in _SEEN or (meaning.kind == "form" and forms()[meaning.value].whole)


def _is_emblem(found: Words) -> bool:
    """Whether a logo or an icon is asked for, and nothing to be on it."""
    told = {(m.kind, m.value in ("logo", "icon", "sticker")) for _, m in found if m}
    return ("style", True) in told and not any(kind == "thing" for kind, _ in told)


def _cut(text: str) -> tuple[str, list[str]]:
    """What is read of a text, and the first words of what isn't."""
    if len(text) <= LONGEST:
        return text, []
    space = text.rfind(" ", LONGEST - LONGEST_NAMED, LONGEST)
    end = space if space > 0 else LONGEST
    return text[:end], text[end : end + LONGEST].split()[: MOST_NAMED + 1]


def _named(words: list[str]) -> tuple[str, ...]:
    """Words as they can be shown: each once, neither too many nor too long."""
    shown = list(dict.fromkeys(words))
    short = map(_short, shown[:MOST_NAMED])
    return (*short, "…") if len(shown) > MOST_NAMED else tuple(short)


def _short(word: str) -> str:
    return word if len(word) <= LONGEST_NAMED else f"{word[:LONGEST_NAMED]}…"


def forbidden(text: str) -> frozenset[str]:
    """The drawings and features that the words of a negative prompt rule out."""
    found: set[str] = set()
    for word, meaning in meanings(text):
        found.update(traits().groups.get(word, ()))
        if meaning and meaning.kind in ("thing", "feature", "place", "weather", "season"):
            found.update({meaning.value, *traits().groups.get(meaning.value, ())})
    return frozenset(found)


def meanings(text: str) -> Words:
    """The text cut into the longest known phrases, each with its meaning."""
    return _meanings(_words(text))


def _words(text: str) -> list[str]:
    """The English words of a text in any language."""
    return split(rephrased(_english(text)), OWNER)


@lru_cache(maxsize=4)
def _english(text: str) -> str:
    return chinese.translate(foreign.in_english(spelled_out(text)))


def _meanings(words: list[str]) -> Words:
    found, at = Words(), 0
    while at < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            parts = words[at : at + length]
            if length > 1 and OWNER in (parts[0], parts[-1]):
                continue
            phrase = " ".join(part for part in parts if length == 1 or part != OWNER)
            meaning = vocabulary().find(phrase)
            if meaning or length == 1 or lexicon().is_phrase(phrase):
                break
        found.append((phrase, meaning))
        at += length
    return found
