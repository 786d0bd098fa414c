"""What the Hub's library raises, told in the terms of all engines that call out."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
from huggingface_hub.errors import HfHubHTTPError, TextGenerationError

from describe_draw.engines.calling.complaints import said
from describe_draw.engines.calling.failures import EmptyAnswer, Refusal, refusal


@contextmanager
def translated() -> Iterator[None]:
    """Raises: Refusal or EmptyAnswer in the place of the library's own errors; others stay."""
    try:
        yield
    except Exception as error:
        if (refused := _refusal(error)) is None:
            raise
        raise refused from error


def _refusal(error: Exception) -> Exception | None:
    if type(error) is TimeoutError:  # at once, where replicate's answer has no output
        return EmptyAnswer()
    if isinstance(error, TextGenerationError):  # in the middle of a stream, whose status was 200
        return Refusal(500, complaint=said({"error": next(iter(error.args), "")}))
    if isinstance(error, HfHubHTTPError):
        return answered(error.response)
    status = error.__context__  # the library stumbles over bodies that are no objects
    return answered(status.response) if isinstance(status, httpx2.HTTPStatusError) else None


def answered(response: httpx2.Response) -> Refusal:
    """What an answer says that refuses; late, where it was already being fetched."""
    try:
        content = response.content
    except httpx2.ResponseNotRead:
        content = b""
    refused = refusal(response.status_code, response.headers, content)
    refused.complaint = refused.complaint or response.headers.get("x-error-message", "")
    refused.is_late = response.request.method == "GET"
    return refused
