"""What people are told where a model API fails: each sentence names the setting to look at."""

import base64
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from describe_draw.engines.calling.complaints import shown
from describe_draw.engines.calling.failures import Kind, Refusal, kind
from describe_draw.engines.calling.upstream import UpstreamCall
from describe_draw.engines.model_api.api import Api
from describe_draw.problems import EngineProblem
from describe_draw.texts import Message

_NAMES: dict[Kind, str] = {
    "timed_out": "api_timed_out",
    "unreachable": "api_unreachable",
    "broke_off": "api_broke_off",
    "broken_picture": "api_broken_picture",
    "empty_answer": "api_empty",
    "not_words": "api_not_words",
    "odd_answer": "api_odd_answer",
}


class ApiProblem(EngineProblem):
    """A model API failed: the sentence names the setting to look at."""

    def __init__(self, name: str, api: Api, **values: object) -> None:
        super().__init__(name, "", setting=api.setting, model=api.told, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiCall(UpstreamCall):
    """What is asked of a model API."""

    api: Api

    @property
    def told(self) -> str | Message:
        """The API in a sentence."""
        return self.api.told

    def problem(self, error: Exception) -> ApiProblem:
        """What to tell a person about whatever the call raised."""
        if isinstance(error, Refusal):
            return _refused(error, self.api)
        return ApiProblem(_NAMES[kind(error)], self.api, seconds=f"{self.seconds:g}")


def _refused(refusal: Refusal, api: Api) -> ApiProblem:
    status = refusal.status
    complaint = without_token(refusal.complaint, api) or f"HTTP {status}"
    if status in (401, 403, 407):
        return ApiProblem("api_token", api, said=complaint)
    if status in (404, 405, 410):
        return ApiProblem("api_not_found", api, said=complaint)
    if status in (429, 503):
        return ApiProblem("api_busy", api, said=complaint)
    return ApiProblem("api_failed" if status >= 500 else "api_refused", api, said=complaint)


def without_token(complaint: str, api: Api) -> str:
    """A complaint as it may be shown, without the token, password or path that it may repeat."""
    complaint = complaint.replace(api.model or api.name, api.name)
    return shown(complaint, api.authorization.removeprefix("Bearer "), *_password(api))


def _password(api: Api) -> tuple[str, ...]:
    """The password in an address, as it stands there, as it is meant, and as it is sent."""
    address = urlsplit(api.url)
    user, password = address.username or "", address.password or ""
    meant = f"{unquote(user)}:{unquote(password)}"
    sent = base64.b64encode(meant.encode()).decode()
    return (password, unquote(password), sent) if password else ()
