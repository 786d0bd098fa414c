"""Forms of questions: words that stand for themselves, and one place for what is asked about.

They are compared at most once each: a question costs its length times the number of forms,
whatever is in it.
"""

import itertools
from collections.abc import Callable, Iterator
from functools import cache

from .question import Question, words_of

_GAP = "*"
Form = tuple[str, str, str]
"""The words before what is asked about, its place, and the words after it."""


@cache
def _forms(section: str, language: str) -> tuple[tuple[str, Form], ...]:
    """Kinds and the forms of their questions, those with the most words of their own first."""
    made = dict.fromkeys(
        (kind, words)
        for kind, texts in words_of(language)[section].items()
        for text in texts
        for words in _spelled(text, by_sign=bool(language))
    )
    ordered = sorted(made, key=lambda form: form[1].count(_GAP) - len(form[1]))
    space = "" if language else " "
    return tuple((kind, space.join(words).partition(_GAP)) for kind, words in ordered)


def _spelled(text: str, *, by_sign: bool) -> Iterator[tuple[str, ...]]:
    """The words of a form for each choice of "a/b" and "(a)"; in Chinese every sign is one."""
    choices = [
        [*word.strip("()").split("/"), *([""] if word.startswith("(") else [])]
        for word in text.split()
    ]
    for chosen in itertools.product(*choices):
        words = tuple("".join(chosen)) if by_sign else tuple(filter(None, chosen))
        if words:
            yield words


def _gap(form: Form, said: str) -> str | None:
    """What is asked about in a form; None where it is no such question."""
    before, gap, after = form
    if not gap:
        return "" if said == before else None
    end = len(said) - len(after)
    fits = said.startswith(before) and said.endswith(after) and end > len(before)
    return said[len(before) : end] if fits else None


def asked(
    said: str, question: Callable[[str, str], Question | None], language: str = ""
) -> Question | None:
    """What is asked for: a caption in one of the styles, or an answer.

    Args:
        said: the words, with one space between two; no spaces in Chinese.
        question: makes a question of a form's kind and of what it is asked about; None where
            those don't belong together.
        language: "" for English.
    """
    for style, form in _forms("styles", language):
        if _gap(form, said) is not None:
            return Question("style", value=style)
    gaps = ((kind, _gap(form, said)) for kind, form in _forms("forms", language))
    return next(filter(None, (question(kind, gap) for kind, gap in gaps if gap is not None)), None)
