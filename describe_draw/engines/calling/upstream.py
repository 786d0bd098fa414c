"""One upstream call: within a deadline, again where that helps, and told plainly if it fails."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TypeVar

import httpx2
from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled
from huggingface_hub.utils import parse_ratelimit_headers  # type: ignore[attr-defined]
from PIL import Image
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
    wait_random_exponential,
)

from describe_draw.engines.base import TOKEN_PAGE
from describe_draw.engines.calling.complaints import shown
from describe_draw.engines.payers import Payer
from describe_draw.pictures import TooSmall
from describe_draw.problems import EngineProblem, Problem
from describe_draw.reports import Report, ignore_progress
from describe_draw.texts import Message, duration, message

log = logging.getLogger(__name__)
T = TypeVar("T")

ATTEMPTS = 3
_PASSING = {429, 502, 503, 504}
_DROPPED = (httpx2.NetworkError, httpx2.RemoteProtocolError, httpx2.ConnectTimeout)
_jittered = wait_random_exponential(multiplier=0.5, max=8)
_NAMES = {
    "visitor": {
        401: "token_invalid_visitor",
        402: "credits_visitor",
        403: "permission_visitor",
        413: "too_large",
        500: "upstream_failed",
    },
    "operator": {
        401: "token_invalid_operator",
        402: "credits_operator",
        403: "permission_operator",
        413: "too_large",
        500: "upstream_failed",
    },
}


class NotServed(Exception):
    """Nobody serves the model for the task."""


@dataclass(frozen=True, slots=True)
class UpstreamCall:
    """What is being asked of whom.

    Args:
        model: The model or endpoint, as it may be shown.
        payer: Whose token goes along.
        seconds: Until when it must be done, retries included.
        report: Told while the call waits.
    """

    model: str
    payer: Payer
    seconds: float
    report: Report = ignore_progress


async def ask(call: Callable[[], Awaitable[T]], upstream: UpstreamCall) -> T:
    """Make a call; again, at most twice, where the fault is one that passes.

    Raises:
        NotServed: The model isn't served.
        Problem: Anything else that went wrong, in a sentence.
    """

    async def attempt() -> T:  # tenacity tells coroutine functions from others by their make
        return await call()

    retrying = AsyncRetrying(
        retry=retry_if_exception(_passes),
        stop=stop_after_attempt(ATTEMPTS) | stop_before_delay(upstream.seconds),
        wait=_wait,
        before_sleep=lambda state: upstream.report(_waiting(state, upstream)),
        reraise=True,
    )
    try:
        async with asyncio.timeout(upstream.seconds):
            return await retrying(attempt)
    except (Problem, NotServed):
        raise
    except Exception as error:
        log.warning("%s: %s", upstream.model, _cause(error))
        raise _problem(error, upstream) from error


def _passes(error: BaseException) -> bool:
    """Whether the same call may well succeed a little later."""
    if isinstance(error, HfHubHTTPError):
        return error.response.status_code in _PASSING
    return isinstance(error, _DROPPED)


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    told = _told_wait(error)
    return _jittered(state) if told is None else told


def _told_wait(error: BaseException | None) -> float | None:
    """Seconds that the server asks to wait, None where it doesn't say."""
    if not isinstance(error, HfHubHTTPError):
        return None
    headers = error.response.headers
    if (after := _seconds(headers.get("retry-after", ""))) is not None:
        return after
    rate = parse_ratelimit_headers(headers)
    if rate and rate.remaining == 0:
        return float(rate.reset_in_seconds)
    return _estimated(error)


def _seconds(retry_after: str) -> float | None:
    """A Retry-After header, seconds or a date, in seconds from now."""
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except ValueError:
        return None


def _estimated(error: HfHubHTTPError) -> float | None:
    """The `estimated_time` of a model that is being loaded."""
    try:
        body = error.response.json()
    except (ValueError, httpx2.ResponseNotRead):
        return None
    estimate = body.get("estimated_time") if isinstance(body, dict) else None
    return float(estimate) if isinstance(estimate, int | float) and estimate >= 0 else None


def _waiting(state: RetryCallState, upstream: UpstreamCall) -> Message:
    error = state.outcome.exception() if state.outcome else None
    loading = isinstance(error, HfHubHTTPError) and _estimated(error) is not None
    name = "report.loading" if loading else "report.waiting"
    return message(name, model=upstream.model, wait=duration(state.upcoming_sleep))


def _problem(error: Exception, upstream: UpstreamCall) -> Exception:
    """What to tell a person about whatever an upstream call raised."""
    values = {"model": upstream.model}
    if isinstance(error, HfHubHTTPError):
        return _status_problem(error, upstream)
    if isinstance(error, TimeoutError | httpx2.TimeoutException):
        return EngineProblem("timed_out", seconds=f"{upstream.seconds:g}", **values)
    if isinstance(error, httpx2.TransportError | OfflineModeIsEnabled):
        return EngineProblem("unreachable", **values)
    broken = OSError | TooSmall | SyntaxError | Image.DecompressionBombError
    return EngineProblem("broken_picture" if isinstance(error, broken) else "odd_answer", **values)


def _status_problem(error: HfHubHTTPError, upstream: UpstreamCall) -> Exception:
    named = _NAMES[upstream.payer.who]
    status = error.response.status_code
    values = {"model": upstream.model, "link": TOKEN_PAGE}
    if status in (404, 410) or "model_not_supported" in error.response.text:
        return NotServed(upstream.model)
    if status in named:
        return EngineProblem(named[status], **values)
    if status in (429, 503):
        wait = _told_wait(error)
        name = "busy" if status == 429 else "loading" if wait is not None else "upstream_down"
        return EngineProblem(name, **values, wait=duration(60 if wait is None else wait))
    if status < 500:
        return EngineProblem("refused_request", **values, said=_said(error))
    return EngineProblem("upstream_down", **values)


def _said(error: HfHubHTTPError) -> str:
    """The server's own complaint, as it may be shown; a page of HTML is none."""
    said = shown(error.server_message or "")
    return said if said and not said.startswith("<") else f"HTTP {error.response.status_code}"


def _cause(error: Exception) -> str:
    """The cause for the log: never the text of an error, which may hold an address or a token."""
    status = f" {error.response.status_code}" if isinstance(error, HfHubHTTPError) else ""
    return f"{type(error).__name__}{status}"
