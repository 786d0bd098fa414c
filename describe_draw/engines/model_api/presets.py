"""How the APIs that people run want to be asked, as their documentation says."""

from dataclasses import dataclass
from typing import Any

from describe_draw.engines.base import Task
from describe_draw.model_settings import Encoding


@dataclass(frozen=True, slots=True)
class Preset:
    """One way to ask a known API.

    Args:
        path: What its address ends with.
        request: The template of a request.
        response: Where the answer is.
        piece: Where the text is in each piece of an answer that streams.
        needs_model: Whether it has no default model.
        encoding: How a request travels; as the operator says where there is none.
    """

    path: str
    request: dict[str, Any]
    response: str
    piece: str = ""
    needs_model: bool = True
    encoding: Encoding | None = None


def _messages(content: Any, **more: Any) -> list[dict[str, Any]]:
    return [{"role": "user", "content": content, **more}]


_QUESTION = [
    {"type": "image_url", "image_url": {"url": "{image_url}"}},
    {"type": "text", "text": "{prompt}"},
]
_CHAT = "/v1/chat/completions"
_SAID = "choices.0.message.content"
_DRAWN_BY_OLLAMA = {
    "model": "{model}",
    "prompt": "{prompt}",
    "width": "{width}",
    "height": "{height}",
    "steps": "{steps}",
    "options": {"seed": "{seed}"},
    "stream": False,
}
_DRAWN_BY_WEB_UI = {
    "prompt": "{prompt}",
    "negative_prompt": "{negative_prompt}",
    "steps": "{steps}",
    "cfg_scale": "{guidance}",
    "width": "{width}",
    "height": "{height}",
    "seed": "{seed}",
    "override_settings": {"sd_model_checkpoint": "{model}"},
}

PRESETS: dict[tuple[str, Task], tuple[Preset, ...]] = {
    # https://docs.ollama.com/api: chat, and generate where the address says so
    ("ollama", "describe"): (
        Preset(
            "/api/chat",
            {
                "model": "{model}",
                "messages": _messages("{prompt}", images=["{image}"]),
                "options": {"num_predict": "{max_tokens}"},
                "stream": True,
            },
            "message.content",
        ),
        Preset(
            "/api/generate",
            {
                "model": "{model}",
                "prompt": "{prompt}",
                "images": ["{image}"],
                "options": {"num_predict": "{max_tokens}"},
                "stream": True,
            },
            "response",
        ),
    ),
    ("ollama", "write"): (
        Preset(
            "/api/chat",
            {"model": "{model}", "messages": _messages("{prompt}"), "stream": True},
            "message.content",
            "message.content",
        ),
        Preset(
            "/api/generate",
            {"model": "{model}", "prompt": "{prompt}", "stream": True},
            "response",
            "response",
        ),
    ),
    # api/types.go and server/routes.go of github.com/ollama/ollama at v0.32.4: an experiment from
    # v0.14.3 on, with pictures from v0.15.0, and taken out in v0.32.5, which refuses such models
    ("ollama", "draw"): (Preset("/api/generate", _DRAWN_BY_OLLAMA, "image"),),
    ("ollama", "edit"): (
        Preset("/api/generate", {**_DRAWN_BY_OLLAMA, "images": ["{image}"]}, "image"),
    ),
    # https://platform.openai.com/docs/api-reference/chat and /images, whose newest models refuse
    # `max_tokens` and `response_format`; the servers that speak as it does take these too
    ("openai", "describe"): (
        Preset(
            _CHAT,
            {
                "model": "{model}",
                "messages": _messages(_QUESTION),
                "max_completion_tokens": "{max_tokens}",
                "stream": True,
            },
            _SAID,
            "choices.0.delta.content",
        ),
    ),
    ("openai", "write"): (
        Preset(
            _CHAT,
            {"model": "{model}", "messages": _messages("{prompt}"), "stream": True},
            _SAID,
            "choices.0.delta.content",
        ),
    ),
    ("openai", "draw"): (
        Preset(
            "/v1/images/generations",
            {
                "model": "{model}",
                "prompt": "{prompt}",
                "n": 1,
                "size": "{width}x{height}",
            },
            "data.0",
        ),
    ),
    ("openai", "edit"): (
        Preset(
            "/v1/images/edits",
            {
                "model": "{model}",
                "image": "{image}",
                "prompt": "{prompt}",
                "n": 1,
                "size": "{width}x{height}",
            },
            "data.0",
            encoding="multipart",
        ),
    ),
    # https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/API
    ("automatic1111", "describe"): (
        Preset(
            "/sdapi/v1/interrogate",
            {"image": "{image}", "model": "{model}"},
            "caption",
            needs_model=False,
        ),
    ),
    ("automatic1111", "draw"): (
        Preset("/sdapi/v1/txt2img", _DRAWN_BY_WEB_UI, "images.0", needs_model=False),
    ),
    ("automatic1111", "edit"): (
        Preset(
            "/sdapi/v1/img2img",
            {
                "init_images": ["{image}"],
                "denoising_strength": "{strength}",
                **_DRAWN_BY_WEB_UI,
            },
            "images.0",
            needs_model=False,
        ),
    ),
}


def complete(url: str, path: str) -> str:
    """An address with the API's own path at its end, of which it may have the beginning already.

    >>> complete("http://127.0.0.1:8000/v1/", "/v1/chat/completions")
    'http://127.0.0.1:8000/v1/chat/completions'
    """
    url = url.rstrip("/")
    steps = path.strip("/").split("/")
    for known in range(len(steps), 0, -1):
        if url.endswith("/" + "/".join(steps[:known])):
            return "/".join([url, *steps[known:]])
    return url + path
