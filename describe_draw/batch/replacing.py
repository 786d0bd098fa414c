"""Find and replace, in time that grows with the text alone, whatever the expression.

Python's own expressions may take years over a sentence; Google's RE2 has no such ones.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import re2

from describe_draw.options import check_text
from describe_draw.problems import Problem
from describe_draw.settings import Settings

MEMORY = 1024 * 1024
"""What one expression may take, in bytes: `((a{99}){99}){99}` is refused."""

LONGEST = 20_000
"""What a text may come to, in characters."""

REFERENCE = re.compile(r"\\(\d|.)", re.DOTALL)
SIGNS = {"n": "\n", "t": "\t"}


class Replacement:
    """What is looked for, and what is put in its place. All methods block.

    Args:
        find: Text as it stands, or an expression as RE2 has them.
        put: What takes its place; for an expression, a backslash and a number are that group.
        settings: How long either may be.
        is_expression: Whether `find` is one.
        is_cased: Whether capitals count.

    Raises:
        Problem: There is nothing to look for, or the expression is none.
    """

    def __init__(
        self,
        find: str,
        put: str,
        settings: Settings,
        *,
        is_expression: bool = False,
        is_cased: bool = True,
    ) -> None:
        for name, text in (("find", find), ("put", put)):
            check_text(name, text, settings)
        if not find:
            raise Problem("nothing_to_find")
        options = re2.Options()
        options.log_errors = False
        options.max_mem = MEMORY
        options.case_sensitive = is_cased
        options.literal = not is_expression
        try:
            self._found: Any = re2.compile(find, options)
        except re2.error:
            raise Problem("odd_expression") from None
        finally:
            re2.purge()  # it would keep a hundred of them
        self._pieces = _pieces(put) if is_expression else [put]
        if any(isinstance(p, int) and p > self._found.groups for p in self._pieces):
            raise Problem("odd_expression")

    def hits(self, texts: Iterable[str]) -> int:
        """How often it is found."""
        return sum(1 for text in texts for _ in self._matches(text))

    def apply(self, text: str) -> str:
        """A text in which it is replaced.

        Raises:
            Problem: The text becomes too long.
        """
        pieces, end, length = [], 0, len(text)
        for match in self._matches(text):
            put = "".join((match[p] or "") if isinstance(p, int) else p for p in self._pieces)
            length += len(put)
            if length > LONGEST:
                raise Problem("replaced_too_long", limit=LONGEST)
            pieces += [text[end : match.start()], put]
            end = match.end()
        return "".join([*pieces, text[end:]])

    def _matches(self, text: str) -> Iterator[Any]:
        """What is found, each once: re2 finds an empty one twice at the end of a text."""
        last = None
        for match in self._found.finditer(text):
            if match.span() != last:
                last = match.span()
                yield match


def _pieces(put: str) -> list[str | int]:
    """A replacement as texts and numbers of groups."""
    pieces: list[str | int] = []
    for number, piece in enumerate(REFERENCE.split(put)):
        if number % 2 == 0:
            pieces.append(piece)
        else:
            pieces.append(int(piece) if piece.isdecimal() else SIGNS.get(piece, piece))
    return pieces
