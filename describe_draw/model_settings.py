"""The settings of models of one's own: their HTTP APIs and the local ones."""

from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings

Preset = Literal["ollama", "openai", "automatic1111"]
Method = Literal["POST", "PUT", "GET"]
Encoding = Literal["json", "form", "multipart"]


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

    caption_api: Preset | None = None
    """Whose API describes, where it is a known one."""
    caption_api_url: Url | None = None
    """The model API that describes."""
    caption_api_model: Text | None = None
    """The model that it is asked for."""
    caption_api_method: Verb = "POST"
    """How it is called."""
    caption_api_encoding: Encoding = "json"
    """How a request travels: JSON, a form, or a form with the picture as a file."""
    caption_api_request: Text = '{"image": "{image}"}'
    """The template of a request."""
    caption_api_response: Text = "description"
    """Where the caption is in the answer, a dotted path; `.` is all of it."""
    caption_api_token: Secret | None = Field(None, repr=False)
    """Its bearer token."""

    image_api: Preset | None = None
    """As `CAPTION_API`, for drawing."""
    image_api_url: Url | None = None
    """The model API that draws."""
    image_api_model: Text | None = None
    """The model that it is asked for."""
    image_api_method: Verb = "POST"
    """How it is called."""
    image_api_encoding: Encoding = "json"
    """How a request travels."""
    image_api_request: Text = '{"prompt": "{prompt}"}'
    """The template of a request."""
    image_api_response: Text = "image"
    """Where the picture is in the answer."""
    image_api_token: Secret | None = Field(None, repr=False)
    """Its bearer token."""

    text_api: Preset | None = None
    """As `CAPTION_API`, for writing."""
    text_api_url: Url | None = None
    """The model API that writes."""
    text_api_model: Text | None = None
    """The model that it is asked for."""
    text_api_method: Verb = "POST"
    """How it is called."""
    text_api_encoding: Encoding = "json"
    """How a request travels."""
    text_api_request: Text = '{"prompt": "{prompt}"}'
    """The template of a request."""
    text_api_response: Text = "response"
    """Where the text is in the answer, and in each piece of an answer that streams."""
    text_api_token: Secret | None = Field(None, repr=False)
    """Its bearer token."""

    local_caption_model: Text = "Salesforce/blip-image-captioning-base"
    """Describes in this process: a Hub id or a folder."""
    local_image_model: Text = "stable-diffusion-v1-5/stable-diffusion-v1-5"
    """Draws in this process: a Hub id or a folder."""
    local_device: Device = "auto"
    """Where local models run: cuda, mps or cpu; `none` keeps them from running at all."""

    def model_api(self, task: str) -> ApiSettings | None:
        """What is set for a task's model API (describe, draw, write), None where nothing is."""
        prefix = {"describe": "caption_api", "draw": "image_api"}.get(task, "text_api")
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
