"""One upstream call: within a deadline, again where that helps, and told plainly if it fails."""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import httpx2
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
    wait_random_exponential,
)

from describe_draw.engines.calling.failures import NotServed, Refusal
from describe_draw.problems import Problem
from describe_draw.reports import Report, ignore_progress
from describe_draw.texts import Message, duration, message

log = logging.getLogger(__name__)
T = TypeVar("T")

ATTEMPTS = 3
_DROPPED = (httpx2.NetworkError, httpx2.RemoteProtocolError, httpx2.ConnectTimeout)
_UNSENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.WriteError)
_jittered = wait_random_exponential(multiplier=0.5, max=8)


@dataclass(slots=True)
class Billing:
    """What is known of a call that is billed for each request, whether its answer arrives or not.

    Args:
        lost: How many requests were sent whole, and their answers lost.
    """

    lost: int = 0

    @property
    def was_asked_twice(self) -> bool:
        """Whether an answer that came was not the first that may be billed."""
        return self.lost > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UpstreamCall(ABC):
    """What is being asked; each kind of service tells in its own words what went wrong.

    Args:
        model: The model or endpoint, as it may be shown.
        seconds: Until when it must be done, retries included.
        report: Told while the call waits.
        billing: Counts what may be billed, None where requests cost nothing each.
    """

    model: str
    seconds: float
    report: Report = ignore_progress
    billing: Billing | None = None

    @property
    def told(self) -> str | Message:
        """The model in a sentence."""
        return self.model

    @abstractmethod
    def problem(self, error: Exception) -> Exception:
        """What to tell a person about whatever the call raised: a Problem, or NotServed."""


async def ask(call: Callable[[], Awaitable[T]], upstream: UpstreamCall) -> T:
    """Make a call; again, at most twice, where the fault is one that passes.

    What may be billed each time is asked for only once more where an answer was lost.

    Raises:
        NotServed: The model isn't served.
        Problem: Anything else that went wrong, in a sentence.
    """

    async def attempt() -> T:  # tenacity tells coroutine functions from others by their make
        return await call()

    retrying = AsyncRetrying(
        retry=retry_if_exception(lambda error: _is_worth_another(error, upstream.billing)),
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
        raise as_problem(error, upstream) from error


def as_problem(error: Exception, upstream: UpstreamCall) -> Exception:
    """What to tell a person about whatever a call raised; the log gets the cause.

    Never the text of an error: it may hold an address or a token.
    """
    status = f" {error.status}" if isinstance(error, Refusal) else ""
    log.warning("%s: %s%s", upstream.model, type(error).__name__, status)
    return upstream.problem(error)


def _is_worth_another(error: BaseException, billing: Billing | None) -> bool:
    """Whether the same call may well succeed a little later, and its price is no reason not to."""
    passes = error.is_passing if isinstance(error, Refusal) else isinstance(error, _DROPPED)
    if not passes or billing is None or not _may_be_billed(error):
        return passes
    billing.lost += 1
    return billing.lost == 1


def _may_be_billed(error: BaseException) -> bool:
    """Whether the request was sent whole, or its answer was already being fetched."""
    if isinstance(error, Refusal):
        return not error.is_turned_away
    return not isinstance(error, _UNSENT) or error.request.method == "GET"


def _wait(state: RetryCallState) -> float:
    refused = _refusal(state)
    return _jittered(state) if refused is None or refused.wait is None else refused.wait


def _waiting(state: RetryCallState, upstream: UpstreamCall) -> Message:
    refused = _refusal(state)
    if refused is None:
        name = "report.unreachable"
    else:
        name = "report.loading" if refused.is_loading else "report.waiting"
    return message(name, model=upstream.told, wait=duration(state.upcoming_sleep))


def _refusal(state: RetryCallState) -> Refusal | None:
    error = state.outcome.exception() if state.outcome else None
    return error if isinstance(error, Refusal) else None
