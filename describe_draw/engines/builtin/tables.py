"""The files of the data folder, each read once."""

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def read_json(name: str) -> Any:
    """What a JSON file holds: not to be changed."""
    return json.loads((DATA / name).read_text("utf-8"))


@cache
def read_toml(name: str) -> dict[str, Any]:
    """A TOML table: not to be changed."""
    return tomllib.loads((DATA / name).read_text("utf-8"))


@cache
def read_lines(name: str) -> tuple[str, ...]:
    """The lines of a text."""
    return tuple((DATA / name).read_text("utf-8").splitlines())
