"""How many of a kind there are, as far as what is found of them tells."""

from collections.abc import Sequence
from dataclasses import dataclass

from .boxes import Sighting
from .observation import MANY
from .tables import seeing


@dataclass(frozen=True)
class Number:
    """How many there are.

    Attributes:
        count: how many were found; `MANY` of a crowd.
        more: whether there may well be more, or one less: then no number is told.
    """

    count: int = 1
    more: bool = False


def number_of(found: Sequence[Sighting], kind: str) -> Number:
    """Counts what was found of one kind; what hides behind another is rarely found.

    Args:
        found: its sightings, faint ones too.
        kind: what they are, a table of `numbers`.
    """
    rule = seeing()["numbers"][kind]
    near = rule["background"] * max((s.area for s in found), default=0.0)
    scores = sorted((s.score for s in found if s.area > near), reverse=True)
    if sum(score >= rule["one_of_many"] for score in scores) >= rule["many"]:
        return Number(MANY)
    count = sum(score >= rule["second"] for score in scores)
    if count < 2:
        return Number()
    others = sum(score >= rule["other"] for score in scores)
    return Number(count, more=others > 2 or scores[1] < rule["clear"])
