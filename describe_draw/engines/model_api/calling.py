"""One call of a model API: within its host, its deadline and its size, and told plainly."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx2
from huggingface_hub import hf_raise_for_status
from huggingface_hub.errors import HfHubHTTPError
from PIL import Image

from describe_draw.engines.calling.complaints import shown
from describe_draw.engines.calling.upstream import NotServed, UpstreamCall, ask
from describe_draw.engines.model_api.answers import PathMissing, find, said
from describe_draw.engines.model_api.api import Api
from describe_draw.engines.payers import Payer
from describe_draw.pictures import TooSmall
from describe_draw.problems import EngineProblem
from describe_draw.reports import Report
from describe_draw.texts import listed

T = TypeVar("T")

CONNECT_SECONDS = 10
REDIRECTS = 5
MAX_ANSWER = 64 * 1024 * 1024
STREAMS = ("text/event-stream", "application/x-ndjson", "application/jsonl")


class ApiProblem(EngineProblem):
    """A model API failed: the sentence names the setting to look at."""

    def __init__(self, name: str, api: Api, **values: object) -> None:
        super().__init__(name, "", setting=api.setting, model=api.name, **values)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    kind: str
    body: bytes


class Line:
    """The connections to all model APIs.

    Args:
        seconds: How long one call may take, retries included.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._client: httpx2.AsyncClient | None = None

    async def call(self, api: Api, doing: Callable[[], Awaitable[T]], report: Report) -> T:
        """Do what takes one or more requests; once more where the fault is one that passes.

        Raises:
            ApiProblem: What went wrong.
        """
        upstream = UpstreamCall(api.name, Payer("operator", ""), self._seconds, report)
        try:
            return await ask(doing, upstream)
        except ApiProblem:
            raise
        except (EngineProblem, NotServed) as problem:
            cause = problem.__cause__ or problem
            raise self._problem(cause, api) from cause

    async def send(self, api: Api, request: dict[str, Any]) -> Answer:
        """Ask, and take the whole answer."""
        response = await self._open(api, request)
        try:
            return Answer(_kind(response), await _read(response, api))
        finally:
            await response.aclose()

    async def fetch(self, api: Api, address: str) -> bytes:
        """What is at an address that an answer named, on the API's own host.

        Raises:
            ApiProblem: It is on another one.
        """
        url = httpx2.URL(api.url).join(address)
        _stay(api, url)
        same_origin = (url.scheme, url.port) == (_url(api).scheme, _url(api).port)
        headers = _headers(api) if same_origin else {}
        response = await self._follow(api, self._http.build_request("GET", url, headers=headers))
        try:
            return await _read(response, api)
        finally:
            await response.aclose()

    async def stream(
        self, api: Api, request: dict[str, Any], report: Report
    ) -> AsyncGenerator[Answer | str, None]:
        """Ask, and take the answer piece by piece where the API streams, else whole."""

        async def opened() -> httpx2.Response:
            return await self._open(api, request)

        deadline = asyncio.get_running_loop().time() + self._seconds
        response = await self.call(api, opened, report)
        try:
            if _kind(response) not in STREAMS:
                async with asyncio.timeout_at(deadline):
                    body = await _read(response, api)
                yield Answer(_kind(response), body)
                return
            lines = response.aiter_lines()
            while True:  # no timeout may stay open while somebody else has the turn
                async with asyncio.timeout_at(deadline):
                    line = await anext(lines, None)
                if line is None:
                    return
                if text := _piece(line, api):
                    yield text
        except (httpx2.HTTPError, TimeoutError, ValueError) as error:
            raise self._problem(error, api) from error
        finally:
            await response.aclose()

    async def close(self) -> None:
        """Close every connection."""
        if self._client:
            await self._client.aclose()

    @property
    def _http(self) -> httpx2.AsyncClient:
        """Plain HTTP: the Hub's client would send the Hub's token along."""
        if self._client is None:
            timeout = httpx2.Timeout(self._seconds, connect=min(CONNECT_SECONDS, self._seconds))
            limits = httpx2.Limits(max_connections=None, max_keepalive_connections=20)
            self._client = httpx2.AsyncClient(timeout=timeout, limits=limits)
        return self._client

    async def _open(self, api: Api, request: dict[str, Any]) -> httpx2.Response:
        built = self._http.build_request(api.method, api.url, headers=_headers(api), **request)
        return await self._follow(api, built)

    async def _follow(self, api: Api, request: httpx2.Request) -> httpx2.Response:
        """Send a request, and go where its answers lead, as long as that is the same host."""
        for _ in range(REDIRECTS):
            response = await self._http.send(request, stream=True)
            if response.next_request is None:
                break
            await response.aclose()
            request = response.next_request
            _stay(api, request.url)
        else:
            raise ApiProblem("api_elsewhere", api)
        if response.is_success:
            return response
        try:
            body = await _read(response, api)
        finally:
            await response.aclose()
        raise _refusal(response, body, api)

    def _problem(self, error: BaseException, api: Api) -> ApiProblem:
        """What to tell a person about whatever a call raised."""
        if isinstance(error, ApiProblem):
            return error
        if isinstance(error, HfHubHTTPError):
            return _status_problem(error, api)
        if isinstance(error, TimeoutError | httpx2.TimeoutException):
            return ApiProblem("api_timed_out", api, seconds=f"{self._seconds:g}")
        if isinstance(error, httpx2.HTTPError | httpx2.InvalidURL):
            return ApiProblem("api_unreachable", api)
        broken = OSError | TooSmall | SyntaxError | Image.DecompressionBombError | ValueError
        if isinstance(error, broken):
            return ApiProblem("api_broken_picture", api)
        return ApiProblem("api_failed", api, said=type(error).__name__)


def parsed(answer: Answer, api: Api) -> Any:
    """The part of a JSON answer that was asked for.

    Raises:
        ApiProblem: It is no JSON, or has no such part.
    """
    try:
        whole = json.loads(answer.body)
    except ValueError:
        raise ApiProblem("api_not_json", api, kind=answer.kind or "?") from None
    return _part(whole, api.response, api)


def _part(whole: Any, path: str, api: Api) -> Any:
    try:
        return find(whole, path)
    except PathMissing as missing:
        if complaint := said(json.dumps(whole).encode()):
            raise ApiProblem("api_failed", api, said=_shown(complaint, api)) from None
        keys = listed(missing.keys) or "–"
        raise ApiProblem("api_path_missing", api, path=path, keys=keys) from None


def _piece(line: str, api: Api) -> str:
    """The text in one line of a stream: JSON by itself, or an event's data."""
    data = line.removeprefix("data:").strip()
    if not data.startswith("{"):  # an event's name, a comment, [DONE], the line between events
        return ""
    piece = json.loads(data)
    try:
        text = find(piece, api.piece)
    except PathMissing:
        if complaint := said(data.encode()):
            raise ApiProblem("api_failed", api, said=_shown(complaint, api)) from None
        return ""  # the last piece often counts tokens and says nothing
    return text if isinstance(text, str) else ""


async def _read(response: httpx2.Response, api: Api) -> bytes:
    """The body, at most so much."""
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > MAX_ANSWER:
            raise ApiProblem("api_too_long", api, limit=MAX_ANSWER // 1024**2)
    return bytes(body)


def _refusal(response: httpx2.Response, body: bytes, api: Api) -> Exception:
    """An answer that is none, in the form by which `ask` knows what is worth another try."""
    headers = {n: v for n, v in response.headers.items() if n.lower() == "retry-after"}
    refusal = httpx2.Response(
        response.status_code, headers=headers, content=body, request=response.request
    )
    try:
        hf_raise_for_status(refusal)
    except HfHubHTTPError as error:
        return error
    return ApiProblem("api_refused", api, said=f"HTTP {response.status_code}")


def _status_problem(error: HfHubHTTPError, api: Api) -> ApiProblem:
    status = error.response.status_code
    complaint = _shown(said(error.response.content) or f"HTTP {status}", api)
    if status in (401, 403, 407):
        return ApiProblem("api_token", api, said=complaint)
    if status in (404, 405, 410):
        return ApiProblem("api_not_found", api, said=complaint)
    if status in (429, 503):
        return ApiProblem("api_busy", api, said=complaint)
    return ApiProblem("api_failed" if status >= 500 else "api_refused", api, said=complaint)


def _shown(complaint: str, api: Api) -> str:
    """A complaint without the token that it may repeat."""
    return shown(complaint, api.authorization.removeprefix("Bearer "))


def _headers(api: Api) -> dict[str, str]:
    return {"authorization": api.authorization} if api.authorization else {}


def _kind(response: httpx2.Response) -> str:
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _url(api: Api) -> httpx2.URL:
    return httpx2.URL(api.url)


def _stay(api: Api, url: httpx2.URL) -> None:
    """Refuse to leave the host that the operator named."""
    if url.scheme not in ("http", "https") or url.host != _url(api).host:
        raise ApiProblem("api_elsewhere", api)
