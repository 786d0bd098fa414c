"""router.huggingface.co: hf-inference, chat, and the third-party providers behind it."""

import asyncio
import base64
import json
import re
from collections.abc import AsyncIterator, Iterator
from functools import wraps
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route, Router

from tests.standin import art, faults
from tests.standin.script import Endpoint, scripted

if TYPE_CHECKING:
    from tests.standin.server import StandIn

PICTURES = "https://v3.fal.media/files"


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


async def hf_inference(request: Request) -> Response:
    """Send a call to the task of its model; 404 where hf-inference doesn't serve it."""
    standin: StandIn = request.app.state.standin
    model = standin.models.get("{owner}/{name}".format(**request.path_params))
    served = {"image-to-text": image_to_text, "text-to-image": text_to_image}
    if model is None or "hf-inference" not in (model.providers or {}):
        return await missing(request)
    return await served.get(model.pipeline_tag, missing)(request)


@scripted("not_served")
async def missing(request: Request) -> Response:
    """A model that hf-inference doesn't serve."""
    return faults.not_found().response()


@scripted("fal")
@paid
async def fal(request: Request) -> Response:
    """fal-ai: the answer names the address of the picture."""
    standin: StandIn = request.app.state.standin
    asked = await request.json()
    if "schnell" in request.path_params["model"] and asked.get("num_inference_steps", 4) > 12:
        return faults.too_many_steps().response()
    size = asked.get("image_size", {})
    seed = asked.get("seed", 0)
    picture = await drawn(asked["prompt"], {**size, "seed": seed})
    name = f"{len(standin.pictures)}.png"
    standin.pictures[name] = picture
    image = {"url": f"{PICTURES}/{name}", "content_type": "image/png", **size}
    return JSONResponse({"images": [image], "seed": seed, "prompt": asked["prompt"]})


@scripted("picture")
async def picture(request: Request) -> Response:
    """The picture at the address that fal-ai named."""
    standin: StandIn = request.app.state.standin
    return Response(standin.pictures[request.path_params["name"]], media_type="image/png")


@scripted("together")
@paid
async def together(request: Request) -> Response:
    """together: the picture as base64 in JSON."""
    asked = await request.json()
    picture = await drawn(asked["prompt"], asked)
    image = {"index": 0, "b64_json": base64.b64encode(picture).decode(), "type": None}
    return JSONResponse({"id": "o1", "object": "list", "model": asked["model"], "data": [image]})


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
    if asked.get("stream"):
        events = _as_they_come(list(chunks(head, text)), request)
        return StreamingResponse(events, headers=headers, media_type="text/event-stream")
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
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


router = Router(
    [
        Route("/v1/chat/completions", chat, methods=["POST"]),
        Route("/hf-inference/models/{owner}/{name}", hf_inference, methods=["POST"]),
        Route("/fal-ai/{model:path}", fal, methods=["POST"]),
        Route("/together/v1/images/generations", together, methods=["POST"]),
    ]
)
media = Router([Route("/files/{name}", picture)])
