"""What a service says of a failed call: found, and made fit to be shown."""

import re
from typing import Any

LONGEST = 200
LOOKED_AT = 4000

_KEYS = ("detail", "errors", "error", "message")
_DEPTH = 5
_ITEMS = 10
_NAME = 40
_ENDINGS = ("Error", "Exception", "Exit", "Interrupt", "Iteration", "Warning")
_ADDRESS = re.compile(r"\w{1,20}://\S+")
_TOKEN = re.compile(r"hf_[\w.-]+")
_RUN = re.compile(r"[\w.+=~-]{16,}")
"""Runs of signs in which a piece of a token could stand."""


def said(answer: Any) -> str:
    """A service's own complaint as it is, not yet to be shown; empty where it has none.

    FastAPI: `{"detail": "…"}`, or a list of `{"loc": […], "msg": "…"}`; AUTOMATIC1111's web UI: an
    exception's name in `error`, its words in `errors`; Ollama: `{"error": "…"}`; OpenAI: `{"error":
    {"message": "…"}}`.

    Args:
        answer: Parsed JSON.
    """
    return "" if isinstance(answer, str) else _words(answer, _KEYS, _DEPTH)


def _words(value: Any, keys: tuple[str, ...], depth: int) -> str:
    """The first words in a value: in the members that complaints stand in, however they nest."""
    if isinstance(value, str):
        return _own_words(value[:LOOKED_AT].strip())
    if not depth:
        return ""
    if isinstance(value, dict):
        parts = [value.get(key) for key in keys]
    else:
        parts = value[:_ITEMS] if isinstance(value, list) else []
    inner = ("message", "msg", *_KEYS)
    words = next((words for part in parts if (words := _words(part, inner, depth - 1))), "")
    return _where(value) + words if words else ""


def _where(value: Any) -> str:
    """The field that FastAPI complains of, as `steps: `: its words alone say "Field required"."""
    where = value.get("loc") if isinstance(value, dict) and "msg" in value else None
    names = where[1:_DEPTH] if isinstance(where, list) else []  # the first one says `body`
    if not any(isinstance(name, str) for name in names):
        return ""
    return ".".join(str(name)[:_NAME] for name in names if isinstance(name, str | int)) + ": "


def _own_words(text: str) -> str:
    """A text without the name of an exception at its beginning, or in its place."""
    name, _, rest = text.partition(":")
    is_name = name.endswith(_ENDINGS) and all(part.isidentifier() for part in name.split("."))
    return rest.strip() if is_name else text


def shown(complaint: str, *secrets: str) -> str:
    """A complaint of at most 200 characters, on one line.

    Services repeat what they were sent, headers too, whole, in pieces or line by line. Addresses,
    tokens and whatever looks as random as a piece of one become `…`.

    Args:
        complaint: What was said.
        secrets: What must not be shown, however it looks.
    """
    complaint = complaint[:LOOKED_AT]
    for secret in filter(None, secrets):
        complaint = complaint.replace(secret, "…")
    text = " ".join(complaint.split())
    for pattern in (_ADDRESS, _TOKEN):
        text = pattern.sub("…", text)
    text = _RUN.sub(lambda run: "…" if _is_random(run[0]) else run[0], text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _is_random(run: str) -> bool:
    """Capitals, small letters and digits in one; words and models' names seldom have all three."""
    return all(any(kind(sign) for sign in run) for kind in (str.isupper, str.islower, str.isdigit))
