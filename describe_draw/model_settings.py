"""The settings of models of one's own: their HTTP APIs and the local ones."""

import os
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

Preset = Literal["ollama", "openai", "automatic1111"]
Method = Literal["POST", "PUT", "GET"]
Encoding = Literal["json", "form", "multipart"]

CAPTION_MODEL = "Salesforce/blip-image-captioning-base"
IMAGE_MODEL = "stable-diffusion-v1-5/stable-diffusion-v1-5"
ZERO_CAPTION_MODEL = "Qwen/Qwen3-VL-2B-Instruct"
ZERO_IMAGE_MODEL = "Tongyi-MAI/Z-Image-Turbo"

PREFIXES = {
    "describe": "caption_api",
    "draw": "image_api",
    "edit": "image_api",
    "write": "text_api",
}
"""What the settings of each task's model API begin with."""


def on_zero_gpu() -> bool:
    """Whether the app runs on a Space's ZeroGPU, by the variable that `spaces` goes by."""
    return os.environ.get("SPACES_ZERO_GPU", "").lower() in ("1", "t", "true")


def _url(value: str) -> str:
    address = urlsplit(value)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise ValueError("an address begins with https:// or http://")
    return value


def _trimmed(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _upper(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


Trimmed = BeforeValidator(_trimmed)
Url = Annotated[str, AfterValidator(_url), Trimmed]
Verb = Annotated[Method, BeforeValidator(_upper)]
Text = Annotated[str, Trimmed]
Secret = Annotated[SecretStr, Trimmed]
Device = Annotated[str, Field(pattern=r"^(auto|none|cpu|mps|cuda(:\d+)?)$"), Trimmed]


@dataclass(frozen=True, slots=True)
class ApiSettings:
    """What the operator says of one model API.

    Args:
        prefix: What its variables begin with, e.g. `CAPTION_API`.
        url: Its address; a preset completes it.
        preset: Whose API it is, None for one of the operator's own.
        model: The model to name in requests.
        method: The HTTP method.
        encoding: How the request's members travel.
        request: The template of the request, JSON.
        response: Where the answer is, a dotted path.
        token: Sent as a bearer token.
        chosen: The variables that were set, without their prefix: they win over the preset.
    """

    prefix: str
    url: str
    preset: Preset | None
    model: str | None
    method: Method
    encoding: Encoding
    request: str
    response: str
    token: SecretStr | None
    chosen: frozenset[str]


class ModelSettings(BaseSettings):
    """The part of the settings that is about models of one's own."""

    model_config = SettingsConfigDict(use_attribute_docstrings=True)

    caption_api: Preset | None = None
    """Preset for a known API that captions pictures: `ollama`, `openai` or `automatic1111`. Leave
    it empty for another API."""
    caption_api_url: Url | None = None
    """URL of the model API that captions pictures, e.g. `http://127.0.0.1:5000/describe_image`; a
    preset completes the path."""
    caption_api_model: Text | None = None
    """Model to ask for, where the API has several."""
    caption_api_method: Verb = "POST"
    """HTTP method: `POST`, `PUT` or `GET`."""
    caption_api_encoding: Encoding = "json"
    """How the request is sent: `json`, `form` (URL-encoded) or `multipart` (with `{image}` as a
    file)."""
    caption_api_request: Text = '{"image": "{image}"}'
    """JSON template of the request, with `{image}` (base64), `{image_url}` (data URL), `{prompt}`
    (style and language in words), `{style}`, `{language}` (a code such as `en` or `zh-TW`),
    `{max_tokens}` and `{model}`."""
    caption_api_response: Text = "description"
    """Dotted path of the caption in the response, e.g. `choices.0.text`, or in each piece of a
    streamed response (SSE or NDJSON); `.` is all of it."""
    caption_api_token: Secret | None = Field(None, repr=False)
    """Sent as a bearer token."""

    image_api: Preset | None = None
    """Preset for a known API that draws pictures, from pictures too: `openai`, `automatic1111` or
    `ollama`. Leave it empty for another API."""
    image_api_url: Url | None = None
    """URL of the model API that draws pictures; a preset completes the path."""
    image_api_model: Text | None = None
    """Model to ask for, where the API has several."""
    image_api_method: Verb = "POST"
    """HTTP method: `POST`, `PUT` or `GET`."""
    image_api_encoding: Encoding = "json"
    """How the request is sent: `json`, `form` (URL-encoded) or `multipart`."""
    image_api_request: Text = '{"prompt": "{prompt}"}'
    """JSON template of the request, with `{prompt}`, `{negative_prompt}`, `{steps}`, `{guidance}`,
    `{width}`, `{height}`, `{seed}` and `{model}`. One that has `{image}` (base64) or `{image_url}`
    (data URL) draws from pictures too, with `{strength}`: for words alone, what holds one of these
    three is left out."""
    image_api_response: Text = "image"
    """Dotted path of the picture in the response: base64, a data URL, or a URL on the same host.
    Not needed where the response is the picture itself."""
    image_api_token: Secret | None = Field(None, repr=False)
    """Sent as a bearer token."""

    text_api: Preset | None = None
    """Preset for a known API that writes text: `ollama` or `openai`. Leave it empty for another
    API."""
    text_api_url: Url | None = None
    """URL of the model API that writes text; a preset completes the path. Setting it adds "Ask" to
    the page."""
    text_api_model: Text | None = None
    """Model to ask for, where the API has several."""
    text_api_method: Verb = "POST"
    """HTTP method: `POST`, `PUT` or `GET`."""
    text_api_encoding: Encoding = "json"
    """How the request is sent: `json`, `form` (URL-encoded) or `multipart`."""
    text_api_request: Text = '{"prompt": "{prompt}"}'
    """JSON template of the request, with `{prompt}`, `{system}` and `{model}`."""
    text_api_response: Text = "response"
    """Dotted path of the text in the response, or in each piece of a streamed response (SSE or
    NDJSON)."""
    text_api_token: Secret | None = Field(None, repr=False)
    """Sent as a bearer token."""

    local_caption_model: Text = ZERO_CAPTION_MODEL if on_zero_gpu() else CAPTION_MODEL
    """Captions pictures on this machine: a Hub id or a folder. On ZeroGPU the default is
    `Qwen/Qwen3-VL-2B-Instruct`."""
    local_image_model: Text = ZERO_IMAGE_MODEL if on_zero_gpu() else IMAGE_MODEL
    """Draws pictures on this machine, and from pictures where diffusers has a way to with it: a Hub
    id or a folder. On ZeroGPU the default is `Tongyi-MAI/Z-Image-Turbo`."""
    local_device: Device = "auto"
    """Where local models run: `cuda`, `cuda:1`, …, `mps` or `cpu`. `auto` takes the best; `none`
    turns local models off."""

    def model_api(self, task: str) -> ApiSettings | None:
        """What is set for a task's model API, None where nothing is."""
        prefix = PREFIXES[task]
        names = ("model", "method", "encoding", "request", "response", "token")
        chosen = frozenset(n for n in names if f"{prefix}_{n}" in self.model_fields_set)
        preset, url = getattr(self, prefix), getattr(self, f"{prefix}_url")
        if not (preset or url or chosen):
            return None
        return ApiSettings(
            prefix=prefix.upper(),
            url=url or "",
            preset=preset,
            chosen=chosen,
            **{name: getattr(self, f"{prefix}_{name}") for name in names},
        )
