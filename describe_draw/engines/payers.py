"""Whose Hub token pays for a call, and how often a visitor may call on the operator's."""

import time
from dataclasses import dataclass, field
from typing import Literal

from huggingface_hub import get_token
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from describe_draw.engines.base import Caller
from describe_draw.problems import Problem
from describe_draw.settings import HUB_TOKEN, Settings
from describe_draw.texts import duration


@dataclass(frozen=True, slots=True)
class Payer:
    """A Hub token and whose it is."""

    who: Literal["visitor", "operator"]
    token: str = field(repr=False)


class Payers:
    """Decides who pays.

    Args:
        settings: The operator's token, whether visitors share it, and how often.
    """

    def __init__(self, settings: Settings) -> None:
        token = _operator_token(settings)
        shared = settings.share_token or settings.system != "spaces"
        self.operator = Payer("operator", token) if token and shared else None
        self._limit: RateLimitItem | None = (
            parse(settings.visitor_limit) if settings.visitor_limit else None
        )
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def of(self, caller: Caller) -> Payer | None:
        """The visitor where they brought a token, else the operator; None where neither can."""
        own = _visitor_token(caller)
        return Payer("visitor", own) if own else self.operator

    def charge(self, caller: Caller) -> None:
        """Count a call on the operator's token; who brings a token of their own has no limit.

        Raises:
            Problem: The visitor has called too often, and when to come back.
        """
        if self._limit is None or _visitor_token(caller):
            return
        if not self._limiter.hit(self._limit, caller.address):
            free_at = self._limiter.get_window_stats(self._limit, caller.address).reset_time
            raise Problem("visitor_limit", wait=duration(free_at - time.time()))


def _operator_token(settings: Settings) -> str | None:
    """The token from the settings, else the one that `hf auth login` left."""
    if settings.hf_token:
        return settings.hf_token.get_secret_value()
    left = (get_token() or "").strip()
    return left if HUB_TOKEN.fullmatch(left) else None


def _visitor_token(caller: Caller) -> str | None:
    """The visitor's own token; what Gradio makes up off Spaces is none."""
    own = (caller.token or "").strip()
    return own if HUB_TOKEN.fullmatch(own) else None
