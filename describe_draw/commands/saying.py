"""How commands say things: lines for people and scripts, and JSON lines for programs."""

import json
import re
from typing import Any

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Signs that end a line, tell a terminal something, or are none."""


def shown(name: str) -> str:
    """A file's name, of which a terminal takes nothing for an order."""
    return CONTROL.sub("?", name)


def in_line(text: str) -> str:
    """A text in one line, for those who cut at tabs and line ends."""
    return shown(" ".join(text.split()))


def as_json(row: dict[str, Any]) -> str:
    """A line of JSON; names that are no Unicode are kept in its escapes."""
    line = json.dumps(row, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(row)
    return line
