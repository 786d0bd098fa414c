"""How far a story has moved, on two dials that are never merged: meaning and look.

Both compare every round with the start, as the cyclic protocol of "The Telephone Game: Evaluating
Semantic Drift in Unified Models" (arXiv 2509.04438) does; where that uses CLIP, DINO and MPNet,
these use what is at hand offline.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Features = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Drift:
    """How far a round has moved from the start, and what became of the things it began with.

    Args:
        round: 1 for the first.
        meaning: Between the first words and the latest, 0 (same) to 1; see `meaning.compare`.
        look: Between the first picture and the latest, 0 (same) to 1; see `look`.
        kept: Things of the first words that the latest still name, as the first words say them.
        became: The same things in their order, as the latest words say them.
        lost: Things of the first words that the latest lack.
        invented: Things of the latest words that the first lack.
        model: The sentence model that was asked for the meaning, "" for none.
    """

    round: int
    meaning: float
    look: float
    kept: tuple[str, ...] = ()
    became: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()
    model: str = ""


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
