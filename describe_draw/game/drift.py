"""How far a story has moved, on two dials that are never merged: meaning and look.

Both compare every round with the start, as the cyclic protocol of "The Telephone Game: Evaluating
Semantic Drift in Unified Models" (arXiv 2509.04438) does; where that uses CLIP, DINO and MPNet,
these use what is at hand offline.
"""

import re
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from describe_draw.english import singular

Features = npt.NDArray[np.float32]

STOP_WORDS = frozenset(files(__package__).joinpath("stop_words.txt").read_text("utf-8").split())
"""Words that say nothing of what is seen, those for the medium among them."""

WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|[^\W_]+(?:['’][^\W_]+)?")
"""Chinese, Japanese and Korean have no spaces: each of their signs counts as a word."""

LONGEST = 4000
"""What of a caption is read, in characters."""


@dataclass(frozen=True, slots=True)
class Drift:
    """How far a round has moved from the start.

    Args:
        round: 1 for the first.
        meaning: Between the first words and the latest, 0 (same) to 1; see `meaning`.
        look: Between the first picture and the latest, 0 (same) to 1; see `look`.
    """

    round: int
    meaning: float
    look: float


def meaning(first: str, last: str) -> float:
    """How far two captions are apart in what they name.

    Formula: 1 - 2 |A ∩ B| / (|A| + |B|), the Sørensen-Dice distance (Dice 1945, Sørensen 1948) of
    the captions' sets of words: in lower case, without stop words, plurals as singulars.

    Returns:
        0 (the same words) to 1 (none in common).
    """
    a, b = words(first), words(last)
    if not a and not b:
        return 0.0 if first.split() == last.split() else 1.0
    return 1 - 2 * len(a & b) / (len(a) + len(b))


def look(first: Features, last: Features) -> float:
    """How far two pictures are apart in how they look.

    Formula: 1 - a·b / (|a| |b|), the cosine distance of the built-in classifier's 1280 pooled
    features, which are never negative.

    Args:
        first: Features of the first picture, shape (1280,).
        last: Features of the last one.

    Returns:
        0 (the same) to 1 (nothing in common). A photo saved again stays below 0.05; photos of
        unlike things are about 0.8 apart.
    """
    lengths = float(np.linalg.norm(first) * np.linalg.norm(last))
    if not lengths:
        return float(not np.array_equal(first, last))
    return min(1.0, max(0.0, 1 - float(first @ last) / lengths))


def words(caption: str) -> frozenset[str]:
    """The words of a caption that name something, each as its singular."""
    read = WORD.findall(caption[:LONGEST].lower())
    found = (word.removesuffix("'s").removesuffix("’s") for word in read)
    return frozenset(singular(word) for word in found if word not in STOP_WORDS)
