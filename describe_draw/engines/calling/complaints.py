"""What a service says of a failed call, as it may be shown: short, and without its secrets."""

import re

LONGEST = 200
LOOKED_AT = 4000

_ADDRESS = re.compile(r"\w{1,20}://\S+")
_TOKEN = re.compile(r"hf_[\w.-]+")
_RUN = re.compile(r"[\w.+=~-]{16,}")
"""Runs of signs in which a piece of a token could stand."""


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
