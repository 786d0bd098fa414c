"""Who a request comes from, whose token it brings, and the language to answer in."""

from dataclasses import dataclass

import gradio as gr

from describe_draw.access import Caller
from describe_draw.borrowed.sign_in import account, has_expired
from describe_draw.gate.visitors import token_of, visitor_of
from describe_draw.problems import Problem
from describe_draw.settings import HUB_TOKEN
from describe_draw.texts import message, preferred

Token = gr.OAuthToken | None
"""The visitor's own Hub token: of who signed in, or passed by the caller."""

MOCK = "mock-oauth-token-for-local-dev"
"""What Gradio makes up where nobody can sign in."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: who asks, the language to answer in, and what is wrong with the request."""

    caller: Caller
    language: str
    problem: Problem | None = None

    def say(self, key: str, **values: object) -> str:
        return message(key, **values).say(self.language)

    def check(self) -> None:
        """Raises: Problem where something is wrong with the request."""
        if self.problem:
            raise self.problem


def visit_of(request: gr.Request, token: Token = None) -> Visit:
    """Who asks: an account where somebody signed in on the page, else an address.

    Args:
        request: The request.
        token: The one that Gradio found, in the session or in the call.
    """
    headers = request.headers or {}
    peer = request.client.host if request.client else ""
    own = token.token if token else token_of(headers)
    if not own or own == MOCK:
        own = None
    is_odd = own is not None and not HUB_TOKEN.fullmatch(own)
    caller = Caller(
        token=None if is_odd else own,
        session=request.session_hash or "",
        address=account(request) or visitor_of(headers, peer),
        signed_out=own is None and has_expired.get(),
    )
    problem = Problem("token_invalid_visitor") if is_odd else None
    return Visit(caller, preferred(headers.get("accept-language")), problem)
