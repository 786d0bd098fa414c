"""What is done to captions after they were written: what comes before and after, and what stays."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from describe_draw.names import stem_of
from describe_draw.options import check_text
from describe_draw.problems import Problem
from describe_draw.settings import Settings

Along = Literal["keep", "append", "prepend", "replace"]
ALONG: tuple[Along, ...] = ("keep", "append", "prepend", "replace")

MOST = 500
"""How many words may be left out, and how many tags allowed."""

WORDLESS = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f"
"""Scripts of East Asia, which put nothing between words."""

LETTER = rf"[^\W{WORDLESS}]"
COMMAS = ",，、"
BETWEEN = re.compile(rf"[{COMMAS};；\n]")
"""What stands between tags."""

NAME = "{name}"


@dataclass(frozen=True)
class Wording:
    """What is done to each caption, in this order.

    Args:
        without: Words to leave out, wherever they stand by themselves.
        tags: The only ones that stay of a caption that is a list of tags, as they are spelled
            here; none: all stay.
        along: What becomes of a caption that came along: `keep` asks nobody and leaves it as it
            is, `append` and `prepend` put the new one after or before it, `replace` drops it.
        prefix: What comes before; `{name}` is the file's, without folders and ending.
        suffix: What comes after, likewise.
        trigger: What comes first of all, unless the caption has it.
    """

    without: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    along: Along = "replace"
    prefix: str = ""
    suffix: str = ""
    trigger: str = ""

    def checked(self, settings: Settings) -> "Wording":
        """The same, if all of it may be so long.

        Raises:
            Problem: It may not, or isn't text.
        """
        if self.along not in ALONG:
            raise Problem("unknown_along", choices=ALONG)
        return Wording(
            _checked("without", self.without, settings),
            _checked("tags", self.tags, settings),
            self.along,
            check_text("prefix", self.prefix, settings),
            check_text("suffix", self.suffix, settings),
            check_text("trigger", self.trigger, settings),
        )

    def asks(self, text: str) -> bool:
        """Whether an engine has to be asked for a picture that came with this caption."""
        return not (text and self.along == "keep")

    def apply(self, caption: str, name: str, text: str = "") -> str:
        """The caption as it is wanted.

        Args:
            caption: What an engine said.
            name: The file's name.
            text: The caption that came along, empty without one.
        """
        if not self.asks(text):
            return text
        caption = self._filtered(self._shortened(caption))
        if text and self.along != "replace":
            first, second = (text, caption) if self.along == "append" else (caption, text)
            caption = joined(first, second)
        stem = stem_of(name)
        prefix, suffix = (part.replace(NAME, stem) for part in (self.prefix, self.suffix))
        caption = _spaced(_spaced(prefix, caption), suffix)
        if self.trigger and not _whole([self.trigger]).search(caption):
            return f"{self.trigger}, {caption}" if caption else self.trigger
        return caption

    def _shortened(self, caption: str) -> str:
        """Without the words to leave out, and the commas and spaces that stood around them."""
        if self._left_out is None or not self._left_out.search(caption):
            return caption
        return _mended(self._left_out.sub("", caption))

    def _filtered(self, caption: str) -> str:
        """Of a list of tags those that are allowed, each once."""
        if not self.tags:
            return caption
        allowed = {tag.casefold(): tag for tag in reversed(self.tags)}
        found = (allowed.get(tag.strip(" .。").casefold()) for tag in BETWEEN.split(caption))
        comma = "、" if "、" in caption else ", "
        return comma.join(dict.fromkeys(filter(None, found)))

    @cached_property
    def _left_out(self) -> re.Pattern[str] | None:
        return _whole(self.without) if self.without else None


def joined(first: str, second: str) -> str:
    """Two captions in one: sentences side by side, anything else as a list."""
    first, second = first.strip(), second.strip()
    if not first or not second:
        return first or second
    if first[-1] in ".!?…":
        return f"{first} {second}"
    return first + second if first[-1] in "。！？" else f"{first}, {second}"


def words_of(text: str) -> tuple[str, ...]:
    """What a person lists in one field, by commas or lines."""
    return tuple(word for part in BETWEEN.split(text) if (word := part.strip()))


def _checked(name: str, listed: tuple[str, ...], settings: Settings) -> tuple[str, ...]:
    if len(listed) > MOST:
        raise Problem("too_many_words", limit=MOST)
    checked = tuple(check_text(name, word, settings) for word in listed)
    check_text(name, ",".join(checked), settings)
    return tuple(word for word in checked if word)


def _whole(words: "tuple[str, ...] | list[str]") -> re.Pattern[str]:
    """Finds words where they are no part of others, the longest first."""
    found = [
        (rf"(?<!{LETTER})" if re.match(LETTER, word) else "")
        + re.escape(word)
        + (rf"(?!{LETTER})" if re.match(LETTER, word[-1]) else "")
        for word in sorted(words, key=len, reverse=True)
    ]
    return re.compile("|".join(found), re.IGNORECASE)


def _mended(caption: str) -> str:
    """A caption without the gaps that words have left."""
    caption = re.sub(r"[ \t]+", " ", caption)
    caption = re.sub(rf" ?([{COMMAS}])(?: ?[{COMMAS}])+", r"\1", caption)
    caption = re.sub(rf" ([{COMMAS}.;:!?])", r"\1", caption)
    caption = re.sub(rf"[{COMMAS}]([.!?。！？])", r"\1", caption)
    return caption.strip(f" {COMMAS}")


def _spaced(first: str, second: str) -> str:
    """Two texts in one, with a space where neither brings what stands between."""
    if not first or not second:
        return first or second
    apart = first[-1].isspace() or second[0].isspace() or second[0] in f"{COMMAS}.;:!?。"
    east = re.match(f"[{WORDLESS}。，、]", first[-1]) or re.match(f"[{WORDLESS}]", second[0])
    return first + second if apart or east else f"{first} {second}"
