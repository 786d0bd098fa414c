"""Which of diffusers' pipelines draw from words, and which from pictures, by its own tables.

They are read from its source, for importing it takes seconds and most of torch.
"""

import ast
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

TABLE = "_PIPELINES_MAPPING"
"""How the tables' names end: each has a pipeline's name for a family's."""

WORDS = "AUTO_TEXT2IMAGE" + TABLE
PICTURES = "AUTO_IMAGE2IMAGE" + TABLE


def draws(pipeline: str) -> bool:
    """Whether a pipeline, or another one of its parts, draws from words; yes where unknown."""
    return not pipeline or not _tables() or _sibling(WORDS, pipeline) != ""


def edits(pipeline: str) -> bool:
    """Whether a pipeline, or another one of its parts, draws from pictures; yes where unknown."""
    return not pipeline or not _tables() or _sibling(PICTURES, pipeline) != ""


def keeps(pipeline: str) -> bool:
    """Whether what draws from pictures has a strength; yes where unknown.

    It does where noise over the picture is its beginning. Others look at the picture while they
    draw, and begin with noise alone.
    """
    sibling = _sibling(PICTURES, pipeline)
    return not sibling or "Img2Img" in sibling


def _sibling(table: str, pipeline: str) -> str:
    """The pipeline of a table that has a pipeline's parts, empty where there is none."""
    tables = _tables()
    families = (family for names in tables.values() for family, n in names.items() if n == pipeline)
    return tables.get(table, {}).get(next(families, ""), "")


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, str]]:
    """The tables by their names; nothing where diffusers has them elsewhere by now."""
    found = find_spec("diffusers")
    folders = found.submodule_search_locations if found else None
    file = Path(folders[0] if folders else "", "pipelines", "auto_pipeline.py")
    tables: dict[str, dict[str, str]] = {}
    try:
        tree = ast.parse(file.read_text("utf-8"))
    except (OSError, ValueError, SyntaxError):
        return tables
    for table, family, pipeline in _entries(tree):
        tables.setdefault(table, {})[family] = pipeline
    return tables


def _entries(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """Table, family and pipeline, of each pair that a table begins with or is given later."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(
                targets=[ast.Name(id=table)], value=ast.Call(args=[ast.List(elts=pairs)])
            ) if table.endswith(TABLE):
                for pair in pairs:
                    match pair:
                        case ast.Tuple(elts=[ast.Constant(value=family), ast.Name(id=pipeline)]):
                            yield table, str(family), pipeline
            case ast.Assign(
                targets=[ast.Subscript(value=ast.Name(id=table), slice=ast.Constant(value=family))],
                value=ast.Name(id=pipeline),
            ) if table.endswith(TABLE):
                yield table, str(family), pipeline
