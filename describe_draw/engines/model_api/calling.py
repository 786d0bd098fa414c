"""One call of a model API: within its host, its deadline and its size, and told plainly."""

import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx2

from describe_draw.engines.calling.complaints import said
from describe_draw.engines.calling.failures import EmptyAnswer, NotWords, refusal
from describe_draw.engines.calling.model_text import words
from describe_draw.engines.calling.streams import Pieces, written
from describe_draw.engines.calling.upstream import as_problem, ask
from describe_draw.engines.model_api.answers import PathMissing, find
from describe_draw.engines.model_api.api import Api
from describe_draw.engines.model_api.problems import ApiCall, ApiProblem, without_token
from describe_draw.reports import Report, ignore_progress
from describe_draw.texts import listed

T = TypeVar("T")

CONNECT_SECONDS = 10
REDIRECTS = 5
MAX_ANSWER = 64 * 1024 * 1024
MAX_LINE = 1024 * 1024
STREAMS = ("text/event-stream", "application/x-ndjson", "application/jsonl")


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
        return await ask(doing, self._upstream(api, report))

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

    async def write(self, api: Api, request: dict[str, Any], report: Report) -> Pieces:
        """Ask, and take the text piece by piece where the API streams, else whole.

        Raises:
            ApiProblem: What went wrong; what was written stays.
        """
        upstream = self._upstream(api, report)
        async with aclosing(written(lambda: self._pieces(api, request), upstream)) as pieces:
            async for piece in pieces:
                yield piece

    def words(self, api: Api, text: str) -> str:
        """A text that is one.

        Raises:
            ApiProblem: It is empty, or data.
        """
        try:
            if not text:
                raise EmptyAnswer
            return words(text)
        except (EmptyAnswer, NotWords) as error:
            raise as_problem(error, self._upstream(api, ignore_progress)) from error

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

    def _upstream(self, api: Api, report: Report) -> ApiCall:
        return ApiCall(model=api.name, seconds=self._seconds, report=report, api=api)

    async def _pieces(self, api: Api, request: dict[str, Any]) -> Pieces:
        response = await self._open(api, request)
        try:
            if (kind := _kind(response)) in STREAMS:
                async for line in _lines(response, api):
                    if piece := _piece(line, api):
                        yield piece
            else:
                yield text_of(Answer(kind, await _read(response, api)), api)
        finally:
            await response.aclose()

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
        raise refusal(response.status_code, response.headers, body)


def parsed(answer: Answer, api: Api) -> Any:
    """The part of a JSON answer that was asked for.

    Raises:
        ApiProblem: It is no JSON, or has no such part.
    """
    try:
        whole = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise ApiProblem("api_not_json", api, kind=answer.kind or "?") from None
    return _part(whole, api.response, api)


def text_of(answer: Answer, api: Api) -> str:
    """The text in a JSON answer.

    Raises:
        ApiProblem: There is none.
    """
    text = parsed(answer, api)
    if text is None:  # as from models that spent all on their thought
        raise ApiProblem("api_empty", api)
    if not isinstance(text, str):
        raise ApiProblem("api_no_text", api, path=api.response)
    return text


def _part(whole: Any, path: str, api: Api) -> Any:
    try:
        return find(whole, path)
    except PathMissing as missing:
        _raise_complaint(whole, api)
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
        _raise_complaint(piece, api)
        return ""  # the last piece often counts tokens and says nothing
    return text if isinstance(text, str) else ""


async def _lines(response: httpx2.Response, api: Api) -> AsyncGenerator[str, None]:
    """The lines of a stream; httpx2's own end at signs, too, that texts may hold."""
    rest, left = b"", MAX_ANSWER
    async for chunk in response.aiter_bytes():
        left -= len(chunk)
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line.decode(errors="replace")
        if left < 0 or len(rest) > MAX_LINE:
            limit = MAX_ANSWER if left < 0 else MAX_LINE
            raise ApiProblem("api_too_long", api, limit=limit // 1024**2)
    yield rest.decode(errors="replace")


async def _read(response: httpx2.Response, api: Api) -> bytes:
    """The body, at most so much."""
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > MAX_ANSWER:
            raise ApiProblem("api_too_long", api, limit=MAX_ANSWER // 1024**2)
    return bytes(body)


def _raise_complaint(answer: Any, api: Api) -> None:
    """Raises: ApiProblem where an answer of status 200 is a complaint."""
    if complaint := said(answer):
        raise ApiProblem("api_failed", api, said=without_token(complaint, api)) from None


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
