"""Dedicated Inference Endpoints by URL: JSON with base64 pictures, or pictures as they are."""

import base64
import json
from typing import Any
from urllib.parse import urlsplit

import httpx2
from huggingface_hub import hf_raise_for_status
from PIL.Image import Image

from describe_draw import pictures
from describe_draw.engines.base import Asker, Call, Caption, Credit, Offer, Painting, Task
from describe_draw.engines.remote import wording
from describe_draw.engines.remote.asking import Errand, NotServed, ask
from describe_draw.engines.remote.clients import http_session
from describe_draw.engines.remote.payers import Payer, Payers
from describe_draw.problems import EngineProblem
from describe_draw.recipe import OPTIONS, Recipe
from describe_draw.settings import Settings, SettingsError
from describe_draw.threads import in_thread

_NO_JSON = (400, 415)


class Endpoint:
    """Describes and draws with the operator's own endpoints, on the operator's token.

    Args:
        settings: Where the endpoints are, and how long they may take.
        payers: Whether the operator's token may be used.

    Raises:
        SettingsError: It is forced without a URL.
    """

    name = "endpoint"

    def __init__(self, settings: Settings, payers: Payers) -> None:
        self._seconds = settings.request_timeout
        self._payers = payers
        self._urls: dict[Task, str | None] = {
            "describe": settings.hf_api_itt_base,
            "draw": settings.hf_api_tti_base,
        }
        variables = {"describe": "HF_API_ITT_BASE", "draw": "HF_API_TTI_BASE"}
        for task, url in self._urls.items():
            if settings.forced(task) == self.name and not url:
                raise SettingsError(f"ENGINE=endpoint needs {variables[task]} to {task}.")
        self._wants_bytes = False
        self._http: httpx2.AsyncClient | None = None

    def offer(self, task: Task, asker: Asker) -> Offer | None:
        """Set up where the operator gave its URL."""
        if not (url := self._urls.get(task)):
            return None
        return Offer(
            engine=self.name,
            model=urlsplit(url).hostname or self.name,
            styles=("short",),
            options=frozenset(OPTIONS),
            payer="operator",
        )

    async def caption(self, picture: Image, style: str, call: Call) -> Caption:
        """Describe a picture in a sentence."""
        jpeg = await in_thread(pictures.jpeg, picture, pictures.UPSTREAM_SIDE)

        async def describe() -> str:
            answer = await self._post_picture(jpeg, errand.payer)
            return wording.plain(_text(answer.json()))

        errand = self._errand(call)
        text = await _ask(describe, errand)
        if not text:
            raise EngineProblem("empty_answer", model=errand.model)
        return Caption(text, Credit(engine=self.name, model=errand.model))

    async def paint(self, recipe: Recipe, call: Call) -> Painting:
        """Draw a recipe."""
        options = {
            "negative_prompt": recipe.negative_prompt or None,
            "num_inference_steps": recipe.steps,
            "guidance_scale": recipe.guidance,
            "width": recipe.width,
            "height": recipe.height,
            "seed": recipe.seed,
        }
        asked = {
            "inputs": recipe.prompt,
            "parameters": {name: value for name, value in options.items() if value is not None},
        }

        async def draw() -> Image:
            answer = await self._post("draw", errand.payer, json=asked)
            hf_raise_for_status(answer)
            return await in_thread(pictures.whole, _picture(answer))

        errand = self._errand(call)
        picture = await _ask(draw, errand)
        other_size = picture.size != (recipe.width, recipe.height)
        ignored = ("width", "height") if other_size else ()
        credit = Credit(engine=self.name, model=errand.model, ignored=ignored)
        return Painting(picture, credit, recipe.prompt)

    async def close(self) -> None:
        """Close every connection."""
        if self._http:
            await self._http.aclose()

    def _errand(self, call: Call) -> Errand:
        payer = self._payers.operator
        if payer:
            self._payers.charge(call.asker)
        return Errand(call.model, payer or Payer("operator", ""), self._seconds, call.report)

    async def _post_picture(self, jpeg: bytes, payer: Payer) -> httpx2.Response:
        """As JSON; as it is, now and from then on, where the endpoint wants no JSON."""
        refusal = None
        if not self._wants_bytes:
            asked = {"inputs": base64.b64encode(jpeg).decode()}
            answer = await self._post("describe", payer, json=asked)
            if answer.status_code not in _NO_JSON:
                hf_raise_for_status(answer)
                return answer
            refusal = answer
        answer = await self._post(
            "describe", payer, content=jpeg, headers={"content-type": "image/jpeg"}
        )
        if answer.is_error and refusal and refusal.status_code == 400:
            hf_raise_for_status(refusal)  # it takes JSON, and didn't like the picture
        hf_raise_for_status(answer)
        self._wants_bytes = True
        return answer

    async def _post(self, task: Task, payer: Payer, **content: Any) -> httpx2.Response:
        self._http = self._http or http_session(self._seconds)
        headers = content.pop("headers", {})
        if payer.token:
            headers["authorization"] = f"Bearer {payer.token}"
        return await self._http.post(str(self._urls[task]), headers=headers, **content)


async def _ask(call: Any, errand: Errand) -> Any:
    try:
        return await ask(call, errand)
    except NotServed as error:
        raise EngineProblem("no_endpoint", model=errand.model) from error


def _text(answer: Any) -> str:
    """The caption in a JSON answer: a string, an object that holds it, or a list of either."""
    if isinstance(answer, list):
        answer = answer[0]
    if isinstance(answer, dict):
        answer = answer["generated_text"]
    if not isinstance(answer, str):
        raise TypeError("no text in the answer")
    return answer


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
