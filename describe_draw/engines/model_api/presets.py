"""How the APIs that people run want to be asked, as their documentation says."""

from dataclasses import dataclass
from typing import Any

from describe_draw.engines.base import Task


@dataclass(frozen=True, slots=True)
class Preset:
    """One way to ask a known API.

    Args:
        path: What its address ends with.
        request: The template of a request.
        response: Where the answer is.
        piece: Where the text is in each piece of an answer that streams.
        needs_model: Whether it has no default model.
    """

    path: str
    request: dict[str, Any]
    response: str
    piece: str = ""
    needs_model: bool = True


def _messages(content: Any, **more: Any) -> list[dict[str, Any]]:
    return [{"role": "user", "content": content, **more}]


_QUESTION = [
    {"type": "image_url", "image_url": {"url": "{image_url}"}},
    {"type": "text", "text": "{prompt}"},
]
_CHAT = "/v1/chat/completions"
_SAID = "choices.0.message.content"

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
        Preset(
            "/sdapi/v1/txt2img",
            {
                "prompt": "{prompt}",
                "negative_prompt": "{negative_prompt}",
                "steps": "{steps}",
                "cfg_scale": "{guidance}",
                "width": "{width}",
                "height": "{height}",
                "seed": "{seed}",
                "override_settings": {"sd_model_checkpoint": "{model}"},
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
