"""English for nouns: articles, plurals, counts, lists."""

from collections.abc import Sequence
from typing import Any

from describe_draw import english

from ..tables import read_json

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six")


def _grammar() -> Any:
    return read_json("grammar.json")


def spelled(text: str) -> str:
    """Writes the proper names in a lower-case text with their capitals."""
    padded = f" {text} "
    for plain, proper in _grammar()["proper"].items():
        padded = padded.replace(f" {plain} ", f" {proper} ")
    return padded.strip()


def _head(noun: str) -> tuple[str, str]:
    """Splits a noun phrase into what is counted and what follows it.

    "cup of espresso" → ("cup", " of espresso"), "man standing" → ("man", " standing").
    """
    words = noun.split(" ")
    for at, word in enumerate(words[1:], start=1):
        follows = word in ("of", "with", "in", "on", "by", "at", "between", "and")
        participle = word.endswith("ing") and word not in ("ring", "king", "wing", "building")
        if follows or (participle and at == len(words) - 1):
            return " ".join(words[:at]), " " + " ".join(words[at:])
    return noun, ""


def is_plural(noun: str) -> bool:
    """Whether a noun already stands for several things ("sunglasses")."""
    return english.is_plural(_head(noun)[0].split(" ")[-1])


def is_uncountable(noun: str) -> bool:
    """Whether a noun takes neither an article nor a plural ("hay")."""
    head = _head(noun)[0]
    return head in _grammar()["uncountable"] or head.split(" ")[-1] in _grammar()["uncountable"]


def article(phrase: str) -> str:
    """Says whether "a" or "an" comes before a phrase, by its sound."""
    start = phrase.lower()
    if start.startswith(tuple(_grammar()["vowel_sound"])):
        return "an"
    if start.startswith(tuple(_grammar()["consonant_sound"])):
        return "a"
    return "an" if start[:1] in ("a", "e", "i", "o", "u") else "a"


def with_article(noun: str) -> str:
    """One of a noun, with the article it needs: "an owl", "hay", "the Statue of Liberty"."""
    noun = spelled(noun)
    if noun in _grammar()["definite"]:
        return f"the {noun}"
    if noun in _grammar()["bare"] or is_plural(noun) or is_uncountable(noun):
        return noun
    return f"{article(noun)} {noun}"


def plural(noun: str) -> str:
    """Several of a noun: "benches", "cups of espresso", "men standing"."""
    head, rest = _head(noun)
    if is_plural(noun) or is_uncountable(noun):
        return spelled(noun)
    before, _, word = head.rpartition(" ")
    return spelled(f"{before} {english.plural(word)}{rest}".strip())


def counted(noun: str, count: int, *, group_word: str = "several") -> str:
    """A noun with its number: "a cow", "two cows", "several cows"."""
    if count == 1:
        return with_article(noun)
    if is_uncountable(noun) or is_plural(noun):
        return spelled(noun)
    number = _NUMBERS[count] if count < len(_NUMBERS) else group_word
    return f"{number} {plural(noun)}"


def listed(parts: Sequence[str]) -> str:
    """Joins phrases as English does: "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def sentence(text: str) -> str:
    """Starts a text with a capital and ends it with a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "。")) else ".")
