"""What the page is told of a run of many pictures."""

from collections.abc import Iterable

from describe_draw.batch.kept import Batch
from describe_draw.texts import said_as_json
from describe_draw.ui.events import Told


def all_told(batch: Batch) -> Told:
    """All of a run, as a page needs it that knows nothing of it."""
    wording = batch.wording
    return {
        "batch": batch.name,
        "names": [item.name for item in batch.items],
        "rows": rows_told(batch, range(len(batch.items))),
        "junk": batch.junk,
        "along": sum(1 for item in batch.items if item.text and item.path),
        "wording": {
            "prefix": wording.prefix,
            "suffix": wording.suffix,
            "trigger": wording.trigger,
            "without": ", ".join(wording.without),
            "tags": ", ".join(wording.tags),
            "along": wording.along,
        },
    }


def rows_told(batch: Batch, numbers: Iterable[int]) -> list[Told]:
    """Some rows: the number of each with a caption, a problem, or neither."""
    return [_row_told(batch, number) for number in numbers]


def _row_told(batch: Batch, number: int) -> Told:
    row = batch.row(number)
    told: Told = {"n": number}
    if row.caption:
        told["caption"] = row.caption
    if row.problem:
        told["problem"] = said_as_json(row.problem)
        told["final"] = row.item.problem is not None
    return told
