"""Dedicated Inference Endpoints by URL: JSON with base64 pictures, or pictures as they are."""

import base64
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx2
from PIL.Image import Image

from describe_draw import pictures
from describe_draw.access import Access, Caller, Payer
from describe_draw.caption_options import CaptionOptions
from describe_draw.engines.base import (
    Call,
    Capability,
    Caption,
    Credit,
    GeneratedImage,
    Source,
    Task,
    only_english,
)
from describe_draw.engines.calling.decoding import decoded
from describe_draw.engines.calling.failures import (
    EmptyAnswer,
    NotServed,
    Refusal,
    check,
    refusal,
)
from describe_draw.engines.calling.model_text import plain, words
from describe_draw.engines.calling.upstream import ask
from describe_draw.engines.hub.calls import HubCall
from describe_draw.engines.hub.clients import http_session
from describe_draw.problems import EngineProblem
from describe_draw.recipe import EDIT_OPTIONS, OPTIONS, Edit, Recipe
from describe_draw.settings import Settings
from describe_draw.texts import message
from describe_draw.threads import in_thread

T = TypeVar("T")

CAPTIONS = ("generated_text", "caption", "description", "text")
SIZE, TARGET_SIZE = ("width", "height"), "target_size"
UNEXPECTED = re.compile(r"unexpected keyword argument '(\w{1,100})'")
NO_TOKEN = Payer("operator", "")
URLS: dict[Task, str] = {
    "describe": "HF_API_ITT_BASE",
    "draw": "HF_API_TTI_BASE",
    "edit": "HF_API_ITI_BASE",
}


class Endpoint:
    """Describes, draws and edits with the operator's own endpoints, on the operator's token.

    Args:
        settings: Where the endpoints are, and how long they may take.
        access: Whether the operator's token may be used.
    """

    name = "endpoint"

    def __init__(self, settings: Settings, access: Access) -> None:
        self._seconds = settings.request_timeout
        self._access = access
        self._urls: dict[Task, str | None] = {
            "describe": settings.hf_api_itt_base,
            "draw": settings.hf_api_tti_base,
            "edit": settings.hf_api_iti_base,
        }
        self._takes_bytes = False
        self._http: httpx2.AsyncClient | None = None

    def lacks(self, task: Task) -> str:
        """Its URL, where the operator gave none."""
        return "" if self._urls.get(task) else f"set {URLS[task]}"

    def capabilities(self, task: Task, caller: Caller) -> tuple[Capability, ...]:
        """Set up where the operator gave its URL."""
        if not (url := self._urls.get(task)):
            return ()
        can = Capability(
            engine=self.name,
            model=urlsplit(url).hostname or self.name,
            styles=("short",),
            options=frozenset(EDIT_OPTIONS if task == "edit" else OPTIONS),
            payer="operator",
            missing=message("missing.endpoint_token") if self._access.is_withheld else None,
        )
        return (can,)

    async def caption(self, picture: Image, asked: CaptionOptions, call: Call) -> Caption:
        """Describe a picture in a sentence."""
        jpeg = await in_thread(pictures.jpeg, picture, pictures.UPSTREAM_SIDE)
        upstream = self._upstream(call)
        text = await _ask(lambda: self._describe(jpeg, upstream.payer), upstream)
        if not text:
            raise upstream.problem(EmptyAnswer())
        notes = only_english(asked)
        credit = Credit(engine=self.name, model=upstream.model, ignored=asked.told, notes=notes)
        return Caption(text, credit)

    async def generate(self, recipe: Recipe, call: Call) -> GeneratedImage:
        """Draw a recipe, without the options that the endpoint refuses."""
        asked = {"inputs": recipe.prompt, "parameters": recipe.upstream()}
        return await self._paint("draw", asked, recipe, call)

    async def edit(self, recipe: Edit, source: Source, call: Call) -> GeneratedImage:
        """As `generate`, from a picture, asked as huggingface_hub's `image_to_image` does."""
        jpeg = await in_thread(pictures.jpeg, source.picture, max(source.picture.size))
        options = recipe.upstream()
        size = {side: options.pop(side) for side in SIZE}
        parameters = {"prompt": recipe.prompt, **options, TARGET_SIZE: size}
        asked = _as_json(jpeg)["json"] | {"parameters": parameters}
        return await self._paint("edit", asked, recipe, call)

    async def _paint(
        self, task: Task, asked: dict[str, Any], recipe: Recipe, call: Call
    ) -> GeneratedImage:
        """What comes of a request, from which whatever the endpoint refuses is taken away."""
        parameters, upstream = asked["parameters"], self._upstream(call)

        async def draw() -> Image:
            answer = await self._post(task, upstream.payer, json=asked)
            while refused := _refused(answer) & (parameters.keys() - {"prompt"}):
                for name in refused:
                    del parameters[name]
                answer = await self._post(task, upstream.payer, json=asked)
            check(answer)
            return await decoded(_picture(answer))

        picture = await _ask(draw, upstream)
        named = {name: recipe.known[name].upstream for name in recipe.asked() if name not in SIZE}
        ignored = tuple(name for name, sent in named.items() if sent not in parameters)
        if picture.size != (recipe.width, recipe.height):
            ignored += SIZE
        credit = Credit(engine=self.name, model=upstream.model, ignored=ignored)
        return GeneratedImage(picture, credit, recipe.prompt)

    async def close(self) -> None:
        """Close every connection."""
        if self._http:
            await self._http.aclose()

    def _upstream(self, call: Call) -> "EndpointCall":
        return EndpointCall(
            model=call.model,
            payer=self._access.operator or NO_TOKEN,
            seconds=self._seconds,
            report=call.report,
            is_withheld=self._access.is_withheld,
        )

    async def _describe(self, jpeg: bytes, payer: Payer) -> str:
        """The caption, asked for as it worked before; in the other way where that is refused."""
        ways = (_as_bytes, _as_json) if self._takes_bytes else (_as_json, _as_bytes)
        refused = await self._post("describe", payer, **ways[0](jpeg))
        if refused.status_code not in _NOT_SO[ways[0]]:
            return _caption(refused)
        self._takes_bytes = False  # until a caption has come of them
        answer = await self._post("describe", payer, **ways[1](jpeg))
        if answer.is_error and refused.status_code != 415:
            check(refused)  # the way was right, and the picture wasn't
        text = _caption(answer)
        self._takes_bytes = bool(text) and ways[1] is _as_bytes
        return text

    async def _post(self, task: Task, payer: Payer, **content: Any) -> httpx2.Response:
        self._http = self._http or http_session(self._seconds)
        headers = content.pop("headers", {})
        if payer.token:
            headers["authorization"] = f"Bearer {payer.token}"
        return await self._http.post(str(self._urls[task]), headers=headers, **content)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointCall(HubCall):
    """What is asked of an endpoint, which knows the operator's token or none.

    Args:
        is_withheld: Whether there is a token that isn't for visitors' calls.
    """

    is_withheld: bool

    def problem(self, error: Exception) -> Exception:
        """What to tell a person about whatever the call raised: a Problem, or NotServed."""
        if not isinstance(error, Refusal) or error.status not in (401, 403):
            return HubCall.problem(self, error)
        if self.payer.token:
            return EngineProblem("endpoint_token", model=self.model)
        name = "endpoint_withheld" if self.is_withheld else "endpoint_needs_token"
        return EngineProblem(name, model=self.model)


def _as_json(jpeg: bytes) -> dict[str, Any]:
    return {"json": {"inputs": base64.b64encode(jpeg).decode()}}


def _as_bytes(jpeg: bytes) -> dict[str, Any]:
    return {"content": jpeg, "headers": {"content-type": "image/jpeg"}}


_NOT_SO = {_as_json: (400, 415), _as_bytes: (400, 415, 422)}
"""The statuses by which an endpoint refuses a way to be asked, or the picture."""


async def _ask(call: Callable[[], Awaitable[T]], upstream: HubCall) -> T:
    try:
        return await ask(call, upstream)
    except NotServed as error:
        raise EngineProblem("no_endpoint", model=upstream.model) from error


def _refused(answer: httpx2.Response) -> set[str]:
    """The parameters that an endpoint refuses to take, by the names that it was asked with.

    huggingface-inference-toolkit 0.5.6 refuses every size that isn't square (diffusers_utils.py),
    and passes on what Python says of parameters that the pipeline hasn't.
    """
    if answer.status_code != httpx2.codes.BAD_REQUEST:
        return set()
    complaint = refusal(answer.status_code, answer.headers, answer.content).complaint
    if unknown := UNEXPECTED.search(complaint):
        return {"seed" if unknown[1] == "generator" else unknown[1]}
    return {*SIZE, TARGET_SIZE} if all(side in complaint for side in SIZE) else set()


def _caption(response: httpx2.Response) -> str:
    """The caption in a JSON answer: a string, an object that holds it, or a list of either."""
    check(response)
    answer = response.json()
    if isinstance(answer, list):
        answer = answer[0]
    if isinstance(answer, dict):
        answer = next((answer[key] for key in CAPTIONS if answer.get(key)), None)
    if not isinstance(answer, str):
        raise TypeError("no text in the answer")
    return words(plain(answer))


def _picture(answer: httpx2.Response) -> bytes:
    """The encoded picture in an answer: itself, or base64 in a string, an object or a list."""
    if "json" not in answer.headers.get("content-type", ""):
        return answer.content
    value = json.loads(answer.content)
    if isinstance(value, list):
        value = value[0]
    if isinstance(value, dict):
        keys = ("image", "images", "data")
        value = next((value[key] for key in keys if value.get(key)), None)
        value = value[0] if isinstance(value, list) else value
    return base64.b64decode(value.partition(",")[2] if value.startswith("data:") else value)
