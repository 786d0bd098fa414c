"""How long a service asks to wait before the same call is made again."""

import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

LONGEST = 7 * 24 * 3600.0
"""A longer wait is told as this one, in seconds."""

_DIGITS = 9


def told_wait(headers: Mapping[str, str], body: Any) -> float | None:
    """Seconds that a failed answer asks to wait, None where it doesn't say.

    Args:
        headers: With lower-case names.
        body: Its parsed JSON.
    """
    waits = (
        _after(headers.get("retry-after", "")),
        _rate_limit(headers.get("ratelimit", "")),
        estimated(body),
    )
    told = next((wait for wait in waits if wait is not None), None)
    return None if told is None else min(told, LONGEST)


def estimated(body: Any) -> float | None:
    """The `estimated_time` of a model that is being loaded."""
    estimate = body.get("estimated_time") if isinstance(body, dict) else None
    if isinstance(estimate, bool) or not isinstance(estimate, int | float) or not estimate >= 0:
        return None
    return float(min(estimate, LONGEST))


def _after(retry_after: str) -> float | None:
    """A Retry-After header, seconds or a date, in seconds from now."""
    if (seconds := _number(retry_after)) is not None:
        return seconds
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (ValueError, OverflowError, OSError):  # the last two for years that no clock has
        return None


def _rate_limit(header: str) -> float | None:
    """The time of a used-up RateLimit header, e.g. `"api";r=0;t=55`.

    https://www.ietf.org/archive/id/draft-ietf-httpapi-ratelimit-headers-09.html
    """
    for policy in header.split(","):
        pairs = (parameter.partition("=") for parameter in policy.split(";")[1:])
        values = {name.strip(): _number(value) for name, _, value in pairs}
        if values.get("r") == 0 and values.get("t") is not None:
            return values["t"]
    return None


def _number(text: str) -> float | None:
    text = text.strip()
    is_number = text.isascii() and text.isdecimal()
    return min(float(text[: _DIGITS + 1]), LONGEST) if is_number else None
