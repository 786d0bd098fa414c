"""What models are told in words, and plain text from what they say."""

import re
import unicodedata

CAPTION_PROMPTS = {
    "short": "Describe this picture in one plain sentence of at most 20 words. "
    "Answer with the sentence alone.",
    "detailed": "Describe this picture in three to five plain sentences: what is in it, what is "
    "going on, the setting, the light and the style. Answer with the description alone, without "
    "headings or lists.",
    "alt text": "Write the alternative text of this picture for people who can't see it: what "
    "matters in it, at most 125 characters, without 'image of' or 'picture of'. Answer with the "
    "text alone.",
    "tags": "Name what is in this picture in 5 to 12 tags, lower case, separated by commas. "
    "Answer with the tags alone.",
}
CAPTION_TOKENS = {"short": 80, "detailed": 400, "alt text": 100, "tags": 120}
TRANSLATE = (
    "Translate the user's text-to-image prompt into English. Keep its meaning and add nothing. "
    "Answer with the translation alone."
)
PROMPT_TOKENS = 400

LONGEST = 100_000
"""What of an answer is looked at, in characters: more than any caption and its thoughts have."""

_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1).)++)(?<=\S)\1")
_PREAMBLE = re.compile(
    r"\A(?:(?:sure|certainly|of course|okay)[,.:!]\s+)?"
    r"(?:here(?:'s|’s| is| are)\b[^:\n]{0,80}:\s*)?"
    r"(?:(?:caption|description|alt(?:ernative)? text|tags|translation|(?:improved )?prompt)"
    r"\s*:\s*)?",
    re.IGNORECASE,
)
_QUOTES = {'"': '"', "“": "”", "'": "'", "‘": "’", "«": "»", "「": "」", "`": "`"}


def plain(text: str) -> str:
    """What a model said, without thoughts, preamble, markup and quotes, on one line."""
    text = _THOUGHT.sub("", text[:LONGEST]).replace("```", " ")
    text = _EMPHASIS.sub(r"\2", text)
    text = _PREAMBLE.sub("", text.strip(), count=1)
    text = " ".join(text.split())
    while len(text) > 1 and _QUOTES.get(text[0]) == text[-1] and text[0] not in text[1:-1]:
        text = text[1:-1].strip()
    return text


def is_foreign(prompt: str) -> bool:
    """Whether a prompt is written in a script that painters don't read: mostly not Latin."""
    letters = [character for character in prompt if character.isalpha()]
    latin = sum("LATIN" in unicodedata.name(letter, "") for letter in letters)
    return latin < 0.7 * len(letters)
