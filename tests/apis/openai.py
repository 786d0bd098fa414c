"""OpenAI's API as vLLM, llama.cpp's server, LM Studio and `transformers serve` speak it.

https://platform.openai.com/docs/api-reference/chat and /images, with the types of OpenAI's own
client (3.54): what they don't know is refused, as OpenAI does.
"""

import base64
import io
import json
from collections.abc import Iterator
from typing import Any, get_type_hints

from openai.types import ImagesResponse
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from openai.types.chat.completion_create_params import (
    CompletionCreateParamsNonStreaming,
    CompletionCreateParamsStreaming,
)
from openai.types.image_edit_params import ImageEditParamsNonStreaming
from openai.types.image_generate_params import ImageGenerateParamsNonStreaming
from PIL import Image
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from tests.apis.published import checked, fits
from tests.standin import art

OLDER = "older-painter"
"""Answers with an address, as dall-e-2 and dall-e-3 do; newer models know Base64 alone."""

MODELS = ("tiny-vision", OLDER)
REFUSED = {
    "max_tokens": (
        "unsupported_parameter",
        "Unsupported parameter: 'max_tokens' is not supported with this model. "
        "Use 'max_completion_tokens' instead.",
    ),
    "response_format": ("unknown_parameter", "Unknown parameter: 'response_format'."),
}
"""What gpt-5 and gpt-image-1 say of parameters that models before them took, by code and message:
whole bodies in github.com/griptape-ai/ComfyUI-Griptape/issues/312 and vercel/ai/issues/6102."""

CREATED = 1_760_000_000
PREFIX = "data:image/jpeg;base64,"


async def chat(request: Request) -> Response:
    asked = await request.json()
    streams = asked.get("stream")
    kind = CompletionCreateParamsStreaming if streams else CompletionCreateParamsNonStreaming
    if refusal := _refusal(asked, kind):
        return refusal
    said = _said(asked["messages"][-1]["content"])
    if streams:
        return StreamingResponse(_events(asked["model"], said), media_type="text/event-stream")
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": said},
        "finish_reason": "stop",
    }
    head = {"id": "chatcmpl-1", "object": "chat.completion", "created": CREATED}
    usage = {"prompt_tokens": 12, "completion_tokens": 9, "total_tokens": 21}
    answer = {**head, "model": asked["model"], "choices": [choice], "usage": usage}
    return JSONResponse(checked(ChatCompletion, answer))


async def images(request: Request) -> Response:
    asked = await request.json()
    if refusal := _refusal(asked, ImageGenerateParamsNonStreaming):
        return refusal
    width, height = (int(side) for side in asked.get("size", "1024x1024").split("x"))
    png = art.draw(asked["prompt"], width, height, 1)
    if asked["model"] == OLDER:
        part = {"url": str(request.url_for("drawing"))}
    else:
        part = {"b64_json": base64.b64encode(png).decode()}
    answer = {"created": CREATED, "data": [part] * asked.get("n", 1)}
    return JSONResponse(checked(ImagesResponse, answer))


async def edits(request: Request) -> Response:
    """A picture as an uploaded file: a JPEG, PNG or WebP, says `ImageEditParams`."""
    form = await request.form()
    upload = form["image"]
    assert isinstance(upload, UploadFile)
    image = await upload.read()
    asked: dict[str, Any] = {name: value for name, value in form.items() if name != "image"}
    asked |= {"n": int(asked["n"])} if "n" in asked else {}
    assert asked.keys() < get_type_hints(ImageEditParamsNonStreaming).keys()
    if refusal := _refusal(asked, ImageGenerateParamsNonStreaming):  # which has these of one type
        return refusal
    with Image.open(io.BytesIO(image)) as opened:
        assert opened.format in ("JPEG", "PNG", "WEBP")
    assert upload.content_type == "image/jpeg"
    width, height = (int(side) for side in asked["size"].split("x"))
    png = art.redraw(image, asked["prompt"], width, height, 1)
    answer = {"created": CREATED, "data": [{"b64_json": base64.b64encode(png).decode()}]}
    return JSONResponse(checked(ImagesResponse, answer))


def _refusal(asked: dict[str, Any], kind: Any) -> Response | None:
    for parameter in REFUSED.keys() & asked.keys():
        code, message = REFUSED[parameter]
        odd = {"message": message, "type": "invalid_request_error", "param": parameter}
        return JSONResponse({"error": {**odd, "code": code}}, 400)
    if not fits(kind, asked):
        odd = {"message": "Unknown parameter.", "type": "invalid_request_error"}
        return JSONResponse({"error": {**odd, "param": None, "code": "unknown_parameter"}}, 400)
    if asked.get("model") in MODELS:
        return None
    message = f"The model `{asked.get('model')}` does not exist."
    error = {"message": message, "type": "NotFoundError", "param": None, "code": 404}
    return JSONResponse({"error": error}, 404)


def _said(content: Any) -> str:
    if isinstance(content, str):
        return f"You said: {content}"
    url = next(part["image_url"]["url"] for part in content if part["type"] == "image_url")
    return art.describe(base64.b64decode(url.removeprefix(PREFIX), validate=True))


def _events(model: str, said: str) -> Iterator[str]:
    deltas: list[dict[str, str]] = [{"role": "assistant", "content": ""}]
    deltas += [{"content": f"{word} "} for word in said.split(" ")]
    head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": CREATED}
    choices = [{"index": 0, "delta": delta, "finish_reason": None} for delta in deltas]
    for choice in (*choices, {"index": 0, "delta": {}, "finish_reason": "stop"}):
        chunk = {**head, "model": model, "choices": [choice]}
        yield f"data: {json.dumps(checked(ChatCompletionChunk, chunk))}\n\n"
    yield "data: [DONE]\n\n"


ROUTES = {
    "/v1/chat/completions": (chat, ["POST"]),
    "/v1/images/generations": (images, ["POST"]),
    "/v1/images/edits": (edits, ["POST"]),
}
