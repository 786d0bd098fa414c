"""How a call of a service fails, whichever service and library it went through."""

import json
from collections.abc import Mapping
from typing import Any, Literal

import httpx2

from describe_draw.engines.calling.complaints import LOOKED_AT, said
from describe_draw.engines.calling.waits import estimated, told_wait

Kind = Literal[
    "timed_out",
    "unreachable",
    "broke_off",
    "broken_picture",
    "empty_answer",
    "not_words",
    "odd_answer",
]

_PASSING = {429, 502, 503, 504}
_LONGEST_CODE = 100


class NotServed(Exception):
    """Nobody serves the model for the task."""


class BrokenPicture(Exception):
    """What came as a picture can't be decoded."""


class BrokeOff(Exception):
    """The answer ended before its end."""


class EmptyAnswer(Exception):
    """The answer says nothing."""


class NotWords(Exception):
    """What came as a text is data, e.g. a picture in Base64."""


class Refusal(Exception):
    """An answer whose status says that it is none.

    Args:
        status: The HTTP status.
        wait: Seconds after which to ask again, None where the service doesn't say.
        is_loading: Whether a model is being loaded meanwhile.
        complaint: The service's own words, not yet to be shown; empty where it has none.
        code: The service's name for the error, e.g. `model_not_supported`; empty without one.
        is_late: Whether the call itself had been taken: this came while its answer was fetched.
    """

    def __init__(
        self,
        status: int,
        *,
        wait: float | None = None,
        is_loading: bool = False,
        complaint: str = "",
        code: str = "",
        is_late: bool = False,
    ) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status
        self.wait = wait
        self.is_loading = is_loading
        self.complaint = complaint
        self.code = code
        self.is_late = is_late

    @property
    def is_passing(self) -> bool:
        """Whether the same call may well succeed a little later."""
        return self.status in _PASSING

    @property
    def is_turned_away(self) -> bool:
        """Whether nothing was done, and so nothing is billed."""
        is_busy = self.status == 429 or (self.status == 503 and self.wait is not None)
        return is_busy and not self.is_late


def refusal(status: int, headers: Mapping[str, str], content: bytes) -> Refusal:
    """What a status, headers with lower-case names, and a body say of a failed call."""
    body = parsed(content)
    return Refusal(
        status,
        wait=told_wait(headers, body),
        is_loading=estimated(body) is not None,
        complaint=_complaint(headers, body, content),
        code=_code(body),
    )


def check(response: httpx2.Response) -> None:
    """Raises: Refusal where a whole answer's status says that it is none."""
    if response.is_error:
        raise refusal(response.status_code, response.headers, response.content)


def kind(error: BaseException) -> Kind:
    """What went wrong, of whatever a call raised that is no refusal."""
    named: dict[type[Exception], Kind] = {
        BrokenPicture: "broken_picture",
        BrokeOff: "broke_off",
        EmptyAnswer: "empty_answer",
        NotWords: "not_words",
        TimeoutError: "timed_out",
        httpx2.TimeoutException: "timed_out",
        httpx2.TransportError: "unreachable",
        ConnectionError: "unreachable",
    }
    return next((name for cause, name in named.items() if isinstance(error, cause)), "odd_answer")


def parsed(content: bytes) -> Any:
    """A body's JSON, None where it is none."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _complaint(headers: Mapping[str, str], body: Any, content: bytes) -> str:
    """In JSON, or in a body that says of itself that it is plain text."""
    if isinstance(body, str):
        return body[:LOOKED_AT].strip()
    is_text = headers.get("content-type", "").startswith("text/plain")
    if body is None and is_text:
        return content[:LOOKED_AT].decode(errors="replace").strip()
    return said(body)


def _code(body: Any) -> str:
    """The error's code: `{"error": {"code": …}}`, or `{"code": …}`; never one from its words."""
    if not isinstance(body, dict):
        return ""
    inner = body.get("error")
    code = (inner if isinstance(inner, dict) else body).get("code")
    return code[:_LONGEST_CODE] if isinstance(code, str) else ""
