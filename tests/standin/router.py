"""router.huggingface.co: who pays, hf-inference, and chat; the other providers: painters.py."""

import asyncio
import base64
import json
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.standin import art, faults
from tests.standin.script import Endpoint, scripted

if TYPE_CHECKING:
    from tests.standin.server import StandIn


@dataclass(frozen=True)
class Thoughts:
    """What a model thinks before it speaks, and where its server puts that.

    In `reasoning` (huggingface_hub 2.4, `ChatCompletionOutputMessage`; vLLM since 0.11,
    https://docs.vllm.ai/en/v0.11.2/features/reasoning_outputs/), in `reasoning_content` (vLLM until
    then, …/v0.10.0/features/reasoning_outputs.html), or where no parser is set, in `content`, from
    `<think>` on (…/v0.7.2/_sources/features/reasoning_outputs.md).

    Attributes:
        tokens: How many it takes.
        place: The member of the message.
    """

    tokens: int
    place: str = "reasoning"

    def before(self, text: str, room: int) -> tuple[dict[str, str | None], str]:
        """Returns: the message that fits into so many tokens, and why it ends."""
        is_cut = self.tokens >= room
        said = None if is_cut else text
        if self.place == "content":
            said = "<think>Hm, what is" + ("" if is_cut else f" it?</think>{text}")
            return {"role": "assistant", "content": said}, "length" if is_cut else "stop"
        message = {"role": "assistant", "content": said, self.place: "Hm, what is"}
        return message, "length" if is_cut else "stop"


def paid(endpoint: Endpoint) -> Endpoint:
    """Turn away whoever has no valid token, no permission or no credit, as the router does."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        standin: StandIn = request.app.state.standin
        account = standin.accounts.get(request.state.call.token or "")
        if account is None:
            return faults.token_invalid().response()
        if not account.may_infer:
            return faults.no_permission(account.name).response()
        if not account.has_credit:
            return faults.credits_used_up().response()
        return await endpoint(request)

    return answer


@scripted("image_to_text")
@paid
async def image_to_text(request: Request) -> Response:
    """hf-inference's answer to a picture as the body: `[{"generated_text": …}]`."""
    return await seen(await request.body())


@scripted("text_to_image")
@paid
async def text_to_image(request: Request) -> Response:
    """hf-inference's answer to `{"inputs", "parameters"}`: the picture itself."""
    asked = await request.json()
    picture = await drawn(asked["inputs"], asked.get("parameters", {}))
    return Response(picture, media_type="image/png")


@scripted("image_to_image")
@paid
async def image_to_image(request: Request) -> Response:
    """hf-inference's answer to `{"inputs": base64, "parameters"}`: the picture itself.

    By https://huggingface.co/docs/inference-providers/tasks/image-to-image.
    """
    asked = await request.json()
    options = asked["parameters"]
    sides = options.get("target_size", {})
    return Response(
        await redrawn(base64.b64decode(asked["inputs"]), options["prompt"], {**options, **sides}),
        media_type="image/png",
    )


async def hf_inference(request: Request) -> Response:
    """Send a call to the task of its model; 404 where hf-inference doesn't serve it."""
    standin: StandIn = request.app.state.standin
    model = standin.models.get("{owner}/{name}".format(**request.path_params))
    served = {
        "image-to-text": image_to_text,
        "text-to-image": text_to_image,
        "image-to-image": image_to_image,
    }
    if model is None or "hf-inference" not in (model.providers or {}):
        return await missing(request)
    return await served.get(model.pipeline_tag, missing)(request)


@scripted("not_served")
async def missing(request: Request) -> Response:
    """A model that hf-inference doesn't serve."""
    return faults.not_found().response()


@scripted("chat")
@paid
async def chat(request: Request) -> Response:
    """`POST /v1/chat/completions` with text and pictures, whole or streamed."""
    standin: StandIn = request.app.state.standin
    asked = await request.json()
    model = standin.models.get(asked["model"].partition(":")[0])
    if model is None or "conversational" not in model.tasks:
        return faults.model_not_supported(asked["model"]).response()
    try:
        text = await standin.reply(asked)
    except OSError:
        return faults.bad_request("cannot identify image file").response()
    head = {"id": "chatcmpl-1", "created": 1, "model": asked["model"], "system_fingerprint": ""}
    headers = {"x-inference-provider": next(iter(model.mapping()))}
    message: dict[str, str | None] = {"role": "assistant", "content": text}
    end = "stop"
    if standin.thoughts:
        message, end = standin.thoughts.before(text, asked["max_tokens"])
    if asked.get("stream"):
        thought = [event({**head, "choices": [{"delta": message, "finish_reason": end}]})]
        events = thought if end == "length" else list(chunks(head, message["content"] or ""))
        as_they_come = _as_they_come(events, request)
        return StreamingResponse(as_they_come, headers=headers, media_type="text/event-stream")
    choice = {"index": 0, "message": message, "finish_reason": end, "logprobs": None}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return JSONResponse(
        {**head, "object": "chat.completion", "choices": [choice], "usage": usage},
        headers=headers,
    )


def chunks(head: dict[str, Any], text: str) -> Iterator[str]:
    """Yields: the events of a streamed answer.

    As huggingface_hub 2.4 documents them at `AsyncInferenceClient.chat_completion` and reads them:
    `ChatCompletionStreamOutput`, and `data: [DONE]` in the end.
    """
    pieces = re.findall(r"\s*\S+|\s+\Z", text)
    ends = [*([None] * len(pieces)), "stop"]
    for content, end in zip([*pieces, ""], ends, strict=True):
        delta = {"role": "assistant", "content": content}
        choice = {"index": 0, "delta": delta, "finish_reason": end, "logprobs": None}
        yield event({**head, "object": "chat.completion.chunk", "choices": [choice]})
    yield "data: [DONE]\n\n"


def event(content: dict[str, Any]) -> str:
    """Returns: a server-sent event."""
    return f"data: {json.dumps(content)}\n\n"


async def _as_they_come(events: list[str], request: Request) -> AsyncIterator[str]:
    """Yields: events with the stand-in's pause between them, as long as somebody listens."""
    standin: StandIn = request.app.state.standin
    try:
        for one in events:
            yield one
            await asyncio.sleep(standin.pause)
    except asyncio.CancelledError:
        request.state.call.left = True
        raise


def attached(asked: dict[str, Any]) -> Iterator[bytes]:
    """Yields: the pictures of a chat, decoded from their data URLs."""
    for message in asked["messages"]:
        if isinstance(message["content"], list):
            for part in message["content"]:
                if part["type"] == "image_url":
                    yield base64.b64decode(part["image_url"]["url"].partition(",")[2])


async def reply(asked: dict[str, Any]) -> str:
    """What the vision model says: about the last picture, or the last words in other words."""
    pictures = list(attached(asked))
    if pictures:
        return await asyncio.to_thread(art.describe, pictures[-1])
    content = asked["messages"][-1]["content"]
    words = content if isinstance(content, str) else " ".join(part["text"] for part in content)
    return f"{words}, golden hour, highly detailed"


async def seen(body: bytes) -> Response:
    """Returns: the caption of a picture, or 400 where the bytes are none."""
    try:
        caption = await asyncio.to_thread(art.describe, body)
    except OSError:
        return faults.bad_request("cannot identify image file").response()
    return JSONResponse([{"generated_text": caption}])


async def drawn(prompt: str, options: dict[str, Any]) -> bytes:
    """Returns: the picture for a prompt, PNG."""
    width, height = options.get("width", 512), options.get("height", 512)
    return await asyncio.to_thread(art.draw, prompt, width, height, options.get("seed", 0))


async def redrawn(picture: bytes, prompt: str, options: dict[str, Any]) -> bytes:
    """Returns: what a picture becomes, PNG: of its own size where none is said."""
    width, height = art.size(picture)
    sides = (options.get("width", width), options.get("height", height))
    return await asyncio.to_thread(art.redraw, picture, prompt, *sides, options.get("seed", 0))


routes = [
    Route("/v1/chat/completions", chat, methods=["POST"]),
    Route("/hf-inference/models/{owner}/{name}", hf_inference, methods=["POST"]),
]
