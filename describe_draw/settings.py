"""Every setting: its environment variable, default, bounds and meaning."""

import re
from pathlib import Path
from typing import Annotated, Literal

from limits import parse
from pydantic import (
    AfterValidator,
    AliasChoices,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
)
from pydantic_settings import NoDecode, SettingsConfigDict

from describe_draw.model_settings import ModelSettings, Trimmed, Url


def _engine(value: object) -> object:
    return "http" if value == "api" else value  # as it was once called


EngineName = Annotated[
    Literal["auto", "http", "endpoint", "hub", "local", "builtin"], BeforeValidator(_engine)
]
HOME = Path(__file__).parents[1]
ENV = HOME / ".env" if (HOME / "requirements.txt").exists() else Path(".env")
"""Beside app.py and its requirements; installed by pip, it is in the folder that it is run in."""

HUB_TOKEN = re.compile(r"hf_[A-Za-z0-9_.-]{1,4000}")
"""Access tokens, and those of signed-in visitors: `hf_oauth_` and a JSON Web Token."""

PASSWORD = re.compile(r"[^/@]*@")
"""Who an address is asked as, e.g. `user:password@`."""

MODEL = re.compile(r"[\w.-]+(/[\w.-]+)?(:[\w-]+)?")


class SettingsError(Exception):
    """A setting that can't be used, told in one line."""


def _hub_token(token: SecretStr) -> SecretStr:
    if not HUB_TOKEN.fullmatch(token.get_secret_value()):
        raise ValueError("a Hub token begins with hf_")
    return token


def _model(value: str) -> str:
    if not MODEL.fullmatch(value):
        raise ValueError("a model is named owner/name")
    return value


def _rate(value: str) -> str:
    try:
        parse(value)
    except ValueError:
        raise ValueError("a rate is a number of calls and a time, e.g. 30/hour") from None
    return value


def _names(value: object) -> object:
    if not isinstance(value, str):
        return value
    return tuple(name for part in value.split(",") if (name := part.strip()))


HubToken = Annotated[SecretStr, AfterValidator(_hub_token), Trimmed]
Model = Annotated[str, AfterValidator(_model), Trimmed]
Models = Annotated[tuple[Model, ...], Field(min_length=1), NoDecode, BeforeValidator(_names)]
Rate = Annotated[str, AfterValidator(_rate), Trimmed]


class Settings(ModelSettings):
    """The operator's settings, from the environment or `.env`, see `ENV`.

    The variable's name is the field's in capitals; an empty variable counts as unset.
    """

    model_config = SettingsConfigDict(
        env_file=ENV,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        use_attribute_docstrings=True,
    )

    engine: EngineName = "auto"
    """Who answers: `http`, `endpoint`, `hub`, `local` or `builtin`; `auto` takes the first that is
    set up. `api`, the former name of `http`, still works."""
    caption_engine: EngineName | None = None
    """Like `ENGINE`, but only for describing; it takes precedence."""
    image_engine: EngineName | None = None
    """Like `ENGINE`, but only for drawing, from pictures too; it takes precedence."""
    text_engine: EngineName | None = None
    """Like `ENGINE`, but only for writing; it takes precedence."""
    hf_token: HubToken | None = Field(
        None, validation_alias=AliasChoices("hf_token", "hf_api_key"), repr=False
    )
    """The operator's Hugging Face token, with the permission for Inference Providers. Without it,
    the token that `hf auth login` saved is used."""
    share_token: bool = True
    """Whether visitors without a token of their own may use the operator's on a Space. If not, they
    sign in to use the Hub's models, and dedicated endpoints are asked without a token. Elsewhere
    they always may."""
    operator_pushes: bool = False
    """Whether visitors without a token of their own may make data sets on the Hub with the
    operator's: for an app that nobody else reaches."""
    caption_model: Model = "Salesforce/blip-image-captioning-base"
    """Captions pictures where a provider serves it."""
    vision_model: Models = ("Qwen/Qwen3-VL-30B-A3B-Instruct",)
    """Captions pictures where the caption model is not served, in all styles except `short`, and in
    all languages except English.
    There may be several, separated by commas: each stands in for those before it."""
    image_models: Models = (
        "Tongyi-MAI/Z-Image-Turbo",
        "black-forest-labs/FLUX.1-schnell",
        "black-forest-labs/FLUX.1-dev",
        "stabilityai/stable-diffusion-3-medium-diffusers",
    )
    """Draw pictures; separated by commas, the first is the default. Where nobody serves it, the
    next one draws."""
    edit_models: Models = (
        "black-forest-labs/FLUX.1-Kontext-dev",
        "Qwen/Qwen-Image-Edit-2511",
        "black-forest-labs/FLUX.2-dev",
    )
    """Draw from pictures; separated by commas, the first is the default. Where nobody serves it,
    the next one draws."""
    text_model: Model | None = None
    """Improves and translates prompts and answers questions. Without it, or where nobody serves it,
    the vision model does."""
    inference_provider: Annotated[str, Trimmed] = "auto"
    """The only Inference Provider to use; `auto` takes the first that serves the model."""
    bill_to: str | None = None
    """The organization billed for calls on the operator's token."""
    hf_api_itt_base: Url | None = None
    """URL of a dedicated Inference Endpoint that captions pictures (image to text)."""
    hf_api_tti_base: Url | None = None
    """URL of a dedicated Inference Endpoint that draws pictures (text to image)."""
    hf_api_iti_base: Url | None = None
    """URL of a dedicated Inference Endpoint that draws from pictures (image to image)."""
    request_timeout: float = Field(120, ge=1, le=3600)
    """Seconds that one upstream call may take, retries included."""
    visitor_limit: Rate | None = None
    """How many answers one visitor may have that the operator pays for, e.g. `30/hour`: from the
    Hub on the operator's token, from dedicated endpoints, and from model APIs that have a token.
    Visitors are told apart by account where they signed in, else by address."""
    remember: bool = True
    """Whether captions, and drawings with a seed, that were asked for before are answered from
    memory for an hour, at no cost. What visitors paid for themselves is remembered for them
    alone."""
    trusted_proxies: int | None = Field(None, ge=0, le=10)
    """How many proxies before the app add the visitor's address to `X-Forwarded-For`. Without it, 1
    on a Space and 0 elsewhere."""
    concurrency: int = Field(50, ge=1, le=1000)
    """How many calls run at once per task (describe, draw, write), page and API together; one
    visitor gets at most half."""
    queue_size: int = Field(256, ge=1, le=100_000)
    """How many calls may wait per task; one visitor gets at most half. Further callers are told
    that the app is busy."""
    max_upload_mb: int = Field(20, ge=1, le=1000)
    """Largest upload, in MB."""
    max_megapixels: int = Field(64, ge=1, le=178)
    """Largest picture, in megapixels, checked before it is decoded."""
    max_batch: int = Field(500, ge=1, le=10_000)
    """Most files in one run of many pictures, those in zips among them."""
    max_batch_mb: int = Field(500, ge=1, le=100_000)
    """Most that the pictures of one such run may have together, unpacked, in MB."""
    max_prompt_chars: int = Field(2000, ge=1, le=100_000)
    """Longest prompt, in characters."""
    max_side: int = Field(1024, ge=64, le=4096, multiple_of=64)
    """Largest width and height to draw, in pixels: a multiple of 64."""
    system: str = ""
    """`spaces` inside a Hugging Face Space, set by the platform."""

    @property
    def proxies(self) -> int:
        """How many proxies stand before the app: the Hub's own on a Space, else none."""
        if self.trusted_proxies is None:
            return int(self.system == "spaces")
        return self.trusted_proxies

    def forced(self, task: str) -> str | None:
        """The engine that must answer a task, None for whichever is set up."""
        name = getattr(self, self.forced_by(task).lower())
        return None if name == "auto" else str(name)

    def forced_by(self, task: str) -> str:
        """The variable that says which engine answers a task."""
        own = {"describe": "CAPTION_ENGINE", "write": "TEXT_ENGINE"}.get(task, "IMAGE_ENGINE")
        return own if getattr(self, own.lower()) else "ENGINE"


def load() -> Settings:
    """Read the settings.

    Raises:
        SettingsError: One line that names the variable, its value and what is allowed.
    """
    try:
        return Settings()  # type: ignore[call-arg]  # every field comes from the environment
    except ValidationError as error:
        first = error.errors()[0]
        variable = str(first["loc"][0]).upper()
        secret = "TOKEN" in variable or "KEY" in variable
        shown = "…" if secret else PASSWORD.sub("…@", str(first["input"]))
        raise SettingsError(
            f"{variable}={shown}: {first['msg'].removeprefix('Value error, ')}."
        ) from None
