"""Ollama: https://docs.ollama.com/api/chat and /api/generate."""

import base64
import json
from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from tests.standin import art

MODELS = ("tiny-vision",)
STAMP = {"created_at": "2026-11-20T10:00:00.000000Z"}
COUNTS = {"total_duration": 5_000_000, "prompt_eval_count": 12, "eval_count": 9}


async def chat(request: Request) -> Response:
    asked = await request.json()
    message = asked["messages"][-1]
    return _answer(asked, _said(message["content"], message.get("images")), _message)


async def generate(request: Request) -> Response:
    asked = await request.json()
    return _answer(asked, _said(asked["prompt"], asked.get("images")), _response)


def _said(prompt: str, images: list[str] | None) -> str:
    if images:
        return art.describe(base64.b64decode(images[0], validate=True))
    return f"You said: {prompt}"


def _message(text: str) -> dict[str, Any]:
    return {"message": {"role": "assistant", "content": text}}


def _response(text: str) -> dict[str, Any]:
    return {"response": text}


def _answer(asked: dict[str, Any], said: str, part: Any) -> Response:
    model = asked.get("model")
    if not model:
        return JSONResponse({"error": "model is required"}, 400)
    if model not in MODELS:
        return JSONResponse({"error": f'model "{model}" not found, try pulling it first'}, 404)
    head = {"model": model, **STAMP}
    if asked.get("stream", True):  # it streams unless it is told not to
        return StreamingResponse(_lines(head, said, part), media_type="application/x-ndjson")
    return JSONResponse({**head, **part(said), "done": True, "done_reason": "stop", **COUNTS})


def _lines(head: dict[str, Any], said: str, part: Any) -> Iterator[str]:
    for word in said.split(" "):
        yield json.dumps({**head, **part(f"{word} "), "done": False}) + "\n"
    yield json.dumps({**head, **part(""), "done": True, "done_reason": "stop", **COUNTS}) + "\n"


ROUTES = {"/api/chat": (chat, ["POST"]), "/api/generate": (generate, ["POST"])}
