"""Captions as short as they are wanted."""

import re

_SENTENCE = re.compile(r"(?:“[^”]*”|「[^」]*」|[^.!?。！？“「])*[.!?。！？]+\s*|[^.!?。！？]+$")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+(?:['’-][^\W\u3400-\u9fff]+)*")


def words_in(text: str) -> int:
    """How many words a text has; every Chinese sign is one."""
    return len(_WORD.findall(text))


def within(text: str, most: int) -> str:
    """As many of a text's sentences, from the first, as have so many words; the first always.

    Args:
        text: sentences.
        most: the words that it may have; 0 for any number.
    """
    sentences: list[str] = _SENTENCE.findall(text)
    kept = sentences[:1]
    for sentence in sentences[1:]:
        if most and words_in("".join((*kept, sentence))) > most:
            break
        kept.append(sentence)
    return "".join(kept).strip()
