"""The games of two models in numbers: means by round, their spread, and how long they survive."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from describe_draw.game import Chain
from describe_draw.game.measures import (
    Spread,
    by_round,
    lost_in,
    mean_cumulative_drift,
    semantic_drift_rate,
    survival,
)
from describe_draw.game.scoring import Measure, Scoring

DIALS = ("meaning", "look")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Round:
    """A round that was played.

    Args:
        pair: The number of who plays.
        run: Which game of theirs.
        chain: The game, of which this round is the last.
        values: How near it is to the start, by the measures' names.
    """

    pair: int
    run: int
    chain: Chain
    values: dict[str, float | None]

    def dial(self, name: str) -> float:
        """How far it has drifted."""
        value: float = getattr(self.chain.drift[-1], name)
        return value


def sum_up(
    pair: str, played: list[Round], scoring: Scoring, threshold: float, rests: dict[int, int]
) -> Row:
    """The sums of a pair, ready for JSON.

    Args:
        pair: Who played.
        played: At least one round, those of a game in their order.
        scoring: How they were measured.
        threshold: The drift in meaning at which a story is lost.
        rests: After how many rounds which runs came to rest.
    """
    by_run: defaultdict[int, list[Round]] = defaultdict(list)
    for one in played:
        by_run[one.run].append(one)
    runs = list(by_run.values())
    lost = [lost_in([one.dial("meaning") for one in run], threshold) for run in runs]
    return {
        "pair": pair,
        "runs": len(runs),
        **{d: _told(by_round([[one.dial(d) for one in run] for run in runs])) for d in DIALS},
        "threshold": threshold,
        "lost_in": lost,
        "median_lost_in": survival(lost),
        "at_rest_after": [rests.get(run) for run in by_run],
        "measures": [_measured(measure, runs, scoring) for measure in scoring.measures],
        "missing": scoring.missing,
    }


def said(sums: Row) -> str:
    """The same for people."""
    lost = sums["median_lost_in"]
    when = "not in these rounds" if lost is None else f"in round {lost:g}"
    rests = [str(after) for after in sums["at_rest_after"] if after]
    rest = f"after the rounds {', '.join(rests)}" if rests else "none"
    return "\n".join(
        [
            f"{sums['pair']} (runs: {sums['runs']})",
            "round  meaning        look",
            *(
                f"{meaning['round']:5}  {_cell(meaning):13}  {_cell(look)}"
                for meaning, look in zip(sums["meaning"], sums["look"], strict=True)
            ),
            f"lost, the median at a meaning above {sums['threshold']:g}: {when}",
            f"stories that came to rest: {rest}",
            *map(_line, sums["measures"]),
        ]
    )


def _measured(measure: Measure, runs: list[list[Round]], scoring: Scoring) -> Row:
    """MCD and SDR by a measure."""
    means = by_round([[one.values[measure.name] for one in run] for run in runs])
    values = [at.mean for at in means.values()]
    generations = [scoring.generation(measure, number) for number in means]
    decay = semantic_drift_rate(generations, values)
    return {
        "name": measure.name,
        "of": measure.does,
        "by_round": _told(means),
        "MCD": round(mean_cumulative_drift(values), 4) if values else None,
        "SDR": round(decay.rate, 4) if decay else None,
    }


def _told(rounds: dict[int, Spread]) -> list[Row]:
    return [
        {
            "round": number,
            "mean": round(at.mean, 4),
            "deviation": None if at.deviation is None else round(at.deviation, 4),
            "count": at.count,
        }
        for number, at in rounds.items()
    ]


def _line(measured: Row) -> str:
    total, rate = (
        "–" if measured[name] is None else f"{measured[name]:.3f}" for name in ("MCD", "SDR")
    )
    return f"{measured['name']}: MCD {total}, SDR {rate} ({measured['of']})"


def _cell(at: Row) -> str:
    spread = "" if at["deviation"] is None else f" ± {at['deviation']:.3f}"
    return f"{at['mean']:.3f}{spread}"
