"""Forms of questions: words that stand for themselves, and one place for what is asked about.

They are compared word by word, at most once each: a question costs its length times the number of
forms, whatever is in it.
"""

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from .question import Question, words_of

GAP = "*"


@dataclass(frozen=True)
class Form:
    """One way to ask.

    Attributes:
        kind: what for.
        before: the words before what is asked about.
        after: the words after it.
        has_gap: whether anything is asked about.
    """

    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...] = ()
    has_gap: bool = False

    @property
    def size(self) -> int:
        """How many words stand for themselves."""
        return len(self.before) + len(self.after)

    def gap(self, words: Sequence[str]) -> tuple[str, ...] | None:
        """What some words ask about in this form; None where they are no such question."""
        if not self.has_gap:
            return () if tuple(words) == self.before else None
        if len(words) <= self.size:
            return None
        end = len(words) - len(self.after)
        if tuple(words[: len(self.before)]) != self.before or tuple(words[end:]) != self.after:
            return None
        return tuple(words[len(self.before) : end])


def forms(table: Mapping[str, Iterable[str]], *, by_sign: bool = False) -> tuple[Form, ...]:
    """All forms of a table, those with the most words of their own first.

    Args:
        table: kind → ways to ask: a/b is either, (a) may be missing.
        by_sign: whether every sign is a word, as in Chinese.
    """
    made = [
        form
        for kind, texts in table.items()
        for text in texts
        for form in _spelled(kind, text, by_sign)
    ]
    return tuple(sorted(dict.fromkeys(made), key=lambda form: -form.size))


def _spelled(kind: str, text: str, by_sign: bool) -> Iterable[Form]:
    """A form for each choice of "a/b" and "(a)"."""
    choices = [
        [*word.strip("()").split("/"), *([""] if word.startswith("(") else [])]
        for word in text.split()
    ]
    for chosen in itertools.product(*choices):
        words = tuple("".join(chosen)) if by_sign else tuple(word for word in chosen if word)
        if GAP in words:
            at = words.index(GAP)
            yield Form(kind, words[:at], words[at + 1 :], True)
        elif words:
            yield Form(kind, words)


@cache
def _forms(section: str, language: str) -> tuple[Form, ...]:
    return forms(words_of(language)[section], by_sign=bool(language))


def style_asked(words: Sequence[str], language: str = "") -> Question | None:
    """A question for a caption in one of the styles."""
    found = (form.kind for form in _forms("styles", language) if form.gap(words) is not None)
    style = next(found, "")
    return Question("style", value=style) if style else None


def asked(
    words: Sequence[str],
    question: Callable[[str, tuple[str, ...]], Question | None],
    language: str = "",
) -> Question | None:
    """What `question` makes first of a form's kind and of what some words ask about in it."""
    gaps = ((form.kind, form.gap(words)) for form in _forms("forms", language))
    return next(filter(None, (question(kind, gap) for kind, gap in gaps if gap is not None)), None)
