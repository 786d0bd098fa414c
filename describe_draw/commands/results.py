"""What many games come to: a table of rounds, their means, a plot, and the games themselves."""

import csv
import io
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from describe_draw.commands.saying import as_json
from describe_draw.commands.sums import DIALS, Round, Row, said, sum_up
from describe_draw.game import Picture
from describe_draw.game.measures import Spread
from describe_draw.game.plot import Curve, as_png, comparison
from describe_draw.game.scoring import Scoring
from describe_draw.names import safe

LISTED = ("kept", "lost", "invented")


class Results:
    """Takes rounds as they come, and sums them up.

    Args:
        pairs: Who plays, by their numbers.
        rounds: How many a game has.
        scoring: The measures.
        threshold: The drift in meaning at which a story is lost.
        out: The folder where all is kept, None for none.
        is_json: Whether it is told as JSON.
    """

    def __init__(
        self,
        pairs: list[str],
        rounds: int,
        scoring: Scoring,
        threshold: float,
        out: Path | None,
        *,
        is_json: bool,
    ) -> None:
        self._pairs, self._rounds, self._scoring = pairs, rounds, scoring
        self._threshold, self._out, self._is_json = threshold, out, is_json
        self._more = [m for m in scoring.measures if m.name not in DIALS]
        names = [m.name for m in self._more]
        self._fields = ["pair", "run", "round", "seed", *DIALS, *names, "caption", *LISTED]
        self._played: list[Round] = []
        self._rests: list[dict[int, int]] = [{} for _ in pairs]
        if out:
            out.mkdir(parents=True, exist_ok=True)
            self._fields.append("picture")
            (out / "drift.csv").write_text(_line(self._fields), "utf-8")
        elif not is_json:
            print(_line(self._fields), end="", flush=True)
        for name, why in scoring.missing.items():
            print(f"without {name}: {why}", file=sys.stderr)

    def add(self, played: Round) -> None:
        """Keep a round, and tell it."""
        self._played.append(played)
        row = self._row(played)
        if self._out:
            row["picture"] = self._keep(played, self._out)
            with (self._out / "drift.csv").open("a", encoding="utf-8") as file:
                file.write(_line([row[name] for name in self._fields]))
        if self._is_json:
            print(as_json(row), flush=True)
        elif not self._out:
            print(_line([row[name] for name in self._fields]), end="", flush=True)

    def rest(self, pair: int, run: int, rounds: int) -> None:
        """Keep that a game came to rest after so many rounds."""
        self._rests[pair][run] = rounds

    def end(self) -> None:
        """Sum up what was played."""
        sums = [
            sum_up(name, played, self._scoring, self._threshold, self._rests[number])
            for number, name in enumerate(self._pairs)
            if (played := [one for one in self._played if one.pair == number])
        ]
        if self._out and sums:
            self._write(sums, self._out)
        for one in sums:
            if self._is_json:
                print(as_json(one))
            else:
                print(said(one), file=sys.stdout if self._out else sys.stderr)

    def _row(self, played: Round) -> Row:
        chain, drift = played.chain, played.chain.drift[-1]
        words = chain.words[-1]
        return {
            "pair": self._pairs[played.pair],
            "run": played.run,
            "round": drift.round,
            "seed": chain.drawings[-1][0].recipe.seed,  # type: ignore[union-attr]  # drawings have one
            "meaning": drift.meaning,
            "look": round(drift.look, 4),
            **{m.name: played.values[m.name] for m in self._more},
            "caption": words.text,
            **{name: "; ".join(getattr(drift, name)) for name in LISTED},
        }

    def _keep(self, played: Round, out: Path) -> str:
        """Copy what is new of a game.

        Returns:
            The name of the round's drawing.
        """
        name = safe(self._pairs[played.pair].replace(" + ", "-").replace("/", "-"))
        folder = out / "games" / f"{played.pair + 1}-{name}" / f"run-{played.run:03}"
        folder.mkdir(parents=True, exist_ok=True)
        chain, drawing = played.chain, folder
        for number, link in enumerate(chain.links):
            if isinstance(link, Picture):
                drawing = folder / f"{number:02}-{'drawing' if number else 'start'}.png"
                if not drawing.exists():
                    shutil.copyfile(link.path, drawing)
        (folder / "captions.txt").write_text(
            "".join(f"{' '.join(words.text.split())}\n" for words in chain.words), "utf-8"
        )
        return drawing.relative_to(out).as_posix()

    def _write(self, sums: list[Row], out: Path) -> None:
        summary = json.dumps(sums, ensure_ascii=False, indent=2)
        (out / "summary.json").write_text(f"{summary}\n", "utf-8")
        head = ["pair", "measure", "round", "runs", "mean", "standard_deviation"]
        lines = [_line(head)]
        for one in sums:
            named = {dial: one[dial] for dial in DIALS} | {
                m["name"]: m["by_round"] for m in one["measures"] if m["name"] not in DIALS
            }
            lines += [
                _line([one["pair"], name, at["round"], at["count"], at["mean"], at["deviation"]])
                for name, rounds in named.items()
                for at in rounds
            ]
        (out / "means.csv").write_text("".join(lines), "utf-8")
        curves = [Curve(one["pair"], {dial: _spreads(one[dial]) for dial in DIALS}) for one in sums]
        svg = comparison(curves, self._rounds)
        (out / "drift.svg").write_text(svg, "utf-8")
        (out / "drift.png").write_bytes(as_png(svg))


def _spreads(told: list[Row]) -> dict[int, Spread]:
    return {at["round"]: Spread(at["mean"], at["deviation"], at["count"]) for at in told}


def _line(values: list[Any]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow("" if v is None else v for v in values)
    return text.getvalue()
