"""Animals that are asleep: curled up, with their eyes closed."""

from functools import cache
from typing import Any

from .colours import luminance, parse_hex
from .words import read_toml

_LID = 10.5


@cache
def curled() -> dict[str, dict[str, Any]]:
    """Name → what is another for who sleeps, as figures.toml has figures."""
    table = {"body": "curled", "at": [0, 22, 98]}
    return {name: table | one for name, one in read_toml("sleep.toml")["curled"].items()}


def lids(face: str) -> str:
    """Closed eyes, over the open ones of a face's drawing."""
    found = ""
    for x, y, fur in read_toml("sleep.toml")["eyes"].get(face, ()):
        line = "#e8e8e8" if luminance(parse_hex(fur)) < 0.2 else "#2f2a28"
        found += f'<circle cx="{x}" cy="{y}" r="{_LID}" fill="{fur}"/>'
        found += f'<path d="M{x - 10} {y}q10 10 20 0" stroke="{line}" stroke-width="4" '
        found += 'stroke-linecap="round" fill="none"/>'
    return found
