"""One call on a Hub token, and what people are told where it fails."""

from dataclasses import dataclass

from describe_draw.access import TOKEN_PAGE, Payer
from describe_draw.engines.calling.complaints import shown
from describe_draw.engines.calling.failures import NotServed, Refusal, kind
from describe_draw.engines.calling.upstream import UpstreamCall
from describe_draw.problems import EngineProblem
from describe_draw.texts import duration

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
_NOT_SERVED = "model_not_supported"
"""The router's code for a model that no provider serves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HubCall(UpstreamCall):
    """What is asked of the Hub, or of an endpoint on it.

    Args:
        payer: Whose token goes along.
    """

    payer: Payer

    def problem(self, error: Exception) -> Exception:
        """What to tell a person about whatever the call raised: a Problem, or NotServed."""
        if isinstance(error, Refusal):
            return self._refused(error)
        return EngineProblem(kind(error), model=self.model, seconds=f"{self.seconds:g}")

    def _refused(self, refusal: Refusal) -> Exception:
        named = _NAMES[self.payer.who]
        status, wait = refusal.status, refusal.wait
        values = {"model": self.model, "link": TOKEN_PAGE}
        is_missing = status in (404, 410) and not refusal.is_late
        if is_missing or refusal.code == _NOT_SERVED:
            return NotServed(self.model)
        if status in named:
            return EngineProblem(named[status], **values)
        if status in (429, 503):
            name = "busy" if status == 429 else "loading" if wait is not None else "upstream_down"
            return EngineProblem(name, **values, wait=duration(60 if wait is None else wait))
        if status < 500:
            return EngineProblem("refused_request", **values, said=_said(refusal))
        return EngineProblem("upstream_down", **values)


def _said(refusal: Refusal) -> str:
    """The server's own complaint, as it may be shown; a page of HTML is none."""
    said = shown(refusal.complaint)
    return said if said and not said.startswith("<") else f"HTTP {refusal.status}"
