"""How a caption is wanted: what all engines are asked, and the checks of what callers send."""

from dataclasses import dataclass, replace
from typing import Self

from describe_draw.options import check_language, check_text, check_whole
from describe_draw.problems import Problem
from describe_draw.settings import Settings
from describe_draw.texts import listed

STYLES = ("short", "detailed", "alt text", "tags")

INFORMATIVE = "informative"
PURPOSES = (INFORMATIVE, "link", "text", "complex")
"""What a picture is for on its page, by the W3C's decision tree, https://www.w3.org/WAI/tutorials/
images/decision-tree/; decorative ones need nobody to be asked."""

MOST_WORDS = 1000
LONGEST_CONTEXT = 500
"""In characters."""

TOLD = ("context", "min_words", "max_words")
"""What only models follow that are told in words how to describe; a purpose too. But the built-in
engine leaves out sentences to hold a detailed caption to its greatest length, and says what is
written where that is the purpose."""


@dataclass(frozen=True, slots=True)
class CaptionOptions:
    """What is asked of who describes.

    Args:
        style: One of `STYLES`.
        language: One of `languages.LANGUAGES`; empty for English.
        instruction: What to say of the picture, in the place of a style; empty for the style.
        purpose: Of alt texts: one of `PURPOSES`.
        context: What the page says where the picture stands; empty for nothing.
        min_words: How long it is to be at least; 0 for any.
        max_words: How long it may be; 0 for any.
    """

    style: str = STYLES[0]
    language: str = ""
    instruction: str = ""
    purpose: str = INFORMATIVE
    context: str = ""
    min_words: int = 0
    max_words: int = 0

    def checked(self, settings: Settings) -> Self:
        """The options within their limits.

        Raises:
            Problem: The one that is off and what it may be. Whether there is such a style is the
                engine's to know.
        """
        if self.purpose not in PURPOSES:
            raise Problem("unknown_purpose", purposes=listed(PURPOSES))
        least = check_whole("min_words", self.min_words, 0, MOST_WORDS)
        most = check_whole("max_words", self.max_words, 0, MOST_WORDS)
        if most and least > most:
            raise Problem("words_crossed")
        return replace(
            self,
            language=check_language(self.language),
            instruction=check_text("instruction", self.instruction, settings),
            context=check_text("context", self.context, settings, LONGEST_CONTEXT),
            min_words=least,
            max_words=most,
        )

    @property
    def told(self) -> tuple[str, ...]:
        """Those that were asked for and only models follow that are told in words."""
        own = ("purpose",) if self.is_for_more else ()
        return (*own, *(name for name in TOLD if getattr(self, name)))

    @property
    def is_close(self) -> bool:
        """Whether it takes a closer look than a sentence does."""
        return self.style == "detailed" or bool(self.instruction) or self.is_for_more

    @property
    def has_lines(self) -> bool:
        """Whether its answer may come in lines: two parts, or whatever an instruction asks for."""
        return bool(self.instruction) or (self.is_for_more and self.purpose == "complex")

    @property
    def is_of_text(self) -> bool:
        """Whether it is an alt text that says what is written."""
        return self.is_for_more and self.purpose == "text"

    @property
    def is_for_more(self) -> bool:
        """Whether it is an alt text of a picture that doesn't only inform."""
        return self.style == "alt text" and self.purpose != INFORMATIVE
