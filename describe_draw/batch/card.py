"""The card of a data set: what it is, and which models wrote its captions."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from huggingface_hub import DatasetCardData

from describe_draw.batch.rows import Row

HUB = "https://huggingface.co"


@dataclass(frozen=True, slots=True)
class Model:
    """A model of the Hub's.

    Args:
        name: Its repository.
        license: The licence's name there, empty where it tells none.
        link: Where the licence's text is; the model's page, which tells it, where none is named.
    """

    name: str
    license: str = ""
    link: str = ""


def models_of(rows: Iterable[Row]) -> Counter[str]:
    """How many captions each model has written; those of nobody's came along with the pictures."""
    return Counter(row.credit.model for row in rows if row.credit)


def card(title: str, rows: list[Row], known: Mapping[str, Model], languages: list[str]) -> str:
    """A README with a head that the Hub reads.

    Args:
        title: The data set's name.
        rows: Its rows.
        known: Those of the models that are the Hub's, by their names in the rows.
        languages: The captions'.
    """
    wrote = models_of(rows)
    head = DatasetCardData(
        language=languages,
        pretty_name=title,
        annotations_creators="machine-generated" if wrote else None,
        task_categories=["image-to-text"],
        size_categories=_size(len(rows)),
        tags=["image-captioning", "imagefolder"],
        configs=[
            {"config_name": "default", "data_files": [{"split": "train", "path": "train/**"}]}
        ],
    ).to_yaml()
    lines = [_by(name, count, known.get(name)) for name, count in wrote.most_common()]
    if along := len(rows) - wrote.total():
        lines.append(f"- {along} came along with the pictures.")
    return (
        f"---\n{head}\n---\n\n# {title}\n\n{len(rows)} pictures with captions.\n\n"
        f"## Who wrote the captions\n\n{chr(10).join(lines)}\n\n"
        "Captions by models may be wrong, and a model's licence may bind what is made with it. "
        "The pictures keep the licences that they had.\n"
    )


def _by(name: str, count: int, model: Model | None) -> str:
    if model is None:
        return f"- {count} by `{name}`."
    license = f"licence: [{model.license or 'see its page'}]({model.link})"
    return f"- {count} by [{model.name}]({HUB}/{model.name}), {license}."


def _size(count: int) -> str:
    """A category of the Hub's."""
    return "n<1K" if count < 1000 else "1K<n<10K" if count < 10_000 else "10K<n<100K"
