"""Who calls, whose token pays, and how often the operator pays: decided before any engine runs."""

import time
from dataclasses import dataclass, field
from typing import Literal

from huggingface_hub import get_token
from limits import RateLimitItem, parse
from limits.strategies import MovingWindowRateLimiter

from describe_draw.borrowed.limits import Storage
from describe_draw.problems import Problem
from describe_draw.settings import HUB_TOKEN, Settings
from describe_draw.texts import Message, duration

TOKEN_PAGE = (
    "https://huggingface.co/settings/tokens/new"
    "?ownUserPermissions=inference.serverless.write&tokenType=fineGrained"
)
"""Where a token with the one permission that is needed is made, already filled in."""

Who = Literal["visitor", "operator", "nobody"]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks.

    Args:
        token: The visitor's own Hub token, None without one.
        session: The page's or client's session, empty for plain REST.
        address: The visitor's account or network address, to tell visitors apart.
        signed_out: Whether they had signed in, and that has expired.
    """

    token: str | None = field(default=None, repr=False)
    session: str = ""
    address: str = ""
    signed_out: bool = False


ANONYMOUS = Caller()


@dataclass(frozen=True, slots=True)
class Payer:
    """A Hub token and whose it is."""

    who: Literal["visitor", "operator"]
    token: str = field(repr=False)


class Access:
    """Decides who pays.

    Args:
        settings: The operator's token, whether visitors share it, and how often.

    Attributes:
        operator: Who pays for those who bring no token, None where nobody does.
        is_withheld: Whether the operator has a token that isn't for visitors.
    """

    def __init__(self, settings: Settings) -> None:
        token = _operator_token(settings)
        self.is_withheld = bool(token) and settings.system == "spaces" and not settings.share_token
        self.operator = Payer("operator", token) if token and not self.is_withheld else None
        self._operator_pushes = settings.operator_pushes
        self._limit: RateLimitItem | None = (
            parse(settings.visitor_limit) if settings.visitor_limit else None
        )
        self._limiter = MovingWindowRateLimiter(Storage())

    def payer(self, caller: Caller) -> Payer | None:
        """The visitor where they brought a token, else the operator; None where neither can."""
        own = (caller.token or "").strip()
        return Payer("visitor", own) if HUB_TOKEN.fullmatch(own) else self.operator

    def publisher(self, caller: Caller) -> Payer | None:
        """Whose repositories are made: the visitor's own, or the operator's where they let it."""
        payer = self.payer(caller)
        return payer if payer and (payer.who == "visitor" or self._operator_pushes) else None

    def charge(self, caller: Caller, who: Who) -> None:
        """Count an answer that the operator pays for; any other costs nobody here.

        Raises:
            Problem: The visitor's sign-in has expired, so that they don't mean the operator to pay;
                or they have called too often, and when to come back.
        """
        if who != "operator":
            return
        if caller.signed_out:
            raise Problem("signed_out")
        if self._limit and not self._limiter.hit(self._limit, caller.address):
            free_at = self._limiter.get_window_stats(self._limit, caller.address).reset_time
            raise Problem("visitor_limit", wait=duration(free_at - time.time()))

    def need(self, caller: Caller) -> Payer:
        """As `payer`.

        Raises:
            Problem: Nobody pays, and what to do about it.
        """
        if payer := self.payer(caller):
            return payer
        raise self._lack(caller) or Problem("no_token", link=TOKEN_PAGE)

    def lacking(self, caller: Caller, otherwise: Message) -> Message:
        """What keeps a caller without a token from the Hub's models.

        Args:
            caller: Who.
            otherwise: What to say where no token is to be had.
        """
        lack = self._lack(caller)
        return lack.message if lack else otherwise

    def _lack(self, caller: Caller) -> Problem | None:
        """Why a caller has no use of the token that is there."""
        if caller.signed_out:
            return Problem("signed_out")
        return Problem("not_shared") if self.is_withheld else None


def _operator_token(settings: Settings) -> str | None:
    """The token from the settings, else the one that `hf auth login` left."""
    if settings.hf_token:
        return settings.hf_token.get_secret_value()
    left = (get_token() or "").strip()
    return left if HUB_TOKEN.fullmatch(left) else None
