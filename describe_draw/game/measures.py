"""What many games together tell: how far stories drift, how fast, and how long they survive.

MCD and SDR are those of "The Telephone Game: Evaluating Semantic Drift in Unified Models" (arXiv
2509.04438), as its authors' code computes them (github.com/mollahsabbir/
Semantic-Drift-in-Unified-Models, semantic-drift/mcd-sdr.py at c1ddd67). Their numbers are those of
CLIP, DINO and MPNet; any other embedder's are comparable among themselves only.
"""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

PARAMETERS = 3
"""Of the curve of SDR: as many points it goes through whatever they are."""

RATES = np.geomspace(1e-3, 10, 2000)
"""Among which SDR is looked for, a generation."""

NOTHING = 1e-6
"""A decay of less is none."""

THRESHOLD = 0.5
"""A story is lost where its words are further than this from the first in meaning."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A mean over runs.

    Args:
        mean: Of all that there are.
        deviation: The sample standard deviation, None for fewer than two.
        count: How many there are.
    """

    mean: float
    deviation: float | None
    count: int


@dataclass(frozen=True, slots=True)
class Decay:
    """The curve a·exp(-b·g) + c over the generations g.

    Args:
        scale: a.
        rate: b, which is SDR.
        floor: c.
    """

    scale: float
    rate: float
    floor: float


def spread(values: Sequence[float]) -> Spread:
    """The mean of some values, and their spread."""
    deviation = statistics.stdev(values) if len(values) > 1 else None
    return Spread(statistics.fmean(values), deviation, len(values))


def by_round(runs: Sequence[Sequence[float | None]]) -> dict[int, Spread]:
    """The mean of each round over the runs that came so far, by the round's number.

    Args:
        runs: A value for each round, None where there is none.
    """
    found: dict[int, Spread] = {}
    for number in range(1, max(map(len, runs), default=0) + 1):
        column = [run[number - 1] for run in runs if len(run) >= number]
        if known := [value for value in column if value is not None]:
            found[number] = spread(known)
    return found


def mean_cumulative_drift(similarities: Sequence[float]) -> float:
    """MCD: the mean of how near each generation is to the start; more is better.

    Args:
        similarities: The mean of each generation over the runs.
    """
    return statistics.fmean(similarities)


def semantic_drift_rate(generations: Sequence[int], similarities: Sequence[float]) -> Decay | None:
    """SDR: how fast nearness to the start decays, by least squares; less is better.

    Args:
        generations: Their numbers: a description is one, and a drawing is one.
        similarities: As for `mean_cumulative_drift`.

    Returns:
        The curve, None where there are too few generations to tell it, or no decay among them.
    """
    if len(similarities) <= PARAMETERS:
        return None
    times, values = np.array(generations, float), np.array(similarities, float)
    fits = []
    for rate in RATES:  # for each rate, scale and floor have one best solution
        shape = np.stack([np.exp(-rate * times), np.ones_like(times)], axis=1)
        (scale, floor), *_ = np.linalg.lstsq(shape, values, rcond=None)
        left = float(np.sum((shape @ (scale, floor) - values) ** 2))
        fits.append((left, float(rate), float(scale), float(floor)))
    _, rate, scale, floor = min(fits)
    is_found = RATES[0] < rate < RATES[-1] and scale > NOTHING
    return Decay(scale, rate, floor) if is_found else None


def lost_in(meaning: Sequence[float], threshold: float = THRESHOLD) -> int | None:
    """The first round whose drift in meaning is beyond the threshold, None where none is."""
    return next((n for n, drift in enumerate(meaning, 1) if drift > threshold), None)


def survival(lost: Sequence[int | None]) -> float | None:
    """The median over runs of the round in which the story was lost.

    Returns:
        None where at least half of them outlived the game.
    """
    median = statistics.median([math.inf if number is None else number for number in lost])
    return None if math.isinf(median) else median
