"""Ollama: https://docs.ollama.com/api/chat and /api/generate, with the types of its own client.

What `ollama._types` (0.6) doesn't know is refused, unlike by Ollama itself, which ignores it.

Models that draw: docs/api.md and `handleImageGenerate` in server/routes.go of Ollama at v0.32.4.
From v0.32.5 on, GenerateHandler refuses them, see `NO_LONGER`.
"""

import base64
import json
from typing import Any

from ollama import ChatResponse, GenerateResponse, Message, Options
from ollama._types import ChatRequest, GenerateRequest
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from tests.apis.published import checked, fits
from tests.standin import art

PAINTER = "x/tiny-painter"
MODELS = ("tiny-vision", PAINTER)
NO_LONGER = {"error": "image generation models are not currently supported"}
STAMP = {"created_at": "2026-11-20T10:00:00.000000Z"}
UNKNOWN = JSONResponse({"error": "the client's types don't know this request"}, 400)
COUNTS = {"total_duration": 5_000_000, "prompt_eval_count": 12, "eval_count": 9}


async def chat(request: Request) -> Response:
    asked = await request.json()
    messages = asked["messages"]
    if not (_fits(ChatRequest, asked) and all(_fits(Message, one) for one in messages)):
        return UNKNOWN
    message = messages[-1]
    said = _said(message["content"], message.get("images"))
    return _answer(asked, said, _message, ChatResponse)


async def generate(request: Request) -> Response:
    asked = await request.json()
    if not _fits(GenerateRequest, asked):
        return UNKNOWN
    if asked.get("model") == PAINTER:
        return _painted(asked)
    return _answer(asked, _said(asked["prompt"], asked.get("images")), _response, GenerateResponse)


def _painted(asked: dict[str, Any]) -> Response:
    """The picture, for who doesn't ask for the steps as they go."""
    assert asked["stream"] is False
    asking = (asked["prompt"], asked["width"], asked["height"], asked["options"]["seed"])
    images = asked.get("images")
    png = art.redraw(base64.b64decode(images[0]), *asking) if images else art.draw(*asking)
    steps = {"completed": asked["steps"], "total": asked["steps"]}
    done = {"response": "", "done": True, "done_reason": "stop", **steps}
    image = base64.b64encode(png).decode()
    return JSONResponse(
        checked(GenerateResponse, {"model": PAINTER, **STAMP, **done, "image": image})
    )


def _fits(kind: type[BaseModel], asked: dict[str, Any]) -> bool:
    words = {name: part for name, part in asked.items() if name != "images"}  # objects, in the type
    is_known = asked.keys() <= kind.model_fields.keys()
    return is_known and fits(kind, words) and fits(Options, asked.get("options", {}))


def _said(prompt: str, images: list[str] | None) -> str:
    if images:
        return art.describe(base64.b64decode(images[0], validate=True))
    return f"You said: {prompt}"


def _message(text: str) -> dict[str, Any]:
    return {"message": {"role": "assistant", "content": text}}


def _response(text: str) -> dict[str, Any]:
    return {"response": text}


def _answer(asked: dict[str, Any], said: str, part: Any, kind: type[BaseModel]) -> Response:
    model = asked.get("model")
    if not model:
        return JSONResponse({"error": "model is required"}, 400)
    if model not in MODELS:
        return JSONResponse({"error": f'model "{model}" not found, try pulling it first'}, 404)
    head = {"model": model, **STAMP}
    last = {"done": True, "done_reason": "stop", **COUNTS}
    if not asked.get("stream", True):  # it streams unless it is told not to
        return JSONResponse(checked(kind, {**head, **part(said), **last}))
    pieces = [{**head, **part(f"{word} "), "done": False} for word in said.split(" ")]
    pieces.append({**head, **part(""), **last})
    lines = (json.dumps(checked(kind, piece)) + "\n" for piece in pieces)
    return StreamingResponse(lines, media_type="application/x-ndjson")


ROUTES = {"/api/chat": (chat, ["POST"]), "/api/generate": (generate, ["POST"])}
