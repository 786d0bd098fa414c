"""What Gradio knows of who signed in on the page."""

import time
from contextvars import ContextVar
from typing import Any

has_expired: ContextVar[bool] = ContextVar("has_expired", default=False)
"""Whether the running call's visitor had signed in, and that has expired."""


def note_expiry(request: Any) -> None:
    """Remember for the running call what Gradio forgets before it comes to a handler."""
    until = _signed_in(request).get("expires_at")
    has_expired.set(until is not None and until < time.time())


def account(request: Any) -> str:
    """The account that signed in on the page; what callers pass along proves nothing."""
    user = _signed_in(request).get("userinfo", {})
    name = user.get("sub") or user.get("preferred_username")
    return f"account {name}" if name else ""


def account_name(request: Any) -> str:
    """The name of that account, as people read it; empty without one."""
    return str(_signed_in(request).get("userinfo", {}).get("preferred_username") or "")


def _signed_in(request: Any) -> dict[str, Any]:
    """The sign-in in a request's session, as Gradio keeps it; empty without one."""
    scope = getattr(getattr(request, "request", None), "scope", None) or {}
    signed_in: dict[str, Any] = scope.get("session", {}).get("oauth_info") or {}
    return signed_in
