"""What models say: a caption cleaned up, and a longer text left as it was written."""

import re
from typing import Literal

from describe_draw.engines.calling.failures import NotWords

LONGEST = 100_000
"""What of an answer is looked at, in characters: more than any caption and its thoughts have."""

BLANKS = 1000
"""How many blanks are kept back before a thought, in characters."""

_BEGIN, _END = "<think>", "</think>"
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1).)+)(?<=\S)\1")
_KIND = (
    r"(?:caption|description|sentence|alt(?:ernative)?[ -]text|(?:list of )?tags|translation"
    r"|prompt)\b"
)
_ATTRIBUTE = (
    r"(?:short|brief|concise|simple|plain|detailed|vivid|rich(?:er)?|descriptive|improved|revised"
    r"|refined|enhanced|english|one-sentence|single-sentence|comma-separated|image|picture),?\s++"
)
_LABEL = rf"{_KIND}\s*+:\s*+"
_OPENER = r"(?:sure|certainly|of course|okay|absolutely)"
_TAIL = r"\s++(?:of|for|in|with|from|that|based|describing)\b[^:\n]{0,80}+"
_HERE = (
    rf"here(?:['’]s|\s++is|\s++are)\s++(?:(?:the|an?|some|your)\s++)?(?:{_ATTRIBUTE}){{0,4}}"
    rf"{_KIND}(?:{_TAIL})?\s*+:\s*+"
)
_PREAMBLE = re.compile(
    rf"\A(?:(?:{_OPENER}[!,.:]\s++)?{_HERE}|{_OPENER}!\s++)?(?:(?:{_ATTRIBUTE})?{_LABEL})?",
    re.IGNORECASE,
)
"""Only what models are known to say first; a sentence with a colon in it is a caption's own."""
_CHINESE_PREAMBLE = re.compile(
    r"\A(?:(?:好的|当然|當然)(?:可以)?[，。！,!]\s*+)?(?:(?:以下|下面)是[^：:\n]{0,30}+[：:]\s*+)?"
    r"(?:(?:这张|這張)?(?:图片|圖片|照片)?的?(?:描述|说明|說明|标题|標題|标签|標籤|替代文本|替代文字)"
    r"\s*+[：:]\s*+)?"
)
_AFTER_A_WIDE_MARK = re.compile(r"(?<=[。！？，、；：])\s+")
"""Blanks that only a line's end has made: Chinese and Japanese have none there."""
_EMPTY_LINES = re.compile(r"\n{3,}")
_DATA = re.compile(r"[A-Za-z0-9+/=_-]{300}")
_QUOTES = {'"': '"', "“": "”", "'": "'", "‘": "’", "«": "»", "「": "」", "`": "`"}


def plain(text: str, *, lines: bool = False) -> str:
    """What a model said, without thoughts, preamble, markup and quotes.

    Args:
        text: All that it said.
        lines: Whether it keeps its lines, with an empty one between paragraphs, or comes on one.
    """
    text = _THOUGHT.sub("", text[:LONGEST]).replace("```", " ")
    text = _EMPHASIS.sub(r"\2", text)
    text = _PREAMBLE.sub("", text.strip(), count=1)
    text = _CHINESE_PREAMBLE.sub("", text, count=1)
    text = _in_lines(text) if lines else _in_a_line(text)
    while len(text) > 1 and _QUOTES.get(text[0]) == text[-1] and text[0] not in text[1:-1]:
        text = text[1:-1].strip()
    return text


def _in_a_line(text: str) -> str:
    return _AFTER_A_WIDE_MARK.sub("", " ".join(text.split()))


def _in_lines(text: str) -> str:
    lines = (_in_a_line(line) for line in text.splitlines())
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def words(text: str) -> str:
    """The text itself.

    Raises:
        NotWords: No language writes so.
    """
    if _DATA.search(text):
        raise NotWords
    return text


class WithoutThought:
    """A text that comes in pieces, as it is but for the thought that it may begin with."""

    def __init__(self) -> None:
        self._state: Literal["beginning", "thinking", "thought", "saying"] = "beginning"
        self._held = ""

    def add(self, piece: str) -> str:
        """What a piece adds to the text; what may belong to a thought is held back."""
        if self._state == "saying":
            return piece
        self._held += piece
        if self._state == "beginning" and (said := self._begin()):
            return said
        if self._state == "thinking":
            self._think()
        return self._after() if self._state == "thought" else ""

    def rest(self) -> str:
        """What was held back to the end, and was no thought."""
        return self._held if self._state == "beginning" else ""

    def _begin(self) -> str:
        begun = self._held.lstrip()
        if begun.startswith(_BEGIN):
            self._state, self._held = "thinking", begun.removeprefix(_BEGIN)
        elif not _BEGIN.startswith(begun) or len(self._held) > BLANKS:
            return self._say(self._held)
        return ""

    def _think(self) -> None:
        _, end, after = self._held.partition(_END)
        if end:
            self._state, self._held = "thought", after
        else:
            self._held = self._held[1 - len(_END) :]

    def _after(self) -> str:
        """The text after the thought, without the empty lines between them."""
        text = self._held.lstrip()
        indent = self._held[: len(self._held) - len(text)].rpartition("\n")[2]
        if text or len(indent) > BLANKS:
            return self._say(indent + text)
        self._held = indent
        return ""

    def _say(self, text: str) -> str:
        self._state, self._held = "saying", ""
        return text
